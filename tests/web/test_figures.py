import pytest

from search.answers import Evidence
from web.figures import topical_figures

SENTENCE = "走访职工4200户，建成驿站36个，其中码头驿站9个；投入80万元。"


@pytest.mark.parametrize(
    ("words", "figures"),
    [(("驿站",), ["36个"]), (("建成驿站", "码头驿站"), ["36个", "9个"]), (("走访",), ["4200户"]), ((), [])],
)
def test_only_figures_beside_the_topic_are_shown(words: tuple[str, ...], figures: list[str]) -> None:
    marks = tuple((SENTENCE.index(word), SENTENCE.index(word) + len(word)) for word in words)
    evidence = Evidence(SENTENCE, ("4200户", "36个", "9个", "80万元"), "d", "", "p", 0, len(SENTENCE), marks)
    assert topical_figures([evidence]) == figures
