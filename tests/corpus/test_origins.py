from hypothesis import given
from hypothesis import strategies as st

from corpus.origins import Pages, Places, paging, runs


def test_a_run_ends_where_something_was_taken_out() -> None:
    places = Places(runs([4, 5, 6, 9, 10, 10, 13]))
    assert [places.place(at) for at in range(7)] == [4, 5, 6, 9, 10, 10, 13]
    assert [places.span(0, 3), places.span(2, 4), places.span(6, 7)] == [(4, 7), (6, 10), (13, 14)]


@given(st.lists(st.integers(0, 4), min_size=1).map(lambda steps: [sum(steps[: i + 1]) for i in range(len(steps))]))
def test_every_character_keeps_its_place(source: list[int]) -> None:
    places = Places(runs(source))
    assert [places.place(at) for at in range(len(source))] == source


def test_a_place_is_on_the_page_that_began_last_before_it() -> None:
    pages = Pages(paging([(0, 1), (40, 2), (90, 4), (120, 0)]))
    assert [pages.page(at) for at in (0, 39, 40, 89, 119, 120, 500)] == [1, 1, 2, 2, 4, 0, 0]


def test_a_file_without_pages_has_none() -> None:
    assert Pages(b"").page(3) == 0
    assert Pages(paging([(5, 3)])).page(4) == 0
