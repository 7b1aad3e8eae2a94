"""Conditions that a query names in plain words: 荆州 2018年 送清凉, 湖北省的…, 荆州的工作报告, 市级层面….

They raise what meets them and exclude nothing: words that look like a condition may be part of the matter. What is
ambiguous is left alone (“十四五”, 五年来, 安康杯), and so is what no document of the library could meet.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from corpus.model import Level
from corpus.places import Place, gazetteer
from search.answers import Filters
from search.query import plain
from search.values import year_of

# A short place name (荆州) is a condition only where it stands alone: 安康杯 and 延安精神 name no place.
_AFTER_SHORT = re.compile(r"\s|$|[，,、。？?]|(?:市|县|区|省|州)?(?:总工会|工会|的|和|与|跟|在|有|怎么|如何|是|20\d\d)")
_BEFORE_SHORT = re.compile(r"(?:^|[\s，,、。在和与跟]|\d年|年度)$")
_UNION = re.compile(r"总工会|工会")
_BETWEEN = re.compile(r"\s*(?:[、,，/]|和|与|及|跟|或者?|还有|以及)?\s*")
_MOST_PLACES = 4
_RANGE = re.compile(r"(?<!\d)((?:19|20)\d\d)年?(?:-|—|–|~|至|到)((?:19|20)\d\d)(?:年度?|(?=\s|$))")
_SINCE = re.compile(r"(?<!\d)((?:19|20)\d\d)年(?:以来|之后|以后|至今)")
_YEAR = re.compile(
    r"(?<!\d)(?:19|20)\d\d(?=年|\s|$)年?度?|(?<![一-龥])[一二][九〇零○][〇零○一二三四五六七八九]{2}年度?"
)
_NAMED = re.compile(r"(?:^|(?<=[\s，,]))(今年|去年|前年)(?!以来)")
_AGO = {"今年": 0, "去年": 1, "前年": 2}
_LEVEL = re.compile(
    r"(?:^|(?<=[\s，,、]))(?:各?(?P<word>省|市|地市|县|区县|县区|区)(?:一?级|(?<=各.)|(?<=各..)))"
    r"(?=层面|的(?:文件|材料|报告|总结|讲话|综述|经验|做法|典型)|\s|$)(?:层面)?的?"
)
_LEVELS: dict[str, Level] = {"省": "province", "市": "city", "地市": "city"}  # all other words mean counties
_TYPE_AFTER = re.compile(r"\s|$|[，,、。？?]|(?:里|中|上|里面|当中)(?!共|央|国)|怎么|如何|有没有|是怎")
_LEADING = re.compile(r"^[\s，,、的里在中上]+")


@dataclass(frozen=True, slots=True)
class Known:
    """What the documents of a library are: codes of their places and of those around them, years, types, levels."""

    places: Collection[str]
    years: Collection[str]
    types: Collection[str]
    levels: Collection[str]


@dataclass(slots=True)
class _Taken:
    """A condition at ``start:end`` of the query, as filters have it."""

    start: int
    end: int
    value: str


def narrowed(query: str, known: Known) -> tuple[Filters, str]:
    """The conditions of a short query, and the query without them; all of it where nothing would be left."""
    written, query = query, plain(query)
    years = list(_years(query, known))
    places = _places(query, known)
    around = {taken.end for taken in (*years, *places)}
    types = list(_types(query, known, around))
    levels = [
        _Taken(*match.span(), level)
        for match in _LEVEL.finditer(query)
        if (level := _LEVELS.get(match["word"], "county")) in known.levels
    ]
    taken = sorted((*years, *places, *types[:1], *levels[:1]), key=lambda one: one.start)
    found = Filters(place=_joined(places), year=_joined(years), type=_joined(types[:1]), level=_joined(levels[:1]))
    return found, _cut(written, taken) or written


def _joined(taken: list[_Taken]) -> str:
    return "、".join(dict.fromkeys(one.value for one in taken))


def _cut(query: str, taken: list[_Taken]) -> str:
    """The query without conditions and what joined them."""
    out, at = "", 0
    for one in taken:
        between = _LEADING.sub("", query[at : one.start]) if at else query[: one.start]
        out += " " if out and _BETWEEN.fullmatch(between) else between
        out, at = out + " ", max(at, one.end)
    last = query[at:]
    return (out + (_LEADING.sub("", last) if taken else last)).strip()


# ---------------------------------------------------------------------- years
def _years(query: str, known: Known) -> Iterator[_Taken]:
    for pattern in (_RANGE, _SINCE):
        if match := pattern.search(query):
            last = match[2] if pattern is _RANGE else max((match[1], *known.years))
            years = year_of(f"{match[1]}-{last}")
            if any(_within(year, years) for year in known.years):
                yield _Taken(*match.span(), years)
            return
    for match in _YEAR.finditer(query):
        if (year := year_of(match[0])) in known.years:
            yield _Taken(*match.span(), year)
    # 去年 is that of the clock; in a library that ends before, it means nothing that could be found.
    for match in _NAMED.finditer(query):
        if (year := str(date.today().year - _AGO[match[1]])) in known.years:
            yield _Taken(*match.span(), year)


def _within(year: str, years: str) -> bool:
    first, _, last = years.partition("-")
    return first <= year <= (last or first)


# ---------------------------------------------------------------------- places
def _places(query: str, known: Known) -> list[_Taken]:
    """The few places that a query names; of a place and what lies around it, side by side, the place."""
    found = []
    for name in gazetteer().find(query):
        place = _meant(query, name.start, name.end, known)
        if place is None:
            continue
        union = _UNION.match(query, name.end)
        found.append((_Taken(name.start, union.end() if union else name.end, place.name), place))
    kept = []
    for number, (taken, place) in enumerate(found):
        after = found[number + 1] if number + 1 < len(found) else None
        if (
            after
            and query[taken.end : after[0].start].strip(" 　的") == ""
            and gazetteer().inside(after[1], place.code)
        ):
            after[0].start = taken.start
        else:
            kept.append(taken)
    return kept if len(kept) <= _MOST_PLACES else []


def _meant(query: str, start: int, end: int, known: Known) -> Place | None:
    name = query[start:end]
    place = gazetteer().resolve(name)
    if place is None or place.code not in known.places:
        return None
    if place.name == name:
        return place
    alone = _BEFORE_SHORT.search(query[:start]) and _AFTER_SHORT.match(query[end:])
    return place if alone else None


# ---------------------------------------------------------------------- sorts of documents
def _types(query: str, known: Known, around: Collection[int]) -> Iterator[_Taken]:
    """Sorts of documents: after a place or a year (荆州的总结), or as a word of their own (工作报告 总体要求)."""
    for word, kind in _type_words(known):
        for match in re.finditer(re.escape(word), query):
            before = query[: match.start()]
            bare = before.rstrip(" 　的")
            named = len(bare) in around
            alone = match.start() == 0 or before[-1].isspace()
            ends = _TYPE_AFTER.match(query, match.end())
            # 讲话 and 总结 are everyday words: by themselves they are a condition only at the end.
            if ends and (named or (alone and (len(word) > 2 or match.end() == len(query)))):
                yield _Taken(match.start(), match.end(), kind)


def _type_words(known: Known) -> list[tuple[str, str]]:
    """Each sort by its name and by the end of it that no other has (报告 for 工作报告), longest first."""
    words = {kind: kind for kind in known.types if len(kind) > 1}
    for kind in known.types:
        short = kind[-2:]
        if len(kind) > 3 and [k for k in known.types if k.endswith(short)] == [kind]:
            words.setdefault(short, kind)
    return sorted(words.items(), key=lambda pair: -len(pair[0]))
