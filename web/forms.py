"""Reading a posted form."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qs

from fastapi import Request
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser

from web.errors import FormUnreadable
from web.security import MAX_UPLOAD

#: Fields that a form may have.
MOST_FIELDS = 60
_NOT_A_FORM = "不是有效的表单"


async def fields(request: Request) -> dict[str, list[str]]:
    """The fields of a URL-encoded form. Raises FormUnreadable."""
    try:
        return parse_qs((await request.body()).decode("utf-8"), keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError as error:
        raise FormUnreadable(_NOT_A_FORM) from error


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with a form: what it is called where it comes from, and its bytes."""

    name: str
    content: bytes


class _InMemory(MultiPartParser):
    """Nothing that is sent along is ever written to disk."""

    spool_max_size = 2 * MAX_UPLOAD


async def with_file(request: Request) -> tuple[Mapping[str, str], Upload | None]:
    """The fields of a form, URL-encoded or multipart, and the one file of the latter. Raises FormUnreadable."""
    if not request.headers.get("content-type", "").lower().startswith("multipart/form-data"):
        return {name: values[0] for name, values in (await fields(request)).items()}, None
    parser = _InMemory(request.headers, request.stream(), max_files=1, max_fields=MOST_FIELDS)
    try:
        form = await parser.parse()
    except (MultiPartException, UnicodeDecodeError) as error:
        raise FormUnreadable(_NOT_A_FORM) from error
    said = {name: value for name, value in form.multi_items() if isinstance(value, str)}
    upload = None
    for value in form.values():
        if isinstance(value, UploadFile):
            content = await value.read()
            # A browser sends an empty file without a name where none was chosen.
            if value.filename or content:
                upload = Upload(value.filename or "", content)
    await form.close()
    return said, upload
