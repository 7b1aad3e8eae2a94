"""Where documents are corrected: on the library itself, not the engine's view, which may be a generation behind."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from threading import Lock
from typing import TypeVar

from corpus.corrections import read_title
from corpus.curation import Change
from corpus.errors import LibraryBusy
from corpus.fields import full_name
from corpus.model import (
    Correction,
    Document,
    Edit,
    Evidence,
    ParsedDocument,
    Passage,
    Reading,
    Repair,
    Section,
    Source,
    Taught,
)
from corpus.places import gazetteer
from corpus.record import Field, record
from corpus.said import heads
from corpus.store import Store
from graph.curation import edit, undo
from graph.teaching import teach, unteach
from web.schemas import DocumentDetail
from web.shelf import DocumentEntry, twins_of

Made = TypeVar("Made")
#: Seconds that a change waits for the one before it.
_PATIENCE = 20


@dataclass(frozen=True, slots=True)
class Sheet:
    """A document and what is known of it, field by field; ``source`` is the name of its file, ``doubtful`` the number of
    places in its text that must not be trusted."""

    document: Document
    source: str
    fields: tuple[Field, ...]
    doubtful: int = 0

    @property
    def doubts(self) -> tuple[Field, ...]:
        """The fields that somebody should look at."""
        return tuple(field for field in self.fields if field.doubt)

    @property
    def misses(self) -> bool:
        """True where a field that one would look for wasn't read at all."""
        return any(field.doubt == "missing" for field in self.fields)

    @property
    def corrections(self) -> tuple[Correction, ...]:
        return tuple(field.correction for field in self.fields if field.correction is not None)


def full_place(document: Document) -> str:
    """The place as one would have to write it: with the divisions around it where others are called the same."""
    place = gazetteer().by_code(document.place_code)
    return full_name(place) if place is not None and place.name == document.place else document.place


class Desk:
    """One change at a time. Every method opens the library anew and raises the errors of ``corpus.errors``."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._writing = Lock()
        self._remembered: dict[Callable[[Store], object], tuple[tuple[str, int], object]] = {}

    def correct(self, document_id: str, values: Mapping[str, str | None]) -> DocumentDetail:
        """Correct a document (see graph.corrections.correct); gives it as it is afterwards."""
        from graph.corrections import correct  # with the rules that read documents: few servers ever need them

        with self._turn(), Store.open(self._folder) as store:
            correct(store, document_id, values)
            return _detail(store, document_id)

    def edit(self, changes: Sequence[Change], *, who: str = "", note: str = "") -> tuple[Edit, ...]:
        """Edit the glossary (see graph.curation.edit)."""
        with self._turn(), Store.open(self._folder) as store:
            return edit(store, changes, who=who, note=note)

    def undo(self, ordinal: int, *, batch: bool = False) -> tuple[Edit, ...]:
        """Undo an edit of the glossary (see graph.curation.undo)."""
        with self._turn(), Store.open(self._folder) as store:
            return undo(store, ordinal, batch=batch)

    def teach(self, label: str, concept: str, *, who: str = "", note: str = "") -> Taught:
        """Teach the library plain words (see graph.teaching.teach)."""
        with self._turn(), Store.open(self._folder) as store:
            return teach(store, label, concept, who=who, note=note)

    def unteach(self, ordinal: int) -> Taught:
        """Undo a lesson (see graph.teaching.unteach)."""
        with self._turn(), Store.open(self._folder) as store:
            return unteach(store, ordinal)

    def batch(self, ordinal: int | None) -> tuple[Edit, ...]:
        """The edits that were made or undone together with one; none where there is no such edit."""
        if ordinal is None:
            return ()
        with self.opened() as store:
            found = store.select(Edit, ordinal=ordinal)
            return tuple(store.select(Edit, batch=found[0].batch)) if found else ()

    @contextmanager
    def opened(self) -> Iterator[Store]:
        """The library as it is now, to be read."""
        with Store.open(self._folder) as store:
            yield store

    def remembered(self, store: Store, make: Callable[[Store], Made]) -> Made:
        """What ``make`` makes of the library, made once for each generation."""
        stamp = store.mark, store.generation
        held = self._remembered.get(make)
        if held is None or held[0] != stamp:
            held = self._remembered[make] = stamp, make(store)
        return held[1]  # type: ignore[return-value]

    def sheet(self, document_id: str) -> Sheet:
        """One document. Raises DocumentNotFound."""
        with Store.open(self._folder) as store:
            parsed = store.parsed(document_id)
            source = store.select(Source, id=parsed.document.source_id)[0]
            fields = record(parsed, store.corrections_of(parsed))
            return Sheet(parsed.document, source.name, fields, sum(repair.doubtful for repair in parsed.repairs))

    def sheets(self) -> list[Sheet]:
        """Every document, without its text and with those fields only that are doubted or corrected: those where something
        is missing first, then guesses."""
        with self.opened() as store:
            return self.remembered(store, _sheets)

    def waiting(self) -> list[Correction]:
        """The corrections whose reports aren't in the library."""
        from graph.corrections import listed

        with Store.open(self._folder) as store:
            entries = listed(store)
        return [entry.correction for entry in entries if entry.document is None]

    @contextmanager
    def _turn(self) -> Iterator[None]:
        if not self._writing.acquire(timeout=_PATIENCE):
            raise LibraryBusy(self._folder)
        try:
            yield
        finally:
            self._writing.release()


def _sheets(store: Store) -> list[Sheet]:
    doubtful = {size.document_id: size.doubtful for size in store.sizes()}
    names = {source.id: source.name for source in store.select(Source)}
    readings = _by_document(store.select(Reading))
    held: dict[tuple[str, int, str], list[Correction]] = {}
    for correction in store.select(Correction):
        held.setdefault((correction.source_id, correction.ordinal, correction.title), []).append(correction)
    found = []
    for document in heads(store):
        parsed = ParsedDocument(
            document,
            (),
            (),
            (),
            evidence=tuple(store.select(Evidence, document_id=document.id)),
            readings=readings.get(document.id, ()),
        )
        key = (document.source_id, document.ordinal, read_title(parsed))
        fields = tuple(field for field in record(parsed, held.get(key, ())) if field.doubt or field.correction)
        found.append(Sheet(parsed.document, names[document.source_id], fields, doubtful[document.id]))
    return sorted(found, key=lambda sheet: (not sheet.misses, -len(sheet.doubts)))


def _by_document(records: Iterable[Reading]) -> dict[str, tuple[Reading, ...]]:
    return {key: tuple(group) for key, group in groupby(records, key=lambda known: known.document_id)}


def _detail(store: Store, document_id: str) -> DocumentDetail:
    document = store.document(document_id)
    sources = {source.id: source for source in store.select(Source)}
    source, twins = sources[document.source_id], twins_of(store, sources).get(document_id, ())
    passages = len(store.select(Passage, document_id=document_id))
    return DocumentDetail.whole(
        DocumentEntry(
            replace(document, text=""),
            source.name,
            source.bundled,
            passages,
            twins,
            store.guesses().get(document_id, frozenset()),
        ),
        document,
        store.select(Section, document_id=document_id),
        store.select(Repair, document_id=document_id),
        store.select(Evidence, document_id=document_id),
    )
