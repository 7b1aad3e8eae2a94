from hypothesis import given
from hypothesis import strategies as st

from corpus.origins import Places, runs


def test_a_run_ends_where_something_was_taken_out() -> None:
    places = Places(runs([4, 5, 6, 9, 10, 10, 13]))
    assert [places.place(at) for at in range(7)] == [4, 5, 6, 9, 10, 10, 13]
    assert [places.span(0, 3), places.span(2, 4), places.span(6, 7)] == [(4, 7), (6, 10), (13, 14)]


@given(st.lists(st.integers(0, 4), min_size=1).map(lambda steps: [sum(steps[: i + 1]) for i in range(len(steps))]))
def test_every_character_keeps_its_place(source: list[int]) -> None:
    places = Places(runs(source))
    assert [places.place(at) for at in range(len(source))] == source
