"""X是指…, X指的是…, X意为…, X是…的组织 (its predicate must end in a noun of kind), X由A、B、C组成."""

import re

from graph.definitions.base import Explanation
from graph.lists import bare
from graph.namings import Naming, Sentence
from graph.wording import alternatives, opens_with_verb

_MEANS = re.compile(
    r"^[^，。；：]{0,4}[，,]?(?:是指(?![导挥定令])|指的是|(?<!全心全)意为|意思是|就是指|指(?![导定挥引出明示派标向数令望]))"
)
_IS = re.compile(r"^(?:的[^，。；：是]{1,4}|(?:、[^，。；：、是]{2,10})+)?，?(?:这|就)?是(?P<predicate>[^。！？]+)")
# X是某群体中…的…: what X belongs to, and what tells it from the rest.
AMONG = re.compile(
    r"^，?是[^，。；：“”]{1,14}(?:阶级|阶层|群体|队伍|人群|行业|产业|组织|体系|制度)(?:之?中|里)[^，。；]{2,20}的[^，。；]{2,12}(?=[，。；])"
)
# 就是 says outright what a thing is; 就是要 only what must be done.
_JUST = re.compile(r"^(?:的[^，。；：是]{1,4})?，?就是(?:以|用|让|由|通过|借助|利用)[^。]{4,}")
_NOT = re.compile(
    r"^(?:否|不|由|以|为了|在|从|要|我|你|他|对的|一场|一次|一个问题|最好|必须|如何|怎|什么|什|当前|今年|本次|这次|新时代的?要求|关键|重要的是)"
)
_KIND = alternatives(
    """组织 团体 称谓 称呼 平台 桥梁 纽带 机构 制度 机制 形式 方式 模式 工程 活动 行动 荣誉 称号 基金
    体系 代表 项目 计划 标准 指标 统称 简称 总称 方法 群体 部门 学校 场所 团队 队伍 证书 卡 缩写
    热线 专线 驿站 服务站 服务站点 课堂 讲堂 小程序 公众号 客户端 网站 礼包 基地 联盟 协会 联合会 委员会 领导小组 工作室 中心
    系统 产品 贷款 保险 大赛 竞赛 栏目 专栏 合同 协议 劳动者 人员 精神 理念 愿望 标志 工种 岗位"""
)
# Words that value a thing without saying what it is: …的重要抓手, …的传统品牌, …的重要平台.
_VALUE = alternatives("抓手 举措 品牌 途径 保障 载体 阵地 力量 体现 措施 支撑 基础 窗口 名片 亮点")
_VALUED = alternatives(
    "重要 最佳 最优 最好 最大 坚强 强大 良好 基本 具体 有力 有效 关键 生动 创新 必要 根本 得力 特色 传统"
)


def _says(nouns: str) -> re.Pattern[str]:
    return re.compile(rf"(?:的|种|个|项|家|类|最|式)[^，。；]{{0,16}}(?:{nouns})(?=[，。；、]|$)|(?:{nouns})$")


_IS_KIND, _IS_VALUE = _says(_KIND), _says(f"{_KIND}|{_VALUE}")
_PRAISED = re.compile(rf"(?:{_VALUED})[^，。；、]{{0,6}}$")
_MADE_OF = re.compile(r"^[^，。；：、]{0,8}，?(?:主要)?由(?P<list>[^。；]+?)(?:共同)?(?:构成|组成)")
# No sentence says what a thing is without one of these.
_SAYS = re.compile("[是指意由]")
_OPENING = re.compile(r"^(?:目前|所谓|其中|职工|我们的|，)*(?:[^，。；：、是]{2,10}、)*$")


def extract(naming: Naming, sentence: Sentence) -> Explanation | None:
    """What the naming is said to be, or None."""
    rest = sentence.after(naming)
    if not _SAYS.search(rest):
        return None
    made = _MADE_OF.match(rest)
    if made and "、" in made["list"]:
        parts = tuple(bare(part) for part in re.split(r"[、]|和|以及", made["list"]) if bare(part))
        return Explanation(sentence.start, sentence.end, parts, "explained", "is_phrase")
    if naming.form in ("quoted", "subject") and _MEANS.match(rest):
        return Explanation(sentence.start, sentence.end, (), "explained", "is_phrase")
    if (
        naming.form in ("quoted", "subject")
        and _JUST.match(rest)
        and _OPENING.match(sentence.before(naming).rstrip("“‘"))
    ):
        return Explanation(sentence.start, sentence.end, (), "explained", "is_phrase")
    if naming.form == "subject" and AMONG.match(rest) and not sentence.before(naming):
        return Explanation(sentence.start, sentence.end, (), "explained", "is_phrase")
    found = _IS.match(rest)
    if found is None or not _OPENING.match(sentence.before(naming)) or _NOT.match(found["predicate"]):
        return None
    if naming.form == "subject" and opens_with_verb(naming.core):
        return None
    if naming.form in ("quoted", "subject"):
        if any(not _PRAISED.search(kind[0]) for kind in _IS_KIND.finditer(found["predicate"])):
            return Explanation(sentence.start, sentence.end, (), "explained", "is_phrase")
        if _IS_VALUE.search(found["predicate"]):
            return Explanation(sentence.start, sentence.end, (), "described", "is_phrase")
    return None
