"""The list of documents and the reader."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response

from corpus.corrections import HOW
from corpus.model import Evidence, Mention, Passage, Repair, Section
from web import reader, words
from web.access import CurrentEngine, CurrentShelf
from web.readings import readings
from web.templating import page

router = APIRouter()


@router.get("/documents")
def documents(
    request: Request,
    shelf: CurrentShelf,
    find: Annotated[str, Query(max_length=100)] = "",
    province: Annotated[str, Query(max_length=100)] = "",
    level: Annotated[str, Query(max_length=20)] = "",
    type: Annotated[str, Query(max_length=100)] = "",
) -> Response:
    entries = list(shelf.documents.values())
    wanted = {"province": province, "level": level, "type": type}
    shown = [
        entry
        for entry in entries
        if all(not value or getattr(entry.document, name) == value for name, value in wanted.items())
        and find.strip() in entry.document.title + entry.document.place
    ]
    present = {name: {getattr(entry.document, name) for entry in entries} - {""} for name in wanted}
    return page(
        request,
        "documents.html",
        entries=shown,
        total=len(entries),
        chosen=wanted | {"find": find},
        options={
            "province": sorted(present["province"]),
            "level": [level for level in words.LEVELS if level in present["level"]],
            "type": sorted(present["type"]),
        },
    )


@router.get("/documents/{document_id}")
def document(
    document_id: str,
    request: Request,
    engine: CurrentEngine,
    shelf: CurrentShelf,
    at: Annotated[str, Query(pattern=r"^(\d{1,9}-\d{1,9})?$")] = "",
    repairs: Literal["", "0", "1"] = "",
) -> Response:
    entry, store = shelf.entry(document_id), engine.store
    start, _, end = at.partition("-")
    whole = store.document(document_id)
    text = whole.text
    sections = store.select(Section, document_id=document_id)
    notes = store.select(Repair, document_id=document_id)
    doubtful = [note for note in notes if note.doubtful]
    paragraphs = reader.paragraphs(
        whole,
        text,
        sections,
        store.select(Passage, document_id=document_id),
        reader.Marking(
            mentions=store.select(Mention, document_id=document_id),
            terms=shelf.terms_by_id,
            repairs=notes if repairs == "1" else doubtful,
            target=(int(start), int(end)) if at else None,
        ),
    )
    return page(
        request,
        "document.html",
        entry=entry,
        readings=readings(whole, store.select(Evidence, document_id=document_id)),
        outline=reader.outline(sections),
        paragraphs=paragraphs,
        notes=notes,
        doubtful=doubtful,
        show_repairs=repairs == "1",
        quoted=text[int(start) : int(end)] if at else "",
        quoted_doubts=engine.doubts.within(document_id, int(start), int(end)) if at else (),
        text=text,
        at=at,
        corrected={evidence.field for evidence in store.select(Evidence, document_id=document_id, how=HOW)},
    )
