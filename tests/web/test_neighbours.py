from dataclasses import replace
from types import SimpleNamespace
from typing import cast

from corpus.model import Document
from web.neighbours import neighbours
from web.shelf import DocumentEntry, Shelf, Twin


def entry(name: str, source: str, ordinal: int, place: str, date: str, *twins: str) -> DocumentEntry:
    document = Document(name, source, ordinal, name, place, "", "", "city", "", "", date, "", "")
    return DocumentEntry(document, source, False, 1, tuple(Twin(twin, "") for twin in twins), frozenset())


A = entry("a", "s", 1, "宜宾市", "2031")
B = entry("b", "s", 2, "漳州市", "2031-05-01")
C = entry("c", "s", 3, "", "")
OLD = entry("old", "t", 1, "宜宾市", "2029")
NEW = entry("new", "u", 1, "宜宾市", "2032")
ALL = (A, B, C, OLD, NEW)
SHELF = cast(
    Shelf,
    SimpleNamespace(
        documents={one.document.id: one for one in ALL}, by_source={"s": (A, B, C), "t": (OLD,), "u": (NEW,)}
    ),
)


def test_the_first_of_a_compilation() -> None:
    found = neighbours(SHELF, A)
    assert (found.position, found.total, found.before, found.after) == (1, 3, None, B)
    assert found.of_place == (NEW, OLD)
    assert (found.year, found.of_year) == ("2031", 1)


def test_the_last_of_a_compilation_without_place_and_date() -> None:
    found = neighbours(SHELF, C)
    assert (found.position, found.before, found.after) == (3, B, None)
    assert (found.of_place, found.year, found.of_year) == ((), "", 0)


def test_a_copy_is_no_other_report_of_the_place() -> None:
    copied = replace(OLD, twins=(Twin("a", ""),))
    shelf = cast(Shelf, SimpleNamespace(documents=SHELF.documents, by_source={"t": (copied,)}))
    assert neighbours(shelf, copied).of_place == (NEW,)
