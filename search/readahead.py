"""What is mapped into memory, read before it is asked for.

Indexes are mapped: a page that nobody has read yet comes from the disk when a question needs it, and the first hundreds of
questions wait for most of them (at 190,000 passages 16 ms a search for vectors that take 2 once they are there).
"""

import os
import threading
from pathlib import Path

from search.cache import SEGMENTS

#: The caches that every search, or every place question, looks through.
_ASKED = ("vectors", "lexical", "tokens", "concepts", "nearness", "claims-affirmed", "rows")
_SHARE = 0.5  # of the memory that is free, which is the most that is read ahead


def read_ahead(cache: Path) -> None:
    """Have the system read the indexes in a library's ``cache`` folder, and return at once. Where it can't be asked for
    that, or memory is short, they are read when they are needed."""
    if hasattr(os, "posix_fadvise"):
        threading.Thread(target=_ask_for, args=(cache,), name="readahead", daemon=True).start()


def _ask_for(cache: Path) -> None:
    # Most are kept by segment (``search.segments``).
    folders = [folder for name in _ASKED for folder in (cache / name, *sorted(cache.glob(f"{SEGMENTS}/*/{name}")))]
    files = [file for folder in folders for file in sorted(folder.rglob("*"))]
    room = _SHARE * _free()
    for file in files:
        try:
            with file.open("rb") as opened:
                size = os.fstat(opened.fileno()).st_size
                room -= size
                if room < 0:
                    return
                os.posix_fadvise(opened.fileno(), 0, size, os.POSIX_FADV_WILLNEED)
        except OSError:  # a folder, or a cache that has just been replaced
            continue


def _free() -> int:
    """Bytes of memory that nothing uses, or that can be had back."""
    try:
        told = dict(line.split(":", 1) for line in Path("/proc/meminfo").read_text().splitlines())
        return int(told["MemAvailable"].split()[0]) * 1024
    except (OSError, KeyError, ValueError):
        return 0
