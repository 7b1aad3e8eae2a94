import pytest

from corpus.model import Document
from search.answers import TermUse
from web.shelf import DocumentEntry
from web.timeline import SIDE, UNDATED, WIDTH, Timeline, provinces, timeline


def made(*told: tuple[str, bool, int], province: str = "湖北省") -> tuple[list[TermUse], dict[str, DocumentEntry]]:
    """Uses and entries of documents: date, whether it is a guess, number of mentions."""
    uses, entries = [], {}
    for number, (date, guessed, mentions) in enumerate(told):
        document = Document(
            f"d{number}", "s", number, f"第{number}号", "荆州市", "", province, "city", "", "", date, "", ""
        )
        guesses = frozenset({"date"} if guessed else ())
        entries[document.id] = DocumentEntry(document, "甲.txt", False, 1, (), guesses)
        uses.append(TermUse(document.id, document.title, document.place, date, mentions))
    return uses, entries


def drawn(*told: tuple[str, bool, int]) -> Timeline:
    uses, entries = made(*told)
    found = timeline("三送", uses, entries.__getitem__)
    assert found is not None
    return found


def test_years_come_in_order_and_short_gaps_are_drawn() -> None:
    found = drawn(("2021-03", False, 1), ("2019", False, 2), ("", False, 1), ("2030", True, 1))
    assert [row.label for row in found.rows] == ["2019", "2020", "2021", "⋮", "2030", UNDATED]
    assert [len(row.marks) for row in found.rows] == [1, 0, 1, 0, 1, 1]
    assert found.told == "2019 年 1 份；2021 年 1 份；2030 年 1 份；没有日期 1 份"
    assert found.datings == {"sure", "guessed", "undated"}


def test_a_guess_is_told_as_one_and_comes_after_what_is_sure() -> None:
    (row,) = drawn(("2023", True, 9), ("2023-10-24", False, 1), ("2023", True, 120)).rows
    assert [mark.dating for mark in row.marks] == ["sure", "guessed", "guessed"]
    assert row.marks[0].told == "第1号，荆州市，2023-10-24，1 处"
    assert row.marks[1].told == "第2号，荆州市，2023（推测），120 处"
    assert [(mark.count, mark.shade) for mark in row.marks] == [("1", "one"), ("99+", "many"), ("9", "many")]
    assert all(mark.href.startswith("/documents/d") for mark in row.marks)


def test_few_documents_need_no_drawing() -> None:
    uses, entries = made(("2023", False, 1), ("2022", False, 1))
    assert timeline("三送", uses, entries.__getitem__) is None


@pytest.mark.parametrize("count", [3, 10, 11, 40, 41, 400])
def test_marks_stay_inside_and_apart_and_the_rest_is_told_by_number(count: int) -> None:
    found = drawn(*[("2023", False, 1)] * count, ("2024", False, 1))
    first, second = found.rows
    boxes = [(mark.x, mark.y) for row in found.rows for mark in row.marks]
    assert len(set(boxes)) == len(boxes)
    assert all(0 <= x <= WIDTH - SIDE and 0 <= y <= found.height - SIDE for x, y in boxes)
    assert first.bottom < second.marks[0].y + SIDE // 2 and second.bottom <= found.height
    assert (len(first.marks), first.more) == (min(count, 40), max(0, count - 40))
    if first.more:
        assert "year=2023" in first.href and first.marks[-1].y < first.more_y < second.y


def test_provinces_lead_to_a_search_and_what_lies_in_none_comes_last() -> None:
    uses, entries = made(("2023", False, 1), ("", False, 1))
    more, others = made(("2023", False, 1), ("2023", False, 1), ("2023", False, 1), province="")
    named = [TermUse(f"x{use.document_id}", use.title, "", "", 1) for use in more]
    entries |= {f"x{name}": entry for name, entry in others.items()}
    found = provinces("三送", uses + named, entries.__getitem__, "全国及其他")
    assert [(one.name, one.documents) for one in found] == [("湖北省", 2), ("全国及其他", 3)]
    assert "q=%E2%80%9C%E4%B8%89%E9%80%81%E2%80%9D" in found[0].href  # the very words: that is what was counted
    assert "province=%E6%B9%96%E5%8C%97%E7%9C%81" in found[0].href and found[1].href == ""
