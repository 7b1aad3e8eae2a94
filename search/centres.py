"""Where concepts lie among vectors: the mean direction of all their labels (Rocchio 1971).

One label alone is a chance wording; what many wordings of one thing have in common is the thing. Kept in the library's
caches, for encoding ten thousand labels takes half a second, with a neural model minutes.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from corpus.lexicon import Concept
from corpus.model import digest
from search.analyzer import squeeze
from search.cache import Cache
from search.embedders import Embedder
from search.embedders.base import normalised

Floats = NDArray[np.float32]
_KIND = "centres"


class Encoder(Protocol):
    """What turns texts into unit vectors: any embedder of ``search.embedders``."""

    def encode(self, texts: Iterable[str]) -> Floats: ...


def labels(concept: Concept) -> tuple[str, ...]:
    """All labels of a concept as they are compared, official ones first."""
    return tuple(dict.fromkeys(map(squeeze, (*concept.official, *concept.hidden_labels))))


def centres(groups: Iterable[Sequence[Concept]], encoder: Encoder) -> list[Floats]:
    """For each group of concepts (concepts, size) unit vectors; every label is encoded once."""
    owned = [[labels(concept) for concept in group] for group in groups]
    numbers = {label: i for i, label in enumerate(dict.fromkeys(x for group in owned for own in group for x in own))}
    if not numbers:
        return [np.empty((len(group), 0), np.float32) for group in owned]
    vectors = encoder.encode(numbers)
    return [
        normalised(np.array([vectors[[numbers[label] for label in own]].mean(axis=0) for own in group], np.float32))
        if group
        else np.empty((0, vectors.shape[1]), np.float32)
        for group in owned
    ]


def renewed(concepts: Sequence[Concept], before: Sequence[Concept], middles: Floats, encoder: Encoder) -> Floats:
    """The centres of ``concepts``; those that are among ``before`` have theirs in ``middles``."""
    known = {concept: i for i, concept in enumerate(before)}
    fresh = [concept for concept in concepts if concept not in known]
    known |= {concept: len(before) + i for i, concept in enumerate(fresh)}
    whole = np.concatenate([middles, centres([fresh], encoder)[0]]) if fresh else middles
    rows: Floats = whole[[known[concept] for concept in concepts]]
    return rows


def kept_centres(cache: Cache, groups: Sequence[Sequence[Concept]], embedder: Embedder) -> list[Floats]:
    """The same from the caches of a library, made there if its labels or the model have changed."""
    said = (digest(*labels(concept)) for group in groups for concept in group)
    stamp = f"{digest(*map(str, map(len, groups)), *said)}.{embedder.id}"

    def build(folder: Path) -> None:
        for number, found in enumerate(centres(groups, embedder)):
            np.save(folder / f"{number}.npy", found)

    folder = cache.get(_KIND, stamp, build)
    return [np.load(folder / f"{number}.npy") for number in range(len(groups))]
