"""The list of documents: conditions, order, pages."""

from dataclasses import replace
from types import SimpleNamespace
from typing import cast

import pytest

from corpus.model import Document
from web.holdings import Asked, listing
from web.shelf import DocumentEntry, Shelf


def entry(n: int, **fields: str) -> DocumentEntry:
    plain = Document(f"d{n}", "s", n, f"报告{n}", "宜宾市", "511500", "四川省", "city", "总结", "", f"20{n:02}", "", "")
    return DocumentEntry(replace(plain, **fields), "a.txt", False, 1, (), frozenset())  # type: ignore[arg-type]


ENTRIES = (
    entry(1, title="总结", place="宜宾市"),
    entry(2, title="报告", place="漳州市", place_code="350600", province="福建省"),
    entry(3, title="综述", place="北大荒集团工会", place_code="", province="", level="enterprise", period="2018—2023"),
)


def shelf(*entries: DocumentEntry) -> Shelf:
    held = {one.document.id: one for one in entries}
    return cast(Shelf, SimpleNamespace(documents=held, by_source={"s": entries}))


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (Asked(), ["d1", "d2", "d3"]),
        (Asked(province="福建省"), ["d2"]),
        (Asked(level="enterprise"), ["d3"]),
        (Asked(find="漳州"), ["d2"]),
        (Asked(find="A.TXT"), ["d1", "d2", "d3"]),
        (Asked(find="没有"), []),
        (Asked(year="2018"), ["d3"]),
        (Asked(year="2002"), ["d2"]),
        (Asked(sort="date"), ["d3", "d2", "d1"]),
        (Asked(sort="title"), ["d2", "d1", "d3"]),
        (Asked(sort="place"), ["d2", "d1", "d3"]),
        (Asked(source="s", province="福建省"), ["d2"]),
        (Asked(source="别的"), []),
    ],
)
def test_conditions_and_order(asked: Asked, expected: list[str]) -> None:
    found = listing(shelf(*ENTRIES), asked)
    assert [one.document.id for one in found.entries] == expected
    assert found.found == len(expected)


def test_many_documents_come_page_by_page() -> None:
    many = shelf(*(entry(n) for n in range(120)))
    pages = [listing(many, Asked(page=n)) for n in (1, 2, 3, 4)]
    assert [len(page.entries) for page in pages] == [50, 50, 20, 0]
    assert {page.pages for page in pages} == {3}
    assert len({one.document.id for page in pages for one in page.entries}) == 120


def test_the_options_are_what_there_is() -> None:
    options = listing(shelf(*ENTRIES), Asked()).options
    assert options["province"] == ["四川省", "福建省"]
    assert options["level"] == ["city", "enterprise"]
    assert options["year"] == ["2023", "2018", "2003", "2002", "2001"]


def test_a_source_is_called_by_its_name() -> None:
    assert listing(shelf(*ENTRIES), Asked(source="s")).source == "a.txt"
    assert listing(shelf(*ENTRIES), Asked()).source == ""
