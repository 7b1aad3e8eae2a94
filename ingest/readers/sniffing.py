"""Formats told by their first bytes, whatever the file is called: those that this version can't read yet."""

from pathlib import Path

from ingest.errors import FileEncrypted, FormatUnsupported

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_IMAGES = (
    (b"\x89PNG\r\n\x1a\n", "PNG 图片"),
    (b"\xff\xd8\xff", "JPEG 图片"),
    (b"GIF8", "GIF 图片"),
    (b"II*\0", "TIFF 图片"),
    (b"MM\0*", "TIFF 图片"),
    (b"BM", "BMP 图片"),
)
_SAVE = "请用 Word 或 WPS 打开后另存为纯文本（TXT，编码选 UTF-8）再导入"
_COPY = "请复制其中的文字，或转换为 TXT 再导入"
_TYPE = "请先用文字识别软件转成 TXT 再导入"


def _wide(name: str) -> bytes:
    return name.encode("utf-16-le")


def refuse_known_binary(path: Path, content: bytes) -> None:
    """Raise FileEncrypted or FormatUnsupported for Office, WPS, PDF and image files; else return.

    An encrypted OOXML file is an OLE compound file with a stream EncryptedPackage ([MS-OFFCRYPTO] 2.3.4.4).
    """
    suffix = path.suffix.lower()
    if content.startswith(_OLE):
        if _wide("EncryptedPackage") in content:
            raise FileEncrypted(path, "Office")
        kind = "WPS" if suffix == ".wps" else "DOC" if _wide("WordDocument") in content else "旧版 Office"
        raise FormatUnsupported(path, kind, _SAVE)
    if content.startswith(b"%PDF-"):
        if b"/Encrypt" in content:
            raise FileEncrypted(path, "PDF")
        raise FormatUnsupported(path, "PDF", _COPY)
    if content.startswith(b"PK\x03\x04"):
        if b"word/" in content:
            raise FormatUnsupported(path, "DOCX", _SAVE)
        raise FormatUnsupported(path, "压缩包或 Office", "请解压或打开后另存为 TXT 再导入")
    if content.startswith(b"{\\rtf"):
        raise FormatUnsupported(path, "RTF", _SAVE)
    for magic, kind in _IMAGES:
        # "BM" alone may begin a text; a bitmap has zero bytes in its header.
        if content.startswith(magic) and b"\0" in content[:64]:
            raise FormatUnsupported(path, kind, _TYPE)


def refuse_markup(path: Path, content: bytes) -> tuple[str, str]:
    """The reader of web pages: raises FormatUnsupported, for their tags would be taken for text."""
    raise FormatUnsupported(path, path.suffix.lstrip(".").upper(), "请用浏览器打开，把正文复制到 TXT 文件再导入")
