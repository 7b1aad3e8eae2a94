"""Processes beside the server that answer what programs ask most: Python runs on one core of a process at a time.

Each has the library open for itself and answers one question after another; the server keeps all that has a state
(uploads, sessions, limits, counts). What no process answers, the server answers itself: before they are ready, after one
died, and wherever the answer is an error. Over a line to each go a number, the length of what follows, and a pickled
question, or the answer after a byte of signs: nobody else can write to the line.
"""

import asyncio
import gc
import logging
import pickle
import signal
import socket
import struct
import threading
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess

from anyio import to_thread

from search.engine import Engine
from search.library import Library
from web.answering import Prepared, Question, prepared

_AHEAD = 2  # questions that a process holds: one that it answers, one that it goes on with at once
_MOST_DEATHS = 5  # of processes; those that die after it stay dead
_PATIENCE = 5  # seconds that a process has to end
_HEAD = struct.Struct("!II")
_READY, _REFUSED, _PACKED, _SEARCH, _PLACES, _FOUND = 1, 2, 4, 8, 16, 32
_WAYS = {"search": _SEARCH, "places": _PLACES}
log = logging.getLogger("gongzhi.web")


# ---------------------------------------------------------------------- the process
def answer_all(line: socket.socket, opened: Callable[[], Library]) -> None:
    """What a process does: answer what comes over the line until the server closes it."""
    # Ctrl-C goes to all processes of a terminal; the server is the one that ends the others.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.disable()
    library = opened()
    gc.enable()
    gc.freeze()  # what is there now stays: to look through it again and again takes milliseconds
    with suppress(OSError):  # the server is gone
        _Desk(line, library).work()


class _Desk:
    """Answers one question at a time."""

    def __init__(self, line: socket.socket, library: Library) -> None:
        self._line = line
        self._library = library
        self._sending = threading.Lock()
        self._renewing = threading.Lock()

    def work(self) -> None:
        self._send(0, _READY)
        with self._line.makefile("rb") as questions:
            while len(head := questions.read(_HEAD.size)) == _HEAD.size:
                number, length = _HEAD.unpack(head)
                question, packs = pickle.loads(questions.read(length))
                engine = self._library.current()
                if engine is None and not self._library.changed():
                    engine = self._library.engine()
                if engine is None and self._renewing.acquire(blocking=False):
                    # Whoever notices a change waits for it; the others go on with what was there.
                    threading.Thread(target=self._renew, args=(number, question, packs), daemon=True).start()
                else:
                    self._answer(number, question, packs, engine or self._library.opened)

    def _renew(self, number: int, question: Question, packs: bool) -> None:
        try:
            engine = self._library.engine()
            gc.unfreeze()  # the one before may go
        finally:
            self._renewing.release()
        with suppress(OSError):
            self._answer(number, question, packs, engine)

    def _answer(self, number: int, question: Question, packs: bool, engine: Engine) -> None:
        try:
            made = prepared(question, engine, packs)
        except Exception:  # the server asks itself and tells what is wrong
            self._send(number, _REFUSED)
            return
        signs = (_PACKED if made.packed else 0) | (_FOUND if made.found else 0)
        self._send(number, signs | (_WAYS[made.unsure] if made.unsure else 0), made.body)

    def _send(self, number: int, signs: int, body: bytes = b"") -> None:
        with self._sending:
            self._line.sendall(_HEAD.pack(number, 1 + len(body)) + bytes((signs,)) + body)


def _answer_of(signs: int, body: bytes) -> Prepared | None:
    if signs & _REFUSED:
        return None
    unsure = next((way for way, sign in _WAYS.items() if signs & sign), None)
    return Prepared(body, bool(signs & _PACKED), unsure, bool(signs & _FOUND))  # type: ignore[arg-type]


# ---------------------------------------------------------------------- the server's side
@dataclass(slots=True)
class _Asked:
    """A question that waits; ``answer`` is None where nobody could answer it."""

    message: bytes
    answer: asyncio.Future[Prepared | None] = field(default_factory=lambda: asyncio.get_running_loop().create_future())

    def settle(self, answer: Prepared | None) -> None:
        if not self.answer.done():  # else whoever asked has gone
            self.answer.set_result(answer)


class _Line(asyncio.Protocol):
    """The server's end of the line to one process."""

    def __init__(self, answerers: "Answerers") -> None:
        self._answerers = answerers
        self._received = bytearray()
        self._numbers = 0
        self.asked: dict[int, _Asked] = {}
        self.ready = False
        self.transport: asyncio.Transport | None = None
        self.ended = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def ask(self, asked: _Asked) -> None:
        assert self.transport is not None
        self._numbers = (self._numbers + 1) % 2**32
        self.asked[self._numbers] = asked
        self.transport.write(_HEAD.pack(self._numbers, len(asked.message)) + asked.message)

    def close(self) -> None:
        """End the process: it reads to the end of the line."""
        if self.transport is not None:
            self.transport.close()

    def data_received(self, data: bytes) -> None:
        self._received += data
        held, at = self._received, 0
        while len(held) - at >= _HEAD.size:
            number, length = _HEAD.unpack_from(held, at)
            end = at + _HEAD.size + length
            if len(held) < end:
                break
            signs, body = held[at + _HEAD.size], bytes(memoryview(held)[at + _HEAD.size + 1 : end])
            at = end
            if signs & _READY:
                self.ready = True
            elif asked := self.asked.pop(number, None):
                asked.settle(_answer_of(signs, body))
        del held[:at]
        self._answerers.hand_out()

    def connection_lost(self, exc: Exception | None) -> None:
        self.ready = False
        for asked in self.asked.values():
            asked.settle(None)
        self.asked.clear()
        if not self.ended.done():
            self.ended.set_result(None)
        self._answerers.hand_out()


class Answerers:
    """``count`` processes, started in ``context``, each with the library that ``opened`` gives there."""

    def __init__(self, count: int, opened: Callable[[], Library], context: Callable[[], BaseContext]) -> None:
        """``opened`` can be sent to another process. ``context`` is asked for when the first of them is started."""
        self._count, self._opened, self._context = count, opened, context
        self._lines: list[_Line] = []
        #: Those that run.
        self.processes: list[BaseProcess] = []
        self._waiting: deque[_Asked] = deque()
        self._keepers: list[asyncio.Task[None]] = []
        self._deaths = 0
        self._closed = False

    @property
    def ready(self) -> int:
        """How many processes answer."""
        return sum(line.ready for line in self._lines)

    def start(self) -> None:
        """Start the processes; until they are ready the server answers itself."""
        self._keepers = [asyncio.create_task(self._keep()) for _ in range(self._count)]

    async def ask(self, question: Question, packs: bool) -> Prepared | None:
        """The answer, packed where the client ``packs``; None where no process gives one."""
        if not self.ready:
            return None
        asked = _Asked(pickle.dumps((question, packs), pickle.HIGHEST_PROTOCOL))
        self._waiting.append(asked)
        self.hand_out()
        return await asked.answer

    def hand_out(self) -> None:
        """Give what waits to whoever has least to do."""
        lines = [line for line in self._lines if line.ready]
        while self._waiting:
            line = min(lines, key=lambda line: len(line.asked), default=None)
            if line is None:
                self._waiting.popleft().settle(None)
            elif len(line.asked) < _AHEAD:
                asked = self._waiting.popleft()
                if not asked.answer.done():
                    line.ask(asked)
            else:
                return

    async def _keep(self) -> None:
        """Start a process, and another when it dies."""
        while not self._closed and self._deaths < _MOST_DEATHS:
            ours, theirs = socket.socketpair()
            try:
                process = await to_thread.run_sync(self._begin, theirs)
            except OSError as error:
                ours.close()
                log.warning("不能另开进程（%s），改由主进程回答。", error)
                return
            _, line = await asyncio.get_running_loop().create_connection(lambda: _Line(self), sock=ours)
            self._lines.append(line)
            self.processes.append(process)
            if self._closed:  # while it was being started
                line.close()
            try:
                await line.ended
            finally:
                self._lines.remove(line)
                self.processes.remove(process)
                line.close()
                await asyncio.shield(to_thread.run_sync(_ended, process))
            if not self._closed:
                self._deaths += 1
                log.warning("一个答检索的进程停了（退出码 %s），改由主进程回答。", process.exitcode)

    def _begin(self, line: socket.socket) -> BaseProcess:
        with line:
            process: BaseProcess = self._context().Process(  # type: ignore[attr-defined]
                target=answer_all, args=(line, self._opened), name="answerer", daemon=True
            )
            process.start()
        return process

    async def close(self) -> None:
        """End the processes."""
        self._closed = True
        for line in self._lines:
            line.close()
        await asyncio.gather(*self._keepers, return_exceptions=True)


def _ended(process: BaseProcess) -> None:
    """Wait until a process ends by itself, as it does when its line is closed; else end it."""
    process.join(_PATIENCE)
    if process.is_alive():
        process.terminate()
        process.join()
