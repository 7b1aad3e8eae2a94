"""Figures in invented sentences: value, unit, qualifier, range; and numbers that are none."""

import re
from decimal import Decimal
from itertools import pairwise

import cn2an
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.figures import find_figures
from graph.measures import comparable

Row = tuple[float, float | None, str, str]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("送戏进矿山460余场次", (460, None, "场次", "余")),
        ("惠及矿工26万人次", (26, None, "万人次", "")),
        ("募集3186万多元", (3186, None, "万元", "多")),
        ("总投资 4.7 亿元", (4.7, None, "亿元", "")),
        ("接听电话3万多通", (3, None, "万通", "多")),
        ("发放近700万元补贴", (700, None, "万元", "近")),
        ("建会率达87%以上", (87, None, "%", "以上")),
        ("满意率超过９６％", (96, None, "%", "超过")),
        ("会员总量突破330万", (330, None, "万", "突破")),
        ("涉及产值1.26万亿。", (1.26, None, "万亿", "")),
        ("不少于60场", (60, None, "场", "不少于")),
        ("每年不少于60场", (60, None, "场", "每年、不少于")),
        ("给每名船工发放300元", (300, None, "元", "每名")),
        ("津贴标准为300元/人", (300, None, "元", "每人")),
        ("年均培训300人", (300, None, "人", "年均")),
        ("其中技师300人", (300, None, "人", "其中")),
        ("补贴8000元至1万元", (8000, 10000, "元", "")),
        ("投资800万到1.2亿元", (800, 12000, "万元", "")),
        ("覆盖3万5千人", (3.5, None, "万人", "")),
        ("三百多万元", (300, None, "万元", "多")),
        ("近千名船工", (1000, None, "名", "近")),
        ("两百多万船工", (200, None, "万", "多")),
        ("5000余船工受益", (5000, None, "", "余")),
        ("占九成以上", (9, None, "成", "以上")),
        ("三点五亿元", (3.5, None, "亿元", "")),
        ("配备90千瓦机组", (90, None, "千瓦", "")),
        ("连续举办5届大赛", (5, None, "届", "")),
        ("投资300万美元", (300, None, "万美元", "")),
        ("行政编制（含参公）41名", (41, None, "名", "")),
        ("给予（每户2000元）慰问金", (2000, None, "元", "每户")),
        ("办理案件285件(次)", (285, None, "件(次)", "")),
        ("建成1,350家", (1350, None, "家", "")),
        ("选派2名~4名干部", (2, 4, "名", "")),
        ("安排5%到8%的经费", (5, 8, "%", "")),
        ("培育10—20个班组", (10, 20, "个", "")),
        ("用3至5年建成", (3, 5, "年", "")),
        ("三十余家工厂", (30, None, "家", "余")),
        ("近百家商铺", (100, None, "家", "近")),
        ("两千四百多名技师", (2400, None, "名", "多")),
        ("为三家企业减负", (3, None, "家", "")),
        ("百分之八十五", (85, None, "%", "")),
        ("惠及1.4万名单身青年", (1.4, None, "万名", "")),
        ("目前5家食堂开张", (5, None, "家", "")),
    ],
)
def test_figure(text: str, expected: Row) -> None:
    figures = find_figures(text)
    assert [(f.value, f.value_max, f.unit, f.qualifier) for f in figures] == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "2021年9月6日召开第7届大会",
        "2019—2023年规划",
        "构建“3721”服务体系",
        "实施“百村千企”工程",
        "打造“1+6”平台",
        "《十家企业联合公约》",
        "五位一体推进",
        "三方四家协商机制",
        "第十五次代表大会",
        "百人以上企业",
        "评为前10名",
        "拨打12388热线",
        "经过*.*万会员和*个站点",
        "十四五期间",
        "5个一批",
        "25人以下非公有制企业建会",
        "五家渠市建成驿站",
        "数百名船工",
        "放在第一位",
        "第一时间赶到",
        "第三方评估",
        "总工会第一书记",
        "十四届一次全会",
    ],
)
def test_no_figure(text: str) -> None:
    assert find_figures(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("病种由12项到18项", [("12项到18项", 12, 18, "项", "")]),
        ("标准由40万元提升至60万元", [("40万元提升至60万元", 40, 60, "万元", "")]),
        ("经费从8000万元增加到1.2亿元", [("8000万元增加到1.2亿元", 0.8, 1.2, "亿元", "")]),
        ("户数由2017年的569户减至2022年的33户", [("569户减至2022年的33户", 569, 33, "户", "")]),
        ("从15增至21项", [("15增至21项", 15, 21, "项", "")]),
        ("入会率由85%提高到95.3%，提高10.3个百分点", [
            ("85%提高到95.3%", 85, 95.3, "%", ""), ("提高10.3个百分点", None, 10.3, "个百分点", "")]),
        ("同比下降3.5%", [("下降3.5%", None, 3.5, "%", "下降")]),
        ("较上年增长近两成", [("增长近两成", None, 2, "成", "近")]),
        ("分别较上年增长58%、15%", [("增长58%", None, 58, "%", ""), ("15%", None, 15, "%", "")]),
    ],
)  # fmt: skip
def test_changes(text: str, expected: list[tuple[str, float | None, float, str, str]]) -> None:
    found = find_figures(text)
    assert [(text[f.start : f.end], f.base, f.value, f.unit, f.qualifier) for f in found] == expected
    assert all(f.kind == "change" for f in found)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("建会率达95%", "rate"),
        ("建会率提高到95%", "rate"),
        ("病种增至21项", "count"),
        ("新增会员28万人", "count"),
        ("投入3千万元", "money"),
        ("津贴标准提高60元", "change"),
        ("覆盖率上升2个百分点", "change"),
    ],
)
def test_kinds(text: str, kind: str) -> None:
    assert [f.kind for f in find_figures(text)] == [kind]


@pytest.mark.parametrize(
    ("text", "shown", "value", "qualifier"),
    [
        ("总量位居全国第三", "位居全国第三", 3, ""),
        ("考核排名全省第1位。", "排名全省第1位", 1, ""),
        ("考核连续三年第一，", "第一", 1, ""),
        ("人数居全国首位", "居全国首位", 1, ""),
        ("获得评茶项目第二名", "第二名", 2, ""),
        ("产值在全市排名第一", "在全市排名第一", 1, ""),
        ("跻身全国前十名", "跻身全国前十名", 10, "前"),
        ("个人成绩第十三名", "成绩第十三名", 13, ""),
    ],
)
def test_ranks(text: str, shown: str, value: float, qualifier: str) -> None:
    (rank,) = find_figures(text)
    assert (text[rank.start : rank.end], rank.value, rank.unit, rank.qualifier) == (shown, value, "位次", qualifier)
    assert rank.kind == "rank"


def test_figures_side_by_side() -> None:
    text = "覆盖率分别达到91%和93.5%，赔付271人次46.2万元"
    assert [(f.value, f.unit) for f in find_figures(text)] == [(91, "%"), (93.5, "%"), (271, "人次"), (46.2, "万元")]


ALPHABET = (
    "0123456789.,，。；一二三十百千万亿余多近第年月名家个户元成%％“”《》—~至到由从增减较每其中第位居（）()元人次件职工"
)


@given(st.text(alphabet=ALPHABET, max_size=60))
def test_any_text_gives_spans_in_order(text: str) -> None:
    position = 0
    for figure in find_figures(text):
        assert position <= figure.start < figure.end <= len(text)
        assert figure.value_max is None or figure.value < figure.value_max
        assert figure.unit or figure.qualifier
        assert (figure.base is None) or figure.kind == "change"
        comparable(figure.value, figure.unit)
        position = figure.end


@given(st.text(max_size=80))
def test_no_text_is_too_odd(text: str) -> None:
    find_figures(text)


UNITS = st.sampled_from(
    ["元", "万元", "亿元", "人", "万人次", "户", "家", "个", "场次", "%", "万名", "平方米", "件", "个百分点"]
)


@given(st.decimals(min_value="0.01", max_value=10**8, places=2), UNITS, st.sampled_from(["", "余", "多"]))
def test_what_is_written_is_read_back(value: Decimal, unit: str, rough: str) -> None:
    written = f"{value.normalize():f}"
    (figure,) = find_figures(f"共计{written}{rough}{unit}。")
    assert (figure.value, figure.unit, figure.qualifier) == (float(value), unit, rough)


@given(st.integers(min_value=11, max_value=99_999_999))
def test_chinese_numerals_are_read_back(value: int) -> None:
    (figure,) = find_figures(f"慰问{cn2an.an2cn(value)}人。")
    base, amount = comparable(figure.value, figure.unit)
    assert (base, amount) == ("人", value)


PIECES = [
    "其中",
    "，",
    "：",
    "。",
    "、",
    "（",
    "船工",
    "新增",
    "30人",
    "5家",
    "12%",
    "排名全省第三",
    "前五名",
    "到",
    "的",
]


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_a_part_is_what_follows_its_word_in_the_same_clause(text: str) -> None:
    part = re.compile(r"(?:^|[，。；：、,;:（(])其中[，,]?[^，。；！？,;]*$")
    for figure in find_figures(text):
        assert ("其中" in figure.qualifier.split("、")) == bool(part.search(text[: figure.start]))


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_no_figure_lies_over_a_rank(text: str) -> None:
    figures = find_figures(text)
    assert all(a.end <= b.start for a, b in pairwise(figures))
