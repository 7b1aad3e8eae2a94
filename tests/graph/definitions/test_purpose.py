import pytest

from graph.definitions import purpose
from graph.namings import namings, sentences_of


def described(family: str, text: str, core: str) -> list[str]:
    return [
        text[found.start : found.end]
        for sentence in sentences_of(text)
        for naming in namings(sentence)
        if naming.core == core and (found := getattr(purpose, family)(naming, sentence))
    ]


@pytest.mark.parametrize(
    ("family", "text", "core"),
    [
        ("purpose", "创建“渔歌”工作室，为船员家属提供心理疏导。", "渔歌"),
        ("purpose", "成立巡访工作小组。由县总工会主席任组长，每月走访一次。", "巡访工作小组"),
        ("category", "形成“晨读”“夜话”等职工文化品牌。", "晨读"),
        ("role", "坚持把积分制作为激励手段。", "积分制"),
        ("role", "以“银桥”品牌为抓手，选派退休技师下车间。", "银桥"),
        ("purpose", "推进渔港驿站建设，为船员提供热水和药箱。", "渔港驿站"),
        ("category", "构建“医院+工会”关爱网。", "医院+工会"),
        ("deed", "按照“一船一策、一港一品”思路，指导各港口建家。", "一船一策、一港一品"),
        ("figure", "开展“清泉”活动36场，覆盖职工2万人次。", "清泉"),
        ("deed", "深化“银桥”品牌建设，选派退休技师下车间。", "银桥"),
    ],
)
def test_sentences_that_describe(family: str, text: str, core: str) -> None:
    assert described(family, text, core) == [text]


@pytest.mark.parametrize(
    ("family", "text", "core"),
    [
        ("purpose", "落实“渔歌”计划，为船员家属提供心理疏导。", "渔歌"),
        ("purpose", "创建“渔歌”工作室。", "渔歌"),
        ("category", "荣获“渔歌”奖。", "渔歌"),
        ("figure", "大家谈起“清泉”，都说办得好。", "清泉"),
        ("deed", "他把“银桥”写进诗里，念给大家听。", "银桥"),
    ],
)
def test_sentences_that_do_not(family: str, text: str, core: str) -> None:
    assert described(family, text, core) == []


def test_in_a_row_of_undertakings_the_next_says_nothing_of_a_bare_name() -> None:
    row = "办好渔家书屋，建设海岛志愿服务队，举办灯塔讲堂。"
    assert described("purpose", row, "海岛志愿服务队") == []
    assert described("purpose", "建设海岛志愿服务队，举办灯塔讲堂。", "海岛志愿服务队") != []
