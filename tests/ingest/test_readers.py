import codecs
import io
import os
import zipfile
from pathlib import Path

import pytest

from ingest import readers
from ingest.errors import (
    EncodingUnknown,
    FileBinary,
    FileDamaged,
    FileEmpty,
    FileEncrypted,
    FileTooLarge,
    FileUnreadable,
    FormatUnsupported,
    IngestError,
    PathMissing,
)
from ingest.limits import Limits

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(64)


def zipped(*names: str) -> bytes:
    """A ZIP file with empty members of these names."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as container:
        for name in names:
            container.writestr(name, "")
    return file.getvalue()


ENCODINGS = {
    "utf-8": lambda text: text.encode("utf-8"),
    "utf-8 with mark": lambda text: codecs.BOM_UTF8 + text.encode("utf-8"),
    "utf-16-le": lambda text: codecs.BOM_UTF16_LE + text.encode("utf-16-le"),
    "utf-16-be": lambda text: codecs.BOM_UTF16_BE + text.encode("utf-16-be"),
    "gb18030": lambda text: text.encode("gb18030"),
}


@pytest.mark.parametrize("name", ENCODINGS)
def test_every_encoding_gives_the_same_documents(name, parse, report):
    plain = parse(report).documents[0]
    other = parse(ENCODINGS[name](report))
    assert other.source.encoding == name.removesuffix(" with mark")
    assert other.documents[0].document.text == plain.document.text
    assert [p.source_start for p in other.documents[0].passages] == [p.source_start for p in plain.passages]


def test_gb18030_reads_characters_that_gb2312_lacks(parse):
    text = "镕堃总工会的喆字号班组，四字节字𠮷也在内。"
    assert parse(text.encode("gb18030")).documents[0].document.text == text


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_are_all_the_same(end, parse, report):
    assert parse(report.replace("\n", end)).documents[0].document.text == parse(report).documents[0].document.text


@pytest.mark.parametrize(
    ("name", "content", "error", "words"),
    [
        ("空.txt", b"", FileEmpty, "没有文字"),
        ("空白.txt", " \r\n\u3000\n".encode(), FileEmpty, "没有文字"),
        ("只有广告.txt", "更多范文请关注公众号：某某\n".encode(), FileEmpty, "没有文字"),
        ("二进制.txt", b"\x00\x01\x02\x03" * 9, FileBinary, "二进制"),
        ("程序.bin", b"\x7fELF\x00\x00", FileBinary, "二进制"),
        ("混编.txt", "工会".encode() + "代表大会".encode("gb18030") + b"\xff\xff", EncodingUnknown, "编码"),
        ("半个.txt", codecs.BOM_UTF16_LE + b"\x00\xd8\x41", EncodingUnknown, "编码"),
        ("密.docx", OLE + "EncryptedPackage".encode("utf-16-le"), FileEncrypted, "密码"),
        ("报告.pdf", b"%PDF-1.4\n1 0 obj", FileDamaged, "不完整"),
        ("报告.docx", b"PK\x03\x04\x00\x00word/document.xml", FileDamaged, "不完整"),
        ("材料.zip", b"PK\x03\x04\x00\x00a.txt", FileDamaged, "不完整"),
        ("材料.txt", zipped("甲.txt"), FormatUnsupported, "ZIP 压缩包"),
        ("表格.docx", zipped("[Content_Types].xml", "xl/workbook.xml"), FormatUnsupported, "Excel 表格"),
        ("演示.pptx", zipped("[Content_Types].xml", "ppt/presentation.xml"), FormatUnsupported, "PowerPoint 演示"),
        ("公文.ofd", zipped("OFD.xml"), FormatUnsupported, "OFD"),
        ("报告.odt", zipped("mimetype", "META-INF/manifest.xml"), FormatUnsupported, "OpenDocument"),
        ("空壳.docx", zipped("[Content_Types].xml", "word/document.xml"), FileDamaged, "不完整"),
        ("材料.rar", b"Rar!\x1a\x07\x01\x00", FormatUnsupported, "RAR 压缩包"),
        ("材料.7z", b"7z\xbc\xaf\x27\x1c\x00\x04", FormatUnsupported, "7z 压缩包"),
        (
            "报告.doc",
            OLE + "WordDocument".encode("utf-16-le"),
            FormatUnsupported,
            "soffice --headless --convert-to docx",
        ),
        ("报告.wps", OLE, FormatUnsupported, "soffice --headless --convert-to docx"),
        ("报告.rtf", b"{\\rtf1\\ansi}", FormatUnsupported, "RTF"),
        ("动图.gif", b"GIF89a\x01\x00", FormatUnsupported, "GIF"),
        ("网页.mht", b"MIME-Version: 1.0", FileDamaged, "不完整"),
        ("网页.html", b"<script>1</script>", FileEmpty, "没有文字"),
    ],
)
def test_what_cannot_be_read_says_so(name, content, error, words, parse):
    with pytest.raises(error) as caught:
        parse(content, name)
    message = str(caught.value)
    assert name in message and words in message
    assert message.count("。") == 1 and message.endswith("。") and "请" in message


@pytest.mark.parametrize("name", ["报告.docx", "报告.html", "报告.htm", "报告.txt", "报告"])
def test_a_text_is_read_as_text_whatever_its_suffix(name, parse, report):
    assert parse(report, name).documents[0].document.text == parse(report).documents[0].document.text


def test_a_dot_in_a_name_is_no_format(parse, report):
    assert parse(report, "2021.12总结").documents[0].document.title == "云溪县总工会2021年工作总结"


def test_missing_path(tmp_path):
    with pytest.raises(PathMissing, match="不存在"):
        readers.read(tmp_path / "没有.txt")


def test_a_folder_is_no_file(tmp_path):
    with pytest.raises(FileUnreadable):
        readers.read(tmp_path)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_no_permission(tmp_path):
    path = tmp_path / "锁.txt"
    path.write_text("内容", "utf-8")
    path.chmod(0)
    with pytest.raises(FileUnreadable, match="权限"):
        readers.read(path)


def test_too_large(tmp_path):
    path = tmp_path / "大.txt"
    with path.open("wb") as file:
        file.truncate(2 * 2**30)
    with pytest.raises(FileTooLarge, match=r"2048\.0 MiB.*64 MiB.*GONGZHI_MAX_FILE_MB"):
        readers.read(path)


def test_register_adds_a_format(tmp_path, monkeypatch):
    def shout(path: Path, content: bytes, limits: Limits) -> readers.Decoded:
        return readers.Decoded(content.decode("ascii").upper(), "ascii")

    monkeypatch.setattr(readers, "READERS", dict(readers.READERS))
    readers.register(".loud", shout)
    path = tmp_path / "a.loud"
    path.write_bytes(b"abc")
    assert readers.read(path) == readers.Decoded("ABC", "ascii")


def test_every_error_is_an_ingest_error():
    assert issubclass(FileEmpty, IngestError) and issubclass(PathMissing, IngestError)
