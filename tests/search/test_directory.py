import pytest

from corpus.claimed import DoerCount
from corpus.model import Document, Level
from search.directory import Directory, KnownPlace


def document(place: str, code: str, province: str, level: Level) -> Document:
    return Document(f"{place}-1", "s", 1, f"{place}的总结", place, code, province, level, "总结", "", "2031", "", "")


DOCUMENTS = [
    document("衢州市", "330800", "浙江省", "city"),
    document("橘山集团工会", "", "", "enterprise"),
    document("昌吉州教育工会", "652300", "新疆维吾尔自治区", "department"),
    document("全国", "000000", "", "national"),
]
DOERS = [
    DoerCount("衢州市", "330800", "city", "", "", 9),
    DoerCount("柯城区", "330802", "county", "衢州市", "330800", 2),
    DoerCount("橘乡果业公司", "", "enterprise", "衢州市", "330800", 1),
    DoerCount("丽水市", "331100", "city", "衢州市", "330800", 1),
    DoerCount("鼓楼区", "320106", "county", "衢州市", "330800", 1),
    DoerCount("鼓楼区", "350102", "county", "衢州市", "330800", 3),
]


@pytest.fixture(scope="module")
def directory() -> Directory:
    return Directory(DOERS, DOCUMENTS)


def known(directory: Directory, address: str) -> KnownPlace:
    (found,) = [place for place in directory.places if place.address == address]
    return found


@pytest.mark.parametrize(
    ("asked", "place"),
    [
        ("衢州市", "衢州市"),
        ("衢州", "衢州市"),
        (" 衢州市总工会 ", "衢州市"),
        ("浙江省衢州市", "衢州市"),
        ("柯城", "柯城区"),
        ("麗水市", "丽水市"),
        ("橘山集团", "橘山集团工会"),
        ("橘山集团工会", "橘山集团工会"),
        ("浙江", "浙江省"),
        ("昌吉州", "昌吉回族自治州"),
        ("全国", "全国"),
        ("江苏省南京市鼓楼区", "江苏省南京市鼓楼区"),
        ("福建省福州市鼓楼区", "福建省福州市鼓楼区"),
    ],
)
def test_a_place_is_found_by_its_names(directory: Directory, asked: str, place: str) -> None:
    found = directory.resolve(asked).place
    assert found is not None and found.address == place


def test_a_name_of_several_places_is_not_guessed(directory: Directory) -> None:
    answer = directory.resolve("鼓楼区")
    assert answer.place is None
    assert [place.address for place in answer.choices] == ["福建省福州市鼓楼区", "江苏省南京市鼓楼区"]


def test_part_of_a_name_offers_those_that_hold_it(directory: Directory) -> None:
    answer = directory.resolve("橘乡")
    assert answer.place is None and [place.name for place in answer.choices] == ["橘乡果业公司"]


def test_a_division_nobody_tells_of_leads_to_its_province(directory: Directory) -> None:
    answer = directory.resolve("温州市")
    assert answer.place is None and not answer.choices
    assert [place.name for place in answer.similar] == ["衢州市", "柯城区", "丽水市", "浙江省"]


@pytest.mark.parametrize(("asked", "similar"), [("衢洲市", ["衢州市"]), ("橘山集困工会", ["橘山集团工会"])])
def test_a_slip_of_the_pen_is_offered_what_it_may_mean(directory: Directory, asked: str, similar: list[str]) -> None:
    answer = directory.resolve(asked)
    assert answer.place is None and [place.name for place in answer.similar][:1] == similar


@pytest.mark.parametrize("asked", ["", "  ", "“”", "月球背面"])
def test_nothing_is_found_for_nothing(directory: Directory, asked: str) -> None:
    answer = directory.resolve(asked)
    assert answer.place is None and not answer.choices


def test_who_lies_in_a_place(directory: Directory) -> None:
    below = directory.below(known(directory, "衢州市"))
    # A neighbour that the report tells of lies elsewhere; a unit without a place lies where it is told of.
    assert [(told.place.name, told.claims) for told in below] == [("柯城区", 2), ("橘乡果业公司", 1)]
    assert [told.place.name for told in directory.below(known(directory, "浙江省"))] == ["衢州市", "柯城区", "丽水市"]
    assert [told.place.name for told in directory.below(known(directory, "昌吉回族自治州"))] == ["昌吉州教育工会"]


def test_what_lies_around_a_place(directory: Directory) -> None:
    assert [place.name for place in directory.above(known(directory, "柯城区"))] == ["浙江省", "衢州市"]
    assert [place.name for place in directory.above(known(directory, "昌吉州教育工会"))] == [
        "新疆维吾尔自治区",
        "昌吉回族自治州",
    ]
    assert directory.above(known(directory, "橘山集团工会")) == ()
