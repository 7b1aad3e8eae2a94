"""Where a draft is too close to a source: whose words they are, how much of a clause, and what was left unchanged in it.

Set phrases and names (see ``search.own_words``) don't count as copied.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from rapidfuzz.distance import Indel

from corpus.model import Document, Passage
from corpus.places import PlaceName, gazetteer
from corpus.sentences import sentences
from graph.figures import find_figures
from graph.measures import comparable
from search.analyzer import squeezed
from search.answers import Evidence, Span
from search.draft import DraftClause
from search.explain import merged
from search.fingerprints import SHORTEST, Run
from search.own_words import Mask, Wording

Level = Literal["copied", "close", "partial"]
_COPIED, _CLOSE = 0.85, 0.6  # share of a clause's own words from which it is copied, or close
_LEAST_OWN = 10  # copied characters that are neither set phrase nor name: fewer are chance
_BLOCK = 3  # characters that must be equal side by side, else they are alike by chance
_CANDIDATES = 4  # passages that a clause is compared with
_OWNED = ("province", "city", "county")  # levels of divisions that a report is written for
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

    @property
    def checks(self) -> tuple[str, ...]:
        """What to look at again in a clause that is close to its source, in Chinese sentences."""
        lines = []
        if self.left:
            lines.append(f"草稿里还留着来源的地名：{'、'.join(self.left)}。")
        if self.kept:
            lines.append(f"数字与来源相同：{'、'.join(self.kept)}，请核对是不是本地的。")
        if self.changed:
            pairs = "、".join(f"{pair.draft}（来源是 {pair.source}）" for pair in self.changed)
            lines.append(f"数字与来源不同：{pairs}。")
        return tuple(lines)


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
        told = [clause for clause in clauses if not clause.heading]
        found = [one for clause, runs in _parted(told, wording) if (one := self._overlap(clause, runs, wording))]
        return _with_places_left(found, wording.text)

    def _overlap(self, clause: DraftClause, runs: Iterable[Run], wording: Wording) -> Overlap | None:
        start, end = wording.span(clause.start, clause.end)
        own = ~(wording.common | wording.names)[start:end]
        before = np.concatenate((np.zeros(1, np.int64), np.cumsum(own)))
        shared: dict[int, int] = defaultdict(int)
        longest: dict[int, int] = defaultdict(int)
        for run in runs:
            fresh = int(before[min(run.end, end) - start] - before[max(run.start, start) - start])
            if fresh:
                shared[run.row] += fresh
                longest[run.row] = max(longest[run.row], run.length)
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


def _parted(clauses: Sequence[DraftClause], wording: Wording) -> Iterator[tuple[DraftClause, list[Run]]]:
    """The clauses with the runs that reach into each."""
    spans = [wording.span(clause.start, clause.end) for clause in clauses]
    ends = [end for _, end in spans]
    runs: list[list[Run]] = [[] for _ in clauses]
    for run in wording.runs:
        number = bisect_right(ends, run.start)
        while number < len(spans) and spans[number][0] < run.end:
            runs[number].append(run)
            number += 1
    return zip(clauses, runs, strict=True)


def _with_places_left(found: Sequence[Overlap], text: str) -> list[Overlap]:
    """The same, with the names of divisions that came with copied sentences: those that stand in the source, too, while
    the rest of the draft speaks of others."""
    closely = {one.clause: one for one in found if one.level != "partial"}
    hits = [
        hit for hit in gazetteer().find(text) if hit.full and len(hit.places) == 1 and hit.places[0].level in _OWNED
    ]
    starts = [one.start for one in closely.values()]
    inside: dict[int, list[PlaceName]] = defaultdict(list)
    around: set[str] = set()
    order = list(closely.values())
    for hit in hits:
        at = bisect_right(starts, hit.start) - 1
        if at >= 0 and hit.start < order[at].end:
            inside[order[at].clause].append(hit)
        else:
            around.add(hit.places[0].code)
    out: list[Overlap] = []
    for one in found:
        named = {
            text[hit.start : hit.end]: None
            for hit in inside[one.clause]
            if text[hit.start : hit.end] in one.evidence.sentence
            and around
            and not any(_kin(hit.places[0].code, code) for code in around)
        }
        out.append(replace(one, left=tuple(named)) if named else one)
    return out


def _kin(a: str, b: str) -> bool:
    """True where one of two divisions lies in the other."""
    one, other = gazetteer().by_code(a), gazetteer().by_code(b)
    assert one is not None and other is not None
    return gazetteer().inside(one, b) or gazetteer().inside(other, a)
