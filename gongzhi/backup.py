"""Backups: the whole library in one file, taken while it is being served; and a library put back from one.

A backup is a ZIP file of a manifest and the database, copied through SQLite's online backup
(https://www.sqlite.org/backup.html): one state of the library, whoever writes at the same time. Caches are not in it, they
are made from the database; nor are the questions that people asked.
"""

import hashlib
import json
import os
import secrets
import shutil
import sqlite3
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from corpus.errors import GongzhiError, LibraryBusy, LibraryError, LibraryReadOnly, LibrarySchemaDiffers
from corpus.model import Claim, Correction, Document, Edit, Passage, Source, Taught, Term
from corpus.store import FILE_NAME, SCHEMA_VERSION, Store
from gongzhi import __version__
from gongzhi.build import Progress
from gongzhi.errors import (
    BackupBroken,
    BackupDiffers,
    BackupExists,
    BackupFull,
    LibraryDamaged,
    LibraryNotEmpty,
    NotABackup,
)
from gongzhi.publishing import publish

FORMAT = "gongzhi-backup"
_MANIFEST = "manifest.json"
_COUNTED = (Source, Document, Passage, Term, Claim, Edit, Correction, Taught)
_PAGES, _CHUNK = 2048, 2**20
#: No database, a damaged one, or one with pages of another size.
_UNFIT = (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_READONLY)
_LEVEL = 4  # of compression: 6 takes twice as long for 2 % less
_MOST_MANIFEST = 2**16
_PACKED, _ENCRYPTED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED), 1
Moved = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself: ``version`` of the program, ``schema`` and ``generation`` of the library, ``made``
    (ISO 8601), ``size`` and ``sha256`` of the database, ``counts`` of records."""

    format: str
    version: str
    schema: int
    generation: int
    made: str
    size: int
    sha256: str
    counts: dict[str, int]


@dataclass(frozen=True, slots=True)
class Restored:
    """What a library was put back to; ``aside`` is where the one before is kept, None where there was none."""

    manifest: Manifest
    aside: Path | None


def _silent(stage: str, done: int, total: int) -> None:
    pass


def _percent(progress: Progress, stage: str) -> Moved:
    """Tells how much of something large was moved in hundredths."""
    return lambda done, total: progress(stage, 100 * done // max(total, 1), 100)


def default_name() -> str:
    """What a backup is called where nobody says."""
    return f"gongzhi-{datetime.now():%Y%m%d-%H%M%S}.zip"


def backup(folder: Path, file: Path, *, force: bool = False, progress: Progress = _silent) -> Manifest:
    """Write a backup of the library in ``folder`` to ``file``, which appears when it is whole.

    Raises the errors of ``corpus.errors``, BackupExists (unless ``force``), BackupFull and LibraryDamaged.
    """
    if file.exists() and not force:
        raise BackupExists(file)
    with Store.open(folder) as store:
        return _archived(store.query("PRAGMA database_list").fetchone()[2], file, progress)


def _archived(database: str, file: Path, progress: Progress) -> Manifest:
    fresh = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
    try:
        with tempfile.TemporaryDirectory(prefix=f".{FILE_NAME}-", dir=file.parent) as place:
            copy = Path(place) / FILE_NAME
            with _opened(Path(database)) as source, closing(sqlite3.connect(copy)) as target:
                _copy(source, target, _percent(progress, "复制资料库"))
            manifest = _described(copy, progress)
            with zipfile.ZipFile(fresh, "x", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL) as archive:
                archive.writestr(_MANIFEST, json.dumps(asdict(manifest), ensure_ascii=False, indent=1))
                with copy.open("rb") as data, archive.open(FILE_NAME, "w", force_zip64=True) as packed:
                    moved = _percent(progress, "压缩")
                    for done, chunk in _chunks(data):
                        packed.write(chunk)
                        moved(done, manifest.size)
        fresh.replace(file)
    except (OSError, sqlite3.OperationalError) as error:
        raise BackupFull(file, getattr(error, "strerror", None) or error) from error
    except sqlite3.DatabaseError as error:
        raise LibraryDamaged(str(error)) from error
    finally:
        fresh.unlink(missing_ok=True)
    return manifest


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    """A database to be copied from; where nothing can be written beside it, as it lies there."""
    mode = "mode=ro" if os.access(path.parent, os.W_OK) else "immutable=1"
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?{mode}", uri=True)) as db:
        yield db


def _copy(source: sqlite3.Connection, target: sqlite3.Connection, moved: Moved) -> None:
    # One state of the source to the end: without this, writing to it would have the copying begin anew.
    source.execute("BEGIN")
    source.execute("SELECT count(*) FROM sqlite_master").fetchone()
    source.backup(target, pages=_PAGES, progress=lambda _, left, total: moved(total - left, total), sleep=0.01)


def _chunks(data: Any) -> Iterator[tuple[int, bytes]]:
    done = 0
    while chunk := data.read(_CHUNK):
        done += len(chunk)
        yield done, chunk


def _described(copy: Path, progress: Progress) -> Manifest:
    """The manifest of a copied database. Raises LibraryDamaged."""
    progress("核对", 0, 1)
    with closing(sqlite3.connect(copy)) as db:
        if wrong := _faults(db):
            raise LibraryDamaged(wrong)
        db.execute("PRAGMA journal_mode = DELETE")  # one file: nothing of it lies in another
        generation = int(db.execute("SELECT value FROM meta WHERE key = 'generation'").fetchone()[0])
        schema = int(db.execute("PRAGMA user_version").fetchone()[0])
    with Store.open(copy.parent) as store:
        counts = {cls.__name__.lower(): store.count(cls) for cls in _COUNTED}
    with copy.open("rb") as data:
        sha256 = hashlib.file_digest(data, "sha256").hexdigest()
    made = datetime.now(UTC).isoformat(timespec="seconds")
    return Manifest(FORMAT, __version__, schema, generation, made, copy.stat().st_size, sha256, counts)


def _faults(db: sqlite3.Connection) -> str:
    """What SQLite finds wrong with a database, or ""."""
    try:
        # SQLite 3.40 finds fault with NOT NULL in tables without rowids that are whole: that line is passed over.
        lines = (line for (line,) in db.execute("PRAGMA integrity_check(1000000)") if not line.startswith("NULL value"))
        return "；".join(islice((line for line in lines if line != "ok"), 5))
    except sqlite3.DatabaseError as error:
        return str(error)


def read_manifest(file: Path) -> Manifest:
    """What a backup says of itself. Raises NotABackup."""
    try:
        with zipfile.ZipFile(file) as archive:
            known = {info.filename: info for info in archive.infolist()}
            if set(known) != {_MANIFEST, FILE_NAME} or known[_MANIFEST].file_size > _MOST_MANIFEST:
                raise NotABackup(file)
            # Others, and what is encrypted, fail in ways of their own; no backup of ours is like that.
            if any(info.compress_type not in _PACKED or info.flag_bits & _ENCRYPTED for info in known.values()):
                raise NotABackup(file)
            manifest = TypeAdapter(Manifest).validate_json(archive.read(_MANIFEST))
            if manifest.format != FORMAT or known[FILE_NAME].file_size != manifest.size:
                raise NotABackup(file)
    except (zipfile.BadZipFile, zlib.error, ValueError, EOFError, NotImplementedError, RuntimeError) as error:
        raise NotABackup(file) from error
    return manifest


def restore(folder: Path, file: Path, *, force: bool = False, progress: Progress = _silent) -> Restored:
    """Put the library in ``folder`` back to what a backup holds, as one step: whoever is stopped in between leaves the
    old one or the new one. The backup is checked first; a library that holds something is replaced only with ``force``,
    and kept beside it as a backup. A server that runs on it goes on with the new one.

    Raises NotABackup, BackupBroken, BackupDiffers, LibraryNotEmpty and the errors of ``corpus.errors``.
    """
    manifest = read_manifest(file)
    if manifest.schema != SCHEMA_VERSION:
        raise LibrarySchemaDiffers(file, manifest.schema, SCHEMA_VERSION)
    folder.mkdir(parents=True, exist_ok=True)
    if not os.access(folder, os.W_OK):
        raise LibraryReadOnly(folder)
    if _holds_something(folder) and not force:
        raise LibraryNotEmpty(folder)
    _clear_abandoned(folder)
    staging = Path(tempfile.mkdtemp(prefix=f"{FILE_NAME}.restoring-", dir=folder))
    try:
        staged = staging / FILE_NAME
        _unpack(file, manifest, staged, progress)
        progress("核对", 0, 1)
        _check(file, manifest, staged)
        aside = _kept_aside(folder, progress)
        _put_in_place(staged, folder, progress)
    except OSError as error:
        raise BackupFull(folder, error.strerror or error) from error
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    progress("建立索引", 0, 1)
    publish(folder)
    return Restored(manifest, aside)


def _clear_abandoned(folder: Path) -> None:
    """Take away what a restoring that was killed left behind."""
    for path in folder.glob(f"{FILE_NAME}.restoring-*"):
        shutil.rmtree(path, ignore_errors=True)


def _holds_something(folder: Path) -> bool:
    """True where a library has anything in it, or can't be read: it may be worth more than it shows."""
    if not (folder / FILE_NAME).exists():
        return False
    try:
        with Store.open(folder) as store:
            return any(store.count(cls) for cls in (Source, Edit, Correction, Taught))
    except (LibraryError, sqlite3.Error):
        return True


def _unpack(file: Path, manifest: Manifest, staged: Path, progress: Progress) -> None:
    """The database of a backup, unpacked to ``staged``. Raises BackupBroken."""
    made = hashlib.sha256()
    try:
        with zipfile.ZipFile(file) as archive, archive.open(FILE_NAME) as data, staged.open("xb") as target:
            moved = _percent(progress, "解压")
            for done, chunk in _chunks(data):
                target.write(chunk)
                made.update(chunk)
                moved(done, manifest.size)
            target.flush()
            os.fsync(target.fileno())
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError) as error:
        raise BackupBroken(file) from error
    if made.hexdigest() != manifest.sha256:
        raise BackupBroken(file)


def _check(file: Path, manifest: Manifest, staged: Path) -> None:
    """Raise BackupBroken where the database is not whole, BackupDiffers where it isn't what the manifest says."""
    try:
        with closing(sqlite3.connect(staged)) as db:
            if _faults(db):
                raise BackupBroken(file)
        with Store.open(staged.parent) as store:
            counts = {cls.__name__.lower(): store.count(cls) for cls in _COUNTED}
            same = (store.generation, counts) == (manifest.generation, manifest.counts)
    except (sqlite3.Error, LibraryError) as error:
        raise BackupBroken(file) from error
    if not same:
        raise BackupDiffers(file)


def _kept_aside(folder: Path, progress: Progress) -> Path | None:
    """Keep the library that is about to be replaced: as a backup, or as its bare files where it can't be read."""
    database = folder / FILE_NAME
    if not database.exists():
        return None
    when = f"{datetime.now():%Y%m%d-%H%M%S}-{secrets.token_hex(2)}"
    aside = folder / f"{FILE_NAME}.before-{when}.zip"
    try:
        _archived(str(database), aside, progress)
    except (GongzhiError, sqlite3.Error):
        aside = folder / f"{FILE_NAME}.before-{when}"
        aside.mkdir()
        for path in (database, *folder.glob(f"{FILE_NAME}-*")):
            shutil.copy2(path, aside)
    return aside


def _put_in_place(staged: Path, folder: Path, progress: Progress) -> None:
    """Make the staged database the library, in one step."""
    database = folder / FILE_NAME
    _renew(staged, _generation(database))
    if database.exists():
        try:
            _overwrite(staged, database, folder, progress)
            return
        except sqlite3.DatabaseError as error:
            if error.sqlite_errorcode not in _UNFIT:
                raise BackupFull(folder, error) from error
            # Its file has to go.
    with closing(sqlite3.connect(staged)) as db:
        db.execute("PRAGMA journal_mode = WAL")
    for path in (database.with_name(f"{FILE_NAME}-wal"), database.with_name(f"{FILE_NAME}-shm")):
        path.unlink(missing_ok=True)  # of the old file: the new one must not be read with them
    staged.replace(database)


def _generation(database: Path) -> int:
    """The generation of the library that is there, 0 where none can be read."""
    with suppress(sqlite3.Error), closing(sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro", uri=True)) as db:
        return int(db.execute("SELECT value FROM meta WHERE key = 'generation'").fetchone()[0])
    return 0


def _renew(staged: Path, before: int) -> None:
    """Give what is restored a generation of its own: whoever had the library open notices."""
    with closing(sqlite3.connect(staged)) as db, db:
        db.execute("UPDATE meta SET value = max(CAST(value AS INTEGER), ?) + 1 WHERE key = 'generation'", (before,))
        db.execute("REPLACE INTO meta VALUES ('mark', lower(hex(randomblob(8))))")


def _overwrite(staged: Path, database: Path, folder: Path, progress: Progress) -> None:
    """Write all pages of the staged database into the library as one transaction: processes that have it open see it
    change, as with any other. Raises LibraryBusy; sqlite3.DatabaseError where it is no database that takes them."""
    with closing(sqlite3.connect(staged)) as source, closing(sqlite3.connect(database, timeout=5)) as target:
        try:
            target.execute("BEGIN IMMEDIATE")
            target.execute("ROLLBACK")
            _copy(source, target, _percent(progress, "写入资料库"))
            target.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                raise LibraryBusy(folder) from error
            raise
