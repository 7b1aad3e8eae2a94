"""A library opened by a fresh process: until the first answer, memory, questions answered. Run as a process of its own."""

import json
import os
import resource
import sys
import time
from pathlib import Path
from typing import Any


def memory() -> dict[str, float]:
    """MB that the process holds: its own, and of files that it has mapped."""
    status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    return {name: int(status[key].split()[0]) / 1024 for name, key in (("own", "RssAnon"), ("files", "RssFile"))}


def measure(library: Path, key: Path, share: float) -> dict[str, Any]:
    """Open, ask, judge."""
    begun, worked = time.perf_counter(), time.process_time()
    from search.library import Library

    opened = Library(library)
    engine = opened.engine()
    engine.search("职工服务", 10)
    first, first_cpu = time.perf_counter() - begun, time.process_time() - worked
    started = memory()
    from load.asking import ask, questions, shares

    asked = ask(engine, questions(key, share=share))
    return {
        "start": first,
        "start_cpu": first_cpu,
        "memory_started": started,
        "memory_asked": memory(),
        "rss": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "times": {kind: [*shares(times), len(times)] for kind, times in asked.times.items()},
        "busy": {kind: [*shares(times), len(times)] for kind, times in asked.busy.items()},
        "right": asked.right,
        "load": os.getloadavg()[0],
    }


if __name__ == "__main__":
    print(json.dumps(measure(Path(sys.argv[1]), Path(sys.argv[2]), float(sys.argv[3]))))
