"""Doubtful spans: which of them a quotation touches, and the words that warn of them."""

import json
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Self

from corpus.model import Repair
from corpus.store import Store
from corpus.tables import TABLES, record_of

_MOST_TOLD = 4
_REMEMBERED = 4096  # documents whose doubtful spans are kept in memory


@dataclass(frozen=True, slots=True)
class Doubt:
    """Part of a quotation that must not be trusted: ``start``/``end`` count from the quotation's first character;
    an empty span is a place where something is missing. ``kind``/``reason`` as in Repair."""

    start: int
    end: int
    kind: str
    reason: str


class Doubts:
    """The doubtful spans of a library, by document; those of documents that were asked for are remembered."""

    def __init__(self, store: Store | None) -> None:
        """Without a ``store`` there are none."""
        self._store = store
        self._held: dict[str, _Spans] = {}

    @classmethod
    def of(cls, repairs: Iterable[Repair]) -> Self:
        """The same of documents that are elsewhere, all known."""
        doubts = cls(None)
        doubts._held = _by_document(repairs)
        return doubts

    def read(self, documents: Iterable[str]) -> None:
        """Read those of documents that will be asked for, all at once."""
        missing = [document for document in dict.fromkeys(documents) if document not in self._held]
        if self._store is None or not missing:
            return
        if len(self._held) + len(missing) > _REMEMBERED:
            self._held = {}
        # A document's id begins with its source's, by which repairs are found.
        named = json.dumps([(document.rpartition("-")[0], document) for document in missing])
        rows = self._store.query(_READ, (named,))
        found = _by_document(record_of(Repair, row, TABLES[Repair]) for row in rows)
        self._held.update({document: found.get(document, _NONE) for document in missing})

    def _of(self, document_id: str) -> "_Spans":
        while (found := self._held.get(document_id)) is None and self._store is not None:
            self.read([document_id])  # again where another thread has made room meanwhile
        return found or _NONE

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


_NONE = _Spans([], [], 0)
_READ = (
    f"SELECT {', '.join(f'r.{name}' for name in TABLES[Repair].columns)} FROM json_each(?) AS wanted CROSS JOIN repair r"
    " ON r.source_id = json_extract(wanted.value, '$[0]') AND r.document_id = json_extract(wanted.value, '$[1]')"
    " WHERE r.doubtful"
)


def _by_document(repairs: Iterable[Repair]) -> dict[str, _Spans]:
    held: dict[str, list[Repair]] = {}
    for repair in repairs:
        held.setdefault(repair.document_id, []).append(repair)
    return {document: _spans(found) for document, found in held.items()}


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
