"""Years: those a question asks for, those a report covers, those a sentence names."""

import re
from datetime import date

from corpus.model import Document

Years = tuple[int, int]

ENDLESS = 9999
_NUMERALS = "一二三四五六七八九十"
_ONE = r"(?:19|20)\d\d"
_PLANS = {"十一五": 2006, "十二五": 2011, "十三五": 2016, "十四五": 2021, "十五五": 2026}
_PLAN = re.compile(
    rf"(?:在|于)?[“‘\"]?(?P<plan>{'|'.join(_PLANS)})[”’\"]?(?:规划)?(?:期间|时期|以来|期内)(?:里|内|，|,)?"
)
_RANGE = re.compile(
    rf"(?:在|于|从|自)?(?<!\d)(?P<first>{_ONE})年?(?:[—–~～-]+|到|至)(?P<last>{_ONE})年?(?:度|期间|间|之间|里|内)?(?:，|,)?"
)
_YEAR = re.compile(
    rf"(?:截[至止到]|在|于|从|自|到)?(?<!\d)(?P<first>{_ONE})年(?:度|期间|间|里|内|当年|全年|底|末)?"
    r"(?P<since>以来|之后|以后|后|起|至今)?(?P<until>以前|之前|前)?(?:，|,)?"
)
_UNTIL = re.compile(r"^(?:截|到)")
_LATELY = re.compile(
    rf"(?:在)?(?:最近|近|过去|这)(?P<count>[{_NUMERALS}两]|\d{{1,2}})(?:个)?年(?:来|间|里|内|以来)?(?:，|,)?"
)
_NAMED = re.compile(r"(?:在)?(?P<name>今年|本年度?|去年|前年)(?:以来|全年|度)?(?:，|,)?")
_AGO = {"今年": 0, "本年": 0, "本年度": 0, "去年": 1, "前年": 2}
_WRITTEN = re.compile(rf"(?<!\d)({_ONE})年?(?!\d)")
_SPAN = re.compile(rf"([{_NUMERALS}]|\d{{1,2}})(?:个)?(?:多)?年")
_AHEAD = re.compile(r"未来|今后")
_ONE_YEAR = re.compile(r"今年|上半年|下半年|本年|全年|季度")
_OPEN_QUOTE = re.compile(r"[“‘《][^”’》]*$")


def _number(numeral: str) -> int:
    return int(numeral) if numeral.isdigit() else 2 if numeral == "两" else _NUMERALS.index(numeral) + 1


def _asked(match: re.Match[str], this_year: int) -> Years:
    groups = match.groupdict()
    if plan := groups.get("plan"):
        return _PLANS[plan], _PLANS[plan] + 4
    if count := groups.get("count"):
        return this_year - _number(count), this_year
    if name := groups.get("name"):
        return this_year - _AGO[name], this_year - _AGO[name]
    first = int(groups["first"])
    if last := groups.get("last"):
        return min(first, int(last)), max(first, int(last))
    if groups["until"]:
        return 0, first - 1
    if _UNTIL.match(match[0]):
        return 0, first
    return first, ENDLESS if groups["since"] else first


def read_years(query: str, this_year: int = 0) -> tuple[Years | None, str]:
    """The first and last year that a question asks for, and the question without them; None where it asks for none.

    近三年 and 去年 are counted from ``this_year``, by default that of the clock. Names in quotation marks are left alone,
    save that of a five-year plan (“十四五”期间).
    """
    this_year = this_year or date.today().year
    for pattern in (_PLAN, _RANGE, _YEAR, _LATELY, _NAMED):
        for match in pattern.finditer(query):
            if pattern is _PLAN or not _OPEN_QUOTE.search(query[: match.start()]):
                return _asked(match, this_year), query[: match.start()] + query[match.end() :]
    return None, query


def years_told(years: Years) -> str:
    """Years as they are said to the reader: 2018 年, 2018—2020 年, 2018 年以来, 2020 年及以前."""
    first, last = years
    if last == ENDLESS:
        return f"{first} 年以来"
    if not first:
        return f"{last} 年及以前"
    return f"{first} 年" if first == last else f"{first}—{last} 年"


def document_years(document: Document) -> Years | None:
    """First and last year that a report speaks of, from its period and date; None where that is not known."""
    written = [int(year) for year in _WRITTEN.findall(document.period)]
    if len(written) > 1 or (written and "以来" not in document.period):
        return min(written), max(written)
    if not document.date[:4].isdigit():
        return None
    made = int(document.date[:4])
    if written:
        return written[0], made
    if _ONE_YEAR.search(document.period):
        return made, made
    if span := _SPAN.search(document.period):
        length = _number(span[1])
        return (made, made + length) if _AHEAD.search(document.period) else (made - length, made)
    return None
