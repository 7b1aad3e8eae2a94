"""Two places side by side: the topics that both tell of, those of one alone, figures of the same thing, common terms.

What a place's documents don't mention it may still have done: 未提及不等于未开展.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from search.answers import ClaimEvidence
from search.deeds import Deed, DeedGroup, telling
from search.directory import KnownPlace
from search.likeness import Likeness
from search.profile import SPEAKING, Figure, Profile, UsedTerm


@dataclass(frozen=True, slots=True)
class SharedDeed:
    """A topic on both sides, with the pair of their sentences that are most alike, what was done before plans."""

    topic: str
    group: str
    a: Deed
    b: Deed
    shown_a: ClaimEvidence
    shown_b: ClaimEvidence


@dataclass(frozen=True, slots=True)
class SharedFigures:
    """Figures of the same subject in the same comparable unit, the largest first."""

    subject: str
    unit: str
    a: tuple[Figure, ...]
    b: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class SharedGroup:
    """The shared topics of a field of work."""

    name: str
    deeds: tuple[SharedDeed, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two places side by side."""

    a: KnownPlace
    b: KnownPlace
    both: tuple[SharedGroup, ...]
    only_a: tuple[DeedGroup, ...]
    only_b: tuple[DeedGroup, ...]
    figures: tuple[SharedFigures, ...]
    terms: tuple[UsedTerm, ...]

    @property
    def shared(self) -> int:
        """How many topics both tell of."""
        return sum(len(group.deeds) for group in self.both)


def _deeds(groups: Sequence[DeedGroup]) -> dict[str, Deed]:
    return {deed.key: deed for group in groups for deed in group.deeds}


def shared_deeds(a: Sequence[DeedGroup], b: Sequence[DeedGroup]) -> tuple[SharedGroup, ...]:
    """The topics of both, by field of work, those told of most on the weaker side first."""
    left, right = _deeds(a), _deeds(b)
    likeness = Likeness(s.sentence for deed in (*left.values(), *right.values()) for s in deed.sentences)
    fields: defaultdict[str, list[SharedDeed]] = defaultdict(list)
    for key in left.keys() & right.keys():
        mine, theirs = left[key], right[key]
        one, other = likeness.closest(_first(mine), _first(theirs))
        fields[mine.group].append(SharedDeed(mine.topic, mine.group, mine, theirs, one, other))
    found = []
    for name, deeds in fields.items():
        deeds.sort(key=lambda d: (-min(d.a.total, d.b.total), -max(d.a.total, d.b.total), d.topic))
        found.append(SharedGroup(name, tuple(deeds)))
    return tuple(sorted(found, key=lambda group: (-len(group.deeds), group.name)))


def _first(deed: Deed) -> tuple[ClaimEvidence, ...]:
    """The sentences to choose from: of what was or is being done, where there are any; not headings, which say little."""
    sentences = deed.told("done", "ongoing") or deed.sentences
    return tuple(filter(telling, sentences)) or sentences


def without(groups: Sequence[DeedGroup], others: Sequence[DeedGroup]) -> tuple[DeedGroup, ...]:
    """The topics of ``groups`` that ``others`` lack."""
    known = _deeds(others).keys()
    left = (DeedGroup(g.name, tuple(deed for deed in g.deeds if deed.key not in known)) for g in groups)
    return tuple(group for group in left if group.deeds)


def shared_figures(a: Sequence[Figure], b: Sequence[Figure]) -> tuple[SharedFigures, ...]:
    """Figures that count the same: equal subject and unit, and kind (a rate is no count). Of 企业, 职工, 筹资 nobody can
    tell what for: such short words are left out, unless they name a concept."""
    sides: defaultdict[tuple[str, str, str], tuple[list[Figure], list[Figure]]] = defaultdict(lambda: ([], []))
    for side, figures in enumerate((a, b)):
        for figure in figures:
            if figure.topic or len(figure.key) >= SPEAKING:
                sides[figure.key, figure.unit, figure.fact.kind][side].append(figure)
    found = [
        SharedFigures(mine[0].topic or mine[0].fact.subject, unit, tuple(mine), tuple(theirs))
        for (_, unit, _), (mine, theirs) in sides.items()
        if mine and theirs
    ]
    return tuple(sorted(found, key=lambda figures: (figures.subject, figures.unit)))


def compare(a: Profile, b: Profile) -> Comparison:
    """Two profiles side by side."""
    theirs = {used.term.id: used for used in b.terms}
    terms = [used for used in a.terms if used.term.id in theirs]
    terms.sort(key=lambda used: (-min(used.mentions, theirs[used.term.id].mentions), used.term.label))
    return Comparison(
        a.place,
        b.place,
        shared_deeds(a.groups, b.groups),
        without(a.groups, b.groups),
        without(b.groups, a.groups),
        shared_figures(a.figures, b.figures),
        tuple(terms),
    )
