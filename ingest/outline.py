"""The outline of a report: its headings by numbering and by shape, nested, each with what it tells: done or plan."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from corpus.model import SectionStatus
from ingest.adverts import patterns
from ingest.glossaries import is_glossary
from ingest.levels import levels
from ingest.numbering import CHAPTER, ITEM, ORDINAL, PART, Number, numbering
from ingest.script import Paragraph
from ingest.status import Node, statuses
from ingest.titles import is_annex

# A full stop may be typed as that of Latin script.
_FIRST_SENTENCE = re.compile(r"(?:[^。！？：:；\n.]|(?<![\u4e00-\u9fff])\.|\.(?![\u4e00-\u9fff]))+[。！？：:；.]?")
_FIRST_CLAUSE = re.compile(r"[^，,。！？：:；\n]+")
_WITHIN = re.compile(r"[。！？；](?!$)|(?<=[\u4e00-\u9fff])\.(?=[\u4e00-\u9fff])")
_PERIOD = re.compile(r"今后|未来|下一步|过去|回顾|展望")
_CLOSING = re.compile(r"^(?:各位代表|同志们|各位领导|各位委员|朋友们)")
_TITLE_END = re.compile(r"^\s+|[\s。：:；]+$")
_NEAR = 12
_FAR = 30  # paragraphs between 首先 and 其次, at most
_INLINE_LONGEST = 45
_LOOSE = 25  # the rank of an unnumbered heading: below （一）, above 1.; one that begins its paragraph is lower


@dataclass(frozen=True, slots=True)
class Heading:
    """A node of an outline: ``start``/``end`` in the document text, ``parent`` an index or -1; ``title_end`` is where
    the heading's own words end. ``inline``: the words go on as prose, in the same paragraph. ``form`` is the usual
    rank of its numbering, ``rank`` the one it has in this report."""

    depth: int
    parent: int
    number: str
    title: str
    start: int
    end: int
    title_end: int
    inline: bool
    status: SectionStatus
    kind: Literal["body", "glossary"]
    rank: int
    form: int
    family: str


def _inline_title(text: str, number: Number, lead: int) -> int:
    """Length of the heading that a numbered paragraph begins with: its first sentence if short, else its clause."""
    if lead:
        return lead
    body = text[len(number.text) :]
    sentence = _FIRST_SENTENCE.match(body)
    if sentence and len(sentence.group()) <= _INLINE_LONGEST:
        return len(number.text) + len(sentence.group().rstrip("。！？：:；."))
    clause = _FIRST_CLAUSE.match(body)
    return len(number.text) + (min(len(clause.group()), _INLINE_LONGEST) if clause else 0)


def _without_contacts(title: str) -> str:
    """A heading's words without an advert's contact that was slipped into them."""
    for start, end in sorted(patterns().contacts(title), reverse=True):
        title = title[:start] + title[end:]
    return title


def _sure(numbers: Sequence[Number | None]) -> list[Number | None]:
    """The same numbers without 首先 that no 其次 follows, and without 其次 and 最后 that don't go on from one."""
    found = list(numbers)
    near: tuple[int, int] | None = None  # the last of them: where, and its value
    for k, number in enumerate(numbers):
        if number is None or number.family != "先":
            continue
        goes_on = near is not None and k - near[0] <= _FAR and number.value > near[1] > 1 - (number.value == 2)
        if near and near[1] == 1 and not goes_on:
            found[near[0]] = None
        if number.value > 1 and not goes_on:
            found[k], near = None, None
        else:
            near = k, number.value
    if near and near[1] == 1:
        found[near[0]] = None
    return found


class _Outliner:
    def __init__(self, text: str, paragraphs: Sequence[Paragraph]) -> None:
        self._text = text
        self._paragraphs = paragraphs
        self._headings: list[Heading] = []
        self._open: list[int] = []
        self._numbers = _sure([numbering(self._words(paragraph)) for paragraph in paragraphs])
        self._ranks = levels(self._numbers)
        self._raised = self._above_restarts()

    def _words(self, paragraph: Paragraph) -> str:
        return self._text[paragraph.start : paragraph.end]

    def _rank(self, number: Number) -> int:
        return self._ranks[number.rank]

    def _above_restarts(self) -> set[int]:
        """The unnumbered headings that stand above the outermost numbers, which start anew below each of them."""
        top = min(self._ranks, key=self._ranks.__getitem__, default=ORDINAL)
        starts = [k for k, number in enumerate(self._numbers) if number and (number.rank, number.value) == (top, 1)]
        if self._ranks.get(top, ORDINAL) >= _LOOSE or len(starts) < 2:
            return set()
        found: set[int] = set()
        heading = -1
        first = iter([*starts, -1])
        start = next(first)
        for k, (paragraph, number) in enumerate(zip(self._paragraphs, self._numbers, strict=True)):
            if k == start:
                found.add(heading)
                start = next(first)
            if number is not None:
                heading = -1
            elif paragraph.role == "heading":
                heading = k
        return found

    def _stands_alone(self, k: int, number: Number) -> bool:
        """True where a numbered sentence is all of its paragraph and heads the ones below."""
        paragraph = self._paragraphs[k]
        words = self._words(paragraph)
        if len(words) > _INLINE_LONGEST or _WITHIN.search(words) or k + 1 == len(self._paragraphs):
            return False
        below = self._paragraphs[k + 1]
        after = self._numbers[k + 1]
        return (
            below.role == "prose"
            and (after is None or self._rank(after) > self._rank(number))
            and not _CLOSING.match(self._words(below))
        )

    def _close(self, at: int, rank: int) -> None:
        while self._open and self._headings[self._open[-1]].rank >= rank:
            closed = self._open.pop()
            self._headings[closed] = replace(self._headings[closed], end=at)

    def _add(self, paragraph: Paragraph, number: Number | None, title_end: int, rank: int, inline: bool) -> None:
        """Open a section; ``rank`` is that of an unnumbered heading."""
        if number:
            rank = self._rank(number)
        at = max(0, paragraph.start - 1) if paragraph.start else 0
        self._close(at, rank)
        written = number.text.strip() if number else ""
        start = paragraph.start + (len(number.text) if number else 0)
        title = _TITLE_END.sub("", _without_contacts(self._text[start:title_end]))
        parent = self._open[-1] if self._open else -1
        kind: Literal["body", "glossary"] = "glossary" if not inline and is_glossary(title) else "body"
        family = number.family if number else ""
        self._headings.append(
            Heading(
                len(self._open) + 1,
                parent,
                written,
                title,
                paragraph.start,
                paragraph.end,
                title_end,
                inline,
                "",
                kind,
                rank,
                number.rank if number else rank,
                family,
            )
        )
        self._open.append(len(self._headings) - 1)

    def _loose_rank(self, k: int) -> int:
        words = self._words(self._paragraphs[k])
        outer = k in self._raised or is_glossary(words) or is_annex(words) or _PERIOD.search(words)
        return PART if outer else _LOOSE

    def _is_entry(self, k: int) -> bool:
        """True where paragraph ``k`` is an entry of the glossary it stands in, not a heading after that."""
        if not self._open or self._headings[self._open[-1]].kind != "glossary":
            return False
        number, heading = self._numbers[k], self._paragraphs[k].role == "heading"
        if number is not None and number.rank <= CHAPTER and heading:
            return False
        words = self._words(self._paragraphs[k])
        return not (heading and (is_glossary(words) or is_annex(words)))

    def _heading(self, k: int) -> bool:
        """Open a section if paragraph ``k`` has a heading; True if that heading is all of the paragraph."""
        paragraph, number = self._paragraphs[k], self._numbers[k]
        if self._is_entry(k):
            return False
        if paragraph.role == "heading":
            self._add(paragraph, number, paragraph.end, self._loose_rank(k), False)
            return True
        words = self._words(paragraph)
        if paragraph.role != "prose" or (number is None and not paragraph.lead):
            if is_glossary(words):
                self._add(paragraph, None, paragraph.end, PART, False)
                return True
            return False
        if number is None:
            self._add(paragraph, None, paragraph.start + paragraph.lead, _LOOSE + 1, True)
            return False
        alone = self._stands_alone(k, number)
        end = len(words) if alone else _inline_title(words, number, paragraph.lead)
        self._add(paragraph, number, paragraph.start + end, PART, not alone)
        return alone

    def run(self) -> tuple[list[Heading], list[bool]]:
        """(headings, for each paragraph whether it is nothing but a heading)."""
        last_chapter = max((k for k, number in enumerate(self._numbers) if number and number.rank <= ITEM), default=-1)
        alone: list[bool] = []
        previous = -1
        for k, paragraph in enumerate(self._paragraphs):
            words = self._words(paragraph)
            if k > last_chapter and paragraph.role == "prose" and _CLOSING.match(words):
                self._close(max(0, paragraph.start - 1), PART)
            count = len(self._headings)
            alone.append(self._heading(k))
            if len(self._headings) == count and self._open and paragraph.role == "prose":
                inner = self._headings[self._open[-1]]
                if inner.form == ORDINAL and inner.inline and previous == k - 1 and self._single(inner):
                    self._close(max(0, paragraph.start - 1), inner.rank)
            elif len(self._headings) > count:
                previous = k
        self._close(len(self._text), -1)
        return self._headings, alone

    def _single(self, last: Heading) -> bool:
        """True where the ordinals right before ``last`` had one paragraph each, so that it has one as well."""
        near = self._headings[-_NEAR:]
        siblings = [h for h in near if h.parent == last.parent and h.form == ORDINAL and h is not last]
        return bool(siblings) and all("\n" not in self._text[h.start : h.end].strip("\n") for h in siblings)


def outline(text: str, paragraphs: Sequence[Paragraph], title: str = "") -> tuple[list[Heading], list[bool]]:
    """(headings in order, for each paragraph whether it is nothing but a heading) of a document.

    Sections end where the next of their rank begins; the closing address of a speech belongs to none.
    """
    headings, alone = _Outliner(text, paragraphs).run()
    # A chapter all of whose points say 要 (一要, 二要) is a plan.
    urged = {h.parent for h in headings if h.family == "要"} - {h.parent for h in headings if h.family == "是"}
    nodes = [
        Node(
            heading.title,
            heading.parent,
            text[heading.title_end : heading.end],
            heading.family == "要" or i in urged,
            heading.form < ORDINAL,
            heading.kind == "glossary",
        )
        for i, heading in enumerate(headings)
    ]
    found = statuses(nodes, title)
    return [replace(heading, status=status) for heading, status in zip(headings, found, strict=True)], alone
