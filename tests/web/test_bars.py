import pytest

from corpus.model import ClaimStatus
from search.answers import Cell, Column, Coverage, PlaceAnswer, PlacesAnswer
from web.bars import MOST, Chart, chart


def answer(*rows: tuple[float | None, ...], status: ClaimStatus = "done") -> PlacesAnswer:
    """Places with one figure for each column, None for no figure."""
    places = tuple(
        PlaceAnswer(
            f"地{number}", f"{number:06}", "city", "", status, 1.0, (),
            cells=tuple((Cell(f"{value}元", value, "d", 0, 1),) if value is not None else () for value in row),
        )
        for number, row in enumerate(rows)
    )  # fmt: skip
    columns = tuple(Column(f"栏{number}", "元") for number in range(len(rows[0]) if rows else 0))
    return PlacesAnswer("", (), "", places, Coverage(0, 0, ""), columns)


def drawn(answer: PlacesAnswer) -> Chart:
    found = chart(answer)
    assert found is not None
    return found


def test_bars_are_sorted_and_as_long_as_their_figures() -> None:
    found = drawn(answer((50.0,), (100.0,), (None,), (25.0,)))
    assert [(bar.place, bar.length) for bar in found.bars] == [("地1", 100.0), ("地0", 50.0), ("地3", 25.0)]
    assert found.bars[0].cell.text == "100.0元"
    assert not found.logarithmic and not found.left_out


def test_the_first_column_that_enough_places_have_is_drawn() -> None:
    found = drawn(answer((1.0, 1.0), (2.0, 2.0), (None, 3.0)))
    assert found.column.heading == "栏1"


@pytest.mark.parametrize("rows", [[], [(1.0,), (2.0,)], [(1.0,), (2.0,), (0.0,)], [(None,)] * 5])
def test_too_few_figures_make_no_chart(rows: list[tuple[float | None, ...]]) -> None:
    assert chart(answer(*rows)) is None


@pytest.mark.parametrize(("least", "logarithmic"), [(100.0, False), (99.0, True)])
def test_a_wide_spread_is_drawn_by_ratios(least: float, logarithmic: bool) -> None:
    found = drawn(answer((100_000.0,), (3_200.0,), (least,)))
    assert found.logarithmic == logarithmic
    lengths = [bar.length for bar in found.bars]
    assert lengths == sorted(lengths, reverse=True)
    assert lengths[0] == 100.0
    assert (lengths[1] > 50) == logarithmic
    assert lengths[-1] > 0


def test_the_rest_is_counted() -> None:
    found = drawn(answer(*((float(value),) for value in range(1, MOST + 6))))
    assert len(found.bars) == MOST
    assert found.left_out == 5
    assert found.bars[-1].cell.value == 6.0


def test_equal_figures_have_equal_bars() -> None:
    assert [bar.length for bar in drawn(answer((7.0,), (7.0,), (7.0,))).bars] == [100.0] * 3


def test_what_is_planned_is_marked() -> None:
    assert all(bar.planned for bar in drawn(answer((1.0,), (2.0,), (3.0,), status="planned")).bars)
