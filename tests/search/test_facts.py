"""The table of figures, by place and term; invented reports."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.model import Document, Level, ParsedDocument, ParsedSource, Passage, Source, digest
from corpus.store import Store
from graph.claims import extract_claims
from search.facts import FactTable

REPORTS: tuple[tuple[str, str, Level, str], ...] = (
    ("宜昌市", "420500", "city", "建成夜班食堂12座。兴山县、远安县总工会培训船工2.6万人次。"),
    ("湖北省", "420000", "province", "为农民工讨薪7.6亿元。襄阳市建成夜班食堂45座。"),
    ("恩施州教育工会", "422800", "department", "为教师体检3100人。"),
    ("长河集团工会", "", "enterprise", "建成午休舱66个。"),
)


@pytest.fixture
def facts(tmp_path: Path) -> Iterator[FactTable]:
    with Store.open(tmp_path, create=True) as made:
        with made.write():
            for place, code, level, text in REPORTS:
                key = digest(place)
                document = Document(f"{key}-0", key, 0, f"{place}报告", place, code, "", level, "", "", "", "", text)
                passage = Passage(f"{key}p", document.id, "", 0, text, 0, len(text), 0, 0, ())
                parsed = ParsedDocument(document, (), (passage,), ())
                made.put_source(ParsedSource(Source(key, place, place, "utf-8", 1), b"", (parsed,), ()))
                made.put_claims(*extract_claims(parsed))
        yield FactTable(made)


@pytest.mark.parametrize(
    ("place", "values"),
    [
        ("宜昌市", {12, 2.6}),
        ("宜昌", {12, 2.6}),
        ("宜昌市总工会", {12, 2.6}),
        ("兴山县", {2.6}),
        ("远安县", {2.6}),
        ("湖北省", {7.6, 45}),
        ("襄阳", {45}),
        ("恩施州", {3100}),
        ("长河集团", {66}),
        ("长河集团工会", {66}),
        ("岳阳市", set()),
        ("", {12, 2.6, 7.6, 45, 3100, 66}),
    ],
)
def test_by_place(facts: FactTable, place: str, values: set[float]) -> None:
    assert {row.fact.value for row in facts.rows(place)} == values


def test_by_term(facts: FactTable) -> None:
    rows = facts.rows(term="夜班食堂")
    assert {(row.fact.value, row.title) for row in rows} == {(12, "宜昌市报告"), (45, "湖北省报告")}
    assert all("夜班食堂" in row.sentence for row in rows)
    assert [row.fact.value for row in facts.rows("湖北省", "夜班食堂")] == [45]


def test_limit(facts: FactTable) -> None:
    assert len(facts.rows(limit=2)) == 2
