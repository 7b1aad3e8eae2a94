"""When: the year or the years that a claim speaks of, as its sentence or the heading above it says them.

Written years come first (2018年, 2019—2022年, 2021年以来, “十四五”时期), then words that count from the year of the report
(今年, 去年, 五年来). A year in the title of a document (《…2021—2025年规划》) or in its number (〔2021〕9号) is not when
something was done.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from corpus.model import Document

Years = tuple[int, int]

NUMERALS = "一二三四五六七八九十"
_NAMED = re.compile(r"《[^《》]*》|〔\d{4}〕")
_YEAR = r"(?:19|20)\d\d"
_SPAN = re.compile(
    rf"(?<!\d)(?P<first>{_YEAR})\s*年?(?:\d{{1,2}}月)?(?:\d{{1,2}}日)?\s*(?:—+|–|-|－|~|～|至|到)\s*(?P<last>{_YEAR})(?:年|(?!\d))"
)
_SINCE = re.compile(
    rf"(?<!\d)(?P<year>{_YEAR})年(?:\d{{1,2}}月)?(?:\d{{1,2}}日)?(?:底|初|末)?(?:开始|起|以来|至今|始[，,])"
)
_WRITTEN = re.compile(rf"(?<!\d)(?P<year>{_YEAR})年(?!度?[^，。；]{{0,3}}代)")
_PLAN_YEARS = re.compile(
    r"[“\"]?(?P<which>十[一二三四五六]?)五[”\"]?(?:时期|期间|以来|末|开局|收官|[^，。规]{0,2}五年)"
)
_THIS = re.compile(r"(?:今年|本年度?|年初|(?<![一二三四五六七八九十两几\d个])年内|上半年|下半年|[一二三四]季度)")
_LAST = re.compile(r"去年|上年|上一年度?(?!代)")
_BEFORE_LAST = re.compile(r"前年")
_NEXT = re.compile(r"明年|来年")
_BACK = re.compile(
    rf"(?:过去|近|这|最近|前)?(?P<count>[{NUMERALS}两]|\d{{1,2}})个?年(?:多|余)?(?:来|间|以来)|(?:过去|近|这)(?:的)?(?P<past>[{NUMERALS}两]|\d{{1,2}})年"
)
_AHEAD = re.compile(rf"(?:今后|未来|接下来)的?(?P<count>[{NUMERALS}两]|\d{{1,2}})(?:个)?年")
#: The first year of each five-year plan, by what stands before 五.
FIRST_OF_PLAN = {"十": 2001, "十一": 2006, "十二": 2011, "十三": 2016, "十四": 2021, "十五": 2026, "十六": 2031}
_DOCUMENT_YEAR = re.compile(rf"(?<!\d){_YEAR}(?!\d)")
_MAY_TELL = re.compile(r"年|五|季度|19\d\d|20\d\d")  # one of these stands wherever a time is told
_DOCUMENT_SPAN = re.compile(rf"(?P<count>[{NUMERALS}两]|\d{{1,2}})个?多?年")
_ONE_YEAR = re.compile(r"今年|上半年|下半年|本年|全年|季度")
_OUTLOOK = re.compile(r"未来|今后")


@dataclass(frozen=True, slots=True)
class Reported:
    """The years of a report: the year it was made, and the first and the last that it covers (0: not known)."""

    made: int
    first: int
    last: int


def document_years(document: Document) -> Years | None:
    """First and last year that a report speaks of, from its period and date; None where that is not known."""
    written = [int(year) for year in _DOCUMENT_YEAR.findall(document.period)]
    if len(written) > 1 or (written and "以来" not in document.period):
        return min(written), max(written)
    if not document.date[:4].isdigit():
        return None
    made = int(document.date[:4])
    if written:
        return written[0], made
    if _ONE_YEAR.search(document.period):
        return made, made
    if span := _DOCUMENT_SPAN.search(document.period):
        length = count_of(span["count"])
        return (made, made + length) if _OUTLOOK.search(document.period) else (made - length, made)
    return None


def reported(document: Document) -> Reported:
    """The years of a document as its sentences count from them: an outlook covers none yet."""
    written = [int(year) for year in _DOCUMENT_YEAR.findall(document.period)]
    dated = int(document.date[:4]) if document.date[:4].isdigit() else 0
    made = dated or max(written, default=0)
    covered = None if not written and _OUTLOOK.search(document.period) else document_years(document)
    return Reported(made, *(covered or (0, 0)))


def count_of(numeral: str) -> int:
    """十 → 10, 两 → 2, 15 → 15: how many years."""
    if numeral.isdigit():
        return int(numeral)
    return 2 if numeral == "两" else NUMERALS.index(numeral) + 1


def period(texts: Iterable[str], years: Reported) -> str:
    """What the first of ``texts`` that speaks of a time says: 2018, 2018—2023, or "" where none does.

    They are given from near to far: the claim, what opens its sentence, the headings above it.
    """
    for text in texts:
        if found := _read(text, years):
            first, last = min(found), max(found)
            return str(first) if first == last else f"{first}—{last}"
    return ""


def latest(text: str) -> int:
    """The last year that a text writes out, 0 where it writes none."""
    if "年" not in text:
        return 0
    plain = _NAMED.sub("", text)
    return max((int(match["year"]) for match in _WRITTEN.finditer(plain)), default=0)


def _read(text: str, years: Reported) -> list[int]:
    if not _MAY_TELL.search(text):
        return []
    plain = _NAMED.sub(lambda match: " " * len(match[0]), text)
    found: list[int] = []
    if _DOCUMENT_YEAR.search(plain):
        for match in _SPAN.finditer(plain):
            found += [int(match["first"]), int(match["last"])]
        for match in _SINCE.finditer(plain):
            found += [int(match["year"]), max(int(match["year"]), years.made)]
        found += [int(match["year"]) for match in _WRITTEN.finditer(plain)]
    for match in _PLAN_YEARS.finditer(plain) if "五" in plain else ():
        first = FIRST_OF_PLAN[match["which"]]
        found += [first, max(first, years.made) if match[0].endswith("以来") else first + 4]
    if found:
        return found
    if not years.made:
        return []
    this = years.last if years.first and years.first == years.last else years.made
    for pattern, shift in ((_THIS, 0), (_LAST, -1), (_BEFORE_LAST, -2), (_NEXT, 1)):
        if pattern.search(plain):
            found.append(this + shift)
    if found:
        return found
    if ahead := _AHEAD.search(plain):
        return [years.made, years.made + count_of(ahead["count"])]
    if back := _BACK.search(plain):
        count = count_of(back["count"] or back["past"])
        if years.first < years.last and years.last - years.first == count:
            return [years.first, years.last]
        return [years.made - count, years.made]
    return []
