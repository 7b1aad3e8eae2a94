"""What the engine answers with. Every answer ends in spans of documents; offsets are in ``Document.text``.

What is quoted carries its ``doubtful`` spans, which count from the first character of the quotation, as highlights do.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from corpus.doubts import Doubt
from corpus.model import ClaimStatus, Definition, Fact, Level, Polarity
from search.citation import Citations

Mode = Literal["hybrid", "lexical", "semantic"]
Intent = Literal["term", "places", "precedents", "search"]
#: Orders of the places that answer: by strength, by place, by a column of figures (the first, the second, …).
PlaceSort = Literal["strength", "place", "figures", "figures2", "figures3", "figures4"]
SuggestionKind = Literal["term", "topic", "place", "heading", "document"]
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Filters:
    """Conditions on the document (place, province, level, type, year) and the section (status); "" is no condition."""

    place: str = ""
    province: str = ""
    level: str = ""
    type: str = ""
    year: str = ""
    status: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that answers. ``highlights`` are spans of ``text``; ``why`` the reasons in Chinese; ``start``/``end``
    its place in the document; ``citations`` are ready to paste, with a warning where ``text`` is doubtful; ``also`` names
    documents with the same paragraph; ``guessed`` are those of place and date that are guesses."""

    passage_id: str
    document_id: str
    title: str
    place: str
    date: str
    headings: tuple[str, ...]
    text: str
    start: int
    end: int
    highlights: tuple[Span, ...]
    why: tuple[str, ...]
    score: float
    citations: Citations
    also: tuple[str, ...] = ()
    doubtful: tuple[Doubt, ...] = ()
    guessed: tuple[str, ...] = ()

    @property
    def citation(self) -> str:
        """The plain citation."""
        return self.citations.plain


@dataclass(frozen=True, slots=True)
class Operator:
    """A sign of a query: “required” words, -excluded ones, or a filter (地方:荆州) with its ``name``. ``rest`` is the query
    without it."""

    kind: Literal["required", "excluded", "filter"]
    name: str
    value: str
    rest: str = ""


@dataclass(frozen=True, slots=True)
class SearchAnswer:
    """Ranked passages. ``facets`` maps a filter's name to value → number of passages that are left where it is set beside
    the other conditions (at least so many where the answer isn't ``complete``); ``filters`` holds the conditions
    given, which are binding, and those read from the query's own words, which only raise what meets them (those of signs,
    地方:荆州, are binding, too); ``concepts`` the topics the query was taken to mean. ``notes`` are Chinese sentences on how
    the query was understood, ``offers`` queries that may be meant instead, ``operators`` the signs it holds. ``sure`` is
    False where nothing found has direct evidence (see ``search.sureness``); ``more`` True where others follow these."""

    query: str
    mode: Mode
    took_ms: float
    total: int
    filters: Filters
    concepts: tuple[str, ...]
    facets: dict[str, dict[str, int]]
    hits: tuple[Hit, ...]
    notes: tuple[str, ...] = ()
    offers: tuple[str, ...] = ()
    operators: tuple[Operator, ...] = ()
    sure: bool = True
    complete: bool = True
    more: bool = False


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence, verbatim. ``figures`` as written; ``marks`` are spans of ``sentence`` to point out."""

    sentence: str
    figures: tuple[str, ...]
    document_id: str
    title: str
    passage_id: str
    start: int
    end: int
    marks: tuple[Span, ...] = ()
    doubtful: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class Sense(Definition):
    """A definition as it is quoted. ``elsewhere`` marks one of a name that merely counts, from a place that doesn't say what
    it counts there: it may speak of something else."""

    doubtful: tuple[Doubt, ...] = ()
    elsewhere: bool = False


@dataclass(frozen=True, slots=True)
class ClaimEvidence(Evidence):
    """A sentence that says a place did, is doing or plans it. ``marks`` point out the topic, ``doer`` the words that name
    who did it (None where it is the document's own); ``why`` says in Chinese what made the sentence count."""

    status: ClaimStatus = "done"
    confidence: float = 0.0
    period: str = ""
    doer: Span | None = None
    why: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """A column of figures that can be compared: ``unit`` is what they are counted in (元), ``heading`` says it in a few
    Chinese words with what is counted."""

    heading: str
    unit: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure in a column: ``text`` as written, ``value`` in the column's unit, ``start``/``end`` in the document."""

    text: str
    value: float
    document_id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class PlaceAnswer:
    """A place that did it. ``evidence`` has what it did before what it is doing and plans, the strongest first; ``status``
    and ``confidence`` (0..1) are those of the best. ``parent`` is the place whose report tells of it, where it is not its
    own. ``cells`` are its figures, one tuple per column of the answer, the most telling first. ``sentences`` is how many
    there are, of which ``evidence`` has the strongest of each status. ``counts`` are those done, ongoing and planned."""

    place: str
    code: str
    level: Level
    province: str
    status: ClaimStatus
    confidence: float
    evidence: tuple[ClaimEvidence, ...]
    parent: str = ""
    cells: tuple[tuple[Cell, ...], ...] = ()
    sentences: int = 0
    counts: tuple[int, int, int] = (0, 0, 0)


@dataclass(frozen=True, slots=True)
class Coverage:
    """What was looked through: documents, places of the level asked for that they tell of, and the line that says so to
    the reader. ``mentioning`` is how many documents speak of the topic; ``silent`` are the places of the level that have
    documents of their own, none of which mentions it."""

    documents: int
    places: int
    line: str
    silent: tuple[str, ...] = ()
    mentioning: int = 0


@dataclass(frozen=True, slots=True)
class PlacesAnswer:
    """The whole set of places for a question. ``topic`` is what was looked for; ``level`` the level asked for or "";
    ``conditions`` say in Chinese how the rest of the question was understood (限湖北省, 金额不少于 1000 万元); ``sort`` is
    the order of the answers.
    ``unmentioned`` are places that the question compares and of which nothing is told."""

    query: str
    topic: tuple[str, ...]
    level: str
    answers: tuple[PlaceAnswer, ...]
    coverage: Coverage
    columns: tuple[Column, ...] = ()
    conditions: tuple[str, ...] = ()
    sort: PlaceSort = "strength"
    unmentioned: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NearSentence:
    """A sentence of a place that came near to a question, and why it does not count (or does), in Chinese."""

    evidence: ClaimEvidence
    place: str
    counts: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """Why a place is, or isn't, among the answers: ``line`` in one Chinese sentence, then the sentences nearest to it.
    ``place`` is "" where no such place is known."""

    query: str
    place: str
    answered: bool
    line: str
    sentences: tuple[NearSentence, ...]


@dataclass(frozen=True, slots=True)
class RelatedTerm:
    """Another term and what it is to the one asked about, in Chinese (组成部分, 上位术语, 易混, …), with the reason and the
    sentences that show it (None where it follows from no single place)."""

    term: str
    relation: str
    weight: float
    reason: str
    evidence: Evidence | None


@dataclass(frozen=True, slots=True)
class TermUse:
    """A document that uses a term."""

    document_id: str
    title: str
    place: str
    date: str
    mentions: int


@dataclass(frozen=True, slots=True)
class Meaning:
    """One sense of a term: its number (that of its definitions), its parts, the places and years (2018—2023) of the
    documents that explain it, and how many documents speak of it."""

    sense: int
    components: tuple[str, ...]
    places: tuple[str, ...]
    period: str
    documents: int


@dataclass(frozen=True, slots=True)
class TermAnswer:
    """A term with every sense found; ``uses`` are typical sentences, shown when nothing explains it.

    ``how`` says how the label asked for led to this term (see ``search.lookup``), ``note`` the same in a Chinese sentence,
    "" where it is the term's own. ``meanings`` sum up the senses of the definitions; ``look_alikes`` are names that must
    not be taken for this one.
    """

    term: str
    aliases: tuple[str, ...]
    kind: str
    status: Literal["explained", "unexplained"]
    definitions: tuple[Sense, ...]
    related: tuple[RelatedTerm, ...]
    documents: Sequence[TermUse]
    mentions: int
    uses: tuple[Evidence, ...]
    how: str = "label"
    note: str = ""
    meanings: tuple[Meaning, ...] = ()
    look_alikes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A place where a term stands: ``start``/``end`` in the text, ``source_start``/``source_end`` in the decoded source
    (None where it isn't known), ``mark`` in the ``sentence``, which is verbatim. ``passage_id`` is "" in headings."""

    sentence: str
    document_id: str
    title: str
    place: str
    date: str
    passage_id: str
    start: int
    end: int
    source_start: int | None
    source_end: int | None
    mark: Span
    doubtful: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class Occurrences:
    """A page of the places where ``term`` stands, from the ``offset``-th of ``total``."""

    term: str
    total: int
    offset: int
    mentions: tuple[Occurrence, ...]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something to type. ``kind`` is term, topic, place, heading or document (its title); ``note`` says what it is in a
    few Chinese words."""

    label: str
    kind: SuggestionKind
    note: str = ""


@dataclass(frozen=True, slots=True)
class FactRow:
    """A figure with the claim it stands in: ``written`` is the figure, ``sentence`` the claim, both verbatim; ``status``,
    ``polarity`` and ``period`` are the claim's. ``terms`` are the terms and ``concepts`` the concepts that the claim
    mentions."""

    fact: Fact
    sentence: str
    title: str = ""
    doubtful: tuple[Doubt, ...] = ()
    written: str = ""
    status: ClaimStatus = "done"
    polarity: Polarity = "affirmed"
    period: str = ""
    terms: tuple[str, ...] = ()
    concepts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DoubtfulFigure:
    """A figure that doesn't count, and why, in Chinese. ``written`` is what stands there, verbatim; ``fact`` is what was
    read, None where the number itself is lost."""

    written: str
    reason: str
    place: str
    sentence: str
    document_id: str
    title: str
    passage_id: str
    start: int
    end: int
    fact: Fact | None = None


@dataclass(frozen=True, slots=True)
class FactsAnswer:
    """Figures that meet the conditions: a page of them, how many there are in all, and apart from them the doubtful ones
    of the same places and words, which count for nothing."""

    facts: tuple[FactRow, ...]
    total: int
    doubtful: tuple[DoubtfulFigure, ...] = ()
