"""Where terms and concepts stand in the text: one Aho-Corasick pass over folded characters, then the overlaps.

Of matches that overlap the longest stands, the leftmost of equals: names are built from names, and read from the left
工会法|律服务团 would hide 法律服务团, 省劳模 the 劳模创新工作室 behind it. A label inside a longer one is no mention: 四送 in
四送一补. Terms and concepts don't hide each other.

Aho, A. V., Corasick, M. J. (1975). Efficient string matching: an aid to bibliographic search.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Protocol

from ahocorasick_rs import AhoCorasick

from graph.context import SHORT, Context
from graph.folding import Folded, folded
from graph.labels import Label, labels

Span = tuple[int, int]


class _Search:
    """Finds labels in folded text; their mentions never overlap."""

    def __init__(self, made: Mapping[str, Label]) -> None:
        self._labels = [made[key] for key in sorted(made)]
        self._guarded = frozenset(number for number, label in enumerate(self._labels) if label.guarded)
        self._automaton = AhoCorasick((label.key for label in self._labels), store_patterns=False)

    def spans(self, text: Folded, context: Context) -> list[Span]:
        """The spans of the labels, in text order.

        Matches are looked at in the order of their lengths, the longest first, and then of places. What is taken covers
        the first or the last character of any shorter match that it overlaps. A match is judged when its turn comes: one
        that is no mention hides none.
        """
        # They come in the order of their ends, so that those of one length stay in text order.
        found = sorted(self._automaton.find_matches_as_indexes(text.text, overlapping=True), key=_shortness)
        if not found:
            return []
        labels, places = self._labels, text.places
        apart = self._apart(text, context, found) if self._guarded else {}
        used, taken = bytearray(len(text.text)), []
        for number, start, end in found:
            label = labels[number]
            if used[start] or used[end - 1]:
                continue
            length = end - start
            first, last = places[start], places[end - 1] + 1
            if not label.plain or last - first > length:
                span = _written(label, text, start, end)
                if span is None or not (span in apart[label.key] if label.guarded else _meant(label, span, context)):
                    continue
                first, last = span
            used[start:end] = b"\1" * length
            taken.append((first, last))
        return sorted(taken)

    def _apart(
        self, text: Folded, context: Context, found: Iterable[tuple[int, int, int]]
    ) -> dict[str, frozenset[Span]]:
        """Key of a guarded label → where it is mentioned."""
        guarded: dict[str, list[Span]] = defaultdict(list)
        for number, start, end in found:
            if number in self._guarded:
                label = self._labels[number]
                if span := _written(label, text, start, end):
                    guarded[label.key].append(span)
        return {key: _set_apart(spans, context) for key, spans in guarded.items()}


def _shortness(match: tuple[int, int, int]) -> int:
    return match[1] - match[2]


def _written(label: Label, text: Folded, start: int, end: int) -> Span | None:
    """The span in the text itself of a match in the folded text; None where the name is not written so."""
    first, last = text.places[start], text.places[end - 1] + 1
    if last - first > end - start or label.fixed:
        return label.written(text.source, first, last)
    return first, last


def _meant(label: Label, span: Span, context: Context) -> bool:
    """False for letters or digits inside a longer run of them, and for a short label that is a piece of other words."""
    start, end = span
    if label.letters and not context.free(start, end):
        return False
    if len(label.key) > SHORT or (context.whole(start, end) and not context.counted_on(start, end)):
        return True
    return context.quoted(start, end)


def _set_apart(spans: list[Span], context: Context) -> frozenset[Span]:
    """The mentions among the places of a guarded label in one text: those in quotation marks; also the other whole
    words, where the text puts the label in quotation marks more often than not."""
    quoted = frozenset(span for span in spans if context.quoted(*span))
    bare = frozenset(span for span in spans if span not in quoted and context.apart(*span))
    return quoted | bare if len(quoted) > len(bare) else quoted


class _Meanings(dict[str, tuple[str, ...]]):
    """A name as it is written → what it stands for; filled as names are met."""

    def __init__(self, made: Mapping[str, Label]) -> None:
        super().__init__()
        self._labels = made

    def __missing__(self, name: str) -> tuple[str, ...]:
        self[name] = values = self._labels[folded(name)].values
        return values


class Linker:
    """Finds names however they are written: ``names`` says what each stands for (ids of terms, prefLabels of concepts).

    ``guarded`` ones are everyday words: see ``graph.context``.
    """

    def __init__(self, names: Mapping[str, Sequence[str]], guarded: Collection[str] = frozenset()) -> None:
        self._look_for(labels(names, guarded))

    @classmethod
    def of(cls, made: dict[str, Label]) -> "Linker":
        """A linker that finds these labels, by their keys."""
        linker = cls({})
        linker._look_for(made)
        return linker

    def _look_for(self, made: dict[str, Label]) -> None:
        self.labels, self._meanings = made, _Meanings(made)

    @cached_property
    def _search(self) -> _Search:
        return _Search(self.labels)

    def spans(self, text: str) -> list[Span]:
        """Where the names stand in ``text``, also those that stand for nothing."""
        return self._search.spans(Folded(text), Context(text))

    def meant(self, text: str, spans: Iterable[Span]) -> Iterator[tuple[str, int, int]]:
        """What spans found in ``text`` stand for: (value, start, end)."""
        meanings = self._meanings
        return ((value, start, end) for start, end in spans for value in meanings[text[start:end]])

    def found(self, text: str) -> list[tuple[str, int, int]]:
        """What stands in ``text``: (value, start, end)."""
        return [*self.meant(text, self.spans(text))]


class Placed(Protocol):
    """A span with an id."""

    @property
    def id(self) -> str: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


class PassageFinder:
    """Offset → id of the passage that holds it, "" where none does (headings)."""

    def __init__(self, passages: Iterable[Placed]) -> None:
        self._passages = sorted(passages, key=lambda passage: passage.start)
        self._starts = [passage.start for passage in self._passages]

    def __call__(self, offset: int) -> str:
        i = bisect_right(self._starts, offset) - 1
        return self._passages[i].id if i >= 0 and offset < self._passages[i].end else ""
