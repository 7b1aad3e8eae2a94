"""What a ranked passage is made of, on the mini library."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

import search.engine
import search.finder
from corpus.lexicon import Concept
from search.answers import Filters, Mode
from search.embedders import Embedder
from search.engine import Engine
from search.finder import Finder, Found
from search.ranking import Evidence, Weights
from search.reading import Reader

DRAFT = (
    "入夏以来，组织各级力量深入露天作业场所，为环卫、建筑、快递等岗位的工友送去清凉饮品和防暑药品。"
    "同时畅通投诉渠道，联合有关部门帮助被拖欠工钱的工友追回劳动报酬，依法维护其合法权益。"
)


@pytest.fixture
def asking(
    monkeypatch: pytest.MonkeyPatch, library: Path, embedder: Embedder, concepts: tuple[Concept, ...]
) -> Iterator[tuple[Finder, Reader]]:
    for module in (search.engine, search.finder):
        monkeypatch.setattr(module, "lexicon", lambda: concepts)
    engine = Engine.open(library, embedder)
    yield engine._finder, engine._reader
    engine.close()


def page(asking: tuple[Finder, Reader], query: str, mode: Mode = "hybrid", diverse: bool = False) -> tuple[Found, ...]:
    finder, reader = asking
    return finder.rank(reader.read(query), Filters(), mode, 9, 0, diverse=diverse).page


@pytest.mark.parametrize(
    ("mode", "counting"),
    [
        ("hybrid", {"lexical", "concept", "dense", "nearness", "company"}),
        ("lexical", {"lexical"}),
        ("semantic", {"concept", "dense", "nearness", "company"}),
    ],
)
def test_each_mode_looks_at_its_own_evidence(asking: tuple[Finder, Reader], mode: Mode, counting: set[str]) -> None:
    found = page(asking, "为露天岗位送清凉", mode)
    parts = ("lexical", "concept", "dense", "nearness", "likeness", "company")
    assert {part for part in parts if any(getattr(f.evidence, part)[0] > 0 for f in found)} == counting


def test_only_a_draft_is_compared_as_a_whole(asking: tuple[Finder, Reader]) -> None:
    assert all(found.evidence.likeness[0] > 0 for found in page(asking, DRAFT)[:2])
    assert not any(found.evidence.likeness[0] for found in page(asking, "送清凉"))


def test_the_first_speaks_for_those_with_its_words(asking: tuple[Finder, Reader]) -> None:
    found = page(asking, "为工友开展")
    company = [float(one.evidence.company[0]) for one in found]
    assert len(company) > 1 and company[0] == max(company) > 0.5
    assert all(0 < share < 1 for share in company[1:])


def test_near_words_come_for_each_row(asking: tuple[Finder, Reader]) -> None:
    finder, reader = asking
    assert len(finder.near_words(reader.read("送清凉"), [0, 1])) == 2


def test_those_that_led_the_company_are_known(asking: tuple[Finder, Reader]) -> None:
    found = page(asking, "给工地送清凉")
    assert found[0].leading and sum(one.leading for one in found) <= 3


@pytest.mark.parametrize("place", ["宜昌市", "云南省"])
def test_the_place_that_is_named_finds_room_among_few_candidates(
    monkeypatch: pytest.MonkeyPatch, asking: tuple[Finder, Reader], place: str
) -> None:
    monkeypatch.setattr(search.finder, "_CANDIDATES", 1)
    finder, _ = asking
    found = page(asking, f"{place}爱心妈咪小屋")
    assert finder.catalogue.of(found[0].row).place == place


def test_what_holds_the_most_of_the_words_is_looked_at(
    monkeypatch: pytest.MonkeyPatch, asking: tuple[Finder, Reader]
) -> None:
    monkeypatch.setattr(search.finder, "_LOOKED_AT", 2)
    monkeypatch.setattr(search.finder, "_BY_WORDS", 1)
    finder, reader = asking
    nothing = np.zeros(4, np.float32)
    words = np.array([0.1, 0, 0.2, 0.9], np.float32)
    evidence = Evidence(np.arange(4), words, nothing, nothing, nothing, nothing, nothing)
    closer, _, _ = finder._looked_closer(evidence, nothing, reader.read("送清凉"), Weights())
    assert closer.rows.tolist() == [0, 3, 1, 2]
    assert closer.lexical.tolist() == words[[0, 3, 1, 2]].tolist()
