import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.lines import is_row, layout, piece, split, width


def test_lines_know_where_they_stand():
    source = "　　甲乙\r\n\r\n  丙 丁 \n\n\n戊"
    lines = split(source)
    assert [line.text for line in lines] == ["甲乙", "丙 丁", "戊"]
    assert all(source[line.start : line.end] == line.text for line in lines)
    assert [line.indent for line in lines] == [2, 1, 0]
    assert [line.gap for line in lines] == [0, 1, 2]


def test_pieces_of_a_line():
    (line,) = split("　　上文。 二、下文")
    head, tail = piece(line, 0, 4), piece(line, 4, 8)
    assert (head.text, tail.text) == ("上文。", "二、下文")
    assert (head.start, head.end, tail.start, tail.end) == (2, 5, 6, 10)
    assert (head.indent, tail.indent) == (2, 2)


@pytest.mark.parametrize(("text", "expected"), [("工会", 2), ("2021年", 3), ("（a）", 2.5), ("", 0)])
def test_width(text, expected):
    assert width(text) == expected


@given(st.text(alphabet="工会，a1 é·\u3000", min_size=8, max_size=8))
def test_layout_measures_lines_as_they_are_wide(ends: str) -> None:
    texts = ["工" * 29 + end for end in ends]
    lines = split("\n".join(texts))
    full = max(width(line.text) for line in lines)
    assert layout(lines).width in (full, 0)


def test_layout_of_hard_wrapped_indented_text():
    paragraph = "　　" + "工" * 28 + "\n" + "会" * 30 + "\n" + "好" * 12 + "。\n"
    found = layout(split(paragraph * 5))
    assert found.width == 30 and found.indented


def test_layout_of_paragraph_lines():
    found = layout(split("\n\n".join("职工" * n + "。" for n in range(30, 50))))
    assert found.width == 0 and not found.indented


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("县市\t人次", True),
        ("1\t云溪\t办起夜校。", True),
        ("（一）\t抓培训", False),
        ("3.\t抓培训", False),
        ("第一章\t总则", False),
        ("办起\t夜校，受到欢迎。", False),
        ("办起夜校", False),
    ],
)
def test_rows_of_tables(text, row):
    assert is_row(text) is row


@given(st.text())
def test_the_width_of_a_text_is_that_of_its_characters(text: str) -> None:
    assert width(text) == sum(1 if unicodedata.east_asian_width(char) in "WFA" else 0.5 for char in text)
