"""Characters looked up at once are those looked up one by one."""

from hypothesis import given
from hypothesis import strategies as st

from corpus.characters import Values, joined, points

TEXTS = st.text(st.characters())  # with surrogates and what lies beyond the basic plane


@given(st.lists(TEXTS, max_size=3))
def test_values_are_those_of_the_characters(texts: list[str]) -> None:
    asked: list[str] = []
    values = Values(lambda char: asked.append(char) or ord(char) % 7)  # type: ignore[func-returns-value]
    for text in texts:
        assert values(points(text)).tolist() == [ord(char) % 7 for char in text]
    assert len(asked) == len(set("".join(texts)))


@given(TEXTS)
def test_points_lead_back_to_the_text(text: str) -> None:
    assert joined(points(text)) == text
