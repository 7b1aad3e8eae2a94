"""A query, read once: its subject, the words and numbers that must stand out, and the concepts it means."""

import re
from collections import Counter
from dataclasses import dataclass, field, fields, replace
from operator import attrgetter

import numpy as np
from numpy.typing import NDArray

from corpus.lexicon import Concept
from corpus.places import gazetteer
from corpus.sentences import clauses
from search.analyzer import squeeze
from search.answers import Filters, Operator
from search.concepts import ConceptIndex
from search.narrowing import Known, narrowed
from search.query import LONG, Query, clean, is_long, parse_query
from search.register import Register, distinct, place_of
from search.spelling import Speller
from search.values import Vocabulary

__all__ = ["LONG", "Clause", "Reader", "Reading", "is_long"]

_LEAST_LINK = 0.1  # confidence at which a concept helps ranking
_SHORTEST_CLAUSE = 12
_MOST_CLAUSES = 12
_QUOTED = re.compile(
    r"“([^“”]{2,})”|\"([^\"]{2,})\"|‘([^‘’]{2,})’|「([^「」]{2,})」|『([^『』]{2,})』|《([^《》]{2,})》"
)
_NUMBER = re.compile(r"(?<![\dA-Za-z])\d+(?:\.\d+)?(?:%|％)?")


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of a pasted paragraph and the concepts it means."""

    text: str
    links: tuple[tuple[Concept, float], ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """``subject`` is the query without the place and year it names; ``found`` holds those as conditions.

    ``phrases`` are the names it quotes; ``clauses`` the parts of a pasted paragraph, empty for an ordinary query.
    ``required``: every hit must hold each; ``excluded``: none may hold one. ``filters`` are those that it sets by signs
    (地方:荆州). ``notes`` tell in Chinese how it was understood, ``offers`` are queries that may be meant instead.
    """

    query: str
    subject: str
    found: Filters
    phrases: tuple[str, ...]
    numbers: tuple[str, ...]
    links: tuple[tuple[Concept, float], ...]
    clauses: tuple[Clause, ...]
    required: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    filters: Filters = field(default_factory=Filters)
    notes: tuple[str, ...] = ()
    offers: tuple[str, ...] = ()
    operators: tuple[Operator, ...] = ()

    @property
    def long(self) -> bool:
        return bool(self.clauses)


class Reader:
    """Reads queries against the lexicon, the documents of a library and the names in it."""

    def __init__(
        self,
        concepts: ConceptIndex,
        register: Register,
        speller: Speller | None = None,
        attested: NDArray[np.bool_] | None = None,
    ) -> None:
        """``register`` has the documents of the library. Without a ``speller`` every word is taken as it is typed.
        ``attested`` says which of the concepts the library speaks of; without it, all."""
        self._concepts = concepts
        self._attested = attested
        self._speller = speller
        self._known = _known(register)
        places, types = (map(attrgetter(name), register.documents) for name in ("place", "type"))
        kinds = (kind for kind, _ in Counter(types).most_common() if kind)
        self._vocabulary = Vocabulary(tuple(filter(None, dict.fromkeys(places))), tuple(kinds))

    def parse(self, query: str) -> Query:
        """The signs of a query."""
        return parse_query(query, self._vocabulary)

    def read(self, query: str, *, signs: bool = True) -> Reading:
        """What a query asks for. Without ``signs`` it is a text of someone's own: read as it stands, nothing is put right."""
        parsed = self.parse(query) if signs else Query(clean(query).strip())
        if is_long(parsed.text):
            return self._paragraph(parsed)
        notes, offers = list(parsed.problems), list[str]()
        if parsed.excluded and not parsed.text:
            notes.append("只写了不要的字词，请再写上要找的内容。")
        elif not squeeze(parsed.text) and not parsed.operators:
            notes = ["没有可以查找的字，请写上术语、关键词或一句话。"]
        text = parsed.text
        required = parsed.required
        if self._speller is not None and signs:
            required = self._required(parsed, notes, offers)
            respelt = self._speller.respell(text)
            text = respelt.query
            notes += respelt.notes
            offers += respelt.offers
        found, subject = narrowed(text, self._known)
        return Reading(
            query=text,
            subject=subject,
            found=_further(found, parsed.filters),
            phrases=tuple(next(filter(None, groups)) for groups in _QUOTED.findall(text)),
            numbers=tuple(dict.fromkeys(_NUMBER.findall(subject))),
            links=tuple(self._concepts.link(subject, _LEAST_LINK, self._attested)),
            clauses=(),
            required=required,
            excluded=parsed.excluded,
            filters=parsed.filters,
            notes=tuple(notes),
            offers=tuple(dict.fromkeys(f"{offer} {parsed.signs}".strip() for offer in offers)),
            operators=parsed.operators,
        )

    def clause(self, text: str) -> Reading:
        """A clause of a draft: it names no conditions, and what it quotes need not stand elsewhere."""
        return Reading(
            query=text, subject=text, found=Filters(), phrases=(), numbers=(), links=tuple(self._concepts.link(text, among=self._attested)),
            clauses=(),
        )  # fmt: skip

    def _required(self, parsed: Query, notes: list[str], offers: list[str]) -> tuple[str, ...]:
        """The phrases that stand somewhere in the library; of one that doesn't the likest names are offered."""
        assert self._speller is not None
        kept = []
        for phrase in parsed.required:
            if self._speller.holds(phrase):
                kept.append(phrase)
                continue
            notes.append(f"资料库里没有一段写有“{phrase}”，以下只是相近的原文。")
            offers += [parsed.text.replace(phrase, name) for name in self._speller.nearest(phrase)]
        return tuple(kept)

    def _paragraph(self, parsed: Query) -> Reading:
        clauses = tuple(
            Clause(part, tuple(self._concepts.link(part, among=self._attested))) for part in _parts(parsed.text)
        )
        return Reading(parsed.text, parsed.text, Filters(), (), (), (), clauses)


def _known(register: Register) -> Known:
    """What conditions in plain words can mean in a library."""
    places = set[str]()
    for document in distinct(register.documents, "place_code"):
        if (place := place_of(document)) is not None:
            places.update((place.code, *(above.code for above in gazetteer().ancestors(place))))
    years, types, levels = (set(register.values(name)) for name in ("year", "type", "level"))
    return Known(places - {"000000"}, years - {""}, types - {""}, levels)


def _further(found: Filters, binding: Filters) -> Filters:
    """The conditions that aren't binding already."""
    return replace(found, **{one.name: "" for one in fields(Filters) if getattr(binding, one.name)})


def _parts(text: str) -> tuple[str, ...]:
    """The clauses of a paragraph, short ones joined to the next, the longest few."""
    found: list[str] = []
    carried = ""
    for start, end in clauses(text):
        carried += text[start:end]
        if len(squeeze(carried)) >= _SHORTEST_CLAUSE:
            found.append(carried)
            carried = ""
    if carried:
        found.append(carried)
    longest = sorted(range(len(found)), key=lambda i: -len(found[i]))[:_MOST_CLAUSES]
    return tuple(found[i] for i in sorted(longest))
