"""Many texts at once have the terms that each has by itself."""

from hypothesis import given
from hypothesis import strategies as st

from search import bulk
from search.analyzer import fold, grams, words

TEXTS = st.lists(
    st.text(st.one_of(st.characters(codec="utf-8", exclude_characters="\0"), st.sampled_from("工會竞赛Ａa1，“_%. \n")))
)


@given(TEXTS)
def test_folded(texts: list[str]) -> None:
    assert bulk.folded(texts) == [fold(text) for text in texts]


@given(TEXTS)
def test_grams(texts: list[str]) -> None:
    found = [sorted(terms.split(" ")) for terms in bulk.grams([fold(text) for text in texts])]
    assert found == [sorted(("", *grams(text))) for text in texts]


@given(TEXTS)
def test_words(texts: list[str]) -> None:
    found = [terms.split(" ") for terms in bulk.words([fold(text) for text in texts])]
    assert [[term for term in terms if term] for terms in found] == [words(text) for text in texts]
