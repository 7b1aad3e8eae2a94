"""The words of a question: how they are cut, and which of them tell what is asked."""

from functools import lru_cache
from itertools import accumulate

import rjieba

from search.analyzer import squeeze
from search.claims import bigrams

# Words of the trade: they stand in every clause, or only shape the sentence.
GENERIC = frozenset(
    """
    大伙 大家 人们 百姓 老百姓 员工 工友 打工人 打工者 老板
    爱心 示范 标准化 优秀 最美 新时代 外地 外面 免费
    工会 组织 工会组织 总工会 工会工作 职工 职工群众 群众 工人 城市 地方 本市 本地 全市 全省 本省 单位 活动 工作
    建设 机制 制度 品牌 行动 任务 项目 工程 问题 开展 建立 实施 推动 推进 解决 提供 进行 服务 设立 成立 打造
    评选 命名 配备 招聘 得到 获得 领导 班子 领导班子 关爱 帮助 资助 一些 试点 阵地 办理 家庭 主题 外省市 自己
    管理 联动 吸收 基层 各级 全国 给予 纳入 机构 体系 平台 举办 创建 完成 落实 企业 社会 发展 专门 情况 方式
    本级 地区 省市 外省 有关 相关 规定 办法 出台 制定 编制 印发 专项 特色 实行 配 建 办 搞 做 有 给 帮 把 被 让
    为 用 买 发 送
    承担 承接 参与 参加 列入 列为 入选 开通 设置 组建 评出 建成 获评 荣获 采取 具有 拥有 支持 部门 职能 方面 过程 起来
    进来 出去 出来 来讲 可以 能够 需要 各类 多种 以上 其中 实际 工作者 当地 全体
    """.split()
)
# Words for people: whom something is for.
GROUPS = frozenset(
    """
    年轻人 孩子 小孩 小哥 骑手 师傅
    农民工 女职工 困难职工 困难 劳模 会员 快递员 外卖员 司机 货车司机 网约车司机 劳动者 户外劳动者
    新就业形态劳动者 新业态劳动者 新就业形态 新业态 新 形态 就业形态 小微企业 青年 青年职工 产业工人 产业 子女
    老师 教师 环卫工人 一线职工 一线 干部 外卖小哥 快递小哥 外卖骑手 配送员 送餐员 网约配送员 网约送餐员 出租车司机
    卡车司机 保安员 保安 保洁员 家政服务员 护工 退休职工 单身职工 单身青年 青年人 女工 务工人员 劳务工
    """.split()
)
# What a place, a thing or a body is called at the end of its name: 维权|站 is one word.
_ENDINGS = frozenset("站点室屋家班队厅院所馆园校亭角吧卡网库榜赛节课证奖金费险券团墙品线街楼")
_TO = frozenset({"给", "为", "帮", "让", "替"})
FUNCTION_TAGS = ("u", "p", "c", "r", "d", "x", "y", "w", "m", "q", "e", "o")


@lru_cache(maxsize=8192)
def cut(text: str) -> tuple[tuple[str, str], ...]:
    """Words with their class, as jieba cuts them; words of the trade come off longer ones (住房|问题, 工会|社工)
    and words for people stay whole (快递员)."""
    found: list[tuple[str, str]] = []
    for word, tag in rjieba.tag(text):
        if (found and found[-1][0] + word in GROUPS) or (
            word in _ENDINGS and found and len(found[-1][0]) > 1 and not found[-1][1].startswith(FUNCTION_TAGS)
        ):
            found[-1] = (found[-1][0] + word, "n")
        elif len(word) > 3 and word[-2:] in GENERIC:
            found += [(word[:-2], tag), (word[-2:], tag)]
        elif len(word) > 3 and word[:2] in GENERIC:
            found += [(word[:2], tag), (word[2:], tag)]
        else:
            found.append((word, tag))
    return tuple(found)


def core_pairs(label: str) -> set[str]:
    """The character pairs of a label that are not of words of the trade."""
    telling = [w for w, _ in cut(squeeze(label)) if w not in GENERIC and w not in GROUPS and len(w) > 1]
    return set().union(*map(bigrams, telling)) or bigrams(squeeze(label))


def placed(text: str) -> list[tuple[int, int, str, str]]:
    """(start, end, word, class) of the words of a text."""
    ends = list(accumulate(len(word) for word, _ in cut(text)))
    return [(end - len(word), end, word, tag) for end, (word, tag) in zip(ends, cut(text), strict=True)]


def says_more(words: list[tuple[int, int, str, str]], around: tuple[int, int]) -> bool:
    """True where telling words stand outside the span ``around``; the receiver (给单身职工…) is not told about: it goes
    up to a verb or to a word for people."""
    receiver, people = False, False
    for start, end, word, tag in words:
        receiver = tag.startswith("p") or word in _TO or (receiver and not people and not tag.startswith("v"))
        people = receiver and word in GENERIC | GROUPS and word not in _TO
        outside = end <= around[0] or start >= around[1]
        if outside and not receiver and word not in GENERIC | GROUPS and not tag.startswith(FUNCTION_TAGS):
            return True
    return False
