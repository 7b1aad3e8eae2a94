import pytest

from ingest.readers.columns import Piece
from ingest.readers.margins import without_running_lines


def page(*lines):
    """Pieces of a page from (text, height)."""
    return [Piece(text, 80.0, 80.0 + 12 * len(text), base, 12.0) for text, base in lines]


def texts(pages):
    return [[piece.text for piece in getattr(page, "pieces", page)] for page in pages]


def book(count, header=lambda n: "文件汇编", number=lambda n: f"— {n} —"):
    return [
        page(
            (header(n), 40.0),
            (f"正文{'子丑寅卯辰巳午未申酉戌亥'[n - 1]}", 90.0),
            (f"结尾{'子丑寅卯辰巳午未申酉戌亥'[n - 1]}", 700.0),
            (number(n), 800.0),
        )
        for n in range(1, count + 1)
    ]


@pytest.mark.parametrize(
    "number", [lambda n: f"— {n} —", lambda n: f"第{n}页 共9页", lambda n: ["i", "ii", "iii", "iv", "v", "vi"][n - 1]]
)
def test_headers_and_page_numbers_go(number):
    kept = texts(without_running_lines(book(6, number=number)))
    assert all(len(lines) == 2 and lines[0].startswith("正文") for lines in kept)


def test_headers_of_left_and_right_pages_and_of_each_report():
    kept = texts(without_running_lines(book(12, header=lambda n: "单页" if n % 2 else f"报告{'甲乙'[n // 7]}")))
    assert not any("单页" in line or line.startswith("报告") for lines in kept for line in lines)


def test_first_lines_that_differ_stay():
    pages = [page((f"{'甲乙丙丁'[n]}段", 90.0), ("完", 700.0 - 50 * n)) for n in range(4)]
    assert texts(without_running_lines(pages)) == texts(pages)


def test_one_page_has_no_running_lines():
    pages = book(1)
    assert texts(without_running_lines(pages)) == texts(pages)


def test_the_same_words_within_the_text_stay():
    pages = [[*book(4)[n], *page(("特此通知", 400.0), ("另起一段", 600.0 - 9 * n))] for n in range(4)]
    assert all("特此通知" in lines for lines in texts(without_running_lines(pages)))
