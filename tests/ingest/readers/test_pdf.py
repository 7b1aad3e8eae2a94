import io
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from ingest import readers
from ingest.errors import FileDamaged, FileEmpty, FileEncrypted, IngestError, OcrMissing, TextTooLong, TooManyPages
from ingest.limits import Limits
from ingest.readers import ocr, pdf


def blank(pages: int) -> bytes:
    """A PDF file of empty pages, written by hand: a press would take its time over ten thousand."""
    kids = " ".join(f"{n + 3} 0 R" for n in range(pages))
    objects = ["<</Type/Catalog/Pages 2 0 R>>", f"<</Type/Pages/Count {pages}/Kids[{kids}]/MediaBox[0 0 595 842]>>"]
    objects += ["<</Type/Page/Parent 2 0 R>>"] * pages
    content, places = b"%PDF-1.4\n", []
    for n, words in enumerate(objects, 1):
        places.append(len(content))
        content += f"{n} 0 obj{words}endobj\n".encode()
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    head = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n"
    trailer = f"trailer<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{len(content)}\n%%EOF\n"
    return content + (head + table + trailer).encode()


def contents(parsed):
    """Titles, outline and passages of the documents of a source."""
    return [
        (
            parsed_document.document.title,
            [(section.depth, section.number, section.title) for section in parsed_document.sections],
            [passage.text for passage in parsed_document.passages],
        )
        for parsed_document in parsed.documents
    ]


@pytest.fixture
def expected(parse, long_report):
    return contents(parse("\n".join(long_report)))


SETTINGS = {
    "indents": {},
    "gaps": {"indent": "", "gap": 10.0},
    "header and numbers": {"header": "云溪县总工会　文件汇编", "numbered": True},
    "two columns": {"columns": 2},
    "two columns, header and numbers": {"columns": 2, "header": "文件汇编", "numbered": True},
    "turned a quarter": {"quarter": 1},
    "turned three quarters": {"quarter": 3, "columns": 2},
    "upside down": {"quarter": 2, "numbered": True},
    "watermark": {"watermark": "内部资料注意保存"},
    "owner's password only": {"password": ""},
}


@pytest.mark.parametrize("name", SETTINGS)
def test_a_printed_report_is_the_report(name, press, parse, long_report, expected):
    parsed = parse(press(long_report, **SETTINGS[name]), "报告.pdf")
    assert parsed.source.encoding == "pdf"
    assert contents(parsed) == expected
    assert len(expected[0][1]) == 10 and len(expected[0][2]) >= 32


def test_sentences_go_on_over_pages(press, parse, long_report):
    text = pdf.decode(None, press(long_report, numbered=True)).text
    assert len(pdf.decode(None, press(long_report)).text) == len(text)
    assert all(paragraph in text for paragraph in long_report)


def test_content_counts_not_the_suffix(press, parse, long_report, expected):
    assert contents(parse(press(long_report), "报告.txt")) == expected
    assert contents(parse("\n".join(long_report), "报告.pdf")) == expected


def test_columns_under_a_title_that_spans_them(press, long_report):
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(595, 842))
    canvas.setFont("STSong-Light", 12)
    left, right = "左栏甲乙丙丁戊己庚辛壬癸子丑寅卯辰", "右栏天地玄黄宇宙洪荒日月盈昃辰宿列"
    canvas.drawString(85, 760, "横贯两栏的标题" * 5)
    for n in range(12):
        canvas.drawString(85, 720 - 20 * n, left)
        canvas.drawString(313, 712 - 20 * n, right)
    canvas.save()
    text = pdf.decode(None, buffer.getvalue()).text
    assert text.index("横贯") < text.index("左栏") < text.rindex("左栏") < text.index("右栏")


def test_rows_of_a_table_stay_rows(press):
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(595, 842))
    canvas.setFont("STSong-Light", 12)
    for n, name in enumerate(["青石镇", "柳河乡", "白鹭街道", "云东开发区", "南湖街道"]):
        canvas.drawString(85, 720 - 20 * n, name)
        canvas.drawString(240, 720 - 20 * n, f"{n + 3}个")
        canvas.drawString(400, 720 - 20 * n, f"{n + 30}人")
    canvas.save()
    rows = pdf.decode(None, buffer.getvalue()).text.split("\n")
    assert [row.split()[:3] for row in rows][:2] == [["青石镇", "3个", "30人"], ["柳河乡", "4个", "31人"]]


def test_encrypted(press, parse):
    with pytest.raises(FileEncrypted, match="密码"):
        parse(press(["密件"], password="open"), "密.pdf")


@pytest.mark.parametrize("share", [0.02, 0.3, 0.7, 0.97])
def test_truncated(share, press, parse, long_report):
    whole = press(long_report)
    with pytest.raises(FileDamaged, match="已损坏或不完整"):
        parse(whole[: int(share * len(whole))], "半.pdf")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), min_size=1, max_size=40))
def test_garbled_bytes_are_read_or_named(press, changes):
    content = bytearray(press(["工会建起户外劳动者驿站，职工有了歇脚的地方。"] * 9))
    for at, value in changes:
        content[at % len(content)] = value
    with suppress(IngestError):
        pdf.decode(Path("乱.pdf"), bytes(content)).text.encode("utf-8")


def test_a_wrong_table_of_objects_is_forgiven(press, parse, long_report, expected):
    whole = press(long_report)
    at = whole.rindex(b"startxref")
    assert contents(parse(whole[:at] + b"startxref\n17\n%%EOF\n", "报告.pdf")) == expected


def test_page_limit(parse):
    content = blank(10_000)
    with pytest.raises(TooManyPages, match=r"10,000 页.*3,000 页.*GONGZHI_MAX_PAGES"):
        parse(content, "厚.pdf")
    with pytest.raises(FileEmpty):
        readers.decode(Path("厚.pdf"), content, Limits(pages=10_000))


def test_only_empty_pages(parse):
    with pytest.raises(FileEmpty):
        parse(blank(40), "空.pdf")


def test_character_limit(press, long_report):
    with pytest.raises(TextTooLong):
        pdf.decode(Path("长.pdf"), press(long_report), Limits(characters=1000))


def pictures(pages, others=()):
    """A PDF file of pages that are pictures, and others of text."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(595, 842))
    for _ in range(pages):
        canvas.drawImage(ImageReader(Image.new("RGB", (60, 85), "white")), 0, 0, 595, 842)
        canvas.showPage()
    for words in others:
        canvas.setFont("STSong-Light", 12)
        canvas.drawString(85, 700, words)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


@pytest.mark.parametrize("pages", [1, 3])
def test_scanned_without_the_extra(pages, parse, monkeypatch):
    monkeypatch.setattr(ocr, "is_installed", lambda: False)
    with pytest.raises(OcrMissing, match=r"pip install 'gongzhi\[ocr\]'"):
        parse(pictures(pages), "扫描.pdf")


def test_a_picture_on_the_cover_does_not_refuse_a_report(parse, monkeypatch, press):
    monkeypatch.setattr(ocr, "is_installed", lambda: False)
    press(["登记字体"])
    text = "全县工会建起户外劳动者驿站二十七个，方便职工歇脚喝水。"
    (document,) = parse(pictures(1, [text]), "报告.pdf").documents
    assert document.document.text == text
    (repair,) = document.repairs
    assert (repair.kind, repair.start, repair.end, repair.doubtful) == ("picture_page", 0, 0, True)
    assert "第 1 页是图片" in repair.reason and "gongzhi[ocr]" in repair.reason
