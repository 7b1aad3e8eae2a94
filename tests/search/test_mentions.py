"""Concepts to passages, weighted by how telling the wording is."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.mentions import MentionIndex, Wording, build, weigh

# concepts 0 甲, 1 乙, 2 丙; rows 0..9: 甲项目 is rare, 共用 is everywhere, row 9 mentions nothing
SHARED = [("共用", 0), ("共用", 1)]
WORDINGS = dict.fromkeys(range(9), SHARED) | {3: [*SHARED, ("甲项目", 0)], 5: [("甲项目", 0)] * 2}


@pytest.fixture
def index(tmp_path: Path) -> MentionIndex:
    build(tmp_path, WORDINGS, 10)
    return MentionIndex([tmp_path], 3)


def weights(index: MentionIndex, concept: int) -> dict[int, float]:
    return dict(zip(*(part.tolist() for part in index.of(concept)), strict=True))


def test_rare_wordings_count_more(index: MentionIndex) -> None:
    found = weights(index, 0)
    assert sorted(found) == list(range(9))
    assert found[5] > found[3] > found[0] > 0
    assert all(0 < weight < 1 for weight in found.values())


def test_a_label_of_two_concepts_counts_for_both(index: MentionIndex) -> None:
    assert sorted(weights(index, 1)) == [row for row in range(9) if row != 5]
    assert weights(index, 2) == {}


def test_scores_are_weighed_and_added_up(index: MentionIndex) -> None:
    rows, scores = index.scores([(0, 0.75), (1, 0.25)], 10)
    both = dict(zip(rows.tolist(), scores.tolist(), strict=True))
    first, second = weights(index, 0), weights(index, 1)
    assert both[3] == pytest.approx(0.75 * first[3] + 0.25 * second[3])
    assert both[5] == pytest.approx(0.75 * first[5])
    assert rows.tolist() == list(range(9))


def test_scores_of_one_concept(index: MentionIndex) -> None:
    rows, scores = index.scores([(1, 0.5)], 10)
    assert dict(zip(rows.tolist(), scores.tolist(), strict=True)) == pytest.approx(
        {row: 0.5 * weight for row, weight in weights(index, 1).items()}
    )


def test_no_links_no_scores(index: MentionIndex) -> None:
    assert [len(one) for one in index.scores([], 10)] == [0, 0]


def test_an_empty_library(tmp_path: Path) -> None:
    build(tmp_path, {}, 0)
    assert len(MentionIndex([tmp_path], 3).of(0)[0]) == 0


@given(st.lists(st.lists(st.tuples(st.sampled_from("甲乙丙"), st.integers(0, 2)), max_size=6), max_size=8))
def test_weights_are_what_the_rule_says(rows: list[list[Wording]]) -> None:
    owners, found, weights = weigh(enumerate(rows), len(rows))
    expected = {}
    for row, said in enumerate(rows):
        for label, owner in set(said):
            spread = sum(any(label == other for other, _ in some) for some in rows)
            rarity = np.log(1 + (len(rows) - spread + 0.5) / (spread + 0.5))
            times = said.count((label, owner))
            expected[owner, row] = expected.get((owner, row), 0.0) + rarity * times / (times + 1)
    assert list(zip(owners.tolist(), found.tolist(), strict=True)) == sorted(expected)
    assert weights.tolist() == pytest.approx(
        [amount / (amount + 3) for _, amount in sorted(expected.items())], rel=1e-6
    )
