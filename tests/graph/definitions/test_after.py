import pytest

from graph.definitions.after import extract
from graph.namings import namings, sentences_of


def explained(text: str, core: str) -> list[tuple[str, tuple[str, ...]]]:
    return [
        (text[found.start : found.end], found.components)
        for sentence in sentences_of(text)
        for naming in namings(sentence)
        if naming.core == core and (found := extract(naming, sentence))
    ]


@pytest.mark.parametrize(
    ("text", "core", "components"),
    [
        ("推行“三问”工作法，即问需求、问困难、问意见。", "三问", ("问需求", "问困难", "问意见")),
        ("推行“三问”工作法。即问需求、问困难、问意见。", "三问", ("问需求", "问困难", "问意见")),
        ("“两减”措施包括减场租、减年费。", "两减", ("减场租", "减年费")),
        (
            "打造“三送一评”品牌，送书籍、送戏曲、送培训、评优秀，惠及一线。",
            "三送一评",
            ("送书籍", "送戏曲", "送培训", "评优秀"),
        ),
    ],
)
def test_list_after(text: str, core: str, components: tuple[str, ...]) -> None:
    assert explained(text, core) == [(text, components)]


def test_list_in_the_paragraph_below_a_heading() -> None:
    text = "一、突出“三大优化”，打造暖心阵地\n全县将通过优化布局、优化设施、优化服务，让职工满意。"
    assert explained(text, "三大优化") == [(text.split("\n")[1], ("优化布局", "优化设施", "优化服务"))]


@pytest.mark.parametrize(
    ("text", "core"),
    [
        ("开展“三送”活动，走访企业，慰问职工，发放物资。", "三送"),
        ("落实“三问”工作法。会议强调，问需求、问困难、问意见都要到位。", "三问"),
        ("实施“暖蜂”行动，包括骑手在内的劳动者受益。", "暖蜂"),
    ],
)
def test_no_list_after(text: str, core: str) -> None:
    assert explained(text, core) == []
