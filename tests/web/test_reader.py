from dataclasses import replace

import pytest

from corpus.doubts import Doubt
from corpus.model import Document, Mention, Passage, Repair, Section
from search.answers import Sense
from web.reader import Marking, anchor, occurrences, outline, paragraphs, target, turns

TITLE = "宜宾市总工会2031年工作总结"
LINES = [TITLE, "一、送到灯下", "推行灯下三问，再推灯下三问。", "二是算明白账。开发算盘码。"]
TEXT = "\n".join(LINES)
DOCUMENT = Document("d", "s", 1, TITLE, "宜宾市", "511500", "四川省", "city", "工作总结", "", "2031", "", TEXT)


def at(words: str, after: int = 0) -> tuple[int, int]:
    start = TEXT.index(words, after)
    return start, start + len(words)


def section(ident: str, number: str, title: str, depth: int) -> Section:
    start, _ = at(number + title)
    return Section(ident, "d", 0, "", depth, number, title, start, len(TEXT), "done", "body")


SECTIONS = [section("s1", "一、", "送到灯下", 1), section("s2", "二是", "算明白账", 2)]
SENTENCE = "推行灯下三问，再推灯下三问。"
DEFINITION = Sense("x", "t1", "灯下三问，即“问冷暖”", (), "explained", "", "", "d", "p", 0, 1)
TERMS = {
    "t1": ("灯下三问", DEFINITION),
    "t2": ("三问", None),
}


def mention(term_id: str, words: str, after: int = 0) -> Mention:
    return Mention(term_id, "d", "p", *at(words, after))


def repair(span: tuple[int, int], before: str, after: str, *, doubtful: bool = False) -> Repair:
    return Repair("s", "d", 0, "spaces", *span, *span, before, after, doubtful, "多余的空格")


def read(marking: Marking | None = None) -> list[str]:
    passages = [Passage("p1", "d", "s1", 0, SENTENCE, *at(SENTENCE), 0, 0, ())]
    return [str(paragraph.html) for paragraph in paragraphs(DOCUMENT, TEXT, SECTIONS, passages, marking or Marking())]


def test_headings_alone_and_inside_a_paragraph() -> None:
    found = paragraphs(DOCUMENT, TEXT, SECTIONS, [], Marking())
    assert [paragraph.heading for paragraph in found] == [0, 1, 0, 0]
    assert [paragraph.front for paragraph in found] == [True, False, False, False]
    assert found[1].anchor == anchor(SECTIONS[0]) == "s-s1"
    assert found[3].html == '<strong id="s-s2">二是算明白账</strong>。开发算盘码。'


def test_the_title_below_the_name_of_who_issued_it_is_not_told_twice() -> None:
    document = replace(DOCUMENT, issuer="海棠市总工会", title="点亮灯下——海棠市总工会报告")
    text = "海棠市总工会\n点亮灯下\n——海棠市总工会报告\n各位代表：\n点亮灯下\n"
    found = paragraphs(document, text, [], [], Marking())
    assert [paragraph.front for paragraph in found] == [True, True, True, False, False]
    apart = replace(document, title="点亮灯下")
    found = paragraphs(apart, "海棠市总工会\n点亮灯下\n各位代表：\n", [], [], Marking())
    assert [paragraph.front for paragraph in found] == [False, True, False]


def test_the_outline_leads_to_the_headings() -> None:
    assert [(item.title, item.depth, item.anchor) for item in outline(SECTIONS)] == [
        ("一、送到灯下", 1, "s-s1"),
        ("二是算明白账", 2, "s-s2"),
    ]


def test_a_term_is_linked_once_in_a_paragraph_and_the_longest_wins() -> None:
    again = at("灯下三问")[1]
    mentions = [mention("t2", "三问"), mention("t1", "灯下三问"), mention("t1", "灯下三问", again)]
    html = read(Marking(mentions=mentions, terms=TERMS))[2]
    assert html.count('class="term"') == 1
    assert 'title="灯下三问，即“问冷暖”" data-term="灯下三问">灯下三问</a>，再推灯下三问' in html


def test_what_a_term_means_is_told_at_its_first_link_only() -> None:
    text = "推行灯下三问。\n再推灯下三问。"
    mentions = [Mention("t1", "d", "p", at, at + 4) for at in (2, 10)]
    first, second = paragraphs(DOCUMENT, text, [], [], Marking(mentions, TERMS))
    assert 'title="灯下三问，即' in first.html
    assert "title=" not in second.html and 'data-term="灯下三问"' in second.html


def test_a_term_without_definition_has_no_card() -> None:
    html = read(Marking(mentions=[mention("t2", "三问")], terms=TERMS))[2]
    assert '<a class="term" href="/terms/%E4%B8%89%E9%97%AE">三问</a>' in html


def test_what_only_describes_a_term_is_no_card() -> None:
    described = replace(DEFINITION, strength="described")
    terms = {"t1": ("灯下三问", described)}
    html = read(Marking(mentions=[mention("t1", "灯下三问")], terms=terms))[2]
    assert 'class="term"' in html
    assert "data-term" not in html


def test_a_card_warns_of_what_is_doubtful() -> None:
    doubted = replace(DEFINITION, doubtful=(Doubt(7, 10, "garbled", "看不清"),))
    terms = {"t1": ("灯下三问", doubted)}
    html = read(Marking(mentions=[mention("t1", "灯下三问")], terms=terms))[2]
    assert 'title="灯下三问，即“问冷暖”〔存疑：“问冷暖”处，看不清〕"' in html


def test_the_paragraphs_that_the_target_touches_are_quoted() -> None:
    start, end = at("再推灯下三问。")[0], at("二是算明白账。")[1]
    found = paragraphs(DOCUMENT, TEXT, SECTIONS, [], Marking(target=(start, end)))
    assert [paragraph.quoted for paragraph in found] == [False, False, True, True]


def test_the_passage_can_be_pointed_at_and_the_target_is_marked() -> None:
    html = read(Marking(target=at("再推灯下三问。")))[2]
    assert html == (
        '<span id="p-p1">推行灯下三问，<mark id="at" class="target">再推灯下三问。</mark></span>'
        '<a class="pilcrow" href="/documents/d/similar?p=p1" aria-label="第 1 段：出处、相近段落"></a>'
    )


def test_a_target_outside_the_text_marks_nothing() -> None:
    assert not any("<mark" in html for html in read(Marking(target=(9_000, 9_001))))


def test_repairs_say_what_was_there() -> None:
    changed = repair(at("算盘码"), "算 盘码", "算盘码")
    removed = repair((at("开发")[0], at("开发")[0]), "第3页", "")
    doubtful = repair(at("明白"), "", "", doubtful=True)
    html = read(Marking(repairs=[changed, removed, doubtful]))[3]
    assert 'title="原件作“算 盘码”，整理为“算盘码”（多余的空格）">算盘码</span>' in html
    assert 'title="原件作“第3页”，已删去（多余的空格）"></span>开发' in html
    assert '<span class="doubt" title="存疑：多余的空格">明白</span>' in html


def test_what_stands_everywhere_is_not_marked() -> None:
    text = "工会建站。" * 30
    mentions = [Mention("t", "d", "p", at, at + 2) for at in range(0, len(text), 5)]
    passage = Passage("p", "d", "", 1, text, 0, len(text), 0, len(text), ())
    (often,) = paragraphs(DOCUMENT, text, [], [passage], Marking(mentions, {"t": ("工会", None)}))
    (seldom,) = paragraphs(DOCUMENT, text, [], [passage], Marking(mentions[:3], {"t": ("工会", None)}))
    assert 'class="term"' not in often.html and 'class="term"' in seldom.html


@pytest.mark.parametrize(
    ("statuses", "expected"),
    [
        (("done", "done"), {}),
        (("done", "plan", "plan"), {1: "plan"}),
        (("plan", "done"), {0: "plan", 1: "done"}),
        (("", "plan", ""), {1: "plan", 2: ""}),
    ],
)
def test_where_the_plan_begins_and_ends(statuses: tuple[str, ...], expected: dict[int, str]) -> None:
    listed = [replace(SECTIONS[0], id=str(n), status=status) for n, status in enumerate(statuses)]  # type: ignore[arg-type]
    assert turns(listed) == {str(n): status for n, status in expected.items()}
    assert [item.turn for item in outline(listed)] == [expected.get(n, "") for n in range(len(statuses))]


@pytest.mark.parametrize(
    ("address", "span"),
    [
        ("3-8", (3, 8)),
        ("0-10", (0, 10)),
        ("8-3", None),
        ("3-3", None),
        ("3-11", None),
        ("999999999-9999999999", None),
        ("", None),
        ("３-８", None),
        ("-3-8", None),
        ("<b>", None),
    ],
)
def test_an_address_names_a_span_of_the_text_or_none(address: str, span: tuple[int, int] | None) -> None:
    assert target(address, 10) == span


def test_words_are_found_to_the_letter_in_either_case() -> None:
    assert occurrences("App（小程序）和APP", "app") == [(0, 3), (9, 12)]
    assert occurrences("甲.乙", ".") == [(1, 2)]
    assert occurrences("甲乙", "") == []
    assert len(occurrences("甲" * 900, "甲")) == 500


def test_what_was_looked_for_is_marked_and_numbered() -> None:
    html = read(Marking(found=occurrences(TEXT, "灯下三问")))[2]
    assert '<mark id="f-1" class="found">灯下三问</mark>' in html
    assert '<mark id="f-2" class="found">灯下三问</mark>' in html
