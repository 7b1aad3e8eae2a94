"""A document's repaired text with the place in the source of each of its characters, and what was changed."""

import re
from array import array
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.blocks import Block, Role
from ingest.lines import ENDS, is_row
from ingest.numbering import numbering

_CONTEXT = 8
_SPACE = re.compile(r"\s+")
_WIDE = r"\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3001-\u303f“”‘’—…·•"
_CHINESE = re.compile(rf"[{_WIDE}]")
_NUMBER = re.compile(rf"\d{{1,2}}[.．](?=\s+{_CHINESE.pattern})")  # 1. 抓培训 and 1.抓培训 are typed alike
_LETTER = re.compile(r"[A-Za-z]")
_TIGHT = re.compile(rf"[{_WIDE}\d%‰℃+\-/()～~]")
REASONS = {
    "line_join": "句子被换行或分页切断，已接上",
    "space": "多余的空格，已删去",
    "heading_split": "标题与上文粘连，已另起一行",
    "duplicate_heading": "标题与段首重复，只留段首一次",
    "caption": "图片说明或独立短语，已与正文分开",
}


@dataclass(frozen=True, slots=True)
class Edit:
    """``source[source_start:source_end]`` became ``text[start:end]``; if doubtful, nothing was changed."""

    kind: str
    start: int
    end: int
    source_start: int
    source_end: int
    before: str
    after: str
    reason: str
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of the repaired text: ``text[start:end]``, its role; ``lead``, ``cut`` as in Block."""

    role: Role
    start: int
    end: int
    lead: int = 0
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Script:
    """``origin[i]`` is where in the source ``text[i]`` stands (or, for a line end, what it ends)."""

    text: str
    origin: Sequence[int]
    paragraphs: tuple[Paragraph, ...]
    edits: tuple[Edit, ...]

    def source_span(self, start: int, end: int) -> tuple[int, int]:
        """The place in the source of ``text[start:end]``, which must not be empty."""
        return self.origin[start], self.origin[end - 1] + 1

    def position(self, source: int) -> int:
        """The place in the text of the first character that stands at or after ``source``."""
        return bisect_left(self.origin, source)


def _stray(source: str, start: int, end: int, prose: bool) -> bool:
    """True for white space that Chinese text doesn't have: between its characters, around digits; and, in prose
    only, between clauses (a heading may use a space for a comma)."""
    left, right = source[start - 1], source[end]
    if left.isdecimal() and right.isdecimal():
        return False
    chinese = bool(_CHINESE.match(left)), bool(_CHINESE.match(right))
    if all(chinese):
        return prose
    return any(chinese) and bool(_TIGHT.match(left)) and bool(_TIGHT.match(right))


class _Writer:
    """Writes a script block by block."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._pieces: list[str] = []
        self._origin = array("L")
        self._paragraphs: list[Paragraph] = []
        self._edits: list[Edit] = []

    def _copy(self, start: int, end: int) -> None:
        self._pieces.append(self._source[start:end])
        self._origin.extend(range(start, end))

    def _removed(self, kind: str, start: int, end: int) -> None:
        """Record that a gap was closed; the words on either side are shown with it."""
        left = self._source[max(0, start - _CONTEXT) : start].lstrip()
        right = self._source[end : end + _CONTEXT].rstrip()
        at = len(self._origin)
        before = left + self._source[start:end] + right
        self._edits.append(Edit(kind, at, at, start, end, before, left + right, REASONS[kind]))

    def _join(self, start: int, end: int) -> None:
        """Close the gap of a line break; words of letters keep a space between them."""
        if not (_LETTER.match(self._source[start - 1]) and _LETTER.match(self._source[end])):
            self._removed("line_join", start, end)
            return
        at = len(self._origin)
        self._pieces.append(" ")
        self._origin.append(start)
        left, right = self._source[max(0, start - _CONTEXT) : start], self._source[end : end + _CONTEXT]
        before, after = left + self._source[start:end] + right, f"{left} {right}"
        self._edits.append(Edit("line_join", at, at + 1, start, end, before, after, REASONS["line_join"]))

    def _line(self, start: int, end: int, prose: bool) -> None:
        at = first = start
        number = numbering(self._source[start:end])
        if number and number.text[0] == "第":  # the space that parts 第一条 from its text
            first += len(number.text)
        typed = _NUMBER.match(self._source, start, end)
        for gap in () if is_row(self._source[start:end]) else _SPACE.finditer(self._source, first, end):
            stray = bool(typed and gap.start() == typed.end())
            stray = stray or (start < gap.start() and gap.end() < end and _stray(self._source, *gap.span(), prose))
            if stray:
                self._copy(at, gap.start())
                self._removed("space", gap.start(), gap.end())
                at = gap.end()
        self._copy(at, end)

    def _end_line(self, start: int) -> None:
        """Write a line end before what stands at ``start``; one that the source doesn't have is recorded."""
        at, last = len(self._origin), self._origin[-1] + 1
        self._pieces.append("\n")
        self._origin.append(last)
        gap = self._source[last:start]
        if not set(gap) & set(ENDS):
            left, right = self._source[max(0, last - _CONTEXT) : last], self._source[start : start + _CONTEXT]
            before, after = left + gap + right, f"{left}\n{right}"
            self._edits.append(Edit("heading_split", at, at + 1, last, start, before, after, REASONS["heading_split"]))

    def add(self, block: Block) -> None:
        """Write one block as one line of text."""
        first = block.lines[0]
        if self._origin:
            self._end_line(first.start)
        start, prose, piece = len(self._origin), block.role in ("prose", "note"), len(self._pieces)
        for k, line in enumerate(block.lines):
            if k:
                gap = block.lines[k - 1].end, line.start
                self._join(*gap)
            self._line(line.start, line.end, prose)
        end = len(self._origin)
        lead = bisect_left(self._origin, first.start + block.lead, start) - start if block.lead else 0
        self._paragraphs.append(Paragraph(block.role, start, end, lead, block.cut))
        if block.role == "caption":
            words = "".join(self._pieces[piece:])
            span = first.start, block.lines[-1].end
            self._edits.append(Edit("caption", start, end, *span, words, words, REASONS["caption"]))

    def script(self) -> Script:
        """What was written."""
        return Script("".join(self._pieces), self._origin, tuple(self._paragraphs), tuple(self._edits))


def write(source: str, blocks: Sequence[Block]) -> Script:
    """The repaired text of ``blocks``, one line each, and every change that made it."""
    writer = _Writer(source)
    for block in blocks:
        writer.add(block)
    return writer.script()
