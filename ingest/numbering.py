"""The numbering of official documents: 第一部分 一、 （一） 1. （1） ① 一是, at the start of a line.

Levels follow GB/T 9704—2012 7.3.3 (一、 （一） 1. （1）); 一是/一要/第一， number points within a paragraph.
"""

import re
from dataclasses import dataclass

_DIGITS = "一二三四五六七八九"
PART, CHAPTER, POINT, ITEM, SUBITEM, CIRCLED, ORDINAL = 0, 10, 20, 30, 40, 50, 60
_FORMS = (
    (PART, re.compile(r"第([一二三四五六七八九十]{1,3})(?:部分|章|篇)[、：:\s]*")),
    (CHAPTER, re.compile(r"([一二三四五六七八九十]{1,3})、\s*")),
    (POINT, re.compile(r"[（(]([一二三四五六七八九十]{1,3})[）)]\s*")),
    (ITEM, re.compile(r"(\d{1,2})(?:[.．]\s*(?=\D)|、\s*)")),
    (SUBITEM, re.compile(r"[（(](\d{1,2})[）)]\s*|(\d{1,2})[）)]\s*")),
    (CIRCLED, re.compile(r"([①-⑳])\s*")),
    (
        ORDINAL,
        re.compile(r"([一二三四五六七八九十]{1,2})[是要](?=[^求点领素])|[第其]([一二三四五六七八九十]{1,2})[，,、：:]"),
    ),
)


@dataclass(frozen=True, slots=True)
class Number:
    """A numbering: ``text`` as written, its rank (smaller is higher), its value, and what kind of ordinal it is."""

    text: str
    rank: int
    value: int
    family: str = ""


def chinese_value(numeral: str) -> int:
    """一 → 1, 十二 → 12, 三十 → 30; 0 for what is no number below a hundred (一一, 十十)."""
    tens, ten, units = numeral.rpartition("十")
    if len(tens) > 1 or len(units) > 1 or not set(tens + units) <= set(_DIGITS):
        return 0
    value = (_DIGITS.index(tens) + 1 if tens else 1) * 10 if ten else 0
    return value + (_DIGITS.index(units) + 1 if units else 0)


def _value(numeral: str) -> int:
    if numeral.isdecimal():
        return int(numeral)
    if "①" <= numeral <= "⑳":
        return ord(numeral) - ord("①") + 1
    return chinese_value(numeral)


def numbering(line: str) -> Number | None:
    """The numbering that ``line`` starts with, or None."""
    for rank, form in _FORMS:
        match = form.match(line)
        if match is None or match.end() == len(line):
            continue
        value = _value(next(group for group in match.groups() if group))
        if value == 0:
            continue
        written = match.group()
        family = written.strip()[-1] if rank == ORDINAL else ""
        return Number(written, rank, value, family if family in "是要" else "")
    return None
