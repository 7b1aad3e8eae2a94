"""When a term is used: a row for each year, a mark for each document, as an SVG that is laid out here.

Coordinates are user units; how it looks is the style sheet's. Only dates that the library knows count: a guess is marked
as one, and a document without a date stands in a row of its own.
"""

import math
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from search.answers import TermUse
from web import links
from web.shelf import DocumentEntry

#: Documents from which a drawing tells more than a list.
LEAST = 3
_PITCH, SIDE, _LEFT, _TOP, _COLUMNS = 30, 26, 56, 4, 10
WIDTH = _LEFT + _COLUMNS * _PITCH
#: Rows of marks that a year has at most; the rest is told by number.
_MOST = 4 * _COLUMNS
#: Years without any use that are drawn one by one; longer gaps are one row.
_GAP = 2
_SHADES = ((5, "many"), (2, "some"), (0, "one"))
UNDATED = "无日期"
_QUOTES = str.maketrans("", "", "“”")  # what a search for the very words is written in

Dating = Literal["sure", "guessed", "undated"]
#: Document id → its entry.
EntryOf = Callable[[str], DocumentEntry]


@dataclass(frozen=True, slots=True)
class Mark:
    """A document: ``count`` is how often it uses the term, as far as there is room for digits, ``shade`` the same in
    three steps (one, some, many); ``told`` says all that in words."""

    x: int
    y: int
    href: str
    count: str
    shade: str
    dating: Dating
    told: str


@dataclass(frozen=True, slots=True)
class Row:
    """A year, or the documents without one; ``y`` is the middle of its first line and ``bottom`` where it ends. ``more``
    documents have no mark: ``href`` leads to them, on a line of its own in the middle of which ``more_y`` is."""

    label: str
    y: int
    bottom: int
    marks: tuple[Mark, ...]
    more: int = 0
    more_y: int = 0
    href: str = ""


@dataclass(frozen=True, slots=True)
class Timeline:
    """What to draw, with a description for those who don't see it, and the kinds of dates in it."""

    height: int
    rows: tuple[Row, ...]
    told: str
    datings: frozenset[Dating]


@dataclass(frozen=True, slots=True)
class Province:
    """A province, or what lies in none: how many documents there use the term, and where they are found."""

    name: str
    documents: int
    href: str


def timeline(term: str, uses: Iterable[TermUse], entry_of: EntryOf) -> Timeline | None:
    """The documents that use a term, year by year, the earliest first; None for so few that a list tells it all."""
    years: defaultdict[str, list[TermUse]] = defaultdict(list)
    for use in uses:
        years[entry_of(use.document_id).document.date[:4]].append(use)
    if sum(map(len, years.values())) < LEAST:
        return None
    rows, y = [], _TOP + SIDE // 2
    for label in _labels(years):
        held = years.get(label if label != UNDATED else "", []) if label else []
        rows.append(_row(term, label, held, entry_of, y))
        y = rows[-1].bottom + _PITCH // 2
    told = "；".join(
        f"{'没有日期' if year == '' else f'{year} 年'} {len(years[year])} 份"
        for year in sorted(years, key=lambda y: (not y, y))
    )
    datings = frozenset(mark.dating for row in rows for mark in row.marks)
    return Timeline(y - SIDE // 2 + _TOP, tuple(rows), told, datings)


def _labels(years: Iterable[str]) -> list[str]:
    """The years from the first to the last, "" for a long gap; what has no year comes last."""
    known = sorted(int(year) for year in years if year)
    labels = [str(year) for year in known[:1]]
    for before, year in pairwise(known):
        between = range(before + 1, year)
        labels += [str(one) for one in between] if len(between) <= _GAP else [""]
        labels.append(str(year))
    return [*labels, UNDATED] if "" in set(years) else labels


def _row(term: str, label: str, held: list[TermUse], entry_of: EntryOf, y: int) -> Row:
    if not held:
        return Row(label or "⋮", y, y + _PITCH // 2, ())
    entries = [(use, entry_of(use.document_id)) for use in held]
    entries.sort(key=lambda pair: ("date" in pair[1].guessed, pair[1].document.date, -pair[0].mentions, pair[0].title))
    marks = tuple(_mark(use, entry, i, y) for i, (use, entry) in enumerate(entries[:_MOST]))
    more = len(entries) - len(marks)
    lines = math.ceil(len(marks) / _COLUMNS)
    bottom = y + (lines + bool(more)) * _PITCH - _PITCH // 2
    year = label if label != UNDATED else ""
    href = _said(term, year=year) if year else links.mentions(term)
    return Row(label, y, bottom, marks, more, y + lines * _PITCH, href if more else "")


def _mark(use: TermUse, entry: DocumentEntry, number: int, y: int) -> Mark:
    line, column = divmod(number, _COLUMNS)
    date = entry.document.date
    dating: Dating = "undated" if not date else "guessed" if "date" in entry.guessed else "sure"
    when = f"{date}（推测）" if dating == "guessed" else date or "没有日期"
    told = "，".join(filter(None, (use.title, entry.told("place"), when, f"{use.mentions} 处")))
    shade = next(name for least, name in _SHADES if use.mentions >= least)
    count = str(use.mentions) if use.mentions < 100 else "99+"
    href = links.document(use.document_id)
    return Mark(_LEFT + column * _PITCH, y + line * _PITCH - SIDE // 2, href, count, shade, dating, told)


def _said(term: str, **where: str) -> str:
    """Where the documents that say a term are found: in these words, for what means nearly the same isn't counted."""
    words = term.translate(_QUOTES)
    return links.url("/search", q=f"“{words}”", **where, **{"as": "search"})


def provinces(term: str, uses: Iterable[TermUse], entry_of: EntryOf, elsewhere: str) -> tuple[Province, ...]:
    """The provinces whose documents use a term, most first; what lies in none is called ``elsewhere`` and comes last."""
    counts: defaultdict[str, int] = defaultdict(int)
    for use in uses:
        counts[entry_of(use.document_id).document.province] += 1
    order = sorted(counts, key=lambda name: (not name, -counts[name], name))
    return tuple(
        Province(
            name or elsewhere,
            counts[name],
            _said(term, province=name) if name else "",
        )
        for name in order
    )
