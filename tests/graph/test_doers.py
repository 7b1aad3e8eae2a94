"""Who did it: subordinate places, venues, lists, masked names; invented sentences, real place names."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph import doers as rules
from graph.doers import DoerFinder, Home

HUBEI, YICHANG, NATION = Home("420000", "湖北省"), Home("420500", "宜昌市"), Home("000000", "全国")
NOBODY, FOUNDRY = Home("", ""), Home("", "江汉铸管集团工会")


def doers(home: Home, sentence: str) -> list[str]:
    return [doer.place for run in DoerFinder(home).runs(sentence) for doer in run.doers]


@pytest.mark.parametrize(
    ("home", "sentence", "expected"),
    [
        (HUBEI, "恩施市总工会为采茶工搭建凉棚九座。", ["恩施市"]),
        (HUBEI, "襄阳市率先成立无人机飞手工会。", ["襄阳市"]),
        (HUBEI, "位于仙桃市江边路的渔工驿站全天开放。", ["仙桃市"]),
        (HUBEI, "由湖北襄阳襄州区精心建设的夜班食堂，深受欢迎。", ["襄州区"]),
        (NATION, "在浙江、福建开展船员网上建家试点。", ["浙江省", "福建省"]),
        (YICHANG, "市总工会和兴山县、长阳自治县总工会食堂获评示范单位。", ["宜昌市", "兴山县", "长阳土家族自治县"]),
        (YICHANG, "秭归、远安两县工会建成橙农夜校。", ["秭归县", "远安县"]),
        (YICHANG, "在枝江安福寺镇的果农驿站，冷水管够。", ["枝江市"]),
        (HUBEI, "荆门等5个市州建成渔工驿站。", ["荆门市"]),
        (HUBEI, "在宜昌等8个市州推开采茶保险。", ["宜昌市"]),
        (HUBEI, "今年5月宜昌市建成渔工凉棚。", ["宜昌市"]),
        (HUBEI, "投资二亿元在宜昌市建成船工医院。", ["宜昌市"]),
        (HUBEI, "在宜昌市，渔工凉棚随处可见。", ["宜昌市"]),
        (HUBEI, "作为采茶大市的宜昌市，办起采茶夜校。", ["宜昌市"]),
        (HUBEI, "襄阳市樊城区总工会联合宜昌市总工会办起渔工夜校。", ["樊城区"]),
        (HUBEI, "宜昌：渔火照夜校。", ["宜昌市"]),
        (NOBODY, "日前，宜昌市总工会建成渔工凉棚。", ["宜昌市"]),
        (Home("660000", "新疆生产建设兵团"), "位于五家渠市河滨路的站点里人来人往。", ["五家渠市"]),
    ],
)
def test_a_subordinate_place_is_the_doer(home: Home, sentence: str, expected: list[str]) -> None:
    assert doers(home, sentence) == expected


@pytest.mark.parametrize(
    ("home", "sentence"),
    [
        (HUBEI, "在襄阳市召开夜班食堂现场会。"),
        (HUBEI, "调研组赴仙桃市学习渔工驿站做法。"),
        (HUBEI, "帮助恩施籍船员讨回工钱。"),
        (YICHANG, "举办“兴山县杯”采茶赛。"),
        (YICHANG, "驻广州维权站受理案件九起。"),
        (YICHANG, "荣获湖北省先进单位称号。"),
        (YICHANG, "宜昌市总工会建成食堂十座。"),
        (YICHANG, "与上海市总工会共建渔具馆。"),
        (YICHANG, "全国劳模讲船工故事。"),
        (YICHANG, "建设宜昌工人文化宫。"),
        (HUBEI, "为宜昌市捐赠工会书屋。"),
        (HUBEI, "慰问宜昌市总工会船工。"),
        (HUBEI, "在全省推广宜昌市总工会夜校做法。"),
        (HUBEI, "受宜昌市总工会邀请开讲。"),
        (HUBEI, "选派船长赴新疆温泉县援疆。"),
        (HUBEI, "从江苏省引进渔具。"),
        (NOBODY, "在宜昌市举办采茶赛。"),
        (NOBODY, "北京市民老石来歇脚。"),
        (NOBODY, "在全国叫得响的夜校不多。"),
        (FOUNDRY, "江汉铸管集团有限公司办起夜校。"),
        (HUBEI, "全省公安机关慰问船工。"),
        (NATION, "比如用船工夜校代替讲座。"),
        (HUBEI, "在宜昌市、襄阳市试点的基础上推开。"),
        (NOBODY, "收购位于宜昌市的凉棚。"),
    ],
    ids=[
        "venue",
        "destination",
        "birthplace",
        "name",
        "station",
        "prize",
        "own",
        "partner",
        "title",
        "own short name",
        "receiver",
        "visited",
        "model",
        "inviter",
        "aided",
        "origin",
        "venue of nobody's",
        "citizen",
        "nation",
        "own unit",
        "police",
        "word",
        "ground",
        "bought",
    ],
)
def test_no_other_doer(home: Home, sentence: str) -> None:
    assert doers(home, sentence) == []


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("五年来，上海、重庆两市工会捐赠渔具，建成凉棚。", ["上海市", "重庆市"]),
        ("湖南省总工会捐赠渔具。", ["湖南省"]),
        ("岳阳市总工会捐赠渔具，市总工会建成凉棚。", ["岳阳市"]),
        ("全国工会系统捐赠渔具。", ["全国"]),
        ("省总工会补助九万元。", ["湖北省"]),
        ("省总工会向市总工会补助九万元。", ["宜昌市", "湖北省"]),
        ("截至目前，全国共有船工面馆900家。", ["全国"]),
    ],
)
def test_a_subject_outside_is_not_the_documents_place(sentence: str, expected: list[str]) -> None:
    assert doers(YICHANG, sentence) == expected


def test_the_doer_lasts_until_the_own_union_is_named() -> None:
    sentence = "兴山县总工会搭建凉棚，添置风扇，市总工会补助五万元。"
    runs = DoerFinder(YICHANG).runs(sentence)
    assert [(sentence[r.start : r.end], [d.place for d in r.doers]) for r in runs] == [
        ("兴山县总工会搭建凉棚，添置风扇，", ["兴山县"]),
        ("市总工会补助五万元。", []),
    ]


def test_items_of_a_list_end_at_semicolons() -> None:
    runs = DoerFinder(YICHANG).runs("兴山县建成食堂两座；为船工发放雨衣。")
    assert [[d.place for d in run.doers] for run in runs] == [["兴山县"], []]


def test_anaphora_carries_the_doer_over_and_a_new_paragraph_does_not() -> None:
    finder = DoerFinder(HUBEI)
    finder.runs("襄阳市成立无人机飞手工会。")
    assert [d.place for run in finder.runs("该工会成立后，开展飞手比武。") for d in run.doers] == ["襄阳市"]
    finder.runs("襄阳市成立无人机飞手工会。")
    finder.forget()
    assert [d.place for run in finder.runs("该工会成立后，开展飞手比武。") for d in run.doers] == []


def test_a_masked_name_is_nobody() -> None:
    (run,) = DoerFinder(Home("", "")).runs("*县总工会建成凉棚。")
    assert [(doer.place, doer.words) for doer in run.doers] == [("", "*县")]


def test_a_heading_names_the_doer() -> None:
    finder = DoerFinder(HUBEI)
    assert [doer.place for doer in finder.heading("襄阳市：飞手之家")] == ["襄阳市"]
    assert finder.heading("飞手之家") == ()


@pytest.mark.parametrize(
    ("home", "sentence", "expected"),
    [
        (YICHANG, "江汉铸管集团工会建起书屋。", [("江汉铸管集团", True, True)]),
        (
            HUBEI,
            "宜昌市夷陵区小溪塔街道总工会建起书屋。",
            [("夷陵区", False, True), ("宜昌市夷陵区小溪塔街道总工会", True, True)],
        ),
        (FOUNDRY, "荆州市总工会送来雨衣，该集团添置风扇。", [("荆州市", False, False)]),
        (FOUNDRY, "江汉铸管集团第三分公司工会建起书屋。", [("江汉铸管集团第三分公司", True, True)]),
    ],
)
def test_units_are_doers(home: Home, sentence: str, expected: list[tuple[str, bool, bool]]) -> None:
    runs = DoerFinder(home).runs(sentence)
    assert [(doer.place, doer.unit, doer.inside) for run in runs for doer in run.doers] == expected


def test_a_masked_place_is_one_only_as_a_subject() -> None:
    assert [run.doers[0].words for run in DoerFinder(NOBODY).runs("*县总工会建成凉棚。")] == ["*县"]
    assert [run.doers for run in DoerFinder(NOBODY).runs("受*市长委托，慰问船工。")] == [()]


@pytest.mark.parametrize(("cue", "pattern"), [(rules._MAY_BE_SELF, rules._SELF), (rules._MARK, rules._NAME)])
@given(data=st.data())
def test_a_cue_stands_in_all_that_its_pattern_finds(
    cue: re.Pattern[str], pattern: re.Pattern[str], data: st.DataObject
) -> None:
    found = data.draw(st.from_regex(pattern))
    assert cue.search(found)
