"""Where concepts lie among vectors: the mean direction of all their labels (Rocchio 1971).

One label alone is a chance wording; what many wordings of one thing have in common is the thing. Kept in the library's
caches, for encoding ten thousand labels takes half a second, with a neural model minutes; so are the labels, looked up,
and their words, counted.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, Self

import numpy as np
from numpy.typing import NDArray

from corpus.lexicon import Concept
from corpus.model import digest
from search.cache import Cache
from search.elsewhere import elsewhere
from search.embedders import Embedder
from search.embedders.base import normalised
from search.labelled import Labelled, labels
from search.wordings import Wordings

Floats = NDArray[np.float32]
_KIND, _FORMAT = "centres", "3"


class Encoder(Protocol):
    """What turns texts into unit vectors: any embedder of ``search.embedders``."""

    def encode(self, texts: Iterable[str]) -> Floats: ...


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


@dataclass(frozen=True, slots=True)
class Known:
    """The labels of concepts, and their words, counted."""

    labelled: Labelled
    wordings: Wordings

    @classmethod
    def of(cls, concepts: Sequence[Concept]) -> Self:
        """Those of concepts, numbered as they come."""
        return cls(Labelled.of(concepts), counted(concepts))

    def save(self, folder: Path, name: str) -> None:
        """Write them to files in ``folder`` that begin with ``name``."""
        self.labelled.save(folder / f"{name}.json")
        self.wordings.save(folder, name)

    @classmethod
    def load(cls, folder: Path, name: str) -> Self:
        """What ``save`` wrote."""
        return cls(Labelled.load(folder / f"{name}.json"), Wordings.load(folder, name))


def counted(concepts: Iterable[Concept]) -> Wordings:
    """The labels of concepts, a bag for each, then the bags of other matters."""
    said = (dict.fromkeys((*concept.official, *concept.hidden_labels)) for concept in concepts)
    return Wordings((*said, *elsewhere()))


def kept_centres(cache: Cache, groups: Sequence[Sequence[Concept]], embedder: Embedder) -> list[tuple[Floats, Known]]:
    """For each group its centres, and what is known of its labels, from the caches of a library; made there if the labels
    or the model have changed. A process that has them of another library, or of the same one before it changed, reads them
    no more."""
    said = (
        digest(*concept.official, "<", *concept.hidden_labels, "<", *concept.negative_labels)
        for group in groups
        for concept in group
    )
    others = digest(*(digest(*bag) for bag in elsewhere()))
    stamp = f"{_FORMAT}.{digest(*map(str, map(len, groups)), *said, others)}.{embedder.id}"

    held = _held.get(stamp)

    def build(folder: Path) -> None:
        nonlocal held
        if held is None:
            held = list(zip(centres(groups, embedder), map(Known.of, groups), strict=True))
        for number, (found, known) in enumerate(held):
            np.save(folder / f"{number}.npy", found)
            known.save(folder, str(number))

    folder = cache.get(_KIND, stamp, build)
    if held is None:
        numbers = range(len(groups))
        held = [(np.load(folder / f"{number}.npy"), Known.load(folder, str(number))) for number in numbers]
    _hold(stamp, held)
    return held


_held: dict[str, list[tuple[Floats, Known]]] = {}


def _hold(stamp: str, made: list[tuple[Floats, Known]]) -> None:
    """Keep what was made last: a process asks for one lexicon and one model again and again."""
    _held.clear()
    _held[stamp] = made
