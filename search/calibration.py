"""How sure it is that a sentence speaks of what was asked.

Evidence is weighed by a logistic model of a few numbers and then bent (Platt 1999) so that of the places answered with
confidence .8 about 80 % are right. Both were fitted by ``benchmarks/places.py --fit`` on judged questions, each with the
whole lexicon and with its own topic taken out of it; ``benchmarks/places.md`` shows how well they hold for questions left
out of the fitting.
"""

from dataclasses import dataclass

import numpy as np

from search.claims import Floats

THRESHOLD = 0.5  # least confidence of a sentence that counts
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


#: Weights of the columns, then the constant.
WEIGHTS = (2.26, 1.11, 1.56, 4.84, 2.84)
CONSTANT = -5.17
#: confidence = logistic(SLOPE * weighed + SHIFT)
SLOPE, SHIFT = 1.0, 0.5


def logistic(values: Floats) -> Floats:
    """1 / (1 + e^-x)."""
    turned: Floats = (1 / (1 + np.exp(-values))).astype(np.float32)
    return turned


def confidence(evidence: Evidence) -> Floats:
    """(clauses,) share in 0..1 of such sentences that answer."""
    return logistic(SLOPE * (evidence.columns() @ np.array(WEIGHTS, np.float32) + CONSTANT) + SHIFT)


def confidence_of_rules(ruled: Floats) -> Floats:
    """(clauses,) the same where no vectors are at hand: what the rules count reaches ``THRESHOLD``, and only that."""
    return logistic(_RULES_ALONE * (ruled - _TURNING) + np.log(THRESHOLD / (1 - THRESHOLD)))
