"""Where a draft is too close to a source: whose words they are, how much of a clause, and what was left unchanged in it.

What many places write is nobody's: a run of characters that stands in three places' documents is a set phrase. Names
(of divisions, of the lexicon's topics, titles in 《》 and words in quotation marks) are facts. Neither counts as copied.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Indel

from corpus.model import Document, Passage
from corpus.places import gazetteer
from corpus.sentences import sentences
from graph.figures import find_figures
from graph.measures import comparable
from search.analyzer import squeezed
from search.answers import Evidence, Span
from search.concepts import LabelInQuery
from search.draft import DraftClause
from search.explain import merged
from search.fingerprints import SHORTEST, Fingerprints

Level = Literal["copied", "close", "partial"]
SET_PHRASE = 3  # places whose documents have a run: then it is nobody's
_COPIED, _CLOSE = 0.85, 0.6  # share of a clause's own words from which it is copied, or close
_LEAST_OWN = 10  # copied characters that are neither set phrase nor name: fewer are chance
_BLOCK = 3  # characters that must be equal side by side, else they are alike by chance
_CANDIDATES = 4  # passages that a clause is compared with
_LEAST_NAME = 4  # characters of a label that make it a name
_OWNED = ("province", "city", "county")  # levels of divisions that a report is written for
_QUOTED = re.compile(r"《[^《》\n]{2,40}》|“[^“”\n]{2,20}”")

Mask = NDArray[np.bool_]
LEVELS: Mapping[Level, str] = {"copied": "几乎照抄", "close": "高度相近", "partial": "局部相同"}


@dataclass(frozen=True, slots=True)
class FigurePair:
    """A figure of the draft and the one that stands in its place in the source, as written."""

    draft: str
    source: str


@dataclass(frozen=True, slots=True)
class Overlap:
    """A clause of a draft that is too close to a sentence of a source, ``evidence``, whose ``marks`` are the same words.

    ``spans`` are where the draft has them (offsets in the draft); ``share`` is how much of the clause's own words, 0..1,
    ``longest`` the longest run in characters. ``changed`` and ``kept`` are figures that differ from the source's or are
    the same, ``left`` names of the source's place that stand in the draft; only of sentences that are close.
    """

    clause: int
    start: int
    end: int
    spans: tuple[Span, ...]
    level: Level
    share: float
    longest: int
    evidence: Evidence
    place: str
    date: str
    changed: tuple[FigurePair, ...] = ()
    kept: tuple[str, ...] = ()
    left: tuple[str, ...] = ()

    @property
    def told(self) -> str:
        """The warning, in one Chinese sentence."""
        how = LEVELS[self.level]
        return f"{how}：这一句 {self.share:.0%} 的字与来源相同，最长连续 {self.longest} 字。"


class Wording:
    """A draft's wording against the library's: which of its characters stand where, and which are anybody's."""

    def __init__(
        self,
        text: str,
        fingerprints: Fingerprints,
        owner: Callable[[int], str],
        standing: Callable[[str], Iterable[LabelInQuery]],
    ) -> None:
        """``owner`` names whose a passage is, by its row; ``standing`` finds labels of topics."""
        self.text = text
        self.squeezed, self._offsets = squeezed(text)
        self._backward = np.full(len(text) + 1, len(self.squeezed), np.int64)
        for i in range(len(self._offsets) - 1, -1, -1):
            self._backward[self._offsets[i]] = i
        self._backward = np.minimum.accumulate(self._backward[::-1])[::-1]
        self.runs = fingerprints.runs(self.squeezed)
        self.common = self._set_phrases(owner)
        self.names = self._named(standing)

    def span(self, start: int, end: int) -> Span:
        """A span of the text in squeezed characters."""
        return int(self._backward[start]), int(self._backward[end])

    def unsqueezed(self, start: int, end: int) -> Span:
        """A span of squeezed characters in the text."""
        return self._offsets[start], self._offsets[end - 1] + 1

    def _set_phrases(self, owner: Callable[[int], str]) -> Mask:
        """(squeezed characters,) True for those that stand in runs of several places."""
        count = np.zeros(len(self.squeezed), np.int32)
        ours: dict[str, Mask] = {}
        for run in self.runs:
            mask = ours.setdefault(owner(run.row), np.zeros(len(self.squeezed), np.bool_))
            mask[run.start : run.end] = True
        for mask in ours.values():
            count += mask
        return count >= SET_PHRASE

    def _named(self, standing: Callable[[str], Iterable[LabelInQuery]]) -> Mask:
        spans = [match.span() for match in _QUOTED.finditer(self.text)]
        spans += [(hit.start, hit.end) for hit in gazetteer().find(self.text)]
        spans += [(hit.start, hit.end) for hit in standing(self.text) if hit.end - hit.start >= _LEAST_NAME]
        named = np.zeros(len(self.squeezed), np.bool_)
        for start, end in spans:
            a, b = self.span(start, end)
            named[a:b] = True
        return named

    def own_characters(self, clause: DraftClause, but: Iterable[Span] = ()) -> int:
        """How many squeezed characters of a clause are no set phrase, unless it is a name; ``but`` are spans of the
        clause that don't count."""
        start, end = self.span(clause.start, clause.end)
        own = (~self.common | self.names)[start:end].copy()
        for a, b in but:
            first, last = self.span(clause.start + a, clause.start + b)
            own[first - start : last - start] = False
        return int(own.sum())


class Sources:
    """Compares clauses of drafts with the passages of a library."""

    def __init__(
        self,
        passage: Callable[[int], Passage | None],
        document: Callable[[int], Document],
        evidence: Callable[[Passage, int, int, Sequence[Span]], Evidence],
    ) -> None:
        """``passage`` and ``document`` are those of a row; ``evidence`` quotes a span of a passage with marks."""
        self._passage = passage
        self._document = document
        self._evidence = evidence

    def overlaps(self, clauses: Iterable[DraftClause], wording: Wording) -> list[Overlap]:
        """The clauses that are too close to a source, each with the sentence that it is closest to."""
        found = [one for clause in clauses if not clause.heading and (one := self._overlap(clause, wording))]
        return _with_places_left(found, wording.text)

    def _overlap(self, clause: DraftClause, wording: Wording) -> Overlap | None:
        start, end = wording.span(clause.start, clause.end)
        own = ~(wording.common | wording.names)[start:end]
        shared: dict[int, int] = defaultdict(int)
        longest: dict[int, int] = defaultdict(int)
        for run in wording.runs:
            if run.start >= end:
                break
            a, b = max(run.start, start), min(run.end, end)
            if (fresh := int(own[max(a - start, 0) : max(b - start, 0)].sum()) if b > a else 0) > 0:
                shared[run.row] += fresh
                longest[run.row] = max(longest[run.row], run.length if fresh else 0)
        rows = [row for row in shared if longest[row] >= SHORTEST or shared[row] >= SHORTEST]
        rows.sort(key=lambda row: (-shared[row], row))
        made = [one for row in rows[:_CANDIDATES] if (one := self._compared(clause, wording, own, row))]
        return max(made, key=lambda one: (one.share, one.longest), default=None)

    def _compared(self, clause: DraftClause, wording: Wording, own: Mask, row: int) -> Overlap | None:
        """A clause against the sentences of a passage that have most of it."""
        passage = self._passage(row)
        if passage is None:
            return None
        start, end = wording.span(clause.start, clause.end)
        words = wording.squeezed[start:end]
        theirs, offsets = squeezed(passage.text)
        blocks = [
            (block.a, block.b, block.size)
            for block in Indel.editops(words, theirs).as_matching_blocks()
            if block.size >= _BLOCK
        ]
        blocks = _gathered(blocks, len(words))
        same = np.zeros(len(words), np.bool_)
        for a, _, size in blocks:
            same[a : a + size] = True
        fresh, whole = int((same & own).sum()), int(own.sum())
        longest = max((size for a, _, size in blocks if own[a : a + size].any()), default=0)
        if fresh < _LEAST_OWN:
            return None
        share = fresh / whole
        level: Level = "copied" if share >= _COPIED else "close" if share >= _CLOSE else "partial"
        if level == "partial" and not any(
            size >= SHORTEST and int(own[a : a + size].sum()) >= _LEAST_OWN for a, _, size in blocks
        ):
            return None
        spans = merged(wording.unsqueezed(start + a, start + a + size) for a, _, size in blocks)
        marks = merged((offsets[b], offsets[b + size - 1] + 1) for _, b, size in blocks)
        first, last = _sentence_span(passage.text, marks)
        inside = [(max(a, first) - first, min(b, last) - first) for a, b in marks if a < last and b > first]
        evidence = self._evidence(passage, first, last, inside)
        document = self._document(row)
        changed, kept = _figures(clause.text, evidence.sentence) if level != "partial" else ((), ())
        return Overlap(
            clause.number, clause.start, clause.end, spans, level, round(share, 2), longest, evidence,
            document.place, document.date, changed, kept,
        )  # fmt: skip


def _gathered(blocks: Sequence[tuple[int, int, int]], length: int) -> list[tuple[int, int, int]]:
    """The blocks (place here, place there, size) that stand together there: what lies far from the others is alike by
    chance."""
    best: list[tuple[int, int, int]] = []
    for i in range(len(blocks)):
        near = [block for block in blocks[i:] if block[1] - blocks[i][1] <= length * 3 // 2]
        if sum(size for *_, size in near) > sum(size for *_, size in best):
            best = near
    return best


def _sentence_span(text: str, marks: Sequence[Span]) -> Span:
    """The sentences that most of ``marks`` stand in."""
    held = [(sum(max(min(b, end) - max(a, start), 0) for a, b in marks), start, end) for start, end in sentences(text)]
    most = max(size for size, _, _ in held)
    kept = [(start, end) for size, start, end in held if 3 * size >= most]
    return kept[0][0], kept[-1][1]


def _figures(draft: str, source: str) -> tuple[tuple[FigurePair, ...], tuple[str, ...]]:
    """The figures that differ and those that are the same, unit by unit in reading order."""
    there: dict[str, list[tuple[float, str]]] = defaultdict(list)
    here: dict[str, list[tuple[float, str]]] = defaultdict(list)
    for text, figures in ((draft, here), (source, there)):
        for figure in find_figures(text):
            unit, value = comparable(figure.value, figure.unit)
            figures[unit].append((value, text[figure.start : figure.end]))
    changed: list[FigurePair] = []
    kept: list[str] = []
    for unit, ours in here.items():
        theirs = there[unit]
        kept += [written for value, written in ours if any(value == other for other, _ in theirs)]
        if len(ours) == len(theirs):
            changed += [FigurePair(a[1], b[1]) for a, b in zip(ours, theirs, strict=True) if a[0] != b[0]]
    return tuple(changed), tuple(kept)


def _with_places_left(found: Sequence[Overlap], text: str) -> list[Overlap]:
    """The same, with the names of divisions that came with copied sentences: those that stand in the source, too, while
    the rest of the draft speaks of others."""
    closely = [one for one in found if one.level != "partial"]
    inside = [(one.start, one.end) for one in closely]
    hits = [
        hit for hit in gazetteer().find(text) if hit.full and len(hit.places) == 1 and hit.places[0].level in _OWNED
    ]
    around = [hit.places[0] for hit in hits if not any(a <= hit.start < b for a, b in inside)]
    out: list[Overlap] = []
    for one in found:
        left: dict[str, None] = {}
        for hit in hits:
            place = hit.places[0]
            name = text[hit.start : hit.end]
            foreign = around and not any(_kin(place.code, other.code) for other in around)
            if one in closely and one.start <= hit.start < one.end and name in one.evidence.sentence and foreign:
                left[name] = None
        out.append(replace(one, left=tuple(left)) if left else one)
    return out


def _kin(a: str, b: str) -> bool:
    """True where one of two divisions lies in the other."""
    one, other = gazetteer().by_code(a), gazetteer().by_code(b)
    assert one is not None and other is not None
    return gazetteer().inside(one, b) or gazetteer().inside(other, a)
