"""BM25 over bags of words."""

import pytest

from search.wordings import Wordings


@pytest.fixture
def wordings() -> Wordings:
    return Wordings([("讨要工钱", "老板不给钱"), ("给工人送水",), ("红烧茄子",)])


def test_the_bag_that_says_most_comes_first(wordings: Wordings) -> None:
    shares, _ = wordings.shares("老板拖着工钱")
    assert shares.shape == (3,)
    assert shares.argmax() == 0 and 0 < shares[0] < 1
    assert shares[2] == 0


def test_what_no_bag_says_lowers_the_share(wordings: Wordings) -> None:
    assert wordings.shares("送水")[0][1] > wordings.shares("送水泥砖瓦")[0][1] > 0


@pytest.mark.parametrize("text", ["", "。？！", "怎么"])
def test_a_text_that_says_nothing(wordings: Wordings, text: str) -> None:
    shares, everything = wordings.shares(text)
    assert everything == 0 and not shares.any()
    assert wordings.known(text, 3) == 0


def test_rare_words_say_more(wordings: Wordings) -> None:
    assert wordings.information("茄子") > wordings.information("工工") > 0
    assert wordings.information("电脑") > wordings.information("茄子")


def test_no_bigram_goes_from_one_wording_to_the_next() -> None:
    apart, together = Wordings([("讨要", "工钱")]), Wordings([("讨要工钱",)])
    assert apart.known("要工", 1) < together.known("要工", 1) == 1


def test_known_counts_the_first_bags_only(wordings: Wordings) -> None:
    assert wordings.known("送水", 2) == 1
    assert wordings.known("茄子", 2) == 0
    assert wordings.known("茄子", 3) == 1


def test_no_bags() -> None:
    shares, everything = Wordings([]).shares("送水")
    assert shares.shape == (0,) and everything > 0
