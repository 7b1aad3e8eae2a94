"""Formats told by their first bytes, whatever the file is called."""

import re
from pathlib import Path

from ingest.errors import FileEncrypted, FormatUnsupported
from ingest.limits import Limits
from ingest.readers import zipped
from ingest.readers.notes import Decoded

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_IMAGES = (
    (b"\x89PNG\r\n\x1a\n", ".png"),
    (b"\xff\xd8\xff", ".jpg"),
    (b"II*\0", ".tif"),
    (b"MM\0*", ".tif"),
    (b"BM", ".bmp"),
)
# What stands before the first tag of a page: a declaration, comments, white space.
_PAGE = re.compile(r"\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)[\s>]", re.I | re.S)
_ARCHIVED_PAGE = re.compile(rb"\s*(?:[!-9;-~]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?content-type:\s*multipart/related", re.I)
_WORD_XML = re.compile(r"progid\s*=\s*[\"']Word\.Document|<(?:\w+:)?wordDocument\b|<pkg:package\b")
_TAG = re.compile(rb"<[A-Za-z!/][^<>]*>")
_CONVERT = (
    "请用 Word 或 WPS 打开后另存为 {form} 再导入，或用 LibreOffice 转换：soffice --headless --convert-to {to} 文件"
)
_SAVE = _CONVERT.format(form="DOCX", to="docx")
_SHEET = _CONVERT.format(form="PDF", to="pdf").replace("Word 或 WPS", "Office 或 WPS")
_COPY = "请用浏览器打开，把正文复制到 TXT 文件再导入"
_UNPACK = "请解压后导入整个文件夹"
_TYPE = "请用看图软件另存为 PNG 或 JPG 再导入"
# Formats known by the bytes at a place: (place, bytes, its name, what to do).
_KNOWN = (
    (0, b"Rar!\x1a\x07", "RAR 压缩包", _UNPACK),
    (0, b"7z\xbc\xaf\x27\x1c", "7z 压缩包", _UNPACK),
    (0, b"\x1f\x8b\x08", "GZ 压缩包", _UNPACK),
    (0, b"BZh", "BZ2 压缩包", _UNPACK),
    (0, b"\xfd7zXZ\0", "XZ 压缩包", _UNPACK),
    (0, b"MSCF\0\0\0\0", "CAB 压缩包", _UNPACK),
    (257, b"ustar", "TAR 压缩包", _UNPACK),
    (0, b"{\\rtf", "RTF", _SAVE),
    (0, b"GIF8", "GIF 图片", _TYPE),
    (8, b"WEBP", "WEBP 图片", _TYPE),
    (4, b"ftypheic", "HEIC 照片", _TYPE),
    (4, b"ftypmif1", "HEIC 照片", _TYPE),
    (0, b"CAJ\0", "CAJ", "请用 CAJViewer 打开后打印或另存为 PDF 再导入"),
    (0, b"HN\0\0", "CAJ", "请用 CAJViewer 打开后打印或另存为 PDF 再导入"),
)
_TEXTUAL = (b"{\\rtf", b"ustar")  # the others have zero bytes near; a text may begin with GIF8 or BZh
# What is inside of a container of these kinds.
_CONTAINERS = {
    "Excel 表格": _SHEET,
    "PowerPoint 演示": _SHEET,
    "OpenDocument 表格": _SHEET,
    "OpenDocument 演示": _SHEET,
    "OpenDocument": _SAVE,
    "OFD": "请用 WPS 或 OFD 阅读器打开后另存为 PDF 再导入",
    "EPUB": "请用阅读软件打开，把正文复制到 TXT 文件再导入",
}
# Names that say nothing where the bytes don't say the same: then it is a text that is called so.
_TOLD_BY_BYTES = frozenset({".pdf", ".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".docx"})


def _wide(name: str) -> bytes:
    return name.encode("utf-16-le")


def _ole(path: Path, content: bytes) -> FileEncrypted | FormatUnsupported:
    """Why a compound file can't be read, after the names of the streams in it.

    An encrypted OOXML file is one with a stream EncryptedPackage ([MS-OFFCRYPTO] 2.3.4.4).
    """
    suffix = path.suffix.lower()
    if _wide("EncryptedPackage") in content:
        return FileEncrypted(path, "Office")
    if suffix in (".et", ".xls") or _wide("Workbook") in content:
        return FormatUnsupported(path, "WPS 表格" if suffix == ".et" else "XLS", _SHEET)
    if suffix in (".dps", ".ppt") or _wide("PowerPoint Document") in content:
        return FormatUnsupported(path, "WPS 演示" if suffix == ".dps" else "PPT", _SHEET)
    if suffix == ".wps" or _wide("WordDocument") in content:
        return FormatUnsupported(path, "WPS" if suffix == ".wps" else "DOC", _SAVE)
    return FormatUnsupported(path, "旧版 Office", _SAVE)


def refuse_known_binary(path: Path, content: bytes) -> None:
    """Raise FileEncrypted or FormatUnsupported for the formats that people have and that can't be read; else return."""
    if content.startswith(_OLE):
        raise _ole(path, content)
    if content.startswith(zipped.SIGNATURES):
        with zipped.opened(path, content) as container:
            kind = zipped.kind(container.namelist())
            if kind == "OpenDocument":
                kind = zipped.open_document(path, container)
        if not kind:
            raise FormatUnsupported(path, "ZIP 压缩包", "请解压后再导入")
        if kind != "DOCX":
            raise FormatUnsupported(path, kind, _CONTAINERS.get(kind, "请打开后另存为 DOCX 或 PDF 再导入"))
    for place, magic, kind, advice in _KNOWN:
        if content[place : place + len(magic)] == magic and (magic in _TEXTUAL or b"\0" in content[:64]):
            raise FormatUnsupported(path, kind, advice)


def is_package(head: bytes) -> bool:
    """True for the first bytes of a file most of which is pictures."""
    return head.startswith((*zipped.SIGNATURES, b"%PDF", *(magic for magic, _ in _IMAGES[:-1])))


def suffix(path: Path, content: bytes) -> str:
    """The suffix of the format that the bytes are in; the name decides only where they could be several."""
    if content.startswith(zipped.SIGNATURES):
        return ".docx"
    # Some programs write a few bytes before the header of a PDF file.
    if b"%PDF-" in content[:5] or (b"%PDF-" in content[:1024] and b"%%EOF" in content[-1024:]):
        return ".pdf"
    for magic, image in _IMAGES:
        # "BM" alone may begin a text; a bitmap has zero bytes in its header.
        if content.startswith(magic) and b"\0" in content[:64]:
            return image
    head = content[:4096]
    if _ARCHIVED_PAGE.match(head):
        return ".mhtml"
    wide = "utf-16" if head.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    shown = head.decode(wide, "replace")
    if _WORD_XML.search(shown):
        return ".xml"
    if _PAGE.match(shown):
        return ".html"
    named = path.suffix.lower()
    if named in _TOLD_BY_BYTES and (b"\0" not in content or wide == "utf-16"):
        return ".txt"
    if named in (".html", ".htm") and wide != "utf-16" and not _TAG.search(content):
        return ".txt"
    return named


def refuse_xml(path: Path, content: bytes, limits: Limits) -> Decoded:
    """The reader of XML: raises FormatUnsupported, for its tags would be taken for text."""
    if _WORD_XML.search(content[:4096].decode("utf-8", "replace")):
        raise FormatUnsupported(path, "Word XML", _SAVE)
    raise FormatUnsupported(path, "XML", _COPY)
