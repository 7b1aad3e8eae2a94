"""Building a library: files → sources → claims → glossary → indexes, in one transaction."""

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from corpus.model import Claim, Document, Passage, Repair, Source, Term
from corpus.store import FILE_NAME, Store
from gongzhi.errors import NothingToIngest, SourceNotFound

TEXTS = Path(__file__).parent.parent / "corpus" / "texts"

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that did not go in, and the sentence that says why and what to do."""

    file: str
    reason: str


@dataclass(frozen=True, slots=True)
class Report:
    """What an ingestion did: ``files`` read, and what the whole library holds after it; ``copies`` names the files
    whose bytes another file of the run had, too: they are kept once."""

    files: int
    documents: int
    passages: int
    terms: int
    claims: int
    repairs: int
    seconds: float
    bundled_removed: int
    failures: tuple[Failure, ...]
    copies: tuple[str, ...]


def _silent(stage: str, done: int, total: int) -> None:
    pass


def ingest(folder: Path, paths: Iterable[Path], *, bundled: bool = False, progress: Progress = _silent) -> Report:
    """Read files and folders into the library in ``folder``, creating it where there is none.

    The whole run is one transaction (each source a savepoint in it): interrupted or killed, the library stays as
    it was. A file that can't be read is reported and the others go in. The bundled digests, which only show how
    the system works, leave when the first files of one's own come in. ``progress`` is called with a stage name, the
    number of steps done and of all steps. Raises NothingToIngest and the errors of ``corpus.errors``.
    """
    from graph.claims import extract_claims
    from graph.glossary import build_glossary
    from ingest.errors import IngestError
    from ingest.files import collect, inputs
    from ingest.parse import parse_source

    start = time.perf_counter()
    failures: list[Failure] = []
    copies: list[str] = []
    read: set[str] = set()
    files = collect(paths)
    if not files:
        raise NothingToIngest()
    new = not (folder / FILE_NAME).exists()
    with Store.open(folder, create=True) as store, _undone(folder, new):
        with store.write():
            examples = [] if bundled else store.select(Source, bundled=1)
            for number, path in enumerate(files):
                progress(f"读取 {path.name}", number, len(files) + 2)
                for source in inputs(path):
                    origin = source.name if bundled else source.origin
                    try:
                        parsed = parse_source(
                            source.path, source.load(), name=source.name, origin=origin, bundled=bundled
                        )
                    except IngestError as error:
                        failures.append(Failure(source.name, str(error)))
                        continue
                    if parsed.source.id in read:
                        copies.append(source.name)
                        continue
                    read.add(parsed.source.id)
                    for document in store.put_source(parsed).documents:
                        store.put_claims(*extract_claims(document))
            removed = examples if read else []
            for example in removed:
                store.remove_source(example.id)
            if not read:
                raise NothingToIngest(tuple(failure.reason for failure in failures))
            progress("识别名词、建立链接", len(files), len(files) + 2)
            glossary = build_glossary(store)
            store.put_glossary(glossary.terms, glossary.definitions, glossary.mentions, glossary.concept_mentions)
        progress("建立索引", len(files) + 1, len(files) + 2)
        # The library is written: an interrupt from here on leaves only caches to be made, by whoever opens it next.
        with suppress(KeyboardInterrupt):
            _publish(folder)
        progress("完成", len(files) + 2, len(files) + 2)
        return Report(
            files=len(read),
            documents=store.count(Document),
            passages=store.count(Passage),
            terms=store.count(Term),
            claims=store.count(Claim),
            repairs=store.count(Repair),
            seconds=time.perf_counter() - start,
            bundled_removed=len(removed),
            failures=tuple(failures),
            copies=tuple(copies),
        )


@contextmanager
def _undone(folder: Path, new: bool) -> Iterator[None]:
    """Take away a library that was begun in vain, so that nobody finds an empty one."""
    try:
        yield
    except BaseException:
        if new:
            for path in folder.glob(f"{FILE_NAME}*"):
                path.unlink(missing_ok=True)
            with suppress(OSError):  # the folder was there before and holds other things
                folder.rmdir()
        raise


def ingest_bundled(folder: Path, *, progress: Progress = _silent) -> Report:
    """Build the library of the digests that come with the program."""
    return ingest(folder, [TEXTS], bundled=True, progress=progress)


def remove(folder: Path, name: str) -> Source:
    """Take a source (by file name, id or the start of its id) out, and all that was made from it.

    Raises SourceNotFound, also where the name fits several sources.
    """
    from graph.glossary import build_glossary

    with Store.open(folder) as store:
        sources = store.select(Source)
        found = [s for s in sources if name in (s.name, s.id)] or [s for s in sources if s.id.startswith(name)]
        if len(found) != 1:
            raise SourceNotFound(name, tuple(f"{s.name}（{s.id}）" for s in found))
        with store.write():
            store.remove_source(found[0].id)
            glossary = build_glossary(store)
            store.put_glossary(glossary.terms, glossary.definitions, glossary.mentions, glossary.concept_mentions)
    _publish(folder)
    return found[0]


def _publish(folder: Path) -> None:
    """Write the caches of the new generation, so that a server swaps to it at once."""
    from gongzhi.settings import engine

    engine(folder).close()
