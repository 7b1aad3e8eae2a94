"""Corrections: finding the report again that somebody put right, and laying what they said over what is read.

A correction follows its report. It concerns a source with the same bytes or the same origin, and in it

1. the document with the title that was read then (of several, the one at the same ordinal, if the field reads as
   it did then or the bytes are the same);
2. no title fits, same bytes: the document at the same ordinal (other rules read another title);
3. no title fits, other bytes: the document at the same ordinal, if the titles resemble each other and the field reads
   as it did then. Another report may have taken the place of the first; it must not inherit what was said of that.

What fits none is kept and waits for its report. Pure functions; ``Store.put_source`` keeps the records.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from difflib import SequenceMatcher
from typing import Any

from corpus.fields import FIELDS, location
from corpus.model import Correction, Document, Evidence, ParsedDocument, ParsedSource, Reading

#: How much two titles must have in common (of 1) to be taken for an old and a new wording of one.
_ALIKE = 0.5
HOW = "correction"


def read_title(parsed: ParsedDocument) -> str:
    """The title as it was read, whatever it was corrected to."""
    return _read(parsed)["title"]


def as_read(parsed: ParsedDocument) -> ParsedDocument:
    """The document without its corrections."""
    kept = tuple(e for e in parsed.evidence if e.how != HOW)
    again = tuple(
        Evidence(r.document_id, r.field, r.value, r.confidence, r.how, r.start, r.end) for r in parsed.readings if r.how
    )
    document = _with(parsed.document, {reading.field: reading.value for reading in parsed.readings})
    return replace(parsed, document=document, evidence=_ordered((*kept, *again)), readings=())


def applied(parsed: ParsedDocument, corrections: Iterable[Correction]) -> ParsedDocument:
    """The document with these corrections and no others. A place brings its code, province and level with it."""
    read = as_read(parsed)
    said = {correction.field: correction.value for correction in corrections}
    values = dict(said)
    if "place" in said:
        where = location(said["place"])
        values |= {"place": where.place, "place_code": where.place_code, "province": where.province}
        if where.level:
            values.setdefault("level", where.level)
    evidence = {e.field: e for e in read.evidence}
    readings = []
    for field in sorted(values):
        was = evidence.get(field) or Evidence(read.document.id, field, "", 0.0, "", 0, 0)
        value = getattr(read.document, field)
        readings.append(Reading(read.document.id, field, value, was.confidence, was.how, was.start, was.end))
    evidence |= {f: Evidence(read.document.id, f, v, 1.0, HOW, 0, 0) for f, v in values.items() if f in FIELDS}
    return replace(
        read,
        document=_with(read.document, values),
        evidence=_ordered(evidence.values()),
        readings=tuple(readings),
    )


def followed(parsed: ParsedSource, corrections: Iterable[Correction]) -> dict[Correction, Correction | None]:
    """What becomes of the corrections that concern a source's documents, as they are keyed to those from now on.

    Of several for one field of a document the last made holds; the others become None.
    """
    concerned = [c for c in corrections if c.source_id == parsed.source.id or c.origin == parsed.source.origin]
    keys = {(correction.ordinal, correction.title) for correction in concerned}
    moved: dict[Correction, Correction | None] = {}
    holds: dict[tuple[str, str], Correction] = {}
    for old in sorted(concerned, key=lambda correction: correction.made):
        document = _document_of(parsed, old, keys)
        if document is None:
            continue
        slot = document.document.id, old.field
        if slot in holds:
            moved[holds[slot]] = None
        holds[slot] = old
        moved[old] = _keyed(parsed, document, old)
    return moved


def corrected(parsed: ParsedSource, corrections: Iterable[Correction]) -> ParsedSource:
    """A source with those of the corrections applied that concern it: what claims are to be extracted from.

    Idempotent: what was applied before is taken off first.
    """
    live: dict[tuple[int, str], list[Correction]] = defaultdict(list)
    for correction in followed(parsed, corrections).values():
        if correction is not None:
            live[correction.ordinal, correction.title].append(correction)
    documents = tuple(applied(d, live[d.document.ordinal, read_title(d)]) for d in parsed.documents)
    return replace(parsed, documents=documents)


def _read(parsed: ParsedDocument) -> dict[str, str]:
    """Field → value as it was read."""
    now = {field: getattr(parsed.document, field) for field in FIELDS}
    return now | {reading.field: reading.value for reading in parsed.readings if reading.field in FIELDS}


def _document_of(parsed: ParsedSource, old: Correction, keys: set[tuple[int, str]]) -> ParsedDocument | None:
    """The document that a correction is about; ``keys`` are ordinal and title of all that concern the source."""
    same_bytes = old.source_id == parsed.source.id

    def reads_as_then(document: ParsedDocument) -> bool:
        return _read(document)[old.field] == old.found

    titled = [document for document in parsed.documents if read_title(document) == old.title]
    if titled:
        there = [d for d in titled if d.document.ordinal == old.ordinal]
        free = there or [d for d in titled if (d.document.ordinal, old.title) not in keys]
        return next((d for d in free if same_bytes or len(titled) == 1 or reads_as_then(d)), None)
    titles = {title for _, title in keys}
    for document in parsed.documents:
        title = read_title(document)
        if document.document.ordinal == old.ordinal and title not in titles:
            alike = SequenceMatcher(None, title, old.title, autojunk=False).ratio() >= _ALIKE
            if same_bytes or (alike and reads_as_then(document)):
                return document
    return None


def _keyed(parsed: ParsedSource, document: ParsedDocument, old: Correction) -> Correction:
    return replace(
        old,
        source_id=parsed.source.id,
        origin=parsed.source.origin,
        ordinal=document.document.ordinal,
        title=read_title(document),
        found=_read(document)[old.field],
    )


def _with(document: Document, values: Mapping[str, Any]) -> Document:
    return replace(document, **values)


def _ordered(evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
    return tuple(sorted(evidence, key=lambda e: e.field))
