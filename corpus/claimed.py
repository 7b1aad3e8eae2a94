"""What documents claim, read without keeping all of it in memory: place questions look through hundreds of thousands."""

import json
from collections.abc import Iterable, Iterator

from corpus.model import Claim, Document, Fact
from corpus.store import Store
from corpus.tables import TABLES, record_of

_SHOWN = "document_id NOT IN (SELECT id FROM document WHERE same_as <> '')"


def affirmed(store: Store) -> Iterator[tuple[str, str]]:
    """(id, sentence) of what the documents that are shown say was done, is being done or is planned, in reading order."""
    order = TABLES[Claim].order
    rows = store.query(f"SELECT id, text FROM claim WHERE polarity = 'affirmed' AND {_SHOWN} ORDER BY {order}")
    yield from rows


def claims_by_id(store: Store, ids: Iterable[str]) -> dict[str, Claim]:
    """The claims with these ids; those that aren't there any more are left out."""
    table = TABLES[Claim]
    columns = ", ".join(f"c.{name}" for name in table.columns)
    rows = store.query(
        f"SELECT {columns} FROM json_each(?) AS wanted CROSS JOIN claim c ON c.id = wanted.value",
        (json.dumps(list(ids)),),
    )
    claims = (record_of(Claim, row, table) for row in rows)
    return {claim.id: claim for claim in claims}


def facts_within(store: Store, spans: Iterable[tuple[str, int, int]]) -> dict[tuple[str, int, int], list[Fact]]:
    """The facts that stand in spans of documents (id, start, end), in reading order, by span."""
    asked = list(dict.fromkeys(spans))
    table = TABLES[Fact]
    columns = ", ".join(f"f.{name}" for name in table.columns)
    rows = store.query(
        f"SELECT wanted.key, {columns} FROM json_each(?) AS wanted CROSS JOIN fact f"
        " ON f.document_id = wanted.value ->> 0 AND f.start BETWEEN wanted.value ->> 1 AND wanted.value ->> 2"
        f" AND f.end <= wanted.value ->> 2 ORDER BY wanted.key, f.start, f.id",
        (json.dumps(asked),),
    )
    found: dict[tuple[str, int, int], list[Fact]] = {}
    for number, *row in rows:
        found.setdefault(asked[number], []).append(record_of(Fact, tuple(row), table))
    return found


def named(store: Store) -> set[str]:
    """The places and units of which the documents that are shown say something."""
    return {place for (place,) in store.query(f"SELECT DISTINCT place FROM claim WHERE place <> '' AND {_SHOWN}")}


def headers(store: Store) -> list[Document]:
    """The documents that are shown, in reading order, without their texts, which are "" here."""
    table = TABLES[Document]
    columns = ", ".join("''" if name == "text" else name for name in table.columns)
    rows = store.query(f"SELECT {columns} FROM document WHERE same_as = '' ORDER BY {table.order}")
    return [record_of(Document, row, table) for row in rows]
