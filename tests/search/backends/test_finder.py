"""What a backend hands out is ranked as the passages of a library on this machine are."""

from collections.abc import Callable, Iterator

import numpy as np
import pytest

from corpus.lexicon import Concept, topics
from search.answers import Filters, Mode
from search.backends import spread, tokens
from search.backends.finder import BackendFinder
from search.backends.interface import Backend, Parcel
from search.backends.local import LocalBackend
from search.backends.parcels import entries_of
from search.backends.spread import terms_of
from search.concepts import ConceptIndex
from search.embedders import Embedder
from search.finder import Finder, Ranking
from search.reading import Reader
from search.spelling import Speller
from search.suggest import Names

DRAFT = "入夏以来为露天岗位送清凉，走访慰问困难工友，联合多部门帮助被拖欠工钱的工友追回劳动报酬，建成爱心妈咪小屋。" * 2


@pytest.fixture(scope="module", params=["local", "milvus-file"])
def finders(
    request: pytest.FixtureRequest, module_openings: Callable[[str], Callable[[], Backend]], embedder: Embedder,
    reports: tuple[Parcel, ...], known: tuple[Concept, ...],
) -> Iterator[tuple[Finder, BackendFinder]]:  # fmt: skip
    local, other = module_openings("local")(), module_openings(request.param)()
    assert isinstance(local, LocalBackend)
    found = [terms_of(entry, ()) for one in reports for entry in entries_of(one)]
    with pytest.MonkeyPatch.context() as patch:
        # These passages are shorter than real ones.
        for name in spread.MEAN:
            patch.setitem(spread.MEAN, name, sum(terms[name].total() for terms in found) / len(found))
        patch.setattr(tokens, "_MEAN", sum(len(one.text) for report in reports for one in report.passages) / len(found))
        local.put(reports)
        other.put(reports)
        index = ConceptIndex(known, embedder)
        yield local._indexes.finder, BackendFinder(other, index, topics(known), embedder)


def ranked(finder: Finder, query: str, filters: Filters, mode: Mode, names: Names, **how: bool) -> Ranking:
    speller = Speller(names, finder.knows, finder.holds)
    reader = Reader(finder._concepts, finder.catalogue.register, speller, finder.attested)
    return finder.rank(reader.read(query), filters, mode, 9, 0, **how)


def told(finder: Finder, ranking: Ranking) -> list[tuple[str, tuple[str, ...]]]:
    ids = finder.catalogue.ids
    return [(ids[found.row], tuple(ids[row] for row in found.copies)) for found in ranking.page]


@pytest.mark.parametrize("mode", ["hybrid", "lexical", "semantic"])
@pytest.mark.parametrize(
    ("query", "filters"),
    [
        ("送清凉", Filters()),
        ("大热天给户外干活的人送水", Filters()),
        ("老板不给工钱", Filters(province="云南省")),
        ("“爱心妈咪小屋” 女工", Filters()),
        ("爱心妈咪小屋 不含:冰箱", Filters(status="plan")),
        (DRAFT, Filters()),
    ],
)
def test_the_same_passages_in_the_same_order(
    finders: tuple[Finder, BackendFinder], query: str, filters: Filters, mode: Mode, named: Names
) -> None:
    local, other = (ranked(finder, query, filters, mode, named) for finder in finders)
    assert told(finders[0], local) == told(finders[1], other)
    assert [found.score for found in other.page] == pytest.approx([found.score for found in local.page], abs=0.06)
    for name in ("concept", "dense"):
        mine, theirs = ([getattr(found.evidence, name)[0] for found in one.page] for one in (local, other))
        assert theirs == pytest.approx(mine, abs=2e-3)


def test_conditions_alone_list_what_meets_them(finders: tuple[Finder, BackendFinder], named: Names) -> None:
    for filters in (Filters(province="云南省"), Filters(status="plan"), Filters(year="1999")):
        local, other = (ranked(finder, "", filters, "hybrid", named, newest=True) for finder in finders)
        assert told(finders[0], local) == told(finders[1], other)


def test_what_a_library_knows(finders: tuple[Finder, BackendFinder]) -> None:
    local, other = finders
    assert np.array_equal(local.attested, other.attested)
    for gram in ("清凉", "宜昌", "龘"):
        assert local.knows(gram) == other.knows(gram)
    for phrase in ("送清凉", "清凉送", "三百余场"):
        assert local.holds(phrase) == other.holds(phrase)
    rows = other.catalogue.take([local.catalogue.ids[0]])
    assert other.catalogue.facets(rows.tolist()) == local.catalogue.facets([0])
