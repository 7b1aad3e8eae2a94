import sqlite3

import pytest

from corpus.model import Mention, Term
from corpus.renewal import Renewal


@pytest.fixture
def db() -> sqlite3.Connection:
    made = sqlite3.connect(":memory:", isolation_level=None)
    made.executescript(
        "PRAGMA foreign_keys = ON;"
        "CREATE TABLE term (id TEXT PRIMARY KEY, label TEXT, kind TEXT, status TEXT, aliases TEXT);"
        "CREATE TABLE mention (term_id TEXT REFERENCES term ON DELETE CASCADE, document_id TEXT, passage_id TEXT,"
        " start INTEGER, end INTEGER, PRIMARY KEY (document_id, start, end, term_id)) WITHOUT ROWID;"
    )
    return made


def term(name: str, *aliases: str) -> Term:
    return Term(name, f"名{name}", "concept", "unexplained", aliases)


def renew(db: sqlite3.Connection, terms: list[Term], mentions: list[Mention]) -> int:
    before = db.total_changes
    both = [Renewal(db, Term, terms), Renewal(db, Mention, mentions)]
    for renewal in reversed(both):
        renewal.drop()
    for renewal in both:
        renewal.put()
    return db.total_changes - before


def test_only_what_differs_is_written(db: sqlite3.Connection) -> None:
    mentions = [Mention("a", "d", "p", 0, 2), Mention("b", "d", "p", 4, 6)]
    assert renew(db, [term("a"), term("b")], mentions) == 4
    assert renew(db, [term("a"), term("b")], mentions) == 0
    # A term that changes keeps its mentions, one that goes takes them with it, a mention may move to another passage.
    assert renew(db, [term("a", "别名"), term("c")], [Mention("a", "d", "q", 0, 2), Mention("c", "d", "p", 4, 6)]) == 6
    assert db.execute("SELECT id, aliases FROM term ORDER BY id").fetchall() == [("a", '["别名"]'), ("c", "[]")]
    assert db.execute("SELECT term_id, passage_id FROM mention ORDER BY start").fetchall() == [("a", "q"), ("c", "p")]
