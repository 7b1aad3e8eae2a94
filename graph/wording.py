"""Words of official Chinese that the extractors lean on: heads of names, verbs that create, verbs that open a list."""

import re

# Verbs that are no verbs inside longer words: 线上线下, 开发区.
_WITHIN = {
    "上线": "(?<!线)上线(?!下)",
    "开发": "开发(?!区)",
    "组织": "组织(?![法部])",
    "组建": "组建(?!立)",
    "构建": "(?<!机)构建(?!立)",
}


def alternatives(words: str) -> str:
    """A regular expression for any of the blank-separated words, longest first."""
    ordered = sorted(words.split(), key=lambda word: (-len(word), word))
    return "|".join(_WITHIN.get(word, re.escape(word)) for word in ordered)


#: kind of a term → nouns that its name ends in or is followed by. Order matters: the first kind that fits is taken.
HEADS: dict[str, str] = {
    "honour": """奖章 奖状 先锋号 工匠 红旗手 标兵岗 标兵 称号 荣誉称号 荣誉 劳动模范 劳动者 示范岗 文明岗 榜
        职工之星 技术能手 名师 首席技师 劳动奖 巾帼奖 创新奖""",
    "organisation": """中心 服务中心 联盟 学院 学校 委员会 领导小组 小组 工作室 服务队 志愿队 总队 分队 宣讲团 宣讲队
        讲师团 律师团 服务团 志愿者团队 联合会 协会
        公司 大学 医院 银行 基地 展览馆 工会 调解室 法庭 工作站 联合体 综合体 共同体 社区 集团 团队 党校 支部""",
    "brand": """品牌 驿站 服务站 服务站点 站点 之家 家园 书屋 小屋 课堂 讲堂 大讲堂 夜校 平台 专线 热线 直通车 公众号 App APP
        服务卡 小程序 工惠 贷 专栏 托管班 公寓 食堂 氧吧 礼包 服务圈 圈 阵地 大舞台 广场 公园 超市 直播间 联谊会""",
    "mechanism": """机制 制度 体系 模式 网络 格局 体制 机制化 工作法 办法 通道 议题 清单 台账 联席会议 集体合同 集体协商 协议
        标准体系 工作链 链条 方式 做法 举措 打法 路径 矩阵 基金 保险 互助保障 协商制 责任制 积分制 代表制 负责制 提案制 提案""",
    "programme": """工程 行动 活动 计划 项目 竞赛 大赛 比武 试点 教育 建设 专项 专项工作 培训 宣讲 筛查 实践 战略 规划 宣传 创建
        节 周 月 年 季 日 学习 大学习 大讨论 调研 关爱 帮扶 慰问 行 政策""",
    "indicator": "率 覆盖面 指数 指标 标准 评价体系 满意度",
    "slogan": "理念 思路 口号 主题 精神 方针 原则 总要求 目标 任务",
    "concept": "群体 经验 思想 文化 论述 道路 现代化 产业 职业 队伍 班组 人才 员 人",
}
_KINDS = {head: kind for kind, heads in reversed(HEADS.items()) for head in heads.split()}
#: Nouns that say nothing about a name before them: “一条心”意识, “短平快”要求.
WEAK_HEADS = alternatives(
    "要求 作用 效果 意识 问题 难题 局面 态势 现象 优势 关系 力量 答卷 故事 合力 位置 主战场 时间 关口 方向"
)
HEAD = alternatives(" ".join(HEADS.values()))
#: Heads of two characters or more: a single one (日, 行) is as often the beginning of another word.
LONG_HEAD = alternatives(" ".join(head for heads in HEADS.values() for head in heads.split() if len(head) > 1))

#: Nouns that close an institutional name even where it stands without quotation marks.
INSTITUTIONS = """工程 行动 计划 机制 制度 体系 平台 中心 驿站 服务站 服务站点 工作站 学院 夜校 工作室 联盟 小组 委员会 基金 联席会议
    之家 书屋 讲堂 课堂 公寓 服务圈 宣讲团 律师团 总队 服务队 综合体 社区 网络 通道 模式 大赛 竞赛 奖章 奖状 先锋号 标兵岗
    互助保障 医疗互助 集体协商 集体合同 帮扶 托管班 法律监督 法律援助 展览馆 基地 助学 行业工会 联合会 夏令营 工作法 热线 兴趣班""".split()
INSTITUTIONAL = alternatives(" ".join(INSTITUTIONS))

#: Verbs that bring a thing into being: what follows is its name, what comes next says what for.
CREATING_VERBS = """打造 创建 搭建 开发 成立 设立 创立 创设 创办 开办 组建 建立 建成 建设 推出 启动 上线 开通 构建 形成 创新推出 探索建立
    组织开发 探索 实施 开展 举办 推行 首创 发起 建立健全 兴办""".split()
CREATING = alternatives(" ".join(CREATING_VERBS))
#: Verbs that go on with something known: they name it, too, but what comes next is not its purpose.
CONTINUING_VERBS = """
    深化 落实 推进 推动 加强 完善 健全 开展 做好 加快 扩大 发挥 深入实施 持续开展 广泛开展 继续 参与 组织 组织开展 评选 表彰 选树
    荣获 获得 授予 命名 擦亮 叫响 叫响做实 做优 做强 培育 用好 依托 签订 提升 提高 推广 联合开展 常态化开展 扎实开展 积极开展""".split()
CONTINUING = alternatives(" ".join(CONTINUING_VERBS))

#: Verbs whose object is a name more often than a figure of speech.
NAMING = alternatives(
    """开展 举办 实施 推行 启动 评选 选树 荣获 授予 获评 获得 成立 上线 设立 创办 开办 组织开展 发布 表彰 深入开展 持续开展 广泛开展
    扎实开展 积极开展 推广 冠名 命名"""
)

_ADVERBS = """深入 全面 积极 扎实 不断 持续 大力 着力 切实 广泛 认真 努力 进一步 充分 加快 主动 精心 创新 重点 全力 逐步 率先 统筹
    深入推进 大力推进 牢牢 有效 高标准 高质量 常态化 系统 联合 继续 组织 始终 坚决 深化 不懈 立足 坚定 稳步 有序 严格 突出 探索"""
_LEADING = """
    健全 完善 构建 建立 建成 打造 搭建 形成 通过 实施 推进 推动 提升 聚焦 围绕 把握 贯彻 落实 坚持
    开展 做到 做好 实现 加强 强化 促进 发挥 按照 依托 运用 利用 推行 培育 设立 成立 开办 举办 创建
    建设 增强 对照 练好 做强 做优 做大 壮大 发展 涵盖 包含 包括 覆盖 抓好 抓实 守住 守牢 践行 弘扬
    宣传 优化 拓展 延伸 畅通 规范 组建 整合 推出 制定 出台 召开 参与 成为 具有 具备 突出 凸显 明确
    确立 解决 破解 维护 保障 保护 提供 满足 打通 编制 绘制 织密 建强 夯实 用好 用活 用足 实行 执行
    制订 营造 搭起 树立 筑牢 取得 获得 履行 答好 建好 管好 办好 讲好 唱响 紧盯 连续 分别 先后
    包括了 分为 遵循 开设 创设 创立 设置 命名 表彰 组织 引导 打响 叫响 擦亮 做实 团结 凝聚 激发
    汇聚 坚定 争创 联合 领导 指导 统筹 协调 巩固 深化 扩大 提高 关爱 关注 关心 针对 面向 鼓励 做精 提出 抓了 根据 恪守 奉行 遵守
    做细 培优 锻强 锻长 育强 补强 补齐 防止 避免 消除 去除 杜绝 克服
"""
# Words of one character that open a list, unless they begin a longer word (集体协商, 以赛促学, 到位, 为民服务).
_SINGLE = (
    r"以(?![赛评工点考用文])|[把将](?!军|来|领)|对(?![接口外象标照手])|在(?![线岗职校编册])|为(?![民职农了主])|从(?![业严事])|由(?!此)"
    r"|到(?![位家岗会底])|并(?![轨购重举联行])|要(?![约求素点])|集(?![体中团约聚成合群资市散])|跨(?![区行企界境地部越])"
)
_LEAD = re.compile(rf"(?:(?:{alternatives(_ADVERBS + ' ' + _LEADING)})(?:了|好|出)?|{_SINGLE})")
_TAKES_OBJECT = re.compile(rf"(?:(?:{alternatives(_LEADING)})(?:了|好|出)?|{_SINGLE})")


_REACH = 28  # characters: the longest verb, what may go with it, and what may stand between it and a name


def near(pattern: re.Pattern[str], ahead: str) -> bool:
    """True where ``ahead`` ends in what the pattern says: a verb, up to fourteen characters, perhaps names in quotation
    marks. Only its end is searched, unless it ends in a name."""
    quoted = ahead[-1:] in _MARKS or (ahead[-1:] in _JOINS and ahead[-2:-1] in _MARKS)
    return pattern.search(ahead, 0 if quoted else max(0, len(ahead) - _REACH)) is not None


_MARKS, _JOINS = ("”", "’"), ("、", "和")
_LEVELS = tuple("省市县区乡镇村街社企")


def opens_with_verb(text: str) -> bool:
    """True where a phrase starts with one of the verbs that take a list for their object."""
    return _TAKES_OBJECT.match(text) is not None


_GOVERNS = re.compile(rf"(?:{alternatives(_LEADING)}|{_SINGLE}|{CREATING}|{CONTINUING})(?:了|好|起)?$")


def closes_with_verb(text: str) -> bool:
    """True where a phrase ends in a verb whose object is still to come (坚决落实…)."""
    return _GOVERNS.search(text) is not None


def without_verb(text: str) -> str:
    """A phrase without the one verb it opens with, if two characters stay."""
    found = _TAKES_OBJECT.match(text)
    return text[found.end() :] if found and len(text) - found.end() >= 2 else text


def after_verb(text: str, most: int) -> str:
    """What follows the first verb in ``text`` that leaves two to ``most`` characters; all of it without such a verb."""
    for found in _TAKES_OBJECT.finditer(text):
        if 2 <= len(text) - found.end() <= most:
            return text[found.end() :]
    return text


_AGENT = re.compile(
    rf"^(?:[我他]们|[该本我全各][一-鿿]{{1,6}}?|[一-鿿]{{1,10}}?(?:省|市|县|区|州|镇|局|厅|委|系统|部门|公司|单位|总工会|中心|学校|企业|政府))"
    rf"(?=(?:{alternatives(_ADVERBS + ' 应当 可以 必须 要')})*(?:{alternatives(_LEADING)}|由|对|在).)"
)


def without_agent(text: str) -> str:
    """A phrase without who does what it says: 渔港县建立甲 → 建立甲, 该系统由甲 → 由甲."""
    return re.sub(r"^(?:应当|可以|必须|要|[一-鿿]{0,6}(?:的有|主要有))", "", _AGENT.sub("", text))


_VERBS = re.compile(rf"(?:{CREATING}|{CONTINUING}|{alternatives(_LEADING)})+")


def only_verb(text: str) -> bool:
    """True for nothing but verbs: 落实, 建立健全."""
    return _VERBS.fullmatch(text) is not None


_BOTH = re.compile(rf"(?:和|与|并|、)(?=(?:{alternatives(_LEADING)}).{{4}})")


def without_lead(text: str) -> str:
    """A phrase without the adverbs and verbs it opens with: 不断健全和完善难题共解 → 难题共解. Two characters stay."""
    while (found := _LEAD.match(text)) and (len(text) - found.end() >= 2 or text[found.end() :] in _LEVELS):
        text = text[found.end() :]
        text = text[both.end() :] if (both := _BOTH.match(text)) else text
    return text


_ADVERB = re.compile(rf"(?:{alternatives(_ADVERBS)})+")


def without_adverbs(text: str) -> str:
    """A clause without the adverbs it opens with: 不断大力加强管理 → 加强管理."""
    found = _ADVERB.match(text)
    return text[found.end() :] if found else text


_ENDS = re.compile(rf"(?:{HEAD})$")


def head_of(label: str) -> str:
    """The head noun that a name ends in, or ""."""
    found = _ENDS.search(label)
    return found[0] if found else ""


def kind_of(head: str) -> str:
    """The kind of thing that a head noun speaks of, "" for no head noun."""
    return _KINDS.get(head, "")
