"""How the records of ``corpus.model`` lie in the tables of ``schema.sql``: a class is a table, a field a column."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from operator import attrgetter
from typing import Any, Self, TypeVar, get_type_hints

from corpus.model import (
    Claim,
    ConceptMention,
    Correction,
    Definition,
    Document,
    Edit,
    Evidence,
    Fact,
    Linked,
    Mention,
    Origin,
    Paging,
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
from corpus.revisions import Novelty, Revision, Standing

Record = TypeVar("Record")


@dataclass(frozen=True, slots=True)
class Table:
    """How a record class lies in its table: columns, reading order, positions of JSON arrays and of booleans."""

    name: str
    order: str
    columns: tuple[str, ...]
    arrays: frozenset[int]
    booleans: frozenset[int]

    @classmethod
    def of(cls, record: type, name: str, order: str) -> Self:
        hints = get_type_hints(record)
        columns = tuple(field.name for field in fields(record))
        return cls(
            name,
            order,
            columns,
            frozenset(i for i, column in enumerate(columns) if hints[column] == tuple[str, ...]),
            frozenset(i for i, column in enumerate(columns) if hints[column] is bool),
        )


TABLES: dict[type, Table] = {
    record: Table.of(record, name, order)
    for record, name, order in (
        (Source, "source", "name, id"),
        (Document, "document", "source_id, ordinal"),
        (Signature, "signature", "document_id"),
        (Evidence, "evidence", "document_id, field"),
        (Reading, "reading", "document_id, field"),
        (Correction, "correction", "origin, ordinal, title, field, source_id"),
        (Section, "section", "document_id, ordinal"),
        (Passage, "passage", "document_id, ordinal"),
        (Repair, "repair", "source_id, document_id, ordinal"),
        (Origin, "origin", "document_id"),
        (Paging, "paging", "source_id"),
        (Term, "term", "label, id"),
        (Definition, "definition", "term_id, preferred DESC, strength DESC, document_id, start, id"),
        (Relation, "relation", "source_id, kind, target_id"),
        (Edit, "edit", "ordinal"),
        (Taught, "taught", "ordinal"),
        (Revision, "revision", "ordinal DESC"),
        (Novelty, "novelty", "revision DESC, ordinal"),
        (Standing, "standing", "term_id"),
        (Mention, "mention", "document_id, start, end, term_id"),
        (ConceptMention, "concept_mention", "document_id, start, end, concept"),
        (Wording, "wording", "key"),
        (Linked, "linked", "document_id"),
        (Sighted, "sighted", "document_id"),
        (Claim, "claim", "document_id, start, id"),
        (Fact, "fact", "document_id, start, id"),
    )
}


def rows_of(records: Iterable[Any], table: Table) -> Iterator[Sequence[Any]]:
    """The columns of records of one class, as SQLite takes them."""
    values = attrgetter(*table.columns)
    return (row_of(record, table) for record in records) if table.arrays else map(values, records)


def row_of(record: Any, table: Table) -> list[Any]:
    """The columns of a record, as SQLite takes them."""
    values = [getattr(record, name) for name in table.columns]
    for i in table.arrays:
        values[i] = _written(values[i])
    return values


@lru_cache(256)
def _written(array: tuple[str, ...]) -> str:
    """An array as it is stored; neighbouring passages have the same headings."""
    return json.dumps(array, ensure_ascii=False)


@lru_cache(256)
def _read(written: str) -> tuple[str, ...]:
    return tuple(json.loads(written))


def record_of(cls: type[Record], row: tuple[Any, ...], table: Table) -> Record:
    """The record that a row holds."""
    values = list(row)
    for i in table.arrays:
        values[i] = _read(values[i])
    for i in table.booleans:
        values[i] = bool(values[i])
    return cls(*values)


def insertion(table: str, columns: tuple[str, ...]) -> str:
    """The statement that adds a row."""
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"
