"""What was changed in a document, and the file it came from."""

import re
from pathlib import PurePosixPath
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Query, Request, Response

from corpus.model import Repair
from web import repairs as record
from web.access import CurrentEngine, CurrentShelf
from web.templating import page

# Formats whose readers leave out what frames the text without a note of it.
_FRAMED = (".docx", ".htm", ".html", ".mht", ".mhtml")
router = APIRouter()


@router.get("/documents/{document_id}/repairs")
def repairs(
    document_id: str,
    request: Request,
    engine: CurrentEngine,
    shelf: CurrentShelf,
    kind: Annotated[str, Query(max_length=40)] = "",
) -> Response:
    entry, store = shelf.entry(document_id), engine.store
    text = store.document(document_id).text
    notes = store.select(Repair, document_id=document_id)
    shown = [note for note in notes if kind in ("", note.kind)]
    whole = store.select(Repair, source_id=entry.document.source_id, document_id="")
    return page(
        request,
        "repairs.html",
        entry=entry,
        framed=PurePosixPath(entry.source).suffix.lower() in _FRAMED,
        kind=kind,
        kinds=record.kinds(notes),
        total=len(notes),
        doubtful=record.doubt_rows(document_id, text, shown),
        doubts=sum(note.doubtful for note in shown),
        changes=record.rows(document_id, text, shown),
        source_kinds=record.kinds(whole),
        source_notes=whole,
    )


@router.get("/documents/{document_id}/source")
def source(document_id: str, engine: CurrentEngine, shelf: CurrentShelf) -> Response:
    """The file as it was given, always to be saved: whatever is in it, no browser opens it as a page of this site."""
    entry = shelf.entry(document_id)
    return Response(
        engine.store.content(entry.document.source_id),
        media_type="application/octet-stream",
        headers={"Content-Disposition": disposition(entry.source)},
    )


def disposition(name: str) -> str:
    """The header that saves a file under its own name (RFC 6266), the last part of it for a member of an archive."""
    last = PurePosixPath(name.replace("\\", "/")).name or "source"
    suffix = PurePosixPath(last).suffix
    plain = "source" + (suffix if re.fullmatch(r"\.[A-Za-z0-9]{1,8}", suffix) else "")
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(last, safe='', errors='replace')}"
