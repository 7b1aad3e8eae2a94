"""The names that a library can be asked by."""

from pathlib import Path

import pytest

from corpus.lexicon import Concept
from corpus.store import Store
from search.glossary import GlossaryIndex
from search.naming import names
from search.suggest import Name


@pytest.fixture
def found(library: Path, concepts: tuple[Concept, ...]) -> list[Name]:
    with Store.open(library) as store:
        return list(names(store, GlossaryIndex(store), concepts))


def test_places_are_those_of_the_library_and_around(found: list[Name]) -> None:
    places = {name.label for name in found if name.kind == "place"}
    assert places == {"宜昌市", "湖北省", "云南省", "昆明市"}
    assert ("宜昌市", "宜昌") in {(name.label, name.said) for name in found}


def test_topics_that_nothing_is_written_about_are_left_out(
    found: list[Name], library: Path, concepts: tuple[Concept, ...]
) -> None:
    assert {"送清凉", "高温慰问"} <= {name.label for name in found if name.kind == "topic"}
    assert ("送清凉", "大热天") in {(name.label, name.said) for name in found}
    with Store.open(library) as store:
        more = names(store, GlossaryIndex(store), (*concepts, Concept("登月", (), ("上月亮",))))
        assert "登月" not in {name.label for name in more}


def test_headings_come_without_numbers_and_with_how_many_have_them(found: list[Name]) -> None:
    headings = {name.label: name for name in found if name.kind == "heading"}
    assert headings["维护合法权益"].weight == 2 and headings["维护合法权益"].note == "2 份文献的标题"
    assert headings["普惠服务"].note == ""


def test_titles(found: list[Name]) -> None:
    titles = {name.label for name in found if name.kind == "document"}
    assert "青禾市总工会年度工作总结" in titles


def test_no_name_comes_twice(found: list[Name]) -> None:
    assert len({(name.said or name.label, name.label) for name in found}) == len(found)
