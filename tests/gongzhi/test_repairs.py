"""`gongzhi repairs`: what reading changed, and answers that warn of what is doubtful."""

import json
from pathlib import Path

import pytest

from tests.gongzhi.conftest import gongzhi


@pytest.fixture(scope="module")
def damaged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the library of a compilation: of its first report the sentences are broken, words are lost."""
    folder = tmp_path_factory.mktemp("damaged")
    text = (
        "工会材料汇编\n目录\n宜昌市总工会工作总结……1\n荆州市总工会工作总结……4\n宜昌市总工会工作总结\n\n"
        "全市建成浮桥食堂 36 个，筹集资金亿元。先后建成驿站、书屋、\n\n食堂等阵地，**县带头。\n\n- 3 -\n\n"
        "荆州市总工会工作总结\n\n全市建成驿站8个。\n"
    )
    (folder / "汇编.txt").write_text(text, "utf-8")
    assert gongzhi("ingest", "汇编.txt", cwd=folder).returncode == 0
    return folder


def test_repairs_of_every_document(damaged: Path) -> None:
    first, second, source = json.loads(gongzhi("repairs", "--json", cwd=damaged).stdout)
    assert first["counts"] == {"line_join": 1, "space": 2, "page_number": 1, "lost_number": 1, "mask": 1}
    assert (first["doubtful"], second["counts"], source["counts"]) == (2, {}, {"toc": 3, "front_matter": 1})
    shown = gongzhi("repairs", "--doubtful", cwd=damaged, COLUMNS="120").stdout
    assert "数字缺失 1，字词遮盖 1" in shown and "荆州" not in shown and "目录" not in shown


@pytest.mark.parametrize("name", ["宜昌", "宜昌市总工会工作总结", "-01"])
def test_repairs_of_one_document(damaged: Path, name: str) -> None:
    if name == "-01":
        name = json.loads(gongzhi("documents", "--json", cwd=damaged).stdout)[0]["id"]
    shown = gongzhi("repairs", name, cwd=damaged, COLUMNS="160").stdout
    counts, rest = shown.split("\n", 2)[1:]
    assert counts == "断行接续 1，多余空格 2，页码 1，数字缺失 1，字词遮盖 1"
    assert rest.index("存疑，未改动") < rest.index("［资金亿元］") < rest.index("\n改动") < rest.index("来源文件里")
    assert "书屋、［↵↵］食堂" in rest and "（删去）" in rest and "目录 3，封面文字 1" in rest
    record = json.loads(gongzhi("repairs", name, "--json", cwd=damaged).stdout)
    lines = (damaged / "汇编.txt").read_text("utf-8").splitlines()
    for repair in (*record["repairs"], *record["source_repairs"]):
        assert repair["before"].strip().split("\n")[0].rstrip() in lines[repair["line"] - 1], repair


def test_repairs_of_one_kind(damaged: Path) -> None:
    for kind in ("断行接续", "line_join"):
        record = json.loads(gongzhi("repairs", "宜昌", "--kind", kind, "--json", cwd=damaged).stdout)
        assert [repair["kind"] for repair in record["repairs"]] == ["line_join"] and not record["source_repairs"]
        assert record["counts"]["space"] == 2
    doubtful = json.loads(gongzhi("repairs", "宜昌", "--doubtful", "--json", cwd=damaged).stdout)
    assert {repair["name"] for repair in doubtful["repairs"]} == {"数字缺失", "字词遮盖"}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["总工会"], ["对应 2 份文献", "宜昌市总工会工作总结", "荆州市总工会工作总结"]),
        (["芍药"], ["没有编号以“芍药”开头", "gongzhi documents"]),
        (["--kind", "断行"], ["没有“断行”这种整理", "断行接续"]),
    ],
)
def test_repairs_of_what_is_not_there(damaged: Path, arguments: list[str], words: list[str]) -> None:
    done = gongzhi("repairs", *arguments, cwd=damaged)
    assert done.returncode == 1 and done.stderr.count("\n") == 1
    assert all(word in done.stderr for word in words)


def test_repairs_of_an_untouched_document(damaged: Path) -> None:
    assert "这篇没有改动" in gongzhi("repairs", "荆州", cwd=damaged).stdout


def test_answers_warn_of_what_is_doubtful(damaged: Path) -> None:
    warning = "〔存疑：“资金亿元”处，“亿元”前应有数字，原文缺失，未作补充"
    for command in (("search", "浮桥食堂"), ("places", "哪些城市建了浮桥食堂"), ("facts",)):
        folded = "".join(gongzhi(*command, cwd=damaged, COLUMNS="200").stdout.split())
        assert warning in folded, command
    (hit, *_) = json.loads(gongzhi("search", "浮桥食堂", "--json", cwd=damaged).stdout)["hits"]
    assert hit["doubtful"][0] == {"start": 14, "end": 18, "kind": "lost_number", "reason": warning.split("处，")[1]}
