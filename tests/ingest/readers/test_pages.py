"""Lines of print put together to paragraphs; places in points, type of 12."""

import pytest

from ingest.readers.columns import Piece
from ingest.readers.pages import Page, decoded

SIZE, LEFT, WIDE = 12.0, 80.0, 30
FULL = "县总工会会同有关部门办起灯下课堂培训职工两千多人次受到欢迎和"


def line(text, base, left=LEFT, size=SIZE):
    return Piece(text, left, left + size * sum(0.5 if char.isascii() else 1 for char in text), base, size)


def shown(*pages):
    return decoded([Page(tuple(pieces), 595.0, 842.0) for pieces in pages], "pdf").text


def paragraph(top, count=4, end="好评。"):
    """Full lines below an indented one, and a last one."""
    first = line(FULL[:28], top, LEFT + 2 * SIZE)
    return [first, *(line(FULL[:30], top + 20 * n) for n in range(1, count)), line(end, top + 20 * count)]


def right(text, base, size=SIZE):
    """A line set to the right."""
    return line(text, base, LEFT + size * WIDE - (line(text, base, size=size).right - LEFT), size)


def test_who_signs_and_when_are_two_lines():
    pieces = [*paragraph(100), *paragraph(200), right("云溪县总工会", 320), right("2021年12月3日", 340)]
    assert shown(pieces).split("\n")[-2:] == ["\u3000\u3000云溪县总工会", "\u3000\u30002021年12月3日"]


@pytest.mark.parametrize("break_after", [0, 1])
def test_who_signs_and_when_may_stand_on_the_next_page(break_after):
    signs = [("云溪县总工会", 100), ("2021年12月3日", 120)]
    body = [*paragraph(100), *paragraph(200), *paragraph(300)]
    first = body + [right(words, 420 + 20 * n) for n, (words, _) in enumerate(signs[:break_after])]
    second = [right(words, base) for words, base in signs[break_after:]]
    rows = [row.strip() for row in shown(first, second).replace("\f", "\n").split("\n")]
    assert rows[-2:] == ["云溪县总工会", "2021年12月3日"]


def test_a_title_does_not_run_on_into_smaller_type():
    title = "云溪县总工会关于开展职工技能比武的工作总结和下一步打算"
    pieces = [line(title, 80, LEFT, 14.4), line("——同心启新程", 105), *paragraph(140)]
    assert shown(pieces).startswith(f"{title}\n")


def test_a_date_below_a_centred_subtitle_stands_alone():
    head = [
        line("——为建设幸福云溪贡献力量同心启程", 80, LEFT + 6.5 * SIZE),
        line("（2022年9月15日）", 100, LEFT + 10.75 * SIZE),
    ]
    assert shown([*head, *paragraph(140), *paragraph(240)]).split("\n")[1] == "（2022年9月15日）"


def test_a_ragged_line_goes_on_though_its_sentence_ended():
    ragged = line(FULL[:28] + "。", 120)  # 《石 didn't fit
    pieces = [line(FULL[:28], 100, LEFT + 2 * SIZE), ragged, line("《石桥乡办法》施行。", 140)]
    assert "。《石桥乡办法》" in shown([*pieces, *paragraph(200), *paragraph(300)])


def test_marks_that_hang_over_the_margin_do_not_make_other_lines_short():
    hanging = line(FULL[:30] + "，", 120)
    pieces = [
        line(FULL[:28], 100, LEFT + 2 * SIZE),
        hanging,
        line(FULL[:29] + "。", 140),
        line("另外一句还是这一段。", 160),
    ]
    assert "。另外一句" in shown([*pieces, *paragraph(200), *paragraph(300)])


def test_rows_of_a_table_stay_rows_and_do_not_move_the_margin():
    row = Piece("县市\t培训人次\t投入", LEFT - 6, LEFT + 31 * SIZE, 210, SIZE)
    text = shown(
        [*paragraph(100), row, Piece("云溪\t36\t12.5", LEFT - 6, LEFT + 31 * SIZE, 230, SIZE), *paragraph(260)]
    )
    assert "\n县市\t培训人次\t投入\n云溪\t36\t12.5\n" in text.replace("\n\n", "\n")
    assert text.count(FULL[:28] + FULL[:30]) == 2


def test_the_last_lines_of_an_article_in_columns():
    def column(left, rows, top=100):
        return [line(rows[n], top + 20 * n, left) for n in range(len(rows))]

    pages = [[*column(60, [FULL[:18]] * 8), *column(310, [FULL[:18]] * 8)]]
    pages.append([*column(60, [FULL[:18], "左栏的末行" + FULL[:13]]), *column(310, ["右栏的话接在后面。"])])
    assert shown(*pages).endswith("左栏的末行" + FULL[:13] + "右栏的话接在后面。")


def test_where_pages_begin_is_kept_also_inside_a_paragraph():
    first = [*paragraph(100), *paragraph(200, count=4, end=FULL[:30])]
    second = [line("接着写到下一页。", 100), *paragraph(200)]
    read = decoded([Page(tuple(pieces), 595.0, 842.0) for pieces in (first, (), second)], "pdf")
    assert [page for _, page in read.pages] == [1, 3]  # nothing stands on the second
    start = read.pages[1][0]
    assert read.text[start:].startswith("接着写到下一页。")
    assert read.text[start - 1] not in "\n\f"
