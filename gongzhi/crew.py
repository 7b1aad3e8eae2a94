"""Several processes for what is done to every document of a large library; a small one is done in this process."""

import pickle
import tempfile
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import chain, islice
from pathlib import Path
from typing import Any

from corpus.spread import Item, Made, State, alone
from gongzhi.forking import begin, context, cores

#: Items of what is done before other processes would have started, and to a batch.
_FEW, _BATCH = 256, 32


class Crew:
    """A ``corpus.spread.Spread`` over ``jobs`` processes (0: one to a core); they end with the ``with`` block. What a
    process was doing that dies is done in this one."""

    def __init__(self, jobs: int = 0) -> None:
        self._jobs = jobs or cores()

    def __call__(
        self, make: Callable[[State], Callable[[Item], Made]], state: State, items: Iterable[Item]
    ) -> Iterator[Made]:
        every = iter(items)
        first = [*islice(every, _FEW)] if self._jobs > 1 else []
        if len(first) < _FEW:
            yield from alone(make, state, chain(first, every))
            return
        with tempfile.TemporaryDirectory() as folder:
            kept = Path(folder) / "state"
            kept.write_bytes(pickle.dumps((make, state), pickle.HIGHEST_PROTOCOL))
            yield from self._done(make, state, kept, chain(first, every))

    def _done(
        self, make: Callable[[State], Callable[[Item], Made]], state: State, kept: Path, items: Iterator[Item]
    ) -> Iterator[Made]:
        started = context(["graph.looking"])
        running, alive = started.Pipe(duplex=False)
        waiting: deque[tuple[list[Item], Future[bytes]]] = deque()
        own: Callable[[Item], Made] | None = None  # made where a process died
        executor = ProcessPoolExecutor(self._jobs, started, _begin, (running, kept))
        try:
            while True:
                while len(waiting) < 2 * self._jobs and (batch := [*islice(items, _BATCH)]):
                    waiting.append((batch, _submitted(executor, batch)))
                if not waiting:
                    return
                batch, future = waiting.popleft()
                try:
                    made: list[Made] = pickle.loads(future.result())
                except BrokenProcessPool:
                    own = own or make(state)
                    made = [own(item) for item in batch]
                yield from made
        finally:
            alive.close()
            executor.shutdown(cancel_futures=True)
            running.close()


def _submitted(executor: ProcessPoolExecutor, batch: Sequence[object]) -> "Future[bytes]":
    try:
        return executor.submit(_do, pickle.dumps(batch, pickle.HIGHEST_PROTOCOL))
    except BrokenProcessPool as error:  # told when its turn comes
        broken: Future[bytes] = Future()
        broken.set_exception(error)
        return broken


_does: Callable[[Any], Any]


def _begin(running: Any, kept: Path) -> None:
    global _does
    begin(running)
    make, state = pickle.loads(kept.read_bytes())
    _does = make(state)


def _do(batch: bytes) -> bytes:
    return pickle.dumps([_does(item) for item in pickle.loads(batch)], pickle.HIGHEST_PROTOCOL)
