"""The numbering of official documents: 第一部分 一、 （一） 1. 1.1 （1） ① A. 一是 首先, at the start of a line.

Ranks follow GB/T 9704—2012 7.3.3 (一、 （一） 1. （1）); 一是/一要/第一， number points within a paragraph. In which
order the forms of one report nest is read from that report (``ingest.levels``); the ranks are what is usual.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

_DIGITS = "一二三四五六七八九"
_CAPITALS = str.maketrans("壹贰叁肆伍陆柒捌玖拾", "一二三四五六七八九十")
_FIRST_NEXT = {"首先": 1, "其次": 2, "再次": 3, "最后": 9}
_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9, "X": 10}
# (first, last, what the first stands for): numbers that are one character.
_SINGLE = (
    ("①", "⑳", 1),
    ("❶", "❿", 1),
    ("➀", "➉", 1),
    ("⑴", "⒇", 1),
    ("⒈", "⒛", 1),
    ("㈠", "㈩", 1),
    ("Ⅰ", "Ⅻ", 1),
)
PART, VOLUME, DIVISION, ARTICLE, CHAPTER, POINT = 0, 3, 6, 8, 10, 20
ITEM, DECIMAL, SUBITEM, CIRCLED, LETTER, ORDINAL = 30, 31, 40, 50, 55, 60
_ENOUGH = 64  # characters that tell a number from a figure
_CN = r"[一二三四五六七八九十]"
# After 1.1 and the like: what makes them a figure (1.1万人, 2.5%), not a number of a heading.
_NO_UNIT = (
    r"(?![\d\s%％‰℃万亿千百十个名元倍人次家项公里米吨度天年月日时分点期场件处所位级类套台辆户岁成至到—–~～、，。-])"
)
_FORMS = (
    (PART, re.compile(rf"第({_CN}{{1,3}}|\d{{1,2}})(?:部分|篇|编)(?![是的为中在里])[、：:\s]*")),
    (VOLUME, re.compile(rf"第({_CN}{{1,3}}|\d{{1,2}})章(?![是的为中在里])[、：:\s]*")),
    (DIVISION, re.compile(rf"第({_CN}{{1,3}}|\d{{1,2}})节[、：:\s]+")),
    (ARTICLE, re.compile(rf"第({_CN}{{1,4}}|\d{{1,2}})条[、：:\s]+")),
    (CHAPTER, re.compile(rf"({_CN}{{1,3}})(?:[、．]|\.(?!\d))\s*")),
    (CHAPTER, re.compile(rf"({_CN}{{1,3}})(?:[\u3000\t]\s*|\s{{2,}})(?=[^，。；]{{2,40}}$)")),
    (CHAPTER, re.compile(rf"({_CN}{{1,3}})[,，]\s*(?=[\u4e00-\u9fff]{{2,20}}$)")),
    (CHAPTER, re.compile(r"([壹贰叁肆伍陆柒捌玖拾]{1,2})[、．.]\s*")),
    (CHAPTER, re.compile(r"([Ⅰ-Ⅻ])[、．.\s]*|(I{1,3}|IV|VI{0,3}|IX|X)[、．.]\s*(?=[\u4e00-\u9fff])")),
    (POINT, re.compile(rf"(?:[（(〔【\[]({_CN}{{1,3}})[）)〕】\]]|({_CN}{{1,2}})[）)]|([㈠-㈩]))[、．]?\s*")),
    (ITEM, re.compile(r"(\d{1,2})(?:[.．]\s*(?=[^\d\s])|、\s*(?!\d))|([⒈-⒛])\s*")),
    (DECIMAL, re.compile(rf"(\d{{1,2}}(?:[.．]\d{{1,2}}){{1,3}})(?:[.．、]\s*|\s+|(?=[^，。；]{{2,30}}$)){_NO_UNIT}")),
    (SUBITEM, re.compile(r"[（(](\d{1,2})[）)]、?\s*|(\d{1,2})[）)]、?\s*|([⑴-⒇])\s*")),
    (CIRCLED, re.compile(r"([①-⑳❶-❿➀-➉])、?\s*")),
    (LETTER, re.compile(r"([A-Ha-h])[.．、)）]\s*(?=[\u4e00-\u9fff])|[（(]([A-Ha-h])[）)]\s*")),
    (
        ORDINAL,
        re.compile(
            rf"({_CN}{{1,2}})[是要](?=[^求点领素])|[第其]({_CN}{{1,2}})[，,、：:]|(首先|其次|再次|最后)[，,、：:]"
        ),
    ),
)
# 二、三产业 and 三、四线城市 name two things; 一、二是 and 三、四个重点 number one.
_PAIR = re.compile(rf"({_CN})、({_CN})(?![{_DIGITS}十、年个大项条点是要季次])")
_BEGINS = re.compile(r"[一二三四五六七八九十壹贰叁肆伍陆柒捌玖拾第其首再最（(〔【\[\dIVXA-Ha-hⅠ-Ⅻ㈠-㈩①-⒛❶-❿➀-➉]")


@dataclass(frozen=True, slots=True)
class Number:
    """A numbering: ``text`` as written, its rank (smaller is higher), its value, and what kind of ordinal it is
    (是, 要; 先 for 首先, 其次). Of 1.2.3 the value is the last number, and the rank is lower with each of them."""

    text: str
    rank: int
    value: int
    family: str = ""


def chinese_value(numeral: str) -> int:
    """一 → 1, 十二 → 12, 三十 → 30; 0 for what is no number below a hundred (一一, 十十)."""
    tens, ten, units = numeral.translate(_CAPITALS).rpartition("十")
    if len(tens) > 1 or len(units) > 1 or not set(tens + units) <= set(_DIGITS):
        return 0
    value = (_DIGITS.index(tens) + 1 if tens else 1) * 10 if ten else 0
    return value + (_DIGITS.index(units) + 1 if units else 0)


def _value(numeral: str) -> int:
    if numeral.isdecimal():
        return int(numeral)
    if numeral in _FIRST_NEXT:
        return _FIRST_NEXT[numeral]
    for first, last, one in _SINGLE:
        if first <= numeral <= last and len(numeral) == 1:
            return ord(numeral) - ord(first) + one
    if numeral in _ROMAN:
        return _ROMAN[numeral]
    if numeral.isascii():
        return ord(numeral.lower()) - ord("a") + 1
    return chinese_value(numeral)


def _family(written: str) -> str:
    written = written.strip()
    if written[:2] in _FIRST_NEXT:
        return "先"
    return written[-1] if written[-1] in "是要" else ""


def numbering(line: str) -> Number | None:
    """The numbering that ``line`` starts with, or None."""
    return _numbering(line[:_ENOUGH]) if _BEGINS.match(line) else None


@lru_cache(maxsize=1 << 15)
def _numbering(line: str) -> Number | None:
    for rank, form in _FORMS:
        match = form.match(line)
        if match is None or match.end() == len(line):
            continue
        numeral = next(group for group in match.groups() if group)
        if rank == DECIMAL:
            parts = re.split("[.．]", numeral)
            return Number(match.group(), rank + len(parts) - 2, int(parts[-1]))
        value = _value(numeral)
        if value == 0 or (rank == CHAPTER and (pair := _PAIR.match(line)) and chinese_value(pair[2]) == value + 1):
            continue
        written = match.group()
        return Number(written, rank, value, _family(written) if rank == ORDINAL else "")
    return None
