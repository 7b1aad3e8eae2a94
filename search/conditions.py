"""Conditions of a place question: inside which division, without which places, in which years.

They are taken off the question before its topic is read: 湖北省哪些城市…, 除了荆州哪些城市…, 2018年哪些城市….
"""

import re
from dataclasses import dataclass

from corpus.model import Document
from corpus.places import Place, gazetteer

Years = tuple[int, int]

_EXCEPT = re.compile(
    r"(?:^|[，,（(])\s*(?:除了?|除开|不算|不包括|不含|排除)(?P<names>[^，,哪（）()？?]{2,30}?)(?:之外|以外|外)?"
    r"(?:[，,）)]|(?=还?有?哪|$|[？?]))"
)
_YEAR = r"(?P<first>(?:19|20)\d\d)年?(?:(?:[—~～-]|到|至)(?P<last>(?:19|20)\d\d)年?)?"
_ASKED = re.compile(
    rf"(?:在|于)?(?<!\d){_YEAR}(?<=年)(?:度|期间|间|里|内|当年|全年)?(?P<since>以来|之后|以后|起|至今)?(?:，|,)?"
)
_WRITTEN = re.compile(r"(?<!\d)((?:19|20)\d\d)年?(?!\d)")
_SPAN = re.compile(r"([一二三四五六七八九十]|\d{1,2})(?:个)?(?:多)?年")
_AHEAD = re.compile(r"未来|今后")
_ONE_YEAR = re.compile(r"今年|上半年|下半年|本年|全年|季度")
_NUMERALS = "一二三四五六七八九十"
_ENDLESS = 9999
# What may stand around the place in front of 哪些城市: 在湖北省内的哪些城市, 湖北有哪些城市.
_BEFORE = re.compile(r"^(?:请问|想问|想知道|查一下|在)*$")
_AFTER = re.compile(
    r"^(?:省|市)?(?:省内|市内|境内|内|里|辖区|范围内|地区|全省|全市)?(?:的|都|，|,|、|\s)*(?=有?(?:哪|谁|什么|多少|几个))"
)


@dataclass(frozen=True, slots=True)
class Amount:
    """A condition on figures: at ``least`` and at ``most`` so many of ``unit`` (comparable, see ``graph.measures``; "" is
    any), None where there is no bound; ``words`` as the question has them (超过1000万元)."""

    least: float | None
    most: float | None
    unit: str
    words: str


@dataclass(frozen=True, slots=True)
class Conditions:
    """``within`` and ``excluded`` are division codes; ``years`` the first and last year asked for, or None; ``amount`` a
    condition on figures."""

    within: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    years: Years | None = None
    amount: Amount | None = None

    def admits(self, code: str) -> bool:
        """True for a place that lies inside one of ``within`` and outside all of ``excluded``."""
        place = gazetteer().by_code(code) if code else None
        if place is None:
            return not self.within
        inside = gazetteer().inside
        # Asked about 荆州市, its counties are meant and itself; without it, neither.
        return (not self.within or any(inside(place, c) or code == c for c in self.within)) and not any(
            inside(place, c) or code == c for c in self.excluded
        )


def _named(text: str) -> list[tuple[int, int, Place]]:
    found = []
    for hit in gazetteer().find(text):
        place = hit.places[0] if len(hit.places) == 1 else gazetteer().resolve(text[hit.start : hit.end])
        if place is not None and place.level != "national":
            found.append((hit.start, hit.end, place))
    return found


def read_conditions(query: str) -> tuple[Conditions, str]:
    """The conditions of a question, and the question without them. What stands in quotation marks is no condition."""
    text, years = query, None
    within: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    if (match := _EXCEPT.search(text)) and (names := _named(match["names"])):
        excluded = tuple(place.code for _, _, place in names)
        text = text[: match.start()] + text[match.end() :]
    for match in _ASKED.finditer(text):
        if not re.search(r"“[^”]*$|《[^》]*$", text[: match.start()]):
            first = int(match["first"])
            years = (first, int(match["last"] or (_ENDLESS if match["since"] else first)))
            text = text[: match.start()] + text[match.end() :]
            break
    names = _named(text)
    if names and _BEFORE.match(text[: names[0][0]]):
        last = 0
        while last + 1 < len(names) and text[names[last][1] : names[last + 1][0]] in ("、", "和", "与", "及"):
            last += 1
        after = _AFTER.match(text[names[last][1] :])
        if after:
            within = tuple(place.code for _, _, place in names[: last + 1])
            text = text[names[last][1] + after.end() :]
    return Conditions(within, excluded, years), text


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
        length = _NUMERALS.index(span[1]) + 1 if span[1] in _NUMERALS else int(span[1])
        return (made, made + length) if _AHEAD.search(document.period) else (made - length, made)
    return None


def years_written(text: str) -> tuple[int, ...]:
    """The years that a sentence names."""
    return tuple(int(match[1]) for match in re.finditer(r"(?<!\d)((?:19|20)\d\d)年", text))
