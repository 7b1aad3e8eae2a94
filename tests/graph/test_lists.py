import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.lists import Enumeration, after, before, cut, repeating


@pytest.mark.parametrize(
    ("text", "count", "items"),
    [
        ("大力实施学艺、比武、结对", 3, ("学艺", "比武", "结对")),
        ("不断健全完善难题共解、阵地共用、人才共育", 3, ("难题共解", "阵地共用", "人才共育")),
        ("搭建困难帮扶、咨询、培训", 3, ("困难帮扶", "咨询", "培训")),
        ("开设“早读班”“午练班”和“夜学班”的", 3, ("早读班", "午练班", "夜学班")),
        ("坚持“进门问需、上门送技、出门解难”的", 3, ("进门问需", "上门送技", "出门解难")),
        ("今年以来，织密市、县、乡、村", 4, ("市", "县", "乡", "村")),
        ("建立了县级为龙头、镇级为枢纽、村级为末梢的", 3, ("县级为龙头", "镇级为枢纽", "村级为末梢")),
        ("聚焦海洋文化传播、拜师学艺、技能比武、岗位建功", 4, ("海洋文化传播", "拜师学艺", "技能比武", "岗位建功")),
        ("坚持文化润心、拜师学艺、技能比武、岗位建功", 4, ("文化润心", "拜师学艺", "技能比武", "岗位建功")),
        ("叫响春送种苗、夏送冰块、秋送渔具、冬送棉衣", 4, ("春送种苗", "夏送冰块", "秋送渔具", "冬送棉衣")),
        ("围绕全县海水养殖、水产冷链、滨海旅游等", 3, ("海水养殖", "水产冷链", "滨海旅游")),
        ("他说：“要练好眼力、听力、脑力的", 3, ("眼力", "听力", "脑力")),
        ("聚焦经费使用和经费管理", 2, ("经费使用", "经费管理")),
        ("推动普法、调解、援助相结合的", 3, ("普法", "调解", "援助")),
    ],
)
def test_list_before_a_label(text: str, count: int, items: tuple[str, ...]) -> None:
    assert before(text, count) == Enumeration(items, True)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("坚持早谋划、早部署，扎实推进", 3),
        ("深入学习、", 3),
        ("加强学习培训，不断提高服务水平，坚定", 3),
        ("为3万名职工免费体检、为2万名女职工免费", 2),
        ("教育引导工会干部和广大职工深刻理解", 2),
        ("做好帮扶、培训、维权、宣传", 3),
        ("", 3),
    ],
)
def test_no_list_before_a_label(text: str, count: int) -> None:
    assert before(text, count) is None


def test_a_list_that_ends_in_etc_may_be_short() -> None:
    assert before("货运司机、骑手、保安等", 5) == Enumeration(("货运司机", "骑手", "保安"), False)
    assert before("货运司机、骑手、保安", 5) is None


@pytest.mark.parametrize(
    ("text", "count", "items"),
    [
        ("问需求、问困难、问意见。", 3, ("问需求", "问困难", "问意见")),
        ("一是建好阵地；二是配强队伍；三是管好经费", 3, ("建好阵地", "配强队伍", "管好经费")),
        (
            "减场租、减年费、减押金，同时为创业者推荐门店，帮助大家发展",
            4,
            ("减场租", "减年费", "减押金", "为创业者推荐门店"),
        ),
        ("“看得见、找得着、用得上”", 3, ("看得见", "找得着", "用得上")),
        ("选一批好师傅，带一批好徒弟，出一批好成果，让企业受益", 3, ()),
    ],
)
def test_list_after_a_label(text: str, count: int, items: tuple[str, ...]) -> None:
    assert after(text, count) == items


def test_items_that_repeat_a_word_of_the_label() -> None:
    def sends(item: str) -> bool:
        return item.startswith(("送", "补"))

    assert repeating("送书籍、送戏曲、补短板，深受欢迎", 3, sends) == ("送书籍", "送戏曲", "补短板")
    assert repeating("送书籍、办展览、补短板，深受欢迎", 3, sends) == ()


def test_common_verb_of_repeating_items_comes_off() -> None:
    found = repeating(
        "全市将通过优化培训平台、优化交流平台、优化展示平台，助力发展", 3, lambda item: item.endswith("平台")
    )
    assert found == ("培训平台", "交流平台", "展示平台")


@given(st.text(alphabet="甲乙丙、，“”（）", max_size=40))
def test_cutting_loses_nothing_but_separators(text: str) -> None:
    assert "、".join(cut(text, "、")) == text


@given(st.text(alphabet="甲乙丙、，和“”‘’等的。", max_size=60), st.integers(2, 6))
def test_a_complete_list_has_the_promised_size(text: str, count: int) -> None:
    found = before(text, count)
    assert found is None or len(found.items) == count or (not found.complete and len(found.items) < count)
    assert len(after(text, count)) in (0, count)
