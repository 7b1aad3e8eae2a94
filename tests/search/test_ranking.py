"""Fusion, extras, near copies."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from search import ranking
from search.ranking import (
    Evidence,
    Weights,
    best_first,
    brought_forward,
    collapse,
    extras,
    floor,
    for_library,
    for_mode,
    gather,
    highest,
    score,
    taking_turns,
    widened,
)

Shares = st.lists(st.floats(0, 1, width=32), min_size=3, max_size=3)


def evidence(lexical: list[float], concept: list[float], dense: list[float]) -> Evidence:
    nothing = [0.0] * len(lexical)
    parts = (lexical, concept, dense, nothing, nothing, nothing)
    return Evidence(np.arange(len(lexical)), *(np.array(part, np.float32) for part in parts))


@given(Shares, Shares, Shares, st.integers(0, 2))
def test_more_evidence_never_ranks_lower(
    lexical: list[float], concept: list[float], dense: list[float], i: int
) -> None:
    before = score(evidence(lexical, concept, dense), Weights())
    for part in (lexical, concept, dense):
        more = [list(lexical), list(concept), list(dense)]
        more[[lexical, concept, dense].index(part)][i] += 0.5
        after = score(evidence(*more), Weights())
        assert (after[i] > before).sum() >= (before[i] > before).sum()


def test_modes_ask_for_words_or_for_meaning() -> None:
    found = evidence([1, 0, 0], [0, 1, 0], [0, 0, 1])
    assert score(found, for_mode(Weights(), "lexical")).tolist() == [1, 0, 0]
    assert score(found, for_mode(Weights(), "semantic"))[0] == 0
    assert (score(found, for_mode(Weights(), "hybrid")) > 0).all()


def test_gather_joins_the_three() -> None:
    lexical = (np.array([4, 1]), np.array([0.9, 0.2], np.float32))
    dense = (np.array([2, 4]), np.array([0.8, 0.3], np.float32))
    concept = (np.array([3]), np.array([0.5], np.float32))
    found = gather(lexical, concept, dense, 10, full=True)
    assert found.rows.tolist() == [1, 2, 3, 4]
    assert found.lexical.tolist() == pytest.approx([0.2, 0, 0, 0.9])
    assert found.concept.tolist() == pytest.approx([0, 0, 0.5, 0])
    assert found.dense.tolist() == pytest.approx([0, 0.7, 0, 0.2])


def test_gather_credits_what_a_cut_list_may_hide() -> None:
    lexical = (np.array([0]), np.array([0.4], np.float32))
    none = (np.empty(0, np.int64), np.empty(0, np.float32))
    concept = (np.array([1]), np.array([0.5], np.float32))
    assert gather(lexical, concept, none, 1, full=False).lexical.tolist() == pytest.approx([0.4, 0.4])
    assert gather(lexical, concept, none, 1, full=True).lexical.tolist() == pytest.approx([0.4, 0])


def test_gather_keeps_the_best_of_a_frequent_concept() -> None:
    none = (np.empty(0, np.int64), np.empty(0, np.float32))
    concept = (np.arange(4), np.array([0.1, 0.9, 0.2, 0.8], np.float32))
    assert gather(none, concept, none, 2, full=True).rows.tolist() == [1, 3]


def test_a_candidate_from_elsewhere_keeps_what_it_speaks_of() -> None:
    lexical = (np.array([2, 5]), np.array([0.4, 0.3], np.float32))
    none = (np.empty(0, np.int64), np.empty(0, np.float32))
    concept = (np.array([0, 1, 2]), np.array([0.9, 0.8, 0.1], np.float32))
    found = gather(lexical, concept, none, 1, full=True)
    assert found.rows.tolist() == [0, 2, 5]
    assert found.concept.tolist() == pytest.approx([0.9, 0.1, 0])


@given(st.lists(st.sampled_from([0.0, 0.2, 0.5, 0.9]), max_size=30), st.integers(0, 4), st.integers(4, 12))
def test_what_is_brought_forward_comes_among_the_first(values: list[float], most: int, within: int) -> None:
    order = brought_forward(np.array(values, np.float32), most, within)
    assert sorted(order) == list(range(len(values)))
    leaders = sorted(range(len(values)), key=lambda place: -values[place])[:most]
    assert set(leaders) <= set(order[:within])
    others = [place for place in order if place not in leaders]
    assert others == sorted(others)


def test_what_is_found_out_later_counts_for_the_first_rows() -> None:
    found = evidence([0.5, 0.4, 0.3], [0, 0, 0], [0, 0, 0])
    known = found.knowing(nearness=np.array([0, 1], np.float32)).knowing(company=np.array([0, 1], np.float32))
    assert known.nearness.tolist() == [0, 1, 0] and known.company.tolist() == [0, 1, 0]
    gained = score(known, Weights()) - score(found, Weights())
    assert gained.tolist() == pytest.approx([0, Weights().nearness + Weights().company, 0])
    only_words = for_mode(Weights(), "lexical")
    assert score(known, only_words).tolist() == score(found, only_words).tolist()


def test_evidence_of_some_rows() -> None:
    found = evidence([0.5, 0.4, 0.3], [0, 0.1, 0], [0, 0, 0.2]).of([2, 1])
    assert found.rows.tolist() == [2, 1]
    assert found.concept.tolist() == pytest.approx([0, 0.1]) and found.dense.tolist() == pytest.approx([0.2, 0])


@pytest.mark.parametrize(
    ("documents", "order"),
    [("aabbc", [0, 2, 4, 1, 3]), ("aaa", [0, 1, 2]), ("abc", [0, 1, 2]), ("", []), ("aaab", [0, 3, 1, 2])],
)
def test_documents_take_turns(documents: str, order: list[int]) -> None:
    assert taking_turns(range(len(documents)), lambda i: ord(documents[i])) == order


def test_best_first_drops_what_is_far_behind() -> None:
    rows = np.array([7, 3, 5, 1])
    scores = np.array([0.5, 1.0, 0.1, 0.5], np.float32)
    assert best_first(rows, scores, floor(scores)) == [1, 3, 0]
    assert best_first(rows, scores) == [1, 3, 0, 2]
    assert best_first(rows, np.zeros(4, np.float32), floor(np.zeros(4, np.float32))) == []
    assert best_first(np.empty(0, np.int64), np.empty(0, np.float32), floor(np.empty(0, np.float32))) == []


def test_near_copies_are_joined() -> None:
    clauses = [frozenset("甲乙丙丁"), frozenset("子丑"), frozenset("甲乙丙"), frozenset(), frozenset("寅")]
    assert collapse([0, 1, 2, 3, 4], clauses.__getitem__, 3) == [(0, [2]), (1, []), (4, [])]


def test_copies_are_sought_until_enough_are_together() -> None:
    clauses = [frozenset("甲"), frozenset("甲"), frozenset("乙"), frozenset("丙")]
    assert collapse([0, 1, 2, 3], clauses.__getitem__, 2) == [(0, [1]), (2, [])]


@pytest.mark.parametrize(
    ("phrases", "numbers", "gain"),
    [
        (["送清凉"], [], Weights().phrase),
        (["送清凉", "三百余场"], [], Weights().phrase),
        (["母婴室"], [], 0),
        ([], ["300", "7"], Weights().number),
        (["送清凉"], ["300"], Weights().phrase + Weights().number),
    ],
)
def test_extras(phrases: list[str], numbers: list[str], gain: float) -> None:
    assert extras("开展送清凉三百余场300", phrases, numbers, Weights()) == pytest.approx(gain)


def test_rows_that_must_be_found_are_found_though_nothing_speaks_for_them() -> None:
    nothing = np.zeros(2, np.float32)
    some = Evidence(np.array([1, 4]), np.array([0.5, 0.01], np.float32), *[nothing] * 5)
    wider = widened(some, np.array([0, 4, 5]))
    assert wider.rows.tolist() == [1, 4, 0, 5] and wider.lexical.tolist()[2:] == [0, 0]
    scores = score(wider, Weights())
    assert [int(wider.rows[i]) for i in best_first(wider.rows, scores)] == [1, 4, 0, 5]
    assert [int(wider.rows[i]) for i in best_first(wider.rows, scores, floor(scores))] == [1]


@pytest.mark.parametrize(("share", "weight"), [(0.98, 0.5), (0.5, 0.5), (0.1, 0.1), (0.0, 0.0)])
def test_concepts_count_less_where_few_passages_speak_of_any(share: float, weight: float) -> None:
    assert for_library(Weights(), share) == replace(Weights(), concept=pytest.approx(weight))


@given(st.lists(st.sampled_from([0.0, 0.1, 0.5, 0.7, 1.0]), max_size=40), st.integers(1, 6))
def test_the_highest_are_the_first_of_all_put_in_order(values: list[float], most: int) -> None:
    scores = np.array(values * 50, np.float32)
    concerned = np.flatnonzero(scores)
    expected = np.sort(concerned[np.argsort(-scores[concerned], kind="stable")[:most]])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ranking, "_RUN", 4)
        assert highest(scores, most).tolist() == expected.tolist()
