"""Changes: how much something grew or fell (增长12%, 同比下降3个百分点), and from what to what (由15项增至21项).

A level that was reached (提高到95%, 增至21项 with no beginning) is no change.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from graph.measures import MEASURE, SCALE, comparable
from graph.scanning import Figure, number

_UP = r"增长|增加|提高|提升|上升|增幅|涨幅|增速|上涨|扩大|增|升|涨"
_DOWN = r"减少|下降|降低|压减|压缩|缩短|缩减|回落|降幅|减|降"
# The verb right before the figure; 新增 and 净增 count what is new.
_MOVED = re.compile(
    rf"(?P<verb>(?<![新净递])(?:{_UP}|{_DOWN}))(?:率|幅度|幅)?(?:分别|均|都|约)?(?:了|达到?|为|近|约|超过|超)*\s*$"
)
_COMPARED = re.compile(r"较|比(?!例|赛|武|拼|重|率|较)|同比|环比|相比|分别|人均|平均|增长|增幅|降幅|涨幅|标准")
_TO = re.compile(
    r"^[^，。；！？\d]{0,6}?(?:逐步|大幅|再|又)?(?:增|提|升|上|扩|拓|降|下|减|压|缩|跃|发展|调|涨|变|翻|拉|攀)[^，。；！？\d]{0,6}?(?:至|到|为|成)"
    r"(?:(?:(?:19|20)?\d\d年)(?:年?底|末)?的?|目前的?|现在的?|如今的?|近|约|超过?|全部)*$|^(?:[^，。；\d]{0,4}(?:至|到))$"
)
_FROM = re.compile(r"(?:由|从|自)[^，。；！？]{0,24}$")
_PLAIN_FROM = re.compile(
    rf"(?:由|从)(?:原来|原有|过去|最初|之前)?的?(?P<low>\d+(?:\.\d+)?)(?P<scale>{SCALE})?(?P<verb>[^，。；\d]{{1,8}}?(?:至|到))\s*$"
)
_ONE_LIST = re.compile(r"[、和与及]|以及")
_STOP = re.compile(r"[，。；：！？\n]")
_UNITS = re.compile(rf"{SCALE}?{MEASURE}")


def with_changes(text: str, figures: Sequence[Figure]) -> list[Figure]:
    """``figures`` of a folded ``text`` with those told as changes marked: two that are the ends of one change are joined
    into one, its ``value`` the later, its ``base`` the earlier; a growth begins at its verb, so that it says which way,
    and a fall has its verb among its qualifiers."""
    joined: list[Figure] = []
    clauses = _Clauses(text)
    for figure in figures:
        after = joined[-1].end if joined else 0
        if joined and (base := _base(text, joined[-1], figure)) is not None:
            first = joined.pop()
            joined.append(replace(figure, start=first.start, base=base, kind="change"))
        elif figure.kind != "rank" and (start := _plain_from(text, after, figure.start)):
            scale = start["scale"] or ""
            base = _converted(number(start["low"]), scale + _bare(figure.unit) if scale else figure.unit, figure.unit)
            joined.append(replace(figure, start=start.start("low"), base=base, kind="change"))
        else:
            joined.append(_growth(text, figure, joined[-1] if joined else None, clauses))
    return joined


class _Clauses:
    """Where the clauses of a text begin, and from where on each of them compares."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._begins = [0, *(match.end() for match in _STOP.finditer(text))]
        self._compared: dict[int, int] = {}

    def begin(self, at: int) -> int:
        """Where the clause begins that ``at`` stands in."""
        return self._begins[bisect_right(self._begins, at) - 1]

    def compares(self, at: int) -> bool:
        """True where the clause that ``at`` stands in says before it that something is compared (较, 同比)."""
        clause = bisect_right(self._begins, at) - 1
        if clause not in self._compared:
            begin, end = self._begins[clause], self._begins[clause + 1] if clause + 1 < len(self._begins) else None
            found = _COMPARED.search(self._text, begin, len(self._text) if end is None else end)
            self._compared[clause] = found.end() if found else len(self._text) + 1
        return self._compared[clause] <= at


def _plain_from(text: str, after: int, start: int) -> re.Match[str] | None:
    """The number without a unit that a change to the figure at ``start`` began with."""
    if start == after or not (text[start - 1] in "至到" or text[start - 1].isspace()):
        return None
    return _PLAIN_FROM.search(text, after, start)


def _bare(unit: str) -> str:
    scale = re.match(SCALE, unit)
    return unit[scale.end() :] if scale else unit


def _converted(value: float, unit: str, wanted: str) -> float | None:
    """``value`` of ``unit`` in another unit that counts the same, else None."""
    base, amount = comparable(value, unit)
    other, one = comparable(1, wanted)
    return float(f"{amount / one:.12g}") if base == other and one else None


def _base(text: str, first: Figure, second: Figure) -> float | None:
    """What the change to ``second`` started from, where ``first`` is that."""
    if "rank" in (first.kind, second.kind) or first.kind == "change" or first.value_max or second.value_max:
        return None
    between = text[first.end : second.start]
    begun = _FROM.search(text, max(0, first.start - 30), first.start)
    if not (_TO.match(between) and (begun or re.search(r"[增提升扩降减缩跃].{0,3}[至到]", between))):
        return None
    return _converted(first.value, first.unit, second.unit)


def _growth(text: str, figure: Figure, last: Figure | None, clauses: _Clauses) -> Figure:
    if figure.kind == "rank":
        return figure
    after = last.end if last else 0
    begin = max(after, clauses.begin(figure.start))
    moved = _MOVED.search(text, begin, figure.start)
    relative = figure.unit in ("%", "成", "倍", "个百分点", "百分点", "个基点", "基点")
    if moved and (relative or clauses.compares(figure.start)):
        fall = moved["verb"] if re.match(_DOWN, moved["verb"]) else ""
        return replace(figure, start=moved.start(), kind="change", qualifier=_joined(fall, figure.qualifier))
    alike = last and last.kind == "change" and last.base is None and last.unit == figure.unit
    if last and alike and _ONE_LIST.fullmatch(text, last.end, figure.start):
        fell = re.match(_DOWN, last.qualifier)
        return replace(figure, kind="change", qualifier=_joined(fell[0] if fell else "", figure.qualifier))
    if figure.unit in ("个百分点", "百分点", "个基点", "基点"):
        return replace(figure, kind="change")
    return figure


def _joined(*words: str) -> str:
    return "、".join(filter(None, words))
