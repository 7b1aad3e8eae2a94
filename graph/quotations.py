"""What looks like a name and is none: words of a law that a sentence cites, clauses in quotation marks, nouns that any
report has (工作协调机制)."""

import re
from functools import cache

from corpus import words
from graph.lists import cut
from graph.wording import head_of

# A sentence that amends a text quotes what the text says: “十日”修改为“十五日”.
_AMENDS = re.compile(
    r"(?:修改|修正|更改|变更)为[“‘]|[”’](?:一词|字样|两字|的规定|这一规定)|增加(?:一[章节条款项句]|规定)|删[去除](?:了)?[“‘第]|[”’]后增加|[”’]前增写"
)
# Where a law has what it quotes: 第五条规定的“…”.
_PROVIDED = re.compile(
    r"(?:第[一二三四五六七八九十百零\d]+[条款项](?:第[^，。；]{1,4}[款项])?|法律|本法|条例)(?:规定|中|所称)?(?:之|的)?$"
)
_CLAUSE = re.compile(
    r"^(?:是|不是|我们|你|他|她|它|这|那|如果|因为|由于|只要|只有|虽然|无论|凡是|为什么|怎么|什么|没有)|的$"
    r"|应当|应该|不得|不予|必须|有权|下列|是否|但是|就是|而是|不是[^，]"
)
_MEASURE = re.compile(
    r"[第约近]?[一二两三四五六七八九十百千万亿零\d.]+(?:余|多)?(?:个)?(?:日|天|月|年|小时|分钟|元|%|人|次|倍|岁|级)|(?:19|20)\d\d"
)
#: Clauses of a slogan are about as long as each other, and none is a sentence.
_LONG, _UNEVEN = 12, 4


def cites(sentence: str) -> bool:
    """True for a sentence about the wording of a law: what it quotes are words, not names."""
    return _AMENDS.search(sentence) is not None


def provided(before: str) -> bool:
    """True where what comes next is quoted from an article: 第六十二条规定的."""
    return _PROVIDED.search(before) is not None


def is_clause(name: str) -> bool:
    """True for what says something or measures instead of naming: 逾期不缴的, 走向世界，但仍需立足本地, 十五日."""
    if _CLAUSE.search(name) or _MEASURE.fullmatch(name):
        return True
    clauses = [len(clause) for clause in cut(name, "，,；;") if clause]
    return len(clauses) > 1 and (max(clauses) - min(clauses) > _UNEVEN or max(clauses) > _LONG)


# Words that say of an institution only what every one of its sort is for.
_PLAIN = frozenset(
    """管理 工作 安全 服务 提升 协调 协同 协作 信息 发展 专项 共享 基本 现代 现代化 重大 重要 重点 预警 保障 综合 合作 风险 评估 建设
    激励 引导 常态 常态化 化 长效 新型 治理 质量 监测 检查 统一 一体化 分级 分类 动态 调整 正常 稳定 增长 退出 考核 评价 考评 防范
    防控 防御 监管 监督 投诉 举报 内部 规章 资金 项目 年度 技术 多元 多元化 线上 线下 有效 联动 沟通 联系 交流 反馈 责任 目标 审核
    审批 验收 公示 公开 公告 报告 备案 通报 咨询 应急 处置 响应 运行 运营 投入 使用 执行 决策 研究 管控 整改 修复 配套 相应 专门
    具体 良好 整体 全面 全方位 多层次 规范 规范化 标准化 制度化 市场化 社会化 信息化 数字化 精细化 网格化 化解 解决 纠纷 矛盾 完整
    健全 完善 奖惩 奖励 约束 保护 利用 资源 登记 档案 安全生产 工作日 值班 巡查 发现 预防 控制 指导 支撑 支持 休假 财务 会计 各项""".split()
)


@cache
def plain(name: str) -> bool:
    """True for an institution that only says what sort it is (信息共享机制): every report has one, no two the same."""
    head = head_of(name)
    rest = name
    while head and rest.endswith(head):
        rest = rest.removesuffix(head)
        head = head_of(rest)
    return rest not in ("", name) and all(word in _PLAIN for word in words.cut(rest, hmm=False))
