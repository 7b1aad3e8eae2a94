"""How far terms have come: documents, provinces, the one place."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.model import Document, Glossary, Mention, ParsedDocument, ParsedSource, Source, Term
from corpus.said import headers
from corpus.store import Store
from search.usage import Reach, Usage, build

FIRST = Document("a-1", "a", 1, "甲", "昆明市", "530100", "云南省", "city", "总结", "", "2023", "", "三送三送四季")
DOCUMENTS = (
    FIRST,
    replace(FIRST, id="b-1", source_id="b", place="大理市", text="三送"),
    replace(FIRST, id="c-1", source_id="c", place="某集团", place_code="", province="", text="四季"),
)
TERMS = (Term("t1", "三送", "brand", "unexplained", ()), Term("t2", "四季", "brand", "unexplained", ()))
SEEN = (("t1", "a-1", 0), ("t1", "a-1", 2), ("t2", "a-1", 4), ("t1", "b-1", 0), ("t2", "c-1", 0))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "library", create=True) as made:
        for one in DOCUMENTS:
            source = Source(one.source_id, one.source_id, one.source_id, "utf-8", 1)
            made.put_source(ParsedSource(source, b"", (ParsedDocument(one, (), (), ()),), ()))
        mentions = tuple(Mention(term, document, "", start, start + 2) for term, document, start in SEEN)
        made.put_glossary(Glossary((*TERMS, Term("t3", "无人用", "brand", "unexplained", ())), (), (), mentions))
        yield made


def usage(store: Store, folder: Path) -> Usage:
    folder.mkdir()
    build(folder, store, store.select(Term), headers(store))
    return Usage(folder, store, headers(store), store.editions())


def test_reaches(store: Store, tmp_path: Path) -> None:
    assert usage(store, tmp_path / "usage").reaches() == {
        "t1": Reach(2, ("云南省",), ""),
        "t2": Reach(2, ("", "云南省"), ""),
    }


def test_one_place(store: Store, tmp_path: Path) -> None:
    store.remove_source("b")
    assert usage(store, tmp_path / "usage").reaches()["t1"] == Reach(1, ("云南省",), "昆明市")


def test_what_came_and_left_since_is_counted(store: Store, tmp_path: Path) -> None:
    folder = tmp_path / "usage"
    usage(store, folder)
    store.remove_source("b")
    new = replace(FIRST, id="d-1", source_id="d", place="玉溪市", text="四季四季新词")
    store.put_source(ParsedSource(Source("d", "d", "d", "utf-8", 1), b"", (ParsedDocument(new, (), (), ()),), ()))
    with store.write():
        store.insert([Mention("t2", "d-1", "", 0, 2), Mention("t2", "d-1", "", 2, 4)])
    counted = Usage(folder, store, headers(store), store.editions())
    assert (counted.count("t1"), counted.count("t2"), counted.count("t3")) == (2, 4, 0)
    assert [(use.document_id, use.mentions) for use in counted.documents_of("t2")] == [
        ("d-1", 2),
        ("a-1", 1),
        ("c-1", 1),
    ]
    assert [use.document_id for use in counted.documents_of("t1")] == ["a-1"]
    assert counted.reaches()["t2"] == Reach(3, ("", "云南省"), "")
