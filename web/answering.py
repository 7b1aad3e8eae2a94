"""What programs ask most, as it goes from one process to another: a question, and its answer ready to be sent."""

import gzip
from dataclasses import dataclass
from typing import Protocol

from search.answers import Filters, Mode, PlaceSort
from search.engine import Engine
from search.queries import Way, unanswered, unplaced
from web import encoding

#: Answers of fewer bytes are sent as they are, all others at this level of gzip: what ``web.app`` tells its middleware.
SMALLEST_PACKED, LEVEL = 1000, 4


@dataclass(frozen=True, slots=True)
class Prepared:
    """An answer as JSON, ``packed`` with gzip or not. ``unsure`` is the way in which the query was asked in vain (see
    ``search.queries``), "" where it has a sure answer; ``found`` whether there was something at all."""

    body: bytes
    packed: bool = False
    unsure: Way | None = None
    found: bool = False


class Question(Protocol):
    """Something that can be asked of a library, in this process or in another."""

    @property
    def q(self) -> str: ...

    def answered(self, engine: Engine) -> Prepared:
        """The answer, unpacked. Raises the errors of the engine."""


@dataclass(frozen=True, slots=True)
class SearchQuestion:
    """``Engine.search`` with these arguments."""

    q: str
    k: int
    mode: Mode
    filters: Filters
    offset: int
    diverse: bool

    def answered(self, engine: Engine) -> Prepared:
        answer = engine.search(
            self.q, k=self.k, mode=self.mode, filters=self.filters, offset=self.offset, diverse=self.diverse
        )
        unsure: Way | None = "search" if unanswered(answer, self.filters, self.offset) else None
        body = encoding.search_result(answer, self.offset)
        return Prepared(body, unsure=unsure, found=bool(answer.hits))


@dataclass(frozen=True, slots=True)
class PlacesQuestion:
    """``Engine.places`` with these arguments."""

    q: str
    level: str
    sort: PlaceSort

    def answered(self, engine: Engine) -> Prepared:
        answer = engine.places(self.q, self.level, self.sort)
        unsure: Way | None = "places" if unplaced(answer, self.level) else None
        return Prepared(encoding.places(answer), unsure=unsure)


def prepared(question: Question, engine: Engine, packs: bool) -> Prepared:
    """The answer to a question, packed where the client ``packs`` and it is worth it."""
    made = question.answered(engine)
    if not packs or len(made.body) < SMALLEST_PACKED:
        return made
    return Prepared(gzip.compress(made.body, LEVEL, mtime=0), True, made.unsure, made.found)
