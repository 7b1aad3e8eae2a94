from hypothesis import given
from hypothesis import strategies as st

from ingest.readers.columns import Piece, in_order, rows


def piece(text, left, base, size=12.0):
    return Piece(text, left, left + size * len(text), base, size)


def test_raised_marks_go_with_their_line():
    found = rows([piece("驿站", 80, 100), piece("①", 104, 95, 7), piece("建成", 111, 100), piece("下行", 80, 121)])
    assert [[p.text for p in sorted(row, key=lambda p: p.left)] for row in found] == [["驿站", "①", "建成"], ["下行"]]


def test_two_columns_with_lines_at_other_heights():
    left = [piece("甲" * 15, 80, 100 + 20 * n) for n in range(6)]
    right = [piece("乙" * 15, 290, 107 + 20 * n) for n in range(6)]
    assert [[p.text[0] for p in column] for band in in_order(left + right) for column in band] == [
        ["甲"] * 6,
        ["乙"] * 6,
    ]


def test_three_columns():
    pieces = [
        piece(word * 10, left, 100 + 20 * n) for n in range(8) for word, left in (("甲", 60), ("乙", 210), ("丙", 360))
    ]
    assert [column[0].text[0] for band in in_order(pieces) for column in band] == ["甲", "乙", "丙"]


def test_contents_with_page_numbers_are_one_column():
    titles = [piece("某县总工会工作总结" + "甲" * (n % 3), 80, 100 + 20 * n) for n in range(9)]
    numbers = [piece(str(n), 480, 100 + 20 * n) for n in range(9)]
    assert len(in_order(titles + numbers)) == 1 and len(in_order(titles + numbers)[0]) == 1


places = st.floats(0, 600, allow_nan=False)


@given(
    st.lists(st.builds(piece, st.text("工会", min_size=1, max_size=30), places, places, st.floats(1, 40)), max_size=60)
)
def test_no_piece_is_lost_or_doubled(pieces):
    found = [p for band in in_order(pieces) for column in band for row in rows(column) for p in row]
    assert sorted(map(id, found)) == sorted(map(id, pieces))
