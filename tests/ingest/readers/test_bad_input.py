"""Files that are broken, hostile or strange: each is read right or refused by name, and nothing else happens."""

import codecs
import io
import os
import subprocess
import sys
import zipfile
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.store import Store
from ingest import readers
from ingest.errors import (
    EncodingUnknown,
    FileBinary,
    FileDamaged,
    FileTooLarge,
    FileUnreadable,
    FormatUnsupported,
    IngestError,
    PathMissing,
    TextTooLong,
)
from ingest.files import collect, inputs
from ingest.limits import Limits
from ingest.parse import parse_source

ROOT = Path(__file__).parents[3]
NAME = Path("材料.txt")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(64)
CHINESE = "云溪县总工会2021年工作总结\n\n一、主要工作\n\n建成驿站36个，受到职工欢迎。\n"


# ---------------------------------------------------------------- encodings
@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", [CHINESE, "各级工会要抓好落实"])
def test_utf_16_without_a_mark(encoding, text):
    decoded = readers.decode(NAME, text.encode(encoding))
    assert (decoded.text, decoded.encoding, decoded.notes) == (text, encoding, ())


@pytest.mark.parametrize("encoding", ["utf-32-le", "utf-32-be"])
def test_utf_32(encoding):
    mark = codecs.BOM_UTF32_LE if encoding.endswith("le") else codecs.BOM_UTF32_BE
    assert readers.decode(NAME, mark + CHINESE.encode(encoding)).text == CHINESE


@pytest.mark.parametrize("text", ["工会会员联通一号", CHINESE, "工会", "联通"])
def test_gb18030_is_not_taken_for_anything_else(text):
    decoded = readers.decode(NAME, text.encode("gb18030"))
    # 联通 alone is good UTF-8 by chance; nothing can tell.
    assert decoded.text == text or text == "联通"


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_lines_in_two_encodings_are_read_and_said(end, parse):
    first, second = "县总工会办起“夜校课堂”，职工欢迎。", "乡镇工会建起“爱心驿站”三十六个。"
    for one, other in (("utf-8", "gb18030"), ("gb18030", "utf-8")):
        content = f"{first * 3}{end}abc{end}".encode(one) + f"{second}{end}".encode(other)
        parsed = parse(content)
        assert parsed.source.encoding == "utf-8+gb18030"
        (document,) = parsed.documents
        assert document.document.text.split("\n")[-1] == second
        (repair,) = [repair for repair in document.repairs if repair.kind == "encoding"]
        assert document.document.text[repair.start : repair.end] == repair.before == repair.after == second
        assert not repair.doubtful and other.upper() in repair.reason


def test_a_mark_of_utf_8_does_not_vouch_for_every_line(parse):
    content = codecs.BOM_UTF8 + "县总工会办起夜校，职工欢迎。\n".encode() + "乡镇工会建起驿站。\n".encode("gb18030")
    assert parse(content).documents[0].document.text.endswith("乡镇工会建起驿站。")


def test_a_line_in_no_encoding_is_refused():
    content = "第一行是好的，没有问题。\n".encode() + b"\xff\xfe\xff\n" + "第三行".encode("gb18030")
    with pytest.raises(EncodingUnknown, match="混用"):
        readers.decode(NAME, content)


# ---------------------------------------------------------------- what can't be stored or seen
@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("各级工会抓好落实\0建家".encode(), "各级工会抓好落实建家"),
        (CHINESE.encode() + bytes(4096), CHINESE),
        (CHINESE.encode("gb18030") + bytes(64), CHINESE),
        ("工\u200b会\u200d建\u2060家".encode(), "工会建家"),
        ("\u202e工会\u202c建\u200f家".encode(), "工会建家"),
        ("上篇\n\ufeff下篇".encode(), "上篇\n下篇"),
        ("各级工会要抓好落实。\x1a".encode(), "各级工会要抓好落实。"),
        ("各级工\xad会要\x07抓好落\x9d实。".encode(), "各级工会要抓好落实。"),
        ("葛\U000e0100城\ufe0f".encode(), "葛城"),
    ],
)
def test_what_does_not_show_is_taken_out_on_record(content, text):
    decoded = readers.decode(NAME, content)
    assert decoded.text == text
    assert decoded.notes and all(note.kind == "unseen" and not note.doubtful for note in decoded.notes)
    assert all(0 <= note.start == note.end <= len(text) and "U+" in note.reason for note in decoded.notes)


def test_one_note_a_line():
    decoded = readers.decode(NAME, "工\u200b会\u200b\n建\u200b家\u2060。\n好".encode())
    assert decoded.text == "工会\n建家。\n好"
    assert [(note.start, note.reason) for note in decoded.notes] == [
        (1, "这一行有 2 个不显示的字符（U+200B），已去掉"),
        (4, "这一行有 2 个不显示的字符（U+200B、U+2060），已去掉"),
    ]


def test_white_space_beyond_any_page_goes():
    decoded = readers.decode(NAME, ("工会" + " " * 5000 + "建家\n\u3000\u3000段").encode())
    assert decoded.text == "工会" + " " * 200 + "建家\n\u3000\u3000段"
    assert [note.start for note in decoded.notes] == [202]


@given(st.text(st.sampled_from("工会\u200b\0 \n\ufeff"), max_size=30), st.integers(0, 30), st.integers(0, 30))
def test_notes_move_with_their_text(text, a, b):
    from ingest.readers.unseen import without_unseen

    start, end = sorted((min(a, len(text)), min(b, len(text))))
    decoded = readers.Decoded(text, "x", (readers.Note("ocr", start, end, "", doubtful=True),))
    shown = without_unseen(decoded)
    (note,) = [note for note in shown.notes if note.kind == "ocr"]
    seen = str.maketrans("", "", "\u200b\0\ufeff")
    assert shown.text == text.translate(seen)
    assert shown.text[note.start : note.end] == text[start:end].translate(seen)


LONE = {
    "utf-16": lambda text: codecs.BOM_UTF16_LE + (text + "\ud83d" + text).encode("utf-16-le", "surrogatepass"),
    "utf-16 without a mark": lambda text: (text + "\udc00" + text).encode("utf-16-be", "surrogatepass"),
    "utf-8": lambda text: (text + "\ud83d" + text).encode("utf-8", "surrogatepass"),
    "page": lambda text: f"<html><body><p>{text}&#xD83D;{text}</p></body></html>".encode(),
}


@pytest.mark.parametrize("name", LONE)
def test_lone_surrogates_are_marked_and_stored(name, tmp_path):
    text = "各级工会建成驿站三十六个，受到职工欢迎，又办起夜校课堂一百多期，请来劳模讲课，会员满意。" * 2
    parsed = parse_source(NAME, LONE[name](text))
    (document,) = parsed.documents
    assert document.document.text == f"{text}\ufffd{text}"
    (repair,) = [repair for repair in document.repairs if repair.doubtful]
    assert repair.kind == "garbled" and document.document.text[repair.start : repair.end] == "\ufffd"
    with Store.open(tmp_path, create=True) as store:
        store.put_source(parsed)


def test_pairs_of_surrogates_in_utf_8_are_one_character():
    content = "工会\ud842\udfb7班组".encode("utf-8", "surrogatepass")  # CESU-8
    assert readers.decode(NAME, content).text == "工会𠮷班组"


@pytest.mark.parametrize("content", [b"\x7fELF\x02\x01\x01" + bytes(9), bytes(100), bytes(range(32)) * 9])
def test_bytes_that_are_no_text(content):
    with pytest.raises((FileBinary, EncodingUnknown)):
        readers.decode(NAME, content)


@pytest.mark.parametrize("end", ["\x0b", "\x0c", "\x85", "\u2028", "\u2029", "\r", "\r\n"])
def test_line_ends_of_any_kind(end, parse):
    text = CHINESE.replace("\n", end)
    assert parse(text).documents[0].document.text == parse(CHINESE).documents[0].document.text


# ---------------------------------------------------------------- formats
def zipped(**members: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as container:
        for name, content in members.items():
            container.writestr(name.replace("__", "/"), content)
    return file.getvalue()


def wide(name: str) -> bytes:
    return OLE + name.encode("utf-16-le")


@pytest.mark.parametrize(
    ("name", "content", "kind", "advice"),
    [
        ("报告.doc", wide("WordDocument"), "DOC", "--convert-to docx"),
        ("报告.wps", OLE, "WPS", "--convert-to docx"),
        ("台账.xls", wide("Workbook"), "XLS", "--convert-to pdf"),
        ("台账.et", OLE, "WPS 表格", "--convert-to pdf"),
        ("台账.doc", wide("Workbook"), "XLS", "--convert-to pdf"),
        ("课件.ppt", wide("PowerPoint Document"), "PPT", "--convert-to pdf"),
        ("课件.dps", OLE, "WPS 演示", "--convert-to pdf"),
        ("报告.rtf", b"{\\rtf1\\ansi}", "RTF", "--convert-to docx"),
        ("报告.doc", b"{\\rtf1\\ansi}", "RTF", "--convert-to docx"),
        ("报告.odt", zipped(mimetype=b"application/vnd.oasis.opendocument.text", **{"META-INF__manifest.xml": b""}),
         "OpenDocument", "--convert-to docx"),
        ("表.ods", zipped(mimetype=b"application/vnd.oasis.opendocument.spreadsheet", **{"META-INF__manifest.xml": b""}),
         "OpenDocument 表格", "--convert-to pdf"),
        ("书.epub", zipped(mimetype=b"application/epub+zip", **{"META-INF__container.xml": b""}), "EPUB", "TXT"),
        ("公文.ofd", zipped(**{"OFD.xml": b""}), "OFD", "PDF"),
        ("报告.xml", b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument/>', "Word XML",
         "--convert-to docx"),
        ("报告.doc", b'<?xml version="1.0"?><pkg:package/>', "Word XML", "--convert-to docx"),
        ("数据.xml", b"<rows><row>1</row></rows>", "XML", "TXT"),
        ("包.tar", b"a.txt" + bytes(252) + b"ustar\x0000" + bytes(300), "TAR 压缩包", "解压"),
        ("包.gz", b"\x1f\x8b\x08\x00" + bytes(20), "GZ 压缩包", "解压"),
        ("文献.caj", b"CAJ\0" + bytes(20), "CAJ", "CAJViewer"),
        ("照片.heic", b"\0\0\0\x18ftypheic" + bytes(20), "HEIC 照片", "JPG"),
        ("照片.jpg", b"RIFF\0\0\0\0WEBPVP8 ", "WEBP 图片", "PNG"),
    ],
)  # fmt: skip
def test_formats_of_others_say_what_to_do(name, content, kind, advice):
    with pytest.raises(FormatUnsupported) as caught:
        readers.decode(Path(name), content)
    message = str(caught.value)
    assert f"是 {kind} 文件" in message and advice in message and message.count("。") == 1


TITLE = "白河市工作要点"  # in any Chinese encoding
PAGE = f"<html><head><meta charset='{{}}'></head><body><p>{TITLE}</p></body></html>"


def mhtml(encoding: str, charset: str = "") -> bytes:
    import base64

    body = base64.encodebytes(PAGE.format(charset).encode(encoding)).decode()
    declared = f'; charset="{encoding}"' if not charset else ""
    return (
        "From: <Saved by Word>\r\nSubject: x\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related;\r\n\ttype="text/html"; boundary="=b"\r\n\r\n'
        "说明\r\n--=b\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA\r\n"
        f"--=b\r\nContent-Type: text/html{declared}\r\nContent-Transfer-Encoding: base64\r\n\r\n{body}\r\n"
        "--=b\r\nContent-Type: text/html\r\n\r\n<p>框架</p>\r\n--=b--\r\n"
    ).encode()


@pytest.mark.parametrize("name", ["报告.mht", "报告.mhtml", "报告.doc", "报告.txt"])
@pytest.mark.parametrize(("encoding", "charset"), [("utf-8", ""), ("gb18030", "gb2312"), ("big5hkscs", "big5")])
def test_single_file_web_pages_are_read(name, encoding, charset):
    assert readers.decode(Path(name), mhtml(encoding, charset)).text == TITLE


@pytest.mark.parametrize(
    "content",
    [
        b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\n\r\nx\r\n--b--",
        b"MIME-Version: 1.0\r\n"
        + b"".join(b"Content-Type: multipart/related; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(3000)),
    ],
)
def test_single_file_web_pages_without_a_page(content):
    with pytest.raises(FileDamaged):
        readers.decode(Path("页.mht"), content)


def test_a_doc_that_is_something_else_is_read_as_that(package):
    assert readers.decode(Path("报告.doc"), PAGE.format("utf-8").encode()).text == TITLE
    assert readers.decode(Path("报告.doc"), package(f"<w:p><w:r><w:t>{TITLE}</w:t></w:r></w:p>")).text == TITLE
    assert readers.decode(Path("报告.doc"), CHINESE.encode()).text == CHINESE


# ---------------------------------------------------------------- names and places
def test_names_that_are_no_text_are_shown(tmp_path):
    name = os.fsdecode("总结.txt".encode("gb18030"))
    path = tmp_path / name
    try:
        path.write_text(CHINESE, "utf-8")
    except OSError:
        pytest.skip("this file system takes no such names")
    (source,) = inputs(path)
    assert source.name == "总结.txt" and source.origin.endswith("/总结.txt")
    parsed = parse_source(source.path, source.load())
    assert parsed.source.name == "总结.txt"
    with Store.open(tmp_path / "library", create=True) as store:
        store.put_source(parsed)
    assert "\udcd7" not in str(FileUnreadable(path, "试"))
    assert str(FileUnreadable(Path("a\x1b[2Jb\n.txt"), "试")).startswith("“a\ufffd[2Jb\ufffd.txt”")


def test_links_that_lead_nowhere(tmp_path):
    (tmp_path / "环.txt").symlink_to(tmp_path / "环.txt")
    (tmp_path / "断.txt").symlink_to(tmp_path / "无.txt")
    for name in ("环.txt", "断.txt"):
        with pytest.raises(FileUnreadable, match="链接"):
            collect([tmp_path / name])
    (tmp_path / "甲.txt").write_text("文", "utf-8")
    assert [path.name for path in collect([tmp_path])] == ["甲.txt"]


def test_a_folder_called_like_a_file(tmp_path):
    (tmp_path / "总结.txt").mkdir()
    (tmp_path / "总结.txt" / "甲.txt").write_text("文", "utf-8")
    assert [path.name for path in collect([tmp_path / "总结.txt"])] == ["甲.txt"]
    with pytest.raises(FileUnreadable, match="目录"):
        readers.load(tmp_path / "总结.txt")
    with pytest.raises(PathMissing):
        readers.load(tmp_path / "总结.txt" / "甲.txt" / "乙.txt")


def test_a_folder_deeper_than_the_stack(tmp_path):
    here, made = Path.cwd(), 0
    os.chdir(tmp_path)
    try:
        while made < 1200:
            Path("b").mkdir()
            os.chdir("b")
            made += 1
        Path("乙.txt").write_text("文", "utf-8")
        assert [found.name for found in collect([tmp_path])] == ["乙.txt"]
    finally:  # what clears temporary folders away isn't made for this
        Path("乙.txt").unlink(missing_ok=True)
        for _ in range(made):
            os.chdir("..")
            Path("b").rmdir()
        os.chdir(here)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may list every folder")
def test_a_folder_that_cannot_be_listed_is_one_failure(tmp_path):
    (tmp_path / "甲.txt").write_text("文", "utf-8")
    locked = tmp_path / "锁"
    locked.mkdir(mode=0)
    found = collect([tmp_path])
    locked.chmod(0o700)
    assert [path.name for path in found] == ["甲.txt", "锁"]


# ---------------------------------------------------------------- size, time, memory
@pytest.mark.parametrize("name", ["大.txt", "大.pdf", "大.zip", "大.docx", "大.html", "大.png"])
@pytest.mark.parametrize("head", [b"", b"%PDF-1.4\n", b"PK\x03\x04"])
def test_two_gigabytes_are_refused_unread(name, head, tmp_path):
    path = tmp_path / name
    with path.open("wb") as file:
        file.write(head)
        file.truncate(2 * 2**30)
    (source,) = inputs(path)
    with pytest.raises(FileTooLarge, match=r"2048\.0 MiB.*GONGZHI_MAX_FILE_MB"):
        source.load()


def test_a_text_longer_than_the_limit():
    with pytest.raises(TextTooLong, match="GONGZHI_MAX_FILE_MB"):
        readers.decode(NAME, CHINESE.encode(), Limits(characters=10))


SENTENCE = "全县各级工会建成户外劳动者驿站36个，服务职工2400人次，受到职工欢迎。"
LONG_LINES = {
    "sentences": lambda n: SENTENCE * (n // len(SENTENCE)),
    "no stop": lambda n: "全县各级工会建成驿站" * (n // 10),
    "digits": lambda n: "1" * n,
    "spaces": lambda n: "甲" + " " * n + "乙",
    "wide spaces": lambda n: "工作" + "\u3000" * 150 + "完" + "\t" * 150 + "好" * n,
    "ellipses": lambda n: "工作" + "…" * n + "完",
    "dots": lambda n: "目录\n工作" + "." * n + "3\n总结" + "." * n + "x",
    "dashes": lambda n: "工作" + "—-" * (n // 2) + "完",
    "quotes": lambda n: "“" * n,
    "headings": lambda n: "一、工作（一）抓好一是要二是抓好。" * (n // 17),
    "unseen": lambda n: "工\u200b会" * (n // 3),
    "masks": lambda n: "*A" * (n // 2),
    "tabs": lambda n: "甲\t" * (n // 2),
    "tags": lambda n: "<" * n,
}
BOUNDED = """
import resource, sys
from pathlib import Path
limit = int(sys.argv[1])
import ingest.parse, ingest.files
from ingest.errors import IngestError
resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
resource.setrlimit(resource.RLIMIT_CPU, (60, 60))
for path in map(Path, sys.argv[2:]):
    for source in ingest.files.inputs(path):
        try:
            parsed = ingest.parse.parse_source(source.path, source.load())
            print(path.name, "read", sum(len(d.document.text) for d in parsed.documents))
        except IngestError as error:
            print(path.name, type(error).__name__)
"""


def bounded(*paths: Path, memory: int = 2 * 2**30) -> list[str]:
    """What becomes of files in a process that may use ``memory`` bytes and a minute of a processor."""
    command = [sys.executable, "-c", BOUNDED, str(memory), *map(str, paths)]
    environment = os.environ | {"PYTHONPATH": str(ROOT), "OPENBLAS_NUM_THREADS": "1"}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, cwd=ROOT)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout.splitlines()


def test_long_lines_take_time_in_proportion(tmp_path):
    """Lines of 200,000 characters and more without a line end, made of what patterns stumble over; quadratic time would take hours."""
    paths = []
    for name, make in LONG_LINES.items():
        paths.append(tmp_path / f"{name}.txt")
        paths[-1].write_text(make(200_000), "utf-8")
    assert [line.split(" read ")[0] for line in bounded(*paths)] == [path.name for path in paths]


def pdf(stream: bytes, extra: bytes = b"", resources: bytes = b"<<>>") -> bytes:
    """A PDF file of one page with a compressed content stream and one more object."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources " + resources + b">>",
        b"<</Length %d/Filter/FlateDecode>>stream\n" % len(stream) + stream + b"\nendstream",
        extra or b"null",
    ]
    content = b"%PDF-1.4\n" + b"".join(b"%d 0 obj" % n + body + b"endobj\n" for n, body in enumerate(objects, 1))
    return content + b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n0\n%%EOF\n"


def deflated(unit: bytes, times: int) -> bytes:
    """``unit``, many times, compressed without ever being whole."""
    packer = zlib.compressobj(9)
    first, again = (packer.compress(unit) + packer.flush(zlib.Z_FULL_FLUSH) for _ in range(2))  # each stands alone
    end, checksum = packer.flush()[:-4], zlib.adler32(b"")
    for _ in range(times):
        checksum = zlib.adler32(unit, checksum)
    return first + again * (times - 1) + end + checksum.to_bytes(4)


def test_bombs_are_bounded(tmp_path, package):
    mib = bytes(2**20)
    picture = deflated(mib, 858)
    flat = io.BytesIO()
    with zipfile.ZipFile(flat, "w", zipfile.ZIP_DEFLATED) as container, container.open("零.txt", "w") as file:
        for _ in range(300):
            file.write(mib)
    bombs = {
        "零.zip": flat.getvalue(),
        "弹.docx": package("<w:p/>" * 3_000_000),
        "流.pdf": pdf(deflated(b" " * 2**20, 300)),
        "图.pdf": pdf(
            zlib.compress(b"q 595 0 0 842 0 0 cm /I Do Q"),
            b"<</Type/XObject/Subtype/Image/Width 30000/Height 30000/BitsPerComponent 8/ColorSpace/DeviceGray"
            b"/Filter/FlateDecode/Length %d>>stream\n" % len(picture) + picture + b"\nendstream",
            b"<</XObject<</I 5 0 R>>>>",
        ),
        "深.html": b"<div>" * 500_000,
        "引.docx": package("<w:p><w:r><w:t>&a;</w:t></w:r></w:p>"),
        "网.mht": b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n"
        + b"--b\r\n\r\n" * 500_000,
    }
    for name, content in bombs.items():
        (tmp_path / name).write_bytes(content)
    found = dict(line.split(" ", 1) for line in bounded(*(tmp_path / name for name in bombs)))
    assert set(found) == set(bombs)
    assert (found["零.zip"], found["弹.docx"], found["引.docx"]) == ("FileInflated", "FileInflated", "FileDamaged")
    assert found["深.html"] == "MarkupTooDeep"


@given(st.binary(max_size=300), st.sampled_from([".txt", ".docx", ".pdf", ".html", ".mht", ".zip", ".doc", ".png", ""]))
def test_any_bytes_under_any_name(content, suffix):
    heads = (
        b"",
        b"PK\x03\x04",
        b"%PDF-1.4\n",
        b"\xff\xfe",
        OLE,
        b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n",
    )
    for head in heads:
        try:
            readers.decode(Path(f"甲{suffix}"), head + content).text.encode("utf-8")
        except IngestError as error:
            assert str(error).endswith("。")
