import pytest

from graph.measures import comparable


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        (2.3, "亿元", ("元", 2.3e8)),
        (860, "万元", ("元", 8.6e6)),
        (1.2, "万名", ("人", 12000)),
        (40, "位", ("人", 40)),
        (3, "家", ("家", 3)),
        (5, "百分点", ("个百分点", 5)),
        (7, "千瓦", ("千瓦", 7)),
        (6, "万", ("", 60000)),
    ],
)
def test_figures_of_one_kind_count_in_one_unit(value: float, unit: str, expected: tuple[str, float]) -> None:
    assert comparable(value, unit) == expected
