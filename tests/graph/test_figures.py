"""Figures in invented sentences: value, unit, qualifier, range; and numbers that are none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.figures import find_figures

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
        ("每年不少于60场", (60, None, "场", "不少于")),
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
    ],
)
def test_no_figure(text: str) -> None:
    assert find_figures(text) == []


def test_a_change_is_two_figures() -> None:
    assert [(f.value, f.value_max) for f in find_figures("病种由12项到18项")] == [(12, None), (18, None)]


def test_figures_side_by_side() -> None:
    text = "覆盖率分别达到91%和93.5%，赔付271人次46.2万元"
    assert [(f.value, f.unit) for f in find_figures(text)] == [(91, "%"), (93.5, "%"), (271, "人次"), (46.2, "万元")]


@given(
    st.text(alphabet="0123456789.,，。一二三十百千万亿余多近第年月名家个%％“”《》—~至到*（）()元人次件", max_size=60)
)
def test_any_text_gives_spans_in_order(text: str) -> None:
    position = 0
    for figure in find_figures(text):
        assert position <= figure.start < figure.end <= len(text)
        assert figure.value_max is None or figure.value < figure.value_max
        assert figure.unit
        position = figure.end
