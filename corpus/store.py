"""The library on disk: one SQLite file in WAL mode, one writer, many readers.

Records are the frozen dataclasses of ``corpus.model``; a record's class names its table and its fields the columns.
"""

import os
import sqlite3
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from corpus.claimed import Claimed
from corpus.corrections import applied, corrected, followed, read_title
from corpus.errors import (
    DocumentNotFound,
    LibraryBusy,
    LibraryNotFound,
    LibraryReadOnly,
    LibrarySchemaDiffers,
    LibraryUnreadable,
    LibraryUnwritable,
)
from corpus.model import (
    UNSURE,
    Claim,
    ConceptMention,
    Correction,
    Definition,
    Document,
    Evidence,
    Fact,
    Glossary,
    Linked,
    Mention,
    Origin,
    Paging,
    ParsedDocument,
    ParsedSource,
    Passage,
    Reading,
    Relation,
    Repair,
    Section,
    Signature,
    Source,
    Taught,
    Term,
    Wording,
)
from corpus.renewal import Renewal
from corpus.tables import TABLES, Record, insertion, record_of, row_of

SCHEMA_VERSION = 6
FILE_NAME = "gongzhi.db"
_TRIES, _PAUSE = 50, 0.1  # of a change that another process is making, too; seconds
_SCHEMA = Path(__file__).with_name("schema.sql")


@dataclass(frozen=True, slots=True)
class Size:
    """A document in short: ``length`` in characters, ``doubtful`` places in it."""

    document_id: str
    source_id: str
    title: str
    place: str
    same_as: str
    length: int
    doubtful: int


def _retried(change: Callable[[], object]) -> None:
    """Make a change for which SQLite doesn't wait by itself while another process makes the same one."""
    for _ in range(_TRIES):
        try:
            change()
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                raise
            time.sleep(_PAUSE)
    change()


class Store:
    """A library opened for reading, and for writing inside ``with store.write():``.

    One Store belongs to one thread at a time; open another for another thread.
    """

    def __init__(self, connection: sqlite3.Connection, folder: Path, writable: bool) -> None:
        self._db = connection
        self.folder = folder
        self._writable = writable
        self._depth = 0

    @classmethod
    def open(cls, folder: Path, *, create: bool = False) -> Self:
        """Open the library in ``folder``; ``create`` makes an empty one where there is none.

        Raises LibraryNotFound, LibraryUnreadable or LibrarySchemaDiffers.
        """
        path = folder / FILE_NAME
        try:
            if not path.exists():
                if not create:
                    raise LibraryNotFound(folder)
                folder.mkdir(parents=True, exist_ok=True)
            # WAL needs a file beside the database; where none can be written nobody else writes either.
            writable = os.access(folder, os.W_OK)
        except OSError as error:
            raise LibraryUnreadable(folder, error.strerror) from error
        try:
            name = f"{path.resolve().as_uri()}?{'mode=rwc' if writable else 'immutable=1'}"
            db = sqlite3.connect(name, uri=True, timeout=5, isolation_level=None, check_same_thread=False)
            try:
                cls._prepare(db, folder)
            except BaseException:
                db.close()
                raise
        except sqlite3.Error as error:
            raise LibraryUnreadable(folder, error) from error
        return cls(db, folder, writable)

    @staticmethod
    def _prepare(db: sqlite3.Connection, folder: Path) -> None:
        version = db.execute("PRAGMA user_version").fetchone()[0]
        if version not in (0, SCHEMA_VERSION):
            raise LibrarySchemaDiffers(folder, version, SCHEMA_VERSION)
        db.execute("PRAGMA foreign_keys = ON")
        if version == 0:
            _retried(lambda: db.execute("PRAGMA journal_mode = WAL"))
            schema = _SCHEMA.read_text("utf-8")
            try:
                db.executescript(f"BEGIN IMMEDIATE;{schema}\nPRAGMA user_version = {SCHEMA_VERSION};COMMIT;")
            except sqlite3.OperationalError:
                # Another process may have made the tables while this one waited for its turn.
                if db.execute("PRAGMA user_version").fetchone()[0] != SCHEMA_VERSION:
                    raise
                db.rollback()

    def close(self) -> None:
        self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def generation(self) -> int:
        """How many changes were committed: what caches are stamped with. Raises LibraryUnreadable."""
        return self._counted("generation")

    @property
    def lessons(self) -> int:
        """How many changes of what was taught, or looked at, were committed: they leave generation and caches as they are."""
        return self._counted("lessons")

    def _counted(self, key: str) -> int:
        try:
            row = self._db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        except sqlite3.Error as error:
            raise LibraryUnreadable(self.folder, error) from error
        return int(row[0])

    @property
    def mark(self) -> str:
        """Sixteen hex digits that the last change left: what is in the library now, and in no other, bears them.

        A restored backup may come to a generation that was there before with other content, but never to its mark.
        """
        return next((str(value) for (value,) in self.query("SELECT value FROM meta WHERE key = 'mark'")), "")

    def query(self, statement: str, values: Iterable[object] = ()) -> sqlite3.Cursor:
        """The rows of a statement, for the modules of this package that handle what no record class holds."""
        return self._db.execute(statement, tuple(values))

    @contextmanager
    def write(self, *, lesson: bool = False) -> Iterator[None]:
        """All or nothing: what the block wrote is committed at its end and undone if it raises.

        A block that wrote nothing leaves the generation as it was. Blocks nest: an inner one is a savepoint, so one
        bad source is undone alone inside a larger change. A ``lesson`` writes nothing but what was taught, or
        what somebody looked at, and is counted by itself.
        Raises LibraryBusy when another process is writing, LibraryReadOnly where the folder can't be written,
        LibraryUnwritable where the disk is full or fails.
        """
        if not self._writable:
            raise LibraryReadOnly(self.folder)
        name = f"level{self._depth}"
        try:
            self._db.execute(f"SAVEPOINT {name}" if self._depth else "BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            raise LibraryBusy(self.folder) from error
        if not self._depth and not (self.folder / FILE_NAME).exists():
            # Whoever began this library took it away (see discard) while this one waited: what is written now is lost.
            self._db.execute("ROLLBACK")
            raise LibraryBusy(self.folder)
        self._depth += 1
        before = self._db.total_changes
        try:
            yield
            if self._depth == 1 and self._db.total_changes > before:
                self._db.execute(
                    "UPDATE meta SET value = value + 1 WHERE key = ?", ("lessons" if lesson else "generation",)
                )
                if not lesson:
                    self._db.execute("REPLACE INTO meta VALUES ('mark', lower(hex(randomblob(8))))")
            self._db.execute("COMMIT" if self._depth == 1 else f"RELEASE {name}")
        except BaseException as error:
            # A full disk ends the transaction by itself.
            for undo in ("ROLLBACK",) if self._depth == 1 else (f"ROLLBACK TO {name}", f"RELEASE {name}"):
                if self._db.in_transaction:
                    self._db.execute(undo)
            if isinstance(error, sqlite3.OperationalError):
                raise LibraryUnwritable(self.folder, error) from error
            raise
        finally:
            self._depth -= 1

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """What is read inside the block is of one generation, whatever others write meanwhile."""
        self._db.execute("BEGIN")
        yield
        self._db.execute("COMMIT")

    def discard(self) -> None:
        """Take the files of a library that nobody has written yet away; one that somebody has, or is writing, stays."""
        self._db.execute("PRAGMA busy_timeout = 0")
        with suppress(LibraryBusy), self.write():
            if self.generation == self.lessons == 0:
                for path in self.folder.glob(f"{FILE_NAME}*"):
                    path.unlink(missing_ok=True)
                with suppress(OSError):  # the folder was there before and holds other things
                    self.folder.rmdir()

    def insert(self, records: Iterable[Any]) -> None:
        """Add records of one class."""
        rows = list(records)
        if rows:
            table = TABLES[type(rows[0])]
            self._db.executemany(insertion(table.name, table.columns), (row_of(row, table) for row in rows))

    def select(self, cls: type[Record], **equal: object) -> list[Record]:
        """The records of a class whose fields equal the given values, in the table's reading order."""
        table = TABLES[cls]
        unknown = equal.keys() - set(table.columns)
        if unknown:
            raise TypeError(f"{cls.__name__} has no field {unknown.pop()}")
        where = f" WHERE {' AND '.join(f'{name} = ?' for name in equal)}" if equal else ""
        rows = self._db.execute(
            f"SELECT {', '.join(table.columns)} FROM {table.name}{where} ORDER BY {table.order}",
            tuple(equal.values()),
        )
        return [record_of(cls, row, table) for row in rows]

    def shown(self, cls: type[Record]) -> list[Record]:
        """The documents that are shown on their own, or the records made from them, in the table's reading order.

        What nearly repeats another document is left out: its figures must not count twice.
        """
        table = TABLES[cls]
        where = (
            "same_as = ''" if cls is Document else "document_id NOT IN (SELECT id FROM document WHERE same_as <> '')"
        )
        rows = self._db.execute(
            f"SELECT {', '.join(table.columns)} FROM {table.name} WHERE {where} ORDER BY {table.order}"
        )
        return [record_of(cls, row, table) for row in rows]

    @property
    def claimed(self) -> Claimed:
        """What is claimed of places, to be asked for by place."""
        return Claimed(self._db)

    def sizes(self) -> list[Size]:
        """Every document in short, the ones shown and their near copies, without reading the texts into memory."""
        rows = self._db.execute(
            "SELECT d.id, d.source_id, d.title, d.place, d.same_as, length(d.text), count(r.ordinal) FROM document d"
            " LEFT JOIN repair r ON r.source_id = d.source_id AND r.document_id = d.id AND r.doubtful"
            " GROUP BY d.id ORDER BY d.source_id, d.ordinal"
        )
        return [Size(*row) for row in rows]

    def documents_of_sources(self) -> dict[str, int]:
        """Source id → how many documents were read from it, of those that gave any."""
        return dict(self._db.execute("SELECT source_id, count(*) FROM document GROUP BY source_id").fetchall())

    def guesses(self) -> dict[str, frozenset[str]]:
        """Document id → its fields that are guesses (confidence below UNSURE), of those that have any."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for document, name in self._db.execute(
            "SELECT document_id, field FROM evidence WHERE confidence < ?", (UNSURE,)
        ):
            found[document].add(name)
        return {document: frozenset(names) for document, names in found.items()}

    def concepts(self) -> frozenset[str]:
        """The concepts of the lexicon that the documents mention, by their prefLabels."""
        return frozenset(concept for (concept,) in self._db.execute("SELECT DISTINCT concept FROM concept_mention"))

    @property
    def changes(self) -> int:
        """How many rows this store has written."""
        return self._db.total_changes

    def count(self, cls: type) -> int:
        """How many records of a class there are."""
        return int(self._db.execute(f"SELECT count(*) FROM {TABLES[cls].name}").fetchone()[0])

    def document(self, document_id: str) -> Document:
        """One document. Raises DocumentNotFound."""
        found = self.select(Document, id=document_id)
        if not found:
            raise DocumentNotFound(document_id)
        return found[0]

    def content(self, source_id: str) -> bytes:
        """The bytes of a source, as they were given."""
        row = self._db.execute("SELECT content FROM source WHERE id = ?", (source_id,)).fetchone()
        return bytes(row[0])

    def parsed(self, document_id: str) -> ParsedDocument:
        """One document with all that reading it gave. Raises DocumentNotFound."""
        return ParsedDocument(
            self.document(document_id),
            tuple(self.select(Section, document_id=document_id)),
            tuple(self.select(Passage, document_id=document_id)),
            tuple(self.select(Repair, document_id=document_id)),
            tuple(self.select(Evidence, document_id=document_id)),
            next((signature.minhash for signature in self.select(Signature, document_id=document_id)), b""),
            tuple(self.select(Reading, document_id=document_id)),
            next((origin.runs for origin in self.select(Origin, document_id=document_id)), b""),
        )

    def put_source(self, parsed: ParsedSource) -> ParsedSource:
        """Add a source, in place of whatever had the same bytes or came from the same origin.

        Corrections that concern it hold again: the source is returned as it was stored, for claims to be made from.
        """
        with self.write():
            moved = followed(parsed, self.select(Correction))
            parsed = corrected(parsed, moved)
            self._follow(moved, parsed.source)
            self._db.execute("DELETE FROM source WHERE id = ? OR origin = ?", (parsed.source.id, parsed.source.origin))
            table = TABLES[Source]
            self._db.execute(
                insertion(table.name, (*table.columns, "content")),
                (*row_of(parsed.source, table), parsed.content),
            )
            if parsed.pages:
                self.insert([Paging(parsed.source.id, parsed.pages)])
            self.insert(parsed.repairs)
            for document in parsed.documents:
                self.insert([document.document])
                self.insert(document.evidence)
                if document.minhash:
                    self.insert([Signature(document.document.id, document.minhash)])
                if document.origin:
                    self.insert([Origin(document.document.id, document.origin)])
                self.insert(document.readings)
                self.insert(document.sections)
                self.insert(document.passages)
                self.insert(document.repairs)
        return parsed

    def _follow(self, moved: Mapping[Correction, Correction | None], source: Source) -> None:
        """Key corrections to the reports that they were found to concern. Where the bytes that they were made for are
        still here, read from elsewhere, they hold for those, too."""
        here = {kept.id for kept in self.select(Source) if source.id != kept.id and source.origin != kept.origin}
        gone = [old for old in moved if old.source_id not in here]
        self._replace_corrections(gone, (new for new in moved.values() if new is not None))

    def corrections_of(self, parsed: ParsedDocument) -> list[Correction]:
        """The corrections that hold for a stored document."""
        document = parsed.document
        return self.select(Correction, source_id=document.source_id, ordinal=document.ordinal, title=read_title(parsed))

    def put_corrections(self, parsed: ParsedDocument, corrections: Iterable[Correction]) -> ParsedDocument:
        """Let these corrections and no others hold for a stored document, which is returned as they make it.

        What was made from the document (claims, glossary) stays as it is: see graph.corrections.
        """
        kept = tuple(corrections)
        with self.write():
            self._replace_corrections(self.corrections_of(parsed), kept)
            made = applied(parsed, kept)
            before, document = asdict(parsed.document), made.document
            changed = {name: value for name, value in asdict(document).items() if value != before[name]}
            for name, value in changed.items():
                self._db.execute(f"UPDATE document SET {name} = ? WHERE id = ?", (value, document.id))
            for table in ("evidence", "reading"):
                self._db.execute(f"DELETE FROM {table} WHERE document_id = ?", (document.id,))
            self.insert(made.evidence)
            self.insert(made.readings)
        return made

    def _replace_corrections(self, old: Iterable[Correction], new: Iterable[Correction]) -> None:
        kept = tuple(new)
        for correction in (*old, *kept):
            self._db.execute(
                "DELETE FROM correction WHERE (source_id, origin, ordinal, title, field) = (?, ?, ?, ?, ?)",
                (correction.source_id, correction.origin, correction.ordinal, correction.title, correction.field),
            )
        self.insert(kept)

    def park_source(self, source_id: str) -> None:
        """Free the origin of a source whose file has other bytes now, until it is moved or removed."""
        self._db.execute("UPDATE source SET origin = id WHERE id = ?", (source_id,))

    def move_source(self, source_id: str, name: str, origin: str) -> None:
        """Note that the same bytes are read from elsewhere now."""
        self._db.execute("UPDATE source SET name = ?, origin = ? WHERE id = ?", (name, origin, source_id))
        self._db.execute("UPDATE correction SET origin = ? WHERE source_id = ?", (origin, source_id))

    def put_copies(self, same_as: Mapping[str, str]) -> None:
        """Say which documents are shown in place of which others; all that are not named are shown on their own."""
        with self.write():
            stale = [(i,) for (i,) in self._db.execute("SELECT id FROM document WHERE same_as <> ''")
                     if i not in same_as]  # fmt: skip
            self._db.executemany("UPDATE document SET same_as = '' WHERE id = ?", stale)
            self._db.executemany(
                "UPDATE document SET same_as = ?1 WHERE id = ?2 AND same_as <> ?1", [(b, a) for a, b in same_as.items()]
            )

    def remove_source(self, source_id: str) -> None:
        """Take a source out, with all that was made from it."""
        with self.write():
            self._db.execute("DELETE FROM source WHERE id = ?", (source_id,))
            # What was said of it holds on where its file, with other bytes now, has it, too; else it waits.
            self._db.execute(
                "DELETE FROM correction WHERE source_id = ?1 AND (field, made) IN"
                " (SELECT field, made FROM correction WHERE source_id <> ?1)",
                (source_id,),
            )

    def put_claims(self, claims: Iterable[Claim], facts: Iterable[Fact]) -> None:
        """Add the claims and facts of documents that have none yet."""
        with self.write():
            self.insert(claims)
            self.insert(facts)

    def remove_claims(self, document_id: str) -> None:
        """Take the claims and facts of a document out."""
        with self.write():
            self._db.execute("DELETE FROM claim WHERE document_id = ?", (document_id,))

    def put_glossary(self, glossary: Glossary) -> None:
        """Put a glossary, made from all documents, in place of the one before; only what differs is written."""
        with self.write():
            renewals = [
                Renewal(self._db, cls, records)
                for cls, records in (
                    (Term, glossary.terms),
                    (Definition, glossary.definitions),
                    (Relation, glossary.relations),
                    (Mention, glossary.mentions),
                    (ConceptMention, glossary.concept_mentions),
                    (Wording, glossary.wordings),
                    (Linked, glossary.linked),
                )
            ]
            for renewal in reversed(renewals):
                renewal.drop()
            for renewal in renewals:
                renewal.put()
            self._db.executemany(
                "UPDATE edit SET idle = ?1 WHERE ordinal = ?2 AND idle <> ?1",
                [(edit.idle, edit.ordinal) for edit in glossary.edits],
            )

    def undo_edits(self, ordinals: Iterable[int], undone: str, *, lesson: bool = False) -> None:
        """Let edits of the glossary hold no longer; it stays as it is until it is made anew. ``lesson`` as in ``write``:
        for edits that only said that somebody looked."""
        with self.write(lesson=lesson):
            self._db.executemany(
                "UPDATE edit SET undone = ?, idle = '' WHERE ordinal = ?", [(undone, ordinal) for ordinal in ordinals]
            )

    def put_lesson(self, lesson: Taught) -> None:
        """Let what was taught hold."""
        with self.write(lesson=True):
            self.insert([lesson])

    def undo_lesson(self, ordinal: int, undone: str) -> None:
        """Let what was taught hold no longer."""
        with self.write(lesson=True):
            self._db.execute("UPDATE taught SET undone = ? WHERE ordinal = ?", (undone, ordinal))
