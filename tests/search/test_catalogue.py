"""Rows, filters, facets."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from corpus.model import Document
from corpus.store import Store
from search.answers import Filters
from search.catalogue import Catalogue
from search.register import meets

DOCUMENT = Document("d", "s", 0, "标题", "昆明市", "530100", "云南省", "city", "总结", "2022年度", "2023-06-01", "", "")
UNIT = replace(DOCUMENT, place="某集团工会", place_code="", province="", level="enterprise", period="", date="")


@pytest.fixture
def catalogue(library: Path) -> Iterator[Catalogue]:
    with Store.open(library) as store:
        yield Catalogue(store)


@pytest.mark.parametrize(
    ("filters", "document", "expected"),
    [
        (Filters(), DOCUMENT, True),
        (Filters(place="昆明市"), DOCUMENT, True),
        (Filters(place="昆明"), DOCUMENT, True),
        (Filters(place="云南省"), DOCUMENT, True),
        (Filters(place="全国"), DOCUMENT, True),
        (Filters(place="大理"), DOCUMENT, False),
        (Filters(place="某集团工会"), UNIT, True),
        (Filters(place="云南省"), UNIT, False),
        (Filters(province="云南省"), DOCUMENT, True),
        (Filters(province="云南"), DOCUMENT, True),
        (Filters(province="贵州"), DOCUMENT, False),
        (Filters(province="云南"), UNIT, False),
        (Filters(year="2023"), DOCUMENT, True),
        (Filters(year="2022"), DOCUMENT, True),
        (Filters(year="2021"), DOCUMENT, False),
        (Filters(year="2021"), UNIT, False),
        (Filters(level="city", type="总结"), DOCUMENT, True),
        (Filters(level="city", type="讲话"), DOCUMENT, False),
    ],
)
def test_meets(filters: Filters, document: Document, expected: bool) -> None:
    assert meets(document, filters) is expected


def test_rows_are_passages_in_reading_order(catalogue: Catalogue) -> None:
    assert len(catalogue) == 7
    passages = [catalogue.passage(row) for row in range(len(catalogue))]
    assert [p.id for p in passages if p] == list(catalogue.ids) == catalogue.ids[:]
    assert all(p and p.document_id == catalogue.of(row).id for row, p in enumerate(passages))


def test_kept(catalogue: Catalogue) -> None:
    assert catalogue.kept(Filters()) is None
    plans = catalogue.kept(Filters(status="plan"))
    assert plans is not None and [catalogue.status(i) for i in plans.nonzero()[0]] == ["plan"]
    for nothing in (Filters(status="unheard of"), Filters(place="火星")):
        kept = catalogue.kept(nothing)
        assert kept is not None and not kept.any()
    assert catalogue.chosen(Filters(status="plan")) is None
    cities = catalogue.chosen(Filters(level="city"))
    assert cities is not None and cities.sum() == 2


@pytest.mark.parametrize("filters", [Filters(), Filters(province="云南省"), Filters(place="云南", status="done")])
def test_what_is_kept_of_some_rows_is_what_is_kept_of_all(catalogue: Catalogue, filters: Filters) -> None:
    rows = np.array([5, 0, 3])
    kept = catalogue.kept(filters)
    assert catalogue.meeting(filters, rows).tolist() == ([True] * 3 if kept is None else kept[rows].tolist())


def test_the_newest_come_first(catalogue: Catalogue) -> None:
    rows = np.arange(len(catalogue))
    dates = [catalogue.of(row).date for row in catalogue.newest_first(rows)]
    assert dates == sorted(dates, reverse=True) and len(set(dates)) > 1


def test_facets_leave_the_unknown_out(catalogue: Catalogue) -> None:
    facets = catalogue.facets(range(len(catalogue)))
    assert facets["province"] == {"云南省": 4, "湖北省": 3}
    assert list(facets["year"]) == ["2023", "2021"]
    assert facets["status"] == {"done": 6, "plan": 1}


def test_a_passage_removed_since_is_gone(library: Path) -> None:
    with Store.open(library) as store:
        catalogue = Catalogue(store)
        for document in list(catalogue.documents):
            if store.select(Document, id=document.id):
                store.remove_source(document.source_id)
        assert catalogue.passage(0) is None
        assert catalogue.squeezed(0) == "" and catalogue.clauses(0) == frozenset()
