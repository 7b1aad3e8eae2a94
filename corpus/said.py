"""What documents claim, read without keeping all of it in memory: place questions look through hundreds of thousands."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from corpus.model import Claim, Document, Fact, Polarity
from corpus.store import Store
from corpus.tables import TABLES, record_of

_SHOWN = "document_id NOT IN (SELECT id FROM document WHERE same_as <> '')"


@dataclass(frozen=True, slots=True)
class Said:
    """A claim in short: whose it is (``doer`` is place, code and level) and what it says, at ``start:end``."""

    id: str
    document_id: str
    start: int
    end: int
    text: str
    doer: tuple[str, ...]


def said(store: Store, polarity: Polarity) -> Iterator[Said]:
    """What the documents that are shown affirm, or deny, in reading order."""
    rows = store.query(
        "SELECT id, document_id, start, end, text, place, place_code, level FROM claim"
        f" WHERE polarity = ? AND {_SHOWN} ORDER BY {TABLES[Claim].order}",
        (polarity,),
    )
    for identity, document, start, end, text, *doer in rows:
        yield Said(identity, document, start, end, text, tuple(doer))


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
        f" AND f.end <= wanted.value ->> 2 ORDER BY wanted.key, f.start, f.end, f.id",
        (json.dumps(asked),),
    )
    found: dict[tuple[str, int, int], list[Fact]] = {}
    for number, *row in rows:
        found.setdefault(asked[number], []).append(record_of(Fact, tuple(row), table))
    return found


def headers(store: Store) -> list[Document]:
    """The documents that are shown, in reading order, without their texts, which are "" here."""
    table = TABLES[Document]
    columns = ", ".join("''" if name == "text" else name for name in table.columns)
    rows = store.query(f"SELECT {columns} FROM document WHERE same_as = '' ORDER BY {table.order}")
    return [record_of(Document, row, table) for row in rows]
