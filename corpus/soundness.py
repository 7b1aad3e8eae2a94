"""Whether a library holds together: pages, references, spans, bytes. Looks at all there is; texts are sampled."""

import hashlib
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.store import Store

_LINES = 10**9  # of SQLite's own report
_SAMPLE = 500  # records whose words are looked for in their document
#: Tables whose rows belong to a passage, which no foreign key says.
_OF_PASSAGE = ("claim", "fact", "mention", "concept_mention")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with how many rows of ``table``, in Chinese; ``mendable``: they can be taken out, and what is left is
    sound."""

    table: str
    wrong: str
    count: int
    mendable: bool = False


def faults(store: Store) -> list[Fault]:
    """What is wrong with a library, the most serious first; nothing else is looked at where its pages are damaged."""
    try:
        # SQLite 3.40 sees NULL in every row of a table without row numbers whose key isn't its first columns.
        lines = (str(line) for (line,) in store.query(f"PRAGMA integrity_check({_LINES})"))
        told = [line for line in lines if line != "ok" and not line.startswith("NULL value in ")]
    except sqlite3.DatabaseError as error:
        told = [str(error)]
    if told:
        return [Fault("gongzhi.db", f"文件损坏（{told[0]}），请从备份恢复", len(told))]
    return [*_dangling(store), *_misplaced(store), *_altered(store)]


def _dangling(store: Store) -> Iterator[Fault]:
    """Rows that refer to what isn't there."""
    tables = [str(table) for table, *_ in store.query("PRAGMA foreign_key_check")]
    for table in sorted(set(tables)):
        yield Fault(table, "所属的文献或来源已经不在", tables.count(table), mendable=True)
    for table in _OF_PASSAGE:
        if count := store.query(f"SELECT count(*) FROM {table} WHERE {_LOST}").fetchone()[0]:
            yield Fault(table, "所属的段落已经不在", count, mendable=True)
    lost = "same_as <> '' AND same_as NOT IN (SELECT id FROM document)"
    if count := store.query(f"SELECT count(*) FROM document WHERE {lost}").fetchone()[0]:
        yield Fault("document", "所重复的文献已经不在", count, mendable=True)


_LOST = "passage_id <> '' AND passage_id NOT IN (SELECT id FROM passage)"


def _misplaced(store: Store) -> Iterator[Fault]:
    """Passages and claims that are not what stands at their place in the document."""
    for table in ("passage", "claim"):
        total = store.query(f"SELECT count(*) FROM {table}").fetchone()[0]
        every = max(total // _SAMPLE, 1)
        count = store.query(
            f"SELECT count(*) FROM (SELECT t.*, row_number() OVER (ORDER BY id) AS n FROM {table} t) t"
            " JOIN document d ON d.id = t.document_id"
            " WHERE t.n % ? = 0 AND substr(d.text, t.start + 1, t.end - t.start) <> t.text",
            (every,),
        ).fetchone()[0]
        if count:
            yield Fault(table, f"与文献原文不符（每 {every} 条抽查 1 条），请重新 ingest", count)


def _altered(store: Store) -> Iterator[Fault]:
    """Sources whose bytes are not those that they are named after."""
    count = 0
    for (identity,) in store.query("SELECT id FROM source WHERE length(content) > 0").fetchall():
        count += hashlib.sha256(store.content(identity)).hexdigest()[:16] != identity
    if count:
        yield Fault("source", "留存的原件与编号不符，请重新 ingest", count)


def mend(store: Store) -> None:
    """Take out the rows that refer to what isn't there. Raises what ``Store.write`` raises."""
    with store.write():
        for _ in range(8):  # what is taken out may leave others behind
            found = store.query("PRAGMA foreign_key_check").fetchall()
            for table, row, *_ in found:
                if row is None:  # a table without row numbers: by what its rows refer to
                    _mend_unnumbered(store, table)
                else:
                    store.query(f"DELETE FROM {table} WHERE rowid = ?", (row,))
            if not found:
                break
        for table in _OF_PASSAGE:
            store.query(f"DELETE FROM {table} WHERE {_LOST}")
        store.query("UPDATE document SET same_as = '' WHERE same_as NOT IN (SELECT id FROM document)")
        for (document,) in store.query("SELECT id FROM document").fetchall():  # which have lost something isn't known
            store.touch(document)


def _mend_unnumbered(store: Store, table: str) -> None:
    for _, _, parent, column, to, *_ in store.query(f"PRAGMA foreign_key_list({table})").fetchall():
        store.query(f"DELETE FROM {table} WHERE {column} NOT IN (SELECT {to or 'id'} FROM {parent})")
