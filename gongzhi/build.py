"""Building a library: files → sources → claims → glossary → indexes, in one transaction."""

import hashlib
import time
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.laid import Laid, claimed, lay, parsed, records, source_of, titles
from corpus.model import Claim, Document, Passage, Repair, Sighted, Source, Term
from corpus.revisions import Cause
from corpus.store import FILE_NAME, Store
from corpus.unsettled import SMALL, unsettled
from gongzhi.crew import Crew
from gongzhi.errors import NothingToIngest, SourceNotFound
from gongzhi.ledger import Change, Ledger
from gongzhi.publishing import publish
from gongzhi.reading import Outcome, Task, processes, read_all, size_of
from gongzhi.rules import fingerprint
from ingest.limits import DEFAULTS, Limits
from search.cache import FOLDER as CACHE
from search.queries import FILE_NAME as QUERIES

if TYPE_CHECKING:
    from gongzhi.scheduling import Encoding
    from ingest.files import Input

#: Where files that were sent wait and what was taken out is kept, in the library's folder (see gongzhi.intake).
INTAKE = "intake"
TEXTS = Path(__file__).parent.parent / "corpus" / "texts"
#: What is told of a file in the record of what became of the glossary.
_TOLD = {"added": "导入", "replaced": "更新", "removed": "移出"}

#: Stages: of the last one on, what was asked for stands in the library.
LINKING, INDEXING = "识别术语、建立链接", "建立索引"
#: After that, in a large library: new terms and explanations, ties, numbers of use.
SETTLING = "整理全库的术语和关系"

Progress = Callable[[str, int, int], None]
#: Told of a stage that what was read goes through as a whole.
Told = Callable[[str], None]
#: Told of a source before it goes out of the library, with the store to take its bytes from.
Leaving = Callable[[Store, Source], None]
#: Gives what was found in a file another name and origin.
Renaming = Callable[["Input"], "Input"]
#: Reads tasks, in their order; what is read already passes through.
Reader = Callable[[Iterable[Task | Outcome]], Iterator[Outcome]]


@dataclass(frozen=True, slots=True)
class NearCopy:
    """A report that is in the library twice, in nearly the same words: ``shown`` is the one that answers come from."""

    title: str
    file: str
    shown: str
    shown_file: str


@dataclass(frozen=True, slots=True)
class Report:
    """What an ingestion did to each file, and what the whole library holds after it. ``settled``: the glossary is that of
    all documents; else it waits for ``gongzhi settle`` or the next ingestion."""

    changes: tuple[Change, ...]
    documents: int
    passages: int
    terms: int
    claims: int
    repairs: int
    near_copies: tuple[NearCopy, ...]
    bundled_removed: int
    settled: bool
    seconds: float

    @property
    def failures(self) -> tuple[Change, ...]:
        """The files that did not go in."""
        return tuple(change for change in self.changes if change.action == "failed")

    @property
    def counts(self) -> Counter[str]:
        """How many files each action befell."""
        return Counter(change.action for change in self.changes)


def is_library_file(folder: Path, path: Path) -> bool:
    """True for a file of the library in ``folder`` itself, which may lie inside a folder that is read."""
    folder, path = folder.resolve(), path.resolve()
    ours = path.parent == folder and path.name.startswith((FILE_NAME, QUERIES))
    return ours or path.is_relative_to(folder / CACHE) or path.is_relative_to(folder / INTAKE)


def _read_from(folder: Path, paths: Sequence[Path]) -> list[Path]:
    """The files named or lying in the folders named, without those of the library; the intake names its own."""
    from ingest.files import collect

    sent = {path for path in paths if path.resolve().is_relative_to(folder.resolve() / INTAKE)}
    return [path for path in collect(paths) if path in sent or not is_library_file(folder, path)]


def _silent(stage: str, done: int, total: int) -> None:
    pass


def _unmourned(store: Store, source: Source) -> None:
    pass


def _as_found(source: "Input") -> "Input":
    return source


def _tasks(ledger: Ledger, inputs: Iterable["Input"], bundled: bool, limits: Limits) -> Iterator[Task | Outcome]:
    """What is to be read: files whose bytes the library holds already are entered in the ledger and left out."""
    from ingest.errors import IngestError
    from ingest.readers.archive import is_archive

    for source in inputs:
        origin = source.name if bundled else source.origin
        task = Task(source.path, source.name, origin, bundled, fingerprint(), limits)
        try:
            # A member of an archive can be read only now, and what is wrong with a whole one is said now; a file is read
            # by the process that parses it.
            content = None if source.path.is_file() and not is_archive(source.path) else source.load()
            if ledger.may_know(size_of(source.path) if content is None else len(content)):
                content = source.load() if content is None else content
                if ledger.enter(task.origin, task.name, hashlib.sha256(content).hexdigest()[:16]):
                    continue
        except IngestError as error:
            yield Outcome(task, None, failure=str(error))
            continue
        yield replace(task, content=content)


def _readings(
    ledger: Ledger,
    files: Sequence[Path],
    *,
    reader: Reader,
    bundled: bool,
    limits: Limits,
    progress: Progress,
    renaming: Renaming = _as_found,
) -> Generator[Outcome, None, None]:
    """What is new in ``files``, read, in their order; the rest is entered in the ledger."""
    from ingest.files import inputs

    def each() -> Iterator["Input"]:
        for number, path in enumerate(files):
            progress(f"读取 {path.name}", number, len(files) + 2)
            yield from map(renaming, inputs(path, limits))

    yield from reader(_tasks(ledger, each(), bundled, limits))


def _reader(
    files: Sequence[Path],
    jobs: int,
    scheduler: str,
    encoding: "Callable[[], Encoding | None]" = lambda: None,
) -> Reader:
    """Reads with processes of this machine, or on a cluster where a scheduler is named."""
    if scheduler:
        from gongzhi.scheduling import read_on

        return lambda tasks: read_on(tasks, scheduler, encoding)
    return lambda tasks: read_all(tasks, jobs or processes(files))


def _settle(ledger: Ledger, readings: Iterable[Outcome], put: Callable[[Outcome, str], None]) -> None:
    """Enter what was read, and have ``put`` (reading, id) store what is new."""
    for reading in readings:
        task, laid = reading.task, reading.laid
        if laid is None:
            ledger.fail(task.origin, task.name, reading.failure)
        elif not ledger.enter(task.origin, task.name, source_of(laid).id):
            put(reading, source_of(laid).id)
            ledger.put(task.origin, task.name, source_of(laid).id, titles(laid))


def _store(store: Store, ledger: Ledger, reading: Outcome, source_id: str) -> None:
    """Put a source in, in place of what was read from the same file before."""
    assert reading.laid is not None
    before = ledger.displaced(reading.task.origin, source_id)
    if before is not None:
        store.park_source(before.id)
    corrected = store.is_corrected(source_of(reading.laid))
    store.put_laid(_corrected(store, reading.laid) if corrected else reading.laid)


def _corrected(store: Store, laid: Laid) -> Laid:
    """What was read of a source that somebody corrected: claims may tell of another place."""
    from graph.claims import extract_claims

    read = parsed(laid)
    stored = store.followed(read)
    claims = [
        told if document.document == before.document else extract_claims(document)
        for before, document, told in zip(read.documents, stored.documents, claimed(laid), strict=True)
    ]
    return lay(stored, claims, records(laid, Sighted), laid.get("concept_mention", ()))


def _tidy(store: Store, ledger: Ledger, roots: Sequence[Path], leaving: Leaving) -> None:
    """Move and take out sources as the run as a whole says."""
    moves, removals = list(ledger.moves()), list(ledger.removals(roots))
    for move in moves:
        before = ledger.displaced(move.origin, move.source.id)
        if before is not None:
            store.park_source(before.id)
    for move in moves:
        store.move_source(move.source.id, move.name, move.origin)
    for source in removals:
        leaving(store, source)
        store.remove_source(source.id)


def ingest(
    folder: Path,
    paths: Sequence[Path],
    *,
    bundled: bool = False,
    mirror: bool = False,
    jobs: int = 0,
    scheduler: str = "",
    limits: Limits = DEFAULTS,
    progress: Progress = _silent,
    renaming: Renaming = _as_found,
    leaving: Leaving = _unmourned,
    small: int = SMALL,
) -> Report:
    """Read files and folders into the library in ``folder``, creating it where there is none.

    Files whose bytes the library holds already are not read again, unless by other rules (another version of the
    program). The whole run is one transaction (each source a savepoint in it): interrupted or killed, the library
    stays as it was; only where many files come into a library that has no glossary yet, that one is made in a second
    transaction. A file that can't be read is reported and the others go in. ``mirror`` takes out what was read
    from ``paths`` before and is there no more. ``jobs`` processes read (0: as many as it pays), or the workers of the
    Dask cluster whose ``scheduler`` is named (see ``gongzhi.scheduling``), no file beyond ``limits``. The bundled
    digests, which only show how the system works, leave when the first files of one's own come in. ``progress`` is
    called with a stage name, the number of steps done and of all steps, ``leaving`` with each source that is taken out
    or replaced, before that. ``renaming`` says what a source that was found is called and where it comes from. In a
    library of more than ``small`` passages a little that is new can be searched first; what all documents make together
    is settled after that. Raises NothingToIngest, the errors of ``corpus.errors``, and with a scheduler those of
    ``read_on``; NotBrought where the library stands but a backend doesn't hold it all.
    """
    from graph.derive import take_in

    start = time.perf_counter()
    files = _read_from(folder, paths)
    if not files:
        raise NothingToIngest()
    steps = len(files) + 2
    roots = paths if mirror else ()
    new = not (folder / FILE_NAME).exists()

    def told(stage: str) -> None:
        progress(stage, len(files) + 1, steps)

    with Store.open(folder, create=True) as store, ExitStack() as closed_after:
        reader = _reader(files, jobs, scheduler, lambda: _encoding(store, closed_after))
        with _undone(store, new), _reached(store) as elsewhere, store.write():
            held = store.select(Source)
            ledger = Ledger([source for source in held if source.bundled == bundled], fingerprint())
            readings = _readings(
                ledger, files, reader=reader, bundled=bundled, limits=limits, progress=progress, renaming=renaming
            )
            closed_after.enter_context(closing(readings))
            before = store.changes
            with store.loading():
                _settle(ledger, readings, lambda reading, source_id: _store(store, ledger, reading, source_id))
            if ledger.is_empty():
                raise NothingToIngest(ledger.changes(()))
            _tidy(store, ledger, roots, leaving)
            examples = [] if bundled else store.select(Source, bundled=1)
            for example in examples:
                store.remove_source(example.id)
            changed = store.changes > before
            if changed:
                progress(LINKING, len(files), steps)
                take_in(store, _cause(ledger.changes(roots), examples), small, Crew(jobs))
        told(INDEXING)
        # The library is written: an interrupt from here on leaves only caches to be made, by whoever opens it next.
        if (changed or elsewhere) and not _waits_whole(store):
            with suppress(KeyboardInterrupt):
                publish(folder, partial(_encoded, told))
        settled = _settled(store, told, jobs)
        progress("完成", steps, steps)
        return Report(
            changes=ledger.changes(roots),
            documents=store.count(Document),
            passages=store.count(Passage),
            terms=store.count(Term),
            claims=store.count(Claim),
            repairs=store.count(Repair),
            near_copies=tuple(NearCopy(*copy) for copy in store.copies()),
            bundled_removed=len(examples),
            settled=settled,
            seconds=time.perf_counter() - start,
        )


def _settled(store: Store, told: Told, jobs: int = 0) -> bool:
    """Make the glossary that of all documents, where it waits, and what is asked of it. Interrupted, it goes on waiting:
    False."""
    from graph.derive import settle

    def make() -> None:
        told(SETTLING)
        settle(store, Crew(jobs))
        told(INDEXING)

    with suppress(KeyboardInterrupt):
        if _waits_whole(store):
            publish(store.folder, partial(_encoded, told), make)
        elif unsettled(store) is not None:
            make()
            publish(store.folder)
    return unsettled(store) is None


def _waits_whole(store: Store) -> bool:
    """True where all documents wait for a glossary: it doesn't take longer to make it before they can be searched, for what
    the indexes hold of the documents is made meanwhile."""
    from graph.adjoining import is_bare

    return unsettled(store) is not None and is_bare(store)


def _encoded(told: Told, done: int) -> None:
    told(f"{INDEXING}：{done} 句的向量")


def settle(folder: Path, *, progress: Progress = _silent) -> bool:
    """Settle the library in ``folder``; False where nothing waited."""
    from graph.derive import settle

    with Store.open(folder) as store:
        progress(SETTLING, 0, 2)
        waited = settle(store, Crew())
    if waited:
        progress(INDEXING, 1, 2)
        publish(folder)
    progress("完成", 2, 2)
    return waited


def _cause(changes: Iterable[Change], examples: Sequence[Source]) -> Cause:
    """What a run is remembered for, in the record of what became of the glossary."""
    told = tuple(f"{_TOLD[change.action]} {change.file}" for change in changes if change.action in _TOLD)
    return Cause("ingest", told, whole=bool(examples))


def preview(
    folder: Path,
    paths: Sequence[Path],
    *,
    mirror: bool = False,
    jobs: int = 0,
    scheduler: str = "",
    limits: Limits = DEFAULTS,
    progress: Progress = _silent,
) -> tuple[Change, ...]:
    """What ``ingest`` would do to each file; everything is read and nothing written."""
    files = _read_from(folder, paths)
    held: list[Source] = []
    if (folder / FILE_NAME).exists():
        with Store.open(folder) as store:
            held = store.select(Source, bundled=0)
    ledger = Ledger(held, fingerprint())
    reader = _reader(files, jobs, scheduler)
    readings = _readings(ledger, files, reader=reader, bundled=False, limits=limits, progress=progress)
    _settle(ledger, readings, lambda *_: None)
    return ledger.changes(paths if mirror else ())


def _encoding(store: Store, closed_after: ExitStack) -> "Encoding | None":
    """What workers are to encode sentences with; None where the library's model is too fast for it to pay."""
    from gongzhi.scheduling import Encoding
    from gongzhi.settings import models
    from gongzhi.workers import Model
    from search.embedders.kept import Kept

    choice, embedder = models().embedder(store)
    if not isinstance(embedder, Kept):
        return None
    keep = closed_after.enter_context(embedder.keeping())
    return Encoding(Model(choice.name, choice.dimension, embedder.id), keep)


@contextmanager
def _reached(store: Store) -> Iterator[bool]:
    """True where passages are to be brought to a backend, which is asked for before anything is read. Raises the errors of
    ``search.errors`` that begin with Backend."""
    from gongzhi.elsewhere import opened
    from gongzhi.settings import models

    with opened(store, models()) as backend:
        found = backend is not None
    yield found


@contextmanager
def _undone(store: Store, new: bool) -> Iterator[None]:
    """Take away a library that was begun in vain, so that nobody finds an empty one."""
    try:
        yield
    except BaseException:
        if new:
            from search.embedders.kept import FILE_NAME as KEPT
            from search.embedders.kept import discard

            discard(store.folder / CACHE / KEPT)
            store.discard()
        raise


def ingest_bundled(folder: Path, *, progress: Progress = _silent) -> Report:
    """Build the library of the digests that come with the program."""
    return ingest(folder, [TEXTS], bundled=True, progress=progress)


def remove(
    folder: Path,
    name: str,
    *,
    progress: Progress = _silent,
    leaving: Leaving = _unmourned,
    small: int = SMALL,
) -> Source:
    """Take a source (by file name, id or the start of its id) out, and all that was made from it.

    ``progress``, ``leaving`` and ``small`` as for ``ingest``. Raises SourceNotFound, also where the name fits several sources.
    """
    from graph.derive import take_in

    with Store.open(folder) as store:
        sources = store.select(Source)
        found = [s for s in sources if name in (s.name, s.id)] or [s for s in sources if s.id.startswith(name)]
        if len(found) != 1:
            raise SourceNotFound(name, tuple(f"{s.name}（{s.id}）" for s in found))
        with store.write():
            progress(f"移出 {found[0].name}", 0, 3)
            leaving(store, found[0])
            store.remove_source(found[0].id)
            progress(LINKING, 1, 3)
            take_in(store, Cause("remove", (f"移出 {found[0].name}",)), small, Crew())
        progress(INDEXING, 2, 3)
        publish(folder)
        _settled(store, lambda stage: progress(stage, 2, 3))
    progress("完成", 3, 3)
    return found[0]
