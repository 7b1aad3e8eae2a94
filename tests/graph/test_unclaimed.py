"""What is no deed: shortcomings, questions, personal speech; invented sentences."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph import unclaimed as rules
from graph.unclaimed import denied, leaves_problem, opens_problem, personal_speech, says_problem, unclaimed


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("工作中存在的短板", True),
        ("差距和不足", True),
        ("存在的主要问题", True),
        ("解决短板问题的措施", False),
        ("时刻把困难职工放在心上", False),
        ("做好停工工作,帮助困难船工", False),
        ("着力补短板、强弱项", False),
        ("主要成绩和存在的问题", False),
        ("建好夜班食堂", False),
    ],
)
def test_a_heading_over_shortcomings(title: str, expected: bool) -> None:
    assert says_problem(title) == expected


def words(sentence: str, spans: list[tuple[int, int]]) -> str:
    return "".join(c for i, c in enumerate(sentence) if any(a <= i < b for a, b in spans))


@pytest.mark.parametrize(
    ("sentence", "lacking"),
    [
        ("为船工办夜校不够主动。", "为船工办夜校不够主动。"),
        ("夜校办得还不够；凉棚建了九座。", "夜校办得还不够；"),
        ("为船工搭凉棚，思路上有差距。", "为船工搭凉棚，思路上有差距。"),
        ("送雨衣的及时性有待提高。", "送雨衣的及时性有待提高。"),
        ("夜校推进相对滞后。", "夜校推进相对滞后。"),
        ("两个镇尚未办起夜校。", "两个镇尚未办起夜校。"),
        ("有的码头还没有凉棚。", "有的码头还没有凉棚。"),
        ("建成凉棚九座，但覆盖面不广。", "但覆盖面不广。"),
        ("建成凉棚九座，船工知晓度还有差距。", "船工知晓度还有差距。"),
        ("夜校教员力量薄弱，九个镇增开了夜校。", "夜校教员力量薄弱，"),
        ("夜校制度不完善。", "夜校制度不完善。"),
        ("船工看病的问题还很突出。", "船工看病的问题还很突出。"),
        ("针对凉棚不够的问题，添置凉棚九座。", ""),
        ("补齐凉棚短板。", ""),
        ("至今未发生一起沉船事故。", ""),
        ("全市船工没有一户返贫。", ""),
        ("船工夜校从不间断。", ""),
        ("怎样给船工办夜校？", ""),
    ],
)
def test_what_is_lacking(sentence: str, lacking: str) -> None:
    assert words(sentence, denied(sentence)) == lacking


@pytest.mark.parametrize(
    ("sentence", "silent"),
    [
        ("怎样给船工办夜校？", "怎样给船工办夜校？"),
        ("一名船长高兴地说。", "一名船长高兴地说。"),
        ("县总工会负责人表示，建成凉棚九座。", ""),
        ("为船工办夜校不够主动。", ""),
    ],
)
def test_what_claims_nothing(sentence: str, silent: str) -> None:
    assert words(sentence, unclaimed(sentence)) == silent


@pytest.mark.parametrize(
    ("text", "quotation"),
    [
        ("“我在夜校学会了识图。心里亮堂。”船工老石说。", "“我在夜校学会了识图。心里亮堂。”"),
        ("“感谢夜校！”", "“感谢夜校！”"),
        ("领导指出：“要办好夜校。”", "“要办好夜校。”"),
        ("“我们建成凉棚九座。”主席说。", ""),
        ("开展“我给船工送雨衣”活动。", ""),
    ],
)
def test_personal_speech(text: str, quotation: str) -> None:
    assert "".join(text[a:b] for a, b in personal_speech(text)) == quotation


def test_a_paragraph_turns_to_shortcomings_and_back() -> None:
    assert opens_problem("同时，我们清醒地看到，船工工作还存在一些不足。")
    assert not opens_problem("帮助船工解决困难，看到笑脸。")
    assert leaves_problem("对此，我们将添置凉棚。")
    assert leaves_problem("我们必须添置凉棚。")
    assert not leaves_problem("一是凉棚太少。")
    assert opens_problem("凉棚不足的矛盾仍然突出。")


@pytest.mark.parametrize(
    ("cue", "pattern"), [(rules._MAY_LACK, rules._LACKING), (rules._MAY_OPEN, rules._OPENS_PROBLEM)]
)
@given(data=st.data())
def test_a_cue_stands_in_all_that_its_pattern_finds(
    cue: re.Pattern[str], pattern: re.Pattern[str], data: st.DataObject
) -> None:
    found = data.draw(st.from_regex(pattern))
    assert cue.search(found)


@given(st.text("“‘”a说：。\n指出", max_size=12))
def test_what_introduces_speech_is_found_from_its_quotation_mark(text: str) -> None:
    for at, char in enumerate(text):
        if char == "“":
            assert rules._introduced(text, at) == bool(rules._FRAME.search(text[:at] + "“"))
