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

from corpus.model import ConceptMention, Document, Mention, Passage
from graph.context import SHORT, Context
from graph.folding import Folded, folded
from graph.labels import Label, labels

Span = tuple[int, int]


class _Layer:
    """Labels of one kind; their mentions never overlap. ``numbers`` says which pattern of the automaton a key is."""

    def __init__(self, made: Mapping[str, Label], numbers: Mapping[str, int]) -> None:
        self._labels: list[Label | None] = [None] * len(numbers)
        for key, label in made.items():
            self._labels[numbers[key]] = label
        self._guarded = frozenset(numbers[key] for key, label in made.items() if label.guarded)

    def spans(self, text: Folded, context: Context, found: Sequence[tuple[int, int, int]]) -> list[Span]:
        """The spans of the labels among (number, start, end), in text order.

        ``found`` is in the order of lengths, the longest first, and then of places. What is taken covers the
        first or the last character of any shorter match that it overlaps. A match is judged when its turn comes: one
        that is no mention hides none.
        """
        labels, places = self._labels, text.places
        apart = self._apart(text, context, found) if self._guarded else {}
        used, taken = bytearray(len(text.text)), []
        for number, start, end in found:
            label = labels[number]
            if label is None or used[start] or used[end - 1]:
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
                if label is not None and (span := _written(label, text, start, end)):
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
    """Finds term names (name → term id) and concept labels (name → prefLabels) however they are written.

    ``guarded`` names of terms are everyday words: see ``graph.context``.
    """

    def __init__(
        self, terms: Mapping[str, str], concepts: Mapping[str, Sequence[str]], guarded: Collection[str] = frozenset()
    ) -> None:
        self._look_for(labels({name: (term_id,) for name, term_id in terms.items()}, guarded), labels(concepts))

    @classmethod
    def of(cls, terms: dict[str, Label], concepts: dict[str, Label]) -> "Linker":
        """A linker that finds these labels, by their keys."""
        made = cls({}, {})
        made._look_for(terms, concepts)
        return made

    def _look_for(self, terms: dict[str, Label], concepts: dict[str, Label]) -> None:
        self.terms, self.concepts = terms, concepts
        self._terms, self._concepts = _Meanings(self.terms), _Meanings(self.concepts)

    @cached_property
    def _search(self) -> tuple[AhoCorasick, _Layer, _Layer]:
        numbers = {key: number for number, key in enumerate(sorted({*self.terms, *self.concepts}))}
        return AhoCorasick(numbers, store_patterns=False), _Layer(self.terms, numbers), _Layer(self.concepts, numbers)

    def spans(self, text: str) -> tuple[list[Span], list[Span]]:
        """Where names of terms and labels of concepts stand in ``text``, also those that stand for nothing."""
        automaton, terms, concepts = self._search
        made, context = Folded(text), Context(text)
        # They come in the order of their ends, so that those of one length stay in text order.
        found = sorted(automaton.find_matches_as_indexes(made.text, overlapping=True), key=_shortness)
        return terms.spans(made, context, found), concepts.spans(made, context, found)

    def meant(self, text: str, spans: Iterable[Span]) -> Iterator[tuple[str, int, int]]:
        """The terms that spans found in ``text`` stand for: (term id, start, end)."""
        return _meant_by(self._terms, text, spans)

    def concepts_meant(self, text: str, spans: Iterable[Span]) -> Iterator[tuple[str, int, int]]:
        """The concepts that spans found in ``text`` stand for: (prefLabel, start, end)."""
        return _meant_by(self._concepts, text, spans)

    def link(self, document: Document, passages: Sequence[Passage]) -> tuple[list[Mention], list[ConceptMention]]:
        """Mentions of terms and of concepts in a document. Those in headings belong to no passage: their passage id is ""."""
        text, locate = document.text, PassageFinder(passages)
        terms, concepts = self.spans(text)
        return (
            [Mention(value, document.id, locate(start), start, end) for value, start, end in self.meant(text, terms)],
            [
                ConceptMention(value, document.id, locate(start), start, end)
                for value, start, end in self.concepts_meant(text, concepts)
            ],
        )


def _meant_by(meanings: _Meanings, text: str, spans: Iterable[Span]) -> Iterator[tuple[str, int, int]]:
    return ((value, start, end) for start, end in spans for value in meanings[text[start:end]])


class _Placed(Protocol):
    @property
    def id(self) -> str: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


class PassageFinder:
    """Offset → id of the passage that holds it, "" where none does (headings)."""

    def __init__(self, passages: Iterable[_Placed]) -> None:
        self._passages = sorted(passages, key=lambda passage: passage.start)
        self._starts = [passage.start for passage in self._passages]

    def __call__(self, offset: int) -> str:
        i = bisect_right(self._starts, offset) - 1
        return self._passages[i].id if i >= 0 and offset < self._passages[i].end else ""
