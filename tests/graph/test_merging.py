from dataclasses import dataclass, field

import pytest

from graph.merging import merges, same_slogan, segments


@dataclass(frozen=True)
class Found:
    key: str
    label: str
    documents: int = 1
    parts: list[tuple[str, ...]] = field(default_factory=list)
    told: set[str] = field(default_factory=set)
    aliases: tuple[str, ...] = ()


def key(name: str) -> str:
    return name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("以船促学、以船促练、以船促建", "以船促学、以船促练、以船促用"),
        ("转观念、解疑难、促渔业", "转观念、解疑难、促渔业、保丰收"),
        ("迎着海风向前走、团结奋斗新航程", "迎着海风向前走、团结奋进新航程"),
    ],
)
def test_wordings_of_one_slogan(one: str, other: str) -> None:
    assert same_slogan(one, other) and same_slogan(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("建功新海岛、奋进新航程", "当好主人翁、建功新海岛"),
        ("岗位建功‘十三五’扬帆奋进新航程", "岗位建功‘十四五’扬帆奋进新航程"),  # the number is what they mean
        ("海岛梦•劳动美•安徽篇章", "海岛梦•劳动美•淮北篇章"),  # each place has its own
        ("三送", "四送"),
    ],
)
def test_different_slogans(one: str, other: str) -> None:
    assert not same_slogan(one, other)


def test_the_better_known_wording_stays() -> None:
    rare = Found("a", "以船促学、以船促练、以船促建")
    known = Found("b", "以船促学、以船促练、以船促用", 2)
    assert merges([rare, known], key) == {"a": "b"}


def test_a_motto_before_a_name_is_no_other_name() -> None:
    terms = [Found("薪火相传·海岛夜校", "薪火相传·海岛夜校"), Found("海岛夜校", "海岛夜校", 2)]
    assert merges(terms, key) == {"薪火相传·海岛夜校": "海岛夜校"}


@pytest.mark.parametrize("label", ["宜昌好人·海岛夜校", "向海·海岛夜校", "薪火相传·渔港夜校"])
def test_a_place_or_a_word_before_a_name_may_make_another_thing(label: str) -> None:
    assert merges([Found(label, label), Found("海岛夜校", "海岛夜校", 2)], key) == {}


def test_parts_in_place_of_a_counting_name_are_that_name() -> None:
    parts = ("船上安心", "岸上放心", "家里舒心")
    listed = Found("船上安心岸上放心家里舒心", "船上安心、岸上放心、家里舒心")
    three = Found("三心", "三心", parts=[parts])
    assert merges([listed, three], key) == {listed.key: "三心"}
    other = Found("新三心", "新三心", parts=[parts])
    assert merges([listed, three, other], key) == {}  # whose parts they are is not certain
    famous = Found(listed.key, listed.label, 3)
    assert merges([famous, three], key) == {}


def test_names_that_a_sentence_tells_to_be_one() -> None:
    school = Found("海岛夜校", "海岛夜校", told={"海岛兴趣班"})
    assert merges([school, Found("海岛兴趣班", "海岛兴趣班")], key) == {"海岛兴趣班": "海岛夜校"}


def test_a_name_that_no_document_has_by_itself_is_the_way_to_write_another() -> None:
    short = Found("5711", "5711", aliases=("“5711”海洋产业体系",))
    spelt = Found("5711海洋产业体系", "5711海洋产业体系", set())
    assert merges([short, spelt], key) == {spelt.key: "5711"}
    assert merges([short, Found(spelt.key, spelt.label, 1)], key) == {}


def test_merging_ends_where_names_point_at_each_other() -> None:
    a, b = Found("a", "海岛夜校", told={"b"}), Found("b", "海岛兴趣班", told={"a"})
    assert len(merges([a, b], key)) == 1


def test_segments() -> None:
    assert segments("当好主人翁、建功新海岛") == ["当好主人翁", "建功新海岛"]
    assert segments("") == []
