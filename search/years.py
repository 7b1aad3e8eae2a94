"""Years: those that a question asks for, and whether a report may speak of them."""

import re
from datetime import date

from corpus.model import Document
from graph.periods import FIRST_OF_PLAN, NUMERALS, Years, count_of, document_years

ENDLESS = 9999
_ONE = r"(?:19|20)\d\d"
_PLANS = {f"{which}五": first for which, first in FIRST_OF_PLAN.items()}
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
    rf"(?:在)?(?:最近|近|过去|这)(?P<count>[{NUMERALS}两]|\d{{1,2}})(?:个)?年(?:来|间|里|内|以来)?(?:，|,)?"
)
_NAMED = re.compile(r"(?:在)?(?P<name>今年|本年度?|去年|前年)(?:以来|全年|度)?(?:，|,)?")
_AGO = {"今年": 0, "本年": 0, "本年度": 0, "去年": 1, "前年": 2}
_OPEN_QUOTE = re.compile(r"[“‘《][^”’》]*$")


def _asked(match: re.Match[str], this_year: int) -> Years:
    groups = match.groupdict()
    if plan := groups.get("plan"):
        return _PLANS[plan], _PLANS[plan] + 4
    if count := groups.get("count"):
        return this_year - count_of(count), this_year
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


def may_speak_of(document: Document, years: Years) -> bool:
    """True for a document that covers one of the years; False where it is not known what it covers."""
    covered = document_years(document)
    return covered is not None and overlap(covered, years)


def overlap(one: Years, other: Years) -> bool:
    """True where two spans have a year in common."""
    return one[0] <= other[1] and other[0] <= one[1]
