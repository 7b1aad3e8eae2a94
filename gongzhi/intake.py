"""The intake: files that are sent to the server, read into the library by a process beside it, one job at a time.

Jobs are files in the library's folder, so that one can come back to them after the browser was closed or the server was
started anew. What a job changes is one transaction of the library: stopped at any moment, it is done or not begun.
"""

import json
import os
import secrets
import shutil
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, ValidationError

from corpus.errors import LibraryError, LibraryReadOnly
from corpus.model import Source
from corpus.store import Store
from gongzhi.build import INTAKE
from gongzhi.intaking import Order
from gongzhi.removed import Kept, Shed
from ingest.limits import Limits
from web.errors import IntakeFull, JobNotFound, SourceNotFound, StorageFull
from web.intake import Bounds, FileResult, Job, Kind, RemovedSource, Result, Same, SentFile, State

#: Jobs that may wait, that are remembered, and whose files are kept to be read again.
MOST_WAITING, REMEMBERED, WITH_FILES = 5, 30, 5
#: Files in one form. An archive brings in as many as ingest takes.
MOST_FILES = 200
_JOB = "job.json"
_SPARE = 2**26  # bytes that are left free on the disk
_INTERRUPTED = "服务在处理中途停止了。资料库保持原样，可以重新读入。"
_FRESH = {
    "state": "waiting", "stage": "等前面的做完", "done": 0, "total": 0, "settled": False, "problem": "", "again": False,
    "ended": "", "mark": "",
}  # fmt: skip
_WRITTEN = "中断前已经写进资料库；每份文件的结果没有来得及记下。"


class _Record(Job):
    """A job with what only its keeper needs."""

    same: Same = "replace"
    source: str = ""
    mark: str = ""  # of the library before anything was written
    tray: list[tuple[str, str]] = Field(default_factory=list)  # (path in the tray, name)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


class LibraryIntake:
    """See ``web.intake.Intake``. ``limits`` bound what one file may bring in."""

    def __init__(self, library: Path, limits: Limits) -> None:
        self._library = library.resolve()
        self._home = self._library / INTAKE / "jobs"
        self._trays = self._library / INTAKE / "trays"
        self.bounds = Bounds(max(limits.package, limits.text), max(limits.unpacked, limits.package), MOST_FILES)
        self._lock = threading.Condition()
        self._waiting: deque[str] = deque()
        self._process: subprocess.Popen[str] | None = None
        self._current = ""
        self._stopping: Literal["", "cancelled", "interrupted"] = ""
        self._closed = False
        self._thread: threading.Thread | None = None
        self._records = self._remembered()

    # What the web asks for.

    def room(self, announced: int) -> None:
        if not os.access(self._library, os.W_OK):
            raise LibraryReadOnly(self._library)
        self._queue_bound()
        # The bytes are written once as they come and once into the library.
        if shutil.disk_usage(self._library).free < 2 * announced + _SPARE:
            raise StorageFull

    def tray(self) -> Path:
        tray = self._trays / secrets.token_hex(8)
        tray.mkdir(parents=True)
        return tray

    def read(self, tray: Path, files: Sequence[tuple[Path, str]], refused: Sequence[FileResult], same: Same) -> Job:
        sent = [SentFile(name=name, size=path.stat().st_size) for path, name in files]
        within = [(path.relative_to(tray).as_posix(), name) for path, name in files]
        record = self._new("read", sent, refused=list(refused), same=same, tray=within)
        folder = self._home / record.id
        with self._lock:
            # Others may have come in while this one was being sent.
            self._queue_bound()
            folder.mkdir(parents=True)
            tray.replace(folder / "files")
            return self._put(record)

    def remove(self, source_id: str) -> Job:
        with Store.open(self._library) as store:
            found = store.select(Source, id=source_id)
        if not found:
            raise SourceNotFound
        self.room(0)
        sent = [SentFile(name=found[0].name, size=found[0].size)]
        return self._put(self._new("remove", sent, source=source_id))

    def put_back(self, source_id: str) -> Job:
        kept = self._kept(source_id)
        self.room(0)
        return self._put(self._new("put_back", [SentFile(name=kept.name, size=kept.size)], source=source_id))

    def forget(self, source_id: str) -> None:
        Shed(self._library).forget(self._kept(source_id).id)

    def removed(self) -> list[RemovedSource]:
        return [
            RemovedSource(
                id=kept.id,
                name=kept.name,
                size=kept.size,
                made=kept.made,
                documents=list(kept.documents),
                replaced=kept.replaced,
            )
            for kept in Shed(self._library).every()
        ]

    def jobs(self) -> list[Job]:
        with self._lock:
            return sorted(self._records.values(), key=lambda job: job.id, reverse=True)

    def job(self, job_id: str) -> Job:
        with self._lock:
            if job_id not in self._records:
                raise JobNotFound
            return self._records[job_id]

    def cancel(self, job_id: str) -> Job:
        with self._lock:
            record = self._of(job_id)
            if job_id in self._waiting:
                self._waiting.remove(job_id)
                self._close(job_id, "cancelled")
            elif record.state == "running" and not record.settled:
                self._stop("cancelled")
                self._lock.wait_for(lambda: not self._of(job_id).is_open, 10)
            return self._of(job_id)

    def again(self, job_id: str) -> Job:
        with self._lock:
            record = self._of(job_id)
            if not record.again:
                return record
            return self._put(record.model_copy(update=_FRESH | {"version": record.version + 1}))

    def close(self) -> None:
        with self._lock:
            self._closed = True
            for job_id in self._waiting:
                self._close(job_id, "interrupted")
            self._waiting.clear()
            self._stop("interrupted")
            self._lock.notify_all()
        if self._thread is not None:
            self._thread.join()

    # Jobs and their records.

    def _kept(self, source_id: str) -> Kept:
        kept = Shed(self._library).one(source_id)
        if kept is None:
            raise SourceNotFound
        return kept

    def _new(
        self,
        kind: Kind,
        files: list[SentFile],
        refused: list[FileResult] | None = None,
        same: Same = "replace",
        source: str = "",
        tray: list[tuple[str, str]] | None = None,
    ) -> _Record:
        now = datetime.now(UTC)
        return _Record.model_validate(
            _FRESH
            | {"id": f"{now:%Y%m%d%H%M%S%f}-{secrets.token_hex(4)}", "made": _now(), "kind": kind, "files": files}
            | {"refused": refused or [], "same": same, "source": source, "tray": tray or []}
            | {"result": None, "version": 0}
        )

    def _queue_bound(self) -> None:
        """Raises IntakeFull."""
        with self._lock:
            if len(self._waiting) >= MOST_WAITING:
                raise IntakeFull(MOST_WAITING)

    def _put(self, record: _Record) -> Job:
        """Queue a job. Raises IntakeFull."""
        with self._lock:
            self._queue_bound()
            self._records[record.id] = record
            self._write(record)
            self._waiting.append(record.id)
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="intake", daemon=True)
                self._thread.start()
            self._lock.notify_all()
        return record

    def _of(self, job_id: str) -> _Record:
        if job_id not in self._records:
            raise JobNotFound
        return self._records[job_id]

    def _change(self, job_id: str, **said: Any) -> _Record:
        with self._lock:
            record = self._records[job_id]
            record = record.model_copy(update=said | {"version": record.version + 1})
            self._records[job_id] = record
            self._lock.notify_all()
            return record

    def _close(self, job_id: str, state: State, problem: str = "", result: Result | None = None) -> None:
        """End a job. The files of one that could be done again are kept."""
        folder = self._home / job_id
        again = state in ("interrupted", "failed") and result is None
        if not again:
            shutil.rmtree(folder / "files", ignore_errors=True)
        said = {"state": state, "problem": problem, "result": result, "again": again, "ended": _now()}
        self._write(self._change(job_id, **said))
        self._forget_old()

    def _write(self, record: _Record) -> None:
        folder = self._home / record.id
        with suppress(OSError):  # it is told for as long as the server runs
            folder.mkdir(parents=True, exist_ok=True)
            fresh = folder / f".{_JOB}"
            fresh.write_text(record.model_dump_json(), "utf-8")
            fresh.replace(folder / _JOB)

    def _forget_old(self) -> None:
        ended = sorted((job.id for job in self._records.values() if not job.is_open), reverse=True)
        for job_id in [job_id for job_id in ended if self._records[job_id].again][WITH_FILES:]:
            shutil.rmtree(self._home / job_id / "files", ignore_errors=True)
            self._write(self._change(job_id, again=False))
        for job_id in ended[REMEMBERED:]:
            shutil.rmtree(self._home / job_id, ignore_errors=True)
            del self._records[job_id]

    def _remembered(self) -> dict[str, _Record]:
        """The jobs of earlier runs of the server: those that had not ended were interrupted."""
        found = {}
        with suppress(OSError):
            shutil.rmtree(self._trays, ignore_errors=True)  # what was being sent never came to its end
            for folder in self._home.iterdir() if self._home.is_dir() else ():
                try:
                    record = _Record.model_validate_json((folder / _JOB).read_bytes())
                except (OSError, ValidationError):
                    shutil.rmtree(folder, ignore_errors=True)
                    continue
                if record.is_open:
                    written = self._is_written(record)
                    record = record.model_copy(
                        update={
                            "state": "done" if written else "interrupted",
                            "problem": _WRITTEN if written else _INTERRUPTED,
                            "again": not written,
                            "ended": _now(),
                        }
                    )
                    if written:
                        shutil.rmtree(folder / "files", ignore_errors=True)
                    self._write(record)
                found[record.id] = record
        return found

    def _is_written(self, record: _Record) -> bool:
        """True where the library was changed after a job had begun to write it."""
        if not record.mark:
            return False
        with Store.open(self._library) as store:
            return store.mark != record.mark

    # The thread that has jobs done.

    def _work(self) -> None:
        while True:
            with self._lock:
                self._lock.wait_for(lambda: self._waiting or self._closed)
                if self._closed:
                    return
                job_id = self._current = self._waiting.popleft()
                self._stopping = ""
                self._write(self._change(job_id, state="running", stage="准备"))
            try:
                self._do(self._records[job_id])
            except OSError as error:
                self._close(job_id, "failed", f"启动不了读入的进程（{error.strerror}）。请稍后再试。")
            except LibraryError as error:  # whether anything was written can't be told; later jobs are still done
                self._close(job_id, "failed", str(error))
            finally:
                with self._lock:
                    self._current = ""
                    self._lock.notify_all()

    def _stop(self, state: Literal["cancelled", "interrupted"]) -> None:
        if self._current:
            self._stopping = state
            if self._process is not None:
                self._process.kill()

    def _do(self, record: _Record) -> None:
        tray = self._home / record.id / "files"
        order = Order(str(self._library), record.kind, str(tray), tuple(record.tray), record.same, record.source)
        last: dict[str, Any] = {}
        with subprocess.Popen(
            [sys.executable, "-m", "gongzhi.intaking"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            encoding="utf-8", errors="replace",
        ) as process:  # fmt: skip
            assert process.stdin is not None and process.stdout is not None
            with self._lock:
                self._process = process
                if self._stopping:
                    process.kill()
            with suppress(BrokenPipeError):
                process.stdin.write(json.dumps(asdict(order)) + "\n")
                process.stdin.flush()
            for line in process.stdout:
                with suppress(ValueError):  # half a line of one that was killed
                    said = json.loads(line)
                    if "stage" in said:
                        self._change(record.id, **said)
                    elif "mark" in said:
                        self._write(self._change(record.id, **said))
                    else:
                        last = said
            process.wait()
            with self._lock:
                self._process = None
        self._end(record.id, last)

    def _end(self, job_id: str, last: dict[str, Any]) -> None:
        result = Result.model_validate(last["result"]) if "result" in last else None
        if last:
            problem = last.get("problem", "")
            self._close(job_id, "failed" if problem else "done", problem, result)
        elif self._is_written(self._records[job_id]):
            self._close(job_id, "done", _WRITTEN)
        elif self._stopping:
            self._close(job_id, self._stopping, _INTERRUPTED if self._stopping == "interrupted" else "")
        else:
            problem = "读入的进程意外终止（可能内存不足）。资料库保持原样。请减少文件再试，详情见服务器日志。"
            self._close(job_id, "failed", problem)
