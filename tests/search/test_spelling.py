"""Names typed otherwise than the library writes them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analyzer import grams, squeeze
from search.spelling import Speller
from search.suggest import Names

TEXT = (
    "三送行动，职工书屋和职工书吧，四大工程，1+3，送清凉，高温慰问，宜昌市，重庆市，司机服务，APP上线，怎么开展的活动"
)


@pytest.fixture(scope="module")
def speller(named: Names) -> Speller:
    known = set(grams(TEXT))
    return Speller(named, known.__contains__, lambda phrase: squeeze(phrase) in squeeze(TEXT))


@pytest.mark.parametrize(
    ("query", "respelt"),
    [
        ("zgsw", "职工书屋"),
        ("ZGSW怎么开展", "职工书屋怎么开展"),
        ("songqingliang", "送清凉"),
        ("song qing liang", "送清凉"),
        ("yichang songqingliang", "宜昌市 送清凉"),
        ("送青凉", "送清凉"),
        ("宜昌送青凉的活动", "宜昌送清凉的活动"),
        ("4大工程", "四大工程"),
        ("一加三", "1+3"),
        ("宜倡", "宜昌市"),
        ("宜倡的活动", "宜昌市的活动"),
        ("職工書勿", "职工书屋"),
    ],
)
def test_a_name_that_sounds_the_same_is_put_in_its_place_and_told(speller: Speller, query: str, respelt: str) -> None:
    found = speller.respell(query)
    assert found.query == respelt
    assert found.notes and all("按" in note for note in found.notes)


@pytest.mark.parametrize(
    "query",
    [
        "送清凉",
        "職工書屋",
        "APP上线",
        "“送青凉”怎么开展",  # quoted: meant as it stands
        "《送青凉》",
        "司机怎么开展",
        "apple",
        "zg",  # two letters could be anything
        "书物",  # two characters, no place
        "月亮上的工会",
        "",
        "！！",
    ],
)
def test_what_is_left_as_it_is(speller: Speller, query: str) -> None:
    found = speller.respell(query)
    assert found.query == query and not found.notes


def test_other_names_of_the_same_sound_are_offered(speller: Speller) -> None:
    assert speller.respell("职工书层").offers == ("职工书屋", "职工书吧")
    assert "五大工程" not in speller.respell("五大工程").offers
    assert speller.respell("五大工程").offers == ("四大工程",)


def test_the_nearest_names_of_a_phrase(speller: Speller) -> None:
    assert speller.nearest("送青凉")[0] == "送清凉"
    assert speller.nearest("五大工程") == ("四大工程",)
    assert speller.nearest("完全不相干的话") == ()


@given(query=st.text(max_size=50) | st.text("送青清凉职工书物屋宜昌倡sdhz 的“”-", max_size=30))
def test_whatever_is_typed_can_be_read(speller: Speller, query: str) -> None:
    found = speller.respell(query)
    assert bool(found.notes) or found.query == query


@pytest.mark.parametrize(
    ("query", "respelt"), [("四大工成", "四大工程"), ("四大工程", "四大工程"), ("“四大工成”", "“四大工成”")]
)
def test_a_name_made_of_pairs_that_stand_elsewhere(named: Names, query: str, respelt: str) -> None:
    speller = Speller(named, lambda gram: True, lambda phrase: squeeze(phrase) in squeeze(TEXT))
    assert speller.respell(query).query == respelt
