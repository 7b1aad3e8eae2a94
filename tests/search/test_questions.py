"""Interrogative frames taken off place questions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.questions import parse_question, topic_question


@pytest.mark.parametrize(
    ("query", "topic", "level"),
    [
        ("哪些城市开展了夜班食堂评比？", "夜班食堂评比", "city"),
        ("哪几个地级市建成了船工夜校", "船工夜校", "city"),
        ("哪些城市开发了船工地图", "船工地图", "city"),
        ("哪些城市有开发区船工夜校", "开发区船工夜校", "city"),
        ("有没有哪个城市办了船工夜校？", "船工夜校", "city"),
        ("有哪些城市推出了橙农保险", "橙农保险", "city"),
        ("多少个城市设立了飞手工会", "飞手工会", "city"),
        ("哪些市县的工会给船工发雨衣？", "给船工发雨衣", "city"),
        ("哪些省份完成了渔工上岸任务，各有多少户？", "渔工上岸任务", "province"),
        ("中央在哪些省开展了船员上岸试点？", "船员上岸试点", "province"),
        ("哪些区县成立了飞手工会？", "飞手工会", "county"),
        ("哪些单位建了午休舱，各投入了多少钱", "午休舱", "enterprise"),
        ("哪里的工会帮船工讨回了工钱？", "帮船工讨回了工钱", ""),
        ("谁家搞过采茶比武", "采茶比武", ""),
        ("哪些地方有橙农夜校？", "橙农夜校", ""),
        ("建了飞手公园的城市有哪些？", "飞手公园", "city"),
        ("什么地方有渔具图书馆", "渔具图书馆", ""),
        ("哪些街道建了凉棚", "凉棚", "township"),
        ("湖北省哪些城市办了船工夜校", "船工夜校", "city"),
        ("哪些城市", "", "city"),
        ("哪些园区", "", "township"),
        ("谁在办船工夜校", "船工夜校", ""),
        ("都有谁给船工发雨衣？", "给船工发雨衣", ""),
        ("船工夜校有哪些城市在办", "船工夜校", "city"),
        ("船工夜校都有哪些地方办过？", "船工夜校", ""),
        ("开展采茶比武的城市有几个", "采茶比武", "city"),
        ("建了飞手公园的有哪些城市", "飞手公园", "city"),
        ("给我列一下办了船工夜校的城市", "船工夜校", "city"),
        ("列出开展采茶比武的所有省份", "采茶比武", "province"),
        ("which cities set up 船工夜校?", "船工夜校", "city"),
        ("Which provinces have 船工夜校", "船工夜校", "province"),
        ("who has built 飞手公园", "飞手公园", ""),
        ("哪些城市辦了船工夜校", "船工夜校", "city"),
        ("哪些高校办了船工夜校", "船工夜校", "enterprise"),
        ("宜昌有没有办船工夜校", "船工夜校", ""),
        ("宜昌市办了船工夜校吗？", "船工夜校", ""),
        ("宜昌、荆州哪个办了船工夜校", "船工夜校", ""),
        ("桃花市有没有办船工夜校", "船工夜校", ""),
        ("哪些城市没有办船工夜校", "船工夜校", "city"),
        ("哪些城市建立建会联系点制度", "建会联系点制度", "city"),
    ],
)
def test_frame(query: str, topic: str, level: str) -> None:
    question = parse_question(query)
    assert question is not None
    assert (question.topic, question.level) == (topic, level)


@pytest.mark.parametrize(
    "query",
    [
        "四海会战是什么意思",
        "船工夜校",
        "什么是橙农保险",
        "哪些做法值得借鉴",
        "哪一年开的会",
        "怎么给船工上课",
        "",
        "谁是最美船工",
        "宜昌的船工夜校",
        "宜昌办了船工夜校",
    ],
)
def test_not_a_place_question(query: str) -> None:
    assert parse_question(query) is None


@pytest.mark.parametrize(
    ("query", "quoted", "alternatives"),
    [
        ("哪些城市开展了“橙色行动”？", ("橙色行动",), ()),
        ("哪些城市建了船工驿站（渔工之家、水手屋）？", (), ("渔工之家", "水手屋")),
        ("哪些地方有“春送种、夏送伞”品牌（两送、“四时送”）？", ("春送种、夏送伞",), ("四时送",)),
        ("哪些城市评了橙匠（如“宜昌橙匠”），各多少人？", (), ()),
        ("哪些城市建了船工（技能）培训基地？", (), ("船工技能培训基地",)),
    ],
)
def test_names_and_alternatives(query: str, quoted: tuple[str, ...], alternatives: tuple[str, ...]) -> None:
    question = parse_question(query)
    assert question is not None
    assert (question.quoted, question.alternatives) == (quoted, alternatives)


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("哪些城市已经建了飞手公园？", "done"),
        ("哪些城市计划建飞手公园？", "planned"),
        ("哪些城市将新建飞手公园？", "planned"),
        ("哪些城市将凉棚交给社区？", ""),
        ("哪些地方要回了工钱？", ""),
        ("哪些城市建飞手公园？", ""),
    ],
)
def test_status(query: str, status: str) -> None:
    question = parse_question(query)
    assert question is not None and question.status == status


@pytest.mark.parametrize(
    ("query", "denied"),
    [
        ("哪些城市不再办船工夜校？", True),
        ("哪些省没有开展采茶比武？", True),
        ("哪些城市还没建凉棚？", True),
        ("没有建凉棚的城市有哪些？", True),
        ("哪些城市至今未建凉棚？", True),
        ("有没有哪个城市办了船工夜校？", False),
        ("哪些城市办了“没有围墙的夜校”？", False),
        ("哪些城市为不识字的船工办夜校？", False),
        ("哪些城市有没有的东西？", False),
    ],
)
def test_denied(query: str, denied: bool) -> None:
    question = parse_question(query)
    assert question is not None and question.denied == denied


def test_received() -> None:
    given, made = parse_question("哪些城市得到了渔具捐赠？"), parse_question("哪些城市捐赠了渔具？")
    assert given is not None and made is not None
    assert (given.received, made.received) == (True, False)


def test_a_bare_topic_is_a_question_too() -> None:
    assert topic_question("船工夜校").topic == "船工夜校"


@pytest.mark.parametrize(
    ("query", "topic", "order"),
    [
        ("哪个城市建的凉棚最多", "凉棚", "most"),
        ("建凉棚最多的是哪个城市", "凉棚", "most"),
        ("哪个省帮扶的船工数量最少？", "帮扶的船工", "least"),
        ("宜昌和荆州谁建的凉棚多", "凉棚", "most"),
        ("宜昌和荆州哪个建的凉棚更少", "凉棚", "least"),
        ("哪些城市建了凉棚", "凉棚", ""),
    ],
)
def test_who_has_most(query: str, topic: str, order: str) -> None:
    question = parse_question(query)
    assert question is not None and (question.topic, question.order) == (topic, order)


@pytest.mark.parametrize(
    ("query", "topic", "judged"),
    [
        ("哪里船工夜校办得好", "船工夜校", True),
        ("哪些城市的船工夜校经验值得借鉴", "船工夜校", True),
        ("哪些城市的船工夜校", "船工夜校", False),
    ],
)
def test_who_did_it_well_is_not_told(query: str, topic: str, judged: bool) -> None:
    question = parse_question(query)
    assert question is not None and (question.topic, question.judged) == (topic, judged)
    assert ("文献不评比好坏先后，做了的全部列出" in question.told()) == judged


@pytest.mark.parametrize(
    ("query", "together"),
    [
        ("哪些城市既办了船工夜校又建了凉棚", ("船工夜校", "凉棚")),
        ("哪些城市同时开展了“橙色行动”和采茶比武", ("“橙色行动”", "采茶比武")),
        ("哪些城市办了船工夜校和采茶比武", ()),
    ],
)
def test_things_done_by_one_place(query: str, together: tuple[str, ...]) -> None:
    question = parse_question(query)
    assert question is not None and question.together == together


def test_of_a_long_text_only_the_question_is_read() -> None:
    told = "船工们每天很早就出门，晚上很晚才回家，十分辛苦。" * 20
    question = parse_question(told + "哪些城市办了船工夜校？" + told)
    assert question is not None and question.topic == "船工夜校"
    assert parse_question(told) is None
    assert topic_question(told).topic == ""


def test_how_a_question_was_understood() -> None:
    question = parse_question("湖北哪些城市已经建了50座以上凉棚")
    assert question is not None
    assert question.told() == ("只看湖北省", "数字限“50座以上”", "只看已经做的")


@given(st.text(alphabet="哪些城市谁有没建了的和，。？“”（）凉棚宜昌湖北2018年5家以上最多which cities ", max_size=60))
def test_no_query_is_too_strange(query: str) -> None:
    question = parse_question(query)
    assert question is None or question.query == query
    topic_question(query)


def test_who_may_be_a_unit() -> None:
    anyone, cities = parse_question("谁办了船工夜校"), parse_question("哪些城市办了船工夜校")
    assert anyone is not None and cities is not None
    assert (anyone.anyone, cities.anyone) == (True, False)


@pytest.mark.parametrize(
    ("query", "years"),
    [
        ("２０１８年以来哪些城市办了船工夜校", (2018, 9999)),
        ("哪些城市二〇一八年办了船工夜校", (2018, 2018)),
        ("哪些城市二零一八年办了船工夜校", (2018, 2018)),
        ("\ufeff哪些城市\n办了\t船工夜校\u202e", None),
        ("\x00哪些城市办了船工夜校", None),
    ],
)
def test_what_is_typed_oddly_is_read_as_it_was_meant(query: str, years: tuple[int, int] | None) -> None:
    question = parse_question(query)
    assert question is not None
    assert (question.topic, question.conditions.years) == ("船工夜校", years)


def test_a_year_in_a_name_stays_as_it_is() -> None:
    question = parse_question("哪些城市办了“二〇一八年船展”")
    assert question is not None
    assert (question.quoted, question.conditions.years) == (("二〇一八年船展",), None)
