"""What the documents that are shown hold, read row after row: a large library's texts don't fit in memory together."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.store import Store

_SHOWN = "document_id NOT IN (SELECT id FROM document WHERE same_as <> '')"


@dataclass(frozen=True, slots=True)
class Spoken:
    """The concepts in a document: ``passages`` are its passages' ids in order, ``mentions`` (passage id, concept, the words
    that stand for it), in reading order."""

    passages: tuple[str, ...]
    mentions: tuple[tuple[str, str, str], ...]


def texts(store: Store) -> Iterator[str]:
    """The texts of the passages, in the order of ``Store.shown``."""
    return (text for text, _ in written(store))


def written(store: Store) -> Iterator[tuple[str, tuple[str, ...]]]:
    """(text, headings) of the passages, in the order of ``Store.shown``."""
    rows = store.query(f"SELECT text, headings FROM passage WHERE {_SHOWN} ORDER BY document_id, ordinal")
    before, headings = "[]", tuple[str, ...]()
    for text, told in rows:
        if told != before:
            before, headings = told, tuple(json.loads(told))
        yield text, headings


def spoken(store: Store) -> Iterator[Spoken]:
    """The concepts that the documents speak of, in the order of their passages."""
    for document, text in store.query("SELECT id, text FROM document WHERE same_as = '' ORDER BY id"):
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
