"""What is quoted of a document: whole sentences, with the passages they stand in and what is doubtful."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.doubts import Doubts
from corpus.errors import DocumentNotFound
from corpus.model import Document, ParsedDocument, ParsedSource, Passage, Repair, Section, Source
from corpus.store import Store
from search.errors import SpanTooLong, SpanUnknown
from search.excerpts import MOST, Excerpt, excerpt

LINES = ["青禾市总工会总结", "一、主要工作", "办起夜校9所，学员*千人。开课三百场。", "二、打算", "明年再办两所。"]
TEXT = "\n".join(LINES)
DOCUMENT = Document("s-1", "s", 1, LINES[0], "宜昌市", "420500", "湖北省", "city", "总结", "", "2031", "", TEXT)


def passage(name: str, section: str, words: str, headings: tuple[str, ...]) -> Passage:
    start = TEXT.index(words)
    return Passage(name, "s-1", section, 0, words, start, start + len(words), 0, 1, headings)


PASSAGES = (passage("p1", "a", LINES[2], ("一、主要工作",)), passage("p2", "b", LINES[4], ("二、打算",)))
SECTIONS = tuple(
    Section(name, "s-1", n, "", 1, "", "", TEXT.index(words), len(TEXT), status, "body")  # type: ignore[arg-type]
    for n, (name, words, status) in enumerate([("a", "一、主要", "done"), ("b", "二、打算", "plan")])
)
STAR = TEXT.index("*")
REPAIRS = (Repair("s", "s-1", 0, "masked", STAR, STAR + 1, STAR, STAR + 1, "*", "*", True, "原文有遮盖"),)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path, create=True) as store:
        source = Source("s", "a.txt", "a.txt", "utf-8", 1)
        long = replace(DOCUMENT, id="s-2", ordinal=2, text="甲" * (MOST + 1) + "。")
        whole = ParsedDocument(DOCUMENT, SECTIONS, PASSAGES, REPAIRS)
        store.put_source(ParsedSource(source, b"x", (whole, ParsedDocument(long, (), (), ())), ()))
        yield store


def quoted(store: Store, start: int, end: int, document: str = "s-1") -> Excerpt:
    return excerpt(store, Doubts(store), (), document, start, end)


def test_half_a_sentence_is_quoted_whole_with_what_is_doubtful_in_it(store: Store) -> None:
    at = TEXT.index("夜校")
    found = quoted(store, at, at + 2)
    assert found.text == "办起夜校9所，学员*千人。" == TEXT[found.start : found.end]
    assert [found.text[doubt.start : doubt.end] for doubt in found.doubtful] == ["*"]
    assert "〔存疑：" in found.citations.plain and "一、主要工作" in found.citations.plain
    assert [(part.passage_id, part.start, part.end) for part in found.parts] == [("p1", found.start, found.end)]
    assert not found.planned


def test_a_span_over_several_passages_has_a_part_in_each(store: Store) -> None:
    found = quoted(store, TEXT.index("开课"), len(TEXT))
    assert [part.passage_id for part in found.parts] == ["p1", "p2"]
    assert [TEXT[part.start : part.end] for part in found.parts] == ["开课三百场。", "明年再办两所。"]
    assert found.planned and not found.doubtful


def test_a_title_is_in_no_passage(store: Store) -> None:
    found = quoted(store, 0, 3)
    assert (found.text, found.parts, found.headings) == (LINES[0], (), ())


@pytest.mark.parametrize("span", [(5, 5), (9, 3), (-1, 4), (0, len(TEXT) + 1), (len(LINES[0]), len(LINES[0]) + 1)])
def test_a_span_that_the_text_has_not(store: Store, span: tuple[int, int]) -> None:
    with pytest.raises(SpanUnknown, match="重新选择"):
        quoted(store, *span)


def test_too_much_at_once(store: Store) -> None:
    with pytest.raises(SpanTooLong, match="分几次"):
        quoted(store, 0, 2, "s-2")


def test_no_such_document(store: Store) -> None:
    with pytest.raises(DocumentNotFound):
        quoted(store, 0, 2, "nobody")
