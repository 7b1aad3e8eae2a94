"""What reading changed: the record of one document, or how much of it each document has."""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.model import Document, Repair, Source
from corpus.repairs import KINDS, Change, change_of
from corpus.said import heads
from corpus.sentences import around
from corpus.store import Store
from corpus.tallies import tally
from ingest.lines import ENDS


@dataclass(frozen=True, slots=True)
class Row:
    """A repair as listed: ``line`` is its line in a source of plain text (from 1), None where the file has no lines of
    its own (DOCX, PDF, pictures, web pages). ``change`` holds its parts; of what is doubtful, ``removed`` is the doubtful
    span and the rest its sentence."""

    repair: Repair
    line: int | None
    change: Change


@dataclass(frozen=True, slots=True)
class Record:
    """The repairs of a document in its order, and those of its source that belong to no document; the counts are by
    kind, before any were left out."""

    document: Document
    source: str
    counts: dict[str, int]
    rows: tuple[Row, ...]
    source_counts: dict[str, int]
    source_rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """How many repairs of each kind a document, or a source beside its documents (``id`` its own), has; ``doubtful``
    counts the doubtful ones among them."""

    id: str
    title: str
    counts: dict[str, int]
    doubtful: int


def _line_ends(store: Store, source: Source) -> list[int] | None:
    """Where the lines of a source of plain text end; None for other formats."""
    from ingest.readers import READERS, sniffing, text

    content = store.content(source.id)
    path = Path(source.name)
    if READERS.get(sniffing.suffix(path, content), text.decode) is not text.decode:
        return None
    decoded = text.decode(path, content).text
    return [at for at, char in enumerate(decoded) if char in ENDS and decoded[at : at + 2] != "\r\n"]


def counted(repairs: Sequence[Repair]) -> dict[str, int]:
    """How many repairs of each kind there are, in the order of ``KINDS``."""
    return _ordered(Counter(repair.kind for repair in repairs))


def _ordered(counts: Mapping[str, int]) -> dict[str, int]:
    order = {kind: n for n, kind in enumerate(KINDS)}
    return dict(sorted(counts.items(), key=lambda item: (order.get(item[0], len(order)), item[0])))


def record(store: Store, document: Document, kind: str = "", doubtful: bool = False) -> Record:
    """What was changed in a document: all of it, one ``kind``, or only what is ``doubtful``."""
    source = store.select(Source, id=document.source_id)[0]
    ends = _line_ends(store, source)
    own = store.select(Repair, document_id=document.id)
    beside = store.select(Repair, source_id=source.id, document_id="")

    def rows(repairs: list[Repair], text: str) -> tuple[Row, ...]:
        kept = [r for r in repairs if kind in ("", r.kind) and (r.doubtful or not doubtful)]
        kept.sort(key=lambda r: (r.start, r.source_start))
        return tuple(
            Row(
                repair,
                None if ends is None else bisect_right(ends, repair.source_start - 1) + 1,
                _doubt(repair, text) if repair.doubtful and repair.document_id else change_of(repair, text),
            )
            for repair in kept
        )

    return Record(document, source.name, counted(own), rows(own, document.text), counted(beside), rows(beside, ""))


def _doubt(repair: Repair, text: str) -> Change:
    start, end = around(text, repair.start, repair.end)
    return Change(text[start : repair.start], text[repair.start : repair.end], "", text[repair.end : end])


def summaries(store: Store, kind: str = "", doubtful: bool = False) -> list[Summary]:
    """Every document, each source that has repairs of its own after its documents; where a ``kind`` or what is
    ``doubtful`` is asked for, those that have it."""
    found: list[Summary] = []
    counts: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    unsure: Counter[tuple[str, str]] = Counter()
    for (source_id, key, named, doubted), times in tally(
        store, Repair, "source_id", "document_id", "kind", "doubtful"
    ).items():
        if kind in ("", named) and (doubted or not doubtful):
            counts[source_id, key][named] += times
            unsure[source_id, key] += times if doubted else 0
    titles: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for document in heads(store, copies=True):
        titles[document.source_id].append((document.id, document.title))
    for source in store.select(Source):
        for key, title in [*titles[source.id], ("", f"来源文件 {source.name}")]:
            own = counts.get((source.id, key))
            if own or (key and not kind and not doubtful):
                found.append(Summary(key or source.id, title, _ordered(own or {}), unsure[source.id, key]))
    return found
