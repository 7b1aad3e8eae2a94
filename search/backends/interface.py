"""What the engine needs from a store of passages and claims, wherever that is.

A backend hands out candidates, best first, by words, by meaning and by concepts, and the passages themselves; how the
candidates are ranked is the finder's, the same for every backend. What is put is visible all at once or not at all.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from corpus.model import Claim, ConceptMention, Document, Evidence, Fact, Passage, Repair, Section, Source
from search.answers import Filters

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Parcel:
    """A document with all that is searched of it and shown beside it. Of a near copy (``Document.same_as``) nothing is
    found, as long as it is one."""

    source: Source
    document: Document
    sections: tuple[Section, ...]
    passages: tuple[Passage, ...]
    claims: tuple[Claim, ...] = ()
    facts: tuple[Fact, ...] = ()
    mentions: tuple[ConceptMention, ...] = ()
    repairs: tuple[Repair, ...] = ()
    evidence: tuple[Evidence, ...] = ()


class Wording(NamedTuple):
    """How a concept of the lexicon, by its prefLabel, is worded in a passage (squeezed), and how often."""

    label: str
    concept: str
    times: int


@dataclass(frozen=True, slots=True)
class Entry:
    """A passage as it is ranked: with the status of its section and the wordings of concepts in it."""

    passage: Passage
    status: str
    wordings: tuple[Wording, ...]


@dataclass(frozen=True, slots=True)
class Where:
    """Which passages may be found: of documents and sections that meet the filters, with every phrase of ``holding`` in
    their headings or text, and none of ``lacking``."""

    filters: Filters = field(default_factory=Filters)
    holding: tuple[str, ...] = ()
    lacking: tuple[str, ...] = ()


ANYWHERE = Where()


class Topic(NamedTuple):
    """Concepts of the lexicon, by their prefLabels, that mean what a query means, and how sure that is."""

    concepts: frozenset[str]
    confidence: float


class Ranked(NamedTuple):
    """Ids of passages, best first, and (ids,) their scores: a share in about 0..1 for words and concepts, a cosine for
    meaning."""

    ids: list[str]
    scores: Floats


NOTHING = Ranked([], np.empty(0, np.float32))


@dataclass(frozen=True, slots=True)
class Counts:
    """What is visible: documents (near copies too), and of those that are shown passages, claims, and passages that speak
    of some concept of the lexicon."""

    documents: int
    passages: int
    claims: int
    speaking: int


@dataclass(frozen=True, slots=True)
class Finding:
    """Something amiss, in Chinese: what it is about, what is wrong with how many, and whether ``repair`` mends it."""

    about: str
    wrong: str
    count: int
    mendable: bool = True


class Backend(Protocol):
    """A store of passages and claims. Reading is of one generation until ``refresh`` takes up another.

    Methods that reach another machine raise the errors of ``search.errors`` that begin with Backend, after a limited
    number of tries.
    """

    @property
    def generation(self) -> int:
        """The generation that was committed last, whoever committed it."""

    def refresh(self) -> int:
        """Read from now on what was committed last. Returns that generation."""

    def put(self, parcels: Iterable[Parcel]) -> int:
        """Store documents, each in place of what had its id. Returns the generation from which on they are found.

        What fits a batch is visible all at once or, where this raises, not at all; putting it again is harmless.
        """

    def remove(self, documents: Iterable[str]) -> int:
        """Take documents out, with all that was put of them; unknown ids mean nothing. As for ``put``."""

    def lexical(self, query: str, limit: int, where: Where = ANYWHERE) -> Ranked:
        """The passages that hold the words of a query: BM25 over text, headings and words, as a share of all that the
        query could score."""

    def dense(self, vector: Floats, limit: int, where: Where = ANYWHERE) -> Ranked:
        """The passages of which some sentence is nearest to a unit vector."""

    def speaking(self, topics: Sequence[Topic], limit: int, where: Where = ANYWHERE) -> Ranked:
        """The passages that speak most of topics: the mean over them, weighted by confidence, of how much a passage
        speaks of each, 0..1 (``search.mentions``)."""

    def entries(self, ids: Sequence[str]) -> dict[str, Entry]:
        """Passages by id; those that aren't there any more are left out."""

    def matching(self, where: Where, limit: int) -> list[str]:
        """Ids of at most ``limit`` passages that may be found, in no order."""

    def scan(self, where: Where = ANYWHERE) -> Iterator[Entry]:
        """All passages that may be found, in reading order, without holding them all."""

    def claims(self) -> Iterator[Claim]:
        """All claims of the documents that are shown, document by document in reading order."""

    def documents(self) -> list[Document]:
        """Every document in reading order, without its text, which is "" here."""

    def marks(self, documents: Iterable[str] | None = None) -> dict[str, str]:
        """Document id → sixteen hex digits that change with anything that was put of it, of all documents or of those
        named that are there."""

    def doubtful(self) -> list[Repair]:
        """What is doubtful in the documents: spans that must not be trusted."""

    def guesses(self) -> dict[str, frozenset[str]]:
        """Document id → its fields that are guesses, of those that have any."""

    def concepts(self) -> frozenset[str]:
        """The concepts of the lexicon, by their prefLabels, that some passage speaks of."""

    def parcel(self, document_id: str) -> Parcel:
        """All that was put of a document. Raises DocumentNotFound."""

    def spread(self, field: str, terms: Sequence[str]) -> NDArray[np.int64]:
        """(terms,) in how many passages each stands: of ``text``, ``heading`` or ``words``, analysed as for the query, or
        of ``label``, a squeezed wording of some concept, or of ``token``, a word's number in the model that passages are
        compared by."""

    def counts(self) -> Counts:
        """What is visible."""

    def mirrored(self) -> str:
        """The mark (``Store.mark``) of the library that all this was brought from, if nothing came or went since; else
        ""."""

    def mirror(self, mark: str) -> None:
        """Note that all this, as it is now, was brought from the library with this mark."""

    def examine(self) -> list[Finding]:
        """What is amiss in what is stored: parts of batches that were broken off, leftovers, missing parts."""

    def mend(self) -> None:
        """Put right what ``examine`` finds and calls mendable."""

    def close(self) -> None:
        """Let go of it."""
