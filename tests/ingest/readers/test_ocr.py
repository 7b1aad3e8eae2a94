import io

import pytest

from ingest.errors import FileDamaged, OcrMissing
from ingest.readers import ocr

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR"
needs_ocr = pytest.mark.skipif(not ocr.is_installed(), reason="没有安装 gongzhi[ocr]")


@pytest.mark.parametrize("name", ["照片.png", "照片.txt", "照片.jpg"])
def test_without_the_extra(name, parse, monkeypatch):
    monkeypatch.setattr(ocr, "is_installed", lambda: False)
    with pytest.raises(OcrMissing, match=r"pip install 'gongzhi\[ocr\]'"):
        parse(PNG, name)


@needs_ocr
def test_a_broken_picture(parse):
    with pytest.raises(FileDamaged):
        parse(PNG, "照片.png")


def rendered(content):
    """The first page of a PDF file as a picture."""
    pypdfium2 = pytest.importorskip("pypdfium2")
    document = pypdfium2.PdfDocument(content)
    try:
        return document[0].render(scale=200 / 72).to_pil()
    finally:
        document.close()


def likeness(a, b):
    from rapidfuzz.distance import Levenshtein

    return Levenshtein.normalized_similarity(a, b)


@needs_ocr
def test_a_scan_reads_like_the_report(press, parse, long_report):
    paragraphs = long_report[:6]
    expected = parse("\n".join(paragraphs)).documents[0]
    picture = rendered(press(paragraphs))
    scan, png = io.BytesIO(), io.BytesIO()
    picture.save(scan, "PDF", resolution=200)
    picture.rotate(180).save(png, "PNG")
    for name, content in (("扫描.pdf", scan.getvalue()), ("照片.png", png.getvalue())):
        found = parse(content, name).documents[0]
        assert likeness(found.document.text, expected.document.text) > 0.95
        assert [s.title for s in found.sections] == [s.title for s in expected.sections]
