"""The lines of a source: their text without outer white space, where it stands, how it is set."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

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


class _Widths(dict[str, float]):
    """The printed widths of characters met so far."""

    def __missing__(self, char: str) -> float:
        self[char] = 1.0 if unicodedata.east_asian_width(char) in "WFA" else 0.5
        return self[char]


_WIDTHS = _Widths()


def width(text: str) -> float:
    """The printed width in full-width characters: letters and digits count half."""
    return sum(map(_WIDTHS.__getitem__, text), 0.0)


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
    widths = sorted(width(line.text) + line.indent for line in lines)
    if len(widths) < 8:
        return Layout(indented, 0)
    full = widths[int(len(widths) * 0.95)]  # a stray long line (a table row, an address) doesn't count
    wrapped = sum(w > full - 2.5 for w in widths) >= 0.4 * len(widths)
    return Layout(indented, full if wrapped and 15 <= full <= 60 else 0)
