"""Conditions of a place question: inside which division, without which places, in which years, with what figures.

They are taken off the question before its topic is read: 湖北省哪些城市…, 除了荆州哪些城市…, 2018年哪些城市…,
超过1000万元的城市.
"""

import re
from dataclasses import dataclass, replace

from corpus.places import Place, gazetteer
from graph.periods import Years
from search.amounts import Amount, read_amount
from search.regions import find_region
from search.years import read_years, years_told

_EXCEPT = re.compile(
    r"(?:^|[，,（(\s])\s*(?:除了?|除开|不算|不包括|不含|不是|不在|排除)(?P<names>[^，,哪（）()？?\s]{2,30}?)(?:之外|以外|外)?"
    r"(?:[，,）)\s]|(?=还?有?哪|$|[？?]))"
)
# 不含湖北不含山东: said again, and no part of a name (含山县).
_AGAIN = re.compile(r"除了?|除开|不算|不包括|不含|不是|不在|排除")
# What may stand around the place in front of 哪些城市: 在湖北省内的哪些城市, 湖北有哪些城市.
_BEFORE = re.compile(r"^(?:请问|想问|想知道|查一下|帮我|查查|在|我们?)*$")
_AFTER = re.compile(
    r"^(?:省|市)?(?:省内|市内|境内|内|里|辖区|范围内|地区|全省|全市|下面|下属|所属)?(?:的|都|，|,|、|\s)*(?=有?(?:哪|谁|什么|多少|几个))"
)
# A question whether one place did it, or which of several: 荆州有没有…, 荆州和咸宁谁…, 荆州市建了…吗.
_WHETHER = re.compile(
    r"^(?:市|省|县|区|州)?(?:总工会|工会|市总|省总)?(?:到底|目前|现在|都|也)?"
    r"(?:有没有|是否|是不是|有无|做没做|有没)(?:有|已经?)?"
)
_ASKS = re.compile(r"(?:吗|没有|了没|过没|了没有|过没有|不)[呢啊呀]?[？?。\s]*$")
_COMPARES = re.compile(
    r"^(?:市|省|县|区|州)?(?:总工会|工会)?(?:两[地市省家]|之间|当中|中|里)?(?:相比(?:较|之下)?|比起来|比较|对比)?[，,]?(?:的)?(?=谁|哪(?:一?个|家|边|里|地|座)|都|各)"
)
_UNKNOWN = re.compile(
    r"^(?:请问|想问|在)?(?P<name>[\u4e00-\u9fff]{2,7}?(?:自治[区州县]|[省市州县旗盟]|(?<![地辖园社厂矿库片灾山牧战景特])区))(?:的|里|内|下面)?"
    r"(?=有?哪|有没有|是否|有无|谁)"
)
# 桃花市建了…吗
_UNKNOWN_ASKED = re.compile(
    r"^(?:请问|想问|在)?(?P<name>[\u4e00-\u9fff]{2,5}?(?:自治[区州县]|[省市州县旗盟区]))(?:总工会|工会)?(?:都|也)?(?:已经?|曾经?)?"
    r"(?=[建办设开搞做有推实成发举组出][^的]{0,3}[了过有])"
)
_NOT_A_NAME = re.compile(r"[各全本我他外其这那些几两每大小同多]|城市|县市|地市|省市|市县|区县|地区|都有|有哪")
_UNION = re.compile(r"(?:[市省县区州])?(?:总工会|工会)?(?:都|也)?(?=[^的，。]{1,4}(?:了|过|有))")
_BETWEEN = frozenset({"", "、", "和", "与", "及", "跟", "还有", "，", ","})


@dataclass(frozen=True, slots=True)
class Conditions:
    """``within`` and ``excluded`` are division codes; ``years`` the first and last year asked for, or None; ``amount`` a
    condition on figures. ``compared`` are those of ``within`` that the question names to tell them apart (荆州和咸宁谁…);
    ``whether``: it asks whether the one place of ``within`` did it. ``unknown`` is a name that no division bears.
    """

    within: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    years: Years | None = None
    amount: Amount | None = None
    compared: tuple[str, ...] = ()
    whether: bool = False
    unknown: str = ""

    def admits(self, code: str) -> bool:
        """True for a place that lies inside one of ``within`` and outside all of ``excluded``."""
        if not self.within and not self.excluded:
            return True
        place = gazetteer().by_code(code) if code else None
        if place is None:
            return not self.within
        inside = gazetteer().inside
        # Asked about 荆州市, its counties are meant and itself; without it, neither.
        return (not self.within or any(inside(place, c) or code == c for c in self.within)) and not any(
            inside(place, c) or code == c for c in self.excluded
        )

    def told(self) -> tuple[str, ...]:
        """How the conditions were understood, one phrase each."""
        said = []
        if self.within:
            said.append(f"{'比较' if self.compared else '只看'}{_named_list(self.within)}")
        if self.excluded:
            said.append(f"不含{_named_list(self.excluded)}")
        if self.years:
            said.append(f"时间限{years_told(self.years)}")
        if self.amount:
            said.append(f"数字限“{self.amount.words}”")
        return tuple(said)


def _named_list(codes: tuple[str, ...]) -> str:
    places = (gazetteer().by_code(code) for code in codes)
    return "、".join(place.name for place in places if place)


def _named(text: str) -> list[tuple[int, int, Place]]:
    found = []
    for hit in gazetteer().find(text):
        place = hit.places[0] if len(hit.places) == 1 else gazetteer().resolve(text[hit.start : hit.end])
        if place is not None and place.level != "national":
            found.append((hit.start, hit.end, place))
    return found


def _places(text: str) -> tuple[Conditions, str]:
    """The places that a question begins with, as far as they limit it, and the question without them."""
    region = find_region(text)
    if region and _BEFORE.match(text[: region[0]]) and (after := _AFTER.match(text[region[1] :])):
        return Conditions(within=region[2]), text[region[1] + after.end() :]
    names = _named(text)
    if not names or not _BEFORE.match(text[: names[0][0]]):
        unknown = _UNKNOWN.match(text)
        if unknown and not names and not _NOT_A_NAME.search(unknown["name"]):
            rest = text[unknown.end() :]
            asks = _WHETHER.match(rest)
            return Conditions(unknown=unknown["name"], whether=asks is not None), rest[asks.end() if asks else 0 :]
        asked = _UNKNOWN_ASKED.match(text) if not names and _ASKS.search(text) else None
        # 区 ends many words (服务专区): only of a name that several districts bear it is sure.
        sure = asked and (asked["name"][-1] != "区" or gazetteer().find(asked["name"]))
        if asked and sure and not _NOT_A_NAME.search(asked["name"]):
            return Conditions(unknown=asked["name"], whether=True), _ASKS.sub("", text[asked.end() :])
        return Conditions(), text
    last = 0
    while last + 1 < len(names) and text[names[last][1] : names[last + 1][0]] in _BETWEEN:
        last += 1
    codes = tuple(dict.fromkeys(place.code for _, _, place in names[: last + 1]))
    several = codes if last else ()
    rest = text[names[last][1] :]
    if last and (match := _COMPARES.match(rest)):
        return Conditions(within=codes, compared=several), rest[match.end() :]
    if match := _AFTER.match(rest):
        return Conditions(within=codes), rest[match.end() :]
    if match := _WHETHER.match(rest):
        return Conditions(within=codes, compared=several, whether=True), rest[match.end() :]
    if _ASKS.search(rest) and (match := _UNION.match(rest)):
        whole = Conditions(within=codes, compared=several, whether=True)
        return whole, _ASKS.sub("", rest[match.end() :])
    return Conditions(), text


def read_conditions(query: str) -> tuple[Conditions, str]:
    """The conditions of a question, and the question without them. What stands in quotation marks is no condition."""
    text = query
    excluded: tuple[str, ...] = ()
    if (match := _EXCEPT.search(text)) and (names := _named(_AGAIN.sub("、", match["names"]))):
        excluded = tuple(dict.fromkeys(place.code for _, _, place in names))
        text = text[: match.start()] + text[match.end() :]
    years, text = read_years(text)
    amount, text = read_amount(text)
    found, text = _places(text)
    return replace(found, excluded=excluded, years=years, amount=amount), text
