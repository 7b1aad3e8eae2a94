import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.variants import core, fold, is_tail, patterned, rests, skeleton, without_bracket


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
        ("难题会诊工程", "难题会诊"),
        ("六净服务", "六净"),
        ("医院+工会服务模式", "医院+工会"),
        ("五小创新竞赛", "五小"),
        ("三方四家协调机制", "三方四家"),
        ("五大行动", "五大行动"),
        ("三级工会", "三级工会"),
        ("活动", "活动"),
        ("医院+工会", "医院+工会"),
        # What stays is an everyday word, so the tail belongs to the name.
        ("渔工精神", "渔工精神"),
        ("六净精神", "六净精神"),
        ("渔业关系协调机制", "渔业关系协调"),
        ("渔工活动", "渔工活动"),
        ("渔工宣讲团", "渔工宣讲团"),
        ("渔工职业服务", "渔工职业服务"),
        ("渔工职业经验", "渔工职业经验"),
    ],
)
def test_generic_tails_come_off_while_a_name_stays(folded: str, bare: str) -> None:
    assert core(folded) == bare


def test_tails_come_off_one_by_one() -> None:
    assert list(rests("暖蜂服务品牌工程")) == ["暖蜂服务品牌", "暖蜂"]
    assert list(rests("暖蜂")) == list(rests("五大行动")) == []


@pytest.mark.parametrize(
    ("tail", "generic"), [("服务品牌", True), ("专项行动", True), ("共写建设", False), ("倾情关爱", False)]
)
def test_tails_say_nothing_but_the_sort(tail: str, generic: bool) -> None:
    assert is_tail(tail) is generic


@pytest.mark.parametrize(("name", "counts"), [("四送", True), ("2+2", True), ("医院+工会", True), ("暖蜂", False)])
def test_patterns(name: str, counts: bool) -> None:
    assert patterned(name) is counts


@pytest.mark.parametrize(
    ("label", "plain"), [("职工（农民工）夜校", "职工夜校"), ("职工夜校", "职工夜校"), ("（试行）", "（试行）")]
)
def test_bracket_comes_out_of_a_name(label: str, plain: str) -> None:
    assert without_bracket(label) == plain


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("渔业和安全竞赛", "渔业安全竞赛"),
        ("职工爱心托管班", "爱心托管班"),
        ("10分钟职工便民圈", "10分钟便民圈"),
        ("工会海岛帮扶驿站", "海岛帮扶驿站"),
        ("海岛劳动者服务站点", "海岛劳动者服务站"),
        ("服务职工综合体", "职工服务综合体"),
        ("夏送清凉", "送清凉"),
        ("渔业企业用工周", "渔业企业用工月"),
        ("劳模和工匠人才创新工作室", "劳模创新工作室"),
        ("渔会与工会联席会议", "渔会工会联席会议"),
    ],
)
def test_ways_to_say_one_name_share_a_skeleton(one: str, other: str) -> None:
    assert skeleton(one) == skeleton(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("职工服务中心", "服务中心"),  # nothing would be left that names anything
        ("职工之家", "之家"),
        ("工会法律援助", "法律援助"),
        ("模范职工之家", "职工之家"),
        ("和谐企业", "谐企业"),
        ("普及教育活动", "普教育活动"),
        ("医院+工会", "医院+"),
        ("安全生产月", "安全生产"),
        ("四送", "五送"),
    ],
)
def test_what_names_another_thing_keeps_its_skeleton(one: str, other: str) -> None:
    assert skeleton(one) != skeleton(other)


@given(st.text(alphabet="职工会服务送站点和与劳模匠人才创新室中心周月企业三四+春a", max_size=14))
def test_a_skeleton_has_no_skeleton_of_its_own(name: str) -> None:
    assert skeleton(skeleton(name)) == skeleton(name)


@given(st.text(max_size=60))
def test_a_core_has_no_core_of_its_own(label: str) -> None:
    assert core(core(fold(label))) == core(fold(label))
