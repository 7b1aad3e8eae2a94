"""Dates as documents write them: 2023年10月24日, 二〇二三年十月二十四日, ２０２３年１０月, 2023-10-24, 2023.10."""

import calendar
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

# The zero of a Chinese numeral is typed as a circle, a letter or a digit.
_ZERO = "〇○◯零OoОＯ0０"
_FIGURE = rf"[1-9１-９一二三四五六七八九{_ZERO}]"
_YEAR = rf"(?P<year>[12１２一二]{_FIGURE}(?:\s?{_FIGURE}){{2}})"
_PART = r"[0-9０-９]{1,2}|[一二三四五六七八九十廿卅]{1,3}"
_WRITTEN = re.compile(
    rf"(?<![0-9０-９一二三四五六七八九]){_YEAR}\s*年(?:\s*(?P<month>{_PART}|元)\s*月(?:\s*(?P<day>{_PART})\s*[日号])?)?"
)
_POINTED = re.compile(r"(?<!\d)(?P<year>[12]\d{3})([-./．/])(?P<month>\d{1,2})(?:\2(?P<day>\d{1,2}))?(?!\d)")
_TAIL = r"\s*(?:[-—–~～至到]+\s*(?:[0-9]{1,2}\s*月\s*)?[0-9]{1,2}\s*日)?\s*(?:星期[一二三四五六日天])?\s*"
_LINE = re.compile(rf"^[（(【〔]?\s*(?:{_WRITTEN.pattern}{_TAIL})[)）】〕]?$")
_POINTED_LINE = re.compile(rf"^[（(]?\s*{_POINTED.pattern}(?:\s*\d{{1,2}}[:：]\d{{2}}(?:[:：]\d{{2}})?)?\s*[)）]?$")
_PARTS = ("month", "day")
_NUMERALS = "一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class Date:
    """A date at ``start:end`` of a text; ``iso`` as far as it says and can be: 2023, 2023-10, 2023-10-24. ``whole`` is
    False where it says more than can be (2月30日)."""

    start: int
    end: int
    iso: str
    whole: bool


def _number(words: str) -> int:
    """The value of a month or day: 10, １０, 十, 二十四, 廿四, 元; 0 for what is none."""
    words = unicodedata.normalize("NFKC", words).replace("廿", "二十").replace("卅", "三十").replace("元", "一")
    if words.isdecimal():
        return int(words)
    tens, ten, units = words.rpartition("十")
    if len(tens) > 1 or len(units) > 1:
        return 0
    value = (_NUMERALS.index(tens) + 1 if tens else 1) * 10 if ten else 0
    return value + (_NUMERALS.index(units) + 1 if units else 0)


def _year(words: str) -> int:
    figures = "".join(
        "0" if char in _ZERO else str(_NUMERALS.index(char) + 1) if char in _NUMERALS else char
        for char in words
        if not char.isspace()
    )
    return int(unicodedata.normalize("NFKC", figures))


def _iso(match: re.Match[str]) -> str:
    """ISO 8601 as far as the match says and a calendar allows; "" for a year out of reach."""
    year = _year(match["year"])
    if not 1900 <= year <= 2100:
        return ""
    month = _number(match["month"]) if match["month"] else 0
    if not 1 <= month <= 12:
        return str(year)
    day = _number(match["day"]) if match["day"] else 0
    if not 1 <= day <= calendar.monthrange(year, month)[1]:
        return f"{year}-{month:02d}"
    return f"{year}-{month:02d}-{day:02d}"


def find(text: str) -> Iterator[Date]:
    """The dates of ``text`` in reading order, of one that can't be its possible part.

    2023.10 and 2023-10-24 only where nothing else stands on the line.
    """
    pointed = _POINTED.search(text) if _POINTED_LINE.match(text) else None
    for match in [pointed] if pointed else _WRITTEN.finditer(text):
        if iso := _iso(match):
            yield Date(match.start(), match.end(), iso, iso.count("-") == sum(match[p] is not None for p in _PARTS))


def is_date(text: str) -> bool:
    """True for a line that holds nothing but a date, in brackets or not."""
    return bool(_LINE.match(text) or _POINTED_LINE.match(text))
