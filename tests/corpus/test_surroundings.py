import pytest

from corpus.places import gazetteer
from corpus.surroundings import Surroundings


@pytest.mark.parametrize(
    ("text", "around", "code"),
    [
        ("福州市的鼓楼区", "", "350102"),
        ("玄武区与鼓楼区", "", "320106"),
        ("河南的鼓楼区", "", "410204"),
        ("鼓楼区", "福建省工会汇编", "350102"),
        ("江苏的鼓楼区", "", None),  # 南京 has one and 徐州
        ("鼓楼区", "", None),
    ],
)
def test_the_reading_whose_surroundings_are_named(text, around, code):
    places = gazetteer()
    chosen = Surroundings(text, places, around).choose(places.candidates("鼓楼区"))
    assert (chosen.code if chosen else None) == code


def test_whether_a_place_is_spoken_of():
    places = gazetteer()
    near = Surroundings("广东省佛山市", places)
    assert near.names(places.by_code("440600")) and near.names(places.by_code("440000"))
    assert not near.names(places.by_code("630203"))
