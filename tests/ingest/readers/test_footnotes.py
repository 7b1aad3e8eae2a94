from ingest.readers.columns import Piece
from ingest.readers.footnotes import Footnote, apart
from ingest.readers.pages import Page, decoded

FULL = "县总工会会同有关部门办起灯下课堂培训职工两千多人次受到欢迎"


def piece(text, left, base, size=12.0):
    return Piece(text, left, left + size * len(text), base, size)


def raised(text, left, base):
    return Piece(text, left, left + 3.5 * len(text), base - 4, 7.0)


BODY = [piece(FULL[:20], 104, 100), raised("1", 344, 100), piece(FULL[:8], 348, 100), piece(FULL, 80, 120)]
NOTES = [piece("1", 80, 700, 6.0), piece("指由劳模上门讲授的夜校，", 84, 702, 9.0), piece("每月两次。", 80, 714, 9.0)]


def test_notes_and_marks_leave_the_text():
    body, notes = apart([*BODY, *NOTES], 12.0)
    assert notes == (Footnote("1", "指由劳模上门讲授的夜校，每月两次。"),)
    assert sorted(p.text for p in body) == sorted([FULL[:20], "", FULL[:8], FULL])


def test_a_raised_figure_without_a_note_stays():
    area = [piece("面积三百多平方米即300m", 80, 100), raised("2", 230, 100), piece("左右", 234, 100)]
    source = [piece("来源：县总工会统计年报", 80, 700, 9.0)]
    assert apart([*area, *source], 12.0) == ((*area, *source), ())


def test_a_sentence_goes_on_over_the_notes_of_its_page():
    first = [*BODY, *NOTES]
    second = [piece(FULL, 80, 100), piece("好评。", 80, 120), *[piece(FULL[:28], 104, 140 + 20 * n) for n in range(3)]]
    pages = [Page(tuple(pieces), 595.0, 842.0) for pieces in (first, second)]
    text = decoded(pages, "pdf").text
    assert FULL[:20] + FULL[:8] + FULL + FULL + "好评。" in text
    assert text.endswith("\n\n[1] 指由劳模上门讲授的夜校，每月两次。")


def test_notes_below_the_text_are_on_no_page_of_their_own():
    read = decoded([Page((*BODY, *NOTES), 595.0, 842.0)], "pdf")
    (_, first), (start, last) = read.pages
    assert (first, last) == (1, 0)
    assert read.text[start:].strip().startswith("[1]")
