"""What whoever keeps the library sees first: what waits for a look, what was changed last, what the library is."""

from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta

from corpus.model import Correction, Edit
from corpus.store import FILE_NAME, Store
from graph.curation import history
from graph.lint import Finding, lint_all, passed_over
from search.models import stamp_of
from search.queries import QueryLog
from web import words
from web.candidates import progress
from web.desk import Desk
from web.intake import Job
from web.statistics import Row, statistics

#: Days that a query is new for, and changes that are listed.
NEW = 7
_LISTED = 5


@dataclass(frozen=True, slots=True)
class Task:
    """Something to look at: how many, of what, and where; ``note`` says more."""

    number: int
    name: str
    note: str
    address: str


@dataclass(frozen=True, slots=True)
class View:
    """Everything on the page. ``size`` is in bytes; ``model`` the id of what searches by meaning, "" before the first
    search."""

    tasks: tuple[Task, ...]
    job: Job | None
    edits: tuple[Edit, ...]
    corrections: tuple[tuple[Correction, str], ...]
    counts: tuple[Row, ...]
    size: int
    generation: int
    model: str


def overlook(desk: Desk, store: Store, log: QueryLog, job: Job | None) -> View:
    """The library as it is now, and the last ``job`` of reading files. A correction stands with the id of its document, ""
    where that isn't in the library."""
    sheets = desk.sheets()
    found = findings(desk, store)
    errors = Counter(finding.severity for finding in found)["error"]
    left = progress(desk, store)
    spots = sum(sheet.doubtful for sheet in sheets)
    tasks: tuple[Task, ...] = (
        Task(sum(s.misses for s in sheets), "份文献有项目没有读出", "地方、日期等", "/manage/documents?show=missing"),
        Task(
            sum(bool(s.doubts) and not s.misses for s in sheets),
            "份文献有推断的项目",
            "核对后不再列",
            "/manage/documents?show=guessed",
        ),
        Task(len(left.left), "个候选术语没看", f"看过 {left.seen} 个", "/manage/terms/candidates"),
        Task(len(found), "处检查发现", f"其中错误 {errors} 处", "/manage/lint"),
        Task(new_queries(log), f"个 {NEW} 天内没查到的", f"一共 {log.count()} 个", "/manage/queries"),
        Task(
            spots,
            "处字句存疑",
            f"在 {sum(bool(s.doubtful) for s in sheets)} 份文献里",
            "/manage/documents?show=doubtful",
        ),
    )
    if job is not None and job.failures:
        note = f"{words.moment(job.made)}提交的"
        tasks = (Task(len(job.failures), "个文件没有读入", note, f"/manage/files/jobs/{job.id}"), *tasks)
    stamp = stamp_of(store)
    return View(
        tasks,
        job,
        tuple(history(store.select(Edit))[:_LISTED]),
        tuple(_last(desk)),
        desk.remembered(store, statistics)[0].rows,
        sum(_sizes(store)),
        store.generation,
        stamp.id if stamp else "",
    )


def findings(desk: Desk, store: Store) -> list[Finding]:
    """What the checks find, without what people let pass: those of ``gongzhi lint``."""
    passed = passed_over(store)
    return [finding for finding in desk.remembered(store, lint_all) if finding.key not in passed]


def new_queries(log: QueryLog) -> int:
    """How many queries without a sure answer were asked in the last days."""
    return log.count((date.today() - timedelta(days=NEW - 1)).isoformat())


def _last(desk: Desk) -> Iterable[tuple[Correction, str]]:
    held = [(c, sheet.document.id) for sheet in desk.sheets() for c in sheet.corrections]
    held += [(correction, "") for correction in desk.waiting()]
    return sorted(held, key=lambda pair: pair[0].made, reverse=True)[:_LISTED]


def _sizes(store: Store) -> Iterable[int]:
    """The bytes of the library: its file, what SQLite keeps beside it, and the caches."""
    for path in (*store.folder.glob(f"{FILE_NAME}*"), *(store.folder / "cache").rglob("*")):
        with suppress(OSError):  # a cache that is made anew at this moment
            yield path.stat().st_size
