"""Wordings held out of a small lexicon."""

import numpy as np
import pytest
from tokenizers import Regex, Tokenizer, models, pre_tokenizers

from corpus.lexicon import Concept
from search.embedders.labels import LabelTest, Recall, split

CONCEPTS = (
    Concept("甲", ("子",), ("春", "夏")),
    Concept("乙", ("丑",), ("秋",), broader=("丙",), part_of=("丙",)),
    Concept("丙", (), ("冬",)),
)
TOKENS = "甲乙丙子丑春夏秋冬"


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    made = Tokenizer(models.Unigram([("[UNK]", -20.0), *((c, -5.0) for c in TOKENS)], unk_id=0))
    made.pre_tokenizer = pre_tokenizers.Split(Regex(r"[^\p{L}\p{N}]+"), "removed")
    return made


def vectors(**placed: tuple[float, float]) -> np.ndarray:
    rows = np.zeros((len(TOKENS) + 1, 2), np.float32)
    for token, place in placed.items():
        rows[TOKENS.index(token) + 1] = place
    return rows


def test_what_is_held_out_does_not_depend_on_the_rest() -> None:
    everything = tuple(f"说法{n}" for n in range(400))
    kept, held = split((Concept("甲", (), everything),), 0.1)
    assert 20 < len(held) < 70
    assert {label for _, label in held} | set(kept[0].hidden_labels) == set(everything)
    fewer = split((Concept("乙", (), everything[:50]),), 0.1)[1]
    assert [label for _, label in fewer] == [label for _, label in held if label in everything[:50]]
    assert split(CONCEPTS, 0) == (CONCEPTS, ())


def test_the_nearest_topic_counts_and_parts_count_for_their_whole(tokenizer: Tokenizer) -> None:
    held = (("甲", "春"), ("乙", "秋"))
    test = LabelTest(tokenizer, CONCEPTS, held)
    right = vectors(甲=(1, 0), 丙=(0, 1), 春=(1, 0.1), 秋=(0.1, 1))
    half = vectors(甲=(1, 0), 丙=(0, 1), 春=(0.1, 1), 秋=(0.1, 1))
    # 春 and 秋 are labels of their topics here, so each finds itself where it is learned.
    assert test.recall(right) == Recall(1.0, 1.0)
    unlearned = LabelTest(tokenizer, (Concept("甲"), Concept("丙"), Concept("乙", part_of=("丙",))), held)
    assert unlearned.recall(half) == Recall(0.5, 1.0)


def test_nothing_held_out_is_nothing_found(tokenizer: Tokenizer) -> None:
    assert LabelTest(tokenizer, CONCEPTS, ()).recall(vectors()) == Recall(0.0, 0.0)
