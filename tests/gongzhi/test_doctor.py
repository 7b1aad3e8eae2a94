"""gongzhi doctor, on a library of the bundled digests and on its copy in an embedded Milvus."""

import json
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from corpus.model import ConceptMention, Document
from corpus.store import Store
from gongzhi.cli import cli
from search.backends.calls import Calls

TEXT = "{0}市总工会工作总结\n一、关爱职工\n{0}市总工会盛夏时节为露天岗位开展送清凉三百余场，惠及工友两万名。\n"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, dict[str, str]]]:
    """A library that was read in with a Milvus beside it, and what the environment names."""
    pytest.importorskip("pymilvus", reason="需要 milvus 附加包")
    folder = tmp_path_factory.mktemp("doctor")
    short = Path(tempfile.mkdtemp(prefix="gongzhi-"))
    set_to = {"GONGZHI_BACKEND": "milvus", "GONGZHI_MILVUS_URI": str(short / "m.db")}
    for place in ("宜昌", "荆州"):
        (folder / f"{place}.txt").write_text(TEXT.format(place), "utf-8")
    run = CliRunner().invoke(cli, ["ingest", str(folder), "--library", str(folder / "l")], env=set_to)
    assert run.exit_code == 0, run.output
    yield folder / "l", set_to
    shutil.rmtree(short, ignore_errors=True)


def asked(built: tuple[Path, dict[str, str]], *arguments: str, code: int = 0) -> str:
    run = CliRunner().invoke(cli, [*arguments, "--library", str(built[0])], env=built[1])
    assert run.exit_code == code, run.output
    return run.output


def test_a_sound_library(built: tuple[Path, dict[str, str]]) -> None:
    assert asked(built, "doctor") == "没有发现问题。\n"
    assert json.loads(asked(built, "doctor", "--json")) == []


def test_a_search_is_answered_by_the_backend(built: tuple[Path, dict[str, str]], tmp_path: Path) -> None:
    for library in (built[0], tmp_path / "front"):  # on a machine that has read nothing in, too
        found = json.loads(asked((library, built[1]), "search", "大热天送水", "--json"))
        assert "送清凉" in found["hits"][0]["text"] and found["hits"][0]["title"]


def test_what_differs_is_told_and_put_right(built: tuple[Path, dict[str, str]]) -> None:
    with Store.open(built[0]) as store, store.write():
        store.query("UPDATE document SET title = '改过的题名' WHERE place = '宜昌市'")
    table = asked(built, "doctor", code=1)
    assert "与资料库不同" in table and "可修复" in table
    told = json.loads(asked(built, "doctor", "--repair", "--json"))
    assert [(one["where"], one["count"], one["state"]) for one in told] == [("Milvus", 1, "已修复")]
    assert asked(built, "doctor") == "没有发现问题。\n"


def test_what_the_database_can_not_write_anew_is_brought(built: tuple[Path, dict[str, str]]) -> None:
    calls = Calls(built[1]["GONGZHI_MILVUS_URI"])
    calls.delete("gongzhi_documents", 'kind == "part"')
    calls.delete("gongzhi_passages", "epoch > 0")
    calls.close()
    assert "请重新 ingest" in asked(built, "doctor", code=1)
    told = json.loads(asked(built, "doctor", "--repair", "--json"))
    assert {one["state"] for one in told} == {"已修复"}
    assert asked(built, "doctor") == "没有发现问题。\n"
    assert json.loads(asked(built, "search", "送清凉", "--json"))["total"] == 2


def test_removing_reaches_the_backend(built: tuple[Path, dict[str, str]]) -> None:
    asked(built, "remove", "荆州.txt")
    assert asked(built, "doctor") == "没有发现问题。\n"
    assert json.loads(asked(built, "search", "送清凉", "--json"))["total"] == 1


def test_what_a_repair_leaves_is_derived_anew(tmp_path: Path) -> None:
    """The document that is shown is lost behind the library's back: its near copy takes its place, with its terms."""
    deeds = "".join(
        f"第{n}季度，全市各级工会走访困难职工{n}百户，建成劳动者驿站{n}十个，职工反响良好。" for n in range(1, 9)
    )
    for name in ("甲.txt", "乙.txt"):
        text = f"荆州市总工会工作总结\n一、关爱职工\n荆州市总工会深入开展送清凉活动。{deeds}\n（{name}）\n"
        (tmp_path / name).write_text(text, "utf-8")
    library = tmp_path / "l"
    asked((library, {}), "ingest", str(tmp_path))
    with Store.open(library) as store:
        (copy,) = [document for document in store.select(Document) if document.same_as]
        used = {concept.concept for concept in store.shown(ConceptMention)}
        store.query("PRAGMA foreign_keys = OFF")
        store.query("DELETE FROM document WHERE id = ?", (copy.same_as,))
    told = json.loads(asked((library, {}), "doctor", "--repair", "--json"))
    assert {one["state"] for one in told} == {"已修复"} and "所重复的文献已经不在" in {one["wrong"] for one in told}
    with Store.open(library) as store:
        (shown,) = store.shown(Document)
        assert shown.id == copy.id and {concept.concept for concept in store.shown(ConceptMention)} == used != set()
    assert asked((library, {}), "doctor") == "没有发现问题。\n"


@pytest.mark.parametrize(
    ("set_to", "said"),
    [
        ({"GONGZHI_BACKEND": "别的"}, "没有叫“别的”的后端"),
        ({"GONGZHI_BACKEND": "milvus", "GONGZHI_MILVUS_URI": ""}, "GONGZHI_MILVUS_URI"),
        ({"GONGZHI_BACKEND": "milvus", "GONGZHI_MILVUS_URI": "x.db", "GONGZHI_MILVUS_NAME": "a-b"}, "下划线"),
    ],
)
def test_settings_that_can_not_be(tmp_path: Path, set_to: dict[str, str], said: str) -> None:
    run = CliRunner().invoke(cli, ["search", "送清凉", "--library", str(tmp_path)], env=set_to)
    assert run.exit_code and said in str(run.exception or run.output) + run.output
