from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.readers import decode

NAME = Path("报告.md")


@pytest.mark.parametrize(
    ("marked", "words"),
    [
        ("# 工作总结\n\n## 一、回顾\n正文。", "工作总结\n\n\n\n一、回顾\n\n正文。"),
        ("##一、回顾##\n正文", "一、回顾\n\n正文"),
        ("#1号楼建成驿站", "#1号楼建成驿站"),
        ("**一、回顾。**办班**36**期", "一、回顾。办班36期"),
        ("投入*亿元，培训*人次", "投入*亿元，培训*人次"),
        ("1. 抓培训\n2. 抓维权", "1.抓培训\n2.抓维权"),
        ("3. 5G网络", "3. 5G网络"),
        ("1\\. 抓培训", "1.抓培训"),
        ("- 甲\n* 乙\n    + 丙", "● 甲\n● 乙\n    ● 丙"),
        ("> 引用的话\n> 第二行", "引用的话\n第二行"),
        ("| 县市 | 人数 |\n| :--- | ---: |\n| 云溪 | 12 |\n| 石桥 | |", "县市\t人数\n\n云溪\t12\n石桥"),
        ("县市 | 人数\n--- | ---\n云溪 | 12\n\n甲|乙", "县市\t人数\n\n云溪\t12\n\n甲|乙"),
        ("见[工会网](https://example.org \"题\")和![图](a.png)`代码`", "见工会网和代码"),
        ("上一段\n\n---\n\n下一段<!-- 批注 -->", "上一段\n\n\n\n下一段"),
        ("推行四送一补[^1]。\n\n[^1]: 指四项服务。", "推行四送一补。\n\n[1] 指四项服务。"),
        ("    缩进的段落不是代码", "    缩进的段落不是代码"),
        ("```text\n原样\n```", "\n原样\n"),
        ("上行<br>下行\\*", "上行\n下行*"),
        ("a_b_c 与 2*3*4", "a_b_c 与 2*3*4"),
    ],
)  # fmt: skip
def test_marks_go_and_words_stay(marked, words):
    assert decode(NAME, marked.encode()).text.strip("\n") == words.strip("\n")


def test_settings_above_the_text_are_no_text():
    assert decode(NAME, "---\ntitle: 总结\ndate: 2021\n---\n正文。".encode()).text.strip() == "正文。"
    assert "2021" in decode(NAME, "正文。\n\n---\ndate: 2021\n---\n".encode()).text


def test_notes_stand_at_their_lines():
    mixed = "# 云溪县总工会工作总结\n".encode() + "二〇二一年各项工作有了新的气象。\n".encode("gb18030")
    found = decode(NAME, mixed)
    assert found.notes and all(0 <= note.start <= note.end <= len(found.text) for note in found.notes)
    assert found.text[found.notes[0].start :].lstrip().startswith("二〇二一年")


@given(st.text(st.sampled_from("工会。#*_`|-=>[]()!\\<br12. \n\t:^~"), max_size=60))
def test_anything_is_read(marked):
    if marked.strip():
        text = decode(Path("a.md"), ("字" + marked).encode()).text
        assert text.count("工") == marked.count("工") or "[" in marked or "<" in marked or marked.startswith("---")
