from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.doubts import Doubt, Doubts, told, warning
from corpus.model import Repair
from corpus.store import Store


def repair(start: int, end: int, *, kind: str = "mask", doubtful: bool = True, document: str = "s-0") -> Repair:
    return Repair("s", document, 0, kind, start, end, start, end, "", "", doubtful, f"{start}处看不清")


@contextmanager
def doubts(folder: Path, *repairs: Repair) -> Iterator[tuple[Doubts, Doubts]]:
    """The doubtful spans of a library, and the same handed over."""
    with Store.open(folder, create=True) as store:
        with store.write():
            if not store._db.execute("SELECT 1 FROM source").fetchone():
                store._db.execute("INSERT INTO source VALUES ('s', '甲.txt', '甲.txt', 'utf-8', 1, 0, '', x'41')")
            store._db.execute("DELETE FROM repair")
            store.insert(repairs)
        yield Doubts(store), Doubts.of(store.select(Repair, doubtful=True))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    yield tmp_path_factory.mktemp("library")


@pytest.mark.parametrize(
    ("span", "found"),
    [
        ((0, 10), [(0, 10)]),
        ((20, 40), [(5, 8), (10, 10)]),
        ((26, 30), [(0, 2), (4, 4)]),
        ((28, 29), []),
        ((30, 35), [(0, 0)]),
        ((60, 70), []),
        ((95, 99), [(0, 4)]),
    ],
)
def test_what_a_quotation_touches(folder: Path, span: tuple[int, int], found: list[tuple[int, int]]) -> None:
    spans = (
        repair(90, 200),
        repair(25, 28),
        repair(30, 30),
        repair(0, 15),
        repair(62, 63, doubtful=False),
        repair(62, 63, document="s-1"),
    )
    with doubts(folder, *spans) as made:
        for one in made:
            assert [(doubt.start, doubt.end) for doubt in one.within("s-0", *span)] == found
            assert one.within("s-2", *span) == ()


@given(
    spans=st.lists(st.tuples(st.integers(0, 60), st.integers(0, 30)), max_size=8),
    start=st.integers(0, 60),
    length=st.integers(1, 40),
)
def test_none_is_missed(folder: Path, spans: list[tuple[int, int]], start: int, length: int) -> None:
    end = start + length
    wanted = [(a, a + n) for a, n in spans if (a < end and start < a + n) or (n == 0 and start <= a <= end)]
    with doubts(folder, *(repair(a, a + n) for a, n in spans)) as made:
        for one in made:
            assert sorted((d.start, d.end) for d in one.within("s-0", start, end)) == sorted(
                (max(a, start) - start, min(b, end) - start) for a, b in wanted
            )


def test_the_warning_names_the_words_and_the_reason() -> None:
    text = "筹集资金亿元，*县和*镇带头。"
    lost = Doubt(2, 6, "lost_number", "“亿元”前应有数字，原文缺失")
    masks = [Doubt(at, at + 1, "mask", "“*”遮去了原来的字词") for at in (7, 10)]
    gap = Doubt(7, 7, "picture_page", "这里有一页图片没有文字")
    assert told(text, [lost, *masks]) == "“资金亿元”处，“亿元”前应有数字，原文缺失；“*”遮去了原来的字词"
    assert warning(text, [gap]) == "〔存疑：这里有一页图片没有文字〕"
    assert warning(text, []) == ""


def test_a_warning_stays_short() -> None:
    many = [Doubt(i, i + 1, "ocr", "识别没有把握") for i in range(9)]
    assert told("一二三四五六七八九", many).endswith("“四”处，识别没有把握；等 9 处")


def test_those_of_several_documents_are_read_at_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpus.doubts._REMEMBERED", 2)
    documents = [f"s-{n}" for n in range(5)]
    with doubts(folder, *(repair(n, n + 1, document=name) for n, name in enumerate(documents))) as made:
        for one in made:
            one.read(documents)
            assert [len(one.within(name, 0, 9)) for name in [*documents, "s-9", *documents]] == [1] * 5 + [0] + [1] * 5
