"""Backups to be downloaded: made by the package above this one, told in ``web.app``."""

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import BinaryIO

from web.errors import ArchiveBusy

#: Writes a backup of the library to a path that is not there yet; gives the size of what is in it, in bytes.
Archive = Callable[[Path], int]
_CHUNK = 2**18
_making = Lock()


def packed(archive: Archive, library: Path) -> tuple[BinaryIO, int]:
    """A backup as a file that has no name any more, so that nothing is left of it when it is closed, and its size.

    One at a time. Raises ArchiveBusy and the errors of making a backup.
    """
    if not _making.acquire(blocking=False):
        raise ArchiveBusy
    try:
        beside = library if os.access(library, os.W_OK) else None
        with tempfile.TemporaryDirectory(prefix=".backup-", dir=beside, ignore_cleanup_errors=True) as place:
            file = Path(place) / "backup.zip"
            archive(file)
            opened = file.open("rb")
            with suppress(OSError):  # where a file that is open can't go, it goes with the folder of temporary files
                file.unlink()
        return opened, os.fstat(opened.fileno()).st_size
    finally:
        _making.release()


def chunks(file: BinaryIO) -> Iterator[bytes]:
    """What is in a file, which whoever asks closes."""
    while chunk := file.read(_CHUNK):
        yield chunk
