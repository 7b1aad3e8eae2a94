"""Reading on the workers of a Dask cluster: each file's bytes go out with its task, what was read in it comes back.

Workers need no disk of ours, and this process needs none of theirs. What is out is bounded by number and by bytes; what
comes back is taken in order and released at once. A worker that dies loses nothing: the scheduler gives what it had to
others. A file on which several died is read once more by itself, in a process of this machine, which tells a file that
kills what reads it from one that only waited beside it.

Tasks and results travel as bytes: the scheduler has to know nothing of their classes, and counts their real size.
"""

import logging
import pickle
import socket
import threading
import time
from asyncio import CancelledError as AsyncCancelled
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlsplit

from corpus.errors import GongzhiError
from corpus.laid import with_content
from gongzhi.errors import (
    ClusterExtraMissing,
    SchedulerLost,
    SchedulerUnreachable,
    WorkerDiffers,
    WorkersMissing,
    WorkerUnfit,
)
from gongzhi.reading import Outcome, Task, alone, size_of
from gongzhi.workers import Found, Model, Unfit, work

if TYPE_CHECKING:
    from search.embedders.kept import Keep

_PER_THREAD = 3  # files out for each thread of the workers: one is read, the next has come, one is on its way
_MOST_BYTES = 64 * 2**20  # of files out at once; a larger one goes alone
_CONNECTING = 10.0  # seconds to find the scheduler
_PATIENCE = 60.0  # seconds that no worker may be there
_BEAT = 2.0  # seconds after which workers are counted again


@dataclass(frozen=True, slots=True)
class Encoding:
    """What workers are to encode sentences with, and who takes the vectors."""

    model: Model
    keep: "Keep"


def read_on(
    tasks: Iterable[Task | Outcome], address: str, encoding: Callable[[], Encoding | None] = lambda: None
) -> Iterator[Outcome]:
    """What came of each task, in their order, read by the workers of the scheduler at ``address``; what is read already
    passes through. The cluster is asked for, and ``encoding``, when the first file is to be read.

    Raises ClusterExtraMissing, SchedulerUnreachable, SchedulerLost, WorkersMissing, WorkerDiffers, WorkerUnfit.
    """
    waiting = iter(tasks)
    for first in waiting:
        if isinstance(first, Outcome):
            yield first
            continue
        with _Cluster(address, encoding()) as cluster:
            cluster.put(first)
            for task in waiting:
                while cluster.is_full(task):
                    yield cluster.take()
                cluster.put(task)
            while cluster.waiting:
                yield cluster.take()


@dataclass(frozen=True, slots=True)
class _Out:
    """A file that is being read somewhere."""

    task: Task
    content: bytes
    future: Any


class _Cluster:
    """Tasks in order, out on a cluster."""

    def __init__(self, address: str, encoding: Encoding | None) -> None:
        try:
            import distributed
        except ImportError as error:
            raise ClusterExtraMissing(address) from error
        # What goes wrong is told in one sentence; its own log would tell it in English before that.
        for name in ("distributed", "distributed.client"):
            logging.getLogger(name).setLevel(logging.CRITICAL)
        self._dask: Any = distributed
        self._address = address
        self._encoding = encoding
        self.waiting: deque[Outcome | _Out] = deque()
        self._bytes = 0
        self._threads, self._counted = 0, 0.0
        _knock(address)
        self._client = self._connected()

    def _connected(self) -> Any:
        """A client of the scheduler. One that is never answered would never give up: it is left behind."""
        made: SimpleQueue[Any] = SimpleQueue()

        def connect() -> None:
            try:
                made.put(self._dask.Client(self._address, timeout=_CONNECTING, set_as_default=False))
            except Exception as error:
                made.put(error)

        threading.Thread(target=connect, daemon=True).start()
        try:
            found = made.get(timeout=2 * _CONNECTING)
        except Empty:
            raise SchedulerUnreachable(self._address, "没有应答，也许不是 Dask 的调度器") from None
        if isinstance(found, Exception):
            raise SchedulerUnreachable(self._address, str(found).split("\n")[0] or type(found).__name__) from found
        return found

    def __enter__(self) -> Self:
        try:
            self._await_workers()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        """Call back what is out: nobody waits for it any more."""
        futures = [out.future for out in self.waiting if isinstance(out, _Out)]
        self.waiting.clear()
        with suppress(Exception, AsyncCancelled):
            if futures and self._client.status == "running":
                self._client.cancel(futures)
        with suppress(Exception, AsyncCancelled):
            self._client.close(timeout=_BEAT)

    def is_full(self, task: Task | Outcome) -> bool:
        """True where something must come back before a task goes out."""
        if time.monotonic() - self._counted > _BEAT:
            self._count()
        if len(self.waiting) >= _PER_THREAD * max(self._threads, 1):
            return True
        return bool(self.waiting) and isinstance(task, Task) and self._bytes + _size(task) > _MOST_BYTES

    def put(self, task: Task | Outcome) -> None:
        """Send a task out; what is read already, or can't be, only waits its turn."""
        if isinstance(task, Outcome):
            self.waiting.append(task)
            return
        from ingest.errors import IngestError
        from ingest.readers import load

        try:
            content = load(task.path, task.limits) if task.content is None else task.content
        except IngestError as error:
            self.waiting.append(Outcome(task, None, failure=str(error)))
            return
        model = self._encoding.model if self._encoding else None
        sent = pickle.dumps((task.rules, model, pickle.dumps(replace(task, content=content))))
        import dask

        # A large file can't lie on a worker beforehand, as the warning advises: it would be lost with that worker.
        with self._told(), dask.config.set({"distributed.admin.large-graph-warning-threshold": "1TiB"}):
            future = self._client.submit(work, sent, pure=False)
        self._bytes += len(content)
        self.waiting.append(_Out(task, content, future))

    def take(self) -> Outcome:
        """What came of the first that waits."""
        first = self.waiting[0]
        if isinstance(first, Outcome):
            self.waiting.popleft()
            return first
        found = self._result(first.future)
        self.waiting.popleft()
        self._bytes -= len(first.content)
        if found is None:
            return replace(alone(replace(first.task, content=first.content)), task=first.task)
        return self._unpacked(first, found)

    def _result(self, future: Any) -> bytes | None:
        """What a task gave, packed; None where several workers died over it."""
        with self._told():
            while True:
                try:
                    error = future.exception(timeout=_BEAT)
                    break
                except TimeoutError:
                    if self._client.status != "running":
                        raise SchedulerLost(self._address) from None
                    self._await_workers()
            if future.status == "cancelled":
                raise SchedulerLost(self._address)
            if isinstance(error, self._dask.scheduler.KilledWorker):
                return None
            if error is not None:
                raise WorkerUnfit("集群", f"{type(error).__name__}: {' '.join(str(error).split())[:200]}")
            told: bytes = future.result()
            return told

    def _unpacked(self, out: _Out, told: bytes) -> Outcome:
        found: Found | Unfit = pickle.loads(told)
        if isinstance(found, Unfit):
            if found.kind == "rules":
                raise WorkerDiffers(
                    found.worker, "读取规则", "在那台机器上装与这里同一版本的工知（附加包 ocr 也要一致）"
                )
            if found.kind == "model":
                raise WorkerDiffers(found.worker, "语义模型", "在那台机器上同一路径放同一个模型")
            raise WorkerUnfit(f"工作进程 {found.worker} ", found.reason)
        if self._encoding and found.vectors is not None:
            self._encoding.keep(found.digests, found.vectors)
        return Outcome(out.task, found.laid and with_content(found.laid, out.content), found.failure)

    def _count(self) -> None:
        """How many threads the workers have now."""
        with self._told():
            self._threads = sum(self._client.nthreads().values())
        self._counted = time.monotonic()

    def _await_workers(self) -> None:
        """Wait until a worker is there, not for ever."""
        end = time.monotonic() + _PATIENCE
        self._count()
        while not self._threads:
            if time.monotonic() > end:
                raise WorkersMissing(self._address, _PATIENCE)
            time.sleep(min(_BEAT, 0.2))
            self._count()

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Say that the scheduler is lost where it is."""
        try:
            yield
        except GongzhiError:
            raise
        except (OSError, TimeoutError, CancelledError, AsyncCancelled) as error:
            raise SchedulerLost(self._address) from error
        except Exception as error:  # a client that has closed raises bare Exception
            if self._client.status != "running":
                raise SchedulerLost(self._address) from error
            raise


def _knock(address: str) -> None:
    """Raise SchedulerUnreachable where nobody listens, at once: a client would try for long, and again when it is closed."""
    try:
        named = urlsplit(address)
        if named.scheme not in ("tcp", "tls") or not named.hostname or not named.port:
            raise SchedulerUnreachable(address, "地址要写成 tcp://主机:端口 或 tls://主机:端口")
        socket.create_connection((named.hostname, named.port), _CONNECTING).close()
    except (OSError, ValueError) as error:
        raise SchedulerUnreachable(address, getattr(error, "strerror", "") or error) from error


def _size(task: Task) -> int:
    return size_of(task.path) if task.content is None else len(task.content)
