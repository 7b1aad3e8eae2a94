import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.namings import head_phrase, namings, sentences_of


def found(text: str) -> list[tuple[str, str, str]]:
    return [(n.core, n.tail, n.form) for sentence in sentences_of(text) for n in namings(sentence)]


@pytest.mark.parametrize(
    ("text", "naming"),
    [
        ("深入开展“暖蜂”行动，效果明显。", ("暖蜂", "行动", "quoted")),
        ("“短”故事的分享，就是让船员开口。", ("短", "故事", "quoted")),
        ("加快推进渔港驿站建设，提供热水。", ("渔港驿站", "", "name")),
        ("形成“三位一体”的巡访服务格局。", ("三位一体", "巡访服务格局", "quoted")),
        ("实施拜师、结对、比武三大行动。", ("三大行动", "", "numeral")),
        ("建立了大病关爱互助基金，惠及职工。", ("大病关爱互助基金", "", "name")),
        ("打造一批集阅读、休憩、充电于一体的样板型服务站，深受欢迎。", ("样板型服务站", "", "member")),
        ("坚持把积分制作为激励手段。", ("积分制", "", "name")),
        ("所谓蓝色课堂，是指面向船员的流动课堂。", ("蓝色课堂", "", "subject")),
        ("办好工会会员创业贷款（惠创贷）业务。", ("惠创贷", "", "bracket")),
        ("组织开展渔会机关干部赴海岛联户工作。", ("渔会机关干部赴海岛联户", "", "work")),
        ("推进机关干部赴海岛联户工作方案落地。", ("海岛联户", "", "work")),
        ("五年来选树海港工匠50人、岛屿之星20名。", ("海港工匠", "", "honour")),
        ("荣获全省海岛先锋号3个。", ("海岛先锋号", "", "honour")),
        ("打造务实工会，服务船员。", ("务实工会", "", "name")),
        ("依托“渔工惠”APP渔会开展普惠活动。", ("渔工惠", "APP", "quoted")),
        ("深化“船带船”试点工作获省总工会肯定。", ("船带船", "试点", "quoted")),
    ],
)
def test_namings(text: str, naming: tuple[str, str, str]) -> None:
    assert naming in found(text)


@pytest.mark.parametrize(
    "text", ["他说：“这里真好！”", "建成“*工之屋”。", "各级工会认真学习。", "“”", "全县共有4.5万名会员。"]
)
def test_no_naming(text: str) -> None:
    assert found(text) == []


def test_spans_point_into_the_text() -> None:
    text = "开头。\n持续擦亮“暖蜂”品牌和「清风」课堂。"
    for sentence in sentences_of(text):
        for naming in namings(sentence):
            assert text[naming.core_start : naming.core_end] == naming.core
            assert text[naming.start : naming.end].strip("“”「").startswith(naming.core)


def test_figure_of_speech_is_marked_weak() -> None:
    (sentence,) = sentences_of("树立“一条心”意识。")
    assert [naming.weak for naming in namings(sentence)] == [True]


@given(st.text(alphabet="“”‘’「」『』（）。；，、打造开展五大行动渔会职工工作获海岛先锋号制度50名是的\n", max_size=80))
def test_every_naming_is_a_span_of_its_sentence(text: str) -> None:
    for sentence in sentences_of(text):
        for naming in namings(sentence):
            assert sentence.start <= naming.start <= naming.core_start < naming.core_end <= naming.end <= sentence.end
            assert text[naming.core_start : naming.core_end] == naming.core


@pytest.mark.parametrize(
    "text", ["三等奖5名。", "选树劳模工匠50人。", "推进创新工作室建设。", "打造基层工会，成效明显。"]
)
def test_neither_prizes_nor_people_nor_levels_are_named(text: str) -> None:
    assert not {form for _, _, form in found(text)} & {"honour", "work"} and "基层工会" not in {
        c for c, _, _ in found(text)
    }


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("职工服务体系，把", "职工服务体系"),
        ("活动中取得成效", "活动"),
        ("的做法", ""),
        ("蓝图日渐清晰", ""),
        ("活动日", "活动日"),
        ("他们说", ""),
    ],
)
def test_head_phrase(text: str, phrase: str) -> None:
    assert head_phrase(text) == phrase


def test_a_heading_knows_the_sentence_below_it() -> None:
    heading, body, last = sentences_of("突出“三个强化”，打造“暖心工会”\n全市将做到这些。\n结束。")
    assert heading.is_heading and heading.following == "全市将做到这些。"
    assert not body.is_heading and body.following == ""
    assert last.following == ""


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("第三条 本条例所称海上牧场，是指渔民共同经营的海域。", ["海上牧场"]),
        ("（二）渔港岸线是指可以停靠渔船的岸线；", ["渔港岸线"]),
        ("前款所称的渔港设施，是指码头和灯塔。", ["渔港设施"]),
        ("我省第三个渔业规划是一个五年的计划。", ["第三个渔业规划"]),
        ("他们全心全意为人民服务。", []),
        ("每个工会干部都愿意为职工办事。", []),
        ("这一部分指标是指导性的。", []),
        ("有一部分指标是指导性的标准。", []),
    ],
)
def test_subjects_without_number_and_without_pointing_words(text: str, names: list[str]) -> None:
    (sentence,) = sentences_of(text)
    assert [naming.core for naming in namings(sentence) if naming.form == "subject"] == names


@pytest.mark.parametrize(
    "text",
    [
        "第五条中的“渔港”修改为“海港”。",
        "对“逾期不缴会费的”会员予以提醒。",
        "审核时间不超过“十五日”。",
    ],
)
def test_quotations_that_name_nothing(text: str) -> None:
    (sentence,) = sentences_of(text)
    assert not [naming for naming in namings(sentence) if naming.form == "quoted"]


@pytest.mark.parametrize(
    "text",
    [
        "推广线上线下一体化服务模式。",
        "岛东经济技术开发区管理委员会负责湿地保护。",
        "建立这样一种工作制度。",
        "有关部门采取多种方式建立合作机制。",
        "领导小组建立健全联席工作机制。",
    ],
)
def test_verbs_inside_words_open_no_name(text: str) -> None:
    (sentence,) = sentences_of(text)
    found = [naming.core for naming in namings(sentence) if naming.form == "name"]
    assert not [name for name in found if name.startswith(("下", "区", "这", "机构", "立")) or "采取" in name]
