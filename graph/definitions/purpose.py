"""Sentences that describe: what a thing was set up for, what it is counted among, what it has come to in figures."""

import re
from dataclasses import replace

from graph.definitions.base import Explanation
from graph.definitions.parts import carried_out_by, echoed, headline_parts, own_parts
from graph.namings import Naming, Sentence
from graph.variants import fold
from graph.wording import CONTINUING, CREATING, HEAD, alternatives, near

_UNDERTAKES = alternatives(
    """开展 举办 实施 建立 建设 打造 设立 成立 制定 出台 命名 选树 健全 完善 加强 深化 落实 推行 推广 推进 召开 组建 评选 创建 搭建
    构建 承办 强化 做好 抓好 筹集 发放 配备 建成 培育 选聘 修订 印发 深入推进 推动落实 做实 做优 维护 执行 整治 巩固"""
)
CREATES = re.compile(rf"(?:{CREATING})(?:了|起|出)?[^，。；：、“”]{{0,14}}(?:[“‘][^“”‘’]*[”’][、和]?){{0,3}}$")
KNOWS = re.compile(rf"(?:{CREATING}|{CONTINUING})(?:了|好|起)?[^，。；：“”]{{0,14}}$")
_CLAUSE = re.compile(r"^[^，。；：“”]{0,16}[，,：](?P<aim>[^。]{6,})")
_GOES_ON = re.compile(r"^(?:由|开展|组织|以|该|其|主要|旨在|通过|采取|围绕|针对|集|为|从|年度|领导小组|内设|下设)")
_CATEGORY = re.compile(rf"^(?:[”’]?[、和]?[“‘][^“”‘’]+)*[”’]?等(?:[^，。；“”]{{0,20}}?)(?:{HEAD})")
_TAKES = re.compile(r"[把将]$")
_BUILDS = re.compile(r"(?:推进|推动|加快|加强|推广|扩大|完善|健全|建设)(?:了|好)?[^，。；：“”]{0,14}$")
_BY = re.compile(r"(?:通过|按照|采取|采用|运用|遵循|坚持)[^，。；：“”]{0,4}$")
_WITH = re.compile(r"以[^，。；：、“”以]{0,16}$")
_SERVES = re.compile(r"^[^，。；：、“”]{0,8}为(?:主要|重要|有力|有效)?(?:载体|抓手|引领|平台|依托|契机|支撑|主线|牵引)")
_PROVIDES = re.compile(r"^[^，。；：“”]{0,4}，(?:为[^，。；]{2,24})?提供[^。；]{4,}")
_KIND = re.compile(rf"^的[^，。；]{{0,12}}(?:{HEAD})")
_FIGURE = re.compile(
    r"^[^。；]{0,60}?\d[\d.,]*(?:余|多)?(?:万|亿|千|百)*(?:余|多)?(?:名|人|场|个|家|元|次|户|项|件|期|套|条|座|所|对|支|人次)"
)
# How far the first digit of a figure may stand.
_DIGIT, _FAR = re.compile(r"\d"), 61
# What may follow a name that stands bare in the text, so that it isn't the beginning of a longer one (调解 of 调解室).
_ENDS = re.compile(
    r"[，,。；、：“”（(的等和与及]|工作|活动|行动|建设|项目|工程|制度|机制|品牌|服务|专项|试点|体系|平台|竞赛|\d|$"
)
# A clause that opens with one of these turns to another undertaking: 开展“X”活动，举办… says nothing of X.
_NEXT = re.compile(
    rf"^(?:深入|全面|积极|扎实|不断|持续|大力|着力|切实|广泛|认真|进一步|加快|创新|重点|全力|常态化|组织|联合|继续|探索|并|先后|严格|精心|纵深)*"
    rf"(?:{_UNDERTAKES})"
)


def purpose(naming: Naming, sentence: Sentence) -> Explanation | None:
    """A creating verb before the naming and a clause after it, in this sentence or at the start of the next."""
    ahead, rest = sentence.before(naming), sentence.after(naming)
    if not _ENDS.match(rest):
        return None
    if naming.form in ("quoted", "name") and "提供" in rest and _BUILDS.search(ahead) and _PROVIDES.match(rest):
        return _described(naming, sentence, sentence.end, "purpose")
    if not near(CREATES, ahead):
        return None
    found = _CLAUSE.match(rest)
    if found and not re.search(r"\d", rest[: found.start("aim")]):
        made = _described(naming, sentence, sentence.end, "purpose")
        if made.components or not _NEXT.match(found["aim"]):
            return made
        # In a row of undertakings the next one says nothing of a name without quotation marks, unless it leads the row.
        leads = naming.form == "quoted" or not re.search(r"[，,；]", ahead)
        return replace(made, how="deed") if leads else None
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
    ahead = sentence.before(naming)
    known = near(KNOWS, ahead) or (_BY.search(ahead) and own_parts(naming.core))
    if naming.form == "quoted" and known and _CLAUSE.match(sentence.after(naming)):
        return _described(naming, sentence, sentence.end, "deed")
    return None


def _described(naming: Naming, sentence: Sentence, end: int, how: str) -> Explanation:
    return Explanation(sentence.start, end, own_parts(naming.core) or _parts(naming, sentence, end), "described", how)


_IN_A_ROW = re.compile(r"[”’][、和与及]?$")


def _parts(naming: Naming, sentence: Sentence, end: int) -> tuple[str, ...]:
    """What the words after a naming that stands alone say it is carried out by."""
    if naming.form not in ("quoted", "name") or _IN_A_ROW.search(sentence.before(naming)):
        return ()
    rest = sentence.after(naming)
    if end > sentence.end:
        return headline_parts(sentence.before(naming), sentence.following)
    return carried_out_by(rest) or echoed(rest, naming.core)


def role(naming: Naming, sentence: Sentence) -> Explanation | None:
    """What the naming is used as: 把X作为抓手, 以“X”为载体."""
    ahead, rest = sentence.before(naming), sentence.after(naming)
    used = naming.form in ("quoted", "name") and _WITH.search(ahead) and _SERVES.match(rest)
    if used or (_TAKES.search(ahead) and rest.startswith("作为")):
        return _described(naming, sentence, sentence.end, "role")
    return None


def category(naming: Naming, sentence: Sentence) -> Explanation | None:
    """The naming, perhaps with siblings, before 等…品牌; set up as a kind of thing."""
    ahead, rest = sentence.before(naming), sentence.after(naming)
    if (naming.form == "name" and ahead.endswith("——")) or (
        naming.form == "quoted"
        and (
            ("等" in rest and _CATEGORY.match(rest))
            or ((_adds_up(naming) or len(naming.tail) > 1 or _KIND.match(rest)) and near(CREATES, ahead))
        )
    ):
        return _described(naming, sentence, sentence.end, "category")
    return None


def _adds_up(naming: Naming) -> bool:
    return "+" in fold(naming.core) and bool(own_parts(naming.core))


def figure(naming: Naming, sentence: Sentence) -> Explanation | None:
    """A verb that does the named thing, and a figure that says how much."""
    opening, rest = sentence.before(naming), sentence.after(naming)
    if (opening and not near(KNOWS, opening)) or not _DIGIT.search(rest, 0, _FAR):
        return None
    found = _FIGURE.match(rest)
    if not found or any(_NEXT.match(clause) for clause in re.split("[，,]", found[0])[1:]):
        return None
    return _described(naming, sentence, sentence.end, "figure")
