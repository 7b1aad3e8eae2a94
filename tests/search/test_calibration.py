"""From evidence to confidence: more evidence is never less sure, and rules alone keep their turning point."""

import numpy as np
import pytest

from search.calibration import FITTED, THRESHOLD, Evidence

FIELDS = ("named", "covered", "ruled", "clause", "sentence")


def evidence(**given: float) -> Evidence:
    values = dict.fromkeys(FIELDS, 0.3) | given
    return Evidence(**{name: np.array([value], np.float32) for name, value in values.items()})


@pytest.mark.parametrize("field", FIELDS)
def test_more_evidence_makes_surer(field: str) -> None:
    little, much = (FITTED.confidence(evidence(**{field: value}))[0] for value in (0.1, 0.9))
    assert 0 < little < much < 1


def test_words_concepts_and_vectors_together_count_and_none_of_them_does_not() -> None:
    assert FITTED.confidence(evidence(covered=1, ruled=1, clause=0.8, sentence=0.6))[0] > 0.9
    assert FITTED.confidence(evidence(named=0, covered=0.1, ruled=0.1, clause=0.1, sentence=0.1))[0] < THRESHOLD


@pytest.mark.parametrize(("ruled", "counts"), [(0.4, False), (0.56, False), (0.58, True), (1.0, True)])
def test_without_vectors_the_rules_decide(ruled: float, counts: bool) -> None:
    confidence = FITTED.confidence_of_rules(np.array([ruled], np.float32))[0]
    assert (confidence >= THRESHOLD) == counts and 0 < confidence < 1
