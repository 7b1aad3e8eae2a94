"""Caches: built once, rebuilt when stale or damaged, elsewhere when the library can't be written."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from search.cache import FOLDER, Cache


def made(library: Path) -> list[str]:
    """What is in the caches' folder, beside what it is locked with."""
    return [path.name for path in (library / FOLDER).iterdir() if path.suffix != ".lock"]


class Builder:
    """Writes two files and counts how often."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self, folder: Path) -> None:
        self.times += 1
        (folder / "data").write_text("内容" * 100, "utf-8")
        (folder / "below").mkdir()
        (folder / "below" / "more").write_text("更多", "utf-8")


def test_builds_once(tmp_path: Path) -> None:
    build = Builder()
    first = Cache(tmp_path).get("words", "1", build)
    assert Cache(tmp_path).get("words", "1", build) == first
    assert build.times == 1
    assert (first / "data").read_text("utf-8") == "内容" * 100


def test_another_stamp_rebuilds(tmp_path: Path) -> None:
    build = Builder()
    Cache(tmp_path).get("words", "1", build)
    Cache(tmp_path).get("words", "2", build)
    Cache(tmp_path).get("words", "2", build)
    assert build.times == 2


@pytest.mark.parametrize("damage", ["truncate", "garbage", "remove", "add", "manifest", "no manifest"])
def test_damage_rebuilds(tmp_path: Path, damage: str) -> None:
    build = Builder()
    place = Cache(tmp_path).get("words", "1", build)
    data, manifest = place / "data", place / "manifest.json"
    match damage:
        case "truncate":
            data.write_bytes(data.read_bytes()[:50])
        case "garbage":
            data.write_bytes(b"\0" * data.stat().st_size)
        case "remove":
            (place / "below" / "more").unlink()
        case "add":
            (place / "stray").write_text("x")
        case "manifest":
            manifest.write_text("{")
        case "no manifest":
            manifest.unlink()
    again = Cache(tmp_path).get("words", "1", build)
    assert build.times == 2
    assert (again / "data").read_text("utf-8") == "内容" * 100
    assert (again / "below" / "more").read_text("utf-8") == "更多"


def test_a_failed_build_leaves_nothing(tmp_path: Path) -> None:
    def fail(folder: Path) -> None:
        (folder / "half").write_text("x")
        raise ValueError("stop")

    with pytest.raises(ValueError, match="stop"):
        Cache(tmp_path).get("words", "1", fail)
    assert made(tmp_path) == []


def test_a_build_that_is_killed_leaves_no_cache(tmp_path: Path) -> None:
    program = f"""
import os, signal
from pathlib import Path
from corpus.said import Doer, Manner, Said
from search import clauses
from search.cache import Cache

def claims():
    yield Said("1", "d", 0, 1400000, "建成夜班食堂。" * 200_000, Doer("宜昌市", "", "city"),
               Manner("document", "done", "", "", "", False))
    os.kill(os.getpid(), signal.SIGKILL)

Cache(Path({str(tmp_path)!r})).get("claims", "1", lambda folder: clauses.build(folder, claims()))
"""
    killed = subprocess.run([sys.executable, "-c", program], check=False)
    assert killed.returncode == -signal.SIGKILL
    build = Builder()
    place = Cache(tmp_path).get("claims", "1", build)
    assert build.times == 1
    assert (place / "data").exists() and not (place / "codes.bin").exists()


def test_what_was_left_half_built_is_taken_away_after_a_day(tmp_path: Path) -> None:
    half, lately, other = (tmp_path / FOLDER / name for name in (".words-a", ".words-b", ".vectors-a"))
    for folder in (half, lately, other):
        folder.mkdir(parents=True)
        (folder / "data").write_text("半")
    for folder in (half, other):
        os.utime(folder, (0, 0))
    Cache(tmp_path).get("words", "1", Builder())
    assert not half.exists() and lately.exists() and other.exists()


def test_nothing_is_left_beside(tmp_path: Path) -> None:
    for stamp in "123":
        Cache(tmp_path).get("words", stamp, Builder())
    assert made(tmp_path) == ["words"]


def test_where_the_library_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / FOLDER).write_text("a file where the folder should be")
    cache, build = Cache(tmp_path), Builder()
    place = cache.get("words", "1", build)
    assert tmp_path not in place.parents
    assert (place / "data").exists()
    cache.close()
    assert not place.exists()
