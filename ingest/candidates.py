"""Titles of reports within a text, told by their shape and by how they are set apart from the lines around them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest import shapes
from ingest.dates import is_date
from ingest.imprint import is_organ
from ingest.lines import Layout, Line, cut, width
from ingest.numbering import numbering
from ingest.shapes import Shape
from ingest.titles import is_note, is_salutation

_ENDED = re.compile(r"[。！？!?…：；]['\"”’）)】》」』\]]*$")
_CATEGORY = re.compile(r"(?:工会|单位|企业|系统|县区|市|县|区|部门|机关|院校|学校|行业|类|级|篇|部分)$")
_GLUED = re.compile(r"[。！？][”’）)》]*(?=[^。！？；：，\s][^。！？；：]{7,44}$)")
_LEAST = 8  # characters of the sentence that a title is glued to


@dataclass(frozen=True, slots=True)
class Candidate:
    """What may be the title of a report: the lines ``start`` to ``end`` (exclusive), joined in ``title``; ``glued``
    where it was cut off the sentence before it."""

    start: int
    end: int
    title: str
    shape: Shape
    glued: bool


def unglued(lines: Sequence[Line]) -> tuple[list[Line], dict[int, Line]]:
    """(lines, whole lines by the number of their second half): a title may be glued to the sentence before it."""
    made: list[Line] = []
    whole: dict[int, Line] = {}
    for line in lines:
        match = _GLUED.search(line.text) if len(line.text) > _LEAST else None
        found = shapes.shape(line.text[match.end() :]) if match else None
        if match and found and (found.kind != "named") and match.end() > _LEAST:
            head, tail = cut(line, match.end())
            whole[len(made) + 1] = line
            made += [head, tail]
        else:
            made.append(line)
    return made, whole


def is_above(text: str) -> bool:
    """True for a line that stands above a title and belongs to no report: a category, the mark of a piece."""
    if shapes.piece(text):
        return len(text) <= 16 and shapes.shape(text) is None
    return len(text) <= 16 and not is_organ(text) and numbering(text) is not None and bool(_CATEGORY.search(text))


class _Finder:
    def __init__(self, lines: Sequence[Line], layout: Layout, glued: set[int]) -> None:
        self._lines = lines
        self._layout = layout
        self._glued = glued

    def _runs(self) -> list[tuple[int, int]]:
        """Stretches of lines each of which could be (part of) a title."""
        runs: list[tuple[int, int]] = []
        start = -1
        for i, line in enumerate(self._lines):
            text = line.text
            alike = shapes.could_be_title(text) and not (is_date(text) or is_salutation(text) or is_note(text))
            alike = alike and not (shapes.piece(text) and is_above(text))
            if alike and i in self._glued and start >= 0:
                runs.append((start, i))
                start = -1
            if alike and start < 0:
                start = i
            elif not alike and start >= 0:
                runs.append((start, i))
                start = -1
        return [*runs, (start, len(self._lines))] if start >= 0 else runs

    def _in_run(self, first: int, end: int) -> Candidate | None:
        """The first title in the lines ``first`` to ``end``: a line, an organ and a genre, broken lines, a subtitle."""
        best: Candidate | None = None
        for i in range(first, end):
            text = self._lines[i].text
            found = shapes.shape(text)
            start = i
            if found and shapes.is_subtitle(text):
                start = max(first, i - 2)
                while start < i and (is_organ(self._lines[start].text) or _ENDED.search(self._lines[start].text)):
                    start += 1
                if start == i:
                    continue
            elif i + 1 < end and not (found and found.kind in ("owned", "event")):
                below = self._lines[i + 1].text
                both = None if shapes.is_subtitle(below) or len(text) + len(below) > 70 else shapes.shape(text + below)
                if both and both.genre and (is_organ(text) or not found) and self._belongs(i):
                    return Candidate(start, i + 2, text + below, both, start in self._glued)
            if found is None:
                continue
            made = Candidate(start, i + 1, "".join(x.text for x in self._lines[start : i + 1]), found, i in self._glued)
            if found.kind in ("owned", "event"):
                return made
            if best is None or shapes.is_subtitle(text):
                best = made
        return best

    def _belongs(self, i: int) -> bool:
        """True where line ``i`` and the next one may be the two halves of a title, set without a gap."""
        return self._lines[i + 1].gap <= self._lines[i].gap and self._lines[i + 1].gap <= 1

    def candidates(self) -> list[Candidate]:
        """Every title in the text, by its shape."""
        found = (self._in_run(first, end) for first, end in self._runs())
        return [candidate for candidate in found if candidate and self._set_apart(candidate)]

    def _set_apart(self, candidate: Candidate) -> bool:
        """True where the lines around a title don't go on from it, or into it."""
        first = candidate.start
        while first and shapes.could_be_title(self._lines[first - 1].text) and first not in self._glued:
            first -= 1
            if candidate.start - first > 4:
                return False
        above = self._lines[first - 1].text if first else ""
        if above and not (
            _ENDED.search(above) or is_date(above) or is_note(above) or first in self._glued or is_above(above)
        ):
            return False
        last = self._lines[candidate.end - 1]
        below = self._lines[candidate.end] if candidate.end < len(self._lines) else None
        full = self._layout.width and width(last.text) + last.indent > self._layout.width - 2.5
        return not (full and below and below.gap == 0 and below.indent < 1 and numbering(below.text) is None)


def candidates(lines: Sequence[Line], layout: Layout, glued: set[int]) -> list[Candidate]:
    """Every title in the text, by its shape; ``glued`` are the numbers of lines that were cut off a sentence."""
    return _Finder(lines, layout, glued).candidates()
