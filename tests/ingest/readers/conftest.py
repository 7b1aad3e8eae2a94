"""DOCX files written part by part, and a small press that prints PDF files; every text is invented."""

import io
import re
import zipfile
from collections.abc import Callable, Sequence

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
_NAMESPACES = (
    f'xmlns:w="{W}" xmlns:r="{_OFFICE}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)

Package = Callable[..., bytes]


def _rels(rows: dict[str, str]) -> str:
    items = "".join(
        f'<Relationship Id="r{n}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(rows.items())
    )
    return f'<Relationships xmlns="{_RELS}">{items}</Relationships>'


@pytest.fixture(scope="session")
def package() -> Package:
    """A DOCX file: the body and the other parts as WordprocessingML without their root elements."""

    def run(body: str, strict: bool = False, **parts: str) -> bytes:
        files = {
            "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
            "_rels/.rels": _rels({"officeDocument": "word/document.xml"}),
            # Some programs leave a relationship to a picture that isn't there.
            "word/_rels/document.xml.rels": _rels({kind: f"{kind}.xml" for kind in parts} | {"image": "../NULL"}),
        }
        for kind, words in {"document": f"<w:body>{body}</w:body>", **parts}.items():
            files[f"word/{kind}.xml"] = f"<w:{kind} {_NAMESPACES}>{words}</w:{kind}>"
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as container:
            for name, words in files.items():
                if strict:
                    words = words.replace(W, "http://purl.oclc.org/ooxml/wordprocessingml/main").replace(
                        _OFFICE, "http://purl.oclc.org/ooxml/officeDocument/relationships"
                    )
                container.writestr(name, words)
        return file.getvalue()

    return run


FONT = "STSong-Light"  # names a font that PDF readers know; no font file is needed
WIDTH, HEIGHT = 595.0, 842.0
MARGIN, SIZE, PITCH = 85.0, 12.0, 21.0

Press = Callable[..., bytes]


def _set(paragraph: str, measure: float) -> list[str]:
    """The lines of a paragraph, numbers not broken, as a word processor sets them; its indent is two wide spaces."""
    lines = [""]
    for word in re.findall(r"[0-9A-Za-z.%+]+[，。、；：”]?|.[，。、；：”]?", paragraph):
        if pdfmetrics.stringWidth(lines[-1] + word, FONT, SIZE) > measure:
            lines.append("")
        lines[-1] += word
    return lines


def _print(
    paragraphs: Sequence[str],
    *,
    columns: int = 1,
    header: str = "",
    numbered: bool = False,
    quarter: int = 0,
    watermark: str = "",
    password: str = "",
    indent: str = "\u3000\u3000",
    gap: float = 0.0,
) -> bytes:
    """The bytes of a PDF file: ``columns`` a page, ``gap`` points between paragraphs, pages turned by ``quarter``."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    buffer = io.BytesIO()
    encryption = StandardEncryption(password, canPrint=1, strength=128) if password else None
    canvas = Canvas(
        buffer, pagesize=(HEIGHT, WIDTH) if quarter % 2 else (WIDTH, HEIGHT), encrypt=encryption, invariant=True
    )
    gutter = 24.0
    measure = (WIDTH - 2 * MARGIN - (columns - 1) * gutter) / columns
    page = 0

    def start() -> None:
        nonlocal page
        page += 1
        if quarter:
            canvas.setPageRotation(90 * quarter)
            canvas.transform(
                *{1: (0, 1, -1, 0, HEIGHT, 0), 2: (-1, 0, 0, -1, WIDTH, HEIGHT), 3: (0, -1, 1, 0, 0, WIDTH)}[quarter]
            )
        canvas.setFont(FONT, 9)
        if header:
            canvas.drawCentredString(WIDTH / 2, HEIGHT - 40, header)
        if numbered:
            canvas.drawCentredString(WIDTH / 2, 40, f"— {page} —")
        if watermark:
            canvas.saveState()
            canvas.rotate(45)
            canvas.drawString(300, 200, watermark)
            canvas.restoreState()
        canvas.setFont(FONT, SIZE)

    start()
    column, y = 0, HEIGHT - MARGIN
    for paragraph in paragraphs:
        for line in _set(indent + paragraph, measure):
            if y < MARGIN:
                column, y = column + 1, HEIGHT - MARGIN
                if column == columns:
                    canvas.showPage()
                    start()
                    column = 0
            canvas.drawString(MARGIN + column * (measure + gutter), y, line)
            y -= PITCH
        y -= gap
    canvas.save()
    return buffer.getvalue()


@pytest.fixture(scope="session")
def press() -> Press:
    return _print


@pytest.fixture(scope="session")
def long_report() -> list[str]:
    """The paragraphs of an invented report of some pages."""
    found = ["云溪县总工会第六次代表大会工作报告", "各位代表，同志们："]
    parts = ["过去五年的主要工作", "今后五年的工作打算"]
    works = ["抓培训强素质", "抓维权暖人心", "抓建会打基础", "抓文化聚合力"]
    places = ["青石镇", "柳河乡", "白鹭街道", "云东开发区"]
    for n, part in enumerate(parts):
        found.append(f"{'一二'[n]}、{part}")
        for k, work in enumerate(works):
            found.append(f"（{'一二三四'[k]}）{work}")
            for m, place in enumerate(places):
                found.append(
                    f"在{place}，县总工会会同有关部门办起“灯下课堂”{n + 2}期，培训职工{1000 * (k + 1) + 37 * m}人次，"
                    f"投入资金{k + 1}.{m + 1}万元，覆盖企业{120 + 13 * m}家；推行“一册一卡一回访”，"
                    f"把{works[k]}的要求落到班组，职工满意率达到{90 + m}.{k}%，比上一届同期提高{m + 2}个百分点。"
                )
    return found
