from hypothesis import given
from hypothesis import strategies as st

from graph.counting import Occurrences

WORD = st.text("甲乙甲", max_size=4)


@given(st.lists(WORD), st.lists(st.text("甲乙，", max_size=30)))
def test_every_name_is_counted_as_the_text_would_count_it(names: list[str], texts: list[str]) -> None:
    seen = Occurrences(names)
    for text in texts:
        seen.see(text)
    assert seen.counts == {name: sum(text.count(name) for text in texts) for name in names if name}
