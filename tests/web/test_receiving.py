"""Names of files that are sent."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.receiving import plain_name


@pytest.mark.parametrize(
    ("sent", "name"),
    [
        ("总结.docx", "总结.docx"),
        ("../../etc/passwd", "passwd"),
        ("C:\\桌面\\总结.docx", "总结.docx"),
        ("/etc/", "未命名"),
        ("", "未命名"),
        ("..", "未命名"),
        (".", "未命名"),
        ("   .txt", "txt"),
        ("报\u202egpj.exe.txt", "报gpj.exe.txt"),
        ("甲\x00乙\r\n.txt", "甲乙.txt"),
        ("甲\u200b乙\ufeff.txt", "甲乙.txt"),
        ('a<b>:"c|?*.txt', "a_b___c___.txt"),
        ("总\u3000结 一.txt", "总 结 一.txt"),
        ("e\u0301.txt", "é.txt"),
        ("总结.txt . ", "总结.txt"),
        ("驿" * 300 + ".docx", "驿" * 58 + ".docx"),
        ("2023." + "驿" * 40, "2023." + "驿" * 40),
    ],
)
def test_a_name_is_made_plain(sent: str, name: str) -> None:
    assert plain_name(sent) == name


@given(st.text())
def test_a_plain_name_is_one_that_any_file_may_have(sent: str) -> None:
    name = plain_name(sent)
    assert name.strip(" .") == name != ""
    assert len(name.encode()) <= 200
    assert not set(name) & set('<>:"|?*\\/')
    assert all(unicodedata.category(c)[0] not in "CZ" or c == " " for c in name)
    assert plain_name(name) == name
