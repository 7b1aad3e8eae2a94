import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.make_places import parent, short_name
from corpus.places import Gazetteer, PlaceName, _goes_on, _is_word, gazetteer
from corpus.sentences import clauses


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("湖北省", "湖北"),
        ("内蒙古自治区", "内蒙古"),
        ("新疆维吾尔自治区", "新疆"),
        ("恩施土家族苗族自治州", "恩施"),
        ("克孜勒苏柯尔克孜自治州", "克孜勒苏"),
        ("积石山保安族东乡族撒拉族自治县", "积石山"),
        ("大兴安岭地区", "大兴安岭"),
        ("莫力达瓦达斡尔族自治旗", "莫力达瓦"),
        ("神农架林区", "神农架"),
        ("东区", "东区"),
    ],
)
def test_short_name(name: str, short: str) -> None:
    assert short_name(name) == short


def test_parent_skips_divisions_that_do_not_exist() -> None:
    codes = {"420000", "421000", "421003", "429004"}
    assert parent("421003", codes) == "421000"
    assert parent("429004", codes) == "420000"
    assert parent("420000", codes) == "000000"


@pytest.mark.parametrize(
    ("name", "within", "found"),
    [
        ("荆州市", "", "荆州市"),
        ("荆州", "", "荆州市"),
        ("长沙", "", "长沙市"),
        ("吉林", "", "吉林省"),
        ("海南", "", "海南省"),
        ("西安", "", "西安市"),
        ("兵团", "", "新疆生产建设兵团"),
        ("昌吉州", "", "昌吉回族自治州"),
        ("松桃自治县", "", "松桃苗族自治县"),
        ("贵阳市观山湖区", "", "观山湖区"),
        ("鼓楼区", "", None),
        ("鼓楼区", "320100", "鼓楼区"),
        ("和平区", "", None),
        ("没有这个地方", "", None),
    ],
)
def test_resolve(name: str, within: str, found: str | None) -> None:
    place = gazetteer().resolve(name, within)
    assert (place.name if place else None) == found


def test_context_decides_between_districts_of_one_name() -> None:
    nanjing, xuzhou = (gazetteer().resolve("鼓楼区", code) for code in ("320100", "320300"))
    assert nanjing is not None and xuzhou is not None
    assert (nanjing.code, xuzhou.code) == ("320106", "320302")


def test_find_joins_a_division_with_the_one_around_it() -> None:
    text = "在贵阳市观山湖区和荆州市设站"
    found = gazetteer().find(text)
    assert [(text[f.start : f.end], [p.name for p in f.places]) for f in found] == [
        ("贵阳市观山湖区", ["观山湖区"]),
        ("荆州市", ["荆州市"]),
    ]


def test_find_tells_short_names_from_full_ones() -> None:
    assert [f.full for f in gazetteer().find("荆州与荆州市")] == [False, True]


def test_province_and_ancestors() -> None:
    places = gazetteer()
    district = places.resolve("观山湖区")
    assert district is not None
    assert [place.name for place in places.ancestors(district)] == ["贵阳市", "贵州省", "全国"]
    assert places.province(district) == places.by_code("520000")
    assert places.inside(district, "520100") and not places.inside(district, "420000")


def test_every_place_hangs_on_the_nation() -> None:
    places = gazetteer()
    for place in places.places:
        assert place.level == "national" or [*places.ancestors(place)][-1].code == "000000", place


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("省、市和县总工会", []),
        ("创新县级工会", []),
        ("提高县总工会", []),
        ("全州县市工会", []),
        ("光芒市", []),
        ("主城区总工会", []),
        ("矿区工会", []),
        ("晋城市城区总工会", ["城区"]),
        ("在和县总工会", ["和县"]),
        ("马鞍山市和县总工会", ["和县"]),
        ("新县总工会", ["新县"]),
        ("雄安新区", []),
    ],
)
def test_names_that_are_part_of_other_words_are_not_found(text: str, found: list[str]) -> None:
    hits = [hit for hit in gazetteer().find(text) if hit.full]
    assert [place.name for hit in hits for place in hit.places] == found


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("襄樊市", "420600"),
        ("密云县", "110118"),
        ("铜仁地区", "520600"),
        ("增城市", "440118"),
        ("崇文区", "110103"),
        ("兵团第七师", "659010"),
    ],
)
def test_former_names_and_former_divisions(name: str, code: str) -> None:
    place = gazetteer().resolve(name)
    assert place is not None and place.code == code


def test_a_division_of_the_army_is_no_place_by_itself() -> None:
    assert [hit.full for hit in gazetteer().find("第七师总工会")] == [False]


def scanned(places: Gazetteer, text: str) -> list[PlaceName]:
    """What ``Gazetteer.find`` means: at each place of the text the names are tried one by one, the longest first."""
    names = sorted((*places._full, *places._short), key=len, reverse=True)
    found: list[PlaceName] = []
    i = 0
    while i < len(text):
        fitting = (n for n in names if text.startswith(n, i))
        name = next((n for n in fitting if not (n[-1] == "县" and text.startswith(("级", "域"), i + len(n)))), "")
        i += 1
        if not name:
            continue
        hit = PlaceName(i - 1, i - 1 + len(name), places.candidates(name), name in places._full)
        hit = places._suffixed(text, hit)
        if found and found[-1].end == hit.start and not _goes_on(text, hit):
            nested = tuple(p for p in hit.places if any(places.inside(p, a.code) for a in found[-1].places))
            if nested and nested != found[-1].places:
                found[-1] = PlaceName(found[-1].start, hit.end, nested, hit.full)
                i = hit.end
                continue
        if not _is_word(text, hit):
            found.append(hit)
            i = hit.end
    return found


NAMED = [
    "湖北省",
    "宜昌",
    "宜昌市",
    "兴山县",
    "远安",
    "和县",
    "河南",
    "河南县",
    "全州县",
    "市中区",
    "城区",
    "雄安新区",
    "第七师",
    "吉林",
]
WORDS = ["市", "县级", "域", "区", "和", "工会", "，", "“", "”", " ", "。", "\n", "省", "地区", "\ud800", "a"]


@given(st.lists(st.sampled_from(NAMED + WORDS), max_size=12).map("".join))
def test_the_automaton_finds_what_a_scan_finds(text: str) -> None:
    assert gazetteer().find(text) == scanned(gazetteer(), text)


@given(st.lists(st.sampled_from(NAMED + WORDS), max_size=16).map("".join))
def test_no_name_reaches_over_the_end_of_a_clause(text: str) -> None:
    whole = gazetteer().find(text)
    for start, end in clauses(text):
        inside = [hit.shifted(start) for hit in whole if start <= hit.start < end]
        assert inside == gazetteer().find(text[start:end])
