"""What documents claim, read without keeping all of it in memory: place questions look through hundreds of thousands."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import starmap
from typing import NamedTuple, TypeVar

from corpus.errors import DocumentNotFound
from corpus.model import Claim, ClaimStatus, Document, Fact, How, Level, Passage, Polarity, Repair, Term
from corpus.store import Store
from corpus.tables import TABLES, record_of

_REMEMBERED = 4096  # documents whose headers are kept
Identified = TypeVar("Identified", Claim, Fact, Passage, Term)

_HEAD = ", ".join("''" if name == "text" else f"document.{name}" for name in TABLES[Document].columns)
_SHOWN = "document_id NOT IN (SELECT id FROM document WHERE same_as <> '')"


class Doer(NamedTuple):
    """Whose a claim is."""

    place: str
    place_code: str
    level: Level


class Manner(NamedTuple):
    """What a claim is, as in ``Claim``; ``figured``: figures that may be trusted stand in it."""

    how: How
    status: ClaimStatus
    parent: str
    parent_code: str
    period: str
    figured: bool


@dataclass(frozen=True, slots=True)
class Said:
    """A claim in short: whose and what it is and what it says, at ``start:end``."""

    id: str
    document_id: str
    start: int
    end: int
    text: str
    doer: Doer
    manner: Manner


def said(store: Store, polarity: Polarity, documents: Iterable[str]) -> Iterator[Said]:
    """What some documents affirm, or deny, in their order."""
    statement = (
        "SELECT id, document_id, start, end, text, place, place_code, level, how, status, parent, parent_code, period,"
        " EXISTS (SELECT 1 FROM fact f WHERE f.document_id = claim.document_id AND f.doubtful = ''"
        "  AND f.start BETWEEN claim.start AND claim.end AND f.end <= claim.end)"
        f" FROM claim WHERE document_id = ? AND polarity = ? ORDER BY {TABLES[Claim].order}"
    )
    for row in (row for name in documents for row in store.query(statement, (name, polarity))):
        identity, document, start, end, text, place, code, level, how, status, parent, inside, period, figured = row
        manner = Manner(how, status, parent, inside, period, bool(figured))
        yield Said(identity, document, start, end, text, Doer(place, code, level), manner)


def by_id(store: Store, cls: type[Identified], ids: Iterable[str]) -> dict[str, Identified]:
    """The claims, facts, passages or terms with these ids; those that aren't there any more are left out."""
    table = TABLES[cls]
    columns = ", ".join(f"t.{name}" for name in table.columns)
    rows = store.query(
        f"SELECT {columns} FROM json_each(?) AS wanted CROSS JOIN {table.name} t ON t.id = wanted.value",
        (json.dumps(list(ids)),),
    )
    found = (record_of(cls, row, table) for row in rows)
    return {one.id: one for one in found}


def doubtful_facts(store: Store) -> list[Fact]:
    """The facts of documents that are shown which must not be trusted, in reading order."""
    table = TABLES[Fact]
    rows = store.query(
        f"SELECT {', '.join(table.columns)} FROM fact WHERE doubtful <> '' AND {_SHOWN} ORDER BY {table.order}"
    )
    return [record_of(Fact, row, table) for row in rows]


def lost_numbers(store: Store) -> Iterator[tuple[Repair, Claim]]:
    """Where a number is lost, with each claim of a document that is shown around it, in the order of the claims."""
    repairs, claims = TABLES[Repair], TABLES[Claim]
    lost: defaultdict[str, list[Repair]] = defaultdict(list)
    for row in store.query(
        f"SELECT {', '.join(repairs.columns)} FROM repair"
        f" WHERE doubtful AND kind = 'lost_number' AND {_SHOWN} ORDER BY {repairs.order}"
    ):
        repair = record_of(Repair, row, repairs)
        lost[repair.document_id].append(repair)
    for document in sorted(lost):
        for row in store.query(
            f"SELECT {', '.join(claims.columns)} FROM claim WHERE document_id = ? ORDER BY {claims.order}", (document,)
        ):
            claim = record_of(Claim, row, claims)
            for repair in lost[document]:
                if claim.start <= repair.start and repair.end <= claim.end:
                    yield repair, claim


def facts_within(store: Store, spans: Iterable[tuple[str, int, int]]) -> dict[tuple[str, int, int], list[Fact]]:
    """The facts that stand in spans of documents (id, start, end), in reading order, by span."""
    table = TABLES[Fact]
    # One by one: that is faster than to have the database take the spans apart.
    statement = (
        f"SELECT {', '.join(table.columns)} FROM fact"
        " WHERE document_id = ?1 AND start BETWEEN ?2 AND ?3 AND end <= ?3 ORDER BY start, end, id"
    )
    told = ((span, store.query(statement, span).fetchall()) for span in dict.fromkeys(spans))
    return {span: [record_of(Fact, row, table) for row in rows] for span, rows in told if rows}


def concepts_within(store: Store, document_id: str, start: int, end: int) -> list[tuple[str, int, int]]:
    """(concept, start, end) of the concepts that are named in a span of a document, in reading order."""
    rows = store.query(
        "SELECT concept, start, end FROM concept_mention WHERE document_id = ?1 AND start BETWEEN ?2 AND ?3 AND end <= ?3"
        " ORDER BY start, end, concept",
        (document_id, start, end),
    )
    return rows.fetchall()


def written_at(store: Store, passage_id: str, document_id: str, start: int, end: int) -> str:
    """What stands in a span of a document, most often inside a passage, which takes one page to read and not several."""
    for statement, identity in (
        (
            "SELECT substr(text, ?2 - start + 1, ?3 - ?2) FROM passage WHERE id = ?1 AND start <= ?2 AND ?3 <= end",
            passage_id,
        ),
        ("SELECT substr(text, ?2 + 1, ?3 - ?2) FROM document WHERE id = ?1", document_id),
    ):
        for (text,) in store.query(statement, (identity, start, end)):
            return str(text)
    raise DocumentNotFound(document_id)


def headers(store: Store, *, copies: bool = False) -> list[Document]:
    """The documents that are shown, or with their near ``copies``, in reading order, without their texts, which are "" here."""
    return list(heads(store, copies=copies))


def headers_of(store: Store, documents: Iterable[str]) -> list[Document]:
    """Some of them, by their ids, in any order."""
    rows = store.query(
        f"SELECT {_HEAD} FROM json_each(?) AS wanted CROSS JOIN document ON document.id = wanted.value",
        (json.dumps(list(documents)),),
    )
    return list(starmap(Document, rows))


def copies(store: Store) -> list[Document]:
    """The near copies of documents that are shown, in reading order, without their texts."""
    return list(
        starmap(
            Document, store.query(f"SELECT {_HEAD} FROM document WHERE same_as <> '' ORDER BY {TABLES[Document].order}")
        )
    )


def heads(store: Store, *, copies: bool = False) -> Iterator[Document]:
    """Likewise, one after the other."""
    where = "" if copies else "WHERE same_as = ''"
    rows = store.query(f"SELECT {_HEAD} FROM document {where} ORDER BY {TABLES[Document].order}")
    return starmap(Document, rows)  # no column of it is kept in another form


class Headers(Mapping[str, Document]):
    """The documents that are shown, by id, in reading order; each is read, without its text, when it is looked at."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._read = lru_cache(_REMEMBERED)(self._header)

    def _header(self, document_id: str) -> Document | None:
        rows = self._store.query(f"SELECT {_HEAD} FROM document WHERE id = ? AND same_as = ''", (document_id,))
        return next(starmap(Document, rows), None)

    def __getitem__(self, document_id: str) -> Document:
        if (found := self._read(document_id)) is None:
            raise KeyError(document_id)
        return found

    def __iter__(self) -> Iterator[str]:
        return (document.id for document in heads(self._store))

    def __len__(self) -> int:
        return sum(1 for _ in self)
