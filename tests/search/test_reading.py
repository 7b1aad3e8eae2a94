"""What is read out of a query."""

import pytest

from corpus.lexicon import Concept
from corpus.model import Document
from search.answers import Filters
from search.concepts import ConceptIndex
from search.reading import LONG, Reader, is_long

PARAGRAPH = (
    "围绕户外岗位歇脚难的现实问题，整合沿街网点资源，布设服务站点，配齐饮水设备和急救药箱，"
    "并定期组织高温慰问，让工友随时有水喝、有地方坐，把关心送到每一个路口。"
)


@pytest.fixture
def reader(concepts: tuple[Concept, ...]) -> Reader:
    where = [("宜昌市", "420500"), ("云南省", "530000"), ("安康市", "610900")]
    documents = [
        Document(str(i), "s", i, "标题", place, code, "", "city", "", "", "2021", "", "")
        for i, (place, code) in enumerate(where)
    ]
    return Reader(ConceptIndex(concepts), documents)


@pytest.mark.parametrize(
    ("query", "place", "year"),
    [
        ("宜昌 2021年 送清凉", "宜昌市", "2021"),
        ("宜昌市总工会送清凉", "宜昌市", ""),
        ("2021年送清凉", "", "2021"),
        ("2021 送清凉", "", "2021"),
        ("湖北省工会送清凉", "湖北省", ""),
        ("安康工会送清凉", "安康市", ""),
        ("安康杯竞赛", "", ""),  # a contest, not the city
        ("哈尔滨送清凉", "", ""),  # no document from there
        ("宜昌和云南送清凉", "", ""),  # two places: no condition
        ("2020年到2021年送清凉", "", ""),
        ("发放2021元", "", ""),
        ("送清凉", "", ""),
    ],
)
def test_conditions(reader: Reader, query: str, place: str, year: str) -> None:
    reading = reader.read(query)
    assert reading.found == Filters(place=place, year=year)
    assert "送清凉" in reading.subject or "安康杯" in reading.subject or "2021元" in reading.subject


def test_the_subject_is_what_is_linked(reader: Reader) -> None:
    reading = reader.read("宜昌 2021年 送清凉")
    assert "宜昌" not in reading.subject and "2021" not in reading.subject
    assert [concept.label for concept, _ in reading.links] == ["送清凉"]


def test_a_query_of_a_place_alone_keeps_its_subject(reader: Reader) -> None:
    assert reader.read("宜昌市").subject == "宜昌市"


@pytest.mark.parametrize(
    ("query", "phrases"),
    [("“四送一补”怎么开展", ("四送一补",)), ("《实施意见》和“送清凉”", ("实施意见", "送清凉")), ("送清凉", ())],
)
def test_quoted_names(reader: Reader, query: str, phrases: tuple[str, ...]) -> None:
    assert reader.read(query).phrases == phrases


def test_numbers(reader: Reader) -> None:
    assert reader.read("15分钟服务圈 覆盖90%").numbers == ("15", "90%")


def test_a_paragraph_is_read_clause_by_clause(reader: Reader) -> None:
    reading = reader.read(PARAGRAPH)
    assert reading.long and not reading.links
    assert "".join(clause.text for clause in reading.clauses) == PARAGRAPH
    assert all(len(clause.text) >= 10 for clause in reading.clauses)


@pytest.mark.parametrize(
    ("query", "long"), [("送清凉", False), ("字" * LONG, True), ("一句话。两句话。三句话。", True), ("怎么做？", False)]
)
def test_is_long(query: str, long: bool) -> None:
    assert is_long(query) is long


def test_the_union_of_a_place_goes_with_it(reader: Reader) -> None:
    assert reader.read("宜昌市总工会 送清凉").subject == "送清凉"
