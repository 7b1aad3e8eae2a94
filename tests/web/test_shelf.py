import pytest

from graph.variants import fold
from search.pinyin import spell
from web.shelf import initial


@pytest.mark.parametrize(
    ("label", "letter"),
    [
        ("灯下三问", "D"),
        ("“橘灯行动”", "J"),
        ("三送", "S"),
        ("e家", "E"),
        ("1+3", "#"),
        ("重庆做法", "C"),
        ("", "#"),
        ("·", "#"),
        ("Ω计划", "#"),
    ],
)
def test_a_label_is_filed_under_its_pinyin(label: str, letter: str) -> None:
    assert initial(" ".join(spell(fold(label)))) == letter
