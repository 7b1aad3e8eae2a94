"""A source that holds many reports, split where the titles of its table of contents stand in the body."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from corpus.places import gazetteer
from ingest.contents import Entry, find
from ingest.lines import Line
from ingest.numbering import CHAPTER, POINT, numbering

_NOISE = re.compile(r"[\W_]+")
_REPORT = re.compile(
    r"工会|总结|报告|综述|讲话|展望|纪实|侧记|回眸|巡礼|经验|材料|要点|计划|方案|意见|致辞|发言|体会|扫描|掠影"
)
# A list of thousands of titles, none of which the body has, is given up on rather than searched for hours.
_COMPARISONS = 2_000_000
_ALIKE = 86  # per cent of characters in order: a title with a word changed, not another title


@dataclass(frozen=True, slots=True)
class Part:
    """The lines of one report; the first ``titles`` of them are its title (0: not told by a table of contents)."""

    lines: tuple[Line, ...]
    titles: int


@dataclass(frozen=True, slots=True)
class Compilation:
    """What a source holds: its reports, the lines before them, its table of contents, the entries not found."""

    parts: tuple[Part, ...]
    front: tuple[Line, ...]
    contents: tuple[Line, ...]
    missing: tuple[Entry, ...]


def _fold(text: str) -> str:
    return _NOISE.sub("", text)


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


def _place(title: str, lines: Sequence[Line], start: int, end: int) -> tuple[float, int, int]:
    """(likeness, line, number of lines) of the best place of a title in ``lines[start:end]``; the first of equals."""
    best = (0.0, -1, 0)
    form = _fold(title)
    for i in range(start, end):
        if len(lines[i].text) > 2 * len(form) + 20 or lines[i].text.endswith(("。", "；")):
            continue
        folded = _fold(lines[i].text)
        likeness, count = _likeness(form, folded), 1
        if likeness < 100 and i + 1 < end and len(lines[i + 1].text) <= len(form):
            joined = _likeness(form, folded + _fold(lines[i + 1].text))
            if joined > likeness:
                likeness, count = joined, 2
        if likeness > best[0]:
            best = (likeness, i, count)
            if likeness == 100:
                break
    return best


def _exact(entries: Sequence[Entry], lines: Sequence[Line], start: int) -> list[tuple[int, int] | None]:
    """(line, number of lines) of each title that one line of the body, or two, give to the letter, in order."""
    where: dict[str, list[tuple[int, int]]] = defaultdict(list)
    folded = [_fold(line.text) for line in lines]
    for i in range(start, len(lines)):
        where[folded[i]].append((i, 1))
        where["".join(folded[i : i + 2])].append((i, 2))
    found: list[tuple[int, int] | None] = []
    at = start
    for entry in entries:
        readings = (where.get(_fold(title), []) for title in entry.readings)
        hits = (rows[k] for rows in readings if (k := bisect_left(rows, (at, 0))) < len(rows))
        found.append(next(hits, None))
        at = sum(found[-1]) if found[-1] else at
    return found


def _locate(entries: Sequence[Entry], lines: Sequence[Line], start: int) -> list[tuple[int, int] | None]:
    """(line, number of lines) of each title, in order: exact ones first, the others between their neighbours."""
    found = _exact(entries, lines, start)
    following = [len(lines)] * (len(entries) + 1)
    for k in range(len(entries) - 1, -1, -1):
        place = found[k]
        following[k] = place[0] if place else following[k + 1]
    before, budget = start, _COMPARISONS
    for k, entry in enumerate(entries):
        place = found[k]
        after = following[k + 1]
        if place is None:
            for title in entry.readings:
                budget -= after - before
                likeness, i, count = _place(title, lines, before, after) if budget > 0 else (0.0, 0, 0)
                if likeness >= _ALIKE:
                    place = found[k] = (i, count)
                    break
        before = sum(place) if place else before
    return found


def _holds_reports(entries: Sequence[Entry], places: Sequence[tuple[int, int] | None], lines: Sequence[Line]) -> bool:
    """True where most titles name reports; chapters of one report are numbered in its body, or name no genre."""
    located = [(entry.title, lines[place[0]].text) for entry, place in zip(entries, places, strict=True) if place]
    if len(located) < 2:
        return False
    chapters = 0
    for title, text in located:
        number = numbering(text)
        named = _REPORT.search(title) or gazetteer().find(title)
        chapters += bool(number and number.rank in (CHAPTER, POINT)) or not named
    return 2 * chapters < len(located)


def split(lines: Sequence[Line]) -> Compilation:
    """The reports that ``lines`` hold: one, or as many as the titles of their table of contents that were found."""
    table = find(lines)
    if table is None:
        return Compilation((Part(tuple(lines), 0),), (), (), ())
    places = _locate(table.entries, lines, table.end)
    listed = tuple(lines[table.first : table.end])
    if len(listed) == len(lines):  # nothing but a table of contents: that is the text then
        return Compilation((Part(listed, 0),), (), (), ())
    if not _holds_reports(table.entries, places, lines):
        rest = (*lines[: table.first], *lines[table.end :])
        return Compilation((Part(rest, 0),), (), listed, ())
    starts = sorted(place for place in places if place)
    ends = [i for i, _ in starts[1:]] + [len(lines)]
    parts = tuple(Part(tuple(lines[i:end]), count) for (i, count), end in zip(starts, ends, strict=True))
    front = (*lines[: table.first], *lines[table.end : starts[0][0]])
    missing = tuple(entry for entry, place in zip(table.entries, places, strict=True) if place is None)
    return Compilation(parts, front, listed, missing)
