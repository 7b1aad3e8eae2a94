import pytest

from ingest.levels import levels
from ingest.numbering import CHAPTER, ITEM, ORDINAL, POINT, numbering


def _order(text):
    ranks = levels(numbering(f"{mark}甲乙") for mark in text.split())
    assert len(set(ranks.values())) == len(ranks)
    return sorted(ranks, key=ranks.__getitem__)


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("一、 （一） 1. 2. （二） 1. 2. 二、 （一） （二）", [CHAPTER, POINT, ITEM]),
        ("1. （一） （二） 2. （一） （二） 3.", [ITEM, POINT]),
        ("（一） 一、 二、 （二） 一、", [POINT, CHAPTER]),
        ("一、 一是 1. 2. 二是 1. 2. 二、 一是", [CHAPTER, ORDINAL, ITEM]),
        ("一、 （一） 1. （二） 2. （三） 3. 二、 （一） 4.", [CHAPTER, POINT, ITEM]),
        ("一、 二、 三、", [CHAPTER]),
        ("", []),
    ],
)
def test_the_order_that_a_report_shows(text, order):
    assert _order(text) == order
