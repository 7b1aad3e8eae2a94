"""Where the titles of a table of contents stand in the body: in order, to the letter or nearly so."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from ingest.contents import Entry, fold
from ingest.lines import Line
from ingest.numbering import numbering

# A list of thousands of titles, none of which the body has, is given up on rather than searched for hours.
_COMPARISONS = 2_000_000
_ALIKE = 86  # per cent of characters in order: a title with a word changed, not another title
_ELLIPSIS = re.compile(r"(?:…+|\.{3,}|⋯+)")
_LINES = 3  # that a title is broken into, at most


@dataclass(frozen=True, slots=True)
class Place:
    """The lines of the body that a title takes up."""

    line: int
    count: int

    @property
    def end(self) -> int:
        """The line after the title."""
        return self.line + self.count


def _likeness(title: str, line: str) -> float:
    """0 (another) to 100 (the same): equal, cut short on either side, or alike but for a few characters."""
    if not line or not title:
        return 0
    if title == line:
        return 100
    short, long = sorted((title, line), key=len)
    if len(short) >= 8 and long.startswith(short) and len(long) <= 2 * len(short):
        return 95
    return fuzz.ratio(title, line, score_cutoff=_ALIKE) if min(len(title), len(line)) >= 6 else 0


def _shortened(title: str, line: str) -> bool:
    """True where ``line`` is a title whose middle the table of contents left out (……)."""
    head, *_, tail = [fold(part) for part in _ELLIPSIS.split(title)]
    return (
        len(head) >= 4
        and len(tail) >= 2
        and line.startswith(head)
        and line.endswith(tail)
        and len(line) > len(head + tail)
    )


def _unnumbered(text: str) -> str:
    number = numbering(text)
    return text[len(number.text) :] if number else text


def _best(title: str, lines: Sequence[Line], start: int, end: int) -> tuple[float, Place | None]:
    """(likeness, place) of the best place of a title in ``lines[start:end]``; the first of equals."""
    best: tuple[float, Place | None] = (0.0, None)
    form = fold(title)
    middle = bool(_ELLIPSIS.search(title.rstrip(".…⋯ ")))
    for i in range(start, end):
        text = lines[i].text
        if len(text) > 2 * len(form) + 20 or text.endswith(("。", "；")):
            continue
        joined, likeness, count = fold(_unnumbered(text)), 0.0, 1
        for n in range(1, _LINES + 1):
            found = 96.0 if middle and _shortened(title, joined) else _likeness(form, joined)
            if found > likeness:
                likeness, count = found, n
            if likeness == 100 or i + n >= end or len(lines[i + n].text) > len(form):
                break
            joined += fold(lines[i + n].text)
        if likeness > best[0]:
            best = (likeness, Place(i, count))
            if likeness == 100:
                break
    return best


def _positions(lines: Sequence[Line], start: int, end: int) -> dict[str, list[Place]]:
    """Where each short line, or two or three joined, stands."""
    where: dict[str, list[Place]] = defaultdict(list)
    folded = [fold(line.text) if len(line.text) <= 120 else "" for line in lines[start:end]]
    for i in range(len(folded)):
        for n in range(1, _LINES + 1):
            if i + n > len(folded) or not folded[i + n - 1]:
                break
            where["".join(folded[i : i + n])].append(Place(start + i, n))
    return where


def _exact(entries: Sequence[Entry], lines: Sequence[Line], start: int, end: int) -> list[Place | None]:
    """The places of the titles that the body gives to the letter: the longest row of them that keeps the order.

    Longest increasing subsequence by patience sorting (M. L. Fredman, Discrete Mathematics 11, 1975); a title that is
    repeated (as a running header) is taken where the row gets longest, first where equal.
    """
    where = _positions(lines, start, end)
    tails: list[int] = []  # the line at which the shortest row of each length ends
    nodes: list[tuple[int, Place, int]] = []  # entry, place, the node before it in its row
    ends: list[int] = []
    for k, entry in enumerate(entries):
        hits = next((rows for reading in entry.readings if (rows := where.get(fold(reading)))), [])
        for place in reversed(hits[: _COMPARISONS // max(1, len(entries))]):
            at = bisect_left(tails, place.line)
            before = ends[at - 1] if at else -1
            nodes.append((k, place, before))
            tails[at : at + 1] = [place.line]
            ends[at : at + 1] = [len(nodes) - 1]
    found: list[Place | None] = [None] * len(entries)
    node = ends[-1] if ends else -1
    while node >= 0:
        k, place, node = nodes[node]
        found[k] = place
    return found


def locate(entries: Sequence[Entry], lines: Sequence[Line], start: int, end: int) -> list[Place | None]:
    """The place in ``lines[start:end]`` of each title, in order: exact ones first, others between their neighbours."""
    found = _exact(entries, lines, start, end)
    following = [end] * (len(entries) + 1)
    for k in range(len(entries) - 1, -1, -1):
        place = found[k]
        following[k] = place.line if place else following[k + 1]
    before, budget = start, _COMPARISONS
    for k, entry in enumerate(entries):
        place = found[k]
        if place is None:
            for title in entry.readings if entry.paged else entry.alone:
                budget -= following[k + 1] - before
                likeness, at = _best(title, lines, before, following[k + 1]) if budget > 0 else (0.0, None)
                if likeness >= _ALIKE:
                    place = found[k] = at
                    break
        before = place.end if place else before
    return found
