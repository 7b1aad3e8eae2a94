"""Where a draft is too close to a source: whose words they are, how much of a clause, and what was left unchanged in it.

Set phrases and names (see ``search.own_words``) don't count as copied.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
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
_LONG_RUN, _TELLING = (
    20,
    0.3,
)  # characters of a run that tell by themselves; share of the clause that a shorter one needs
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
        if self.level == "partial":
            return f"{LEVELS[self.level]}：连续 {self.longest} 字与来源相同，也可能是通用的提法。"
        return f"{LEVELS[self.level]}：这一句 {self.share:.0%} 的字与来源相同，最长连续 {self.longest} 字。"

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

    def overlaps(
        self, clauses: Iterable[DraftClause], wording: Wording, near: Mapping[int, Sequence[int]]
    ) -> list[Overlap]:
        """The clauses that are too close to a source, each with the sentence that it is closest to. ``near`` has, by the
        numbers of clauses, rows of passages that may be sources though they share no long run."""
        told = [clause for clause in clauses if not clause.heading]
        found = [
            one
            for clause, runs in _parted(told, wording)
            if (one := self._overlap(clause, runs, near.get(clause.number, ()), wording))
        ]
        return _with_places_left(found, wording.text)

    def _overlap(
        self, clause: DraftClause, runs: Iterable[Run], near: Iterable[int], wording: Wording
    ) -> Overlap | None:
        start, end = wording.span(clause.start, clause.end)
        own = wording.own[start:end]
        before = np.concatenate((np.zeros(1, np.int64), np.cumsum(own)))
        shared: dict[int, int] = dict.fromkeys(near, 0)
        anchors: dict[int, _Block] = {}
        for run in runs:
            a, b = max(run.start, start), min(run.end, end)
            if fresh := int(before[b - start] - before[a - start]):
                shared[run.row] = shared.get(run.row, 0) + fresh
                block = _Block(a - start, run.at + a - run.start, b - a)
                anchors[run.row] = max(anchors.get(run.row, block), block, key=lambda block: block.size)
        rows = sorted(shared, key=lambda row: (-shared[row], row))[:_CANDIDATES]
        made = [one for row in rows if (one := self._compared(clause, wording, row, anchors.get(row)))]
        return max(made, key=lambda one: (one.share, one.longest), default=None)

    def _compared(self, clause: DraftClause, wording: Wording, row: int, anchor: "_Block | None") -> Overlap | None:
        """A clause against the part of a passage around what they surely share."""
        passage = self._passage(row)
        if passage is None:
            return None
        start, end = wording.span(clause.start, clause.end)
        own, words = wording.own[start:end], wording.squeezed[start:end]
        theirs, offsets = squeezed(passage.text)
        blocks = [block for block in _aligned(words, theirs, anchor) if own[block.here : block.here + block.size].any()]
        fresh = sum(int(own[block.here : block.here + block.size].sum()) for block in blocks)
        if fresh < _LEAST_OWN:
            return None
        share, longest = fresh / int(own.sum()), max(block.size for block in blocks)
        level: Level = "copied" if share >= _COPIED else "close" if share >= _CLOSE else "partial"
        if level == "partial" and not any(_tells(block, wording.unheard[start:end], share) for block in blocks):
            return None
        spans = merged(wording.unsqueezed(start + one.here, start + one.here + one.size) for one in blocks)
        marks = merged((offsets[one.there], offsets[one.there + one.size - 1] + 1) for one in blocks)
        first, last = _sentence_span(passage.text, marks)
        inside = [(max(a, first) - first, min(b, last) - first) for a, b in marks if a < last and b > first]
        evidence = self._evidence(passage, first, last, inside)
        document = self._document(row)
        changed, kept = _figures(clause.text, evidence.sentence) if level != "partial" else ((), ())
        return Overlap(
            clause.number, clause.start, clause.end, spans, level, round(share, 2), longest, evidence,
            document.place, document.date, changed, kept,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Block:
    """``size`` squeezed characters that are the same from ``here`` in a clause and from ``there`` in a passage on."""

    here: int
    there: int
    size: int


def _aligned(words: str, theirs: str, anchor: _Block | None) -> list[_Block]:
    """The blocks that a clause shares with the part of a passage around ``anchor``, the longest where none is known."""
    if anchor is None:
        match = SequenceMatcher(None, words, theirs, autojunk=False).find_longest_match()
        anchor = _Block(match.a, match.b, match.size)
    after = anchor.here + anchor.size, anchor.there + anchor.size
    slack = len(words) // 2
    first = max(anchor.there - anchor.here - slack, 0)
    left = _blocks(words[: anchor.here], theirs[first : anchor.there], 0, first)
    right = _blocks(words[after[0] :], theirs[after[1] : after[1] + len(words) - after[0] + slack], *after)
    return [block for block in (*left, anchor, *right) if block.size >= _BLOCK]


def _blocks(words: str, theirs: str, here: int, there: int) -> list[_Block]:
    matching = Indel.editops(words, theirs).as_matching_blocks()
    return [_Block(here + block.a, there + block.b, block.size) for block in matching]


def _tells(block: _Block, unheard: Mask, share: float) -> bool:
    """True for a run that is too long to be chance: where it is most of a clause, a shorter one will do."""
    fresh = int(unheard[block.here : block.here + block.size].sum())
    return fresh >= _LEAST_OWN and (block.size >= _LONG_RUN or (block.size >= SHORTEST and share >= _TELLING))


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
