"""Where in the file a sentence stands, from real files through the pipeline."""

import io
from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from corpus.store import Store
from gongzhi.build import ingest
from search.engine import Engine
from web.shelf import Shelf
from web.whereabouts import whereabouts

LINES = [
    "海棠市总工会2031年工作总结",
    "一、主要工作",
    "在码头建成工会驿站八个，船工推门就能喝上热水。",
    "夜校开课三百场，学员两千人。",
]


def printed() -> bytes:
    """A report on two pages."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    file = io.BytesIO()
    canvas = Canvas(file, A4)
    for lines in (LINES[:3], LINES[3:]):
        canvas.setFont("STSong-Light", 12)
        for n, line in enumerate(lines):
            canvas.drawString(80, 760 - 60 * n, line)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("总结.pdf", printed(), ["原件第 1 页", "原件第 2 页", "原件第 1—2 页"]),
        (
            "总结.txt",
            "\n\n".join(LINES).encode(),
            ["原件第 26 字起", "原件第 51 字起", "原件第 26 字起"],
        ),
        (
            "总结.html",
            "".join(f"<p>{line}</p>" for line in LINES).encode(),
            ["从原件读出的文字第 24 字起", "从原件读出的文字第 48 字起", "从原件读出的文字第 24 字起"],
        ),
    ],
)
def test_a_sentence_is_found_again_in_its_file(tmp_path: Path, name: str, content: bytes, expected: list[str]) -> None:
    (tmp_path / name).write_bytes(content)
    ingest(tmp_path / "library", [tmp_path / name])
    engine = Engine.open(tmp_path / "library")
    with Store.open(tmp_path / "library") as store:
        [entry] = Shelf(engine).documents.values()
        text = store.document(entry.document.id).text
        first, second = text.index("在码头"), text.index("夜校")
        spans = [(first, first + 9), (second, second + 5), (first, second + 5)]
        assert [whereabouts(store, entry, *span) for span in spans] == expected
        assert whereabouts(store, entry, 3, 3) == ""
    engine.close()
