"""Where the terms of a library stand in one text, and what its sentences say of bare names: what is done for each document
by itself, in whichever process."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from corpus.mentions import Found, numbered
from corpus.model import Linked
from corpus.shown import Spot
from graph.definitions.bare import may_be_told
from graph.linking import Linker, PassageFinder, Span
from graph.namings import Naming
from graph.readings import explained, running
from graph.relinking import Relinking, unpacked
from graph.sightings import Said, said
from graph.traits import number


@dataclass(frozen=True, slots=True)
class Wanted:
    """What texts are searched for: ``names`` of terms with their ids, of which those ``guarded`` are everyday words;
    ``quiet`` terms are those that nothing explains yet. ``changed`` are the labels, by their keys, that those texts must
    be searched for anew that were searched before."""

    names: Mapping[str, tuple[str, ...]]
    guarded: frozenset[str]
    quiet: frozenset[str]
    changed: frozenset[str]


@dataclass(frozen=True, slots=True)
class Searched:
    """A text to search: its ``glossary`` lines are no sentences; ``kept`` is where labels stood before, if it was searched
    then."""

    document_id: str
    text: str
    spots: Sequence[Spot]
    glossary: Sequence[Span]
    kept: Linked | None


@dataclass(frozen=True, slots=True)
class Looked:
    """What a search found: where labels stand, if that is other than what was kept; where terms stand, and what sentences
    with the bare name say of quiet ones."""

    linked: Linked | None
    found: Found
    heard: tuple[tuple[str, Said], ...]


def looking(wanted: Wanted) -> Callable[[Searched], Looked]:
    """What searches texts."""
    return _Looking(wanted)


class _Looking:
    def __init__(self, wanted: Wanted) -> None:
        self._linker = Linker(wanted.names, wanted.guarded)
        self._numbers = numbered(value for label in self._linker.labels.values() for value in label.values)
        self._relink = Relinking(self._linker, wanted.changed)
        self._quiet = wanted.quiet

    def __call__(self, searched: Searched) -> Looked:
        linked = self._relink(searched.document_id, searched.text, searched.kept)
        terms = [*self._linker.meant(searched.text, unpacked(linked.terms))]
        changed = None if linked is searched.kept else linked
        return Looked(changed, self._placed(searched.spots, terms), tuple(self._heard(searched, terms)))

    def _placed(self, spots: Sequence[Spot], terms: Sequence[tuple[str, int, int]]) -> Found:
        """The mentions in columns; passages are numbered in the order of their ids."""
        made = np.empty((4, len(terms)), np.int32)
        made[0] = [self._numbers[value] for value, _, _ in terms]
        made[2] = [start for _, start, _ in terms]
        made[3] = [end for _, _, end in terms]
        by_start = sorted(spots, key=lambda spot: spot.start)
        places = {identity: place for place, identity in enumerate(sorted(spot.id for spot in spots))}
        # One more, which nothing lies in, for what stands above all passages.
        place = np.array([-1, *(places[spot.id] for spot in by_start)], np.int32)
        end = np.array([-1, *(spot.end for spot in by_start)], np.int32)
        at = np.searchsorted(np.array([spot.start for spot in by_start], np.int32), made[2], "right")
        made[1] = np.where(made[2] < end[at], place[at], -1)
        return made

    def _heard(self, searched: Searched, terms: Iterable[tuple[str, int, int]]) -> Iterator[tuple[str, Said]]:
        """The terms that nothing explains yet get another chance: sentences with the bare name may describe them."""
        asked = [mention for mention in terms if mention[0] in self._quiet]
        if not asked:
            return
        text, locate = searched.text, PassageFinder(searched.spots)
        sentences = running(text, searched.glossary)
        starts = [sentence.start for sentence in sentences]
        for term_id, start, end in asked:
            at = bisect_right(starts, start) - 1
            if at < 0 or end > sentences[at].end or not may_be_told(text, sentences[at], start, end):
                continue
            naming = Naming(text[start:end], "", "subject", start, end, start, end)
            if found := explained(naming, sentences[at], locate):
                yield term_id, said(found, number(text[found.start : found.end]))
