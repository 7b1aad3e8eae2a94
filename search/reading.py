"""A query, read once: its subject, the words and numbers that must stand out, and the concepts it means."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from corpus.lexicon import Concept
from corpus.model import Document
from corpus.places import Place, gazetteer
from corpus.sentences import clauses
from search.analyzer import squeeze
from search.answers import Filters
from search.catalogue import place_of
from search.concepts import ConceptIndex

LONG = 60  # characters from which a query is a pasted paragraph
_LEAST_LINK = 0.15  # confidence at which a concept helps ranking
_SHORTEST_CLAUSE = 12
_MOST_CLAUSES = 12
_QUOTED = re.compile(r"“([^“”]{2,})”|\"([^\"]{2,})\"|‘([^‘’]{2,})’|「([^「」]{2,})」|《([^《》]{2,})》")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?=年|\s|$)年?度?")
_NUMBER = re.compile(r"(?<![\dA-Za-z])\d+(?:\.\d+)?(?:%|％)?")
# A short place name (荆州) is a condition only where it stands alone: 安康杯 and 延安精神 name no place.
_AFTER_SHORT = re.compile(r"\s|$|[，,、。？?]|(?:市|县|区|省|州)?(?:总工会|工会|的|在|有|怎么|如何|是|20\d\d)")
_UNION = re.compile(r"总工会|工会")
_BEFORE_SHORT = re.compile(r"(?:^|\s|[，,、。在]|\d年|年度)$")


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of a pasted paragraph and the concepts it means."""

    text: str
    links: tuple[tuple[Concept, float], ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """``subject`` is the query without the place and year it names; ``found`` holds those as conditions.

    ``phrases`` are the names it quotes; ``clauses`` the parts of a pasted paragraph, empty for an ordinary query.
    """

    query: str
    subject: str
    found: Filters
    phrases: tuple[str, ...]
    numbers: tuple[str, ...]
    links: tuple[tuple[Concept, float], ...]
    clauses: tuple[Clause, ...]

    @property
    def long(self) -> bool:
        return bool(self.clauses)


class Reader:
    """Reads queries against the lexicon and the places the documents of a library come from."""

    def __init__(self, concepts: ConceptIndex, documents: Iterable[Document]) -> None:
        self._concepts = concepts
        self._places: set[str] = set()
        for document in documents:
            place = place_of(document)
            if place is not None:
                self._places.update((place.code, *(above.code for above in gazetteer().ancestors(place))))
        self._places.discard("000000")

    def read(self, query: str) -> Reading:
        query = query.strip()
        found, subject = self._conditions(query)
        parts = _parts(query) if is_long(query) else ()
        return Reading(
            query=query,
            subject=subject,
            found=found,
            phrases=tuple(next(filter(None, groups)) for groups in _QUOTED.findall(query)) if not parts else (),
            numbers=tuple(dict.fromkeys(_NUMBER.findall(subject))) if not parts else (),
            links=() if parts else tuple(self._concepts.link(subject, _LEAST_LINK)),
            clauses=tuple(Clause(part, tuple(self._concepts.link(part))) for part in parts),
        )

    def clause(self, text: str) -> Reading:
        """A clause of a draft: it names no conditions, and what it quotes need not stand elsewhere."""
        return Reading(
            query=text, subject=text, found=Filters(), phrases=(), numbers=(), links=tuple(self._concepts.link(text)),
            clauses=(),
        )  # fmt: skip

    def _conditions(self, query: str) -> tuple[Filters, str]:
        """The one place and the one year that a short query names, and the query without them."""
        found = Filters()
        if is_long(query):
            return found, query
        subject = query
        years = list(_YEAR.finditer(query))
        if len(years) == 1:
            found = replace(found, year=years[0].group()[:4])
            subject = subject.replace(years[0].group(), " ")
        places = [
            (name, place) for name in gazetteer().find(query) if (place := self._meant(query, name.start, name.end))
        ]
        if len(places) == 1:
            name, place = places[0]
            found = replace(found, place=place.name)
            union = _UNION.match(query[name.end :])
            subject = subject.replace(query[name.start : name.end] + (union.group() if union else ""), " ")
        return (found, subject.strip()) if subject.strip() else (found, query)

    def _meant(self, query: str, start: int, end: int) -> Place | None:
        name = query[start:end]
        place = gazetteer().resolve(name)
        if place is None or place.code not in self._places:
            return None
        if place.name == name:
            return place
        alone = _BEFORE_SHORT.search(query[:start]) and _AFTER_SHORT.match(query[end:])
        return place if alone else None


def is_long(query: str) -> bool:
    """True for a pasted paragraph: long, or several sentences."""
    return len(squeeze(query)) >= LONG or len(re.findall(r"[。！？；][^。！？；]", query)) >= 2


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
