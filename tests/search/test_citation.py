"""Citations in three styles, and the passages they go with."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.doubts import Doubt, Doubts
from corpus.model import Document, Passage
from corpus.sentences import clauses
from corpus.store import Store
from search.citation import Pick, Quoter, chinese_date, citation, citations, tex

DOCUMENT = Document(
    "d", "s", 0, "青禾市工会总结", "宜昌市", "420500", "湖北省", "city", "总结", "", "2021-12-30", "", "",
    issuer="宜昌市总工会",
)  # fmt: skip
TEXT = "盛夏时节开展“送清凉”三百场，花费50%。"
PASSAGE = Passage("p1", "d", "", 0, TEXT, 0, len(TEXT), 0, len(TEXT), ("一、关爱职工", "（二）“送清凉”到一线。"))
NOTES = Passage("p3", "d", "", 0, "好。", 0, 2, 0, 2, ("【名词注释】",))


@pytest.mark.parametrize(
    ("headings", "expected"),
    [
        (("一、回顾", "（二）送清凉"), "《青禾市工会总结》（宜昌市，2021-12-30），一、回顾 › （二）送清凉"),
        ((), "《青禾市工会总结》（宜昌市，2021-12-30）"),
    ],
)
def test_the_plain_style_names_the_place_in_the_document(headings: tuple[str, ...], expected: str) -> None:
    assert citation(DOCUMENT, headings) == expected


def test_a_guess_is_cited_as_one() -> None:
    assert citation(DOCUMENT, (), {"date", "type"}) == "《青禾市工会总结》（宜昌市，2021-12-30？）"
    made = citations(DOCUMENT, PASSAGE, {"date", "issuer"})
    assert made.official.startswith("宜昌市总工会？《青禾市工会总结》（2021年12月30日？）在")
    assert "日期系推断" in made.bibtex


def test_the_official_style_is_a_sentence_that_quotes_the_words() -> None:
    assert citations(DOCUMENT, PASSAGE).official == (
        "宜昌市总工会《青禾市工会总结》（2021年12月30日）在“‘送清凉’到一线”部分写道：“盛夏时节开展‘送清凉’三百场，花费50%。”"
    )


def test_brackets_around_a_heading_are_not_quoted() -> None:
    assert "在“名词注释”部分写道：“好。”" in citations(DOCUMENT, NOTES).official


def test_what_is_not_known_is_left_out() -> None:
    nobody = Document("d", "s", 0, "讲话", "", "", "", "unknown", "", "", "", "", "")
    made = citations(nobody, Passage("p2", "d", "", 0, "好。", 0, 2, 0, 2, ()))
    assert made.official == "《讲话》写道：“好。”"
    assert made.plain == "《讲话》"
    assert made.bibtex == "@misc{gongzhi-p2,\n  title = {{讲话}},\n  abstract = {好。},\n  language = {chinese}\n}"


def test_a_title_that_names_its_issuer_is_not_preceded_by_it() -> None:
    own = Document("d", "s", 0, "宜昌市总工会报告", "宜昌市", "420500", "", "city", "", "", "2021", "", "")
    assert citations(own, PASSAGE).official.startswith("《宜昌市总工会报告》（2021年）")


@pytest.mark.parametrize(
    ("level", "place", "expected"),
    [("city", "宜昌市", "《讲话》（宜昌市，2021年）写道："), ("national", "全国", "《讲话》（2021年）写道：")],
)
def test_a_place_is_not_taken_for_an_author(level: str, place: str, expected: str) -> None:
    speech = Document("d", "s", 0, "讲话", place, "420500", "", level, "", "", "2021", "", "")
    made = citations(speech, NOTES)
    assert made.official.replace("在“名词注释”部分", "").startswith(expected)
    assert made.bibtex.startswith("@misc") and "author" not in made.bibtex and f"地点：{place}" in made.bibtex


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("他说：“大会发出了‘团结奋斗’的号召。”", "他说：‘大会发出了“团结奋斗”的号召。’"),
        ("号召。”大家说。", "号召。’大家说。"),
        ("it’s ‘new’", "it’s ‘new’"),
    ],
)
def test_marks_within_marks_take_turns(said: str, expected: str) -> None:
    passage = Passage("p4", "d", "", 0, said, 0, len(said), 0, len(said), ())
    assert citations(DOCUMENT, passage).official.endswith(f"写道：“{expected}”")


def test_bibtex_is_a_report_with_its_commands_escaped() -> None:
    made = citations(DOCUMENT, PASSAGE).bibtex
    assert made.startswith("@techreport{gongzhi-p1,\n  author = {{宜昌市总工会}},\n  title = {{青禾市工会总结}},")
    assert "  year = {2021},\n  date = {2021-12-30},\n" in made and r"花费50\%。" in made


def test_doubts_go_with_every_style() -> None:
    made = citations(DOCUMENT, PASSAGE, doubtful=(Doubt(0, 2, "mask", "星号遮去了字词"),))
    assert made.official.endswith("〔存疑：“盛夏”处，星号遮去了字词〕")
    assert made.plain.endswith("〔存疑：“盛夏”处，星号遮去了字词〕")
    assert "〔存疑：“盛夏”处，星号遮去了字词〕" in made.bibtex


@pytest.mark.parametrize(
    ("date", "said"),
    [
        ("2023-10-24", "2023年10月24日"),
        ("2023-03", "2023年3月"),
        ("2023", "2023年"),
        ("", ""),
        ("约2023年", "约2023年"),
    ],
)
def test_dates_are_said_as_documents_say_them(date: str, said: str) -> None:
    assert chinese_date(date) == said


@given(st.text(alphabet="\\{}~^&%$#_甲a", max_size=20))
def test_escaping_leaves_braces_balanced_for_tex(text: str) -> None:
    escaped = tex(text).replace("\\{", "").replace("\\}", "")
    depth = 0
    for c in escaped:
        depth += (c == "{") - (c == "}")
        assert depth >= 0
    assert depth == 0


def test_chosen_passages_come_in_the_order_asked_for(library: Path) -> None:
    with Store.open(library) as store:
        first, second = store.select(Passage)[:2]
        got = Quoter(store, Doubts(store), store.guesses()).quote([second.id, "没有", first.id, second.id])
    assert [quotation.passage_id for quotation in got.found] == [second.id, first.id]
    assert got.missing == ("没有",)
    assert got.found[1].text == first.text and got.found[1].text in got.found[1].citations.official.replace(
        "‘", "“"
    ).replace("’", "”")


def test_part_of_a_passage_is_quoted_alone(library: Path) -> None:
    with Store.open(library) as store:
        passage = store.select(Passage)[0]
        start, end = clauses(passage.text, passage.start)[0]
        key = f"{passage.id}~{start}-{end}"
        one, whole, again = Quoter(store, Doubts(store), store.guesses()).quote([key, passage.id, f"{key}9"]).found
    assert one.text == passage.text[start - passage.start : end - passage.start] and (one.start, one.end) == (
        start,
        end,
    )
    assert (one.passage_id, one.key, whole.key) == (passage.id, key, passage.id)
    assert one.citations.official != whole.citations.official and whole.text == passage.text
    assert f"{{gongzhi-{passage.id}-{start}-{end}," in one.citations.bibtex
    assert again.text.startswith(one.text)  # the end of the document ends a span that goes on beyond it


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("ab12", Pick("ab12")),
        ("ab12~3-9", Pick("ab12", (3, 9))),
        ("ab12~3", Pick("ab12~3")),
        ("ab12~-1-9", Pick("ab12~-1-9")),
        ("~3-9", Pick("~3-9")),
        ("", Pick("")),
    ],
)
def test_keys_are_read(key: str, expected: Pick) -> None:
    assert Pick.of(key) == expected
