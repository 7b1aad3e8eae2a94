"""Kill restorings on their way: ``python restore_kills.py LIBRARY BACKUP TIMES`` prints a line of JSON for each.

A restoring tells how far it is between its steps, and with every few pages that it writes; there it is killed.
"""

import json
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from gongzhi import backup as keeping
from gongzhi.build import Progress
from tests.gongzhi.kills import content, forked


def killed_at(step: int) -> Progress:
    """Ends the process the moment it tells of that step."""
    told = 0

    def progress(stage: str, done: int, total: int) -> None:
        nonlocal told
        told += 1
        if told == step:
            os.kill(os.getpid(), signal.SIGKILL)

    return progress


def counted(work: Callable[[Progress], object]) -> list[str]:
    """The stages that ``work`` tells of, each as often as it does."""
    stages: list[str] = []
    work(lambda stage, done, total: stages.append(stage))
    return stages


def main(library: Path, file: Path, times: int) -> None:
    keeping._PAGES = 16  # more steps to be killed at
    old = content(library)
    stages = counted(lambda progress: keeping.restore(library, file, force=True, progress=progress))
    new, aside = content(library), next(library.glob("*.before-*"))
    assert old != new
    for number in range(times):
        if content(library) == new:
            _put_back(library, aside)
        assert content(library) == old
        step = 1 + number * (len(stages) - 1) // (times - 1)
        status = forked(lambda step=step: keeping.restore(library, file, force=True, progress=killed_at(step)))
        found = {old: "old", new: "new"}.get(content(library), "neither")
        last = stages[step - 1 : step + 1] != [stages[step - 1]] * 2
        print(json.dumps({"stage": stages[step - 1], "last": last, "status": status, "found": found}), flush=True)


def _put_back(library: Path, aside: Path) -> None:
    """What was there before, without the indexes that nobody asks here."""
    staged = library.with_name("staged") / "gongzhi.db"
    staged.parent.mkdir(exist_ok=True)
    staged.unlink(missing_ok=True)
    keeping._unpack(aside, keeping.read_manifest(aside), staged, lambda *_: None)
    keeping._put_in_place(staged, library, lambda *_: None)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
