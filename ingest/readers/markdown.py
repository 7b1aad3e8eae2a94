"""Markdown: the words without its marks, a line a line (CommonMark, with the tables and footnotes of GitHub and Pandoc).

Not by a parser of Markdown: it would number lists anew, take indented paragraphs for code, run lines together, and
find emphasis between the asterisks that stand for masked names.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from ingest.limits import DEFAULTS, Limits
from ingest.readers import text
from ingest.readers.notes import Decoded

_FRONT = re.compile(r"\ufeff?---[^\S\n]*\n(?:[^\n]*\n){0,60}?(?:---|\.\.\.)[^\S\n]*(?:\n|$)")
_FENCE = re.compile(r"\s*(?:`{3,}|~{3,})[\w+-]*\s*$")
_HEADING = re.compile(r"\s{0,3}#{1,6}(?:\s+|(?<=##))(?P<words>.*?)\s*#*\s*$")
_RULE = re.compile(r"\s{0,3}(?:(?:\*\s*){3,}|(?:-\s*){3,}|(?:_\s*){3,}|={3,})\s*$")
_QUOTE = re.compile(r"^(?:\s{0,3}>\s?)+")
_BULLET = re.compile(r"^(\s*)[-*+][ \t]+(?=\S)")
_NUMBER = re.compile(r"^(\s*\d{1,2}\\?[.)])[ \t]+(?=[^\s\d])")
_DELIMITER = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$")
_CELLS = re.compile(r"(?<!\\)\|")
_NOTE = re.compile(r"^\[\^([^\]\s]+)\]:\s*")
_INLINE = (
    (re.compile(r"<!--.*?-->|!\[[^\]]*\]\([^)]*\)|\[\^[^\]\s]+\]"), ""),
    (re.compile(r"<br\s*/?>", re.I), "\n"),
    (re.compile(r"(?<!!)\[([^\]]+)\]\([^)\s]*(?:\s+\"[^\"]*\")?\)"), r"\1"),
    (re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1"), r"\2"),
    (re.compile(r"(`+)([^`]+)\1"), r"\2"),
    (re.compile(r"\\([!-/:-@\[-`{-~])"), r"\1"),
)


def _words(line: str) -> str:
    """A line without the marks in it."""
    for mark, plain in _INLINE:
        line = mark.sub(plain, line)
    return line


def _row(line: str) -> str:
    cells = [_words(cell).strip() for cell in _CELLS.split(line.strip())]
    inner = cells[bool(not cells[0]) : len(cells) - bool(not cells[-1])]
    return "\t".join(inner).rstrip()


def _lines(lines: list[str]) -> Iterator[str]:
    """What each line reads, one for one."""
    table = False
    for n, line in enumerate(lines):
        below = lines[n + 1] if n + 1 < len(lines) else ""
        opens = "|" in line and "|" in below and bool(_DELIMITER.match(below))
        table = opens or (table and bool(_CELLS.search(line)))
        if table:
            yield "" if _DELIMITER.match(line) else _row(line)
            continue
        if _FENCE.match(line) or _RULE.match(line):
            yield ""
            continue
        line = _QUOTE.sub("", line)
        heading = _HEADING.match(line)
        if heading:
            # As set apart as it is shown.
            yield f"\n{_words(heading['words'])}\n"
            continue
        line = _NOTE.sub(r"[\1] ", line)
        yield _words(_NUMBER.sub(r"\1", _BULLET.sub(r"\1● ", line)))


def decode(path: Path, content: bytes, limits: Limits = DEFAULTS) -> Decoded:
    """The words of the bytes of a Markdown file. Raises EncodingUnknown, FileBinary."""
    found = text.decode(path, content, limits)
    marked = found.text.replace("\r\n", "\n")
    front = _FRONT.match(marked)
    shown = list(_lines(marked.split("\n")))
    if front:
        skipped = front.group().count("\n")
        shown[:skipped] = [""] * skipped
    starts = [0]
    for line in shown:
        starts.append(starts[-1] + len(line) + 1)

    def moved(place: int) -> int:
        """The start of the line that a place of the file lies in."""
        return starts[found.text.count("\n", 0, place)]

    notes = tuple(replace(note, start=moved(note.start), end=moved(note.end)) for note in found.notes)
    return Decoded("\n".join(shown), found.encoding, notes)
