"""Sightings: what one document names and what its sentences say of it, with all that is asked of them later, so that
nobody reads the text again to tell which names are terms.

They are kept with the document as JSON (``packed``), stamped with the rules that found them.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, cast

from corpus.model import Strength
from graph.definitions.base import Explanation
from graph.families import FAMILIES
from graph.namings import Form

FORMS: tuple[Form, ...] = ("quoted", "numeral", "name", "work", "honour", "subject", "member", "bracket")
#: how an explanation was recognised → its rank, the surest first.
RANK = {how: rank for rank, how in enumerate(FAMILIES)}
_HOWS = tuple(FAMILIES)
#: Forms that name something only where the sentence explains it.
NEEDS_MEANING: frozenset[Form] = frozenset({"numeral", "subject", "member", "bracket"})

# What a sentence shows of a naming beside what it says: bits of ``Sighting.traits``.
WEAK = 1  #: a noun follows that names don't have
QUOTED = 2  #: in quotation marks, no exhortation and no wording of a law
NAME = 4  #: quoted, and by itself a name rather than speech
CREATED = 8  #: something is brought into being under it
MEANT = 16  #: the sentence says what is meant by it
SHORTENED = 32  #: said to be short for something


@dataclass(frozen=True, slots=True)
class Said:
    """An explanation as it is kept: ``text`` is a digest of the words explaining, to tell equal ones."""

    start: int
    end: int
    components: tuple[str, ...]
    strength: Strength
    how: str
    aliases: tuple[str, ...]
    text: int


@dataclass(frozen=True, slots=True)
class Sighting:
    """A naming in a document. ``written`` is the name with its tail as it stands, "" without a tail; ``beside`` are the
    names that stand in a row with it; ``sentence`` is a digest of the sentence where it is the subject of one that
    explains it, else 0."""

    form: Form
    core: str
    tail: str
    written: str
    traits: int
    beside: tuple[str, ...] = ()
    sentence: int = 0
    said: Said | None = None

    @property
    def trusted(self) -> bool:
        """True where the sentence shows that the thing named has a meaning of its own."""
        return self.said is not None and self.said.strength == "explained"


@dataclass(frozen=True, slots=True)
class Line:
    """A glossary line: the bare name, what stands after it in the label, the label as written, what it says."""

    core: str
    tail: str
    label: str
    said: Said


@dataclass(frozen=True, slots=True)
class Found:
    """What a document by itself gives to the glossary. ``named``: it names anything at all, also what is not kept
    because no sentence explains it; ``glossary`` are the spans of its glossary lines."""

    named: bool
    lines: tuple[Line, ...]
    sightings: tuple[Sighting, ...]

    @property
    def glossary(self) -> list[tuple[int, int]]:
        return [(line.said.start, line.said.end) for line in self.lines]


def said(explanation: Explanation, text: int) -> Said:
    """An explanation with the digest of its words."""
    return Said(
        explanation.start,
        explanation.end,
        explanation.components,
        explanation.strength,
        explanation.how,
        explanation.aliases,
        text,
    )


def _row(one: Said) -> list[object]:
    return [one.start, one.end, int(one.strength == "explained"), RANK[one.how], one.text, one.components, one.aliases]


def _said(row: list[Any]) -> Said:
    start, end, explained, rank, text, components, aliases = row
    strength: Strength = "explained" if explained else "described"
    return Said(start, end, tuple(components), strength, _HOWS[rank], tuple(aliases), text)


def packed(found: Found) -> str:
    """The form that is kept with the document."""
    lines = [[line.core, line.tail, line.label, _row(line.said)] for line in found.lines]
    sightings = [
        [
            FORMS.index(one.form),
            one.core,
            one.tail,
            one.written,
            one.traits,
            one.beside,
            one.sentence,
            _row(one.said) if one.said else 0,
        ]
        for one in found.sightings
    ]
    return json.dumps([int(found.named), lines, sightings], ensure_ascii=False, separators=(",", ":"))


def said_in(kept: str, ordinals: Iterable[int]) -> list[Said]:
    """Some of the explanations in what was packed, by their numbers: those of glossary lines first, as they stand."""
    _, lines, sightings = json.loads(kept)
    rows = [line[-1] for line in lines] + [one[-1] for one in sightings if one[-1]]
    return [_said(rows[ordinal]) for ordinal in ordinals]


def unpacked(kept: str) -> Found:
    """What was packed."""
    named, lines, sightings = json.loads(kept)
    return Found(
        bool(named),
        tuple(Line(core, tail, label, _said(row)) for core, tail, label, row in lines),
        tuple(
            Sighting(FORMS[form], core, tail, written, traits, tuple(beside), sentence, _said(row) if row else None)
            for form, core, tail, written, traits, beside, sentence, row in cast(list[list[Any]], sightings)
        ),
    )
