"""What a library holds, counted by the database: an object for each of a large library's rows would be millions."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from corpus.model import Document, Mention
from corpus.store import Store
from corpus.tables import TABLES

_SHOWN = "document_id NOT IN (SELECT id FROM document WHERE same_as <> '')"


class Use(NamedTuple):
    """How many documents use a term, and in how many places."""

    documents: int
    mentions: int


#: Of a term that no document uses.
NEVER = Use(0, 0)


class Stand(NamedTuple):
    """How often a document uses a term, and where it does first."""

    document_id: str
    term_id: str
    times: int
    start: int
    end: int


def tally(store: Store, cls: type, *columns: str, shown: bool = False) -> dict[tuple[Any, ...], int]:
    """Values of some columns, as they are stored → how many records of a class have them; ``shown``: only documents that
    are shown on their own, or what was made from them."""
    table = TABLES[cls]
    if unknown := set(columns) - set(table.columns):
        raise TypeError(f"{cls.__name__} has no field {unknown.pop()}")
    names = ", ".join(columns)
    where = ("same_as = ''" if cls is Document else _SHOWN) if shown else "true"
    rows = store.query(f"SELECT {names}, count(*) FROM {table.name} WHERE {where} GROUP BY {names}")
    return {tuple(values): number for *values, number in rows}


def usage(store: Store) -> dict[str, Use]:
    """Term id → how the documents that are shown use it; a term that none does is left out."""
    rows = store.query(
        f"SELECT term_id, count(DISTINCT document_id), count(*) FROM mention WHERE {_SHOWN} GROUP BY term_id"
    )
    return {term: Use(documents, mentions) for term, documents, mentions in rows}


def usage_of(store: Store, term_id: str) -> Use:
    """How all documents use one term."""
    (row,) = store.query("SELECT count(DISTINCT document_id), count(*) FROM mention WHERE term_id = ?", (term_id,))
    return Use(*row)


def standing(store: Store, documents: Iterable[str]) -> Iterator[Stand]:
    """The terms that some documents use, document by document in the order of the terms' ids."""
    statement = (
        "SELECT document_id, term_id, count(*), min(start << 32 | end) FROM mention WHERE document_id = ?"
        " GROUP BY term_id ORDER BY term_id"
    )
    for document in documents:
        for identity, term, times, span in store.query(statement, (document,)):
            yield Stand(identity, term, times, span >> 32, span & 0xFFFFFFFF)


def mentions_of(store: Store, term_id: str) -> Iterator[Mention]:
    """Where the documents that are shown use a term, in reading order; no more is read than is taken."""
    rows = store.query(
        "SELECT term_id, document_id, passage_id, start, end FROM mention WHERE term_id = ?"
        # Asked row by row: the first is often the only one that is wanted.
        " AND (SELECT same_as FROM document WHERE id = document_id) = '' ORDER BY document_id, start, end",
        (term_id,),
    )
    return (Mention(*row) for row in rows)


def only_there(store: Store) -> dict[str, list[str]]:
    """Document → the terms that no other one uses, in the order in which they come up, of documents that are shown."""
    rows = store.query(
        "WITH own AS (SELECT term_id, min(document_id) AS document_id, min(start) AS start FROM mention"
        f" WHERE {_SHOWN} GROUP BY term_id HAVING min(document_id) = max(document_id))"
        " SELECT document_id, term_id FROM own ORDER BY document_id, start, (SELECT min(m.end) FROM mention m"
        " WHERE m.term_id = own.term_id AND m.document_id = own.document_id AND m.start = own.start), term_id"
    )
    found: defaultdict[str, list[str]] = defaultdict(list)
    for document, term in rows:
        found[document].append(term)
    return dict(found)


def senses(store: Store) -> dict[str, int]:
    """Term id → the highest number of a sense, of those that documents that are shown define."""
    return dict(store.query(f"SELECT term_id, max(sense) FROM definition WHERE {_SHOWN} GROUP BY term_id").fetchall())


def sections_of_definitions(store: Store) -> dict[str, str]:
    """Definition id → the section that its passage stands in; "" above the first heading."""
    return dict(
        store.query(
            "SELECT d.id, p.section_id FROM definition d CROSS JOIN passage p ON p.id = d.passage_id"
        ).fetchall()
    )
