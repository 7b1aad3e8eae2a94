"""What is read out of a query."""

import pytest

from corpus.lexicon import Concept
from corpus.model import Document
from search.answers import Filters
from search.concepts import ConceptIndex
from search.reading import Reader
from search.register import Register
from search.spelling import Speller
from search.suggest import Names

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
    return Reader(ConceptIndex(concepts), Register(documents))


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
        ("宜昌和云南的送清凉", "宜昌市、云南省", ""),
        ("2020年到2021年送清凉", "", "2020-2021"),
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


def test_the_union_of_a_place_goes_with_it(reader: Reader) -> None:
    assert reader.read("宜昌市总工会 送清凉").subject == "送清凉"


def test_signs_are_taken_out_and_kept(reader: Reader) -> None:
    reading = reader.read("“送清凉” 地方:宜昌 2021年 -慰问 年份:2021")
    assert (reading.query, reading.subject) == ("“送清凉” 2021年", "“送清凉”")
    assert (reading.required, reading.excluded) == (("送清凉",), ("慰问",))
    assert reading.filters == Filters(place="宜昌市", year="2021")
    assert reading.found == Filters()  # what is binding needs no raising


def test_a_text_of_someone_s_own_has_no_signs(reader: Reader) -> None:
    reading = reader.read("开展“送清凉” -慰问 地方:宜昌", signs=False)
    assert reading.query == "开展“送清凉” -慰问 地方:宜昌"
    assert not reading.required and not reading.excluded and reading.filters == Filters()
    assert reading.phrases == ("送清凉",)


@pytest.mark.parametrize(
    ("query", "told"), [("！？", "没有可以查找的字"), ("-慰问", "只写了不要的字词"), ("“三共", "引号")]
)
def test_what_is_wrong_with_a_query_is_told(reader: Reader, query: str, told: str) -> None:
    assert told in reader.read(query).notes[0]


@pytest.fixture
def spelling(concepts: tuple[Concept, ...], named: Names) -> Reader:
    """A reader of a library that holds nothing but 送清凉."""
    speller = Speller(named, lambda gram: gram in "送清凉", lambda phrase: phrase in "送清凉")
    return Reader(ConceptIndex(concepts), Register([]), speller)


def test_a_phrase_that_stands_nowhere_is_told_with_the_nearest_name(spelling: Reader) -> None:
    reading = spelling.read("“送青凉” -慰问")
    assert reading.required == ()
    assert reading.notes == ("资料库里没有一段写有“送青凉”，以下只是相近的原文。",)
    assert reading.offers == ("“送清凉” -慰问",)


def test_what_is_searched_is_the_library_s_own_writing(spelling: Reader) -> None:
    reading = spelling.read("songqingliang")
    assert reading.query == reading.subject == "送清凉"
    assert [concept.label for concept, _ in reading.links] == ["送清凉"]
    assert reading.notes == ("“songqingliang”按拼音理解为“送清凉”。",)
