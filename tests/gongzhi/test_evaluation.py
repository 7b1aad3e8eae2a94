"""Measuring searching from the command line."""

import json
from pathlib import Path

import pytest

from tests.gongzhi.conftest import gongzhi

ROWS = (
    {
        "query": "户外劳动者驿站",
        "style": "keyword",
        "relevant": [{"quote": "荆州市总工会建成户外劳动者驿站32个", "grade": 2}],
    },
    {"query": "明年还要新建多少驿站", "style": "question", "relevant": ["要新建驿站20个", "本库没有写过这样一句话"]},
)


@pytest.fixture(scope="module")
def gold(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("gold") / "我的问题.jsonl"
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in ROWS), "utf-8")
    return path


def test_the_table(desk: Path, gold: Path) -> None:
    done = gongzhi("evaluate", str(gold), "--queries", cwd=desk)
    assert done.returncode == 0, done.stderr
    assert "nDCG@10" in done.stdout and "召回@10" in done.stdout and "p95" in done.stdout
    assert "合计" in done.stdout and "关键词" in done.stdout
    assert "有 1 处判为有用的原句在资料库里没有" in done.stdout
    assert "漏掉［1］本库没有写过这样一句话（资料库里没有）" in done.stdout
    # The worst comes first.
    assert done.stdout.index("明年还要") < done.stdout.index("户外劳动者驿站")


def test_json_and_a_style(desk: Path, gold: Path) -> None:
    data = json.loads(gongzhi("evaluate", str(gold), "--json", "--style", "关键词", cwd=desk).stdout)
    assert data["configuration"] == "hybrid" and data["ndcg10"] == data["ndcg10_keyword"] == 1
    assert [row["query"] for row in data["outcomes"]] == ["户外劳动者驿站"]
    assert data["comparisons"] == []


def test_a_run_is_kept_and_compared_with(desk: Path, gold: Path, tmp_path: Path) -> None:
    kept = tmp_path / "以前.json"
    gongzhi("evaluate", str(gold), "--config", "semantic", "--output", str(kept), cwd=desk)
    assert json.loads(kept.read_text("utf-8"))["configuration"] == "semantic"
    args = ("evaluate", str(gold), "--compare", "lexical", "--compare", str(kept))
    done = gongzhi(*args, "--queries", cwd=desk, COLUMNS="120")
    assert done.returncode == 0, done.stderr
    assert "hybrid 与 lexical 相比" in done.stdout and "hybrid 与 以前.json 相比" in done.stdout
    assert "胜/平/负" in done.stdout and "；lexical 1.000" in done.stdout
    data = json.loads(gongzhi(*args, "--json", cwd=desk).stdout)
    assert [contest["second"] for contest in data["comparisons"]] == ["lexical", "以前.json"]
    assert data["comparisons"][0]["contrasts"][0]["queries"] == 2


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("--style", "诗"), "没有“诗”这一类问题，有的是：keyword、question"),
        (("--config", "全部"), "没有“全部”这种配置。可用：hybrid"),
        (("--compare", "没有.json"), "没有“没有.json”这种配置"),
        (("--compare", "reports/总结.txt"), "不是评测结果"),
        (("--library", "别处"), "没有找到资料库“别处”"),
    ],
)
def test_what_is_wrong_is_said(desk: Path, gold: Path, args: tuple[str, ...], said: str) -> None:
    done = gongzhi("evaluate", str(gold), *args, cwd=desk)
    assert done.returncode == 1 and said in done.stderr and done.stdout == ""


def test_bad_files_are_named(desk: Path, tmp_path: Path) -> None:
    (tmp_path / "q.jsonl").write_text('{"query": "驿站", "relevant": ["驿站"]}\n{"query": "书屋"}\n', "utf-8")
    assert "第 2 行有误：缺 relevant" in gongzhi("evaluate", str(tmp_path / "q.jsonl"), cwd=desk).stderr
    assert "应为能读的文件或目录" in gongzhi("evaluate", "没有.jsonl", cwd=desk).stderr
