"""Sentences as they are quoted: marks, figures, reasons, and who did it."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Literal

import pytest

from corpus.doubts import Doubts
from corpus.lexicon import Concept
from corpus.model import Claim, Document
from corpus.store import Store
from search.claims import ClaimIndex
from search.columns import FigureIndex
from search.concepts import ConceptIndex
from search.inquiry import Inquiry
from search.matching import Matcher
from search.questions import parse_question
from search.quoting import Quoter, Row, found_about

TEXT = "橘港区建成夜班食堂九座，夜班食堂配长椅；办渔市。"
CLAIM = Claim("c", "d", "p", "", TEXT, 0, len(TEXT), "宜昌市", "420500", "city", "橘港区", "sentence", "done")


@pytest.fixture
def rows(index_of: Callable[[Iterable[Claim]], ClaimIndex]) -> list[Row]:
    matcher = Matcher(index_of([CLAIM]), ConceptIndex((Concept("夜班食堂"),)))
    question = parse_question("哪些城市建了夜班食堂？")
    assert question is not None
    return [found.read(CLAIM) for found in found_about(Inquiry(matcher, matcher.reader.read(question)))]


def test_a_claim_is_one_row_however_many_clauses_count(rows: list[Row]) -> None:
    (row,) = rows
    assert row.claim == CLAIM and row.clauses == (0, 1)
    assert [TEXT[start:end] for start, end in row.marks] == ["夜班食堂", "夜班食堂"]


def test_further_marks_are_joined_with_those_they_touch(rows: list[Row]) -> None:
    start = TEXT.index("夜班食堂")
    marks = replace(rows[0], further=((start - 2, start + 1), (start - 2, start))).marks
    assert [TEXT[a:b] for a, b in marks] == ["建成夜班食堂", "夜班食堂"]


@pytest.fixture
def quoter(tmp_path: Path) -> Quoter:
    document = Document("d", "s", 0, "橘港工会总结", "宜昌市", "420500", "湖北省", "city", "", "", "2031", "", "")
    return Quoter({"d": document}, FigureIndex(lambda places: {}), Doubts(Store.open(tmp_path, create=True)))


def test_a_sentence_is_quoted_whole_with_its_doer(rows: list[Row], quoter: Quoter) -> None:
    quoted = quoter.evidence(rows[0])
    assert (quoted.sentence, quoted.title, quoted.status) == (TEXT, "橘港工会总结", "done")
    assert quoted.doer == (0, 3) and TEXT[:3] == "橘港区"
    assert quoted.why == ("原文写有“夜班食堂”", "句中点名“橘港区”")


@pytest.mark.parametrize(
    ("how", "place", "doer", "why"),
    [
        ("section", "宜昌市", "橘港区", "小标题点名“橘港区”"),
        ("document", "宜昌市", "", "文献写的是宜昌市"),
        ("document", "", "", "文献没有写明地方"),
    ],
)
def test_where_it_was_read_who_did_it(
    rows: list[Row], quoter: Quoter, how: Literal["section", "document"], place: str, doer: str, why: str
) -> None:
    read = replace(rows[0], claim=replace(CLAIM, how=how, place=place, doer=doer))
    quoted = quoter.evidence(read)
    assert quoted.doer is None and quoted.why[-1] == why
