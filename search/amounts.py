"""Amounts in words: conditions on figures in a question (超过1000万元, 50家以上, 不到三成, 数量过百) and amounts by themselves."""

import re
from dataclasses import dataclass

from graph.figures import Figure, find_figures
from graph.measures import comparable
from graph.scanning import fold, number, scan
from search.errors import AmountUnreadable

_LEAST = frozenset("超过 突破 超出 不少于 不低于 至少 最少 最低 超 逾 过 以上 达 高达 多达 高于 大于 多于".split())
_MOST = frozenset("不超过 不高于 不多于 最多 最高 以内 以下 低于 小于 少于 不足 不满 不到 未满".split())
_MORE = re.compile(r"(?:满|达到?|不小于)\s*$")
_SPOKEN = re.compile(
    r"(?P<word>过|超|上|破|不到|不足)(?P<number>[百千万亿])(?![\d分倍名])(?P<unit>元|人|家|个|户|场|所|件)?"
)
_SPOKEN_VALUES = {"百": 1e2, "千": 1e3, "万": 1e4, "亿": 1e8}
# What leads up to a condition and says nothing by itself.
_LEAD = re.compile(r"(?:[，,]\s*)?(?:(?:的)?(?:总?(?:数量?|人数|金额|总额|规模|数目))?(?:达到?|已|有|为|是|在)*)$")
_TRAIL = re.compile(r"^(?:及以上|或以上|或以下|及以下|以上|以下|以内)?")

_PLAIN = re.compile(r"\s*(\d+(?:,\d{3})*(?:\.\d+)?)\s*")


@dataclass(frozen=True, slots=True)
class Amount:
    """A condition on figures: at ``least`` and at ``most`` so many of ``unit`` (comparable, see ``graph.measures``; "" is
    any), None where there is no bound; ``words`` as the question has them (超过1000万元)."""

    least: float | None
    most: float | None
    unit: str
    words: str

    def meets(self, value: float, unit: str) -> bool:
        """True for a figure, as written, of this unit that lies within the bounds."""
        measure, size = comparable(value, unit)
        if self.unit and measure != self.unit:
            return False
        return (self.least is None or size >= self.least) and (self.most is None or size <= self.most)


def read_amount(query: str) -> tuple[Amount | None, str]:
    """The condition on figures that a question sets, and the question without it. A bare number (建了100家) is none."""
    for figure in find_figures(query):
        start, end = figure.start, figure.end
        qualifiers = set(figure.qualifier.split("、"))
        least, most = bool(qualifiers & _LEAST), bool(qualifiers & _MOST)
        if match := _MORE.search(query[:start]):
            least, most, start = True, False, match.start()
        if figure.value_max is None and not least and not most:
            continue
        after = _TRAIL.match(query[end:])
        end += after.end() if after else 0
        return _amount(figure, most, query[start:end].rstrip("的")), _without(query, start, end)
    if match := _SPOKEN.search(query):
        value = _SPOKEN_VALUES[match["number"]]
        unit = comparable(value, match["unit"] or "")[0]
        less = match["word"].startswith("不")
        amount = Amount(None if less else value, value if less else None, unit, match[0])
        after = _TRAIL.match(query[match.end() :])
        return amount, _without(query, match.start(), match.end() + (after.end() if after else 0))
    return None, query


def _amount(figure: Figure, most: bool, words: str) -> Amount:
    unit, value = comparable(figure.value, figure.unit)
    if figure.value_max is not None:
        return Amount(value, comparable(figure.value_max, figure.unit)[1], unit, words)
    return Amount(None if most else value, value if most else None, unit, words)


def _without(query: str, start: int, end: int) -> str:
    lead = _LEAD.search(query[:start])
    return query[: lead.start() if lead else start] + query[end:]


def read_measure(text: str) -> tuple[str, float]:
    """The comparable unit ("" for any) and the value in it: (元, 10000000) for 超过1000万元, ("", 12) for 12.

    Raises AmountUnreadable.
    """
    folded = fold(text)
    if plain := _PLAIN.fullmatch(folded):
        return "", number(plain[1])
    figures = scan(folded)
    if len(figures) != 1 or figures[0].value_max is not None:
        raise AmountUnreadable(text)
    return comparable(figures[0].value, figures[0].unit)
