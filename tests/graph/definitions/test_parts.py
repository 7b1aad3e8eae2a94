import pytest

from graph.definitions.parts import carried_out_by, echoed, headline_parts, own_parts


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("小改进、小窍门、小建议", ("小改进", "小窍门", "小建议")),
        ("医院+工会", ("医院", "工会")),
        ("医院+工会+N", ()),
        ("渔歌", ()),
    ],
)
def test_parts_that_a_name_spells_out(name: str, parts: tuple[str, ...]) -> None:
    assert own_parts(name) == parts


@pytest.mark.parametrize(
    ("rest", "parts"),
    [
        ("，开展义诊、义剪、义演等便民活动，走进渔港。", ("义诊", "义剪", "义演")),
        ("工作室，为船员家属提供心理疏导、法律咨询和子女托管等服务。", ("心理疏导", "法律咨询", "子女托管")),
        ("，包括健康体检、心理关爱、海岛疗养三项内容。", ("健康体检", "心理关爱", "海岛疗养")),
        ("，把报名、学习、考试等环节搬到网上。", ("报名", "学习", "考试")),
        ("建设，提供“饿了能热饭、累了能歇脚、病了能问药”的去处。", ("饿了能热饭", "累了能歇脚", "病了能问药")),
        ("，聚焦重点港口，开展安全巡查、隐患整改、应急演练。", ("安全巡查", "隐患整改", "应急演练")),
    ],
)
def test_what_a_name_is_carried_out_by(rest: str, parts: tuple[str, ...]) -> None:
    assert carried_out_by(rest) == parts


@pytest.mark.parametrize(
    "rest",
    [
        "，组织船员、骑手、保安积极参与。",
        "，围绕船舶、渔业、物流开展竞赛。",
        "，开展义诊12场、义剪8场、义演3场。",
        "，实施“银桥”计划，提供心理疏导、法律咨询、子女托管。",
        "，提供精准化、便捷化、普惠化服务。",
        "，开展成果评选、展示、交流活动。",
        "，抓好协商、公开、评议等制度的落实。",
        "，开展义诊、义剪活动。",
        "，深受欢迎。另开展义诊、义剪、义演。",
    ],
)
def test_lists_that_are_no_parts(rest: str) -> None:
    assert carried_out_by(rest) == ()


def test_items_that_echo_the_name() -> None:
    assert echoed("行动，带动广大船员买港货、用港货、荐港货，效果好。", "港工帮港货") == ("买港货", "用港货", "荐港货")
    assert echoed("行动，带动广大船员买渔具、用渔具、荐渔具。", "港工帮港货") == ()


def test_what_the_sentence_after_a_numbered_point_does() -> None:
    after = "开展拜师学艺活动，推进技能培训，加强港口、码头书屋建设，船员本领增强。"
    assert headline_parts("二是深入实施", after) == ("拜师学艺活动", "技能培训", "港口、码头书屋建设")
    assert headline_parts("今年以来，全县深入实施", after) == ()
    assert headline_parts("二是深入实施", "开展拜师学艺活动，船员本领增强。") == ()
