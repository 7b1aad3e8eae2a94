"""Doubtful spans: which of them a quotation touches, and the words that warn of them."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Self

from corpus.model import Repair
from corpus.store import Store

_MOST_TOLD = 4
_REMEMBERED = 2048  # documents whose doubtful spans are kept in memory


@dataclass(frozen=True, slots=True)
class Doubt:
    """Part of a quotation that must not be trusted: ``start``/``end`` count from the quotation's first character;
    an empty span is a place where something is missing. ``kind``/``reason`` as in Repair."""

    start: int
    end: int
    kind: str
    reason: str


class Doubts:
    """The doubtful spans of a library, by document; those of the documents asked for last are remembered."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._of = lru_cache(_REMEMBERED)(self._read)

    @classmethod
    def of(cls, repairs: Iterable[Repair]) -> Self:
        """The same of documents that are elsewhere, all known."""
        held: dict[str, list[Repair]] = {}
        for repair in repairs:
            held.setdefault(repair.document_id, []).append(repair)
        doubts = cls.__new__(cls)
        doubts._of = lru_cache(_REMEMBERED)(lambda document: _spans(held.get(document, [])))
        return doubts

    def _read(self, document_id: str) -> "_Spans":
        # A document's id begins with its source's, by which repairs are found.
        source = document_id.rpartition("-")[0]
        return _spans(self._store.select(Repair, source_id=source, document_id=document_id, doubtful=True))

    def within(self, document_id: str, start: int, end: int) -> tuple[Doubt, ...]:
        """What is doubtful in ``Document.text[start:end]``, counted from ``start``; clipped where it reaches beyond."""
        spans = self._of(document_id)
        first = bisect_left(spans.starts, start - spans.longest)
        last = bisect_right(spans.starts, end)
        return tuple(
            Doubt(max(repair.start, start) - start, min(repair.end, end) - start, repair.kind, repair.reason)
            for repair in spans.repairs[first:last]
            if touches(repair, start, end)
        )


@dataclass(frozen=True, slots=True)
class _Spans:
    """The doubtful repairs of a document in order, where they begin, and the length of the longest."""

    repairs: list[Repair]
    starts: list[int]
    longest: int


def _spans(repairs: Iterable[Repair]) -> _Spans:
    found = sorted(repairs, key=lambda repair: (repair.start, repair.end))
    longest = max((repair.end - repair.start for repair in found), default=0)
    return _Spans(found, [repair.start for repair in found], longest)


def touches(repair: Repair, start: int, end: int) -> bool:
    """True where a repair's span and ``start:end`` share a character; an empty span need only lie at its edge."""
    if repair.start == repair.end:
        return start <= repair.start <= end
    return repair.start < end and start < repair.end


def told(text: str, doubts: Iterable[Doubt]) -> str:
    """What is doubtful in ``text`` and why, in one line; "" where nothing is."""
    found: dict[str, None] = {}
    for doubt in doubts:
        words = f"“{text[doubt.start : doubt.end]}”"
        named = doubt.start == doubt.end or doubt.reason.startswith(words)
        found.setdefault(doubt.reason if named else f"{words}处，{doubt.reason}")
    shown = "；".join(list(found)[:_MOST_TOLD])
    return shown if len(found) <= _MOST_TOLD else f"{shown}；等 {len(found)} 处"


def warning(text: str, doubts: Sequence[Doubt]) -> str:
    """What goes with a quotation of ``text`` wherever it is copied to: 〔存疑：…〕, or "" where nothing is doubtful."""
    return f"〔存疑：{told(text, doubts)}〕" if doubts else ""
