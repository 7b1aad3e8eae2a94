"""Receiving the files of a multipart form: written to disk as they come, never held in memory."""

import unicodedata
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, BinaryIO

from anyio import to_thread
from fastapi import Request
from python_multipart import MultipartParser
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import parse_options_header
from starlette.requests import ClientDisconnect

from web.errors import FilesTooLarge, FormUnreadable, StorageFull, TooManyFiles, UploadCut
from web.intake import Bounds, FileResult

if TYPE_CHECKING:
    from python_multipart.multipart import MultipartCallbacks

_MOST_FIELD = 2000  # bytes of a field that is no file, and of a header
_MOST_FIELDS = 20
_LONGEST_NAME = 180  # bytes: what follows a name on disk has to fit beside it
_NOWHERE = dict.fromkeys(map(ord, '<>:"|?*\\/'), "_")  # in no name of a file, on one system or another


@dataclass(slots=True)
class Received:
    """What came with a form: its fields, the files (path, name) and those that were not taken."""

    fields: dict[str, str] = field(default_factory=dict)
    files: list[tuple[Path, str]] = field(default_factory=list)
    refused: list[FileResult] = field(default_factory=list)


def plain_name(sent: str) -> str:
    """A name that any file may have and that shows as what it is: no folders, nothing that can't be seen or turns the
    line around, not too long; the suffix is kept."""
    name = unicodedata.normalize("NFC", sent).replace("\\", "/").rpartition("/")[2]
    seen = "".join(" " if unicodedata.category(c) in ("Zl", "Zp", "Zs") else c for c in name)
    seen = "".join(c for c in seen if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co", "Cn"))
    seen = seen.translate(_NOWHERE).strip(" .")
    if not seen:
        return "未命名"
    suffix = PurePosixPath(seen).suffix
    if len(suffix.encode()) > 20:
        suffix = ""
    stem = seen.removesuffix(suffix).encode()[: _LONGEST_NAME - len(suffix.encode())].decode("utf-8", "ignore")
    return f"{stem.rstrip(' .') or '未命名'}{suffix}"


def _decoded(raw: bytes) -> str:
    for encoding in ("utf-8", "gb18030"):
        with suppress(UnicodeDecodeError):
            return raw.decode(encoding)
    return raw.decode("utf-8", "replace")


class _Parts:
    """Takes the parts of a form as a parser meets them: files go to ``tray``, a folder for each."""

    def __init__(self, tray: Path, bounds: Bounds) -> None:
        self.received = Received()
        self.ended = False
        self._tray, self._bounds = tray, bounds
        self._header = [bytearray(), bytearray()]
        self._headers: dict[bytes, bytes] = {}
        self._name = ""
        self._value: bytearray | None = None
        self._file: BinaryIO | None = None
        self._sent, self._path, self._size = "", tray, 0
        self._count = self._fields = 0

    def callbacks(self) -> "MultipartCallbacks":
        return {
            "on_part_begin": self._begin,
            "on_header_field": lambda data, start, end: self._heading(0, data[start:end]),
            "on_header_value": lambda data, start, end: self._heading(1, data[start:end]),
            "on_header_end": self._headed,
            "on_headers_finished": self._open,
            "on_part_data": self._take,
            "on_part_end": self._end,
            "on_end": self._finish,
        }

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None

    def _begin(self) -> None:
        self._headers.clear()
        self._value = None

    def _heading(self, part: int, data: bytes) -> None:
        self._header[part] += data
        if len(self._header[part]) > 2 * _MOST_FIELD:
            raise FormUnreadable("的文件名太长")

    def _headed(self) -> None:
        self._headers[bytes(self._header[0]).lower()] = bytes(self._header[1])
        self._header = [bytearray(), bytearray()]

    def _open(self) -> None:
        _, options = parse_options_header(self._headers.get(b"content-disposition", b""))
        self._name = _decoded(options.get(b"name", b""))
        if b"filename" not in options:
            self._value = bytearray()
            self._fields += 1  # not by their names: one may come again and again
            if self._fields > _MOST_FIELDS:
                raise FormUnreadable("不是有效的表单")
            return
        self._sent = _decoded(options[b"filename"])
        if self._count >= self._bounds.files:
            raise TooManyFiles(self._bounds.files)
        self._count += 1
        folder = self._tray / str(self._count)
        folder.mkdir()
        self._path, self._size = folder / plain_name(self._sent), 0
        self._file = self._path.open("xb")

    def _take(self, data: bytes, start: int, end: int) -> None:
        if self._value is not None:
            self._value += data[start:end]
            if len(self._value) > _MOST_FIELD:
                raise FormUnreadable("不是有效的表单")
        elif self._file is not None:
            self._size += end - start
            if self._size <= self._bounds.file:
                self._file.write(memoryview(data)[start:end])

    def _end(self) -> None:
        if self._value is not None:
            self.received.fields[self._name] = _decoded(bytes(self._value))
            return
        self.close()
        name = self._path.name
        if self._size > self._bounds.file:
            self._path.unlink()
            most = f"超过上限 {self._bounds.file >> 20:,} MB"
            reason = f"“{name}”{most}，没有收下。请拆成几份再上传，或用环境变量 GONGZHI_MAX_FILE_MB 调高上限。"
            self.received.refused.append(FileResult(name=name, action="failed", reason=reason, source="", documents=[]))
        elif self._sent or self._size:
            self.received.files.append((self._path, name))
        # A browser sends an empty file without a name where none was chosen.

    def _finish(self) -> None:
        self.ended = True


async def receive(request: Request, tray: Path, bounds: Bounds) -> Received:
    """The fields and files of the form that ``request`` brings; files lie in ``tray`` afterwards.

    Raises FormUnreadable, TooManyFiles, FilesTooLarge, UploadCut and StorageFull; what is in ``tray`` then is of no use.
    """
    parts, read = _Parts(tray, bounds), 0
    try:
        parser = MultipartParser(_boundary(request.headers), parts.callbacks())
        async for chunk in request.stream():
            read += len(chunk)
            if read > bounds.total:
                raise FilesTooLarge(bounds.total)
            await to_thread.run_sync(parser.write, chunk)
        parser.finalize()
    except FormParserError as error:
        raise FormUnreadable("不是有效的表单") from error
    except ClientDisconnect as error:
        raise UploadCut from error
    except OSError as error:
        raise StorageFull from error
    finally:
        parts.close()
    if not parts.ended:
        raise UploadCut
    return parts.received


def _boundary(headers: Mapping[str, str]) -> bytes:
    kind, options = parse_options_header(headers.get("content-type", ""))
    if kind != b"multipart/form-data" or not options.get(b"boundary"):
        raise FormUnreadable("不是带文件的表单")
    return options[b"boundary"]
