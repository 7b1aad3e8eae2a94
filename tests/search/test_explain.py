"""Highlights and reasons."""

import pytest

from corpus.lexicon import Concept
from corpus.model import Document, Passage
from search.answers import Filters
from search.concepts import ConceptIndex
from search.explain import Explainer, merged, spans_of
from search.reading import Reader, Reading
from search.register import Register

DOCUMENT = Document("d", "s", 0, "青禾市工会总结", "宜昌市", "420500", "湖北省", "city", "", "", "2021-12-30", "", "")
TEXT = "盛夏时节开展“送清凉”三百场，发放绿豆汤；随后防暑降温到工地。"
PASSAGE = Passage("p", "d", "", 0, TEXT, 0, len(TEXT), 0, len(TEXT), ("关爱职工", "送清凉到一线"))


def explainer(query: str, concepts: tuple[Concept, ...]) -> Explainer:
    index = ConceptIndex(concepts)
    return Explainer(Reader(index, Register([DOCUMENT])).read(query), index)


def marked(query: str, concepts: tuple[Concept, ...]) -> list[str]:
    return [TEXT[start:end] for start, end in explainer(query, concepts).highlights(PASSAGE)]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("送清凉", ["送清凉", "防暑降温"]),
        ("工地发绿豆汤", ["送清凉", "绿豆汤", "防暑降温", "工地"]),
        ("“三百场”", ["三百场"]),
        ("量子芯片", []),
    ],
)
def test_highlights(query: str, expected: list[str], concepts: tuple[Concept, ...]) -> None:
    assert marked(query, concepts) == expected


def test_reasons(concepts: tuple[Concept, ...]) -> None:
    why = explainer("宜昌 2021年 给户外干活的人送水", concepts).why(PASSAGE, DOCUMENT, 0.71)
    assert "主题：送清凉（您说的“给户外干活的人送水”）" in why
    assert "题目命中：送清凉到一线" in why
    assert "地点：宜昌市" in why and "年份：2021" in why
    assert "意思相近 0.71" in why


def test_an_official_label_needs_no_translation(concepts: tuple[Concept, ...]) -> None:
    why = explainer("送清凉", concepts).why(PASSAGE, DOCUMENT, 0)
    assert "主题：送清凉" in why and "含词：送清凉" in why


def test_a_quoted_name_that_stands_there(concepts: tuple[Concept, ...]) -> None:
    assert "原文含“三百场”" in explainer("“三百场”", concepts).why(PASSAGE, DOCUMENT, 0)


@pytest.mark.parametrize("dense", [0.2, 0.0])
def test_no_hit_goes_without_a_reason(dense: float, concepts: tuple[Concept, ...]) -> None:
    (reason,) = explainer("量子芯片", concepts).why(PASSAGE, DOCUMENT, dense)
    assert reason == ("意思略近 0.20" if dense else "个别字相同")


def test_related_words_are_named(concepts: tuple[Concept, ...]) -> None:
    near = [("芯片", "晶片"), ("子芯片", "盛夏"), ("量子", "微粒")]
    why = explainer("量子芯片", concepts).why(PASSAGE, DOCUMENT, 0, near, 0.9)
    assert why == ("相关词：芯片～晶片、量子～微粒",)


def test_parts_of_words_are_no_reason(concepts: tuple[Concept, ...]) -> None:
    why = explainer("3000场", concepts).why(PASSAGE, DOCUMENT, 0)
    assert not any("00" in reason for reason in why)
    assert marked("沙发放下", concepts) == []


@pytest.mark.parametrize(("company", "reason"), [(0.31, "用词与前几条相近 0.31"), (0.1, "个别字相同")])
def test_company_is_named_where_nothing_else_speaks(company: float, reason: str, concepts: tuple[Concept, ...]) -> None:
    assert explainer("量子芯片", concepts).why(PASSAGE, DOCUMENT, 0, (), company) == (reason,)


def test_a_weak_link_is_called_a_guess() -> None:
    index = ConceptIndex(())
    concept = Concept("送清凉")
    reading = Reading("查", "查", Filters(), (), (), ((concept, 0.11),), ())
    assert Explainer(reading, index).why(PASSAGE, DOCUMENT, 0) == ("可能有关：送清凉",)


def test_merged() -> None:
    assert merged([(5, 7), (0, 2), (1, 3), (3, 4)]) == ((0, 4), (5, 7))


def test_spans_cross_marks_in_the_text() -> None:
    text = "开展“送　清凉”活动"
    assert [text[s:e] for s, e in spans_of(text, ["送清凉", "", "没有"])] == ["送　清凉"]


def test_spans_cut_no_figure() -> None:
    text = "建成105个，新建5个，投入7.5万元"
    assert [text[s:e] for s, e in spans_of(text, ["5个", "5万元"])] == ["5个"]
