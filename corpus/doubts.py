"""Doubtful spans: which of them a quotation touches, and the words that warn of them."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.model import Repair
from corpus.store import Store

_MOST_TOLD = 4


@dataclass(frozen=True, slots=True)
class Doubt:
    """Part of a quotation that must not be trusted: ``start``/``end`` count from the quotation's first character;
    an empty span is a place where something is missing. ``kind``/``reason`` as in Repair."""

    start: int
    end: int
    kind: str
    reason: str


class Doubts:
    """The doubtful spans of a library, by document; read once, it asks nothing of the store afterwards."""

    def __init__(self, store: Store) -> None:
        self._spans: dict[str, list[Repair]] = defaultdict(list)
        for repair in store.select(Repair, doubtful=True):
            self._spans[repair.document_id].append(repair)
        for spans in self._spans.values():
            spans.sort(key=lambda repair: (repair.start, repair.end))
        self._starts = {key: [repair.start for repair in spans] for key, spans in self._spans.items()}
        self._longest = {key: max(r.end - r.start for r in spans) for key, spans in self._spans.items()}

    def within(self, document_id: str, start: int, end: int) -> tuple[Doubt, ...]:
        """What is doubtful in ``Document.text[start:end]``, counted from ``start``; clipped where it reaches beyond."""
        starts = self._starts.get(document_id)
        if starts is None:
            return ()
        first = bisect_left(starts, start - self._longest[document_id])
        last = bisect_right(starts, end)
        return tuple(
            Doubt(max(repair.start, start) - start, min(repair.end, end) - start, repair.kind, repair.reason)
            for repair in self._spans[document_id][first:last]
            if touches(repair, start, end)
        )


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
