import pytest

from graph.measures import comparable, heading


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        (2.3, "亿元", ("元", 2.3e8)),
        (860, "万元", ("元", 8.6e6)),
        (1.2, "万名", ("人", 12000)),
        (40, "位", ("人", 40)),
        (3, "家", ("个", 3)),
        (3, "座", ("个", 3)),
        (3, "户", ("户", 3)),
        (4, "千亿元", ("元", 4e11)),
        (23000, "万元", ("元", 2.3e8)),
        (5, "万美元", ("美元", 50000)),
        (3.1, "万人（次）", ("人次", 31000)),
        (3, "场（次）", ("场次", 3)),
        (9, "成", ("%", 90)),
        (1.2, "万平方米", ("平方米", 12000)),
        (3, "位次", ("位次", 3)),
        (5, "人次", ("人次", 5)),
        (90, "分钟", ("小时", 1.5)),
        (5, "百分点", ("个百分点", 5)),
        (7, "千瓦", ("千瓦", 7)),
        (6, "万", ("", 60000)),
    ],
)
def test_figures_of_one_kind_count_in_one_unit(value: float, unit: str, expected: tuple[str, float]) -> None:
    assert comparable(value, unit) == expected


@pytest.mark.parametrize(
    ("base", "expected"),
    [
        ("元", "金额"),
        ("美元", "金额（美元）"),
        ("人", "人数"),
        ("个", "数量"),
        ("", "数量"),
        ("件", "件数"),
        ("人次", "人次"),
        ("%", "比例"),
    ],
)
def test_a_column_has_a_heading(base: str, expected: str) -> None:
    assert heading(base) == expected
