"""Words and clauses that mean something alike, over a model of five words."""

from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from corpus.model import Claim
from search.cache import Cache
from search.claims import ClaimIndex
from search.nearness import Nearness
from search.segments import Batch, Layout

TEXTS = ("为船工剪发三百次，", "设立义剪点。", "开展划船比赛。")
#: word → direction: 理发, 剪发 and 义剪 lie close together.
DIRECTIONS = {"理发": (1.0, 0.0), "剪发": (0.9, 0.2), "义剪": (0.8, 0.3), "划船": (0.0, 1.0), "比赛": (-0.2, 1.0)}


class Words:
    """Adds up the directions of the words that stand in a text."""

    id = "words"
    size = 2

    def encode(self, texts: Iterable[str]) -> NDArray[np.float32]:
        sums = [sum((np.array(d) for word, d in DIRECTIONS.items() if word in text), np.zeros(2)) for text in texts]
        rows = np.array(sums, np.float32).reshape(-1, 2)
        scaled: NDArray[np.float32] = rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
        return scaled


Make = Callable[[Iterable[Claim]], ClaimIndex]


@pytest.fixture
def index(index_of: Make) -> ClaimIndex:
    return index_of(
        Claim(str(n), "d", "p", "", text, 0, len(text), "宜昌市", "420500", "city", "", "document", "done")
        for n, text in enumerate(TEXTS)
    )


def layout(folder: Path, edition: str = "1") -> Layout:
    """A library of one document, in some edition."""
    return Layout(Cache(folder), [Batch(("d",), (edition,), (1,))], {"d": edition})


@pytest.fixture
def near(index: ClaimIndex, tmp_path: Path) -> Nearness:
    return Nearness.of(index, layout(tmp_path), Words())


def test_words_of_like_meaning_are_those_that_claims_have(near: Nearness) -> None:
    found = dict(near.akin("理发"))
    assert {word for word in found if "剪发" in word} and not any("比赛" in word for word in found)
    assert all(0.6 <= cosine <= 1.001 for cosine in found.values())


def test_what_a_word_finds_by_its_own_characters_is_left_out(near: Nearness) -> None:
    assert not any("划船" in word for word, _ in near.akin("划船"))


def test_clauses_are_compared_one_by_one(near: Nearness, index: ClaimIndex) -> None:
    clauses, sentences = near.cosines(("理发",), np.arange(len(index)))
    assert clauses.shape == sentences.shape == (len(index),)
    assert clauses[0] > 0.9 > 0.2 > clauses[-1]


def test_the_nearest_of_several_texts_counts(near: Nearness, index: ClaimIndex) -> None:
    last = np.array([len(index) - 1])
    clauses, sentences = near.cosines(("理发", "比赛"), last)
    assert clauses[0] > 0.9 and sentences[0] > 0.9


def test_texts_are_alike_where_their_words_are(near: Nearness) -> None:
    assert near.likeness("理发", "剪发") > 0.9 > 0.2 > near.likeness("理发", "比赛")


def test_a_word_without_a_vector_is_like_nothing(near: Nearness) -> None:
    assert near.akin("月亮") == ()


def test_an_index_without_clauses(index_of: Make, tmp_path: Path) -> None:
    none = Nearness.of(index_of(()), layout(tmp_path), Words())
    assert none.akin("理发") == ()
    assert none.akin("比赛") == ()


def test_vectors_are_kept_for_the_same_library_and_made_anew_for_another(index: ClaimIndex, tmp_path: Path) -> None:
    Nearness.of(index, layout(tmp_path), Words())
    (made,) = tmp_path.glob("cache/segments/*/nearness/clauses.npy")
    before = made.stat().st_mtime_ns
    Nearness.of(index, layout(tmp_path), Words())
    assert made.stat().st_mtime_ns == before
    Nearness.of(index, layout(tmp_path, "2"), Words())
    assert len([*tmp_path.glob("cache/segments/*/nearness/clauses.npy")]) == 2
