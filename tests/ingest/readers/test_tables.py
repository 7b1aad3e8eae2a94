import io

import pytest
from reportlab.pdfgen.canvas import Canvas

from ingest.readers import pdf
from ingest.readers.columns import Piece
from ingest.readers.tables import CELL_LONGEST, Rule, in_rows

LINES = (100.0, 140.0, 180.0)
EDGES = (80.0, 200.0, 320.0)


def level(y, left=EDGES[0], right=EDGES[-1]):
    return Rule(left, y, right, y + 0.5)


def upright(x, top=LINES[0], bottom=LINES[-1]):
    return Rule(x, top, x + 0.5, bottom)


GRID = [*map(level, LINES), *map(upright, EDGES)]


def piece(text, left, base):
    return Piece(text, left, left + 12.0 * len(text), base, 12.0)


def texts(pieces):
    return [piece.text for piece in sorted(pieces, key=lambda piece: piece.base)]


CELLS = [piece("县市", 84, 120), piece("人数", 210, 120), piece("云溪", 84, 160), piece("12", 210, 160)]


def test_cells_of_a_row_are_parted_by_tabs():
    around = [piece("各地情况如下：", 80, 80), piece("表后的话。", 80, 210)]
    assert texts(in_rows(CELLS + around, GRID)) == ["各地情况如下：", "县市\t人数", "云溪\t12", "表后的话。"]


def test_lines_of_a_cell_are_joined_and_empty_cells_kept():
    pieces = [piece("乡镇（街", 84, 115), piece("道）", 84, 132), piece("12", 210, 160)]
    assert texts(in_rows(pieces, GRID)) == ["乡镇（街道）", "\t12"]


def test_a_cell_over_two_rows_stands_in_the_first():
    rules = [level(LINES[0]), level(LINES[1], EDGES[1]), level(LINES[2]), *map(upright, EDGES)]
    pieces = [piece("云溪", 84, 145), piece("甲厂", 210, 120), piece("乙厂", 210, 160)]
    assert texts(in_rows(pieces, rules)) == ["云溪\t甲厂", "\t乙厂"]


def test_a_cell_over_two_columns_is_one():
    rules = [*map(level, LINES), upright(EDGES[0]), upright(EDGES[1], LINES[1]), upright(EDGES[2])]
    pieces = [piece("各地培训情况统计", 150, 120), *CELLS[2:]]
    assert texts(in_rows(pieces, rules)) == ["各地培训情况统计", "云溪\t12"]


@pytest.mark.parametrize(
    ("pieces", "rules"),
    [
        (CELLS, [level(90), level(190)]),  # rules above and below: a letterhead, a note
        (CELLS, [*map(level, LINES), upright(EDGES[0]), upright(EDGES[-1])]),  # a frame around a text
        (
            [*CELLS[:3], *(piece("长" * 9, 204, 145 + n) for n in range(CELL_LONGEST // 8))],
            GRID,
        ),  # a page that is laid out by a table
        (CELLS, [upright(80 + 0.2 * n) for n in range(1200)]),  # a drawing
    ],
)
def test_what_is_no_table_of_data_stays(pieces, rules):
    assert in_rows(pieces, rules) == pieces


@pytest.mark.parametrize("quarter", [0, 1])
def test_print_that_fills_its_cell_does_not_run_into_the_next(quarter, press):
    press(["登记字体"])
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(595, 842))
    canvas.setFont("STSong-Light", 12)
    if quarter:
        canvas.transform(0, 1, -1, 0, 595, 0)
    for n, words in enumerate(("户外劳动者驿站", "职工心理咨询室", "母婴关爱休息室")):
        canvas.drawString(100, 400 - 20 * n, words)
        canvas.drawString(190, 400 - 20 * n, "36个")
    for x in (96, 187, 260):
        canvas.line(x, 415, x, 355)
    for y in (415, 395, 375, 355):
        canvas.rect(96, y, 164, 0.4, stroke=0, fill=1)
    canvas.save()
    shown = pdf.decode(None, buffer.getvalue()).text
    assert shown.split("\n") == ["户外劳动者驿站\t36个", "职工心理咨询室\t36个", "母婴关爱休息室\t36个"]
