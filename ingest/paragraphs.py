"""Lines to blocks: sentences broken by line and page ends joined, glued headings parted, doubled ones merged.

Two lines are joined where the first stops short of a sentence end and the second doesn't look like a new paragraph.
The evidence: numbering, indents, sentence-final marks, line lengths, and words that go across the break.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

import rjieba

from ingest.blocks import Block, Role
from ingest.dates import is_date
from ingest.glossaries import is_glossary
from ingest.imprint import is_organ
from ingest.lines import Layout, Line, is_row, piece, width
from ingest.numbering import CHAPTER, ORDINAL, POINT, Number, chinese_value, numbering
from ingest.titles import is_annex, is_salutation

_CLOSING = "”’\"'）)】》」』]"
# A full stop may be typed as that of Latin script.
_LATIN_STOP = re.compile(r"[\u4e00-\u9fff%％]\.\Z")
_STOP = re.compile(r"[。！？]|(?<=[\u4e00-\u9fff])\.(?=[\u4e00-\u9fff])")
_DANGLING = re.compile(r"[，、,《“‘（(〈—+＋·•]$")
_TAIL_START = re.compile(r"^(?:[，。、；：！？,;”’）)》】·•%％]|的(?!确)|了(?!解)|们|之[中间下上内外]|等[，、])")
_BEFORE_FIGURE = re.compile(r"[达至到为近约超共逾]$")
_QUESTION = re.compile(r"^[^。！？?，,；]{4,25}[？?]$")
# A point of a list: its mark stands once (twice it masks a name) and, where it may stand in one, before a space.
_BULLET = re.compile(r"([●○◆◇■▪★☆►▶◎✓➤➢])(?!\1)\s*\S|•\s+\S")
_LABEL = re.compile(r"^[【\[][^】\]]{2,20}[】\]]$")
# What is said of a picture: a sentence of its own that is no part of the text.
_CAPTION = re.compile(
    r"^[（(]?(?:图\s*\d{0,2}\s*[：:]|图为|图[一二三四五六七八九十\d]{1,2}\s|[▲△▼↑↓]|[上下左右]图(?:为|[：:])|(?:摄影|供图|图片来源)\s*[：:/])"
    r".{1,78}$|^.{2,60}[\s（(/／](?:摄|摄影|供图)[）)]?$"
)
_GLUED_CHAPTER = re.compile(r"(?<=[。！？”])\s*(?=([一二三四五六七八九十]{1,3})、[^一二三四五六七八九十])")
_GLUED_POINT = re.compile(r"(?<=[。！？；])\s*(?=[（(][一二三四五六七八九十]{1,3}[）)])")
_GLUED_FIRST = re.compile(r"(?<=[\u4e00-\u9fff”])(?<![唯统单专之第同万逐])(?=一(?:要|是)[^求素])")
_GLUED_ORDINAL = re.compile(r"(?<=[。！？])\s*(?=([一二三四五六七八九十]{1,2})是)")
_WINDOW = 4000
_HEADING_LONGEST = 80
_SHORT = 50
_NEAR = 16


def ended(text: str) -> bool:
    """True where ``text`` ends like a sentence or a lead-in."""
    if text.endswith(("：", ":", "；", ";")):
        return True
    said = text.rstrip(_CLOSING)
    return said.endswith(("。", "！", "？", "!", "?", "…")) or bool(_LATIN_STOP.search(said, max(0, len(said) - 2)))


def _open(text: str) -> bool:
    """True where a quotation or bracket of ``text`` is still open."""
    return any(text.count(left) > text.count(right) for left, right in ("“”", "‘’", "（）", "《》", "()"))


def _word_across(head: str, tail: str) -> bool:
    """True where the segmenter finds a word that begins in ``head`` and ends in ``tail``."""
    at, seam = 0, len(head[-8:])
    for word in rjieba.cut(head[-8:] + tail[:8]):
        if at < seam < at + len(word):
            return True
        at += len(word)
    return False


def is_bare_heading(text: str) -> bool:
    """True for a numbered line that is no sentence: 一、强化引领."""
    number = numbering(text)
    return number is not None and len(text) <= _HEADING_LONGEST and not ended(text) and not _STOP.search(text)


def _seam(text: str, number: Number | None, chapters: set[int], after: Sequence[Line]) -> int | None:
    """Where a heading is glued into ``text``, or None; ``chapters`` stand above it, ``after`` are some lines below."""
    for match in _GLUED_CHAPTER.finditer(text):
        value = chinese_value(match[1])
        if (number and number.rank == CHAPTER) or value - 1 in chapters:
            return match.start()
    if number is None:
        return None
    if number.rank == CHAPTER and (stop := _STOP.search(text, 0, 120)):
        first = _GLUED_FIRST.search(text, len(number.text) + 6, stop.start())
        rest = text[stop.end() :] + "\n" + "\n".join(other.text for other in after)
        # 一要 after a heading's last word is the first of its points only where a second one follows.
        if first and re.search(r"(?:^|[。；\n])二(?:要|是)", rest):
            return first.start()
    if number.rank == POINT and (match_ := _GLUED_POINT.search(text)):
        return match_.start()
    if number.rank == ORDINAL:
        for match in _GLUED_ORDINAL.finditer(text):
            value = chinese_value(match[1])
            # An enumeration within one paragraph stays whole; one whose other members have paragraphs doesn't.
            alone = number.value > 1 or bool(after and _is_ordinal(after[0], value + 1))
            if value == number.value + 1 and alone:
                return match.start()
    return None


def _parted(line: Line, chapters: set[int], after: Sequence[Line]) -> Iterator[Line]:
    """A line, cut wherever a heading is glued to what stands before it; ``chapters`` learns the numbers.

    A line of millions of characters is looked at piece by piece, so that its length doesn't count for each heading.
    """
    start = 0
    at: int | None = 0
    while at is not None:
        number = numbering(line.text[start : start + _WINDOW])
        if number and number.rank == CHAPTER:
            chapters.add(number.value)
        length, whole = _WINDOW, len(line.text) - start
        at = _seam(line.text[start : start + length], number, chapters, after)
        while at is None and length < whole:
            length *= 4
            at = _seam(line.text[start : start + length], number, chapters, after)
        end = start + (whole if at is None else at)
        yield piece(line, start, end)
        start = end
        while start < len(line.text) and line.text[start].isspace():
            start += 1


def _is_ordinal(line: Line, value: int) -> bool:
    number = numbering(line.text)
    return number is not None and number.rank == ORDINAL and number.value == value


def part(lines: Sequence[Line]) -> list[Line]:
    """The lines, with headings that are glued to other text parted from it."""
    chapters: set[int] = set()
    return [part for i, line in enumerate(lines) for part in _parted(line, chapters, lines[i + 1 : i + 4])]


def merge_doubles(lines: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """(kept lines, doubled headings): a heading that the next line begins with is dropped, for it stands there."""
    kept: list[Line] = []
    dropped: list[Line] = []
    for i, line in enumerate(lines):
        after = lines[i + 1].text if i + 1 < len(lines) else ""
        doubled = 6 <= len(line.text) <= _HEADING_LONGEST and not ended(line.text)
        if doubled and after.startswith(line.text) and after[len(line.text) :][:1] in tuple("，。、；：,.;: 　"):
            dropped.append(line)
        elif dropped and i and dropped[-1] is lines[i - 1]:
            kept.append(replace(line, lead=len(dropped[-1].text)))
        else:
            kept.append(line)
    return kept, dropped


class _Joiner:
    """Decides for one report where a paragraph goes on in the next line."""

    def __init__(self, lines: Sequence[Line], layout: Layout) -> None:
        self._layout = layout
        ranks = [number.rank for line in lines if (number := numbering(line.text)) and number.rank <= POINT]
        self._numbered = len(ranks) >= 2

    def is_heading(self, text: str, below: Line | None) -> bool:
        """True where a line by itself (not ended) is a heading, a label or a caption, not a torn piece of prose."""
        if _BULLET.match(text):
            return False
        if is_bare_heading(text) or _LABEL.match(text) or is_date(text) or is_annex(text) or is_glossary(text):
            return True
        if is_organ(text) and (below is None or is_date(below.text)):
            return True  # who signs
        if _QUESTION.match(text):
            return not self._numbered and below is not None
        if ended(text) or _STOP.search(text) or _DANGLING.search(text) or _open(text) or _TAIL_START.match(text):
            return False
        if not self._numbered:
            return len(text) <= _SHORT + 10
        return len(text) <= 20 and not re.search(r"[，,；]|\d$", text) and below is not None and below.gap > 0

    def goes_on(self, block: Sequence[Line], line: Line, below: Line | None) -> bool:
        """True where the paragraph made of ``block`` goes on in ``line``; ``below`` is the line after that."""
        # What lies far above the break doesn't bear on it, and a paragraph may have any number of lines.
        text, last = "".join(part.text for part in block[-_NEAR:]), block[-1]
        number = numbering(line.text)
        if is_row(last.text) or is_row(line.text) or _CAPTION.match(line.text) or _CAPTION.match(block[0].text):
            return False
        if (
            line.apart
            or line.lead
            or _BULLET.match(line.text)
            or (number and not (number.rank == ORDINAL and (_DANGLING.search(text) or _open(text))))
        ):
            return False
        if _LABEL.match(line.text) or is_salutation(line.text):
            return False
        if is_organ(last.text) and (is_organ(line.text) or is_date(line.text)):
            return False
        if is_bare_heading(text):
            return self._heading_goes_on(block, line, below)
        full = self._layout.width and width(last.text) + last.indent > self._layout.width - 2.5
        if full and line.gap == 0 and line.indent < 1:
            return True
        if ended(text):
            return bool(re.search(r"[；;]$", text)) and self._layout.indented and line.indent < 1 and line.gap > 0
        if self._layout.width and not full and line.gap == 0 and not _DANGLING.search(text):
            return False
        if _DANGLING.search(text) or _open(text) or _TAIL_START.match(line.text):
            return True
        if len(block) == 1 and self.is_heading(text, line):
            # A short line that fills a printed line, with its like below it, is the top of a torn paragraph.
            torn = self._layout.indented and last.indent < 1 and line.indent < 1 and len(text) >= 22
            halved = (_BEFORE_FIGURE.search(text) and line.text[0].isdecimal()) or _word_across(text, line.text)
            return self._numbered and (torn or bool(halved))
        if not ended(line.text) and len(line.text) <= _SHORT and self.is_heading(line.text, below):
            return self._numbered and _word_across(text, line.text)
        if self._layout.indented and line.indent >= 1:
            return _word_across(text, line.text)
        return True

    def _heading_goes_on(self, block: Sequence[Line], line: Line, below: Line | None) -> bool:
        """True where a numbered heading that fills its line ends in the short line below it."""
        text = block[0].text
        if len(block) > 1 or ended(line.text) or _STOP.search(line.text) or line.indent >= 1:
            return False
        if _DANGLING.search(text) or _open(text):
            return len(line.text) <= _SHORT
        return len(line.text) <= 3 or (len(text) >= 28 and len(line.text) <= 15 and below is not None)


def blocks(lines: Sequence[Line], layout: Layout) -> list[Block]:
    """The blocks that the lines of a report's body make up, in order."""
    joiner = _Joiner(lines, layout)
    groups: list[list[Line]] = []
    for i, line in enumerate(lines):
        below = lines[i + 1] if i + 1 < len(lines) else None
        if groups and joiner.goes_on(groups[-1], line, below):
            groups[-1].append(line)
        else:
            groups.append([line])
    made: list[Block] = []
    for k, group in enumerate(groups):
        text = "".join(line.text for line in group)
        below = groups[k + 1][0] if k + 1 < len(groups) else None
        role: Role = "prose"
        if is_salutation(text):
            role = "salutation"
        elif _CAPTION.match(text):
            role = "caption"
        elif (
            not group[0].lead
            and not is_row(text)
            and (not ended(text) or _QUESTION.match(text))
            and joiner.is_heading(text, below)
        ):
            role = "heading"
        unfinished = role == "prose" and not (ended(text) or is_row(text) or _BULLET.match(text))
        made.append(Block(role, tuple(group), group[0].lead, unfinished))
    return _captions(made)


def _captions(made: Sequence[Block]) -> list[Block]:
    """The same blocks, with headings that head nothing told apart: captions, dates, names of issuers.

    Of three and more short lines in a row the last is the heading of what follows, the others are captions.
    """
    follows = len(made)  # the first block from here on that is no unnumbered heading
    found: list[Block] = []
    for k in range(len(made) - 1, -1, -1):
        block = made[k]
        if block.role != "heading" or _is_numbered(block) or _LABEL.match(block.text):
            follows = k
            found.append(block)
            continue
        role: Role = "heading"
        if is_date(block.text):
            role = "date"
        elif follows == len(made):
            role = "issuer" if is_organ(block.text) else "caption"
        elif follows - k >= (2 if k and made[k - 1].role == "heading" and not _is_numbered(made[k - 1]) else 3):
            role = "caption"
        found.append(replace(block, role=role))
    found.reverse()
    if any(block.role == "prose" for block in found):
        return found
    return [replace(block, role="prose") if block.role == "caption" else block for block in found]


def _is_numbered(block: Block) -> bool:
    return numbering(block.text) is not None
