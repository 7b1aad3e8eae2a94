"""Kill lessons at random moments: ``python lesson_kills.py FOLDER TIMES SEED`` prints a line of JSON for each."""

import json
import random
import sys
import time
from pathlib import Path

from corpus.model import Taught
from corpus.store import Store
from gongzhi.build import ingest
from graph.teaching import teach, unteach
from tests.gongzhi.conftest import make_report
from tests.gongzhi.kills import content, forked


def learn(library: Path, words: str) -> None:
    with Store.open(library) as store:
        teach(store, words, "送清凉")


def forget(library: Path, ordinal: int) -> None:
    with Store.open(library) as store:
        unteach(store, ordinal)


def state(library: Path) -> tuple[int, int, int, int]:
    """Lessons, those undone, changes counted, generation; ``content`` finds fault with a damaged file."""
    content(library)
    with Store.open(library) as store:
        held = store.select(Taught)
        return len(held), sum(bool(lesson.undone) for lesson in held), store.lessons, store.generation


def main(desk: Path, times: int, seed: int) -> None:
    chance = random.Random(seed)
    library = desk / "library"
    (desk / "甲.txt").write_text(make_report(1), "utf-8")
    ingest(library, [desk / "甲.txt"])
    start = time.monotonic()
    learn(library, "头一个说法")  # everything that a fork needs is imported and read now
    forget(library, 1)
    longest = 1.5 * (time.monotonic() - start)
    for n in range(times):
        before = state(library)
        last = before[0]
        teaching = before[0] - 1 <= before[1]  # nothing to undo: teach
        work = (lambda n=n: learn(library, f"第{n}个说法")) if teaching else (lambda last=last: forget(library, last))
        status = forked(work, chance.uniform(0, longest))
        found = state(library)
        after = (before[0] + teaching, before[1] + (not teaching), before[2] + 1, before[3])
        said = "before" if found == before else "after" if found == after else "neither"
        again = 0 if said == "after" else forked(work)
        print(json.dumps({"status": status, "found": said, "again": again, "complete": state(library) == after}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
