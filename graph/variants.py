"""Labels that mean the same: folding of writing variants, generic tails, aliases."""

import re
import unicodedata
from functools import cache
from typing import Any

# What has no say in whether two labels are the same: quotes, dots, brackets, separators, white space.
_DROP = re.compile(r"[\s“”‘’\"'＂＇「」『』《》〈〉()（）\[\]【】·•․‧・∙●、，,.。:：;；!！?？\-—–_~～]+")

#: Words that say what sort of thing a name is, longest first; a name stays itself with or without them.
GENERIC_TAILS: tuple[str, ...] = tuple(
    sorted(
        """
        工程 行动 专项行动 活动 主题活动 机制 工作机制 制度 品牌 工会 工会组织 建设
        工作 模式 工作模式 体系 工作体系 举措 平台 服务平台 计划 项目 竞赛 创新
        专项工作 试点 试点工作 称号 标准 思路 理念 工作理念 经验 做法 工作法 要求
        精神 目标 教育 主题教育 学习教育 专题教育 服务 服务品牌 公益活动 实践活动 主题实践活动 系列活动
        优惠政策 政策 格局 工作格局 网络 协调机制 群体 筛查 宣讲 集中宣讲 展览馆 宣讲团
        劳动竞赛 交友活动 送温暖活动
        """.split(),
        key=lambda tail: (-len(tail), tail),
    )
)
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


@cache
def fold(label: str) -> str:
    """A label without its accidents: 「“强三性”、“去四化”」 → 强三性去四化, 法院＋工会 → 法院+工会, 勞模 → 劳模.

    Unicode NFKC, lower case, no quotes, dots, separators or white space; traditional characters are converted with
    OpenCC only where a character outside GB 2312 asks for it.
    """
    bare = _DROP.sub("", unicodedata.normalize("NFKC", label).lower())
    # What stood apart may now stand together and compose (a, quotation mark, macron).
    bare = unicodedata.normalize("NFKC", bare)
    return bare if _simple(bare) else str(_converter().convert(bare))


def core(folded: str) -> str:
    """A folded label without generic tails (四联三促行动 → 四联三促), as long as a name stays: not 五大 of 五大行动."""
    for tail in GENERIC_TAILS:
        rest = folded.removesuffix(tail)
        if rest != folded and len(rest) >= 2 and not _COUNTER.fullmatch(rest):
            return core(rest)
    return folded


_BRACKET = re.compile(r"^(?P<before>[^（()）]+)[（(](?P<inside>[^（()）]+)[)）](?P<after>[^（()）]*)$")


def without_bracket(label: str) -> str:
    """职工（农民工）夜校 → 职工夜校; a label without a bracket, or with nothing left of it, stays as it is."""
    found = _BRACKET.match(label)
    return found["before"] + found["after"] if found and len(found["before"] + found["after"]) >= 2 else label
