"""Linking again where something changed: only documents that hold a label that is new, gone or heeded otherwise.

What was found before is kept with the library (Linked) beside the labels that were looked for (Wording); it equals what
linking everything would find, since a label matters only where its characters stand.
"""

from collections.abc import Collection, Iterable
from functools import cache
from importlib.metadata import version
from pathlib import Path

from ahocorasick_rs import AhoCorasick

from corpus.model import Linked, Wording, digest
from graph.folding import folded
from graph.linking import Linker, Span

_MODULES = ("context", "folding", "labels", "linking", "numerals", "variants")
_LIBRARIES = ("ahocorasick_rs", "opencc", "rjieba")


@cache
def rules() -> str:
    """Identifies the rules of linking: other rules find other mentions in the same text with the same labels."""
    paths = [Path(__file__).parent / f"{name}.py" for name in _MODULES]
    return digest(*(path.read_text("utf-8") for path in paths), *(version(name) for name in _LIBRARIES))


def wordings(linker: Linker) -> tuple[Wording, ...]:
    """The labels that a linker looks for."""
    return tuple(Wording(key, label.how, label.values) for key, label in linker.labels.items())


def changed(before: Iterable[Wording], now: Iterable[Wording]) -> frozenset[str]:
    """The labels, by their keys, that are looked for and were not before, or the other way round, or are heeded otherwise."""
    return frozenset(wording.key for wording in {*before} ^ {*now})


class Relinking:
    """Links documents one at a time; ``changed`` are the labels that are looked for otherwise than when those were linked
    that are linked already."""

    def __init__(self, linker: Linker, changed: Collection[str]) -> None:
        self._linker = linker
        self._changed = AhoCorasick(sorted(changed), store_patterns=False) if changed else None

    def __call__(self, document_id: str, text: str, kept: Linked | None) -> Linked:
        """Where the labels stand in a text; ``kept`` is where those of before stood."""
        if kept is not None and kept.rules == rules() and not self._is_affected(text):
            return kept
        return linked(self._linker, document_id, text)

    def _is_affected(self, text: str) -> bool:
        return self._changed is not None and bool(self._changed.find_matches_as_indexes(folded(text)))


def linked(linker: Linker, document_id: str, text: str) -> Linked:
    """Where the labels of a linker stand in a text."""
    return Linked(document_id, rules(), _packed(linker.spans(text)))


def _packed(spans: list[Span]) -> bytes:
    import numpy as np

    return np.array(spans, "<u4").tobytes()


def unpacked(spans: bytes) -> list[Span]:
    """The spans in a field of Linked."""
    import numpy as np

    return [(start, end) for start, end in np.frombuffer(spans, "<u4").reshape(-1, 2).tolist()]
