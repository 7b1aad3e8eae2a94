import pytest

from graph.namings import head_phrase, namings, quoted_spans, sentences_of


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


def test_nested_quotation_marks_give_both_spans() -> None:
    text = "“用好‘法院+工会’模式”"
    assert [text[start:end] for start, end in quoted_spans(text)] == ["用好‘法院+工会’模式", "法院+工会"]


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
