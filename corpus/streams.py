"""What the documents that are shown hold, read row after row: a large library's texts don't fit in memory together."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from corpus.model import Definition
from corpus.store import Store
from corpus.tables import TABLES, record_of

_SHOWN = "document_id NOT IN (SELECT id FROM document WHERE same_as <> '')"


@dataclass(frozen=True, slots=True)
class Spoken:
    """The concepts in a document: ``passages`` are its passages' ids in order, ``mentions`` (passage id, concept, the words
    that stand for it), in reading order."""

    passages: tuple[str, ...]
    mentions: tuple[tuple[str, str, str], ...]


def texts(store: Store, documents: Iterable[str]) -> Iterator[str]:
    """The texts of the passages of some documents, in their order."""
    statement = "SELECT text FROM passage WHERE document_id = ? ORDER BY ordinal"
    return (text for document in documents for (text,) in store.query(statement, (document,)))


def written(store: Store, documents: Iterable[str]) -> Iterator[tuple[str, tuple[str, ...], str]]:
    """(text, headings, status of the section) of the passages of some documents, in their order."""
    before, headings = "[]", tuple[str, ...]()
    for document in documents:
        for text, told, status in store.query(
            "SELECT p.text, p.headings, coalesce(s.status, '') FROM passage p LEFT JOIN section s ON s.id = p.section_id"
            " WHERE p.document_id = ? ORDER BY p.ordinal",
            (document,),
        ):
            if told != before:
                before, headings = told, tuple(json.loads(told))
            yield text, headings, status


def spoken(store: Store, documents: Iterable[str]) -> Iterator[Spoken]:
    """The concepts that some documents speak of, in the order of their passages."""
    for document in documents:
        ((text,),) = store.query("SELECT text FROM document WHERE id = ?", (document,))
        passages = store.query("SELECT id FROM passage WHERE document_id = ? ORDER BY ordinal", (document,))
        mentions = store.query(
            "SELECT passage_id, concept, start, end FROM concept_mention WHERE document_id = ?"
            " ORDER BY start, end, concept",
            (document,),
        )
        yield Spoken(
            tuple(identity for (identity,) in passages),
            tuple((passage, concept, text[start:end]) for passage, concept, start, end in mentions),
        )


def sizes(store: Store) -> dict[str, int]:
    """Document id → how many passages it has, of those that have any."""
    return dict(store.query("SELECT document_id, count(*) FROM passage GROUP BY document_id").fetchall())


def uses(store: Store) -> dict[str, int]:
    """Term id → how often the documents use it, of those that they use."""
    return dict(store.query(f"SELECT term_id, count(*) FROM mention WHERE {_SHOWN} GROUP BY term_id").fetchall())


class Planned:
    """The ids of the passages in sections that tell what is yet to be done; only asked whether some are among them."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def __contains__(self, passage_id: str) -> bool:
        asked = "SELECT s.status FROM passage p JOIN section s ON s.id = p.section_id WHERE p.id = ?"
        found = self._store.query(asked, (passage_id,)).fetchone()
        return found is not None and bool(found[0] == "plan")


def definitions(store: Store) -> Iterator[Definition]:
    """What explains or describes terms in the documents that are shown, in the table's reading order."""
    table = TABLES[Definition]
    rows = store.query(f"SELECT {', '.join(table.columns)} FROM definition WHERE {_SHOWN} ORDER BY {table.order}")
    return (record_of(Definition, row, table) for row in rows)


def sections(store: Store) -> Iterator[tuple[str, str]]:
    """(document id, title) of the headings."""
    return iter(store.query(f"SELECT document_id, title FROM section WHERE {_SHOWN} ORDER BY document_id, ordinal"))


def concepts(store: Store) -> dict[str, int]:
    """Concept of the lexicon → how often the documents speak of it."""
    rows = store.query(f"SELECT concept, count(*) FROM concept_mention WHERE {_SHOWN} GROUP BY concept")
    return dict(rows.fetchall())


def doers(store: Store) -> list[tuple[str, str, int]]:
    """(place, code, claims) of everybody of whom something is told, in the reading order of the first claim."""
    return store.query(
        f"SELECT place, place_code, count(*) FROM claim WHERE {_SHOWN} GROUP BY place, place_code"
        " ORDER BY min(document_id), place, place_code"
    ).fetchall()
