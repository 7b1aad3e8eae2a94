"""Putting right what was read of a document: its fields, and all that was made from them, in one transaction."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from corpus.corrections import as_read, read_title
from corpus.errors import NothingToUndo
from corpus.fields import FIELDS, checked, location
from corpus.model import Correction, Document, ParsedDocument, Reading, Source
from corpus.revisions import Cause
from corpus.store import Store
from graph.claims import extract_claims
from graph.derive import derive

#: What claims and definitions are extracted with; the other fields change nothing in them.
_EXTRACTED_WITH = ("title", "place", "place_code", "province", "level", "period", "date")


@dataclass(frozen=True, slots=True)
class Entry:
    """A correction, and the document that it holds for; None where its report isn't in the library."""

    correction: Correction
    document: Document | None


def correct(store: Store, document_id: str, values: Mapping[str, str | None]) -> ParsedDocument:
    """Let a document's fields (corpus.fields.FIELDS) have these values, whatever is read; None undoes a correction.

    Claims, facts and the glossary are made again where they depend on it; nothing else changes. The same value as was read
    is a correction too: it holds for later readings. Raises CorrectionRefused, NothingToUndo, DocumentNotFound, LibraryBusy,
    LibraryReadOnly.
    """
    undone = {field for field, value in values.items() if value is None}
    said = {field: value for field, value in values.items() if value is not None}
    with store.write():
        parsed = store.parsed(document_id)
        held = {correction.field: correction for correction in store.corrections_of(parsed)}
        if missing := undone - held.keys():
            raise NothingToUndo(parsed.document.title, tuple(FIELDS[field] for field in FIELDS if field in missing))
        kept = {field: correction for field, correction in held.items() if field not in undone}
        for field, value in checked(said, parsed.document.level).items():
            kept[field] = _said(store, parsed, field, value)
            if field == "place" and "level" not in said and location(value).level:
                kept.pop("level", None)  # the level comes with the new place
        made = store.put_corrections(parsed, kept.values())
        if any(getattr(made.document, field) != getattr(parsed.document, field) for field in _EXTRACTED_WITH):
            store.remove_claims(document_id)
            store.put_claims(*extract_claims(made))
            derive(store, Cause("correct", (f"更正《{made.document.title}》",)))
    return made


def undo(store: Store, document_id: str, fields: Iterable[str] = ()) -> ParsedDocument:
    """Put back what was read, in these fields or in all. Raises what ``correct`` raises."""
    parsed = store.parsed(document_id)
    wanted = tuple(fields) or tuple(correction.field for correction in store.corrections_of(parsed))
    if not wanted:
        raise NothingToUndo(parsed.document.title, ())
    return correct(store, document_id, dict.fromkeys(wanted))


def listed(store: Store) -> list[Entry]:
    """Every correction of a library; those that wait for their report come last."""
    # Where a correction holds there is a reading that it stands in place of.
    readings = store.select(Reading)
    titles = {reading.document_id: reading.value for reading in readings if reading.field == "title"}
    documents = (store.document(document_id) for document_id in {reading.document_id for reading in readings})
    corrected = {(d.source_id, d.ordinal, titles.get(d.id, d.title)): d for d in documents}
    entries = [Entry(c, corrected.get((c.source_id, c.ordinal, c.title))) for c in store.select(Correction)]
    return sorted(entries, key=lambda entry: entry.document is None)


def _said(store: Store, parsed: ParsedDocument, field: str, value: str) -> Correction:
    document = parsed.document
    return Correction(
        document.source_id,
        store.select(Source, id=document.source_id)[0].origin,
        document.ordinal,
        read_title(parsed),
        field,
        value,
        getattr(as_read(parsed).document, field),
        datetime.now(UTC).isoformat(timespec="microseconds"),
    )
