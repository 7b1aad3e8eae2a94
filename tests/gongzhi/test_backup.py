"""A backup holds the library as it was; a library is put back as one step, or not at all."""

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from corpus.errors import LibraryBusy, LibraryNotFound, LibraryReadOnly, LibrarySchemaDiffers
from corpus.model import Document, Source
from corpus.store import FILE_NAME, Store
from gongzhi import backup as keeping
from gongzhi.backup import backup, read_manifest, restore
from gongzhi.build import ingest, is_library_file, remove
from gongzhi.errors import (
    BackupBroken,
    BackupDiffers,
    BackupExists,
    BackupFull,
    LibraryDamaged,
    LibraryNotEmpty,
    NotABackup,
)
from search.library import Library
from tests.gongzhi.conftest import gongzhi, make_report
from tests.gongzhi.kills import content


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of two reports, ``library``, and a backup of it, ``备份.zip``; both are only looked at."""
    desk = tmp_path_factory.mktemp("backup")
    (desk / "甲.txt").write_text(make_report(1), "utf-8")
    (desk / "乙.txt").write_text(make_report(2), "utf-8")
    ingest(desk / "library", [desk / "甲.txt", desk / "乙.txt"])
    backup(desk / "library", desk / "备份.zip")
    return desk


@pytest.fixture
def library(kept: Path, tmp_path: Path) -> Path:
    """Another one, of a copy of it and with one report less."""
    folder = shutil.copytree(kept / "library", tmp_path / "library")
    remove(folder, "乙.txt")
    return folder


def sources(folder: Path) -> list[str]:
    with Store.open(folder) as store:
        return sorted(source.name for source in store.select(Source))


def test_a_library_comes_back_as_it_was(kept: Path, tmp_path: Path) -> None:
    manifest = read_manifest(kept / "备份.zip")
    assert manifest.counts["source"] == 2 and manifest.generation == 1
    assert sorted(zipfile.ZipFile(kept / "备份.zip").namelist()) == ["gongzhi.db", "manifest.json"]
    restored = restore(tmp_path / "新", kept / "备份.zip")
    assert restored.aside is None and restored.manifest == manifest
    assert content(tmp_path / "新") == content(kept / "library")
    with closing(sqlite3.connect(tmp_path / "新" / FILE_NAME)) as db:
        assert db.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert {path.name for path in (tmp_path / "新").iterdir()} >= {FILE_NAME, "cache"}  # what answers is made anew
    assert not list((tmp_path / "新").glob("*restoring*"))


def test_one_that_holds_something_is_replaced_only_by_force(kept: Path, library: Path) -> None:
    before = content(library)
    with pytest.raises(LibraryNotEmpty, match="--force"):
        restore(library, kept / "备份.zip")
    assert content(library) == before
    restored = restore(library, kept / "备份.zip", force=True)
    assert sources(library) == ["乙.txt", "甲.txt"] and content(library) == content(kept / "library")
    # What was there is a backup, too, and no document for whoever reads the folder.
    assert restored.aside is not None and is_library_file(library, restored.aside)
    restore(library, restored.aside, force=True)
    assert content(library) == before


def test_an_empty_library_is_not_in_the_way(kept: Path, tmp_path: Path) -> None:
    Store.open(tmp_path / "空", create=True).close()
    restore(tmp_path / "空", kept / "备份.zip")
    assert len(sources(tmp_path / "空")) == 2


def test_a_server_goes_on_with_what_was_restored(kept: Path, library: Path) -> None:
    served = Library(library)
    try:
        before = served.engine()
        assert before.store.count(Document) == 1
        restore(library, kept / "备份.zip", force=True)
        assert served.engine().store.count(Document) == 2
        assert before.store.count(Document) == 2  # the same file: nobody reads one that is gone
        # Going back to the same backup is a change, too, whatever its generation.
        remove(library, "甲.txt")
        restore(library, kept / "备份.zip", force=True)
        assert served.engine().store.count(Document) == 2
    finally:
        served.close()


def test_a_backup_is_one_state_while_others_write(kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With each step of the copying, another source is renamed."""
    monkeypatch.setattr(keeping, "_PAGES", 8)
    folder = shutil.copytree(kept / "library", tmp_path / "library")
    before, renamed = content(folder), 0

    def write(stage: str, done: int, total: int) -> None:
        nonlocal renamed
        if stage == "复制资料库" and done < total:
            with Store.open(folder) as store, store.write():
                first = store.select(Source)[0]
                store.move_source(first.id, f"改名{renamed}.txt", first.origin)
            renamed += 1

    manifest = backup(folder, tmp_path / "备份.zip", progress=write)
    assert renamed > 5 and manifest.generation == 1
    restore(tmp_path / "新", tmp_path / "备份.zip")
    assert content(tmp_path / "新") == before != content(folder)


def test_a_backup_is_made_where_nothing_can_be_written(
    kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Root may write anywhere: only the answer of the system can be had, not the refusal itself.
    monkeypatch.setattr(os, "access", lambda *_: False)
    assert backup(kept / "library", tmp_path / "备份.zip").counts["source"] == 2
    with pytest.raises(LibraryReadOnly):
        restore(tmp_path / "新", kept / "备份.zip")


def test_what_is_there_is_not_overwritten(kept: Path, tmp_path: Path) -> None:
    (tmp_path / "备份.zip").write_text("别的")
    with pytest.raises(BackupExists):
        backup(kept / "library", tmp_path / "备份.zip")
    assert (tmp_path / "备份.zip").read_text() == "别的"
    backup(kept / "library", tmp_path / "备份.zip", force=True)
    with pytest.raises(BackupFull, match="没有的目录"):
        backup(kept / "library", tmp_path / "没有的目录" / "备份.zip")
    with pytest.raises(LibraryNotFound):
        backup(tmp_path / "没有的库", tmp_path / "另一份.zip")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["备份.zip"]


def test_a_full_disk_is_told_and_leaves_nothing(kept: Path, tmp_path: Path) -> None:
    """A limit on the size of files stands for a full disk: writing ends in an error of the system."""
    script = (
        "import resource, signal, sys; from pathlib import Path; from gongzhi.backup import backup, restore\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))\n"
        "for work in (lambda: backup(Path(sys.argv[1]), Path(sys.argv[3])), lambda: restore(Path(sys.argv[4]), Path(sys.argv[2]))):\n"
        "    try: work()\n"
        "    except Exception as error: print(type(error).__name__)\n"
    )
    root = Path(__file__).parents[2]
    where = [str(path) for path in (kept / "library", kept / "备份.zip", tmp_path / "新.zip", tmp_path / "新")]
    done = subprocess.run([sys.executable, "-c", script, *where], cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["BackupFull", "BackupFull"], done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["新"] and not any((tmp_path / "新").iterdir())


def _damaged(file: Path, other: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    """A copy of a backup whose members were changed."""
    with zipfile.ZipFile(file) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    change(members)
    with zipfile.ZipFile(other, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return other


def _told(members: dict[str, bytes], **said: object) -> None:
    members["manifest.json"] = json.dumps(json.loads(members["manifest.json"]) | said).encode()


def _other_bytes(members: dict[str, bytes]) -> None:
    data = bytearray(members["gongzhi.db"])
    data[5000] ^= 1
    members["gongzhi.db"] = bytes(data)


CHANGES: dict[str, tuple[Callable[[dict[str, bytes]], None], type[Exception]]] = {
    "other bytes": (_other_bytes, BackupBroken),
    "another sum": (lambda members: _told(members, sha256="0" * 64), BackupBroken),
    "other counts": (lambda members: _told(members, counts={"source": 9}), BackupDiffers),
    "another generation": (lambda members: _told(members, generation=7), BackupDiffers),
    "of a newer program": (lambda members: _told(members, schema=99), LibrarySchemaDiffers),
    "another size": (lambda members: _told(members, size=1), NotABackup),
    "of another kind": (lambda members: _told(members, format="photos"), NotABackup),
    "numbers as words": (lambda members: _told(members, schema="five"), NotABackup),
    "no manifest": (lambda members: members.pop("manifest.json") and None, NotABackup),
    "a manifest that is no JSON": (lambda members: members.update({"manifest.json": b"{"}), NotABackup),
    "something more": (lambda members: members.update({"../other": b""}), NotABackup),
}


@pytest.mark.parametrize("case", CHANGES)
def test_a_damaged_backup_changes_nothing(kept: Path, library: Path, tmp_path: Path, case: str) -> None:
    change, error = CHANGES[case]
    before = content(library)
    with pytest.raises(error):
        restore(library, _damaged(kept / "备份.zip", tmp_path / "坏.zip", change), force=True)
    assert content(library) == before and not list(library.glob(f"{FILE_NAME}.*"))


def test_files_that_are_no_backups(kept: Path, tmp_path: Path) -> None:
    whole = (kept / "备份.zip").read_bytes()
    for name, data in {"空": b"", "文": b"gongzhi", "半": whole[: len(whole) // 2]}.items():
        (tmp_path / name).write_bytes(data)
        with pytest.raises(NotABackup):
            restore(tmp_path / "新", tmp_path / name)
    assert not (tmp_path / "新").exists()


@pytest.mark.parametrize(
    "field, value", [(8, 1), (10, 12), (10, 14), (10, 99)], ids=["locked", "bzip2", "lzma", "other"]
)
def test_archives_of_other_kinds(kept: Path, tmp_path: Path, field: int, value: int) -> None:
    """``field`` of each member's entry: its flags at 8, its compression at 10 (APPNOTE.TXT 4.3.12)."""
    data = bytearray((kept / "备份.zip").read_bytes())
    entry = data.rindex(b"PK\x01\x02")
    data[entry + field] = value
    (tmp_path / "别的.zip").write_bytes(data)
    with pytest.raises(NotABackup):
        restore(tmp_path / "新", tmp_path / "别的.zip")
    assert not (tmp_path / "新").exists()


def test_a_damaged_library_is_not_backed_up_but_replaced(kept: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(kept / "library", tmp_path / "library")
    data = bytearray((folder / FILE_NAME).read_bytes())
    data[8192:-4096] = os.urandom(len(data) - 8192 - 4096)
    (folder / FILE_NAME).write_bytes(data)
    with pytest.raises(LibraryDamaged):
        backup(folder, tmp_path / "新.zip")
    assert not (tmp_path / "新.zip").exists()
    restored = restore(folder, kept / "备份.zip", force=True)
    assert content(folder) == content(kept / "library")
    assert restored.aside is not None and (restored.aside / FILE_NAME).read_bytes() == data


@pytest.mark.parametrize("data", [b"no database at all" * 1000, b""], ids=["another file", "nothing"])
def test_what_is_no_library_is_replaced(kept: Path, tmp_path: Path, data: bytes) -> None:
    folder = tmp_path / "library"
    folder.mkdir()
    (folder / FILE_NAME).write_bytes(data)
    (folder / f"{FILE_NAME}-wal").write_bytes(b"old")
    restore(folder, kept / "备份.zip", force=True)
    assert content(folder) == content(kept / "library")


def test_a_library_that_is_being_written_is_left_alone(
    kept: Path, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("corpus.database._PATIENCE", 0.1)
    before = content(library)
    entered, leave = threading.Event(), threading.Event()

    def write() -> None:
        with Store.open(library) as store, store.write():
            entered.set()
            leave.wait()

    writer = threading.Thread(target=write)
    writer.start()
    entered.wait()
    try:
        with pytest.raises(LibraryBusy):
            restore(library, kept / "备份.zip", force=True)
    finally:
        leave.set()
        writer.join()
    assert content(library) == before


def test_killed_at_any_moment_it_is_the_old_one_or_the_new_one(kept: Path, library: Path, tmp_path: Path) -> None:
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("restore_kills.py")), str(library), str(kept / "备份.zip"), "25"],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"PYTHONPATH": str(root)},
    )
    assert done.returncode == 0, done.stderr
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(found) == 25
    assert {run["status"] for run in found} == {-signal.SIGKILL}
    # Written is written when the last page is, and nothing is before.
    assert {run["stage"] for run in found} >= {"解压", "压缩", "写入资料库", "建立索引"}
    for run in found:
        written = run["stage"] == "建立索引" or (run["stage"] == "写入资料库" and run["last"])
        assert run["found"] == ("new" if written else "old"), run


def test_the_commands(kept: Path, tmp_path: Path) -> None:
    library = str(kept / "library")
    done = gongzhi("backup", "--library", library, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    (file,) = tmp_path.glob("gongzhi-*.zip")
    assert f"已备份到 {file.name}（2 份文献" in done.stdout
    told = json.loads(
        gongzhi("backup", str(tmp_path / "另一份.zip"), "--library", library, "--json", cwd=tmp_path).stdout
    )
    assert told["counts"]["document"] == 2 and len(told["sha256"]) == 64
    again = gongzhi("backup", "另一份.zip", "--library", library, cwd=tmp_path)
    assert again.returncode == 1 and again.stderr == "“另一份.zip”已经有了。请换一个文件名，或加 --force 覆盖。\n"
    done = gongzhi("restore", file.name, "--library", "新", cwd=tmp_path)
    assert done.returncode == 0 and "2 份文献。资料库在 新" in done.stdout, done.stderr
    refused = gongzhi("restore", file.name, "--library", "新", cwd=tmp_path)
    assert refused.returncode == 1 and "--force" in refused.stderr
    told = json.loads(gongzhi("restore", file.name, "--library", "新", "--force", "--json", cwd=tmp_path).stdout)
    assert Path(tmp_path / told["aside"]).exists() and told["schema"]
