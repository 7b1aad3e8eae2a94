"""Whole answers from a library read from files: statuses, figures, conditions, and why a place is there or isn't."""

from collections.abc import Iterator

import pytest

from gongzhi.build import ingest
from search.answers import PlacesAnswer
from search.engine import Engine

NOTE = "（本文为测试而写，地名真实，内容全部虚构。）"
REPORTS = {
    "宜昌市": (
        "建成江畔书亭12座，投入资金860万元，惠及船工3万人次。兴山县总工会建成江畔书亭5座。举办渔网编织赛9场。",
        "新建江畔书亭20座。",
    ),
    "襄阳市": ("建成江畔书亭30座，投入资金0.2亿元。", "办好渔网编织赛。"),
    "荆门市": ("江畔书亭建设尚未起步。慰问船工900户。", "建设江畔书亭6座。"),
    "湖北省": ("全省建成江畔书亭300座。某市建成江畔书亭2座。", "开展渔歌传唱。"),
    "岳阳市": ("打造江畔书亭，常态化开展读书会。开办船模课堂。", ""),
}


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    folder = tmp_path_factory.mktemp("reports")
    for place, (done, planned) in REPORTS.items():
        text = f"{place}总工会2031年工作总结\n\n{NOTE}\n\n2031年12月20日\n\n一、过去一年的主要工作\n\n{done}\n"
        if planned:
            text += f"\n二、下一步工作打算\n\n{planned}\n"
        (folder / f"{place}.txt").write_text(text, "utf-8")
    library = tmp_path_factory.mktemp("library")
    ingest(library, [folder])
    opened = Engine.open(library)
    yield opened
    opened.close()


def table(answer: PlacesAnswer) -> dict[str, str]:
    return {place.place: place.status for place in answer.answers}


QUESTION = "哪些城市建了江畔书亭？"


def test_a_place_that_did_it_and_plans_more_is_one_answer(engine: Engine) -> None:
    answer = engine.places(QUESTION)
    assert table(answer)["宜昌市"] == "done" and table(answer)["荆门市"] == "planned"
    place = next(place for place in answer.answers if place.place == "宜昌市")
    assert [evidence.status for evidence in place.evidence] == ["done", "planned"]
    assert place.sentences == 2 and all(evidence.why for evidence in place.evidence)


def test_only_the_strongest_sentences_are_shown_and_all_are_counted(engine: Engine) -> None:
    place = next(place for place in engine.places(QUESTION, shown=0).answers if place.place == "宜昌市")
    assert place.evidence == () and place.sentences == 2


def test_another_places_report_is_named(engine: Engine) -> None:
    parents = {place.place: place.parent for place in engine.places(QUESTION).answers}
    assert parents["兴山县"] == "宜昌市" and parents["宜昌市"] == ""


def test_figures_stand_in_columns_of_one_unit(engine: Engine) -> None:
    answer = engine.places(QUESTION)
    money = [column.unit for column in answer.columns].index("元")
    cells = {place.place: [(c.text, c.value) for c in place.cells[money]] for place in answer.answers}
    assert cells["宜昌市"] == [("860万元", 8_600_000)] and cells["襄阳市"] == [("0.2亿元", 20_000_000)]
    assert cells["兴山县"] == []
    for place in answer.answers:
        for cell in (cell for cells in place.cells for cell in cells):
            assert engine.store.document(cell.document_id).text[cell.start : cell.end] == cell.text


def test_figures_sort_the_largest_first_and_plans_last(engine: Engine) -> None:
    places = [place.place for place in engine.places(QUESTION, sort="figures").answers]
    assert places[:3] == ["襄阳市", "宜昌市", "兴山县"] and places[-1] == "荆门市"
    places = [place.place for place in engine.places("哪些城市建的江畔书亭最少？").answers]
    assert places[:3] == ["兴山县", "宜昌市", "襄阳市"] and places[-1] == "荆门市"


def test_places_sort_by_division(engine: Engine) -> None:
    codes = [place.code for place in engine.places(QUESTION, sort="place").answers]
    assert codes == sorted(codes)


@pytest.mark.parametrize(
    ("query", "places", "unnumbered"),
    [
        ("哪些城市投入超过1000万元建江畔书亭？", {"襄阳市"}, True),
        ("哪些城市建了20座以上江畔书亭？", {"襄阳市"}, True),
        ("哪些城市建了超过1万座江畔书亭？", set(), True),
    ],
)
def test_conditions_on_figures(engine: Engine, query: str, places: set[str], unnumbered: bool) -> None:
    answer = engine.places(query)
    assert {place.place for place in answer.answers if place.status == "done"} == places
    assert ("没有可比的数字" in answer.coverage.line) == unnumbered


def test_silent_places_have_documents_of_their_own(engine: Engine) -> None:
    coverage = engine.places("哪些城市办了渔网编织赛？").coverage
    assert coverage.silent == ("荆门市", "岳阳市") and coverage.mentioning == 2 and coverage.documents == 5
    assert coverage.line.endswith("未提及不等于未开展。")


def test_who_did_not_is_answered_by_coverage_alone(engine: Engine) -> None:
    answer = engine.places("哪些城市还没有办渔网编织赛？")
    assert answer.answers == () and answer.coverage.silent == ("荆门市", "岳阳市")
    assert "无法回答" in answer.coverage.line


def test_what_is_said_to_be_lacking_never_answers(engine: Engine) -> None:
    sentences = [e.sentence for place in engine.places(QUESTION).answers for e in place.evidence]
    assert not any("尚未" in sentence for sentence in sentences)


@pytest.mark.parametrize(
    ("query", "answered", "unmentioned"),
    [
        ("宜昌和岳阳谁办了渔网编织赛？", {"宜昌市"}, ("岳阳市",)),
        ("荆门和岳阳谁办了渔网编织赛？", set(), ("荆门市", "岳阳市")),
        ("岳阳有没有渔网编织赛？", set(), ("岳阳市",)),
        ("湖北哪些城市办了渔网编织赛？", {"宜昌市", "襄阳市"}, ()),
    ],
)
def test_compared_places_that_say_nothing_are_listed(
    engine: Engine, query: str, answered: set[str], unmentioned: tuple[str, ...]
) -> None:
    answer = engine.places(query)
    assert (set(table(answer)), answer.unmentioned) == (answered, unmentioned)


def test_all_of_several_things(engine: Engine) -> None:
    answer = engine.places("哪些城市既建了江畔书亭又办了渔网编织赛？")
    assert set(table(answer)) == {"宜昌市", "襄阳市"}


@pytest.mark.parametrize("query", ["天海市哪些区县建了江畔书亭？", "哪些城市", "哪些城市" + "建" * 1990, "？" * 2000])
def test_a_question_that_can_not_be_answered_is_told_what_to_do(engine: Engine, query: str) -> None:
    answer = engine.places(query)
    assert answer.answers == () and answer.coverage.line.endswith("未提及不等于未开展。")


@pytest.mark.parametrize(
    ("query", "place", "answered", "line", "reasons"),
    [
        (QUESTION, "宜昌", True, "宜昌市在答案里：已开展，有 2 句为据。", {True: "已开展"}),
        (QUESTION, "襄阳市总工会", True, "襄阳市在答案里", {True: "已开展"}),
        ("哪些城市已经建了江畔书亭？", "荆门", False, "荆门市不在答案里：最接近的", {False: "只是计划"}),
        (QUESTION, "荆门", True, "荆门市在答案里：计划开展", {True: "计划开展", False: "还没有做到"}),
        (QUESTION, "湖北", False, "湖北省不在答案里（在它辖内的", {False: "问的是市县，湖北省是省级"}),
        ("哪些省建了江畔书亭？", "湖北", True, "湖北省在答案里", {True: "已开展"}),
        ("哪些城市投入超过1000万元建江畔书亭？", "宜昌", False, "宜昌市不在答案里", {False: "写的是860万元"}),
        ("2012年哪些城市建了江畔书亭？", "宜昌", False, "宜昌市不在答案里", {False: "不是问题限定的年份"}),
        ("湖南哪些城市建了江畔书亭？", "宜昌", False, "宜昌市不在答案里", {False: "不在问题限定的地方之内"}),
        ("哪些城市办了渔网编织赛？", "岳阳", False, "岳阳市不在答案里", {}),
        (QUESTION, "上海", False, "没有收录上海市的文献", {}),
        (QUESTION, "鼓楼区", False, "叫“鼓楼区”的有", {}),
        (QUESTION, "宜昌县城", False, "没有叫“宜昌县城”的地方或单位", {}),
        (QUESTION, "=1+1", False, "没有叫“=1+1”的地方或单位；请写省", {}),
        ("哪些城市？", "宜昌", False, "请在问题里写明", {}),
        ("哪些城市没有建江畔书亭？", "宜昌", False, "文献只写做了什么", {}),
    ],
)
def test_why(engine: Engine, query: str, place: str, answered: bool, line: str, reasons: dict[bool, str]) -> None:
    verdict = engine.why(query, place)
    assert verdict.answered == answered and verdict.line.startswith(line)
    told = [(near.counts, near.reason) for near in verdict.sentences]
    for counts, reason in reasons.items():
        assert any(counts == counted and reason in text for counted, text in told), told
    assert all(near.reason for near in verdict.sentences)


def test_verdict_and_answer_agree(engine: Engine) -> None:
    for query in (QUESTION, "哪些城市办了渔网编织赛？", "哪些城市建了20座以上江畔书亭？", "哪些城市已经建了江畔书亭？"):
        answered = {place.place for place in engine.places(query).answers}
        for name in (*REPORTS, "兴山县"):
            verdict = engine.why(query, name)
            assert verdict.answered == (name in answered)
            assert any(near.counts for near in verdict.sentences) == verdict.answered


def test_whose_deed_it_was_is_told(engine: Engine) -> None:
    verdict = engine.why("哪些城市建了江畔书亭？", "宜昌")
    assert any(near.place == "兴山县" and "做这件事的是兴山县" in near.reason for near in verdict.sentences)
    assert not any(near.counts for near in verdict.sentences if near.place == "兴山县")
