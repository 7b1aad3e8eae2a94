"""The lines of a source: their text without outer white space, where it stands, how it is set."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from corpus.characters import Values, points

ENDS = "\r\n\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
# A tab between words: a row of a table, unless it follows a number (一、 第一章), or is a slip in a sentence.
_ROW = re.compile(r"(?!第\S{1,4}\t[^\t]*$).*[^\s、.．）)][^\S\t]*\t\s*\S")
GAP = "\x1d"  # the line end that a reader writes where something between two lines is missing
_LINE = re.compile(rf"[^{ENDS}]+|\r\n|[{ENDS}]")


@dataclass(frozen=True, slots=True)
class Line:
    """A line that holds something: ``text`` is ``source[start:end]``, ``indent`` the width of the white space before
    it (in full-width characters), ``gap`` the number of blank lines above, ``lead`` how many of its first characters
    are a heading that stood above it as well (0 mostly). Nothing goes over from the line above where it is ``apart``:
    a page between them could not be read."""

    start: int
    end: int
    text: str
    indent: float = 0
    gap: int = 0
    lead: int = 0
    apart: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """How a source sets its paragraphs: by an indent or not; ``width`` of a full line if lines are hard-wrapped."""

    indented: bool
    width: float


class _Halves(dict[str, int]):
    """Twice the printed widths of characters met so far."""

    def __missing__(self, char: str) -> int:
        self[char] = 2 if unicodedata.east_asian_width(char) in "WFA" else 1
        return self[char]


_HALVES = _Halves()
_ALL_HALVES = Values(_HALVES.__getitem__)


def width(text: str) -> float:
    """The printed width in full-width characters: letters and digits count half."""
    return sum(map(_HALVES.__getitem__, text)) / 2


def _widths(texts: Sequence[str]) -> list[float]:
    """The printed widths of many texts."""
    halves = np.concatenate((np.zeros(1, np.int64), np.cumsum(_ALL_HALVES(points("".join(texts))))))
    ends = np.cumsum([0, *map(len, texts)])
    found: list[float] = (np.diff(halves[ends]) / 2).tolist()
    return found


def is_row(text: str) -> bool:
    """True for a line that is a row of a table: its cells stand apart by tabs."""
    return "\t" in text and bool(_ROW.match(text)) and (text.count("\t") > 1 or not text.endswith(("。", "；")))


def split(source: str) -> list[Line]:
    """The lines of ``source`` that hold more than white space."""
    found: list[Line] = []
    breaks, apart = 0, False
    for match in _LINE.finditer(source):
        row = match.group()
        text = row.strip()
        if text:
            lead = len(row) - len(row.lstrip())
            start = match.start() + lead
            gap = max(0, breaks - 1) if found else breaks
            found.append(
                Line(start, start + len(text), text, width(row[:lead]) if lead else 0, gap, apart=apart and bool(found))
            )
            breaks, apart = 0, False
        elif row[0] in ENDS:
            breaks += 1
            apart = apart or row == GAP
    return found


def cut(line: Line, at: int) -> tuple[Line, Line]:
    """The two parts of a line before and from the character ``at``."""
    head, tail = line.text[:at].rstrip(), line.text[at:].lstrip()
    return piece(line, 0, len(head)), Line(line.end - len(tail), line.end, tail, line.indent)


def piece(line: Line, start: int, end: int) -> Line:
    """The characters ``start`` to ``end`` of a line, as a line; what was above a line is so for its first piece only."""
    text = line.text[start:end].rstrip()
    if start == 0:
        return replace(line, end=line.start + len(text), text=text)
    return Line(line.start + start, line.start + start + len(text), text, line.indent)


def layout(lines: Sequence[Line]) -> Layout:
    """How most lines are set. A source is hard-wrapped where two lines in five are full and hardly any is longer."""
    long = [line for line in lines if len(line.text) > 40]
    indented = sum(line.indent >= 1 for line in lines) >= max(3, len(long) / 3)
    if len(lines) < 8:
        return Layout(indented, 0)
    printed = _widths([line.text for line in lines])
    reach = sorted(width + line.indent for width, line in zip(printed, lines, strict=True))
    full = reach[int(len(reach) * 0.95)]  # a stray long line (a table row, an address) doesn't count
    wrapped = sum(one > full - 2.5 for one in reach) >= 0.4 * len(reach)
    return Layout(indented, full if wrapped and 15 <= full <= 60 else 0)
