import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.variants import core, fold, without_bracket


@pytest.mark.parametrize(
    ("variant", "label"),
    [
        ("“五心”服务", "五心服务"),
        ("‘五心’服务", "五心服务"),
        ('"五心"服务', "五心服务"),
        ("「五心」服务", "五心服务"),
        ("建新功•创一流", "建新功创一流"),
        ("建新功·创一流", "建新功创一流"),
        ("建新功、创一流", "建新功创一流"),
        ("建新功 创一流", "建新功创一流"),
        ("法院＋工会", "法院+工会"),
        ("１＋３", "1+3"),
        ("工会ＡＰＰ", "工会app"),
        ("勞模創新工作室", "劳模创新工作室"),
        ("職工之家", "职工之家"),
        ("职工（农民工）夜校", "职工农民工夜校"),
    ],
)
def test_variants_of_a_label_fold_alike(variant: str, label: str) -> None:
    assert fold(variant) == fold(label) == label


@pytest.mark.parametrize(("one", "other"), [("1+3", "13"), ("四送", "四送一补"), ("五心", "五星")])
def test_different_labels_stay_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@given(st.text())
def test_folding_twice_changes_nothing(label: str) -> None:
    assert fold(fold(label)) == fold(label)


@pytest.mark.parametrize(
    ("folded", "bare"),
    [
        ("四联三促行动", "四联三促"),
        ("暖蜂工程", "暖蜂"),
        ("五小创新竞赛", "五小"),
        ("三方四家协调机制", "三方四家"),
        ("五大行动", "五大行动"),
        ("三级工会", "三级工会"),
        ("活动", "活动"),
    ],
)
def test_generic_tails_come_off_while_a_name_stays(folded: str, bare: str) -> None:
    assert core(folded) == bare


@pytest.mark.parametrize(
    ("label", "plain"), [("职工（农民工）夜校", "职工夜校"), ("职工夜校", "职工夜校"), ("（试行）", "（试行）")]
)
def test_bracket_comes_out_of_a_name(label: str, plain: str) -> None:
    assert without_bracket(label) == plain
