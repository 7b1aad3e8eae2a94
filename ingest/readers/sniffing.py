"""Formats told by their first bytes, whatever the file is called."""

from pathlib import Path

from ingest.errors import FileEncrypted, FormatUnsupported

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_IMAGES = (
    (b"\x89PNG\r\n\x1a\n", ".png"),
    (b"\xff\xd8\xff", ".jpg"),
    (b"II*\0", ".tif"),
    (b"MM\0*", ".tif"),
    (b"BM", ".bmp"),
)
_SAVE = "请用 Word 或 WPS 打开后另存为纯文本（TXT，编码选 UTF-8）再导入"
_TYPE = "请用看图软件另存为 PNG 再导入"


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
    if content.startswith(b"PK\x03\x04"):
        if b"word/" in content:
            raise FormatUnsupported(path, "DOCX", _SAVE)
        raise FormatUnsupported(path, "压缩包或 Office", "请解压或打开后另存为 TXT 再导入")
    if content.startswith(b"{\\rtf"):
        raise FormatUnsupported(path, "RTF", _SAVE)
    if content.startswith(b"GIF8") and b"\0" in content[:64]:
        raise FormatUnsupported(path, "GIF 图片", _TYPE)


def suffix_of(path: Path, content: bytes) -> str:
    """The suffix that says how to read a file: by its bytes for PDF and images, and text that is named like one."""
    # Some programs write a few bytes before the header of a PDF file.
    if b"%PDF-" in content[:5] or (b"%PDF-" in content[:1024] and b"%%EOF" in content[-1024:]):
        return ".pdf"
    for magic, suffix in _IMAGES:
        # "BM" alone may begin a text; a bitmap has zero bytes in its header.
        if content.startswith(magic) and b"\0" in content[:64]:
            return suffix
    own = path.suffix.lower()
    told_by_bytes = own in (".pdf", ".jpeg", ".tiff", *(suffix for _, suffix in _IMAGES))
    return ".txt" if told_by_bytes and b"\0" not in content else own


def refuse_markup(path: Path, content: bytes) -> tuple[str, str]:
    """The reader of web pages: raises FormatUnsupported, for their tags would be taken for text."""
    raise FormatUnsupported(path, path.suffix.lstrip(".").upper(), "请用浏览器打开，把正文复制到 TXT 文件再导入")
