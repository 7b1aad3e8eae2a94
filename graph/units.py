"""Named units: companies, schools, hospitals and unions that are no division, where they are the subject of a clause.

A unit is the subject where its name opens the clause (after 如, 其中, 近年来, …) or follows 由, and a verb, an adverb or a
preposition comes next: 江汉铸管集团工会建起…, 由江汉医院打造的…. It is none as object, partner, venue or giver (授予, 联合,
在…), nor among those who were honoured together. A name needs words of its own: 基层工会, 物业公司, 智慧工会 are no names,
and 松滋市工会 is the union of a place. The classes of words come from rjieba.
"""

import re
from dataclasses import dataclass

import rjieba

from corpus.model import Level
from corpus.places import Gazetteer, PlaceName

_INDUSTRIES = (
    "教育|教科文卫体?|科教文卫体?|教科文|卫生健康|卫生|医务|财贸(?:轻纺烟草|金融|轻化)?|农林水利?(?:气象)?|能源化学(?:地质)?|"
    "机械冶金(?:建材)?|机电冶煤?|海员(?:建设)?|国防(?:工业|邮电)?|邮政|邮电|电力|税务|金融|交通(?:运输)?|铁路|民航|公路|水利|林业|"
    "农垦|建工|建筑|建设|城建|轻工|纺织|煤炭|石油|科技|文化|直属机关|[省市县区州]直机关|机关|快递|货运|外卖|物流|家政|保洁|网约车|互联网"
)
_BODY = (
    "集团(?:股份)?(?:有限)?(?:责任)?(?:公司)?|(?:股份)?(?:有限)?(?:责任)?公司|大学(?![习生])|(?:技工|职业)?学校|学院|中学|小学|幼儿园|医院|"
    "卫生院|研究[院所]|设计院|总厂|油田|煤矿|[电钢铁药酒水]厂|农场|林场|银行|支行|供电所|"
    "(?<=中铁|中建|中交|中冶|中核|中电)[一二三四五六七八九十]{1,4}局|水电[一二三四五六七八九十]{1,4}局"
)
_COMPANY = re.compile("集团|公司|[厂场矿局行]$|油田|供电所")
_UNION = "(?:工会(?:联合会|委员会)|联合工会|总工会|工会)"
_HEAD = re.compile(rf"(?P<body>{_BODY})(?P<own>{_UNION})?|(?P<union>{_UNION})")
#: What every head has in it: where that is missing nothing else need be tried. So with what every lead begins with.
HEADED = re.compile(
    "工会|公司|集团|大学|学[校院]|中学|小学|幼儿园|院|厂|油田|煤矿|农场|林场|银行|支行|供电所|研究所|局"
)
_LED = re.compile(r"[\s　一二三四五六七八九十—▲●·如例比譬其像目近今同此随日去在\d截而则]")
_LEAD = re.compile(
    r"(?:[\s　]*(?:[一二三四五六七八九十]+是|——|▲|●|·)?(?:如|例如|比如|譬如|其中|像|目前|近年来|今年以来|同时|此外|随后|近日|日前|"
    r"去年|今年|(?:在)?\d{4}年(?:\d{1,2}月)?(?:\d{1,2}日)?(?:以来)?|\d{1,2}月(?:\d{1,2}日)?|截至[^，]{0,8}|而|则)?)"
)
_NO_DOER_BY = frozenset("自缘理因")  # 自由, 缘由, 理由, 因由
_NAME = re.compile(r"[\u4e00-\u9fffA-Za-z0-9（）()·]{2,30}")
_LIST = re.compile(r"^(?:、|和|与|及|以及)")
_AND_OTHERS = re.compile(
    r"^等(?:[\d一二三四五六七八九十多数余]*[家个所名]?(?:单位|企业|公司|学校|医院|工会|基层工会|高校)?)?"
)
# Words that say which sort of unit, not which one.
_OFFICE = re.compile(rf"(?:{_INDUSTRIES}|行业|产业|系统|街道|[镇乡]|社区|园区|开发区|商圈|楼宇|片区|大队|支队|区域)$")
_SORTS = re.compile(
    rf"{_INDUSTRIES}|人民|第[一二三四五六七八九十]+|实验|中心|中西?医|职业|技术|技师|工匠|劳模|师范|高级|中等|附属|妇幼保健|行业|产业|系统|街道|"
    r"社区|园区|开发区|[乡镇村]|智慧|数字|网上|线上|云端?|掌上|指尖|健康|活力|忠诚|有为|暖心|清廉|温馨|流动|移动|幸福|模范|阳光|新型|特色|"
    r"物业|保险|劳务|运输|出租车?|公交|供电|供水|环卫|通信|食品|服装|化工|钢铁|传媒|旅游|投资|控股|商贸|贸易|电子|机械|制造|实业|工程|"
    r"水务|燃气|热力|证券|(?:房)?地产|置业|农业|渔业|医药|药业|网络|平台|人力资源|派遣|生产|服务|管理|发展|开发|经营|股份|有限|责任|"
    r"事业|企业|单位|联合|区域|综合|专业|地方|党委|行政|全国|全[省市县区州]|[省市县区州]级?"
)
# Words of which one in the name shows that many are meant, or none in particular.
_COLLECTIVE = re.compile(
    r"各|全部|所有|部分|多[家个所数]|一些|许多|不少|所属|下属|直属(?!机关)|基层|国有|民营|非公|央企|中小|小微|大中型|重点|骨干|龙头|规模以上|"
    r"上市|相关|有关|上级|下级|本级|[省市县区乡镇]级(?!机关)|合作|用人|会员|职代会|社会组织|[两三四]级|[与和及、]|县市区|市县|区县|某|"
    r"[一二三四五六七八九十几\d]+[家个所]|新业态|新就业|项目$|乡镇|首[批个家]|规范化|季度|年度|工会|^[全省市县区州本我]"
)
_BEFORE = (
    "经向",
    "据",
    "从",
    "对",
    "与",
    "被",
    "给",
    "向",
    "在",
    "到",
    "赴",
    "来到",
    "前往",
    "走进",
    "回到",
    "离开",
    "加盟",
)
_PREPOSITIONS = ("p", "c", "r", "d", "y", "uj", "ul", "uz", "ug", "ud", "uv", "f")
_ACTS = frozenset(
    """
    开展 建立 推荐 推动 成立 打造 引导 指导 支持 依托 联合 协调 发挥 走进 深入 依靠 带领 动员 号召 团结 鼓励 督促 帮助 坚持
    通过 围绕 聚焦 针对 加强 完善 创建 培育 争取 选派 聘请 邀请 命名 授予 评选 表彰 慰问 走访 考察 覆盖 涌现 拥有 实现 参加
    举办 召开 形成 做好 抓好 健全 落实 扩大 提高 提升 增强 推进 深化 制定 出台 印发 探索 总结 推广 新建 建成 投入 筹集 发放
    购买 利用 结合 按照 根据 作为 成为 包括 涉及 挂牌 入驻 进驻 牵头 负责 组织 建设 发展 服务 宣传 培训 改革 创新 保障 维护
    突出 强化 优化 激发 凝聚 展现 彰显 加入 组建 设立 设置 合理 积极 切实 充分 有序 全面 不断 持续 巩固 压实 规范 恢复 深耕
    擦亮 夯实 推出 举行 搭建 构建 启动 实施 确定 确认 确保 提供 获得 荣获 来自 位于 代表 深入 一是 二是 三是 四是 五是
    """.split()
)
# A deed whose word may be a noun as well; any other such word after a name belongs to it (某某公司改革经验).
_DEEDS = re.compile(
    r"^(?:培训|慰问|资助|帮扶|救助|表彰|奖励|投资|捐赠|捐款|招聘|承办|主办|协办|参与|创新|探索|建设|推广|试点|"
    r"深化|出台|推行|聚力|办|设|建)(?!经验|成果|成效|工作|项目|的|基地|中心|模式|现场|做法|公司|部|处|科|者|师|员)"
)
_HONOURED = re.compile(r"^[^，。；]{0,12}(?:授予|评为|获评|荣获|获得|荣膺|命名|入选|被认定|被列为|受到表彰|获表彰)")
_CORPORATE = re.compile("集团|股份|有限|责任|公司|总?工会|联合会|委员会|[（）()]")


@dataclass(frozen=True, slots=True)
class NamedUnit:
    """A unit that ``start:end`` of a clause names as its subject; ``name`` without the 工会 of a company, school or
    hospital."""

    name: str
    level: Level
    start: int
    end: int


def core(name: str) -> str:
    """What tells a unit from others: its name without legal forms and 工会."""
    return _CORPORATE.sub("", name)


def subject_units(clause: str, places: Gazetteer, home: str = "") -> list[NamedUnit]:
    """The named units that are the subject of a clause, in order; ``home`` is the place or unit that the document
    speaks for, which is never one of them."""
    start = _opening(clause) if HEADED.search(clause) else -1
    if start < 0:
        return []
    found: list[NamedUnit] = []
    while unit := _at(clause, start, places):
        found.append(unit)
        link = _LIST.match(clause[unit.end :])
        if not link:
            break
        start = unit.end + link.end()
    if not found:
        return []
    rest = clause[found[-1].end :]
    others = _AND_OTHERS.match(rest)
    rest = rest[others.end() :] if others else rest
    listed = len(found) > 1 or others is not None
    if not _acts(rest, alone=not listed and "工会" in clause[found[0].start : found[0].end]):
        return []
    if listed and _HONOURED.match(rest):
        return []
    own = core(home)
    return [unit for unit in found if not own or core(unit.name) not in own]


def _opening(clause: str) -> int:
    """Where the subject of a clause begins, or -1."""
    by = clause.find("由")
    while by >= 0:
        if by == 0 or clause[by - 1] not in _NO_DOER_BY:
            return by + 1
        by = clause.find("由", by + 1)
    words = _NAME.search(clause)
    if words is None:
        return -1
    if not _LED.match(clause):
        return 0
    # The longest opening that is a lead: 2023年6月, 如, 其中.
    return next(at for at in range(min(words.end(), 14), -1, -1) if _LEAD.fullmatch(clause, 0, at))


def _at(clause: str, start: int, places: Gazetteer) -> NamedUnit | None:
    """The unit whose name begins at ``start``: the longest that stands before a verb, a list or 等."""
    words = _NAME.match(clause, start)
    if not words:
        return None
    best = None
    for head in _HEAD.finditer(clause, start, words.end()):
        name = clause[start : head.end()]
        if not _named(name, head, places, start):
            continue
        rest = clause[head.end() :]
        if _LIST.match(rest) or _AND_OTHERS.match(rest) or _acts(rest, alone="工会" in name):
            best = head
    if best is None:
        return None
    whole = clause[start : best.end()]
    name = clause[start : best.start("own")] if best["own"] else re.sub("工会委员会$", "工会", whole)
    return NamedUnit(name, "enterprise" if _COMPANY.search(best["body"] or "") else "department", start, best.end())


def _named(name: str, head: re.Match[str], places: Gazetteer, start: int) -> bool:
    """True where the words are the name of one unit."""
    before = name[: head.start() - start]
    if len(before) < 2 or _COLLECTIVE.search(before) or before.count("（") != before.count("）"):
        return False
    tags = [(word, tag) for word, tag in rjieba.tag(before)]
    nominal = ("建设", "发展", "服务", "投资", "创新", "宣传", "培训", "改革", "保障")
    if (
        not tags
        or before.startswith((*_ACTS, *_BEFORE))
        or any(word in _ACTS and word not in nominal for word, _ in tags)
    ):
        return False
    if any(tag in (*_PREPOSITIONS, "d", "ad", "t") or (tag == "v" and len(word) == 1) for word, tag in tags):
        return False
    hits: list[PlaceName] = [hit for hit in places.find(before) if hit.start == 0]
    if head["union"] is None:
        return len(_SORTS.sub("", before)) >= 2
    # A union that is no company's is named after its trade, its street or town, and where it is.
    if not _OFFICE.search(before) or any(tag == "v" and word not in nominal for word, tag in tags):
        return False
    if hits:
        return len(before) > hits[0].end
    return before.startswith("中国") or len(_SORTS.sub("", before)) >= 2


def _acts(rest: str, alone: bool) -> bool:
    """True where what follows a name is what it did; ``alone``: the name may stand before a comma by itself."""
    if not rest or rest[0] in "，,":
        return alone and bool(rest)
    if _DEEDS.match(rest):
        return True
    if rest[0] not in "“" and not re.match(r"[\u4e00-\u9fff]", rest):
        return False
    tags = rjieba.tag(rest[:12])
    word, tag = tags[0]
    if tag in ("vn", "uj", "n", "nr", "ns", "nt", "nz", "q", "j", "c"):
        return word in ("与", "和", "同") and len(tags) > 1
    return (
        tag[0] in "vdp" or (tag in ("a", "ad", "z", "i", "l") and any(t[0] == "v" for _, t in tags[1:3])) or tag == "m"
    )
