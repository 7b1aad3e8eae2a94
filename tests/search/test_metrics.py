"""The measures against values worked out by hand and against their definitions."""

import math
from itertools import permutations, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.metrics import gain, interval, mean, ndcg, paired, percentile, recall, reciprocal_rank

GRADES = st.lists(st.integers(0, 3), max_size=8)
VALUES = st.lists(st.floats(0, 1, width=32), min_size=1, max_size=40)
BEST = 3 + 1 / math.log2(3)


@pytest.mark.parametrize(
    ("found", "judged", "expected"),
    [
        ([2, 1], [1, 2], 1.0),
        ([1, 2], [2, 1], (1 + 3 / math.log2(3)) / BEST),
        ([2], [2, 1], 3 / BEST),
        ([0] * 9 + [1], [2, 1], (1 / math.log2(11)) / BEST),
        ([0] * 10 + [2], [2, 1], 0.0),
        # scikit-learn's ndcg_score on the gains 2 ** grade - 1
        ([3, 2, 3, 0, 1, 2], [3, 2, 3, 0, 1, 2], 0.9488107),
        ([1, 0, 2, 3, 0, 0, 1, 2, 0, 0], [1, 0, 2, 3, 0, 0, 1, 2, 0, 0, 3, 2], 0.4231034),
        ([], [2], 0.0),
        ([1], [], 0.0),
    ],
)
def test_ndcg(found: list[int], judged: list[int], expected: float) -> None:
    assert ndcg(found, judged, 10) == pytest.approx(expected)


@given(GRADES)
def test_the_best_order_is_the_one_that_falls(grades: list[int]) -> None:
    falling = sorted(grades, reverse=True)
    assert ndcg(falling, grades, 10) == pytest.approx(1.0 if any(grades) else 0.0)
    for order in list(permutations(grades[:4])):
        assert gain(order) <= gain(sorted(order, reverse=True)) + 1e-12


@given(GRADES, GRADES, st.integers(1, 8))
def test_what_is_below_the_depth_does_not_count(found: list[int], judged: list[int], depth: int) -> None:
    assert ndcg(found, judged, depth) == ndcg(found[:depth], judged, depth)


@pytest.mark.parametrize(
    ("found", "expected"), [([0, 0, 1], 1 / 3), ([2], 1.0), ([0, 1, 2], 0.5), ([0, 0], 0.0), ([], 0.0)]
)
def test_reciprocal_rank(found: list[int], expected: float) -> None:
    assert reciprocal_rank(found) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("found", "judged", "depth", "expected"),
    [
        ([[0], [], [1]], 4, 3, 2 / 3),  # three finds can hold three of the four
        ([[0], [], [1]], 2, 3, 1.0),
        ([[0], [0], [0]], 2, 3, 0.5),  # the same answer thrice is one answer
        ([[], [0]], 1, 1, 0.0),
        ([[0, 1, 2]], 3, 1, 1.0),  # never above 1
        ([[0]], 0, 5, 0.0),
        ([], 5, 5, 0.0),
    ],
)
def test_recall(found: list[list[int]], judged: int, depth: int, expected: float) -> None:
    assert recall(found, judged, depth) == pytest.approx(expected)


@given(st.lists(st.sets(st.integers(0, 5), max_size=3), max_size=10))
def test_recall_grows_with_the_depth_once_all_can_be_held(found: list[set[int]]) -> None:
    deep = [recall(found, 6, depth) for depth in range(6, 12)]
    assert deep == sorted(deep)
    assert all(0 <= value <= 1 for value in deep)


@pytest.mark.parametrize(("share", "expected"), [(0.5, 3), (0.95, 5), (1.0, 5), (0.0, 1), (0.2, 1), (0.21, 2)])
def test_percentile_is_one_of_the_values(share: float, expected: float) -> None:
    assert percentile([5, 3, 1, 4, 2], share) == expected
    assert percentile([], share) == 0


@given(VALUES)
def test_an_interval_holds_the_mean_and_comes_again(values: list[float]) -> None:
    low, high = interval(values)
    assert min(values) - 1e-9 <= low <= mean(values) + 1e-9
    assert mean(values) - 1e-9 <= high <= max(values) + 1e-9
    assert interval(values) == (low, high)


def test_an_interval_is_as_wide_as_theory_says() -> None:
    """For many values the bootstrap agrees with the normal approximation: mean ± 1.96 standard errors."""
    values = np.random.default_rng(3).random(400)
    low, high = interval(values.tolist())
    error = 1.96 * values.std() / math.sqrt(len(values))
    assert (low, high) == (
        pytest.approx(values.mean() - error, abs=0.003),
        pytest.approx(values.mean() + error, abs=0.003),
    )


def test_an_interval_of_many_values_is_drawn_in_lots() -> None:
    low, high = interval([0.0, 1.0] * 5_000)
    assert 0.48 < low < 0.5 < high < 0.52


def test_no_value_and_one_value() -> None:
    assert interval([]) == (0.0, 0.0) and mean([]) == 0
    assert interval([0.3]) == (pytest.approx(0.3), pytest.approx(0.3))


def exact(differences: list[float]) -> float:
    """The p value by looking at every pattern of signs."""
    observed = abs(sum(differences)) - 1e-9
    patterns = list(product((-1, 1), repeat=len(differences)))
    return sum(abs(sum(s * d for s, d in zip(p, differences, strict=True))) >= observed for p in patterns) / len(
        patterns
    )


@pytest.mark.parametrize(
    "differences", [[0.1, 0.2, 0.3, 0.4, 0.5], [0.5, -0.1, 0.2, 0.2, -0.3, 0.4], [0.9], [0.2, -0.2], [0.3] * 8]
)
def test_the_drawn_test_is_the_exact_one(differences: list[float]) -> None:
    test = paired([0.5 + d for d in differences], [0.5] * len(differences))
    assert test.p == pytest.approx(exact(differences), abs=0.02)
    assert test.difference == pytest.approx(mean(differences))
    assert test.low - 1e-9 <= test.difference <= test.high + 1e-9


@given(VALUES)
def test_a_system_equals_itself(values: list[float]) -> None:
    test = paired(values, values)
    assert (test.difference, test.p, test.wins, test.ties, test.losses) == (0, 1.0, 0, len(values), 0)


@given(st.lists(st.tuples(st.floats(0, 1, width=32), st.floats(0, 1, width=32)), min_size=1, max_size=20))
def test_turned_round_a_comparison_says_the_same(pairs: list[tuple[float, float]]) -> None:
    first, second = [a for a, _ in pairs], [b for _, b in pairs]
    there, back = paired(first, second), paired(second, first)
    assert there.difference == pytest.approx(-back.difference)
    assert there.p == pytest.approx(back.p)
    assert (there.wins, there.ties, there.losses) == (back.losses, back.ties, back.wins)


def test_pairs_must_match() -> None:
    with pytest.raises(ValueError, match="2 values against 1"):
        paired([0.1, 0.2], [0.1])
