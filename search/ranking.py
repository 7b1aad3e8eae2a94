"""The ranking rule, published in docs/ranking.md: evidence from four indexes, added up, with a few plain extras.

Every part lies in about 0..1 and means the same for every query (a share of the query's information, a confidence,
a cosine above chance), so the parts can be added with fixed weights and nothing is rescaled per query.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields, replace

import numpy as np
from numpy.typing import NDArray

from search.analyzer import stands
from search.answers import Mode

Rows = NDArray[np.int64]
Floats = NDArray[np.float32]
Scored = tuple[Rows, Floats]

_NO_LIKENESS = 0.1  # cosines at or below it say nothing
_LEAST_SCORE = 0.09  # a passage below it shares stray characters or a chance likeness with the query
_LEAST_SHARE = 0.15  # of the best score: what a passage needs to count as found
_AT_HOME = 0.5  # share of passages that speak of some concept, from which concepts count in full
_RUN = 256  # scores of which only the highest is looked at first
_SAME_CLAUSES = 0.7  # share of common clauses from which two passages are one


@dataclass(frozen=True, slots=True)
class Weights:
    """What each kind of evidence counts."""

    lexical: float = 1.0
    concept: float = 0.5
    dense: float = 0.4
    nearness: float = 0.4
    likeness: float = 0.4  # of a pasted paragraph to the passage
    company: float = 0.7  # words shared with the passages found first
    phrase: float = 0.15  # the query, or a name it quotes, stands in the passage word for word
    number: float = 0.05  # each figure of the query that stands in the passage
    condition: float = 0.3  # the document is from the place or the year that the query names


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for ``rows``; all arrays are as long as ``rows``. The last three are known of the best only."""

    rows: Rows
    lexical: Floats
    concept: Floats
    dense: Floats
    nearness: Floats
    likeness: Floats
    company: Floats

    def of(self, places: Sequence[int]) -> "Evidence":
        """What speaks for the rows in these places."""
        at = np.asarray(places, np.int64)
        return Evidence(
            self.rows[at],
            self.lexical[at],
            self.concept[at],
            self.dense[at],
            self.nearness[at],
            self.likeness[at],
            self.company[at],
        )

    def at(self, place: int) -> "Evidence":
        """What speaks for the row in this place."""
        one = slice(place, place + 1)
        return Evidence(
            self.rows[one],
            self.lexical[one],
            self.concept[one],
            self.dense[one],
            self.nearness[one],
            self.likeness[one],
            self.company[one],
        )

    def knowing(
        self, nearness: Floats | None = None, likeness: Floats | None = None, company: Floats | None = None
    ) -> "Evidence":
        """The same with what has been found out about the first rows."""
        return replace(
            self,
            nearness=self.nearness if nearness is None else self._padded(nearness),
            likeness=self.likeness if likeness is None else self._padded(likeness),
            company=self.company if company is None else self._padded(company),
        )

    def _padded(self, part: Floats) -> Floats:
        whole = np.zeros(len(self.rows), np.float32)
        whole[: len(part)] = part
        return whole


def nothing_known(row: int) -> Evidence:
    """For a passage that is found for its document's sake."""
    nothing = np.zeros(1, np.float32)
    return Evidence(np.array([row], np.int64), nothing, nothing, nothing, nothing, nothing, nothing)


def for_mode(weights: Weights, mode: Mode) -> Weights:
    """The weights of a mode: lexical asks for words only, semantic for meaning only."""
    if mode == "lexical":
        return replace(weights, concept=0.0, dense=0.0, nearness=0.0, likeness=0.0, company=0.0)
    if mode == "semantic":
        return replace(weights, lexical=0.0, phrase=0.0, number=0.0)
    return weights


def for_library(weights: Weights, share: float) -> Weights:
    """The weights in a library of which this share of passages speaks of the lexicon's concepts.

    Where fewer than half do, the library is about something else, and a concept that seems to be meant is mostly a chance
    likeness: concepts count in proportion.
    """
    return replace(weights, concept=weights.concept * min(1.0, share / _AT_HOME))


def those(kept: NDArray[np.bool_], scored: Scored) -> Scored:
    """The rows, with their scores, that are ``kept`` (rows,)."""
    rows, scores = scored
    return rows[kept], scores[kept]


def highest(values: Floats, most: int) -> Rows:
    """Positions, ascending, of the ``most`` highest of ``values`` that are above 0; of equals at the end the first.

    Of very many values nearly all lie below the highest of most runs of them, and only the others are looked at.
    """
    least = np.float32(0)
    runs = len(values) // _RUN
    if runs >= 2 * most:
        tops = values[: runs * _RUN].reshape(runs, _RUN).max(axis=1)
        least = np.partition(tops, -most)[-most]
    concerned = np.flatnonzero(values >= least if least > 0 else values)
    if len(concerned) <= most:
        return concerned
    some = values[concerned]
    last = np.partition(some, -most)[-most]
    above = np.flatnonzero(some > last)
    equal = np.flatnonzero(some == last)[: most - len(above)]  # very many score the same
    best: Rows = concerned[np.sort(np.concatenate([above, equal]))]
    return best


def gather(lexical: Scored, concept: Scored, dense: Scored, most: int, full: bool) -> Evidence:
    """Join the hits of three indexes, those of ``concept`` in ascending rows.

    Of these the ``most`` best rows are candidates. ``full`` says that the lexical hits are all there are; where they were cut
    off, a candidate from elsewhere gets the last one's score, the most it can have.
    """
    rows = np.unique(np.concatenate([lexical[0], concept[0][highest(concept[1], most)], dense[0]])).astype(np.int64)
    by_word = _at(rows, *lexical, 0.0 if full or not len(lexical[1]) else float(lexical[1][-1]))
    cosines = np.maximum(dense[1] - _NO_LIKENESS, 0)
    by_meaning = _at(rows, dense[0], cosines, 0.0 if full or not len(cosines) else float(cosines[-1]))
    unknown = np.zeros(len(rows), np.float32)
    return Evidence(rows, by_word, _of(rows, *concept), by_meaning, unknown, unknown, unknown)


def _at(rows: Rows, known: Rows, values: Floats, otherwise: float) -> Floats:
    """(rows,) the values of the rows that are ``known``, all of which are among ``rows``, ascending; else ``otherwise``."""
    told = np.full(len(rows), otherwise, np.float32)
    told[np.searchsorted(rows, known)] = values
    return told


def _of(rows: Rows, known: Rows, values: Floats) -> Floats:
    """(rows,) the values of those that are ``known``, ascending; 0 of the others."""
    if not len(known):
        return np.zeros(len(rows), np.float32)
    at = np.minimum(np.searchsorted(known, rows), len(known) - 1)
    return np.where(known[at] == rows, values[at], np.float32(0))


def unseen(lexical: Scored, concept: Scored, dense: Scored, weights: Weights, most: int) -> float:
    """The most that a passage can score that none of three lists of ``most`` has; negative where there is none such."""
    left = []
    if len(lexical[1]) >= most:
        left.append(weights.lexical * float(lexical[1][-1]))
    best = concept[1][highest(concept[1], most + 1)]
    if len(best) > most:
        left.append(weights.concept * float(np.partition(best, 1)[1]))
    if len(dense[1]) >= most:
        left.append(weights.dense * max(float(dense[1].min()) - _NO_LIKENESS, 0.0))
    return sum(left) if left else -1.0


def score(evidence: Evidence, weights: Weights) -> Floats:
    """The weighted sum, (rows,)."""
    total: Floats = (
        np.float32(weights.lexical) * evidence.lexical
        + np.float32(weights.concept) * evidence.concept
        + np.float32(weights.dense) * evidence.dense
        + np.float32(weights.nearness) * evidence.nearness
        + np.float32(weights.likeness) * evidence.likeness
        + np.float32(weights.company) * evidence.company
    )
    return total


def joined(evidence: Evidence, further: Evidence) -> Evidence:
    """The evidence with that for further rows; of a row in both, the first."""
    more = further.of(np.flatnonzero(~np.isin(further.rows, evidence.rows)).tolist())
    pairs = ((getattr(evidence, field.name), getattr(more, field.name)) for field in fields(evidence))
    return Evidence(*(np.concatenate(pair) for pair in pairs))


def widened(evidence: Evidence, rows: Rows) -> Evidence:
    """The evidence with further rows, for which nothing speaks."""
    more = np.setdiff1d(rows, evidence.rows)
    nothing = np.zeros(len(more), np.float32)
    values = (getattr(evidence, field.name) for field in fields(evidence))
    return Evidence(*(np.concatenate([known, nothing if i else more]) for i, known in enumerate(values)))


def floor(scores: Floats) -> float:
    """The score from which a candidate counts as found."""
    return max(_LEAST_SCORE, _LEAST_SHARE * float(scores.max(initial=0)))


def best_first(rows: Rows, scores: Floats, least: float = -np.inf) -> list[int]:
    """Positions of the candidates with at least this score, best first; equals in reading order."""
    order = np.lexsort((rows, -scores))
    found: list[int] = order[scores[order] >= least].tolist()
    return found


def brought_forward(values: Floats, most: int, within: int) -> list[int]:
    """The places 0, 1, … of ``values`` in this order, but with those of the ``most`` highest among the first ``within``."""
    leaders = np.argsort(-values, kind="stable")[:most].tolist()
    others = [place for place in range(len(values)) if place not in leaders]
    room = within - len(leaders)
    return sorted(leaders + others[:room]) + others[room:]


def taking_turns(order: Iterable[int], document: Callable[[int], int]) -> list[int]:
    """The same candidates: first the best of every document, then the second best of each, and so on."""
    seen: Counter[int] = Counter()
    turns: list[tuple[int, int]] = []
    for i in order:
        turns.append((seen[document(i)], i))
        seen[document(i)] += 1
    return [i for _, i in sorted(turns, key=lambda turn: turn[0])]


def collapse(
    order: Iterable[int], clauses: Callable[[int], frozenset[str]], wanted: int
) -> list[tuple[int, list[int]]]:
    """(candidate, its near copies further down), until ``wanted`` candidates are together.

    Two passages are copies where most of their clauses are the same; one without clauses is gone and left out.
    """
    kept: list[tuple[int, list[int], frozenset[str]]] = []
    for i in order:
        own = clauses(i)
        if not own:
            continue
        twin = next((copies for _, copies, other in kept if _alike(own, other)), None)
        if twin is not None:
            twin.append(i)
        elif len(kept) == wanted:
            break
        else:
            kept.append((i, [], own))
    return [(i, copies) for i, copies, _ in kept]


def _alike(a: frozenset[str], b: frozenset[str]) -> bool:
    if a.isdisjoint(b):  # as most passages are
        return False
    common = len(a & b)
    return common >= _SAME_CLAUSES * (len(a) + len(b) - common)


def extras(squeezed: str, phrases: Sequence[str], numbers: Sequence[str], weights: Weights) -> float:
    """What literal finds in a squeezed passage add: phrases (once) and figures (each)."""
    gain = weights.phrase if any(stands(phrase, squeezed) for phrase in phrases) else 0.0
    return gain + weights.number * sum(stands(number, squeezed) for number in numbers)
