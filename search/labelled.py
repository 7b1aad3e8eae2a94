"""The labels of concepts, looked up: which concepts bear one, or don't mean it."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Self

from corpus.lexicon import Concept
from search.analyzer import squeeze

_CONCEPTS = 8192  # whose labels are kept as they are compared


@lru_cache(_CONCEPTS)
def labels(concept: Concept) -> tuple[str, ...]:
    """All labels of a concept as they are compared, official ones first."""
    return tuple(dict.fromkeys(map(squeeze, (*concept.official, *concept.hidden_labels))))


@dataclass(frozen=True, slots=True)
class Labelled:
    """Label → the concepts that bear it (``owners``), or don't mean it (``negative``), by their numbers, and the
    ``official`` labels, all squeezed. ``lengths``: how long labels are that begin with two characters, or with one and are
    that."""

    owners: Mapping[str, Sequence[int]]
    negative: Mapping[str, Sequence[int]]
    official: frozenset[str]
    lengths: Mapping[str, Sequence[int]]

    @classmethod
    def of(cls, concepts: Sequence[Concept]) -> Self:
        """The labels of concepts, numbered as they come."""
        owners: dict[str, list[int]] = defaultdict(list)
        negative: dict[str, list[int]] = defaultdict(list)
        for i, concept in enumerate(concepts):
            for label in labels(concept):
                owners[label].append(i)
            for label in concept.negative_labels:
                negative[squeeze(label)].append(i)
        # By their first two characters: by one alone, most places of a text could begin a label.
        lengths: dict[str, set[int]] = defaultdict(set)
        whole = {*owners, *negative} - {""}
        alone = {label for label in whole if len(label) == 1}
        for label in whole:
            lengths[label[:2]].update((len(label), 1) if label[0] in alone else (len(label),))
        return cls(
            dict(owners),
            dict(negative),
            frozenset(squeeze(label) for concept in concepts for label in concept.official),
            {first: sorted(found, reverse=True) for first, found in lengths.items()},
        )

    def save(self, path: Path) -> None:
        """Write them to a file."""
        told = [self.owners, self.negative, sorted(self.official), self.lengths]
        path.write_text(json.dumps(told, ensure_ascii=False), "utf-8")

    @classmethod
    def load(cls, path: Path) -> Self:
        """What ``save`` wrote."""
        owners, negative, official, lengths = json.loads(path.read_text("utf-8"))
        return cls(owners, negative, frozenset(official), lengths)
