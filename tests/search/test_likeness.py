from hypothesis import given
from hypothesis import strategies as st

from search.answers import ClaimEvidence
from search.likeness import Likeness

HUTS = "全市工会建成户外劳动者驿站12个，方便夜班司机歇脚。"
MORE = "全市工会建成户外劳动者驿站85个，多数设在公路边。"
MEALS = "食堂新添了素菜窗口，价格不变。"


def said(sentence: str) -> ClaimEvidence:
    return ClaimEvidence(sentence, (), "d", "题", "p", 0, len(sentence))


def test_the_same_words_are_most_alike() -> None:
    likeness = Likeness([HUTS, MORE, MEALS])
    assert likeness(HUTS, HUTS) == 1
    assert likeness(HUTS, MORE) > 0.2 > likeness(HUTS, MEALS)


def test_words_that_stand_everywhere_weigh_little() -> None:
    phrase = "坚持以习惯为先，"
    common = [f"{phrase}走访{name}。" for name in ("渔港", "果园", "茶山", "盐场", "码头", "林场")]
    alone = Likeness(common[:2])
    among = Likeness(common)
    assert among(common[0], common[1]) < alone(common[0], common[1])


def test_the_closest_pair_is_chosen() -> None:
    likeness = Likeness([HUTS, MORE, MEALS])
    a, b = likeness.closest([said(MEALS), said(HUTS)], [said(MORE)])
    assert (a.sentence, b.sentence) == (HUTS, MORE)


@given(st.lists(st.text(alphabet="驿站建成走访职工，。", max_size=12), min_size=1, max_size=6))
def test_likeness_is_a_share_and_symmetric(sentences: list[str]) -> None:
    likeness = Likeness(sentences)
    for a in sentences:
        for b in sentences:
            assert 0 <= likeness(a, b) <= 1 + 1e-9
            assert abs(likeness(a, b) - likeness(b, a)) < 1e-9
