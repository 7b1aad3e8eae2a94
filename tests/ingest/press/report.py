"""Invented reports in the manner of 公文: what they consist of, and how they are made up.

``report`` draws every choice from a ``random.Random``: a seeded one for a fixed set, hypothesis's own for a property.
"""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Literal

NUMERALS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")
LABELS: tuple[Callable[[int], str], ...] = (
    lambda n: f"{NUMERALS[n - 1]}、",
    lambda n: f"（{NUMERALS[n - 1]}）",
    lambda n: f"{n}.",
)


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph of a report. ``level`` 1 to 3 is that of a heading (0 for none), ``number`` how it is numbered;
    a paragraph with a number but no level of its own is a numbered entry of a glossary. ``rows`` is a table's."""

    kind: Literal["title", "subtitle", "issuer", "date", "salutation", "heading", "prose", "table", "sign"]
    text: str = ""
    level: int = 0
    number: str = ""
    rows: tuple[tuple[str, ...], ...] = ()

    @property
    def line(self) -> str:
        """The paragraph as it is typed."""
        return self.number + self.text


@dataclass(frozen=True, slots=True)
class Report:
    """The blocks of one report."""

    blocks: tuple[Block, ...]

    @property
    def title(self) -> str:
        """The title with its subtitle."""
        return "".join(block.text for block in self.blocks if block.kind in ("title", "subtitle"))

    @property
    def headings(self) -> list[tuple[str, str, int]]:
        """(number, words, depth) of the headings that stand by themselves or begin their paragraph."""
        return [(b.number, b.text.partition("。")[0], b.level) for b in self.blocks if b.level]


TOWNS = ("青石镇", "柳河乡", "白鹭街道", "云东开发区", "松岭镇", "南湖街道", "红砂湾镇", "石桥乡")
BODIES = ("县人社局", "县司法局", "县科协", "县妇幼保健院", "邮政分公司", "县消防救援大队", "县融媒体中心")
NAMES = ("灯下课堂", "蓝马甲", "半日工匠", "心安小屋", "暖炉计划", "一码知", "码上办", "四送一补", "三问三帮", "师傅日")
AIMS = ("抓培训强素质", "抓维权暖人心", "抓建会打基础", "抓文化聚合力", "送清凉解暑热", "送岗位稳就业", "建阵地聚人心")
KINDS = ("户外劳动者驿站", "职工书屋", "母婴关爱室", "职工心理驿站", "货车司机之家", "职工子女托管点")
QUOTES = (
    "以前跑三趟，现在点三下",
    "家门口就有‘充电站’",
    "有事找工会，心里有底",
    "这里有热水、有微波炉，还有人陪着说话",
)
DONE = ("过去五年的主要工作", "2022年工作回顾", "五年来工作的简要回顾", "主要工作情况及成效", "过去一年的工作")
PLAN = ("今后五年的主要任务", "下一步工作打算", "2024年工作安排", "下一阶段重点任务", "今后工作的总体思路")
HEADS = (
    "突出政治引领，凝聚团结奋斗的力量",
    "围绕中心大局，开展建功立业活动",
    "坚持固本强基，夯实基层基础",
    "心系职工冷暖，做实普惠服务",
    "强化源头参与，构建和谐劳动关系",
    "深化改革创新，激发工会组织活力",
    "加强自身建设，打造过硬干部队伍",
    "以“数字工会”为抓手推动线上线下融合发展，让服务职工的触角延伸到每一个车间、班组和工位",
    "实施“1+3+N”行动，推动产业工人队伍建设改革走深走实",
    "聚焦新就业形态劳动者（货车司机、网约车司机、快递员、外卖配送员）建会入会",
    "推进产改",
)
POINTS = ("培训体系日益完善", "竞赛活动有声有色", "维权机制更加健全", "帮扶救助精准到位", "阵地建设提质扩面",
          "财务经审规范有力", "女职工工作亮点纷呈", "机关作风持续好转", "宣传工作出新出彩")  # fmt: skip
TERMS = (
    ("四送一补", "指送政策、送岗位、送技能、送温暖和困难补助，由县总工会会同人社部门按季开展。"),
    ("1+3+N", "“1”是一个职工服务中心，“3”是三类驿站，“N”是若干个联系点，总数在{n}个左右。"),
    ("半日工匠", "指技能人才每月拿出半天时间到班组传授绝活的活动，始于{year}年。"),
    ("码上办", "是把会员认证、互助保障、法律咨询等{n}项业务放进一个二维码的服务平台。"),
    ("心安小屋", "即设在车间里的心理服务点，配有沙盘、放松椅和热线电话。"),
    ("三问三帮", "指问需求、问困难、问意见，帮就业、帮维权、帮成长。"),
)
SENTENCES: tuple[Callable[[Random], str], ...] = (
    lambda r: f"会同{r.choice(BODIES)}办起“{r.choice(NAMES)}”{count(r)}期，培训职工{large(r)}人次，合格率达到{percent(r)}。",
    lambda r: f"投入{money(r)}建成{r.choice(KINDS)}{count(r)}个，其中24小时开放的{count(r)}个，日均服务{large(r)}人次。",
    lambda r: f"推行“1+{r.randint(2, 9)}”工作法（即{count(r)}张清单、1本台账），把“{r.choice(AIMS)}”的要求落到班组。",
    lambda r: f"自{month(r)}起，{r.choice(TOWNS)}的职工可以在“{r.choice(NAMES)}”APP上报名，3—5个工作日内办结。",
    lambda r: f"依托5G网络和AI客服，开通12351热线{r.choice(TOWNS)}专席，接听来电{large(r)}个，办结率{percent(r)}。",
    lambda r: f"《{r.choice(TOWNS)}集体合同管理办法（试行）》于{month(r)}{r.randint(1, 28)}日施行，"
              f"覆盖企业{count(r)}家、职工{tens(r)}万人。",
    lambda r: f"有职工说：“{r.choice(QUOTES)}。”",
    lambda r: f"理发、缝补、义诊、家电维修……服务项目由{count(r)}项增加到{count(r)}项，职工满意度连续三年保持在{percent(r)}以上。",
    lambda r: f"一个目标——让职工少跑路、好办事，贯穿“{r.choice(NAMES)}”的始终。",
    lambda r: f"{r.choice(TOWNS)}、{r.choice(TOWNS)}等地推广ISO45001职业健康安全管理体系，配备AED、PM2.5监测仪等设备"
              f"{count(r)}台（套），室温常年控制在26℃以下。",
    lambda r: f"与{month(r)}相比，参赛班组从{count(r)}个增加到{large(r)}个，提出合理化建议{large(r)}条，"
              f"节约成本{money(r)}，同比增长{percent(r)}。",
    lambda r: f"筹集帮扶资金{money(r)}，走访慰问困难职工{large(r)}户次，发放助学金{money(r)}，帮助{count(r)}名职工子女圆了大学梦。",
    lambda r: f"全县规模以上企业GDP占比达{percent(r)}，产业工人中高级工以上占{percent(r)}，人均拥有Wi-Fi覆盖面积{tens(r)}平方米。",
    lambda r: f"职工之家、{r.choice(KINDS)}、“{r.choice(NAMES)}”三类阵地面积合计{r.randint(1, 9)},{r.randint(100, 999)}平方米，"
              f"做到有人管、有钱办、有事干。",
    lambda r: f"工资集体协商坚持“谈得拢、签得实、管得住”；县、乡、企业三级联动；劳资双方按1∶{r.randint(1, 3)}的比例推选代表，"
              f"签订合同{large(r)}份。",
)  # fmt: skip
POINT_SENTENCES: tuple[Callable[[Random], str], ...] = (
    lambda r: f"把{r.choice(AIMS)}摆在首位，",
    lambda r: f"{r.choice(POINTS)}。",
    lambda r: f"健全制度，出台《职工{r.choice(KINDS)}建设标准》，",
)


def count(r: Random) -> str:
    """A small number."""
    return str(r.randint(2, 380))


def large(r: Random) -> str:
    """A large number, in one of the ways that they are written."""
    return r.choice((str(r.randint(1000, 98765)), f"{tens(r)}万", f"{r.randint(1, 9)}万多", f"近{r.randint(2, 90)}00"))


def tens(r: Random) -> str:
    """A number with a decimal."""
    return f"{r.randint(1, 60)}.{r.randint(1, 99)}"


def money(r: Random) -> str:
    """An amount of money."""
    return f"{tens(r)}{r.choice(('万元', '亿元', '余万元'))}"


def percent(r: Random) -> str:
    """A percentage."""
    return f"{r.randint(50, 99)}.{r.randint(1, 9)}%" if r.random() < 0.8 else f"{r.randint(50, 100)}％"


def month(r: Random) -> str:
    """A month of a year."""
    return f"{r.randint(2018, 2023)}年{r.randint(1, 12)}月"


def paragraph(r: Random, start: str = "", most: int = 10) -> str:
    """Sentences on end, after ``start``."""
    return start + "".join(r.choice(SENTENCES)(r) for _ in range(r.randint(1, most)))


def table(r: Random) -> Block:
    """A table of figures by place."""
    rows = [("乡镇（街道）", "培训人次", "投入（万元）", "牵头单位")]
    rows += [(r.choice(TOWNS), str(r.randint(100, 9999)), tens(r), r.choice(BODIES)) for _ in range(r.randint(2, 5))]
    return Block("table", rows=tuple(rows))


def _texts(r: Random, plan: bool, tables: bool) -> list[Block]:
    """What stands below a heading: paragraphs, points (一是 …), a table after the line that announces it."""
    shape = r.random()
    if shape < 0.3:
        mark = "要" if plan else "是"
        return [
            Block("prose", paragraph(r, f"{NUMERALS[n]}{mark}{r.choice(POINT_SENTENCES)(r)}", 6))
            for n in range(r.randint(2, 4))
        ]
    found = [Block("prose", paragraph(r)) for _ in range(r.randint(1, 2))]
    if tables and shape > 0.85:
        found += [Block("prose", paragraph(r, most=2) + "各地开展情况如下："), table(r)]
    return found


def _sections(r: Random, heads: list[str], plan: bool, depth: int, tables: bool) -> list[Block]:
    """The sections below a chapter, ``depth`` levels of them."""
    found: list[Block] = []
    for n in range(1, r.randint(2, 4) + 1):
        head = heads.pop(r.randrange(len(heads))) if heads else r.choice(POINTS)
        found.append(Block("heading", head, 2, LABELS[1](n)))
        if depth < 3:
            found += _texts(r, plan, tables)
            continue
        for m, words in enumerate(r.sample(POINTS, r.randint(2, 3)), 1):
            if r.random() < 0.5:
                found.append(Block("heading", words, 3, LABELS[2](m)))
                found += _texts(r, plan, tables)
            else:  # the heading is the first sentence of its paragraph
                found.append(Block("prose", paragraph(r, words + "。"), 3, LABELS[2](m)))
    return found


def brief(r: Random) -> Report:
    """A report of about two pages."""
    blocks = [Block("title", f"云溪县总工会{r.randint(2019, 2023)}年工作总结"), Block("prose", paragraph(r, most=2))]
    for n, words in enumerate((r.choice(DONE), r.choice(PLAN)), 1):
        blocks.append(Block("heading", words, 1, LABELS[0](n)))
        for m, head in enumerate(r.sample(HEADS[:7], 2), 1):
            blocks += [Block("heading", head, 2, LABELS[1](m)), Block("prose", paragraph(r, most=2))]
    return Report(tuple(blocks))


def report(r: Random, tables: bool = True, place: str = "云溪县") -> Report:
    """One report with a head, two or three chapters, perhaps a signature and a glossary."""
    year, speech = r.randint(2019, 2023), r.random() < 0.5
    title = r.choice(
        (
            f"{place}总工会{year}年工作总结",
            f"在{place}工会第{r.choice(NUMERALS[4:9])}次代表大会上的报告",
            f"{place}工会五年工作综述",
        )
    )
    blocks = [Block("title", title)]
    if r.random() < 0.4:
        blocks.append(Block("subtitle", f"——{r.choice(('聚力建新功', '同心启新程', '为建设幸福云溪贡献工会力量'))}"))
    if r.random() < 0.4:
        blocks.append(Block("date", f"（{year}年{r.randint(1, 12)}月{r.randint(1, 28)}日）"))
    if speech:
        blocks.append(Block("salutation", r.choice(("各位代表，同志们：", "同志们："))))
    blocks.append(Block("prose", paragraph(r, f"{year}年，{place}各级工会紧扣中心任务，各项工作有了新气象。", 4)))
    depth = r.choice((1, 2, 2, 3))
    heads = list(HEADS)
    for n, words in enumerate((r.choice(DONE), r.choice(PLAN)), 1):
        plan = n == 2
        blocks.append(Block("heading", words, 1, LABELS[0](n)))
        if depth == 1 or r.random() < 0.3:
            blocks += _texts(r, plan, tables)
        if depth > 1:
            blocks += _sections(r, heads, plan, depth, tables)
    if speech:
        blocks.append(Block("prose", "同志们！让我们踔厉奋发、勇毅前行，为谱写云溪工会工作新篇章而努力奋斗！"))
    if r.random() < 0.5:
        blocks.append(Block("heading", r.choice(("名词解释", "有关名词说明", "名词注释")), 1))
        numbered = r.random() < 0.5
        for n, (term, words) in enumerate(r.sample(TERMS, r.randint(2, 5)), 1):
            text = f"“{term}”：" + words.format(n=r.randint(2, 60), year=year)
            blocks.append(Block("prose", text, 0, LABELS[2](n) if numbered else ""))
    elif not speech:
        blocks += [Block("sign", f"{place}总工会"), Block("sign", f"{year}年12月{r.randint(1, 28)}日")]
    return Report(tuple(blocks))
