"""Queries that the library had no sure answer to, kept for whoever keeps its words: what people ask and don't find.

They lie in a file of their own beside the library, so that a query changes nothing in it. Kept are the words, how often
and between which days they were asked; who asked is never known here, and what may tell of a person is left out of the
words before they are written. Where the file can't be written nothing is kept and nothing fails.
"""

import queue
import re
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import astuple, dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal, get_args

if TYPE_CHECKING:
    from search.answers import Filters, PlacesAnswer, SearchAnswer

FILE_NAME = "queries.db"
#: Queries that are kept; of more the one asked longest ago goes.
MOST = 2000
_LONGEST = 60  # characters: what is longer is a draft, not a question
_WAITING = 200  # queries that wait to be written; more are let go
_PATIENCE = 0.5  # seconds that a line waits for another process that writes
_HIDDEN = "＊"
_SCHEMA = (
    "CREATE TABLE IF NOT EXISTS asked (query TEXT NOT NULL, way TEXT NOT NULL, found INTEGER NOT NULL,"
    " times INTEGER NOT NULL, first TEXT NOT NULL, last TEXT NOT NULL, PRIMARY KEY (query, way)) WITHOUT ROWID"
)
_DIGIT = r"[0-9０-９]"
_YEARS = r"(?:19|20)\d\d *- *(?:19|20)\d\d(?!\d)"
_NAME = r"[一-鿿·]{2,4}"
# What may tell of a person, the surest first. A name goes on as far as a name can.
_PERSONAL = tuple(
    re.compile(pattern)
    for pattern in (
        r"[\w.+-]+[@＠][\w-]+(?:[.．][\w-]+)+",
        rf"{_DIGIT}{{17}}[0-9０-９Xx]",
        rf"(?:[+＋]?86[- ]?)?1[3-9](?:[- ]?{_DIGIT}){{9}}",
        r"(?:(?:QQ|qq|微信号?|VX|vx|WX|wx|支付宝|卡号|账号|帐号|工号|车牌号?|手机号?|电话)[:：是为 ]{0,2})[\w-]{5,}",
        rf"(?!{_YEARS})(?<!\d){_DIGIT}(?:[- ]?{_DIGIT}){{6,}}",
        r"[零〇一二三四五六七八九幺]{7,}",
        r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-Z][·• ]?[0-9A-Z]{5,6}",
    )
)
_NAMED = re.compile(
    r"(我叫|我名叫|名叫|名字叫|名字是|姓名[:：是为]?|本人|联系人[:：是]?|申请人[:：是]?|投诉人[:：是]?|当事人[:：是]?)\s*(?:"
    + _NAME
    + ")"
)
_HOME = re.compile(r"(家住|住在|住址[:：是]?|地址[:：是]?)[^，。；、？！,;?! ]{2,}")
Way = Literal["search", "places"]


@dataclass(frozen=True, slots=True)
class Asked:
    """A query without a sure answer: asked of all passages or for places (``way``), how often, on which first and last
    day (ISO 8601); ``found`` is whether there was something at all."""

    query: str
    way: Way
    found: bool
    times: int
    first: str
    last: str


def masked(query: str) -> str:
    """A query without what may tell of a person, "" where nothing to learn from is left of it."""
    from search.analyzer import squeeze  # whoever only wants the file's name reads no query
    from search.query import is_long

    text = " ".join(query.split())
    if len(squeeze(text)) >= _LONGEST or is_long(text):
        return ""
    for pattern in _PERSONAL:
        text = pattern.sub(_HIDDEN, text)
    text = _NAMED.sub(rf"\1{_HIDDEN}", text)
    text = _HOME.sub(rf"\1{_HIDDEN}", text)
    text = "".join(c for c in text if c.isprintable())
    return text if len(squeeze(text.replace(_HIDDEN, ""))) > 1 else ""


def unanswered(answer: "SearchAnswer", given: "Filters", offset: int = 0) -> bool:
    """True for an answer that is worth keeping its query: one of the whole library (``given`` are conditions set beside
    the query) and all evidence, from its first hit on, that isn't sure."""
    return not answer.sure and answer.mode == "hybrid" and not offset and not any(astuple(given))


def unplaced(answer: "PlacesAnswer", level: str) -> bool:
    """The same for a place question: one that no place of any level answers; ``level`` is the one asked for beside it."""
    return bool(answer.topic) and not answer.answers and not level


class QueryLog:
    """The queries of one library folder. ``kept`` off notes nothing; what is there can still be read and cleared.

    Noting takes microseconds: a thread of its own writes, and ends when nothing is left to write.
    """

    def __init__(self, folder: Path, *, kept: bool = True) -> None:
        self._path = folder / FILE_NAME
        self.kept = kept
        self._waiting: queue.Queue[tuple[str, Way, bool]] = queue.Queue(_WAITING)
        self._starting = threading.Lock()
        self._writer: threading.Thread | None = None

    def note(self, query: str, *, way: Way = "search", found: bool = False) -> None:
        """Keep a query that had no sure answer, some time soon. Never raises, never waits."""
        if not self.kept:
            return
        with suppress(queue.Full):
            self._waiting.put_nowait((query, way, found))
            with self._starting:
                if self._writer is None or not self._writer.is_alive():
                    self._writer = threading.Thread(target=self._write, name="queries", daemon=True)
                    self._writer.start()

    def close(self) -> None:
        """Wait until what was noted is written."""
        while (writer := self._writer) is not None and writer.is_alive():
            writer.join()

    def _write(self) -> None:
        while True:
            batch = list(self._taken())
            if batch:
                with suppress(sqlite3.Error, OSError):
                    self._change(lambda db, batch=batch: _keep(db, batch))  # type: ignore[misc]
            with self._starting:
                if self._waiting.empty():
                    self._writer = None
                    return

    def _taken(self) -> Iterator[tuple[str, Way, bool]]:
        with suppress(queue.Empty):
            while True:
                query, way, found = self._waiting.get_nowait()
                if words := masked(query):
                    yield words, way, found

    def listed(self, answered: Callable[[Asked], bool], most: int, *, newest: bool = False) -> list[Asked]:
        """Up to ``most`` queries, those asked most often first, or ``newest`` those asked last. Each is asked again: what
        is ``answered`` now, since something was taught or read in, leaves the list for good."""
        kept: list[Asked] = []
        gone: list[Asked] = []
        every = self._all()
        if newest:
            every.sort(key=lambda asked: asked.last, reverse=True)
        for asked in every:
            if len(kept) == most:
                break
            (gone if answered(asked) else kept).append(asked)
        self.forget(gone)
        return kept

    def count(self, since: str = "") -> int:
        """How many queries are kept; with a day (ISO 8601) those that were asked on it or later."""
        return sum(asked.last >= since for asked in self._all())

    def forget(self, asked: list[Asked]) -> None:
        """Take some out; nothing happens where the file can't be written."""
        keys = [(one.query, one.way) for one in asked]
        if keys:
            with suppress(sqlite3.Error, OSError):
                self._change(lambda db: db.executemany("DELETE FROM asked WHERE query = ? AND way = ?", keys))

    def clear(self) -> int:
        """Take all out; gives how many there were. Raises sqlite3.Error where the file can't be written."""
        if not self._path.exists():
            return 0
        count = self.count()
        self._change(lambda db: db.execute("DELETE FROM asked"))
        return count

    def _all(self) -> list[Asked]:
        if not self._path.exists():
            return []
        try:
            with closing(self._opened("ro")) as db:
                rows = db.execute("SELECT * FROM asked ORDER BY times DESC, last DESC, query, way").fetchall()
        except sqlite3.Error:
            return []
        return [Asked(query, way, bool(found), times, first, last) for query, way, found, times, first, last in rows
                if way in get_args(Way)]  # fmt: skip

    def _change(self, change: Callable[[sqlite3.Connection], object]) -> None:
        with closing(self._opened("rwc")) as db, db:
            db.execute(_SCHEMA)
            change(db)

    def _opened(self, mode: str) -> sqlite3.Connection:
        return sqlite3.connect(f"{self._path.resolve().as_uri()}?mode={mode}", uri=True, timeout=_PATIENCE)


def _keep(db: sqlite3.Connection, batch: list[tuple[str, Way, bool]]) -> None:
    today = date.today().isoformat()
    db.executemany(
        "INSERT INTO asked VALUES (?1, ?2, ?3, 1, ?4, ?4) ON CONFLICT DO UPDATE SET times = times + 1, last = ?4,"
        " found = ?3",
        [(query, way, found, today) for query, way, found in batch],
    )
    db.execute(
        "DELETE FROM asked WHERE (query, way) IN"
        " (SELECT query, way FROM asked ORDER BY last DESC, times DESC, query LIMIT -1 OFFSET ?)",
        (MOST,),
    )
