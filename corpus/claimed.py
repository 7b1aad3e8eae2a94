"""What is claimed of a place, read from the store by place: no more than that is read."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from corpus.model import Level
from corpus.tables import TABLES, Record, record_of


@dataclass(frozen=True, slots=True)
class DoerCount:
    """How many claims there are of a place or unit in the documents of ``parent`` ("" for its own)."""

    place: str
    code: str
    level: Level
    parent: str
    parent_code: str
    claims: int


class Claimed:
    """Questions about the claims of places, on a store's connection."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    def inside(self, cls: type[Record], place: str) -> list[Record]:
        """The records of a class (facts, mentions) that stand in what is claimed of a place, in the reading order."""
        table = TABLES[cls]
        columns = ", ".join(f"t.{name}" for name in table.columns)
        rows = self._db.execute(
            # The claims of one place are few: they are asked first, for what stands in each.
            f"SELECT DISTINCT {columns} FROM claim c CROSS JOIN {table.name} t"
            " ON t.document_id = c.document_id AND t.start BETWEEN c.start AND c.end AND t.end <= c.end"
            f" WHERE c.place = ? ORDER BY {', '.join(f't.{name}' for name in table.order.split(', '))}",
            (place,),
        )
        return [record_of(cls, row, table) for row in rows]

    def doers(self) -> list[DoerCount]:
        """Everybody of whom the documents that are shown claim something, by the place whose documents do."""
        rows = self._db.execute(
            "SELECT place, place_code, level, parent, parent_code, count(*) FROM claim"
            " WHERE place <> '' AND polarity = 'affirmed'"
            " AND document_id NOT IN (SELECT id FROM document WHERE same_as <> '')"
            " GROUP BY place, place_code, level, parent, parent_code ORDER BY place, place_code, level, parent"
        )
        return [DoerCount(*row) for row in rows]

    def spoken(self, places: Iterable[str]) -> list[tuple[str, str, str, int]]:
        """(place, code, concept, claims) of the concepts in what places did or are doing, by documents that are shown."""
        names = list(places)
        return self._db.execute(
            "SELECT c.place, c.place_code, m.concept, count(DISTINCT c.id) FROM claim c CROSS JOIN concept_mention m"
            " ON m.document_id = c.document_id AND m.start BETWEEN c.start AND c.end AND m.end <= c.end"
            f" WHERE c.place IN ({', '.join('?' * len(names))}) AND c.polarity = 'affirmed' AND c.status <> 'planned'"
            " AND c.document_id NOT IN (SELECT id FROM document WHERE same_as <> '')"
            " GROUP BY c.place, c.place_code, m.concept ORDER BY c.place, c.place_code, m.concept",
            names,
        ).fetchall()

    def spread(self) -> dict[str, int]:
        """Concept → how many provinces, cities and counties have a sentence about it that gives a figure."""
        rows = self._db.execute(
            "SELECT m.concept, count(DISTINCT c.place) FROM claim c JOIN concept_mention m"
            " ON m.document_id = c.document_id AND m.start >= c.start AND m.start < c.end AND m.end <= c.end"
            " WHERE c.place <> '' AND c.polarity = 'affirmed' AND c.level IN ('province', 'city', 'county')"
            " AND c.document_id NOT IN (SELECT id FROM document WHERE same_as <> '') AND EXISTS (SELECT 1 FROM fact f"
            " WHERE f.document_id = c.document_id AND f.start >= c.start AND f.start < c.end)"
            " GROUP BY m.concept ORDER BY m.concept"
        )
        return dict(rows.fetchall())
