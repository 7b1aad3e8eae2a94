import pytest

from search.errors import AmountUnreadable
from search.measured import read_measure


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("超过1000万元", ("元", 1e7)),
        ("1000 万元", ("元", 1e7)),
        ("200家", ("个", 200)),
        ("两百家", ("个", 200)),
        ("95%", ("%", 95)),
        ("１２", ("", 12)),
        ("1,200", ("", 1200)),
        ("3万", ("", 30000)),
    ],
)
def test_amount(text: str, expected: tuple[str, float]) -> None:
    assert read_measure(text) == expected


@pytest.mark.parametrize("text", ["很多", "", "元", "3家和5家", "3到5家", "第三", "“3家”"])
def test_no_amount(text: str) -> None:
    with pytest.raises(AmountUnreadable, match="不是一个数量"):
        read_measure(text)
