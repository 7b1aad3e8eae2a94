"""What the documents hold, told in numbers and row after row."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from corpus import streams
from corpus.model import (
    Definition,
    Document,
    Glossary,
    Mention,
    ParsedDocument,
    ParsedSource,
    Passage,
    Section,
    Source,
    Term,
)
from corpus.store import Store

ONE = Document(
    "d1", "s", 1, "甲市报告", "昆明市", "530100", "云南省", "city", "总结", "", "2023", "", "三送三共，明年再送。"
)
COPY = replace(ONE, id="d2", ordinal=2, same_as="d1")
DONE = Section("a", "d1", 1, "", 1, "一、", "做了什么", 0, 4, "done", "body")
PLAN = Section("b", "d1", 2, "", 1, "二、", "打算", 5, 9, "plan", "body")
PASSAGES = tuple(
    Passage(f"p{n}", "d1", section, n, text, 0, 4, 0, 4, headings)
    for n, (section, text, headings) in enumerate(
        [("a", "三送三共", ("做了什么",)), ("b", "明年再送", ("打算",)), ("b", "后年还送", ("打算",))], 1
    )
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    parsed = (
        ParsedDocument(ONE, (DONE, PLAN), PASSAGES, ()),
        ParsedDocument(COPY, (), (replace(PASSAGES[0], id="q1", document_id="d2", section_id=""),), ()),
    )
    with Store.open(tmp_path, create=True) as made:
        made.put_source(ParsedSource(Source("s", "甲.txt", "甲.txt", "utf-8", 9), b"", parsed, ()))
        term = Term("t", "三送", "mechanism", "explained", ())
        told = [
            Definition(i, "t", i, (), "explained", "", "", d, "p1", 0, 2, 1, False)
            for i, d in (("x", "d1"), ("y", "d2"))
        ]
        said = [Mention("t", document, "p1", start, start + 2) for document, start in (("d1", 0), ("d1", 2), ("d2", 0))]
        made.put_glossary(Glossary((term,), tuple(told), (), tuple(said)))
        yield made


def test_passages_are_counted_by_document(store: Store) -> None:
    assert streams.sizes(store) == {"d1": 3, "d2": 1}


def test_planned_passages_are_those_of_planned_sections(store: Store) -> None:
    assert [f"p{n}" in streams.Planned(store) for n in range(5)] == [False, False, True, True, False]


def test_copies_use_no_terms_and_explain_none(store: Store) -> None:
    assert streams.uses(store) == {"t": 2}
    assert [definition.id for definition in streams.definitions(store)] == ["x"]


def test_passages_come_in_the_order_of_the_documents_asked_for(store: Store) -> None:
    assert [*streams.texts(store, ["d2", "d1"])] == ["三送三共", "三送三共", "明年再送", "后年还送"]
    assert [(headings, status) for _, headings, status in streams.written(store, ["d1"])] == [
        (("做了什么",), "done"),
        (("打算",), "plan"),
        (("打算",), "plan"),
    ]
