"""Formats told by their first bytes, whatever the file is called."""

import re
from pathlib import Path

from ingest.errors import FileEncrypted, FormatUnsupported
from ingest.readers import zipped

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_IMAGES = (
    (b"\x89PNG\r\n\x1a\n", ".png"),
    (b"\xff\xd8\xff", ".jpg"),
    (b"II*\0", ".tif"),
    (b"MM\0*", ".tif"),
    (b"BM", ".bmp"),
)
_ARCHIVES = ((b"Rar!\x1a\x07", "RAR 压缩包"), (b"7z\xbc\xaf\x27\x1c", "7z 压缩包"))
# What stands before the first tag of a page: a declaration, comments, white space.
_PAGE = re.compile(r"\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)[\s>]", re.I | re.S)
_TAG = re.compile(rb"<[A-Za-z!/][^<>]*>")
_SAVE = "请用 Word 或 WPS 打开后另存为 DOCX 再导入，或用 LibreOffice 转换：soffice --headless --convert-to docx 文件"
_TYPE = "请用看图软件另存为 PNG 再导入"
# Names that say nothing where the bytes don't say the same: then it is a text that is called so.
_TOLD_BY_BYTES = frozenset({".pdf", ".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp"})


def _wide(name: str) -> bytes:
    return name.encode("utf-16-le")


def refuse_known_binary(path: Path, content: bytes) -> None:
    """Raise FileEncrypted or FormatUnsupported for Office, WPS and GIF files; else return.

    An encrypted OOXML file is an OLE compound file with a stream EncryptedPackage ([MS-OFFCRYPTO] 2.3.4.4).
    """
    suffix = path.suffix.lower()
    if content.startswith(_OLE):
        if _wide("EncryptedPackage") in content:
            raise FileEncrypted(path, "Office")
        kind = "WPS" if suffix == ".wps" else "DOC" if _wide("WordDocument") in content else "旧版 Office"
        raise FormatUnsupported(path, kind, _SAVE)
    if content.startswith(zipped.SIGNATURES):
        with zipped.opened(path, content) as container:
            kind = zipped.kind(container.namelist())
        if not kind:
            raise FormatUnsupported(path, "ZIP 压缩包", "请解压后再导入")
        if kind != "DOCX":
            raise FormatUnsupported(path, kind, "请打开后另存为 DOCX 或 TXT 再导入")
    for magic, kind in _ARCHIVES:
        if content.startswith(magic):
            raise FormatUnsupported(path, kind, "请解压后导入整个文件夹")
    if content.startswith(b"{\\rtf"):
        raise FormatUnsupported(path, "RTF", _SAVE)
    if content.startswith(b"GIF8") and b"\0" in content[:64]:
        raise FormatUnsupported(path, "GIF 图片", _TYPE)


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
    wide = "utf-16" if head.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    if _PAGE.match(head.decode(wide, "replace")):
        return ".html"
    named = path.suffix.lower()
    if named in _TOLD_BY_BYTES and b"\0" not in content:
        return ".txt"
    if named == ".docx" or (named in (".html", ".htm") and wide != "utf-16" and not _TAG.search(content)):
        return ".txt"
    return named


def refuse_markup(path: Path, content: bytes) -> tuple[str, str]:
    """The reader of web archives and XML: raises FormatUnsupported, for their tags would be taken for text."""
    raise FormatUnsupported(path, path.suffix.lstrip(".").upper(), "请用浏览器打开，把正文复制到 TXT 文件再导入")
