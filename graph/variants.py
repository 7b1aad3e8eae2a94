"""Labels that mean the same: folding of writing variants, generic tails, aliases."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any

from graph.numerals import count
from graph.wording import head_of

# What has no say in whether two labels are the same: quotes, dots, brackets, separators, white space, half characters.
_DROP = re.compile(
    "[\ud800-\udfff" r"\s“”‘’\"'＂＇「」『』《》〈〉()（）\[\]【】·•․‧・∙●、，,.。:：;；!！?？\-—–_~～]+"
)


def _longest_first(words: str) -> tuple[str, ...]:
    return tuple(sorted(words.split(), key=lambda word: (-len(word), word)))


#: Classifiers: they say what sort of thing a name is, and the name stays itself with or without them.
CLASSIFIERS = _longest_first(
    """工程 行动 专项行动 活动 主题活动 公益活动 实践活动 主题实践活动 系列活动 机制 工作机制 制度 品牌 计划 项目 竞赛 工作
    专项工作 试点 试点工作 称号"""
)
#: Tails that make another thing of an everyday word (职工服务 is not 职工), but not of a name in quotation marks or of one
#: that counts (“五心”服务, 三方四家格局).
_SORTS = _longest_first(
    """建设 模式 工作模式 体系 工作体系 协调机制 举措 平台 服务平台 创新 思路 理念 工作理念 做法 工作法 服务 服务品牌 格局
    工作格局 网络 工会 工会组织 劳动竞赛"""
)
#: Tails that speak of another matter after any name; only a document can say that “两癌”筛查 is a way to write 两癌.
_MATTERS = _longest_first(
    """标准 经验 要求 精神 目标 教育 主题教育 学习教育 专题教育 优惠政策 政策 群体 筛查 宣讲 集中宣讲 展览馆 宣讲团 交友活动
    送温暖活动"""
)
_TAILS = _longest_first(" ".join(CLASSIFIERS + _SORTS))
_ANY_TAIL = _longest_first(" ".join(_TAILS + _MATTERS))
_COUNTER = re.compile(r"[一二两三四五六七八九十\d]+(?:大|级|项|个|种|类|位一体|个一批|个一)?")


@cache
def _converter() -> Any:
    import opencc

    return opencc.OpenCC("t2s")


def _simple(text: str) -> bool:
    """True where every character is one of GB 2312, the repertoire of simplified text."""
    try:
        text.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def simplified(text: str) -> str:
    """``text`` with traditional characters converted, where a character outside GB 2312 asks for it."""
    return text if _simple(text) else str(_converter().convert(text))


@lru_cache(1 << 17)  # the labels of a large library; what is typed must not fill the memory
def fold(label: str) -> str:
    """A label without its accidents: 「“强三性”、“去四化”」 → 强三性去四化, 法院＋工会 → 法院+工会, 勞模 → 劳模.

    Unicode NFKC, lower case, no quotes, dots, separators or white space; traditional characters are converted with
    OpenCC only where a character outside GB 2312 asks for it.
    """
    bare = _DROP.sub("", unicodedata.normalize("NFKC", label).lower())
    # What stood apart may now stand together and compose (a, quotation mark, macron).
    bare = unicodedata.normalize("NFKC", bare)
    return simplified(bare)


def patterned(folded: str) -> bool:
    """True where a folded name only counts or adds up (四送, 1+3): other places may use it for other things."""
    return count(folded) > 1 or "+" in folded[1:-1]


def rests(folded: str) -> Iterator[str]:
    """What stays of a folded name when its tails come off one after another: 暖蜂服务品牌 → 暖蜂. It means the same only
    where it is itself a name."""
    rest = folded
    while rest.endswith(_TAILS) and (
        tail := next((t for t in _TAILS if rest.endswith(t) and _stays(rest.removesuffix(t))), "")
    ):
        rest = rest.removesuffix(tail)
        yield rest


def _stays(rest: str) -> bool:
    return len(rest) >= 2 and not rest.endswith("+") and not _COUNTER.fullmatch(rest)


def core(folded: str) -> str:
    """A folded label without tails (四联三促行动 → 四联三促), as long as a name stays: not 五大 of 五大行动.

    After a counting name any sort goes; after another only a classifier, and only where more than three characters stay:
    工匠精神 and 工会活动 are whole, since nothing shows that 工匠 and 工会 are names.
    """
    for tail in _TAILS if folded.endswith(_TAILS) else ():
        rest = folded.removesuffix(tail)
        if rest != folded and _stays(rest) and (patterned(rest) or (tail in CLASSIFIERS and len(rest) > 3)):
            return core(rest)
    return folded


# What links the parts of a name says nothing of its own (劳动和技能竞赛 = 劳动技能竞赛), but is part of some words.
_LINK = re.compile(r"和(?![谐平睦解美气])|(?<![参赋给])与|(?<![普涉以])及(?![时格])|暨")
# Written out or in short, the same people and the same place.
_SHORT = (
    (re.compile("劳模(?:工匠(?:人才)?|人才)(?=创新工作室)"), "劳模"),
    (re.compile("服务职工(?=中心|体系|平台|综合体|网络|基地|基金|热线|阵地)"), "职工服务"),
    (re.compile("(?<=站)点$"), ""),
    (re.compile("^[春夏秋冬](?=送.)"), ""),
    (re.compile("(?<=.....)[周月季年]$"), "期"),
    (re.compile("(?<=.....)企业$"), ""),
)
# Every second name in a union's papers says whose it is: it tells nothing apart where a name of some length stays.
_WHOSE = ((re.compile("职工"), 4), (re.compile("工会"), 5), (re.compile("劳模|工匠|农民工"), 7))


def skeleton(folded: str) -> str:
    """What two ways of saying one name have in common: 劳动和技能竞赛 = 劳动技能竞赛, 职工爱心托管班 = 爱心托管班, 服务站点 =
    服务站, 服务职工中心 = 职工服务中心, 夏送清凉 = 送清凉. It is no name itself, and skeleton(skeleton(x)) = skeleton(x)."""
    before = ""
    while before != folded:
        before, folded = folded, _slimmer(folded)
    return folded


def _slimmer(folded: str) -> str:
    if len(bare := _LINK.sub("", folded)) >= 4 and not patterned(folded):
        folded = bare
    for pattern, short in _SHORT:
        folded = pattern.sub(short, folded)
    for pattern, least in _WHOSE:
        for found in reversed(list(pattern.finditer(folded))):
            rest = folded[: found.start()] + folded[found.end() :]
            if len(rest) >= least and found.end() < len(folded) and not generic(rest):
                folded = rest
    return folded


def generic(folded: str) -> bool:
    """True for what names nothing without the words that were taken away: 服务中心, 之家."""
    return is_tail(folded) or head_of(folded) == folded or is_tail(folded.removesuffix(head_of(folded)))


def is_tail(folded: str) -> bool:
    """True where a noun phrase is made of tails only (服务品牌, 专项行动)."""
    while folded.endswith(_ANY_TAIL) and (tail := next((t for t in _ANY_TAIL if folded.endswith(t)), "")):
        folded = folded.removesuffix(tail)
    return not folded


_BRACKET = re.compile(r"^(?P<before>[^（()）]+)[（(](?P<inside>[^（()）]+)[)）](?P<after>[^（()）]*)$")


def without_bracket(label: str) -> str:
    """职工（农民工）夜校 → 职工夜校; a label without a bracket, or with nothing left of it, stays as it is."""
    found = _BRACKET.match(label)
    return found["before"] + found["after"] if found and len(found["before"] + found["after"]) >= 2 else label
