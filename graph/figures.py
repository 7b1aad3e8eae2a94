"""Figures in a sentence: number, unit as written, qualifiers, upper value of a range, what a change started from, kind.

``二十余家`` → 20 家 余; ``2名至4名`` → 2..4 名; ``由15项增至21项`` → 21 项, from 15; ``居全省第二`` → 2 位次;
``每人发放300元`` → 300 元 每人. See ``graph.scanning`` for what is no figure.
"""

import re
from bisect import bisect_right
from dataclasses import replace

from corpus.model import FactKind
from graph.changes import with_changes
from graph.measures import MONEY, RATES, comparable
from graph.ranks import find_ranks
from graph.scanning import Figure, fold, scan

__all__ = ["Figure", "find_figures"]

# What one figure holds for: 每人, 年均. A figure per year is no total.
_EACH = re.compile(
    r"(?:平均)?(每(?:半?年|[两三二]年|个?月|季度|学期|[天日周]|人次?|名|户|个|家|位|件|场|次|批|期|亩|小时|[一-鿿]{1,3}(?=最高)))"
    r"(?P<gap>[^，。；：！？,;]*)$"
)
_MEAN = re.compile(r"(人均|户均|年均|月均|日均|校均|场均|次均)[^，。；：！？,;]*$")
_BY_YEAR = ("年", "月", "季度", "学期", "天", "日", "周")
_OVER = re.compile(
    r"\s*(?:/|每)(人次|人|户|年|月|次|个|家|名|天|日|小时|课时|亩|箱|吨|件|平方米|公里|公斤|张|份|台|辆)"
)
# What follows 其中 is a part, up to the next stop.
_PART = re.compile(r"(?:^|(?<=[，。；：、,;:（(]))其中[，,]?")
_STOP = re.compile("[，。；！？,;]")
_LISTED = re.compile(r"[、和与及]|以及")
_NEAR = 14
_NUMERAL = re.compile(r"[\d０-９十百千万亿一二两三四五六七八九首]")
_RANKED = re.compile(r"第[\d一二三四五六七八九十百]|前[\d二三四五六七八九十百]|首")


def find_figures(text: str) -> list[Figure]:
    """The figures of ``text`` in reading order, spans never overlapping."""
    if not _NUMERAL.search(text):
        return []
    folded = fold(text)
    ranks = find_ranks(folded) if _RANKED.search(folded) else []
    plain = _apart(scan(folded), ranks) if ranks else scan(folded)
    if not plain and not ranks:
        return []
    figures = with_changes(folded, sorted((*plain, *ranks), key=lambda figure: figure.start))
    parts = [match.end() for match in _PART.finditer(folded)] if "其中" in folded else []
    finished: list[Figure] = []
    for figure in figures:
        part = bisect_right(parts, figure.start) - 1
        within = part >= 0 and not _STOP.search(folded, parts[part], figure.start)
        finished.append(_finished(folded, figure, finished[-1] if finished else None, within))
    return finished


def _apart(figures: list[Figure], ranks: list[Figure]) -> list[Figure]:
    """The figures that overlap none of the ranks, which don't overlap each other."""
    ends = [rank.end for rank in ranks]
    apart = []
    for figure in figures:
        after = bisect_right(ends, figure.start)  # the first rank that ends behind its beginning
        if after == len(ranks) or figure.end <= ranks[after].start:
            apart.append(figure)
    return apart


def _kind(figure: Figure) -> FactKind:
    if figure.kind != "count":
        return figure.kind
    base = comparable(1, figure.unit)[0]
    return "money" if base in MONEY else "rate" if base in RATES else "count"


def _finished(text: str, figure: Figure, last: Figure | None, part: bool) -> Figure:
    """A figure with its kind, and among its qualifiers what it is told per (每人, 年均) and that it is a ``part`` (其中)."""
    per = _per(text, figure, last.end if last else 0)
    if not per and last and last.unit == figure.unit and _LISTED.fullmatch(text, last.end, figure.start):
        per = next((word for word in last.qualifier.split("、") if word.startswith("每") or word.endswith("均")), "")
    words = [per] if per else []
    if part:
        words.append("其中")
    kind = _kind(figure)
    if not words and kind == figure.kind:
        return figure
    return replace(figure, kind=kind, qualifier="、".join([*words, *filter(None, (figure.qualifier,))]))


def _per(text: str, figure: Figure, after: int) -> str:
    if figure.kind == "rank":
        return ""
    if over := _OVER.match(text, figure.end):
        return f"每{over[1]}"
    behind = text[after : figure.start]
    if "均" in behind and (mean := _MEAN.search(behind)):
        return mean[1]
    each = _EACH.search(behind) if "每" in behind else None
    if each and (each[1].endswith(_BY_YEAR) or len(each["gap"]) <= _NEAR):
        return each[1]
    return ""
