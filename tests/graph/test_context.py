from itertools import accumulate

import pytest
import rjieba
from hypothesis import given
from hypothesis import strategies as st

from graph.context import Context, everyday


@pytest.mark.parametrize("label", ["实干", "安康", "“平安”", "2024", "12条", "安康杯"])
def test_everyday_labels(label: str) -> None:
    assert everyday(label)


@pytest.mark.parametrize("label", ["四送", "鄂工贷", "暖蜂", "1+3"])
def test_labels_that_mean_one_thing(label: str) -> None:
    assert not everyday(label)


def span(text: str, label: str) -> tuple[int, int]:
    at = text.index(label)
    return at, at + len(label)


@pytest.mark.parametrize(
    ("text", "label", "whole"),
    [
        ("船厂及时排查隐患。", "查隐患", False),
        ("设备性能大大提升。", "大提升", False),
        ("渔民的住房难题", "住房难", False),
        ("渔港向用工单位发函", "工单", False),
        ("惠及职工会员两万人", "工会", False),
        ("奋力开创新征程", "新征程", True),
        ("把积分制作为抓手", "积分制", True),
        ("渔港总工会", "工会", True),
        ("宣传工会法", "工会", False),
        ("发放助学金", "助学", False),
        ("开展助学救助", "助学", True),
        ("冬送温暖到船头", "送温暖", True),
    ],
)
def test_a_piece_of_other_words_is_no_name(text: str, label: str, whole: bool) -> None:
    assert Context(text).whole(*span(text, label)) == whole


@pytest.mark.parametrize(
    ("text", "label", "free"),
    [
        ("发布信息512条", "12条", False),
        ("下载happy版", "app", False),
        ("下载app版", "app", True),
        ("共12条", "12条", True),
    ],
)
def test_letters_and_digits_must_not_go_on(text: str, label: str, free: bool) -> None:
    assert Context(text).free(*span(text, label)) == free


@pytest.mark.parametrize(
    ("text", "quoted"),
    [("推进“护航”", True), ("推进《护航》", True), ("“护航、守望”", True), ("“守望、护航”", True),
     ("推进护航", False), ("“护航行动”", False), ("“真护航”", False), ("护航", False)],
)  # fmt: skip
def test_what_is_set_apart(text: str, quoted: bool) -> None:
    assert Context(text).quoted(*span(text, "护航")) == quoted


@pytest.mark.parametrize(
    ("text", "label", "on"),
    [
        ("推进四送一补", "四送", True),
        ("推进“四送一补”", "一补", True),
        ("推进“四送”活动", "四送", False),
        ("常态化四送", "四送", False),
        ("推进“真四送”", "四送", False),
    ],
)
def test_a_name_that_counts_on_is_another(text: str, label: str, on: bool) -> None:
    assert Context(text).counted_on(*span(text, label)) == on


@given(st.text(st.sampled_from("海岛职工服务中心，。“”、\n\r 的a1.-%"), max_size=60), st.data())
def test_words_are_those_of_the_whole_text(text: str, data: st.DataObject) -> None:
    edges = {0, *accumulate(map(len, rjieba.cut(text, hmm=False)))}
    seen = Context(text)
    for _ in range(4):
        start = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(start, len(text)))
        assert seen.apart(start, end) == ({start, end} <= edges)
