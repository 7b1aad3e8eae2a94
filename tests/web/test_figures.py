import pytest

from search.answers import Evidence
from web.figures import topical_figures

LISTED = "新建驿站257家、书屋7家，更新驿站7家。"
SENTENCE = "走访职工4200户，建成驿站36个，其中码头驿站9个；投入80万元。"


@pytest.mark.parametrize(
    ("words", "figures"),
    [(("驿站",), ["36个"]), (("建成驿站", "码头驿站"), ["36个", "9个"]), (("走访",), ["4200户"]), ((), [])],
)
def test_only_figures_beside_the_topic_are_shown(words: tuple[str, ...], figures: list[str]) -> None:
    marks = tuple((SENTENCE.index(word), SENTENCE.index(word) + len(word)) for word in words)
    evidence = Evidence(SENTENCE, ("4200户", "36个", "9个", "80万元"), "d", "", "p", 0, len(SENTENCE), marks)
    assert topical_figures([evidence]) == figures


def test_other_items_and_tails_of_longer_figures_do_not_count() -> None:
    evidence = Evidence(LISTED, ("257家", "7家"), "d", "", "p", 0, len(LISTED), ((2, 4),))
    assert topical_figures([evidence]) == ["257家"]
