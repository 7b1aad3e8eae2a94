"""One job of the intake, done by a process of its own: ``python -m gongzhi.intaking``.

What is to be done comes as a line of JSON on stdin, what becomes of it goes as lines of JSON to stdout; when stdin ends,
whoever asked is gone and the process ends, too: the library stays as it was. Parsers of damaged files, and the memory
that reading takes, stay out of the server.
"""

import hashlib
import json
import os
import sys
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from corpus.errors import GongzhiError, LibraryBusy, LibraryUnwritable
from corpus.model import UNSURE, Document, Evidence, Passage, Repair, Source, Term
from corpus.store import Store
from gongzhi.build import INDEXING, Progress, Report, ingest, remove
from gongzhi.errors import NothingToIngest
from gongzhi.ledger import Change
from gongzhi.removed import Shed
from gongzhi.settings import limits
from web.intake import FileResult, FoundDocument, Kind, Result, Same

if TYPE_CHECKING:
    from ingest.files import Input

#: What the origin of a source that was sent begins with: no file has such a path.
SENT = "上传:"
_PATIENCE = 1800  # seconds to wait for another process that writes the library
_LOOKED_FOR = ("title", "place", "date")  # that somebody should look at where they are missing


@dataclass(frozen=True, slots=True)
class Order:
    """A job: ``files`` are (path below ``tray``, name); ``source`` is what is taken out or put back."""

    library: str
    kind: Kind
    tray: str = ""
    files: tuple[tuple[str, str], ...] = ()
    same: Same = "replace"
    source: str = ""


Tell = Callable[[dict[str, Any]], None]


def run(order: Order, tell: Tell) -> None:
    """Do a job. ``tell`` gets {stage, done, total, settled}, {mark} before anything is written, and at last {result} or
    {problem}; {problem, result} where no file could be read."""
    library = Path(order.library)
    with Store.open(library) as store:
        before = {term.label for term in store.select(Term)}
    progress = _progress(library, tell)
    try:
        report = _patiently(lambda: _DO[order.kind](order, library, progress), tell)
    except NothingToIngest as error:
        changes = _plainly(order, error.changes)
        tell({"problem": "没有一份文件读入，资料库保持原样。", "result": _result(library, changes, before)})
    except GongzhiError as error:
        tell({"problem": str(error)})
    except OSError as error:
        tell({"problem": str(LibraryUnwritable(library, error.strerror or type(error).__name__))})
    else:
        changes = _plainly(order, report.changes) if isinstance(report, Report) else (report,)
        said = _result(library, changes, before)
        if isinstance(report, Report):
            said |= {"bundled_removed": report.bundled_removed, "seconds": round(report.seconds, 1)}
        tell({"result": said})


def _plainly(order: Order, changes: tuple[Change, ...]) -> tuple[Change, ...]:
    """The changes, their reasons naming a file and not where it lies for the moment."""

    def plain(reason: str) -> str:
        for path, name in order.files:
            reason = reason.replace(path, name)
        return reason

    return tuple(replace(change, reason=plain(change.reason)) for change in changes)


def _progress(library: Path, tell: Tell) -> Progress:
    marked = False

    def progress(stage: str, done: int, total: int) -> None:
        nonlocal marked
        if not marked:
            # From here on this process alone writes: a library with another mark later holds what it has written.
            with Store.open(library) as store:
                tell({"mark": store.mark})
            marked = True
        tell({"stage": stage, "done": done, "total": total, "settled": stage.startswith(INDEXING) or done == total})

    return progress


def _patiently(work: Callable[[], Report | Change], tell: Tell) -> Report | Change:
    end = time.monotonic() + _PATIENCE
    while True:
        try:
            return work()
        except LibraryBusy:
            if time.monotonic() > end:
                raise
            tell({"stage": "资料库正被另一个程序写入，等它结束", "done": 0, "total": 0, "settled": False})
            time.sleep(1)


def _read(order: Order, library: Path, progress: Progress) -> Report:
    os.chdir(order.tray)
    paths = {Path(path): name for path, name in order.files}
    with Store.open(library) as store:
        called = _called(paths, store.select(Source), order.same)

    def renaming(found: "Input") -> "Input":
        # A member of an archive lies below it.
        first = next(path for path in (found.path, *found.path.parents) if path in called)
        name, origin = called[first]
        below = found.path.relative_to(first).as_posix()
        inside = "" if below == "." else f"/{below}"
        return replace(found, name=name + inside, origin=origin + inside)

    return _ingested(library, list(paths), renaming, progress)


def _called(paths: Mapping[Path, str], held: list[Source], same: Same) -> dict[Path, tuple[str, str]]:
    """What each file is called in the library and where it comes from: what is held already keeps its own; of two files
    with one name, the second is told apart."""
    known = {source.id: source for source in held}
    taken = {part for source in held for part in (source.origin, source.origin.partition("/")[0])}
    mine: set[str] = set()
    called = {}
    for path, name in paths.items():
        with path.open("rb") as file:
            there = known.get(hashlib.file_digest(file, "sha256").hexdigest()[:16])
        if there is not None:
            called[path] = there.name, there.origin
            continue
        unique, number = name, 1
        while SENT + unique in mine or (same == "keep" and SENT + unique in taken):
            number += 1
            parts = PurePosixPath(name)
            unique = f"{parts.stem}（{number}）{parts.suffix}"
        mine.add(SENT + unique)
        called[path] = unique, SENT + unique
    return called


def _put_back(order: Order, library: Path, progress: Progress) -> Report:
    shed = Shed(library)
    kept = shed.one(order.source)
    if kept is None:
        raise GongzhiError("这份来源没有留下，或者已经放回。请重新上传它的文件。")

    def renaming(found: "Input") -> "Input":
        return replace(found, name=kept.name, origin=kept.origin)

    return _ingested(library, [kept.file], renaming, progress)


def _ingested(library: Path, paths: list[Path], renaming: "Callable[[Input], Input]", progress: Progress) -> Report:
    shed = Shed(library)
    report = ingest(
        library,
        paths,
        limits=limits(),
        progress=progress,
        renaming=renaming,
        leaving=lambda store, source: shed.keep(store, source, replaced=True),
    )
    shed.tidy()
    return report


def _remove(order: Order, library: Path, progress: Progress) -> Change:
    shed = Shed(library)
    titles: list[str] = []

    def leaving(store: Store, source: Source) -> None:
        titles.extend(document.title for document in store.select(Document, source_id=source.id))
        shed.keep(store, source, replaced=False)

    source = remove(library, order.source, progress=progress, leaving=leaving)
    shed.tidy()
    return Change("removed", source.name, tuple(titles), "", source.id)


_DO: dict[Kind, Callable[[Order, Path, Progress], Report | Change]] = {
    "read": _read,
    "remove": _remove,
    "put_back": _put_back,
}


def _result(library: Path, changes: tuple[Change, ...], before: set[str]) -> dict[str, Any]:
    """What became of the files, with what was found in them."""
    with Store.open(library) as store:
        found = _found(store, {change.source for change in changes if change.action != "removed"})
        after = [term.label for term in store.select(Term)]
        files = [
            FileResult(
                name=change.file,
                action=change.action,
                reason=change.reason if change.action == "failed" else "",
                source=change.source,
                documents=found.get(change.source, []),
            )
            for change in changes
        ]
        return Result(
            files=files,
            new_terms=[label for label in after if label not in before],
            gone_terms=len(before - set(after)),
            bundled_removed=0,
            documents=store.count(Document),
            passages=store.count(Passage),
            terms=len(after),
            seconds=0,
        ).model_dump()


def _found(store: Store, sources: set[str]) -> dict[str, list[FoundDocument]]:
    """Source id → what was read from it."""
    every = {size.document_id: size for size in store.sizes()}
    found: defaultdict[str, list[FoundDocument]] = defaultdict(list)
    for source in sorted(sources - {""}):
        repairs = Counter[tuple[str, bool]]()
        for repair in store.select(Repair, source_id=source):
            repairs[repair.document_id, repair.doubtful] += 1
        for document in store.select(Document, source_id=source):
            evidence = store.select(Evidence, document_id=document.id)
            copy = document.same_as
            found[source].append(
                FoundDocument(
                    id=document.id,
                    title=document.title,
                    place=document.place,
                    date=document.date or document.period,
                    guessed=[item.field for item in evidence if item.confidence < UNSURE],
                    missing=[field for field in _LOOKED_FOR if not getattr(document, field)],
                    passages=len(store.select(Passage, document_id=document.id)),
                    repairs=repairs[document.id, False],
                    doubtful=repairs[document.id, True],
                    same_as=copy,
                    same_title=every[copy].title if copy else "",
                )
            )
    return found


def _end_with_stdin() -> None:
    sys.stdin.read()
    os._exit(1)


def _main() -> None:
    # What libraries print must not come between the lines that are told.
    told = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    said = json.loads(sys.stdin.readline())
    said["files"] = tuple((path, name) for path, name in said["files"])
    threading.Thread(target=_end_with_stdin, daemon=True).start()

    def tell(what: dict[str, Any]) -> None:
        told.write(json.dumps(what, ensure_ascii=False) + "\n")
        told.flush()

    run(Order(**said), tell)
    told.close()
    os._exit(0)  # without waiting for stdin


if __name__ == "__main__":
    _main()
