"""The table of contents at the head of a source: its lines, and the titles it lists."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.lines import Line
from ingest.numbering import numbering

_WORD = re.compile(r"^[【\[]?目\s*[录次][】\]]?$")
# A title, a leader (dots, ellipses, wide space) and a page number; the leader may be lost to a wide space.
_ENTRY = re.compile(r"^(?P<title>.*?[^\s.．·•…])(?P<leader>[\s.．。·•…‥⋯\-—_]+)[(（]?(?P<page>\d{1,4})[)）]?$")
_LEADER = re.compile(r"[.．。·•…‥⋯\-—_]{2}|[…\t\u3000]|\s{2}")
_LONGEST = 300
_SLIP = re.compile(r"^\d{1,3}\s*[:：.．、]\s*")


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a table of contents: the title without leader and page number; ``above`` is the line above it where
    that may be the first half of the title (or a category)."""

    line: Line
    title: str
    above: str = ""

    @property
    def readings(self) -> tuple[str, ...]:
        """What the title may be, likelier first: with the line above, as it stands, without a slipped number."""
        forms = (self.above + self.title, self.title, _SLIP.sub("", self.title))
        return tuple(dict.fromkeys(forms))


@dataclass(frozen=True, slots=True)
class Contents:
    """A table of contents: the lines ``first`` to ``end`` (exclusive) of the source, and its numbered entries."""

    first: int
    end: int
    entries: tuple[Entry, ...]


def _entry(line: Line) -> Entry | None:
    match = _ENTRY.match(line.text) if len(line.text) <= _LONGEST else None
    if match is None or not _LEADER.search(match["leader"]) or re.search(r"[。！？；]", match["title"]):
        return None
    return Entry(line, match["title"].strip())


def find(lines: Sequence[Line]) -> Contents | None:
    """The table of contents of ``lines``: a line 目录 with entries below it, or five entries in a row; or None.

    Lines between entries that carry no page number belong to it if they are short and no sentence (category
    headings, wrapped titles).
    """
    for i, line in enumerate(lines):
        named = bool(_WORD.match(line.text))
        at = i + 1 if named else i
        if not named and _entry(line) is None:
            continue
        entries: list[Entry] = []
        end, above = at, ""
        for j in range(at, len(lines)):
            entry = _entry(lines[j])
            if entry is not None:
                entries.append(Entry(entry.line, entry.title, above))
                end, above = j + 1, ""
                continue
            text = lines[j].text
            if j - end >= 2 or len(text) > 60 or re.search(r"[。！？；]$", text):
                break
            above = "" if numbering(text) else text
        if len(entries) >= (2 if named else 5):
            return Contents(i, end, tuple(entries))
    return None
