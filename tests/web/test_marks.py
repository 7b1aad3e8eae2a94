import re
from html import unescape
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.marks import Mark, highlighted, merged, render


class Nesting(HTMLParser):
    """Checks that tags are closed in the order they were opened, and collects the text."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert not (tag == "a" and "a" in self.open), "链接里套了链接"
        self.open.append(tag)
        self.ids += [value or "" for name, value in attrs if name == "id"]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize(
    ("text", "spans", "html"),
    [
        ("驿站三十六个", [], "驿站三十六个"),
        ("驿站三十六个", [(0, 2)], "<mark>驿站</mark>三十六个"),
        ("驿站三十六个", [(0, 3), (2, 4)], "<mark>驿站三十</mark>六个"),
        ("驿站三十六个", [(4, 99)], "驿站三十<mark>六个</mark>"),
        ("驿站三十六个", [(-3, 2)], "<mark>驿站</mark>三十六个"),
        ("驿站三十六个", [(7, 9), (4, 1)], "驿站三十六个"),
        ("<b>&", [(0, 3)], "<mark>&lt;b&gt;</mark>&amp;"),
    ],
)
def test_highlighted(text: str, spans: list[tuple[int, int]], html: str) -> None:
    assert str(highlighted(text, spans)) == html


def test_merged_joins_what_touches() -> None:
    assert merged([(5, 7), (0, 2), (2, 3), (9, 9)]) == [(0, 3), (5, 7)]


def test_crossing_marks_are_split_and_nested_links_dropped() -> None:
    marks = [Mark(0, 3, "a", {"href": "/一"}), Mark(2, 5, "mark", {"id": "at"}), Mark(2, 3, "a", {"href": "/二"})]
    assert str(render("甲乙丙丁戊", marks)) == ('<a href="/一">甲乙<mark id="at">丙</mark></a><mark>丁戊</mark>')


def test_an_empty_mark_is_an_empty_element_in_its_place() -> None:
    assert str(render("甲乙", [Mark(11, 11, "i")], offset=10)) == "甲<i></i>乙"


def test_attributes_are_escaped() -> None:
    assert 'title="&#34;&gt;&lt;script&gt;"' in str(render("甲", [Mark(0, 1, "span", {"title": '"><script>'})]))


spans = st.tuples(st.integers(-3, 14), st.integers(-3, 14))
mark = st.builds(
    lambda span, tag, number: Mark(*span, tag, {"id": f"m{number}"}),
    spans,
    st.sampled_from(["a", "mark", "span"]),
    st.integers(0, 10**9),
)


@given(st.text(max_size=10), st.lists(mark, max_size=6, unique_by=lambda mark: mark.attributes["id"]))
def test_any_spans_give_well_nested_html_with_the_same_text(text: str, marks: list[Mark]) -> None:
    html = str(render(text, marks))
    parser = Nesting()
    parser.feed(html)
    parser.close()
    assert parser.open == []
    assert len(parser.ids) == len(set(parser.ids))
    assert unescape(re.sub(r"<[^>]*>", "", html)) == text


def test_an_empty_element_stands_between_what_ends_and_what_begins_at_its_place() -> None:
    marks = [Mark(0, 2, "b"), Mark(2, 2, "a"), Mark(2, 4, "i"), Mark(0, 4, "u")]
    assert render("甲乙丙丁", marks) == "<u><b>甲乙</b><a></a><i>丙丁</i></u>"


def test_a_link_may_end_where_an_empty_one_stands() -> None:
    marks = [Mark(0, 2, "a", {"href": "/x"}), Mark(2, 2, "a", {"class": "sign"})]
    assert render("甲乙", marks) == '<a href="/x">甲乙</a><a class="sign"></a>'
