"""Numeral abbreviations (四联三促, 三位一体, 五大行动): how many parts does a label promise?"""

import re
from functools import lru_cache

_DIGITS = {"两": 2, "双": 2, "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
_NUMERAL = r"(?:十[一二]|[一二三四五六七八九十两双])"
# A counted word: numeral, then one to three characters that are no numerals (四联, 五大, 两公开, 四德).
_PART = re.compile(rf"({_NUMERAL})(?![次年月天日时秒])([^一二三四五六七八九十两双百千万亿零〇\d+]{{1,3}})")
_BLOCK = re.compile(rf"^({_NUMERAL})(?:位一体|个一批|个一)")
_HEADED = re.compile(rf"^({_NUMERAL}|1[0-2]|[2-9])(大|级|项|个|种|类|方面|支|条|堂|张|重)(?!分钟|小时|百|千|万)")
# 五一, 三八, 五四 are days; 二十大, 十九届 meetings; 一流, 一体, 一线, 一站式 say "whole", "first" or "front".
_NOT = re.compile(
    r"^(?:五一|三八|五四|七一|八一|双向|双方|双边|双重|十足|十分|三农|两会|一国两制|一带一路|双管齐下|双喜临门|双曲|两全其美|三令五申|三心二意|三番五次|四面八方|四通八达|四平八稳"
    r"|五湖四海|五花八门|五光十色|七嘴八舌|八面玲珑|十全十美|.部曲|.重奏|.合院|四川|九江|六安|三亚|三峡|三明|十堰)"
)


def value(numeral: str) -> int:
    """三 → 3, 十二 → 12, 5 → 5, 双 → 2."""
    if numeral.isdigit():
        return int(numeral)
    return 10 + _DIGITS[numeral[1]] if len(numeral) == 2 else _DIGITS[numeral]


@lru_cache(1 << 16)
def count(label: str) -> int:
    """The number of parts a folded label promises, 0 where it promises none.

    四联三促 → 7, 四送一补 → 5, 四个一批 → 4, 三位一体 → 3, 五大行动 → 5, 小三级 → 3;
    一条心, 双向, 五一, 二十大精神 → 0. A leading 新 or 小 doesn't count.
    """
    label = label[1:] if label[:1] in ("新", "小") else label
    block = _BLOCK.match(label)
    if block:
        return value(block[1]) if block[1] != "一" else 0
    if _NOT.match(label):
        return 0
    headed = _HEADED.match(label)
    if headed and headed[1] != "一":
        return value(headed[1])
    parts = parts_of(label)
    if not parts or not label.startswith(parts[0][1]) or max(parts)[0] == 1:
        return 0
    if len(parts) > 1 and "".join(written for _, written in parts) == label:
        return sum(value for value, _ in parts)
    return parts[0][0] if parts[0][0] > 1 else 0


#: An unquoted numeral name in running text; group 1 the numeral with its measure word. Not 第三大, 二十大, 2023年三级.
UNQUOTED = re.compile(
    rf"(?<![第十百千万亿\d一二三四五六七八九两近约逾])({_NUMERAL}(?:位一体|个一批|大|级|堂|支|项|张|重))(?=[的“一-鿿])"
)


def parts_of(label: str) -> list[tuple[int, str]]:
    """The counted words of a folded label with their numbers: 三方四家 → (3, 三方), (4, 四家)."""
    return [(value(numeral), numeral + word) for numeral, word in _PART.findall(label)]


def words(label: str) -> tuple[str, ...]:
    """The words that a folded label counts: 四送一补 → 送, 补; 三大强化 → 强化."""
    headed = _HEADED.match(label)
    if headed and label[headed.end() :]:
        return (label[headed.end() :],)
    return tuple(dict.fromkeys(word for _, word in _PART.findall(label)))


_PAIRED = re.compile(rf"({_NUMERAL})([^一二三四五六七八九十两双])\1([^一二三四五六七八九十两双])")


def paired(label: str) -> tuple[int, tuple[str, str]] | None:
    """三比三看 → 3 pairs of 比 and 看; None for a label of another make."""
    found = _PAIRED.fullmatch(label)
    return (value(found[1]), (found[2], found[3])) if found and value(found[1]) > 1 else None
