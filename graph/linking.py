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
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick

from corpus.model import ConceptMention, Document, Mention, Passage
from graph.context import SHORT, Context
from graph.folding import Folded, folded
from graph.labels import Label, labels

Span = tuple[int, int]


class Match(NamedTuple):
    """``start:end`` in the folded text, ``first:last`` in the text itself."""

    start: int
    end: int
    first: int
    last: int
    label: Label


class _Layer:
    """Labels of one kind; their mentions never overlap. ``numbers`` says which pattern of the automaton a key is."""

    def __init__(self, made: Mapping[str, Label], numbers: Mapping[str, int]) -> None:
        self._labels: list[Label | None] = [None] * len(numbers)
        for key, label in made.items():
            self._labels[numbers[key]] = label

    def spans(self, text: Folded, context: Context, found: Iterable[tuple[int, int, int]]) -> list[Span]:
        """The spans of the labels among (number, start, end), in text order."""
        held: list[Match] = []
        guarded: dict[str, list[Match]] = defaultdict(list)
        for number, start, end in found:
            label = self._labels[number]
            if label is None:
                continue
            first, last = text.span(start, end)
            if last - first > end - start or label.fixed:
                span = label.written(text.source, first, last)
                if span is None:
                    continue
                first, last = span
            match = Match(start, end, first, last, label)
            if label.guarded:
                guarded[label.key].append(match)
            elif label.plain or _meant(match, context):
                held.append(match)
        for matches in guarded.values():
            held += _set_apart(matches, context)
        return [(match.first, match.last) for match in longest(held)]


def _meant(match: Match, context: Context) -> bool:
    """False for letters or digits inside a longer run of them, and for a short label that is a piece of other words."""
    first, last = match.first, match.last
    if not context.free(first, last):
        return False
    if len(match.label.key) > SHORT or context.quoted(first, last):
        return True
    return context.whole(first, last) and not context.counted_on(first, last)


def _set_apart(matches: list[Match], context: Context) -> list[Match]:
    """The mentions among the matches of a guarded label in one text: those in quotation marks; also the other whole
    words, where the text puts the label in quotation marks at least as often as not."""
    quoted = [match for match in matches if context.quoted(match.first, match.last)]
    if not quoted:
        return []
    bare = [match for match in matches if match not in quoted and context.apart(match.first, match.last)]
    return quoted + bare if len(quoted) >= len(bare) else quoted


def longest(matches: Iterable[Match]) -> Iterator[Match]:
    """The longest matches that don't overlap, leftmost of equals, in text order."""
    cluster: list[Match] = []
    end = 0
    for match in sorted(matches, key=lambda match: (match.start, -match.end)):
        if cluster and match.start >= end:
            yield from _chosen(cluster)
            cluster = []
        cluster.append(match)
        end = max(end, match.end)
    yield from _chosen(cluster)


def _chosen(cluster: list[Match]) -> list[Match]:
    """The same, for matches that overlap in a row."""
    if len(cluster) < 2 or cluster[0].end == max(match.end for match in cluster):
        return cluster[:1]
    origin = cluster[0].start
    used = bytearray(max(match.end for match in cluster) - origin)
    taken = []
    for match in sorted(cluster, key=lambda match: (match.start - match.end, match.start)):
        start, end = match.start - origin, match.end - origin
        if not any(used[start:end]):
            used[start:end] = b"\1" * (end - start)
            taken.append(match)
    return sorted(taken)


class Linker:
    """Finds term names (name → term id) and concept labels (name → prefLabels) however they are written.

    ``guarded`` names of terms are everyday words: see ``graph.context``.
    """

    def __init__(
        self, terms: Mapping[str, str], concepts: Mapping[str, Sequence[str]], guarded: Collection[str] = frozenset()
    ) -> None:
        self.terms = labels({name: (term_id,) for name, term_id in terms.items()}, guarded)
        self.concepts = labels(concepts)

    @cached_property
    def _search(self) -> tuple[AhoCorasick, _Layer, _Layer]:
        numbers = {key: number for number, key in enumerate(sorted({*self.terms, *self.concepts}))}
        return AhoCorasick(numbers, store_patterns=False), _Layer(self.terms, numbers), _Layer(self.concepts, numbers)

    def spans(self, text: str) -> tuple[list[Span], list[Span]]:
        """Where names of terms and labels of concepts stand in ``text``, also those that stand for nothing."""
        automaton, terms, concepts = self._search
        made, context = Folded(text), Context(text)
        found = automaton.find_matches_as_indexes(made.text, overlapping=True)
        return terms.spans(made, context, found), concepts.spans(made, context, found)

    def mentions(
        self, document: Document, passages: Sequence[Passage], terms: Iterable[Span], concepts: Iterable[Span]
    ) -> tuple[list[Mention], list[ConceptMention]]:
        """What the spans in a document mean. Those in headings belong to no passage: their passage id is ""."""
        text, name, locate = document.text, document.id, PassageFinder(passages)
        return (
            [
                Mention(value, name, locate(start), start, end)
                for start, end in terms
                for value in self.terms[folded(text[start:end])].values
            ],
            [
                ConceptMention(value, name, locate(start), start, end)
                for start, end in concepts
                for value in self.concepts[folded(text[start:end])].values
            ],
        )

    def link(self, document: Document, passages: Sequence[Passage]) -> tuple[list[Mention], list[ConceptMention]]:
        """Mentions of terms and of concepts in a document."""
        return self.mentions(document, passages, *self.spans(document.text))


class PassageFinder:
    """Offset → id of the passage that holds it, "" where none does (headings)."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self._passages = sorted(passages, key=lambda passage: passage.start)
        self._starts = [passage.start for passage in self._passages]

    def __call__(self, offset: int) -> str:
        i = bisect_right(self._starts, offset) - 1
        return self._passages[i].id if i >= 0 and offset < self._passages[i].end else ""
