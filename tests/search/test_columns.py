"""Figures that belong to a topic, and the columns they stand in."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

import pytest

from corpus.model import Claim, Fact
from graph.facts import extract_facts
from search.amounts import read_amount
from search.columns import MOST, Figure, FigureIndex, columns, figure, meets, topical, written

LISTED = "新建驿站257家、书屋7家，更新驿站7家。"
SENTENCE = "走访职工4200户，建成驿站36个，其中码头驿站9个；投入80万元。"


def claim(text: str) -> Claim:
    return Claim("c", "d", "p", "s", text, 0, len(text), "宜昌市", "420500", "city", "", "document", "done")


def marks(text: str, words: Sequence[str]) -> list[tuple[int, int]]:
    return [(text.index(word), text.index(word) + len(word)) for word in words]


@pytest.mark.parametrize(
    ("text", "words", "figures"),
    [
        (SENTENCE, ("驿站",), ["36个", "9个"]),
        (SENTENCE, ("走访",), ["4200户"]),
        (SENTENCE, (), []),
        ("夏送清凉，共投入资金56万元，慰问船工700人次；举办竞赛9场。", ("送清凉",), ["56万元", "700人次"]),
        ("建成驿站36个，投入80万元，惠及船工900人，举办竞赛9场，投入5万元。", ("驿站",), ["36个", "80万元", "900人"]),
        ("建成驿站36个，慰问船工900人。", ("驿站",), ["36个"]),
        ("建成驿站。投入80万元。", ("驿站",), []),
        ("建成驿站36个，筹集80万元建成灯塔9座。", ("驿站",), ["36个"]),
        ("船工体检300人，女职工灯塔9座。", ("体检", "女职工"), ["300人"]),
        ("慰问女职工300人，走访船工9户。", ("女职工",), ["300人"]),
        ("命名全国驿站4个、省级9个、市级73个、灯塔5座。", ("驿站",), ["4个", "9个", "73个"]),
        (LISTED, ("书屋",), ["7家"]),
        (LISTED, ("驿站",), ["257家", "7家"]),
    ],
)
def test_only_figures_of_the_topic_belong_to_it(text: str, words: tuple[str, ...], figures: list[str]) -> None:
    one = claim(text)
    assert [written(one, fact) for fact in topical(one, extract_facts(one), marks(text, words))] == figures


def test_the_figures_of_a_claim_are_read_once() -> None:
    one = claim(LISTED)
    facts, asked = extract_facts(one), []

    def read(places: Iterable[tuple[str, int, int]]) -> dict[tuple[str, int, int], list[Fact]]:
        asked.append(list(places))
        return {("d", 0, len(LISTED)): facts}

    index = FigureIndex(read)
    assert [written(one, fact) for fact in index.within(one)] == ["257家", "7家", "7家"]
    index.keep([one, replace(one, document_id="e")])
    assert index.within(one) == facts
    assert index.within(replace(one, document_id="e")) == []
    assert asked == [[("d", 0, len(LISTED))], [("d", 0, len(LISTED)), ("e", 0, len(LISTED))]]


def test_what_is_doubtful_is_no_figure() -> None:
    one = claim(LISTED)
    doubtful = [replace(fact, doubtful="数字存疑") for fact in extract_facts(one)]
    assert FigureIndex(lambda places: dict.fromkeys(places, doubtful)).within(one) == []


def fact(kind: str, value: float, unit: str) -> Fact:
    text = f"{value}{unit}"
    return Fact("f", "c", "d", "p", "驿站", value, None, unit, "", "done", "", "", 0, len(text), kind=kind)  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", ["change", "rank"])
def test_changes_and_ranks_are_no_quantities(kind: str) -> None:
    assert figure(claim("9.0个"), fact(kind, 9.0, "个")) is None


def test_units_are_converted_and_shown_as_written() -> None:
    one = figure(claim("2.3亿元"), fact("money", 2.3, "亿元"))
    assert one is not None and (one.unit, one.cell.value, one.cell.text) == ("元", 230_000_000, "2.3亿元")


def test_rates_have_a_column_of_their_own() -> None:
    found = [figure(claim("9.0%"), fact("rate", 9.0, "%")), figure(claim("9.0个"), fact("count", 9.0, "个"))]
    heads, cells = columns([[one for one in found if one is not None]])
    assert [(head.heading, head.unit) for head in heads] == [("比例（%）", "%"), ("数量（个）", "个")]
    assert [len(row) for row in cells[0]] == [1, 1]


@pytest.mark.parametrize(
    ("words", "facts", "told"),
    [
        ("超过90%", [("rate", 95.0, "%")], True),
        ("超过90%", [("rate", 85.0, "%")], False),
        ("超过90%", [("change", 95.0, "%"), ("count", 95.0, "个")], None),
        ("超过100家", [("count", 120.0, "个"), ("count", 80.0, "所")], True),
        ("超过100家", [("money", 120.0, "万元")], None),
        ("不到1000万元", [("money", 0.05, "亿元")], True),
    ],
)
def test_conditions_are_held_against_what_can_be_compared(
    words: str, facts: list[tuple[str, float, str]], told: bool | None
) -> None:
    amount, _ = read_amount(words)
    assert amount is not None
    assert meets(amount, [fact(*one) for one in facts]) is told


def test_columns_are_those_that_most_places_have() -> None:
    def made(*units: str) -> list[Figure]:
        found = [figure(claim(f"1.0{unit}"), fact("count", 1.0, unit)) for unit in units]
        return [one for one in found if one is not None]

    heads, cells = columns([made("场", "元"), made("元", "元", "吨"), made("人", "元"), [], made("辆", "只", "人")])
    assert [head.unit for head in heads][:2] == ["元", "人"] and len(heads) == MOST
    assert [len(row) for row in cells] == [MOST] * 5
    assert [len(row[0]) for row in cells] == [1, 2, 1, 0, 0]
