"""One ingestion, measured: processor time by stage, memory, size. Run as a process of its own: its own peak is told.

What the writing process does is told by its stack, looked at every few milliseconds of processor time; the time since the
last look goes to the stage that the stack is in, so that a long call of a library counts whole. The processes that read
are told by what the system counts of children that ended, or, where one process does all, by stage as well.
"""

import json
import resource
import signal
import sys
import time
from collections import defaultdict
from pathlib import Path
from types import FrameType
from typing import Any

STAGES = ("read", "repair", "claims", "write", "copies", "glossary", "indexes", "other")
_EVERY = 0.005  # seconds of processor time
#: The module of a frame → its stage, looked for from the outermost frame on; nearer frames say more where they are named
#: in ``_INNER``.
_OUTER = {
    "ingest.parse": "repair",
    "graph.claims": "claims",
    "gongzhi.publishing": "indexes",
    "search.engine": "indexes",
    "corpus.store": "write",
}
_INNER = {"graph.derive": "glossary", "corpus.copies": "copies", "ingest.readers": "read"}


def stage(frame: FrameType | None) -> str:
    """The stage that a stack is in."""
    found, stack = "other", []
    while frame is not None:
        stack.append(frame.f_globals.get("__name__", ""))
        frame = frame.f_back
    for name in reversed(stack):
        if found == "other":
            found = _OUTER.get(name, found)
        for inner, told in _INNER.items():
            if name == inner or name.startswith(f"{inner}."):
                found = told
    return found


class Sampler:
    """Adds up processor time by stage; ``begun`` is when each was first seen, in seconds from the start."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)
        self.begun: dict[str, float] = {}
        self.peak: dict[str, int] = {}
        self._start = time.perf_counter()
        self._last = 0.0  # what was done until now counts, too
        signal.signal(signal.SIGPROF, self._look)
        signal.setitimer(signal.ITIMER_PROF, _EVERY, _EVERY)

    def _look(self, _: int, frame: FrameType | None) -> None:
        now = time.process_time()
        told = stage(frame)
        self.seconds[told] += now - self._last
        self._last = now
        self.begun.setdefault(told, time.perf_counter() - self._start)
        self.peak[told] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024

    def stop(self) -> None:
        """Look no more."""
        signal.setitimer(signal.ITIMER_PROF, 0)


def measure(folder: Path, library: Path, jobs: int) -> dict[str, Any]:
    """One ingestion of ``folder`` into a new library, read by ``jobs`` processes (0: as many as the program thinks)."""
    from gongzhi import build

    sampler = Sampler()
    begun = time.perf_counter()
    report = build.ingest(library, [folder], jobs=jobs)
    sampler.stop()
    own, read = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    files: dict[str, int] = defaultdict(int)
    for path in library.rglob("*"):
        if path.is_file():
            kind, *below = path.relative_to(library).parts
            # Of segments, what kind of index it is: cache/segments/KEY/KIND.
            files["/".join([kind, *(below[2:3] if below[:1] == ["segments"] else below[:1])])] += path.stat().st_size
    return {
        "passages": report.passages,
        "documents": report.documents,
        "terms": report.terms,
        "claims": report.claims,
        "failed": len(report.failures),
        "near_copies": len(report.near_copies),
        "wall": time.perf_counter() - begun,
        "cpu": time.process_time(),
        "reading_cpu": read.ru_utime + read.ru_stime,
        "stages": {name: sampler.seconds[name] for name in STAGES},
        "peaks": sampler.peak,
        "rss": own.ru_maxrss // 1024,
        "reader_rss": read.ru_maxrss // 1024,
        "files": dict(sorted(files.items())),
    }


if __name__ == "__main__":
    print(json.dumps(measure(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))))
