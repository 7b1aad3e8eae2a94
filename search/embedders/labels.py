"""How well a model finds the concept of a wording that it has not learned."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2s

import numpy as np
from tokenizers import Tokenizer

from corpus.lexicon import Concept, topics
from search.analyzer import fold
from search.embedders.base import Floats
from search.embedders.pairs import means, token_ids

_AT_ONCE = 512  # wordings


@dataclass(frozen=True, slots=True)
class Recall:
    """Shares in 0..1 of wordings whose own topic is the nearest, and among the four nearest."""

    first: float
    four: float


def split(concepts: Iterable[Concept], share: float) -> tuple[tuple[Concept, ...], tuple[tuple[str, str], ...]]:
    """The concepts without the everyday labels that are held out, and those as (label of the concept, wording).

    The label itself says whether it is held out: the same ones for every seed, and of every edition of the lexicon.
    """
    kept, held = [], []
    for concept in concepts:
        out = {label for label in concept.hidden_labels if blake2s(label.encode()).digest()[0] < 256 * share}
        held += [(concept.label, label) for label in concept.hidden_labels if label in out]
        kept.append(replace(concept, hidden_labels=tuple(x for x in concept.hidden_labels if x not in out)))
    return tuple(kept), tuple(held)


class LabelTest:
    """Wordings held out, and all topics by all the labels that were not."""

    def __init__(self, tokenizer: Tokenizer, kept: Sequence[Concept], held: Sequence[tuple[str, str]]) -> None:
        belongs = topics(kept)
        found = list({topic.label: topic for some in belongs.values() for topic in some}.values())
        number = {topic.label: i for i, topic in enumerate(found)}
        labels = [(i, label) for i, topic in enumerate(found) for label in (*topic.official, *topic.hidden_labels)]
        self._owners = np.array([i for i, _ in labels], np.int64)
        self._first = np.searchsorted(self._owners, np.arange(len(found)))
        self._labels = token_ids(tokenizer, (fold(label) for _, label in labels))
        self._asked = token_ids(tokenizer, (fold(wording) for _, wording in held))
        self._right = [{number[topic.label] for topic in belongs[label]} for label, _ in held]

    def recall(self, vectors: Floats) -> Recall:
        """What token vectors (tokens, width) find; 0 where nothing was held out."""
        if not self._asked:
            return Recall(0.0, 0.0)
        labels = means(vectors, self._labels).T
        first, four = 0, 0
        for start in range(0, len(self._asked), _AT_ONCE):
            cosines = means(vectors, self._asked[start : start + _AT_ONCE]) @ labels
            nearest = np.argsort(-np.maximum.reduceat(cosines, self._first, axis=1), axis=1, kind="stable")[:, :4]
            for row, right in zip(nearest.tolist(), self._right[start : start + _AT_ONCE], strict=True):
                first += row[0] in right
                four += not right.isdisjoint(row)
        return Recall(first / len(self._asked), four / len(self._asked))
