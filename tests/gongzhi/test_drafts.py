import io

import docx
import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from corpus.errors import GongzhiError
from gongzhi.drafts import draft_text, upload_text
from gongzhi.errors import DraftBroken, DraftKindUnknown, DraftTooLarge, DraftTooLong
from web.errors import DraftUnreadable

DRAFT = "我镇为船工办起夜校两所，教他们识字算账。"


def as_docx(text: str) -> bytes:
    document = docx.Document()
    document.add_paragraph(text)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def as_pdf(text: str) -> bytes:
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    out = io.BytesIO()
    canvas = Canvas(out)
    if text:
        canvas.setFont("STSong-Light", 12)
        canvas.drawString(72, 700, text)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("稿.txt", DRAFT.encode()),
        ("稿.txt", DRAFT.encode("gb18030")),
        ("", DRAFT.encode()),
        ("2023.10总结", DRAFT.encode()),
        ("稿.docx", as_docx(DRAFT)),
        ("稿", as_docx(DRAFT)),
        ("稿.pdf", as_pdf(DRAFT)),
        ("../-c\0.pdf", as_pdf(DRAFT)),
        ("长" * 200_000 + ".pdf", as_pdf(DRAFT)),
    ],
)
def test_drafts_are_read(name: str, content: bytes) -> None:
    assert draft_text(name, content) == DRAFT


@pytest.mark.parametrize(
    ("name", "content", "error"),
    [
        ("图.bmp", b"BM" + bytes(60), DraftKindUnknown),
        ("大.txt", b" " * (5 * 2**20 + 1), DraftTooLarge),
        ("长.txt", ("字" * 20_001).encode(), DraftTooLong),
        ("坏.pdf", b"%PDF-1.7 nothing", GongzhiError),
        ("空.pdf", as_pdf(""), GongzhiError),
    ],
)
def test_what_is_no_draft(name: str, content: bytes, error: type[Exception]) -> None:
    with pytest.raises(error, match=name):
        draft_text(name, content)


def test_the_web_is_told_the_same() -> None:
    with pytest.raises(DraftUnreadable, match="不是能读的草稿"):
        upload_text("图.bmp", b"BM" + bytes(60))


def test_a_process_that_dies_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.executable", "/bin/false")
    with pytest.raises(DraftBroken, match="文件损坏"):
        draft_text("稿.pdf", as_pdf(DRAFT))
