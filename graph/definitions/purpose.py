"""Sentences that describe: what a thing was set up for, what it is counted among, what it has come to in figures."""

import re

from graph.definitions.base import Explanation
from graph.lists import bare
from graph.namings import Naming, Sentence
from graph.wording import CONTINUING, CREATING, HEAD

_CREATES = re.compile(rf"(?:{CREATING})(?:了|起|出)?[^，。；：、“”]{{0,14}}(?:[“‘][^“”‘’]*[”’][、和]?){{0,3}}$")
_KNOWS = re.compile(rf"(?:{CREATING}|{CONTINUING})(?:了|好|起)?[^，。；：“”]{{0,14}}$")
_CLAUSE = re.compile(r"^[^，。；：“”]{0,16}[，,：](?P<aim>[^。]{6,})")
_GOES_ON = re.compile(r"^(?:由|开展|组织|以|该|其|主要|旨在|通过|采取|围绕|针对|集|为|从|年度|领导小组|内设|下设)")
_CATEGORY = re.compile(rf"^(?:[”’]?[、和]?[“‘][^“”‘’]+)*[”’]?等(?:[^，。；“”]{{0,20}}?)(?:{HEAD})")
_TAKES = re.compile(r"[把将]$")
_KIND = re.compile(rf"^的[^，。；]{{0,12}}(?:{HEAD})")
_FIGURE = re.compile(
    r"^[^。；]{0,60}?\d[\d.,]*(?:余|多)?(?:万|亿|千|百)*(?:余|多)?(?:名|人|场|个|家|元|次|户|项|件|期|套|条|座|所|对|支|人次)"
)


def purpose(naming: Naming, sentence: Sentence) -> Explanation | None:
    """A creating verb before the naming and a clause after it, in this sentence or at the start of the next."""
    if not _CREATES.search(sentence.before(naming)):
        return None
    rest = sentence.after(naming)
    if _CLAUSE.match(rest):
        return _described(naming, sentence, sentence.end, "purpose")
    if (
        re.fullmatch(r"[^，；：、]{0,12}[。]", rest)
        and not sentence.is_heading
        and (_GOES_ON.match(sentence.following) or naming.core in sentence.following)
    ):
        return _described(naming, sentence, sentence.next_end, "purpose")
    return None


def deed(naming: Naming, sentence: Sentence) -> Explanation | None:
    """A verb that does a quoted thing, and a clause that says what was done.

    Only names in quotation marks: what is done for 劳动争议调解 or 志愿服务 says nothing of what they are.
    """
    if naming.form == "quoted" and _KNOWS.search(sentence.before(naming)) and _CLAUSE.match(sentence.after(naming)):
        return _described(naming, sentence, sentence.end, "deed")
    return None


def _described(naming: Naming, sentence: Sentence, end: int, how: str) -> Explanation:
    return Explanation(sentence.start, end, own_parts(naming.core), "described", how)


_PLACEHOLDER = re.compile(r"[nx\d]+$")


def own_parts(name: str) -> tuple[str, ...]:
    """The parts that a name itself spells out: 小发明、小创造、小革新; 法院+工会. A placeholder (N) is none."""
    parts = tuple(bare(part) for part in re.split(r"[+＋]", name))
    if len(parts) == 1:
        parts = tuple(bare(part) for part in re.split(r"[、，]", name))
    spelt = len(parts) > 1 and all(len(part) > 1 and not _PLACEHOLDER.match(part.lower()) for part in parts)
    return parts if spelt else ()


def category(naming: Naming, sentence: Sentence) -> Explanation | None:
    """The naming, perhaps with siblings, before 等…品牌; set up as a kind of thing; 把…作为."""
    ahead, rest = sentence.before(naming), sentence.after(naming)
    if (
        (_TAKES.search(ahead) and rest.startswith("作为"))
        or (naming.form == "name" and ahead.endswith("——"))
        or (
            naming.form == "quoted"
            and (_CATEGORY.match(rest) or ((len(naming.tail) > 1 or _KIND.match(rest)) and _CREATES.search(ahead)))
        )
    ):
        return _described(naming, sentence, sentence.end, "category")
    return None


def figure(naming: Naming, sentence: Sentence) -> Explanation | None:
    """A verb that does the named thing, and a figure that says how much."""
    opening = sentence.before(naming)
    if (not opening or _KNOWS.search(opening)) and _FIGURE.match(sentence.after(naming)):
        return _described(naming, sentence, sentence.end, "figure")
    return None
