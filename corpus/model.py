"""The records of a library: frozen dataclasses, one per table of ``schema.sql``.

Field names are column names. Offsets are counted in Unicode code points; ``start``/``end`` always point into
the repaired text of the document (``Document.text``), ``source_start``/``source_end`` into the decoded source.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

Level = Literal["national", "province", "city", "county", "enterprise", "department", "unknown"]
#: A reading with less confidence than this is shown as a guess that wants checking.
UNSURE = 0.6
SectionStatus = Literal["done", "plan", ""]
ClaimStatus = Literal["done", "ongoing", "planned"]
Polarity = Literal["affirmed", "denied"]
How = Literal["sentence", "section", "document"]
FactKind = Literal["count", "money", "rate", "change", "rank"]
Strength = Literal["explained", "described"]


def digest(*parts: str) -> str:
    """Sixteen hex digits that identify the given strings: the same on every machine and every run."""
    return hashlib.blake2s("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


@dataclass(frozen=True, slots=True)
class Source:
    """A file someone gave us. ``id`` starts the SHA-256 of its bytes; ``origin`` is where it was read from.

    ``rules`` identifies the program's rules that read it: other rules may read the same bytes better.
    """

    id: str
    name: str
    origin: str
    encoding: str
    size: int
    bundled: bool = False
    rules: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """One report. ``text`` is the repaired text, paragraphs separated by one newline.

    ``place`` is a canonical name (荆州市, 甘肃省, 全国, or a unit such as 北大荒集团工会) or "" when the text names
    none; ``place_code`` its division code or ""; ``date`` is ISO 8601 as far as known (2023, 2023-10-24) or "".
    ``issuer`` is the body that issued it and ``speaker`` who gave it, as named, or "". ``same_as`` is the id of the
    document that is shown in its place, where another source has nearly the same text, or "".
    """

    id: str
    source_id: str
    ordinal: int
    title: str
    place: str
    place_code: str
    province: str
    level: Level
    type: str
    period: str
    date: str
    meeting: str
    text: str
    issuer: str = ""
    speaker: str = ""
    same_as: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a field of a document is what it is: ``Document.text[start:end]`` says so.

    ``field`` is a field of Document (place, level, type, period, date, meeting, issuer, speaker, title);
    ``confidence`` lies between 0 and 1, below UNSURE it is a guess; ``how`` is where it was read, a key of
    ``ingest.metadata.findings.CONFIDENCE`` (title, issuer, date_line, opening, …), or correction (a person said so).
    The span is empty where the words stand outside the text (front: the cover of the compilation; file: the name of
    the file) and for corrections. What isn't known has no evidence.
    """

    document_id: str
    field: str
    value: str
    confidence: float
    how: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Reading:
    """A field of a document as it was read, kept while a correction stands in its place: what undoing puts back.

    ``field`` is a column of the document (also place_code and province, which follow the place); the rest is that of
    its Evidence, with ``how`` "" where there was none.
    """

    document_id: str
    field: str
    value: str
    confidence: float
    how: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Signature:
    """A short print of a document's wording: nearly equal texts have nearly equal prints (see ``corpus.copies``). Of two the
    better reading is told by ``length``, in characters, and ``doubtful``, how many places are marked so."""

    document_id: str
    minhash: bytes
    length: int
    doubtful: int


@dataclass(frozen=True, slots=True)
class Correction:
    """A field of a document put right by a person; it holds for later readings of the same report, too.

    The report is found again by the bytes (``source_id``) or the ``origin`` of its source, then by the ``title``
    as it was read, else by its ``ordinal`` (see corpus.corrections). ``value`` may be "": the text doesn't say.
    A place that shares its name is written with the divisions around it (江苏省南京市鼓楼区). ``found`` is the value as
    it was read; ``made`` an ISO 8601 time.
    """

    source_id: str
    origin: str
    ordinal: int
    title: str
    field: str
    value: str
    found: str
    made: str


@dataclass(frozen=True, slots=True)
class Section:
    """A node of the outline. ``start`` is where its heading begins, ``end`` where its last descendant ends.

    ``depth`` is 1 for the outermost headings; ``number`` is the numbering as written (一、 （一） 1. 一是) or "";
    ``kind`` is "glossary" for 名词注释 sections, else "body". A heading that is the first sentence of its
    paragraph is a section too (its title then stands inside a passage).
    """

    id: str
    document_id: str
    ordinal: int
    parent_id: str
    depth: int
    number: str
    title: str
    start: int
    end: int
    status: SectionStatus
    kind: Literal["body", "glossary"]


@dataclass(frozen=True, slots=True)
class Passage:
    """The unit of search: whole sentences of one paragraph. ``headings`` is the path of section titles above it."""

    id: str
    document_id: str
    section_id: str
    ordinal: int
    text: str
    start: int
    end: int
    source_start: int
    source_end: int
    headings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Repair:
    """One recorded change between source and repaired text, or a span marked doubtful (then nothing is changed).

    ``document_id`` is "" for what belongs to no document (a table of contents). ``start``/``end`` is the place in
    the repaired text (empty span for a removal), ``before``/``after`` the words on either side of the change.
    """

    source_id: str
    document_id: str
    ordinal: int
    kind: str
    start: int
    end: int
    source_start: int
    source_end: int
    before: str
    after: str
    doubtful: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Origin:
    """Where in the source each character of a document's text stands (see ``corpus.origins``)."""

    document_id: str
    runs: bytes


@dataclass(frozen=True, slots=True)
class Paging:
    """Where in a source its printed pages begin (see ``corpus.origins``)."""

    source_id: str
    pages: bytes


@dataclass(frozen=True, slots=True)
class Term:
    """A thing with a meaning.

    ``kind`` is programme, brand, honour, mechanism, organisation, slogan, concept or indicator.
    """

    id: str
    label: str
    kind: str
    status: Literal["explained", "unexplained"]
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Definition:
    """The sentence that explains a term: ``text`` is ``Document.text[start:end]``, verbatim.

    ``place`` says where it holds; ``sense`` counts the meanings of one label from 1: definitions with the same number
    speak of the same thing. ``preferred``: a person said that it explains its sense best.
    """

    id: str
    term_id: str
    text: str
    components: tuple[str, ...]
    strength: Strength
    how: str
    place: str
    document_id: str
    passage_id: str
    start: int
    end: int
    sense: int = 1
    preferred: bool = False


RelationKind = Literal["has_component", "broader", "variant_of", "related", "contrasts_with"]


@dataclass(frozen=True, slots=True)
class Relation:
    """An edge from one term to another, with what shows it.

    The source has the target as a part, has it as its broader term, is another name for the same content, stands near
    it, or must not be taken for it; symmetric kinds are kept once, the smaller id first. ``weight`` lies in 0..1;
    ``reason`` says in Chinese why, and ``Document.text[start:end]`` shows it (document "" and an empty span where it
    follows from many places at once).
    """

    source_id: str
    target_id: str
    kind: RelationKind
    weight: float
    reason: str
    document_id: str
    passage_id: str
    start: int
    end: int


EditKind = Literal[
    "add", "confirm", "reject", "rename", "merge", "split", "alias", "unalias", "prefer", "kind", "relate", "unrelate"
]


@dataclass(frozen=True, slots=True)
class Edit:
    """What a person changed in the glossary of a library; it holds after every later reading, until it is undone.

    ``term`` is a label, ``value`` what the kind needs: the other label, the kind, the sentence that is preferred, for
    relate and unrelate the kind of relation, a colon and the other label (broader:帮扶); a sense that is split off is a
    label, a newline and a sentence that speaks of it. ``confirm`` changes nothing: a person looked at the term and keeps it,
    or, where the value is the key of a finding (see graph.lint), found nothing wrong.
    Edits of one ``batch`` were made together; ``ordinal`` counts up and is the order they apply in.
    ``made`` and ``undone`` are ISO 8601 times, ``undone`` "" while the edit holds. ``idle`` says in Chinese why the
    edit changes nothing in the library as it is now, "" where it does.
    """

    ordinal: int
    batch: str
    kind: EditKind
    term: str
    value: str
    note: str
    who: str
    made: str
    undone: str = ""
    idle: str = ""


@dataclass(frozen=True, slots=True)
class Taught:
    """Plain words that a person said mean something: what queries that use them are taken for, until it is undone.

    ``label`` are the words; ``concept`` is the prefLabel of a concept of the lexicon, the label of a term, or an official
    wording that stands in the documents. ``ordinal`` counts up. ``made`` and ``undone`` are ISO 8601 times, ``undone`` ""
    while the lesson holds.
    """

    ordinal: int
    label: str
    concept: str
    note: str
    who: str
    made: str
    undone: str = ""


@dataclass(frozen=True, slots=True)
class Mention:
    """A glossary term at a span."""

    term_id: str
    document_id: str
    passage_id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ConceptMention:
    """A concept of the lexicon, named by its prefLabel, at a span."""

    concept: str
    document_id: str
    passage_id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Wording:
    """A label of terms as documents were searched for it: ``key`` in folded characters, ``how`` what was heeded where it
    stands (see graph.labels). What it ``means``, ids of terms, doesn't tell where it stands: labels that differ in that only
    are equal."""

    key: str
    how: str
    means: tuple[str, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Linked:
    """Where labels of terms stand in a document: pairs of offsets, unsigned 32 bits each, little-endian. ``rules`` identifies
    the program's rules that found them."""

    document_id: str
    rules: str
    terms: bytes


@dataclass(frozen=True, slots=True)
class Sighted:
    """What a document by itself gives to the glossary: ``found`` as ``graph.sightings`` packs it. ``rules`` identifies the
    program's rules that found it."""

    document_id: str
    rules: str
    found: str


@dataclass(frozen=True, slots=True)
class Glossary:
    """What all documents of a library give together: terms, what explains them, how they hang together, where they
    stand. ``edits`` are those that hold, each with what became of it."""

    terms: tuple[Term, ...] = ()
    definitions: tuple[Definition, ...] = ()
    relations: tuple[Relation, ...] = ()
    mentions: Sequence[Mention] = ()
    edits: tuple[Edit, ...] = ()


@dataclass(frozen=True, slots=True)
class Claim:
    """A doer did, continues or plans something: one sentence, verbatim in ``text``.

    ``place`` is the doer's canonical place (or unit) name, "" when nobody is named; ``doer`` the words that name
    it, or "" when the doer is the document's own; ``how`` says where it was read: sentence, section or document.
    ``parent`` and ``parent_code`` are the place that the report speaks for, where the doer is a place or unit inside it,
    else "". A ``denied`` claim says what is not done or not enough. ``period`` is the year or the years (2018—2023) that
    the sentence speaks of, "" where it says none.
    """

    id: str
    document_id: str
    passage_id: str
    section_id: str
    text: str
    start: int
    end: int
    place: str
    place_code: str
    level: Level
    doer: str
    how: How
    status: ClaimStatus
    parent: str = ""
    parent_code: str = ""
    polarity: Polarity = "affirmed"
    period: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure of a claim. ``value`` is in the unit as written (2.3, 亿元); ``start``/``end`` span the figure.

    ``base`` is what a change started from (由15项增至21项), in the same unit. ``doubtful`` says in Chinese why the figure
    must not be trusted; such a figure is listed apart and never answers.
    """

    id: str
    claim_id: str
    document_id: str
    passage_id: str
    subject: str
    value: float
    value_max: float | None
    unit: str
    qualifier: str
    tense: Literal["done", "target"]
    place: str
    place_code: str
    start: int
    end: int
    kind: FactKind = "count"
    base: float | None = None
    doubtful: str = ""


@dataclass(frozen=True, slots=True)
class ParsedDocument:
    """A document with all that reading it gave; ``minhash`` as in Signature, empty for a text too short for one;
    ``readings`` are the fields that corrections stand in place of; ``origin`` as ``runs`` in Origin."""

    document: Document
    sections: tuple[Section, ...]
    passages: tuple[Passage, ...]
    repairs: tuple[Repair, ...]
    evidence: tuple[Evidence, ...] = ()
    minhash: bytes = b""
    readings: tuple[Reading, ...] = ()
    origin: bytes = b""


@dataclass(frozen=True, slots=True)
class ParsedSource:
    """A source, its bytes, its documents, and the repairs that belong to none of them; ``pages`` as in Paging, empty
    where it has none."""

    source: Source
    content: bytes
    documents: tuple[ParsedDocument, ...]
    repairs: tuple[Repair, ...]
    pages: bytes = b""
