"""Indexes are in memory before they are asked for."""

import ctypes
import mmap
import os
import time
from pathlib import Path

import pytest

from search.readahead import read_ahead

_SIZE = 1 << 20


def _there(file: Path) -> bool:
    """True where the end of a file is in memory; looking doesn't bring it there."""
    with file.open("rb") as opened, mmap.mmap(opened.fileno(), _SIZE, access=mmap.ACCESS_COPY) as mapped:
        held = ctypes.c_char.from_buffer(mapped)
        pages = (ctypes.c_ubyte * (_SIZE // mmap.PAGESIZE))()
        told = ctypes.CDLL(None).mincore(ctypes.c_void_p(ctypes.addressof(held)), ctypes.c_size_t(_SIZE), pages)
        del held
    assert told == 0
    return bool(pages[-1] & 1)


def _forgotten(file: Path) -> None:
    file.parent.mkdir(parents=True)
    with file.open("wb") as opened:
        opened.write(os.urandom(_SIZE))
        opened.flush()
        os.fsync(opened.fileno())
        os.posix_fadvise(opened.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
    if _there(file):
        pytest.skip("the file system keeps what it is told to forget")


@pytest.mark.skipif(not hasattr(os, "posix_fadvise"), reason="the system takes no advice on files")
@pytest.mark.parametrize("folder", ["lexical", "segments/5b41/vectors"])
def test_an_index_is_read_ahead(tmp_path: Path, folder: str) -> None:
    wanted, other = tmp_path / folder / "part" / "index", tmp_path / "notes" / "x"
    _forgotten(wanted)
    _forgotten(other)
    read_ahead(tmp_path)
    ends = time.monotonic() + 20
    while not _there(wanted) and time.monotonic() < ends:
        time.sleep(0.01)
    assert _there(wanted) and not _there(other)


def test_nothing_to_read_is_no_error(tmp_path: Path) -> None:
    read_ahead(tmp_path / "nowhere")
