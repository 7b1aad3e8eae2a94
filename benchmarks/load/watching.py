"""Processor time and memory of a process with all that it starts, as the system counts them (Linux)."""

import json
import os
import subprocess
import threading
from pathlib import Path
from typing import Any

_TICK = os.sysconf("SC_CLK_TCK")
_EVERY = 0.25  # seconds


class _Watch:
    def __init__(self, pid: int) -> None:
        self._root = pid
        self._seconds: dict[int, float] = {}
        self.rss = 0.0
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def _watch(self) -> None:
        while not self._ended.wait(_EVERY):
            self.look()

    def look(self) -> None:
        """Adds up what runs now."""
        parents: dict[int, int] = {}
        used: dict[int, float] = {}
        for entry in Path("/proc").iterdir():
            if entry.name.isdecimal():
                try:
                    fields = (entry / "stat").read_text().rpartition(")")[2].split()
                except OSError:  # it ended meanwhile
                    continue
                parents[int(entry.name)] = int(fields[1])
                used[int(entry.name)] = (int(fields[11]) + int(fields[12])) / _TICK
        ours = {self._root}
        while more := {pid for pid, parent in parents.items() if parent in ours} - ours:
            ours |= more
        self.rss = max(self.rss, sum(map(_own, ours)) + max(map(_mapped, ours), default=0.0))
        for pid in ours & used.keys():
            self._seconds[pid] = used[pid]

    def stop(self) -> dict[str, float]:
        """CPU seconds of all of them, and the most MB: what is their own, and the files that one of them has mapped."""
        self._ended.set()
        self._thread.join()
        return {"cpu": sum(self._seconds.values()), "rss": self.rss}


def _kilobytes(pid: int, key: str) -> float:
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0.0
    _, found, rest = status.partition(f"{key}:")
    return int(rest.split()[0]) / 1024 if found else 0.0


def _own(pid: int) -> float:
    return _kilobytes(pid, "RssAnon")


def _mapped(pid: int) -> float:
    return _kilobytes(pid, "RssFile")


def watched(process: subprocess.Popen[str]) -> dict[str, Any]:
    """What a process prints as JSON in its last line, with ``watched``: CPU seconds and MB of all processes together.

    Raises CalledProcessError where it fails."""
    watch = _Watch(process.pid)
    out, _ = process.communicate()
    told = watch.stop()
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, process.args, out)
    found: dict[str, Any] = json.loads(out.splitlines()[-1])
    return found | {"watched": told}
