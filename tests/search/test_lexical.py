"""The lexical index on a handful of invented passages."""

from pathlib import Path

import pytest

from search.lexical import Entry, LexicalIndex, build

ENTRIES = [
    Entry(0, 0, "为露天岗位开展送清凉三百余场", ("关爱职工",), "done"),
    Entry(1, 0, "组织走访慰问困难家庭", ("送清凉 送温暖",), "done"),
    Entry(2, 1, "明年将建设母婴室十间", ("下一步打算",), "plan"),
    Entry(3, 1, "开展劳动竞赛，送清凉到工地，送清凉到车间", ("建功立业",), ""),
]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> LexicalIndex:
    folder: Path = tmp_path_factory.mktemp("lexical")
    build(folder, ENTRIES)
    return LexicalIndex(folder)


def rows(index: LexicalIndex, query: str, **keep: object) -> list[int]:
    return [int(row) for row in index.search(query, 10, **keep)[0]]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("query", "first"),
    [("送清凉", 3), ("母婴室", 2), ("困难家庭", 1), ("“送清凉”三百餘場", 0), ("怎么建设母婴室？", 2)],
)
def test_best_first(index: LexicalIndex, query: str, first: int) -> None:
    assert rows(index, query)[0] == first


def test_a_heading_counts_less_than_the_text(index: LexicalIndex) -> None:
    found = rows(index, "送清凉")
    assert set(found) >= {0, 1, 3}
    assert found.index(0) < found.index(1)


def test_scores_are_shares(index: LexicalIndex) -> None:
    exact = index.search("送清凉", 1)[1][0]
    partly = index.search("送清凉与量子计算机芯片", 1)[1][0]
    assert 0 < partly < exact < 1.6


@pytest.mark.parametrize("query", ["", "，。", "龘"])
def test_nothing_to_find(index: LexicalIndex, query: str) -> None:
    found, scores = index.search(query, 10)
    assert len(found) == len(scores) == 0


def test_filters(index: LexicalIndex) -> None:
    assert set(rows(index, "送清凉", documents=[0])) == {0, 1}
    assert rows(index, "送清凉", documents=[]) == []
    assert rows(index, "建设", status="plan") == [2]
    assert set(rows(index, "送清凉", documents=[1], status="done")) == set()


def test_a_filter_does_not_change_scores(index: LexicalIndex) -> None:
    everywhere = dict(zip(*map(list, index.search("送清凉", 10)), strict=True))
    within = dict(zip(*map(list, index.search("送清凉", 10, [1])), strict=True))
    assert within and all(everywhere[row] == pytest.approx(score) for row, score in within.items())


def test_limit(index: LexicalIndex) -> None:
    assert len(rows(index, "送清凉")) > 1
    assert len(index.search("送清凉", 1)[0]) == 1
