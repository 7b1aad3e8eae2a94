"""Teaching from the command line, the list of what was not found, and lessons killed half-way."""

import json
import os
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from corpus.model import Taught
from corpus.store import Store
from gongzhi.build import ingest, is_library_file
from gongzhi.cli import cli
from gongzhi.settings import QUERIES, keeps_queries
from graph.errors import AlreadyMeant, LessonNotFound, MeaningUnknown
from search.queries import FILE_NAME

REPORT = """荆州市总工会2022年工作总结

一、过去一年的主要工作

打造“海棠驿家”服务品牌，为户外职工提供歇脚的地方，新建站点二十个。

开展送清凉活动一百场，把绿豆汤和毛巾送到露天岗位。
"""
WORDS = "晌午头塞冰棍"
TIMES = 60


@pytest.fixture
def library(tmp_path: Path) -> Path:
    (tmp_path / "总结.txt").write_text(REPORT, "utf-8")
    ingest(tmp_path / "library", [tmp_path / "总结.txt"])
    return tmp_path / "library"


def run(library: Path, *words: str) -> Result:
    return CliRunner().invoke(cli, [words[0], "--library", str(library), *words[1:]])


def asked(library: Path) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(run(library, "queries", "--json").output)
    return found


def test_a_lesson_is_taught_listed_and_undone(library: Path) -> None:
    taught = run(library, "teach", WORDS, "送清凉", "--by", "张三", "--note", "常有人问")
    assert taught.exit_code == 0 and f"“{WORDS}”按“送清凉”查（编号 1）" in taught.output
    (lesson,) = json.loads(run(library, "teach", "--list", "--json").output)
    assert (lesson["label"], lesson["concept"], lesson["who"], lesson["note"]) == (WORDS, "送清凉", "张三", "常有人问")
    assert "张三" in run(library, "teach", "--list").output
    answer = json.loads(run(library, "search", WORDS, "--json").output)
    assert answer["sure"] and answer["concepts"] == ["送清凉"]
    assert [a["place"] for a in json.loads(run(library, "places", "哪些城市" + WORDS, "--json").output)["answers"]] == [
        "荆州市"
    ]
    assert "不再按“送清凉”查" in run(library, "teach", "--undo", "1").output
    assert "撤销" in run(library, "teach", "--list").output
    assert not json.loads(run(library, "search", WORDS, "--json").output)["sure"]


def test_nothing_was_taught_yet(library: Path) -> None:
    assert "还没有教过" in run(library, "teach", "--list").output


@pytest.mark.parametrize(
    ("words", "error"),
    [
        ((WORDS, "没有这回事"), MeaningUnknown),
        (("防暑降温", "送清凉"), AlreadyMeant),
        (("--undo", "9"), LessonNotFound),
    ],
)
def test_what_is_refused(library: Path, words: tuple[str, ...], error: type[Exception]) -> None:
    assert isinstance(run(library, "teach", *words).exception, error)


@pytest.mark.parametrize(
    "words", [(), (WORDS,), (WORDS, "送清凉", "多余"), ("--list", WORDS, "送清凉"), ("--list", "--undo", "1")]
)
def test_usage(library: Path, words: tuple[str, ...]) -> None:
    assert run(library, "teach", *words).exit_code == 2


def test_what_was_not_found_is_listed_until_it_is_taught(library: Path) -> None:
    assert "没有查不到的问题" in run(library, "queries").output
    for _ in range(2):
        assert "gongzhi teach" in run(library, "search", WORDS, "13812345678").output
    run(library, "places", "哪些城市" + WORDS)
    run(library, "search", WORDS, "--year", "2022")
    run(library, "search", "送清凉")
    assert [(one["query"], one["way"], one["times"]) for one in asked(library)] == [
        (f"{WORDS} ＊", "search", 2),
        (f"哪些城市{WORDS}", "places", 1),
    ]
    shown = run(library, "queries").output
    assert WORDS in shown and "gongzhi teach 大白话 官方说法" in shown and "13812345678" not in shown
    run(library, "teach", WORDS, "送清凉")
    assert asked(library) == []


def test_the_list_is_cleared(library: Path) -> None:
    run(library, "search", WORDS)
    assert "已清空 1 条" in run(library, "queries", "--clear").output
    assert asked(library) == []


@pytest.mark.parametrize(
    ("value", "kept"), [("", True), ("on", True), ("off", False), (" OFF ", False), ("0", False), ("关", False)]
)
def test_keeping_queries_can_be_switched_off(
    library: Path, monkeypatch: pytest.MonkeyPatch, value: str, kept: bool
) -> None:
    monkeypatch.setenv(QUERIES, value)
    assert keeps_queries() is kept
    run(library, "search", WORDS)
    assert (library / FILE_NAME).exists() is kept


def test_the_list_is_no_file_to_be_read_in(library: Path) -> None:
    run(library, "search", WORDS)
    assert is_library_file(library, library / FILE_NAME)
    assert is_library_file(library, library / f"{FILE_NAME}-journal")
    assert not is_library_file(library, library / "总结.txt")


def test_lessons_outlive_reading_in_and_taking_out(library: Path, tmp_path: Path) -> None:
    run(library, "teach", "骑手喝口热乎水", "海棠驿家")
    (tmp_path / "总结.txt").write_text(REPORT.replace("二十个", "三十个"), "utf-8")
    ingest(library, [tmp_path / "总结.txt"])
    assert json.loads(run(library, "search", "骑手喝口热乎水", "--json").output)["concepts"] == ["海棠驿家"]
    run(library, "remove", "总结.txt")
    with Store.open(library) as store:
        assert [lesson.concept for lesson in store.select(Taught)] == ["海棠驿家"]
    assert json.loads(run(library, "search", "骑手喝口热乎水", "--json").output)["hits"] == []


@pytest.mark.long
def test_sixty_lessons_killed_half_way(tmp_path: Path) -> None:
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("lesson_kills.py")), str(tmp_path), str(TIMES), "1"],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"PYTHONPATH": str(root)},
    )
    assert done.returncode == 0, done.stderr
    runs = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(runs) == TIMES
    assert {run["found"] for run in runs} <= {"before", "after"}
    assert all(run["again"] == 0 and run["complete"] for run in runs)
    killed = Counter(run["found"] for run in runs if run["status"] == -signal.SIGKILL)
    assert killed["before"], killed
