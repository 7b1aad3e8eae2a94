"""The points of a list stay lines and are found, whatever form they come in."""

import io

import docx
import pytest

POINTS = ("慰问职工300人次", "建成驿站12个", "调解争议25件")


def as_docx() -> bytes:
    document, made = docx.Document(), io.BytesIO()
    document.add_paragraph("云溪县总工会2021年工作总结")
    document.add_paragraph("一、主要工作")
    document.add_paragraph("全年重点工作如下：")
    for point in POINTS:
        document.add_paragraph(point, style="List Bullet")
    document.save(made)
    return made.getvalue()


def as_text(mark: str) -> str:
    points = "\n".join(mark + point for point in POINTS)
    return f"云溪县总工会2021年工作总结\n\n一、主要工作\n\n全年重点工作如下：\n{points}\n"


def as_page() -> str:
    points = "".join(f"<li>{point}</li>" for point in POINTS)
    head = "<h1>云溪县总工会2021年工作总结</h1><h2>一、主要工作</h2><p>全年重点工作如下：</p>"
    return f"<html><body>{head}<ul>{points}</ul></body></html>"


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.txt", as_text("● ")), ("a.md", as_text("- ")), ("a.html", as_page()), ("a.docx", as_docx())],
)
def test_points_are_lines_of_a_passage(parse, name, content):
    (document,) = parse(content, name).documents
    (passage,) = document.passages
    assert passage.text == "\n".join(["全年重点工作如下：", *(f"● {point}" for point in POINTS)])


def test_sentences_and_numbered_items_in_a_list_of_a_page_get_no_mark(parse):
    items = "".join(
        f"<li>{words}</li>" for words in ("一、回顾", "全年办班三期，培训职工九十人次。", "二、打算", "再办两期。")
    )
    page = f"<html><body><h1>云溪县总工会2021年工作总结</h1><ul>{items}</ul></body></html>"
    (document,) = parse(page, "a.html").documents
    assert "●" not in document.document.text and [s.title for s in document.sections] == ["回顾", "打算"]
