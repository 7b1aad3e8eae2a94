import pytest

from graph.definitions.parentheses import abbreviates, extract
from graph.namings import namings, sentences_of


def found(text: str, core: str) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    return [
        (explanation.components, explanation.aliases)
        for sentence in sentences_of(text)
        for naming in namings(sentence)
        if naming.core == core and (explanation := extract(naming, sentence))
    ]


def test_parts_in_a_bracket() -> None:
    text = "深化“三送”（送书籍、送戏曲、送培训）活动。"
    assert found(text, "三送") == [(("送书籍", "送戏曲", "送培训"), ())]


def test_full_name_before_a_bracket() -> None:
    assert found("办好工会会员创业担保贷款（会创贷）业务。", "会创贷") == [((), ("工会会员创业担保贷款",))]
    assert found("临江港务集团有限公司（以下简称“港务集团”）推进建会。", "港务集团")[0][1] == ("临江港务集团有限公司",)


@pytest.mark.parametrize(
    ("text", "core"),
    [
        ("建设劳动模范（工匠）主题公园。", "工匠"),
        ("深化“三送”（覆盖全县）活动。", "三送"),
        ("推广计件工资制度（薪酬激励）做法。", "薪酬激励"),
    ],
)
def test_other_brackets(text: str, core: str) -> None:
    assert found(text, core) == []


@pytest.mark.parametrize(
    ("short", "full", "yes"),
    [("会创贷", "工会会员创业贷款", True), ("工匠", "劳模工匠", False), ("先进个人", "劳动模范", False)],
)
def test_an_abbreviation_takes_its_characters_from_the_name(short: str, full: str, yes: bool) -> None:
    assert abbreviates(short, full) is yes
