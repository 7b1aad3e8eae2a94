"""What is a table of contents, and what its lines list."""

import pytest

from ingest import contents
from ingest.lines import split


def _tables(text):
    return list(contents.find(split(text)))


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("云溪县总工会工作综述　　1", "云溪县总工会工作综述"),
        ("云溪县总工会工作综述……………12", "云溪县总工会工作综述"),
        ("云溪县总工会工作综述............12", "云溪县总工会工作综述"),
        ("云溪县总工会工作综述·····12", "云溪县总工会工作综述"),
        ("云溪县总工会工作综述 · · · 12", "云溪县总工会工作综述"),
        ("云溪县总工会工作综述…　　103", "云溪县总工会工作综述"),
        ("云溪县总工会工作综述\t9", "云溪县总工会工作综述"),
        ("云溪县总工会工作综述……（9）", "云溪县总工会工作综述"),
        ("云溪县总工会工作综述  [9]", "云溪县总工会工作综述"),
        ("云溪县总工会工作综述.....- 9 -", "云溪县总工会工作综述"),
        ("云溪县总工会工作综述......P9", "云溪县总工会工作综述"),
        ("云溪县总工会工作综述……第9页", "云溪县总工会工作综述"),
        ("云溪县总工会工作综述……iv", "云溪县总工会工作综述"),
        ("云溪县总工会工作综述 9", "云溪县总工会工作综述"),
        ("关于云溪县2021年工作的报告……9", "关于云溪县2021年工作的报告"),
        ("云溪县总工会建站12", None),
        ("全年办班。　　3", None),
        ("云溪县总工会工作综述", None),
    ],
)
def test_entries(line, title):
    (found,) = _tables(f"目录\n{line}\n石桥区工会工作……3\n白河市工会工作……8\n")
    assert (title in [entry.title for entry in found.entries]) == (title is not None)


@pytest.mark.parametrize(
    "word", ["目录", "目 录", "目　录", "【目录】", "目录：", "总目录", "篇目", "目次", "CONTENTS", "Contents"]
)
def test_headings_of_a_table(word):
    (found,) = _tables(f"材料汇编\n{word}\n石桥区工会工作……3\n白河市工会工作……8\n正文在此，从头说起。\n")
    assert (found.first, found.end, found.named) == (1, 4, True)


def test_a_table_without_page_numbers_ends_where_its_first_title_is_repeated():
    text = "目录\n石桥区工会工作综述\n白河市工会工作综述\n石桥区工会工作综述\n\n石桥区工会有了新气象。\n"
    (found,) = _tables(text)
    assert [entry.title for entry in found.entries] == ["石桥区工会工作综述", "白河市工会工作综述"]
    assert found.end == 3


@pytest.mark.parametrize(
    "text",
    [
        "表彰名单\n云溪县　　3\n石桥区　　4\n",
        "甲\n\n乙。",
        "目录\n\n本市编写工作目录，便于职工查询。\n",
        "全年办班。　　3\n" * 8,
    ],
)
def test_no_tables(text):
    assert _tables(text) == []


def test_entries_in_a_row_need_no_heading():
    rows = "".join(f"{name}县总工会工作综述……{n}\n" for n, name in enumerate("云溪石桥白河青"))
    (found,) = _tables(rows + "\n正文在此，从头说起。\n")
    assert len(found.entries) == 7 and not found.named
