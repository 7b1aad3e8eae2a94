"""How sure it is that a sentence speaks of what was asked.

Evidence is weighed by a logistic model of a few numbers and then bent (Platt 1999) so that of the places answered with
confidence .8 about 80 % are right. Both were fitted by ``benchmarks/places.py --fit`` on judged questions, each with the
whole lexicon and with its own topic taken out of it; ``benchmarks/places.md`` shows how well they hold for questions left
out of the fitting.
"""

from dataclasses import dataclass

import numpy as np

from search.presence import Floats

NAMED = 0.97  # share right of what has a name exactly as it was asked
_TURNING, _STEEP = 0.57, 20.0  # where rules alone turn from no to yes, and how sharply
_RULES_ALONE = 6.0  # how sharply they do where nothing is known of meaning


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for each of some clauses, (clauses,) each: ``named`` 1 where an alternative stands as it was asked,
    ``covered`` the share of the topic's words met, ``ruled`` what the rules make of words and concepts, ``clause`` and
    ``sentence`` the cosines of the clause and of its sentence with the topic."""

    named: Floats
    covered: Floats
    ruled: Floats
    clause: Floats
    sentence: Floats

    def columns(self) -> Floats:
        """(clauses, 5) the numbers that are weighed."""
        turned = 1 / (1 + np.exp(_STEEP * (_TURNING - self.ruled)))
        stacked: Floats = np.stack([self.named, self.covered, turned, self.clause, self.sentence], 1).astype(np.float32)
        return stacked


@dataclass(frozen=True, slots=True)
class Calibration:
    """``weights`` of the columns and the ``constant`` of the model, ``slope`` and ``shift`` that bend it, the
    ``threshold`` from which a sentence counts."""

    weights: tuple[float, ...]
    constant: float
    slope: float
    shift: float
    threshold: float

    def confidence(self, evidence: Evidence) -> Floats:
        """(clauses,) share in 0..1 of such sentences that answer."""
        weighed = (evidence.columns() * np.array(self.weights, np.float32)).sum(1) + self.constant
        return logistic(self.slope * weighed + self.shift)

    def confidence_of_rules(self, ruled: Floats) -> Floats:
        """(clauses,) the same where no vectors are at hand: what the rules count reaches the threshold, and only that."""
        return logistic(_RULES_ALONE * (ruled - _TURNING) + np.log(self.threshold / (1 - self.threshold)))


def logistic(values: Floats) -> Floats:
    """1 / (1 + e^-x)."""
    turned: Floats = (1 / (1 + np.exp(-values))).astype(np.float32)
    return turned


FITTED = Calibration((0.98, 0.84, 1.85, 5.08, 3.59), -5.92, 1.22, 0.40, 0.40)
THRESHOLD = FITTED.threshold
