"""A source that holds many reports: split by its tables of contents, and where it has none by titles alone."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.places import gazetteer
from ingest import boundaries, shapes
from ingest.contents import Contents, Entry, find, fold
from ingest.lines import Layout, Line, cut
from ingest.lines import layout as layout_of
from ingest.locating import Place, locate
from ingest.numbering import CHAPTER, ITEM, numbering

_GENRE = re.compile(
    r"总结|报告|综述|讲话|展望|纪实|侧记|回眸|巡礼|经验|材料|要点|计划|方案|意见|致辞|发言|体会|扫描|掠影|记事|汇报"
)
_REPORT = re.compile(rf"工会|{_GENRE.pattern}")
_YEARS = re.compile(r"\d+|[一二三四五六七八九十]+(?=[届次年])")
_STOP = re.compile("[。！？]")
_GLUED = re.compile(r"[。！？][”’）)》]*(?=[^。！？；]{4,60}$)")  # a cover's title at the end of the line before it
_SEARCHES = 20  # of a whole source for titles that don't stand where they should
_FRONT_LENGTH = 400  # characters: more prose than a cover, a note or a preface of a few lines has


@dataclass(frozen=True, slots=True)
class Part:
    """The lines of one report; the first ``titles`` of them are its title (0: not told by a table of contents).

    ``signs`` tell why it begins there, where no table of contents says so.
    """

    lines: tuple[Line, ...]
    titles: int
    signs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Compilation:
    """What a source holds: its reports, lines that belong to none, its tables of contents, the entries not found."""

    parts: tuple[Part, ...]
    front: tuple[Line, ...]
    contents: tuple[Line, ...]
    missing: tuple[Entry, ...]


class _Split:
    """Collects what a source holds while it is gone through."""

    def __init__(self, layout: Layout) -> None:
        self.parts: list[Part] = []
        self.front: list[Line] = []
        self.contents: list[Line] = []
        self.missing: list[Entry] = []
        self._layout = layout

    def add(self, lines: Sequence[Line], titles: int = 0, strict: bool = False) -> None:
        """Add what stands between tables of contents and listed titles: a report, or several one after another."""
        if not lines:
            return
        for report in boundaries.divide(lines, self._layout, titles, strict):
            self.front += report.above
            self.parts.append(Part(report.lines, 0 if report.signs else titles, report.signs))

    def add_front(self, lines: Sequence[Line], titles: int = 0) -> None:
        """Add what stands before the first listed title: a cover, after reports that the table doesn't list.

        ``titles`` first lines are the title of a report that a table above has listed.
        """
        prose = [i for i, line in enumerate(lines) if _STOP.search(line.text)]
        chapters = sum(bool((number := numbering(line.text)) and number.rank == CHAPTER) for line in lines)
        enough = chapters >= 2 or sum(len(lines[i].text) for i in prose) >= _FRONT_LENGTH
        end = prose[-1] + 1 if prose and (enough or titles) else titles
        cover = list(lines[end:])
        if end and not cover and (seam := _GLUED.search(lines[end - 1].text)):
            body, title = cut(lines[end - 1], seam.end())
            lines, cover = [*lines[: end - 1], body], [title]
        self.add(lines[:end], titles)
        self.front += cover

    def done(self) -> Compilation:
        """What was found, in the order of the source."""
        parts = sorted(self.parts, key=lambda part: part.lines[0].start)
        front = sorted(self.front, key=lambda line: line.start)
        return Compilation(tuple(parts), tuple(front), tuple(self.contents), tuple(self.missing))


def _is_section(entry: Entry, text: str) -> bool:
    """True where a listed line is a heading within a report, or a category: numbered in the body, no report's title."""
    number = numbering(text)
    if number is not None and number.rank <= ITEM and not shapes.piece(text):
        found = shapes.shape(text[len(number.text) :])
        return found is None or found.kind not in ("owned", "event")
    return not (_REPORT.search(entry.title) or gazetteer().find(entry.title))


def _are_reports(titles: Sequence[str]) -> bool:
    """True where most titles that are no sections name their owner or occasion, or are one title for many years."""
    found = [shapes.shape(numberless(title)) for title in titles]
    named = [
        (shape is not None and shape.kind != "bare") or bool(gazetteer().find(title))
        for shape, title in zip(found, titles, strict=True)
    ]
    twins = {_YEARS.sub("", fold(title)) for title in titles}
    return len(titles) >= 2 and (2 * sum(named) >= len(titles) or 2 * len(twins) <= len(titles))


def numberless(title: str) -> str:
    """A title without the number or the mark of a piece before it."""
    number = numbering(title)
    return shapes.plain(title[len(number.text) :] if number and not shapes.piece(title) else title)


def _reports(table: Contents, places: Sequence[Place | None], lines: Sequence[Line]) -> list[tuple[Entry, Place]]:
    """The entries that are reports, with their places; none where the table lists the chapters of one report."""
    located = [(entry, place) for entry, place in zip(table.entries, places, strict=True) if place]
    found = [(entry, place) for entry, place in located if not _is_section(entry, lines[place.line].text)]
    margin = min((entry.line.indent for entry, _ in found if _named(entry)), default=0)
    found = [(entry, place) for entry, place in found if _named(entry) or entry.line.indent <= margin]
    return found if _are_reports([entry.title for entry, _ in found]) else []


def _named(entry: Entry) -> bool:
    return shapes.shape(numberless(entry.title)) is not None


def _lost(table: Contents, places: Sequence[Place | None]) -> list[Entry]:
    """The entries that seem to be reports and are not in the body; categories and chapters are none."""
    lost: list[Entry] = []
    for k, (entry, place) in enumerate(zip(table.entries, places, strict=True)):
        joined = k + 1 < len(places) and places[k + 1] is not None and table.entries[k + 1].above == entry.line.text
        if place or (joined and not entry.paged):
            continue
        category = numbering(entry.title) is not None and not _GENRE.search(entry.title)
        if not category and (_GENRE.search(entry.title) if not entry.paged else _REPORT.search(entry.title)):
            lost.append(entry)
    return lost


def _holds(table: Contents, places: Sequence[Place | None]) -> bool:
    """True where the lines are a table of contents: a heading says so, or the body has most of its titles."""
    hits = sum(place is not None for place in places)
    return 2 * hits >= len(places) or (table.named and table.entries[0].paged)


def _take(found: _Split, table: Contents, places: Sequence[Place], lines: Sequence[Line]) -> None:
    """Add the listed reports among ``lines`` but the last, whose end is not known yet.

    Category headings right above a title belong to no report.
    """
    listed = {fold(text) for entry in table.entries for text in (entry.line.text, entry.title, entry.above)}
    starts = {place.line for place in places}
    for place, following in pairwise(places):
        end = following.line
        while end - 1 > place.end and end - 1 not in starts and fold(lines[end - 1].text) in listed:
            end -= 1
        found.add(lines[place.line : end], place.count, strict=True)
        found.front += lines[end : following.line]


class _Tables:
    """The tables of contents of a text, and where the titles of each stand."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines
        self._all = [table for table in find(lines) if table.end - table.first < len(lines)]
        self._named = [table.first for table in self._all if table.named]
        self._searches = _SEARCHES

    def __iter__(self) -> Iterator[tuple[Contents, list[Place | None]]]:
        """Each table that is one, with the places of its titles."""
        at = 0
        for table in self._all:
            if table.first < at:
                continue
            places = self._places(table, at)
            if _holds(table, places):
                yield table, places
                at = max((place.line for place in places if place), default=table.end)

    def _places(self, table: Contents, start: int) -> list[Place | None]:
        """Where the titles stand: between the table and the next one, else anywhere below, else above it."""
        k = bisect_right(self._named, table.first)
        limit = self._named[k] if k < len(self._named) else len(self._lines)
        best = locate(table.entries, self._lines, table.end, limit)
        for first, end in ((table.end, len(self._lines)), (start, table.first)):
            if all(best) or (first, end) == (table.end, limit) or self._searches <= 0:
                continue
            self._searches -= 1
            found = locate(table.entries, self._lines, first, end)
            if sum(map(bool, found)) > sum(map(bool, best)):
                best = found
        return best


def split(lines: Sequence[Line]) -> Compilation:
    """The reports that ``lines`` hold, by tables of contents whose titles the body has, else by titles alone."""
    found = _Split(layout_of(lines))
    listed: set[int] = set()

    def between(start: int, end: int) -> list[Line]:
        return [lines[i] for i in range(start, end) if i not in listed]

    at = titles = 0
    for table, places in _Tables(lines):
        listed |= set(range(table.first, table.end))
        found.contents += lines[table.first : table.end]
        reports = _reports(table, places, lines)
        if not reports:
            continue
        found.missing += _lost(table, places)
        stand = [place for _, place in reports]
        found.add_front(between(at, min(max(table.first, at), stand[0].line)), titles)
        found.add_front(between(max(table.end, at), stand[0].line))
        _take(found, table, stand, lines)
        at, titles = stand[-1].line, stand[-1].count
    found.add(between(at, len(lines)), titles)
    return found.done()
