import io
from pathlib import Path

import pytest

from graph.claims import extract_claims
from ingest.errors import FileDamaged, OcrMissing, PictureTooLarge, TooManyPages
from ingest.limits import Limits
from ingest.readers import ocr

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR"


@pytest.mark.parametrize("name", ["照片.png", "照片.txt", "照片.jpg"])
def test_without_the_extra(name, parse, monkeypatch):
    monkeypatch.setattr(ocr, "is_installed", lambda: False)
    with pytest.raises(OcrMissing, match=r"pip install 'gongzhi\[ocr\]'"):
        parse(PNG, name)


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


def test_a_scan_reads_like_the_report(press, parse, long_report):
    paragraphs = long_report[:6]
    expected = parse("\n".join(paragraphs)).documents[0]
    scan = io.BytesIO()
    rendered(press(paragraphs)).rotate(180).save(scan, "PDF", resolution=200)
    found = parse(scan.getvalue(), "扫描.pdf").documents[0]
    assert likeness(found.document.text, expected.document.text) > 0.95
    assert [s.title for s in found.sections] == [s.title for s in expected.sections]


SENTENCES = (
    "石桥县总工会2031年工作总结",
    "一、去年工作回顾",
    "去年石桥县总工会新建职工驿站246个，受到职工欢迎。",
    "去年石桥县总工会发展会员8317人，超过前年的人数。",
    "去年石桥县总工会举办技能竞赛95场，职工踊跃参加。",
)


def test_no_fact_is_taken_from_what_is_doubtful(press, parse):
    """A clean page gives its figures; the same page faxed is read, each figure marked, and none counted with."""
    import numpy as np
    from PIL import Image

    def facts(picture):
        png = io.BytesIO()
        picture.save(png, "PNG")
        (document,) = parse(png.getvalue(), "照片.png").documents
        doubtful = [repair for repair in document.repairs if repair.doubtful]
        assert all(document.document.text[r.start : r.end] == r.before == r.after for r in doubtful)
        return [fact.value for fact in extract_claims(document)[1] if not fact.doubtful], doubtful

    clean = rendered(press(SENTENCES)).convert("L").resize((1240, 1754))
    assert facts(clean)[0] == [246, 8317, 95]
    grain = np.random.default_rng(7).normal(0, 60, (clean.height, clean.width))
    faxed = Image.fromarray(np.where(np.asarray(clean) + grain > 150, 255, 0).astype("uint8"))
    found, doubtful = facts(faxed)
    assert not found and len(doubtful) >= 3
    assert {repair.kind for repair in doubtful} == {"ocr"} and all("把握" in repair.reason for repair in doubtful)


def line(text, sure):
    """A recognised line, as sure of each character as ``sure`` says."""
    import numpy as np

    box = np.array([[0.0, 0.0], [12.0 * len(text), 0.0], [12.0 * len(text), 16.0], [0.0, 16.0]])
    return ocr._Row(text, sum(sure) / len(sure), [(char, s, box) for char, s in zip(text, sure, strict=True)], box)


@pytest.mark.parametrize(
    ("text", "weak", "average", "spans"),
    [
        ("建成驿站36个", {}, 0.999, []),
        ("建成驿站36个", {1: 0.63}, 0.999, [(1, 2, "文字识别把握 63%，请核对原件")]),
        ("建成驿站36个", {1: 0.63, 2: 0.5}, 0.999, [(1, 3, "文字识别把握 50%，请核对原件")]),
        ("（一）建成，驿站", {0: 0.5, 5: 0.3}, 0.999, []),  # nobody is misled by the width of a mark
        ("建成驿站36个", {}, 0.99, [(4, 6, "本页文字识别把握 99.0%，数字可能漏了小数点，请核对原件")]),
        ("办理1.284件、5.28%", {}, 0.999, [(2, 7, "小数点与千分位的逗号可能认混，请核对原件")]),
        ("1,284件、占96,7%", {}, 0.999, [(8, 13, "小数点与千分位的逗号可能认混，请核对原件")]),
        ("讨回4.518.3万元", {}, 0.999, [(2, 9, "小数点与千分位的逗号可能认混，请核对原件")]),
    ],
)
def test_what_is_doubtful_in_a_line(text, weak, average, spans):
    sure = [weak.get(at, 1.0) for at in range(len(text))]
    assert list(line(text, sure).doubts(average)) == spans


@pytest.mark.parametrize("side", [10_100, 20_000])
def test_a_page_too_large_is_named(side):
    from PIL import Image

    png = io.BytesIO()
    Image.new("1", (side, side)).save(png, "PNG")
    with pytest.raises(PictureTooLarge, match="1 亿像素"):
        ocr.decode(Path("幅.png"), png.getvalue())


def test_frames_are_limited():
    from PIL import Image

    tif = io.BytesIO()
    frames = [Image.new("L", (40, 40), "white") for _ in range(3)]
    frames[0].save(tif, "TIFF", save_all=True, append_images=frames[1:])
    with pytest.raises(TooManyPages, match="GONGZHI_MAX_PAGES"):
        ocr.decode(Path("多页.tif"), tif.getvalue(), Limits(scanned_pages=2))
