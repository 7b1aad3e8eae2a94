"""Drafts that a writer pastes or sends along as a file; they are looked at and kept nowhere."""

from collections.abc import Callable
from typing import Annotated

from fastapi import Depends, Request

from web import forms
from web.errors import DraftUnreadable, FormUnreadable
from web.forms import Upload

#: Characters of a draft.
MOST = 20_000
#: (name of a file, its bytes) → its text. Raises DraftUnreadable.
DraftReader = Callable[[str, bytes], str]


def reader(request: Request) -> DraftReader | None:
    """What reads files here; None where none are taken."""
    found: DraftReader | None = request.app.state.drafts
    return found


def text_of(request: Request, upload: Upload) -> str:
    """The text of a file, without white space around it. Raises DraftUnreadable."""
    read = reader(request)
    if read is None:
        raise DraftUnreadable("这里不收文件。请把草稿的文字贴到框里再试。")
    text = read(upload.name, upload.content).strip()
    if len(text) > MOST:
        raise DraftUnreadable(f"“{upload.name}”有 {len(text):,} 字，超过 {MOST:,} 字。请分成几份再试。")
    return text


async def _posted(request: Request) -> tuple[str, Upload | None]:
    """The text that was pasted and the file that was sent along."""
    fields, upload = await forms.with_file(request)
    text = fields.get("text", "").strip()
    if len(text) > MOST:
        raise FormUnreadable(f"超过 {MOST} 字")
    return text, upload


Posted = Annotated[tuple[str, Upload | None], Depends(_posted)]
