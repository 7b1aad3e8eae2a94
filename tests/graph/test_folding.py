import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.folding import Folded, folded


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("“强三性、去四化”", "强三性去四化"),
        ("中国情•海岛美·夜", "中国情海岛美夜"),
        ("ＡＰＰ＋工会（试点）", "app+工会(试点)"),
        ("勞動競賽", "劳动竞赛"),
        ("护航。护\n航；", "护航。护\n航;"),
        ("İ㈠ﬁ", "İ㈠ﬁ"),  # what would become two characters stays
    ],
)
def test_every_way_to_write_a_name_folds_to_one(text: str, plain: str) -> None:
    assert folded(text) == plain


@given(st.text())
def test_a_text_folds_as_its_characters_do(text: str) -> None:
    assert Folded(text).text == folded(text)


@given(st.text(st.sampled_from("甲乙“”、· \n勞Ａa。"), min_size=1))
def test_every_span_of_the_folded_text_leads_back_to_the_text(text: str) -> None:
    made = Folded(text)
    for start in range(len(made.text)):
        for end in range(start + 1, len(made.text) + 1):
            first, last = made.span(start, end)
            assert folded(text[first:last]) == made.text[start:end]
            assert folded(text[first]) and folded(text[last - 1])  # nothing dropped at the ends
