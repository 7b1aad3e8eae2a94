"""Excerpts as a Word document."""

import re
import shutil
import subprocess
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st

from corpus.doubts import Doubt
from web.paper import Excerpt, inert, to_docx

SOFFICE = shutil.which("soffice")
EXCERPT = Excerpt(
    "1. 宜昌市总工会工作报告", "建成江畔书亭O座。\n接待三万人。", "——《宜昌市总工会工作报告》（宜昌市，2033）",
    (Doubt(6, 7, "misread", "“O”疑为数字"),), "http://127.0.0.1/documents/d1?at=1-9#at", "（今后的打算）", "笔记：可用\n再核对",
)  # fmt: skip


def read(content: bytes) -> Any:
    return docx.Document(BytesIO(content))


def test_headings_words_source_and_note_have_styles_of_their_own() -> None:
    paper = read(to_docx("书亭<素材>", [EXCERPT], "另有 1 段"))
    assert [(p.style.name, p.text) for p in paper.paragraphs] == [
        ("Heading 1", "书亭<素材>"),
        ("Heading 2", "1. 宜昌市总工会工作报告"),
        ("原文", "建成江畔书亭O〔存疑〕座。"),
        ("原文", "接待三万人。"),
        ("出处", "——《宜昌市总工会工作报告》（宜昌市，2033）　原文"),
        ("出处", "（今后的打算）"),
        ("笔记", "笔记：可用"),
        ("笔记", "再核对"),
        ("出处", "另有 1 段"),
    ]
    targets = [relation.target_ref for relation in paper.part.rels.values() if relation.is_external]
    assert targets == [EXCERPT.address]
    assert paper.core_properties.title == "书亭<素材>" and paper.core_properties.author == "工知"


def test_only_what_is_doubtful_is_underlined() -> None:
    runs = read(to_docx("题", [EXCERPT])).paragraphs[2].runs
    assert [run.text for run in runs if run.font.underline] == ["O"]
    assert [run.text for run in runs if run.font.superscript] == ["〔存疑〕"]


def test_every_style_names_a_chinese_font_and_none_of_a_theme() -> None:
    paper = read(to_docx("题", [EXCERPT]))
    faces = {}
    for name in ("Normal", "Heading 1", "Heading 2", "原文", "出处", "笔记"):
        fonts = paper.styles[name].element.rPr.rFonts
        faces[name] = fonts.get(qn("w:eastAsia"))
    assert faces == {
        "Normal": "仿宋", "Heading 1": "黑体", "Heading 2": "黑体", "原文": "仿宋", "出处": "楷体", "笔记": "楷体",
    }  # fmt: skip
    assert "Theme=" not in re.sub("<w:color [^>]*>", "", paper.styles.element.xml)


@given(st.text(), st.lists(st.tuples(st.integers(-2, 12), st.integers(-2, 12)), max_size=4))
def test_any_words_make_a_file_that_opens(text: str, spans: list[tuple[int, int]]) -> None:
    doubtful = tuple(Doubt(min(span), max(span), "lost", "缺字") for span in spans)
    paper = read(to_docx(text, [Excerpt(text, text, text, doubtful, "", text, text)], text))
    said = "".join(p.text for p in paper.paragraphs if p.style.name == "原文").replace("〔存疑〕", "")
    assert "".join(said.split()) == "".join(inert(text).replace("〔存疑〕", "").split())


def test_what_a_file_cannot_hold_is_left_out() -> None:
    assert read(to_docx("长" * 400, [])).core_properties.title == "长" * 255
    assert inert("一\x00二\x0b三\u202e四\ud800五\uffff六\t七\n八") == "一二三四五六\t七\n八"


@pytest.mark.skipif(SOFFICE is None, reason="本机没有 LibreOffice（soffice）")
def test_libreoffice_opens_it(tmp_path: Path) -> None:
    hostile = Excerpt("2. <b>&amp;</b>\u202e", "长" * 10_000 + "\x07]]>", "——出处", note="笔记：" + "x" * 10_000)
    (tmp_path / "素材.docx").write_bytes(to_docx("书亭", [EXCERPT, hostile]))
    subprocess.run(
        [str(SOFFICE), f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--convert-to", "txt:Text",
         "--outdir", str(tmp_path), str(tmp_path / "素材.docx")],
        check=True, capture_output=True, timeout=240,
    )  # fmt: skip
    text = (tmp_path / "素材.txt").read_text("utf-8-sig")
    assert "建成江畔书亭O〔存疑〕座。" in text and "<b>&amp;</b>" in text and "长" * 10_000 + "]]>" in text
