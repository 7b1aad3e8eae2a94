"""Kill ingestions at random moments: ``python kills.py FOLDER TIMES SEED`` prints a line of JSON for each.

Run as a process of its own: everything is imported once, and each ingestion is a fork of it, killed with SIGKILL.
"""

import hashlib
import json
import os
import random
import signal
import sqlite3
import sys
import time
from collections.abc import Callable
from pathlib import Path

from corpus.store import FILE_NAME, Store
from gongzhi.build import ingest as run
from gongzhi.reading import Task, read
from graph.glossary import build_glossary
from search.cache import Cache
from search.embedders import open_embedder
from search.engine import concept_indexes
from search.naming import spelt
from search.pinyin import spell
from tests.gongzhi.conftest import make_report

#: What tells how the library came to be as it is, and differs with every change.
HISTORY = ("meta", "revision", "novelty", "edition")
#: Two states of the folder: files are added, changed and taken away between them.
STATES = ({"甲.txt": 1, "乙.txt": 2}, {"甲.txt": 3, "丙.txt": 4, "夹/丁.txt": 5})


def content(library: Path) -> str:
    """A digest of all rows that a library holds but the record of its changes, which stops where the library does."""
    db = sqlite3.connect(library / FILE_NAME)
    try:
        # SQLite 3.40 finds fault with NOT NULL in tables without rowids that are whole: that line is passed over.
        wrong = [line for (line,) in db.execute("PRAGMA integrity_check") if not line.startswith("NULL value in ")]
        assert wrong in ([], ["ok"]), wrong
        tables = [name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
        made = hashlib.blake2s()
        for table in tables:
            if table not in HISTORY:
                for row in sorted(map(repr, db.execute(f"SELECT * FROM {table}"))):
                    made.update(row.encode())
        terms = "SELECT id, label, kind, status, aliases FROM term"
        assert not [*db.execute(f"{terms} EXCEPT SELECT term_id, label, kind, status, aliases FROM standing")]
        return made.hexdigest()
    finally:
        db.close()


def forked(work: Callable[[], object], wait: float | None = None) -> int:
    """The status of ``work`` done in a fork, which is killed after ``wait`` seconds."""
    child = os.fork()
    if child == 0:
        status = 1
        try:
            work()
            status = 0
        finally:
            os._exit(status)
    if wait is not None:
        time.sleep(wait)
        os.kill(child, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def put(folder: Path, state: dict[str, int]) -> None:
    """Make the folder hold the reports of a state and nothing else."""
    for path in folder.rglob("*.txt"):
        path.unlink()
    for name, seed in state.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(make_report(seed), "utf-8")


def warm(desk: Path) -> None:
    """Read tables and patterns once: a fork has them then. Nothing here starts a thread, which forks would not have."""
    (desk / "试.txt").write_text(make_report(9), "utf-8")
    reading = read(Task(desk / "试.txt", "试.txt", "试.txt", False, ""))
    assert reading.parsed is not None
    with Store.open(desk / "warm", create=True) as store:
        store.put_source(reading.parsed)
        build_glossary(store)
    concept_indexes(Cache(desk / "warm"), open_embedder())
    spell("试")
    spelt()


def main(desk: Path, times: int, seed: int) -> None:
    chance = random.Random(seed)
    folder, library = desk / "文件", desk / "library"
    expected, seconds = [], []
    warm(desk)
    for state in STATES:
        put(folder, state)
        start = time.monotonic()
        assert forked(lambda: run(library, [folder], mirror=True)) == 0
        seconds.append(time.monotonic() - start)
        expected.append(content(library))
    for n in range(times):
        before, after = expected[(n + 1) % 2], expected[n % 2]
        put(folder, STATES[n % 2])
        # Some read in several processes: those must not go on writing or waiting either.
        jobs = 2 if n % 20 == 19 else 1
        wait = chance.uniform(0, 1.1 * max(seconds) if jobs == 1 else 1.5)
        status = forked(lambda jobs=jobs: run(library, [folder], mirror=True, jobs=jobs), wait)
        found = {before: "before", after: "after"}.get(content(library), "neither")
        again = forked(lambda: run(library, [folder], mirror=True))
        done = {"wait": wait, "status": status, "found": found, "again": again, "complete": content(library) == after}
        print(json.dumps(done), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
