"""What the documents that are shown hold, read row after row: a large library's texts don't fit in memory together."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from corpus.store import Store

_SHOWN = "document_id NOT IN (SELECT id FROM document WHERE same_as <> '')"


@dataclass(frozen=True, slots=True)
class Spoken:
    """The concepts in a document: ``passages`` are its passages' ids in order, ``mentions`` (passage id, concept, the words
    that stand for it), in reading order."""

    passages: tuple[str, ...]
    mentions: tuple[tuple[str, str, str], ...]


def texts(store: Store, documents: Iterable[str]) -> Iterator[str]:
    """The texts of the passages of some documents, in their order."""
    return (text for text, _, _ in written(store, documents))


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
