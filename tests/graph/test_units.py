"""Which units are the subject of a clause, and which names are none; invented units."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.places import gazetteer
from graph import units as rules
from graph.units import core, subject_units


def units(clause: str, home: str = "") -> list[str]:
    return [unit.name for unit in subject_units(clause, gazetteer(), home)]


@pytest.mark.parametrize(
    ("clause", "name", "level"),
    [
        ("江汉铸管集团工会以“采茶赛”为抓手，", "江汉铸管集团", "enterprise"),
        ("中建九局工会建成凉棚九座。", "中建九局", "enterprise"),
        ("其中，江汉铸管公司工会投入九万元。", "", ""),
        ("其中江汉铸管公司工会投入九万元。", "江汉铸管公司", "enterprise"),
        ("2023年6月江汉铸管有限公司捐款九万元。", "江汉铸管有限公司", "enterprise"),
        ("由江汉铸管集团打造的渔工书屋，", "江汉铸管集团", "enterprise"),
        ("秭归县第九人民医院工会开展义诊，", "秭归县第九人民医院", "department"),
        ("江汉渔业大学工会，", "江汉渔业大学", "department"),
        ("宜昌市教育工会表彰教师九名。", "宜昌市教育工会", "department"),
        ("宜昌市道路货运行业工会联合会办起夜校。", "宜昌市道路货运行业工会联合会", "department"),
        ("中国农林水利气象工会围绕渔业开展竞赛。", "中国农林水利气象工会", "department"),
        ("远安县鸣凤镇总工会搭起凉棚。", "远安县鸣凤镇总工会", "department"),
        ("江汉铸管集团工会与市总工会联合开展义诊。", "江汉铸管集团", "enterprise"),
        ("江汉铸管集团工会被授予奖状。", "江汉铸管集团", "enterprise"),
    ],
)
def test_a_unit_as_subject(clause: str, name: str, level: str) -> None:
    found = subject_units(clause, gazetteer())
    assert [(unit.name, unit.level) for unit in found] == ([(name, level)] if name else [])
    assert all(clause[unit.start : unit.end].startswith(unit.name) for unit in found)


@pytest.mark.parametrize(
    "clause",
    [
        "授予江汉铸管集团工会奖状。",
        "联合江汉铸管集团工会开展义诊。",
        "在江汉渔业大学举办采茶赛。",
        "江汉铸管集团工会主席老石介绍。",
        "江汉铸管集团工会的书屋里，",
        "江汉铸管集团改革经验受到好评。",
        "推荐江汉铸管集团船工老石为代表。",
        "缘由江汉铸管集团而起。",
        "走访江汉铸管集团、江汉铁桥集团等企业。",
        "江汉铸管集团、江汉铁桥集团等9家单位荣获奖状。",
        "某渔业公司建成凉棚。",
    ],
    ids=[
        "honoured",
        "partner",
        "venue",
        "person",
        "owner",
        "noun",
        "object",
        "no 由",
        "visited",
        "list of honoured",
        "any",
    ],
)
def test_no_subject(clause: str) -> None:
    assert units(clause) == []


@pytest.mark.parametrize(
    "clause",
    [
        "宜昌市总工会建成凉棚。", "宜昌市工会建成凉棚。", "中国工会召开大会。", "宜昌工会数字化建设提速。", "市教育工会表彰教师。",
        "省农林水利气象工会办起夜校。", "物业公司建成凉棚。", "智慧工会让船工受益。", "企业工会建起书屋。", "各公司建起书屋。",
        "基层工会建起书屋。",
        "所属第九公司建起书屋。", "九家企业工会建起书屋。", "全市乡镇（街道）工会达到九个。", "深入开展大学习活动。", "充分发挥工会作用。",
        "积极争取工会资金。", "宜昌市首批工匠学院揭牌。", "宜昌高新区总工会建成凉棚。", "项目工会建成凉棚。", "新就业形态工会建成凉棚。",
    ],
)  # fmt: skip
def test_no_name_of_a_unit(clause: str) -> None:
    assert units(clause) == []


def test_a_list_of_units() -> None:
    assert units("江汉铸管集团、江汉铁桥公司工会等单位建起书屋。") == ["江汉铸管集团", "江汉铁桥公司"]


@pytest.mark.parametrize(
    "clause", ["江汉铸管集团工会建起书屋。", "江汉铸管集团有限公司建起书屋。", "铸管集团建起书屋。"]
)
def test_the_documents_own_unit_is_none_of_them(clause: str) -> None:
    assert units(clause, home="江汉铸管集团工会") == []


def test_a_part_of_the_documents_unit() -> None:
    assert units("江汉铸管集团第三分公司工会建起书屋。", home="江汉铸管集团工会") == ["江汉铸管集团第三分公司"]
    assert core("江汉铸管（集团）股份有限公司工会") == "江汉铸管"


@pytest.mark.parametrize(("cue", "pattern"), [(rules.HEADED, rules._HEAD)])
@given(data=st.data())
def test_a_cue_stands_in_all_that_its_pattern_finds(
    cue: re.Pattern[str], pattern: re.Pattern[str], data: st.DataObject
) -> None:
    found = data.draw(st.from_regex(pattern))
    assert cue.search(found)


@given(st.from_regex(rules._LEAD, fullmatch=True))
def test_every_lead_begins_as_leads_do(lead: str) -> None:
    assert not lead or rules._LED.match(lead)
