"""Vectors of a library's texts that are kept, so that a neural model encodes no sentence twice.

Every generation's indexes want vectors of all texts of the library, of which hardly any are new. They are kept in one
SQLite file of the library's cache, by the digest of the text and for one model (another one's are dropped), in half
precision: a cosine errs by less than 0.001. What is encoded now is rounded just so, that an index doesn't depend on what
was kept. A static model is never wrapped: it encodes a sentence in some 20 microseconds, looking one up takes 4 in a small
file, and a file of all sentences (450 bytes each) and rounded vectors are too much for the difference.

The file can always be made again: one that can't be opened or written is done without, a damaged one is taken away.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from hashlib import blake2b
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from search.embedders.base import Embedder, Floats

FILE_NAME = "kept.db"
_AT_ONCE = 500  # texts looked up together
_WRITTEN = 4096  # texts encoded and written together: what an interrupt may lose
_WAIT = 10  # seconds for another process that writes
_ROOM = 1.25  # so many times what was kept after the last clearing may gather before the next
_LEAST = 5000  # texts that need no clearing
_SCHEMA = """
CREATE TABLE IF NOT EXISTS vectors (digest BLOB PRIMARY KEY, used INTEGER NOT NULL, vector BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS about (model TEXT NOT NULL, round INTEGER NOT NULL, kept INTEGER NOT NULL);
"""

Halves = NDArray[np.float16]
#: Takes the digests of texts and their vectors.
Keep = Callable[[Sequence[bytes], Halves], None]


def digest(text: str) -> bytes:
    """Sixteen bytes that tell a text from all others."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()


class VectorFile:
    """The kept vectors of one model. ``used`` of a row is the round in which an index last asked for it; a round ends
    when what no text of the library wants any more is cleared away."""

    def __init__(self, path: Path, model: str) -> None:
        """Opens the file, which is made where there is none. Raises sqlite3.Error or OSError."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self._rows = sqlite3.connect(path, timeout=_WAIT, isolation_level=None)
        try:
            self._rows.execute("PRAGMA journal_mode = WAL")
            self._rows.execute("PRAGMA synchronous = NORMAL")
            self._rows.executescript(_SCHEMA)
            about = self._rows.execute("SELECT model, round FROM about").fetchone()
            if about is None or about[0] != model:
                with self._writing():
                    self._rows.execute("DELETE FROM vectors")
                    self._rows.execute("DELETE FROM about")
                    self._rows.execute("INSERT INTO about VALUES (?, 0, 0)", (model,))
            self._round: int = 0 if about is None or about[0] != model else about[1]
        except BaseException:
            self._rows.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._rows.close()

    @contextmanager
    def _writing(self) -> Iterator[None]:
        self._rows.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._rows.execute("ROLLBACK")
            raise
        self._rows.execute("COMMIT")

    def __len__(self) -> int:
        return int(self._rows.execute("SELECT count(*) FROM vectors").fetchone()[0])

    def get(self, digests: Sequence[bytes]) -> dict[bytes, bytes]:
        """The vectors that are kept of these texts, in half precision; that they are wanted is remembered."""
        found: dict[bytes, bytes] = {}
        old: list[tuple[int, bytes]] = []
        for first in range(0, len(digests), _AT_ONCE):
            some = digests[first : first + _AT_ONCE]
            marks = ",".join("?" * len(some))
            for key, used, vector in self._rows.execute(f"SELECT * FROM vectors WHERE digest IN ({marks})", some):
                found[key] = vector
                if used != self._round:
                    old.append((self._round, key))
        if old:
            with self._writing():
                self._rows.executemany("UPDATE vectors SET used = ? WHERE digest = ?", old)
        return found

    def put(self, digests: Iterable[bytes], vectors: Halves) -> None:
        """Keep vectors, (texts, size)."""
        rows = zip(digests, (self._round for _ in vectors), (row.tobytes() for row in vectors), strict=True)
        with self._writing():
            self._rows.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)", rows)

    def is_full(self) -> bool:
        """True where much has gathered since the last clearing."""
        kept: int = self._rows.execute("SELECT kept FROM about").fetchone()[0]
        return len(self) > max(_LEAST, _ROOM * kept)

    def clear(self, wanted: Iterable[str]) -> None:
        """Take away what is none of the texts ``wanted`` and what no index asked for in this round; begin another one."""
        self._rows.execute("CREATE TEMP TABLE wanted (digest BLOB PRIMARY KEY) WITHOUT ROWID")
        self._rows.executemany("INSERT OR IGNORE INTO wanted VALUES (?)", ((digest(text),) for text in wanted))
        with self._writing():
            self._rows.execute(
                "DELETE FROM vectors WHERE used < ? AND digest NOT IN (SELECT digest FROM wanted)", (self._round,)
            )
            self._rows.execute("UPDATE about SET round = round + 1, kept = ?", (len(self),))
        self._rows.execute("DROP TABLE wanted")
        self._round += 1


@contextmanager
def opened(path: Path, model: str) -> Iterator[VectorFile | None]:
    """The file of kept vectors, or None where it can't be had; one that is damaged is taken away."""
    try:
        file = VectorFile(path, model)
    except (sqlite3.Error, OSError) as error:
        _take_away(path, error)
        yield None
        return
    with file:
        yield file


def _take_away(path: Path, error: Exception) -> None:
    """Remove a file that is no database or a damaged one; one that is only locked, or on a full disk, stays."""
    if isinstance(error, sqlite3.DatabaseError) and not isinstance(error, sqlite3.OperationalError):
        discard(path)


def discard(path: Path) -> None:
    """Remove the file of kept vectors, and its folder where nothing else is in it."""
    with suppress(OSError):
        for name in (path.name, f"{path.name}-wal", f"{path.name}-shm"):
            path.with_name(name).unlink(missing_ok=True)
        path.parent.rmdir()


class Kept:
    """An embedder with what it has encoded of a library before; texts that come one by one are encoded as they are."""

    def __init__(self, embedder: Embedder, path: Path) -> None:
        """``path`` is the file of kept vectors, which is opened when it is asked for."""
        self._embedder = embedder
        self.path = path

    @property
    def id(self) -> str:
        return self._embedder.id

    @property
    def size(self) -> int:
        return self._embedder.size

    def encode(self, texts: Iterable[str]) -> Floats:
        """(texts, size) float32 unit vectors of passages, encoded now."""
        return self._embedder.encode(texts)

    def encode_queries(self, texts: Iterable[str]) -> Floats:
        """The same of queries."""
        return self._embedder.encode_queries(texts)

    @contextmanager
    def remembering(self) -> Iterator[Embedder]:
        """The embedder that a library's indexes are built with: it encodes only what is not kept, and keeps that."""
        with opened(self.path, self.id) as file:
            yield self._embedder if file is None else _Remembering(self._embedder, file, self.path)

    @contextmanager
    def keeping(self) -> Iterator[Keep]:
        """What takes vectors that others encoded, by the digests of their texts; where they can't be kept they are encoded
        again when they are wanted."""
        with opened(self.path, self.id) as file:

            def keep(digests: Sequence[bytes], vectors: Halves) -> None:
                if file is not None:
                    with suppress(sqlite3.Error):
                        file.put(digests, vectors)

            yield keep

    def clear(self, wanted: Callable[[], Iterable[str]]) -> None:
        """Take away what is none of the texts ``wanted`` by the library, where much has gathered."""
        with opened(self.path, self.id) as file:
            try:
                if file is not None and file.is_full():
                    file.clear(wanted())
            except sqlite3.Error as error:
                _take_away(self.path, error)


def remembering(embedder: Embedder) -> AbstractContextManager[Embedder]:
    """The embedder to build a library's indexes with: itself, or what draws on vectors that are kept."""
    return embedder.remembering() if isinstance(embedder, Kept) else nullcontext(embedder)


class _Remembering:
    """An embedder that looks among kept vectors first."""

    def __init__(self, embedder: Embedder, file: VectorFile, path: Path) -> None:
        self._embedder = embedder
        self._file: VectorFile | None = file
        self._path = path

    @property
    def id(self) -> str:
        return self._embedder.id

    @property
    def size(self) -> int:
        return self._embedder.size

    def encode(self, texts: Iterable[str]) -> Floats:
        """(texts, size) float32 vectors of passages, of length 1 but for the rounding."""
        wanted = list(texts)
        keys = [digest(text) for text in wanted]
        places = {key: place for place, key in reversed(list(enumerate(keys)))}  # of each different text the first
        known = self._known(list(places))
        fresh = [key for key in places if key not in known]
        for first in range(0, len(fresh), _WRITTEN):
            some = fresh[first : first + _WRITTEN]
            rows = self._embedder.encode([wanted[places[key]] for key in some]).astype(np.float16)
            known.update(zip(some, rows, strict=True))
            self._keep(some, rows)
        out = np.zeros((len(keys), self.size), np.float32)
        for number, key in enumerate(keys):
            out[number] = known[key]
        return out

    def encode_queries(self, texts: Iterable[str]) -> Floats:
        """Queries as they are."""
        return self._embedder.encode_queries(texts)

    def _known(self, keys: Sequence[bytes]) -> dict[bytes, Halves]:
        if self._file is None:
            return {}
        try:
            found = self._file.get(keys)
        except sqlite3.Error as error:
            self._give_up(error)
            return {}
        width = 2 * self.size
        return {key: np.frombuffer(row, np.float16) for key, row in found.items() if len(row) == width}

    def _keep(self, keys: Sequence[bytes], rows: Halves) -> None:
        if self._file is not None:
            try:
                self._file.put(keys, rows)
            except sqlite3.Error as error:
                self._give_up(error)

    def _give_up(self, error: sqlite3.Error) -> None:
        """Encode everything from here on: the library can't be written, or the file is damaged."""
        self._file = None
        _take_away(self._path, error)
