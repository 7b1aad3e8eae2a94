"""The outline of a report: its headings by numbering and by shape, nested, each with what it tells: done or plan."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from corpus.model import SectionStatus
from ingest.adverts import patterns
from ingest.numbering import CHAPTER, ITEM, ORDINAL, PART, POINT, Number, numbering
from ingest.script import Paragraph

_GLOSSARY = re.compile(
    r"^[【\[（(]?(?:附[件录]?[：:]?)?(?:有关|相关|部分|报告)?(?:名词|名称|术语|用语|词语|概念)*"
    r"(?:注释|解释|说明|释义|名词解释)[】\])）]?[：:]?$"
)
_FIRST_SENTENCE = re.compile(r"[^。！？：:；\n]+[。！？：:；]?")
_FIRST_CLAUSE = re.compile(r"[^，。！？：:；\n]+")
_PLAN = re.compile(
    r"今后|未来|下一步|下步|下一阶段|下阶段|展望|打算|主要任务|目标任务|工作任务|重点任务|总体要求|总体思路|工作思路|"
    r"工作安排|工作部署|工作计划|努力方向|工作目标|奋斗目标|工作建议|意见建议|几点建议|措施|举措的建议|明年|来年|将以|将继续"
)
_DONE = re.compile(
    r"过去|回顾|以来|年来|成效|成绩|成就|主要工作|工作总结|体会|经验|取得|完成情况|进展情况|开展情况|工作情况|怎么看|亮点"
)
_FINISHED = re.compile(r"完成情况|落实情况|进展情况")
_PROBLEM = re.compile(
    r"存在.{0,6}(?:问题|困难)|(?:主要|困难和|困难与)问题|问题[与和]|短板|不足|差距|薄弱环节|面临.{0,4}形势"
)
_PERIOD = re.compile(r"今后|未来|下一步|过去|回顾|展望")
_CLOSING = re.compile(r"^(?:各位代表|同志们|各位领导|各位委员|朋友们)")
_TITLE_END = re.compile(r"^\s+|[\s。：:；]+$")
_NEAR = 12
_INLINE_LONGEST = 45
_LOOSE = 25  # the rank of an unnumbered heading: below （一）, above 1.; one that begins its paragraph is lower


@dataclass(frozen=True, slots=True)
class Heading:
    """A node of an outline: ``start``/``end`` in the document text, ``parent`` an index or -1; ``title_end`` is where
    the heading's own words end. ``inline``: the words go on as prose, in the same paragraph."""

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
    family: str


def is_glossary(text: str) -> bool:
    """True for the heading of an appendix that explains terms: 名词注释, 【名词解释】, 有关名词说明."""
    return bool(_GLOSSARY.match(text.strip()))


def status_of(words: str) -> SectionStatus | None:
    """What a heading says of its section: done, plan, "" (both, or problems), or None (nothing)."""
    plain = re.sub(r"[“”‘’]", "", words)
    plan, done = bool(_PLAN.search(plain)) or "怎么干" in plain, bool(_DONE.search(plain))
    if _FINISHED.search(plain):
        return "done"
    if plan != done:
        return "plan" if plan else "done"
    if plan or _PROBLEM.search(plain):
        return ""
    return None


def _inline_title(text: str, number: Number, lead: int) -> int:
    """Length of the heading that a numbered paragraph begins with: its first sentence if short, else its clause."""
    if lead:
        return lead
    body = text[len(number.text) :]
    sentence = _FIRST_SENTENCE.match(body)
    if sentence and len(sentence.group()) <= _INLINE_LONGEST:
        return len(number.text) + len(sentence.group().rstrip("。！？：:；"))
    clause = _FIRST_CLAUSE.match(body)
    return len(number.text) + (min(len(clause.group()), _INLINE_LONGEST) if clause else 0)


def _without_contacts(title: str) -> str:
    """A heading's words without an advert's contact that was slipped into them."""
    for start, end in sorted(patterns().contacts(title), reverse=True):
        title = title[:start] + title[end:]
    return title


class _Outliner:
    def __init__(self, text: str, paragraphs: Sequence[Paragraph]) -> None:
        self._text = text
        self._paragraphs = paragraphs
        self._headings: list[Heading] = []
        self._open: list[int] = []
        self._spans: dict[int, int] = {}  # paragraphs of each open ordinal, to tell when the last one ends

    def _words(self, paragraph: Paragraph) -> str:
        return self._text[paragraph.start : paragraph.end]

    def _stands_alone(self, k: int, number: Number) -> bool:
        """True where a numbered sentence is all of its paragraph and heads the ones below."""
        paragraph = self._paragraphs[k]
        words = self._words(paragraph)
        if len(words) > _INLINE_LONGEST or re.search(r"[。！？；](?!$)", words) or k + 1 == len(self._paragraphs):
            return False
        below = self._paragraphs[k + 1]
        after = numbering(self._words(below))
        return (
            below.role == "prose"
            and (after is None or after.rank > number.rank)
            and not _CLOSING.match(self._words(below))
        )

    def _close(self, at: int, rank: int) -> None:
        while self._open and self._headings[self._open[-1]].rank >= rank:
            closed = self._open.pop()
            self._headings[closed] = replace(self._headings[closed], end=at)

    def _add(self, paragraph: Paragraph, number: Number | None, title_end: int, rank: int, inline: bool) -> None:
        at = max(0, paragraph.start - 1) if paragraph.start else 0
        self._close(at, rank)
        written = number.text.strip() if number else ""
        start = paragraph.start + (len(number.text) if number else 0)
        title = _TITLE_END.sub("", _without_contacts(self._text[start:title_end]))
        parent = self._open[-1] if self._open else -1
        kind: Literal["body", "glossary"] = "glossary" if number is None and is_glossary(title) else "body"
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
                family,
            )
        )
        self._open.append(len(self._headings) - 1)

    def _loose_rank(self, words: str) -> int:
        if is_glossary(words) or _PERIOD.search(words):
            return PART
        return _LOOSE

    def _heading(self, k: int) -> bool:
        """Open a section if paragraph ``k`` has a heading; True if that heading is all of the paragraph."""
        paragraph = self._paragraphs[k]
        words = self._words(paragraph)
        glossary = bool(self._open) and self._headings[self._open[-1]].kind == "glossary"
        number = numbering(words)
        if (
            glossary
            and (number is None or number.rank > CHAPTER)
            and not (paragraph.role == "heading" and is_glossary(words))
        ):
            return False
        if paragraph.role == "heading":
            rank = number.rank if number else self._loose_rank(words)
            self._add(paragraph, number, paragraph.end, rank, False)
            return True
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
        self._add(paragraph, number, paragraph.start + end, number.rank, not alone)
        return alone

    def run(self) -> tuple[list[Heading], list[bool]]:
        """(headings, for each paragraph whether it is nothing but a heading)."""
        numbers = [numbering(self._words(paragraph)) for paragraph in self._paragraphs]
        last_chapter = max((k for k, number in enumerate(numbers) if number and number.rank <= ITEM), default=-1)
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
                if inner.rank == ORDINAL and inner.inline and previous == k - 1 and self._single(inner):
                    self._close(max(0, paragraph.start - 1), ORDINAL)
            elif len(self._headings) > count:
                previous = k
        self._close(len(self._text), -1)
        return self._headings, alone

    def _single(self, last: Heading) -> bool:
        """True where the ordinals right before ``last`` had one paragraph each, so that it has one as well."""
        near = self._headings[-_NEAR:]
        siblings = [h for h in near if h.parent == last.parent and h.rank == ORDINAL and h is not last]
        return bool(siblings) and all("\n" not in self._text[h.start : h.end].strip("\n") for h in siblings)


def outline(text: str, paragraphs: Sequence[Paragraph], title: str = "") -> tuple[list[Heading], list[bool]]:
    """(headings in order, for each paragraph whether it is nothing but a heading) of a document.

    Sections end where the next of their rank begins; the closing address of a speech belongs to none.
    """
    headings, alone = _Outliner(text, paragraphs).run()
    return _with_status(headings, status_of(title)), alone


def _with_status(headings: Sequence[Heading], whole: SectionStatus | None) -> list[Heading]:
    """Status by a heading's own words, else its parent's, else that of the sibling before it if that is a plan.

    A chapter all of whose points say 要 (一要, 二要) is a plan.
    """
    urged = {h.parent for h in headings if h.family == "要"} - {h.parent for h in headings if h.family == "是"}
    found: list[Heading] = []
    before: dict[int, SectionStatus] = {}
    default: SectionStatus = "plan" if whole == "plan" else ""
    for i, heading in enumerate(headings):
        own = status_of(heading.title) if heading.rank < ORDINAL and len(heading.title) <= 40 else None
        status: SectionStatus
        if heading.kind == "glossary":
            status = ""
        elif own is not None:
            status = own
        elif heading.family == "要" or i in urged:
            status = "plan"
        elif heading.parent >= 0:
            status = found[heading.parent].status
        else:
            status = "plan" if before.get(-1) == "plan" else default
        if heading.parent < 0 and heading.rank <= POINT + 9:
            before[-1] = status
        found.append(replace(heading, status=status))
    return found
