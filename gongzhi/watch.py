"""Watching folders: what is added, changed or taken away goes into the library, or out of it, by itself."""

import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import watchfiles

from corpus.errors import GongzhiError, LibraryBusy
from gongzhi.build import Report, ingest, is_library_file
from gongzhi.ledger import Change
from ingest.limits import Limits

# Milliseconds: how long nothing may happen before files are read (copying a large one takes a while), how long a
# folder in steady change is waited for, and how often the wait looks up.
_QUIET = 1000
_LONGEST = 60_000
_BEAT = 1000
_PATIENCE = 60  # seconds to wait for another process that writes the library


def _ingest(folder: Path, paths: Sequence[Path], limits: Limits) -> Report:
    """Bring the library up to what the folders hold, after other writers have finished. Raises GongzhiError."""
    end = time.monotonic() + _PATIENCE
    while True:
        try:
            return ingest(folder, paths, mirror=True, limits=limits)
        except LibraryBusy:
            if time.monotonic() > end:
                raise
            time.sleep(1)


def _places(paths: Sequence[Path]) -> list[tuple[int, int] | None]:
    """What each path names now: its device and number there; None for nothing."""

    def place(path: Path) -> tuple[int, int] | None:
        try:
            found = path.stat()
        except OSError:
            return None
        return found.st_dev, found.st_ino

    return [place(path) for path in paths]


def _beats(folder: Path, paths: Sequence[Path]) -> Iterator[bool]:
    """True whenever the paths may hold other things than before, the first time at once; else False, once a beat.

    A folder that went away (a disk unplugged) and came back is another one to the system, and watched anew.
    """
    while True:
        before, begun = _places(paths), True
        # A first item comes without any change: the folders are watched already while they are read the first time.
        for changed in watchfiles.watch(
            *paths,
            watch_filter=lambda _, path: not is_library_file(folder, Path(path)),
            debounce=_LONGEST,
            step=_QUIET,
            rust_timeout=_BEAT,
            yield_on_timeout=True,
        ):
            gone = _places(paths) != before
            yield begun or bool(changed)
            begun = False
            if gone:
                break
        while None in _places(paths):
            time.sleep(_BEAT / 1000)
            yield False


def watch(
    folder: Path,
    paths: Sequence[Path],
    limits: Limits,
    tell: Callable[[Report, tuple[Change, ...]], None],
    complain: Callable[[str], None],
) -> None:
    """Keep the library in ``folder`` the mirror of ``paths`` until interrupted.

    ``tell`` is called after each run with what became of files, a file that still can't be read being told once;
    ``complain`` with why a run could not be made: the next change tries again. Raises KeyboardInterrupt.
    """
    known: frozenset[Change] = frozenset()
    for changed in _beats(folder, paths):
        if not changed:
            continue
        try:
            report = _ingest(folder, paths, limits)
        except GongzhiError as error:
            complain(str(error))
            continue
        news = tuple(change for change in report.changes if change.action != "unchanged" and change not in known)
        known = frozenset(report.failures)
        if news:
            tell(report, news)
