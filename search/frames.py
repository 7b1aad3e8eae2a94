"""Interrogative frames: the words by which a question asks for places, and the level they ask for.

哪些城市…, 哪里…, 谁…, 有没有地方…, …的城市有哪些, 列出…的城市, which cities ….
"""

import re
from dataclasses import dataclass
from typing import Literal

Wanted = Literal["", "province", "city", "county", "township", "enterprise"]

_LEVELS: tuple[tuple[str, Wanted], ...] = (
    (r"省(?:级|份|区市|市区|市)?(?!总工会)|自治区|直辖市", "province"),
    (r"(?:大|小|中小)?城市|地级市|地市|市州|地州|盟市|市县|县市|市(?:级)?(?!总工会|民)", "city"),
    (r"区县|县区|县域|县城|旗县|县(?:级)?(?!总工会)|区(?!域)", "county"),
    (r"(?:国有|国|央|民营|大)?企业?(?!业)|公司|集团|单位|厂(?:家)?|高校|大学|院校|学校|医院", "enterprise"),
    (r"街道|乡镇|镇街|社区|村居|村庄|村(?!级|民|屋)|乡村|园区|开发区", "township"),
    (r"地方|地区|地(?!方|区)|总工会|工会|兄弟工会|同行", ""),
)
NOUN = "|".join(f"(?:{pattern})" for pattern, _ in _LEVELS)
_WHICH = r"(?:哪些|哪几个|哪几家|哪个|哪一个|哪家|哪一家|什么|谁家的?|有没有(?:哪个|哪些|哪)?|多少个?|几个)"
_POLITE = r"(?:请问|请|想知道|想问|查一下|查查|帮我|给我|麻烦|看看|目前|现在|全国|国内|都|到底)*"
_INSIDE = r"(?:的)?(?:工会组织|总工会|工会|里面|里)?"
# 哪些城市的工会…, 哪里的工会…, 哪儿…
_ASKING = re.compile(rf"{_POLITE}(?:{_WHICH}(?P<noun>{NOUN})|(?:哪里|哪儿|哪地|何地|什么地方)|谁家){_INSIDE}")
_WHO = re.compile(rf"(?:^{_POLITE}(?:还?有)?|都?(?:还?有))谁(?!是|来|说|的话)(?:的)?(?:工会)?")
# 荆州和咸宁哪个…: which of those named before.
_WHICH_OF = re.compile(rf"^哪一?(?:个|家|边|里|地|座){_INSIDE}")
_AFTER = re.compile(rf"的(?P<noun>{NOUN})(?:都)?(?:有哪些|是哪些|有哪几个|有哪几家|是哪个|是哪里|有几个|有多少)[？?]*$")
_LISTING = re.compile(
    rf"^{_POLITE}(?:列出来?|列举|罗列|列(?=一下)|找出|找找|查找|查出|统计|汇总|盘点|梳理|搜集|收集)(?:一下|下)?(?:所有|全部)?"
    rf"(?P<topic>.+)的(?:所有|全部|各个?)?(?P<noun>{NOUN})(?:名单|清单)?[。！]*$"
)
_ENGLISH = re.compile(
    r"^\s*(?:(?:which|what)\s+(?P<noun>cit(?:y|ies)|provinces?|count(?:y|ies)|districts?|places?|regions?|compan(?:y|ies)"
    r"|enterprises?|units?|unions?)|(?:who|where))\b[a-z'\s-]*",
    re.IGNORECASE,
)
_IN_ENGLISH: tuple[tuple[str, str], ...] = (
    ("cit", "城市"),
    ("prov", "省"),
    ("count", "区县"),
    ("dist", "区县"),
    ("comp", "企业"),
    ("ent", "企业"),
    ("unit", "单位"),
)


@dataclass(frozen=True, slots=True)
class Framed:
    """A question without its frame: what stood before it and after it, and the level that its noun names. ``anyone``: it
    asks who, be it a place or a unit."""

    head: str
    rest: str
    level: Wanted
    anyone: bool = False


def in_chinese(query: str) -> str:
    """The question with an English frame put in Chinese (which cities set up 职工书屋 → 哪些城市职工书屋)."""
    match = _ENGLISH.match(query)
    if match is None:
        return query
    noun = (match["noun"] or "").lower()
    return f"哪些{next((chinese for start, chinese in _IN_ENGLISH if noun.startswith(start)), '地方')}{query[match.end() :]}"


def level_of(noun: str | None) -> Wanted:
    """The level that a noun of a frame names."""
    return next((level for pattern, level in _LEVELS if noun and re.fullmatch(pattern, noun)), "")


def take_frame(text: str, names: list[tuple[int, int]], compared: bool = False) -> Framed | None:
    """The frame taken off a question; None where it has none. ``names`` are spans in quotation marks, never a frame;
    ``compared``: the places to choose from were named before."""
    if compared and (match := _WHICH_OF.match(text)):
        return Framed("", text[match.end() :], "")
    if match := _LISTING.match(text):
        return Framed("", match["topic"], level_of(match["noun"]))
    for pattern in (_ASKING, _WHO):
        for match in pattern.finditer(text):
            if not any(a <= match.start() < b for a, b in names):
                noun = match.groupdict().get("noun")
                return Framed(text[: match.start()], text[match.end() :], level_of(noun), pattern is _WHO)
    if match := _AFTER.search(text):
        return Framed("", text[: match.start()], level_of(match["noun"]))
    return None
