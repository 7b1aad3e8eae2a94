"""Which sentences stand under a term: all that explain it, and the few that describe it best."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from corpus.model import Definition, Sighted, digest
from corpus.shown import Shown
from corpus.store import Store
from graph.gathered import Gathered, Ints, Sayings, column
from graph.linking import PassageFinder
from graph.sightings import FORMS, NEEDS_MEANING, Found, Said, said_in, unpacked
from graph.terms import Group, Keys

_MOST_DESCRIBED = 3
_WORK = FORMS.index("work")


@dataclass(frozen=True, slots=True)
class Owned:
    """Explanations with the terms that they speak of: the number of a group, the number of an explanation, and an order
    for those that are alike otherwise."""

    group: Ints
    saying: Ints
    order: Ints


class Mentioned:
    """What sentences say of bare names, found where these stand: terms that nothing else explains get another chance."""

    def __init__(self) -> None:
        self.sayings = Sayings()
        self.said: list[Said] = []
        self.groups: list[int] = []

    def add(self, document: int, group: int, said: Said) -> None:
        """Enter what a sentence of a document says of a group's name."""
        self.sayings.add(document, len(self.said), said)
        self.said.append(said)
        self.groups.append(group)


def owned(gathered: Gathered, groups: Sequence[Group], own: Mapping[int, Sequence[int]], key: Keys) -> Owned:
    """The explanations of all groups. ``own`` has shapes of groups that edits made: group number → shapes; the shapes of
    the others are those that bear their keys."""
    places: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for number, found in enumerate(groups):
        for place, name in enumerate((found.key, *found.also)):
            places[name].append((number, place))
    line_keys = [places.get(key(line.core), []) for line in gathered.line_shapes]
    parts = [_lines(gathered, line_keys), _sightings(gathered, groups, own)]
    return Owned(*(np.concatenate(columns) for columns in zip(*parts, strict=True)))


def _lines(gathered: Gathered, owners: Sequence[Sequence[tuple[int, int]]]) -> tuple[Ints, Ints, Ints]:
    """Glossary lines go first."""
    rows = [
        (group, saying, place)
        for line, saying in zip(gathered.line, gathered.line_saying, strict=True)
        for group, place in owners[line]
    ]
    group, saying, place = np.array(rows, np.int64).reshape(-1, 3).T
    return group, saying, place


def _sightings(
    gathered: Gathered, groups: Sequence[Group], own: Mapping[int, Sequence[int]]
) -> tuple[Ints, Ints, Ints]:
    shapes, sayings = column(gathered.shape), column(gathered.saying)
    rows = np.flatnonzero(sayings >= 0)
    shapes, sayings = shapes[rows], sayings[rows]
    explains = column(gathered.sayings.explains)[sayings] > 0
    forms = np.array([FORMS.index(shape.form) for shape in gathered.shapes], np.int64)
    needs = np.isin(forms, [FORMS.index(form) for form in NEEDS_MEANING])
    owner, place = np.full(len(gathered.shapes), -1, np.int64), np.zeros(len(gathered.shapes), np.int64)
    for number, found in enumerate(groups):
        for shape, at in found.places:
            owner[shape], place[shape] = number, at
    usual = (owner[shapes] >= 0) & (forms[shapes] != _WORK) & (explains | ~needs[shapes])
    columns = [(owner[shapes[usual]], sayings[usual], 1_000_000 + place[shapes[usual]])]
    for number, held in own.items():
        mine = np.isin(shapes, list(held))
        columns.append((np.full(int(mine.sum()), number, np.int64), sayings[mine], np.full(int(mine.sum()), 1_000_000)))
    group, saying, order = (np.concatenate(each) for each in zip(*columns, strict=True))
    return group, saying, order


def silent(owned: Owned, size: int) -> frozenset[int]:
    """The numbers of the groups, of ``size``, that nothing explains or describes."""
    return frozenset(range(size)) - frozenset(np.unique(owned.group).tolist())


def chosen(sayings: Sayings, owned: Owned) -> Iterator[tuple[int, int]]:
    """(group, explanation) of what is kept, group by group, the best first: one explanation for each sentence, all that
    explain, and the few that best describe."""
    made = {name: column(getattr(sayings, name)) for name in ("document", "start", "explains", "poor", "rank", "text")}
    at = owned.saying
    order = np.lexsort(
        (at, owned.order, made["start"][at], made["document"][at], made["rank"][at], made["poor"][at],
         -made["explains"][at], owned.group)
    )  # fmt: skip
    last, described, texts = -1, 0, set[int]()
    for group, saying in zip(owned.group[order].tolist(), at[order].tolist(), strict=True):
        if group != last:
            last, described, texts = group, 0, set()
        text, explains = sayings.text[saying], sayings.explains[saying]
        if text not in texts and (explains or described < _MOST_DESCRIBED):
            described += not explains
            texts.add(text)
            yield group, saying


def definitions(
    store: Store, shown: Shown, gathered: Gathered, groups: Sequence[Group], owned: Owned, mentioned: Mentioned
) -> list[Definition]:
    """The definitions of all groups, in their order. One document at a time is read again."""
    count = len(gathered.sayings.text)
    sayings = _both(gathered.sayings, mentioned.sayings)
    every = Owned(
        np.concatenate((owned.group, np.array(mentioned.groups, np.int64))),
        np.concatenate((owned.saying, count + np.arange(len(mentioned.groups)))),
        np.concatenate((owned.order, np.full(len(mentioned.groups), 2_000_000))),
    )
    picked = list(chosen(sayings, every))
    by_document: dict[int, list[int]] = defaultdict(list)
    for place, (_, saying) in enumerate(picked):
        by_document[sayings.document[saying]].append(place)
    made: list[Definition | None] = [None] * len(picked)
    for document in sorted(by_document):
        name = gathered.documents[document]
        text, locate = shown.text(name), PassageFinder(shown.spots(name))
        own = [place for place in by_document[document] if picked[place][1] < count]
        kept = said_in(_kept(store, name), (sayings.ordinal[picked[place][1]] for place in own)) if own else []
        known = dict(zip(own, kept, strict=True))
        for place in by_document[document]:
            group, saying = picked[place]
            said = known[place] if saying < count else mentioned.said[sayings.ordinal[saying]]
            term_id = digest("term", groups[group].key)
            made[place] = Definition(
                digest("definition", term_id, name, str(said.start), str(said.end)),
                term_id,
                text[said.start : said.end],
                said.components,
                said.strength,
                said.how,
                shown.places[name],
                name,
                locate(said.start),
                said.start,
                said.end,
            )
    return [definition for definition in made if definition is not None]


def found_in(store: Store, document_id: str) -> Found:
    """What was found in a document when it was read."""
    return unpacked(_kept(store, document_id))


def _kept(store: Store, document_id: str) -> str:
    (kept,) = store.select(Sighted, document_id=document_id)
    return kept.found


def _both(one: Sayings, other: Sayings) -> Sayings:
    return Sayings(*(getattr(one, name) + getattr(other, name) for name in Sayings.__slots__))
