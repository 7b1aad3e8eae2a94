"""What a library holds, and how it is changed: sources with all that was read from them, the glossary made of all."""

import json
import sqlite3
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

from corpus.candidates import Candidate
from corpus.claimed import Claimed
from corpus.corrections import applied, corrected, followed, read_title
from corpus.database import FILE_NAME, SCHEMA_VERSION, Database
from corpus.errors import DocumentNotFound
from corpus.laid import STATEMENTS, Laid, lay, source_of
from corpus.loading import Loading
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
    ParsedDocument,
    ParsedSource,
    Passage,
    Reading,
    Relation,
    Repair,
    Section,
    Sighted,
    Signature,
    Source,
    Taught,
    Term,
    Wording,
)
from corpus.tables import TABLES, insertion, rows_of

__all__ = ["FILE_NAME", "SCHEMA_VERSION", "Size", "Store"]


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


class Store(Database):
    """A library with what it holds. See Database for opening and writing it."""

    def __init__(self, connection: sqlite3.Connection, folder: Path, writable: bool) -> None:
        super().__init__(connection, folder, writable)
        #: Documents that left, or are no longer shown, that the glossary may have been made from, and the terms in them.
        self._left: tuple[set[str], set[str]] = set(), set()

    _loading: Loading | None = None

    @property
    def claimed(self) -> Claimed:
        """What is claimed of places, to be asked for by place."""
        return Claimed(self._db)

    def sizes(self) -> list[Size]:
        """Every document in short, the ones shown and their near copies, without reading the texts into memory."""
        rows = self._db.execute(
            "SELECT d.id, d.source_id, d.title, d.place, d.same_as, d.length, count(r.ordinal) FROM document d"
            " LEFT JOIN repair r ON r.source_id = d.source_id AND r.document_id = d.id AND r.doubtful"
            " GROUP BY d.id ORDER BY d.source_id, d.ordinal"
        )
        return [Size(*row) for row in rows]

    def editions(self, *, copies: bool = False) -> dict[str, str]:
        """Document id → its edition, of the documents that are shown, in order of their ids, and with ``copies`` of the others:
        another edition holds something else."""
        # The rows of documents would be as many pages to read; their ids are in an index, and copies, which are few, as well.
        # A damaged library may hold editions of documents that are lost.
        rows = self._db.execute(
            "SELECT document_id, mark FROM edition e WHERE EXISTS (SELECT 1 FROM document d WHERE d.id = e.document_id)"
            " ORDER BY document_id"
        )
        found = dict(rows.fetchall())
        if not copies:
            for (document,) in self._db.execute("SELECT id FROM document WHERE same_as <> ''"):
                found.pop(document, None)
        return found

    def passages_of(self, documents: Iterable[str]) -> dict[str, int]:
        """Document id → how many passages it has, of some documents."""
        statement = "SELECT count(*) FROM passage WHERE document_id = ?"
        return {document: self._db.execute(statement, (document,)).fetchone()[0] for document in documents}

    def copies(self) -> list[tuple[str, str, str, str]]:
        """Title and file of every near copy, and those of the document that is shown in its place."""
        rows = self._db.execute(
            "SELECT c.title, a.name, d.title, b.name FROM document c JOIN source a ON a.id = c.source_id"
            " JOIN document d ON d.id = c.same_as JOIN source b ON b.id = d.source_id"
            " WHERE c.same_as <> '' ORDER BY c.source_id, c.ordinal"
        )
        return rows.fetchall()

    def prints(self) -> dict[str, bytes]:
        """Document id → MinHash of its wording, of all that have one."""
        return dict(self._db.execute("SELECT document_id, minhash FROM signature").fetchall())

    def signed(self, documents: Iterable[str]) -> bool:
        """True where one of these has a MinHash."""
        asked = "SELECT 1 FROM signature WHERE document_id = ?"
        return any(self._db.execute(asked, (document,)).fetchone() for document in documents)

    def candidates(self, documents: Iterable[str]) -> list[Candidate]:
        """What tells whether these documents are near copies of one another."""
        statement = (
            "SELECT d.id, d.title, d.place, s.doubtful, s.length, s.minhash FROM signature s JOIN document d"
            " ON d.id = s.document_id WHERE s.document_id = ?"
        )
        return [Candidate(*row) for document_id in documents for row in self._db.execute(statement, (document_id,))]

    def documents_of_sources(self) -> dict[str, int]:
        """Source id → how many documents were read from it, of those that gave any."""
        return dict(self._db.execute("SELECT source_id, count(*) FROM document GROUP BY source_id").fetchall())

    def guesses(self) -> dict[str, frozenset[str]]:
        """Document id → its fields that are guesses (confidence below UNSURE), of those that have any."""
        rows = self._db.execute(
            "SELECT document_id, group_concat(field) FROM evidence WHERE confidence < ? GROUP BY document_id", (UNSURE,)
        )
        named = cache(lambda names: frozenset(names.split(",")))  # those of most documents are the same
        return {document: named(names) for document, names in rows}

    def concepts(self) -> frozenset[str]:
        """The concepts of the lexicon that the documents mention, by their prefLabels."""
        return frozenset(concept for (concept,) in self._db.execute("SELECT DISTINCT concept FROM concept_mention"))

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
            parsed = self.followed(parsed)
            self.put_laid(lay(parsed))
        return parsed

    @contextmanager
    def loading(self) -> Iterator[None]:
        """Many sources go in: where they are the first, indexes are made when the block ends; to take one out before takes
        long. Call it inside ``write()``."""
        self._loading = Loading(self._db, STATEMENTS)
        try:
            yield
            self._loading.end()
        finally:
            self._loading = None

    def put_laid(self, laid: Laid) -> None:
        """Add a source that is laid out already, with its claims, likewise; nothing that it has is corrected."""
        source = source_of(laid)
        with self.write():
            if self._loading is not None:
                self._loading.add(len(laid.get("document", ())))
            for (before,) in self._db.execute(
                "SELECT id FROM source WHERE id = ? OR origin = ?", (source.id, source.origin)
            ).fetchall():
                self._take_out(before)
            for name, statement in STATEMENTS.items():
                if rows := laid.get(name):
                    self._db.executemany(statement, rows)
            self._touched.update(row[0] for row in laid.get("document", ()))

    def is_corrected(self, source: Source) -> bool:
        """True where corrections concern a source, by its bytes or by where it was read."""
        rows = self._db.execute(
            "SELECT EXISTS (SELECT 1 FROM correction WHERE source_id = ? OR origin = ?)", (source.id, source.origin)
        )
        return bool(rows.fetchone()[0])

    def followed(self, parsed: ParsedSource) -> ParsedSource:
        """A source as the corrections make it that concern it; these are keyed to it from now on."""
        with self.write():
            moved = followed(parsed, self.select(Correction))
            self._follow(moved, parsed.source)
        return corrected(parsed, moved)

    def _follow(self, moved: Mapping[Correction, Correction | None], source: Source) -> None:
        """Key corrections to the reports that they were found to concern. Where the bytes that they were made for are
        still here, read from elsewhere, they hold for those, too."""
        if not moved:
            return
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
            self._touched.add(document.id)
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
        self._touched.update(
            i for (i,) in self._db.execute("SELECT id FROM document WHERE source_id = ?", (source_id,))
        )
        self._db.execute("UPDATE correction SET origin = ? WHERE source_id = ?", (origin, source_id))

    def orphans(self) -> list[str]:
        """The documents in whose place one was shown that is there no more."""
        rows = self._db.execute(
            "SELECT id FROM document c WHERE same_as <> '' AND NOT EXISTS (SELECT 1 FROM document d WHERE d.id = c.same_as)"
        )
        return [identity for (identity,) in rows]

    def put_copies(self, same_as: Mapping[str, str], among: Container[str] | None = None) -> None:
        """Say which documents are shown in place of which others; all that are not named are shown on their own. ``among``
        some: of others nothing is said."""
        with self.write():
            before = dict(self._db.execute("SELECT id, same_as FROM document WHERE same_as <> ''").fetchall())
            known = before.keys() if among is None else {identity for identity in before if identity in among}
            changed = [(i, same_as.get(i, "")) for i in known | same_as.keys()]
            changed = [(i, shown) for i, shown in changed if shown != before.get(i, "")]
            self._db.executemany("UPDATE document SET same_as = ?2 WHERE id = ?1", changed)
            self._touched.update(i for i, _ in changed)

    def remove_source(self, source_id: str) -> None:
        """Take a source out, with all that was made from it."""
        with self.write():
            self._take_out(source_id)
            # What was said of it holds on where its file, with other bytes now, has it, too; else it waits.
            self._db.execute(
                "DELETE FROM correction WHERE source_id = ?1 AND (field, made) IN"
                " (SELECT field, made FROM correction WHERE source_id <> ?1)",
                (source_id,),
            )

    def _take_out(self, source_id: str) -> None:
        for (document_id,) in self._db.execute("SELECT id FROM document WHERE source_id = ?", (source_id,)).fetchall():
            self._leave(document_id)
        self._db.execute("DELETE FROM source WHERE id = ?", (source_id,))

    def _leave(self, document_id: str) -> None:
        """Note what the glossary may have of a document that is about to leave."""
        documents, terms = self._left
        documents.add(document_id)
        for table in ("mention", "definition"):
            rows = self._db.execute(f"SELECT DISTINCT term_id FROM {table} WHERE document_id = ?", (document_id,))
            terms.update(term for (term,) in rows)

    def put_claims(self, claims: Iterable[Claim], facts: Iterable[Fact]) -> None:
        """Add the claims and facts of documents that have none yet."""
        with self.write():
            for told in (tuple(claims), tuple(facts)):
                self._touched.update(one.document_id for one in told)
                self.insert(told)

    def remove_claims(self, document_id: str) -> None:
        """Take the claims and facts of a document out."""
        with self.write():
            self._touched.add(document_id)
            self._db.execute("DELETE FROM claim WHERE document_id = ?", (document_id,))

    def put_glossary(self, glossary: Glossary) -> None:
        """Put a glossary, made from all documents, in place of the one before; only what differs is written."""
        from corpus.mentions import Mentions  # with numpy: nobody who only reads waits for it
        from corpus.renewal import Renewal

        with self.write():
            renewals = [
                Renewal(self._db, cls, records)
                for cls, records in (
                    (Term, glossary.terms),
                    (Definition, glossary.definitions),
                    (Relation, glossary.relations),
                    (Mention, Mentions.of(glossary.mentions)),
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

    def put_read(self, found: Sighted, spoken: Iterable[Sequence[object]]) -> None:
        """Keep what a document by itself gives to the glossary, and the concepts that it speaks of (fields of
        ConceptMention), in place of what other rules found."""
        with self.write():
            self._touched.add(found.document_id)
            self._db.execute("DELETE FROM concept_mention WHERE document_id = ?", (found.document_id,))
            self._db.execute("DELETE FROM sighted WHERE document_id = ?", (found.document_id,))
            self.insert([found])
            self.insert_rows(ConceptMention, spoken)

    def put_linked(self, linked: Sequence[Linked]) -> None:
        """Keep where labels stand in documents, in place of what was kept for them."""
        with self.write():
            table = TABLES[Linked]
            self._db.executemany(f"REPLACE{insertion(table.name, table.columns)[6:]}", rows_of(linked, table))

    def forget_hidden(self) -> None:
        """Forget what was found in documents that are not shown on their own any more: what stands there and what they give
        to the glossary."""
        with self.write():
            hidden = (
                "SELECT id FROM document WHERE same_as <> ''"
                " AND EXISTS (SELECT 1 FROM sighted WHERE document_id = document.id)"
            )
            for (document_id,) in self._db.execute(hidden).fetchall():
                self._leave(document_id)
                for table in ("sighted", "linked", "concept_mention", "mention", "definition"):
                    self._db.execute(f"DELETE FROM {table} WHERE document_id = ?", (document_id,))

    def unlinked(self) -> dict[str, int]:
        """Those of the touched documents that are shown and of which nobody has noted yet where labels stand, with how many
        passages each has."""
        asked = (
            "SELECT 1 FROM document WHERE id = ?1 AND same_as = ''"
            " AND NOT EXISTS (SELECT 1 FROM linked WHERE document_id = ?1)"
        )
        return self.passages_of(name for name in sorted(self.touched) if self._db.execute(asked, (name,)).fetchone())

    def tidy_glossary(self) -> None:
        """Take out of the glossary what stood only in documents that left since it was opened, or last tidied."""
        (documents, terms), self._left = self._left, (set(), set())
        with self.write():
            for term in terms:
                self._db.execute(
                    "DELETE FROM term WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM mention WHERE term_id = ?1)"
                    " AND NOT EXISTS (SELECT 1 FROM definition WHERE term_id = ?1)",
                    (term,),
                )
                self._db.execute(
                    "UPDATE term SET status = 'unexplained' WHERE id = ?1 AND status = 'explained' AND NOT EXISTS"
                    " (SELECT 1 FROM definition WHERE term_id = ?1 AND strength = 'explained')",
                    (term,),
                )
            if documents:
                shown = "EXISTS (SELECT 1 FROM document d WHERE d.id = relation.document_id AND d.same_as = '')"
                self._db.execute(
                    f"DELETE FROM relation WHERE document_id IN (SELECT value FROM json_each(?)) AND NOT {shown}",
                    (json.dumps([*documents]),),
                )

    def put_wordings(self, wordings: Iterable[Wording]) -> None:
        """Keep which labels all documents were searched for."""
        from corpus.renewal import Renewal

        with self.write():
            renewal = Renewal(self._db, Wording, wordings)
            renewal.drop()
            renewal.put()

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
