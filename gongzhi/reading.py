"""Outcome files: repaired, parsed, their claims extracted; in this process, or in several with results in order."""

import pickle
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Self

from corpus.laid import Laid, lay, parsed
from corpus.model import ParsedSource
from corpus.unswept import unswept
from gongzhi.forking import begin, context, cores
from ingest.limits import DEFAULTS, Limits

#: Files of less than this in all are read before other processes would have started.
_SMALL = 4 * 2**20
#: Bytes and files to a batch, which a process reads at one go.
_BATCH, _MOST = 2**18, 16
#: Files that are read by our own code and by parsers of XML.
_OURS = frozenset({".txt", ".md", ".html", ".htm", ".docx"})


@dataclass(frozen=True, slots=True)
class Task:
    """A file to read: ``path`` is what errors call it, ``content`` its bytes where they are known already."""

    path: Path
    name: str
    origin: str
    bundled: bool
    rules: str
    limits: Limits = DEFAULTS
    content: bytes | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a task: the source as it goes into the library, with the claims of its documents, what they give to
    the glossary and the topics that they speak of; or the sentence that says why there is none."""

    task: Task
    laid: Laid | None
    failure: str = ""

    @property
    def parsed(self) -> ParsedSource | None:
        """The source that was read."""
        return None if self.laid is None else parsed(self.laid)


def read(task: Task) -> Outcome:
    """Read one file. What is wrong with it is said in the result: one file must not keep the others out."""
    from graph.claims import extract_claims
    from graph.readings import given
    from ingest.errors import IngestError
    from ingest.parse import parse_source

    try:
        parsed = parse_source(
            task.path, task.content, name=task.name, origin=task.origin, bundled=task.bundled, limits=task.limits
        )
        parsed = replace(parsed, source=replace(parsed.source, rules=task.rules))
        found = [given(document.document, document.sections, document.passages) for document in parsed.documents]
        spoken = (row for _, rows in found for row in rows)
        laid = lay(parsed, map(extract_claims, parsed.documents), (sighted for sighted, _ in found), spoken)
    except IngestError as error:
        return Outcome(task, None, failure=str(error))
    except Exception as error:
        what = f"{type(error).__name__}: {error}"
        return Outcome(
            task, None, failure=f"“{task.path}”读取时出了意外（{what}）。请把这份文件和这句话一起报告给维护者。"
        )
    # Its bytes are in what was read.
    return Outcome(replace(task, content=None), laid)


def size_of(path: Path) -> int:
    """Bytes in a file; 0 for one that is gone by now, which reading it will say."""
    try:
        return path.stat().st_size
    except OSError:
        return 0


def processes(files: Sequence[Path]) -> int:
    """How many processes to read these files with: one to a core, but no more than there are files; 1 means this one.

    What foreign code reads is never read in this process: a damaged PDF or picture can end the one that reads it.
    """
    apart = any(path.suffix.lower() not in _OURS for path in files)
    if not apart and sum(map(size_of, files)) < _SMALL:
        return 1
    return max(2 if apart else 1, min(cores(), len(files)))


def read_all(tasks: Iterable[Task | Outcome], jobs: int) -> Iterator[Outcome]:
    """What came of each task, in their order, read by ``jobs`` processes; what is read already passes through.

    At most two batches to a process are held in memory, each of one file or of a few small ones.
    """
    if jobs == 1:
        yield from (read(task) if isinstance(task, Task) else task for task in tasks)
        return
    with _Desk(jobs) as desk:
        for task in tasks:
            desk.put(task)
            while len(desk.waiting) >= 2 * jobs:
                yield from desk.take()
        desk.close_batch()
        while desk.waiting:
            yield from desk.take()


def packed(outcomes: object) -> bytes:
    """Outcomes, or what holds them, as they are sent from one process to another."""
    return pickle.dumps(outcomes, pickle.HIGHEST_PROTOCOL)


def _read_batch(tasks: Sequence[Task]) -> bytes:
    with unswept():
        return packed([read(task) for task in tasks])


class _Pool:
    """Processes that read. One that dies (a fault in a library, memory gone) takes only the file it was reading."""

    def __init__(self, jobs: int) -> None:
        started = context(
            [
                "gongzhi.reading",
                "graph.claims",
                "graph.readings",
                "ingest.parse",
                "ingest.readers.docx",
                "ingest.readers.pdf",
            ]
        )
        self._running, self._alive = started.Pipe(duplex=False)
        self._executor = ProcessPoolExecutor(jobs, started, begin, (self._running,))

    def submit(self, batch: Sequence[Task]) -> Future[bytes]:
        try:
            return self._executor.submit(_read_batch, batch)
        except BrokenProcessPool as error:  # told when its turn comes
            broken: Future[bytes] = Future()
            broken.set_exception(error)
            return broken

    def close(self) -> None:
        """Stop at once: what is still being read is of no use to anybody."""
        self._alive.close()
        self._executor.shutdown(cancel_futures=True)
        self._running.close()


class _Desk:
    """Tasks in order, with what comes of them, several small files to a batch; a pool whose process died is replaced
    and its batches begun again."""

    def __init__(self, jobs: int) -> None:
        self._jobs = jobs
        self._pool = _Pool(jobs)
        self._batch: list[Task] = []
        self._size = 0
        self.waiting: deque[Outcome | tuple[Sequence[Task], Future[bytes]]] = deque()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.close()

    def put(self, task: Task | Outcome) -> None:
        """Take a task; what is read already only waits its turn."""
        if isinstance(task, Outcome):
            self.close_batch()
            self.waiting.append(task)
            return
        # What takes long, or may end its process, goes by itself.
        alone = task.path.suffix.lower() not in _OURS
        size = _BATCH if alone else size_of(task.path) if task.content is None else len(task.content)
        if self._size + size > _BATCH:
            self.close_batch()
        self._batch.append(task)
        self._size += size
        if alone or len(self._batch) == _MOST:
            self.close_batch()

    def close_batch(self) -> None:
        """Begin the tasks taken so far."""
        if self._batch:
            self._submit(self._batch)
            self._batch, self._size = [], 0

    def _submit(self, batch: Sequence[Task]) -> None:
        self.waiting.append((batch, self._pool.submit(batch)))

    def take(self) -> Sequence[Outcome]:
        """What came of the first that waits; nothing yet, where a process died over several files: then they are begun
        again one by one."""
        first = self.waiting.popleft()
        if isinstance(first, Outcome):
            return [first]
        batch, future = first
        try:
            outcomes: list[Outcome] = pickle.loads(future.result())
            return outcomes
        except BrokenProcessPool:
            self._pool.close()
            found = [alone(batch[0])] if len(batch) == 1 else []
            self._pool = _Pool(self._jobs)
            again, self.waiting = self.waiting, deque()
            for task in () if found else batch:
                self._submit([task])
            for other in again:
                if isinstance(other, Outcome):
                    self.waiting.append(other)
                else:
                    self._submit(other[0])
            return found


def alone(task: Task) -> Outcome:
    """Read a file that may have killed its process, with nothing beside it."""
    pool = _Pool(1)
    try:
        outcomes: list[Outcome] = pickle.loads(pool.submit([task]).result())
        return outcomes[0]
    except BrokenProcessPool:
        reason = f"读“{task.path}”的进程意外终止（文件损坏，或内存不足）。请修复或转换这份文件后再试。"
        return Outcome(task, None, failure=reason)
    finally:
        pool.close()
