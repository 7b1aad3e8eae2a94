"""The list of documents and the reader."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response

from corpus.corrections import HOW
from corpus.model import Evidence, Mention, Passage, Repair, Section
from search.engine import Engine
from search.errors import SpanInvalid
from search.excerpts import Excerpt
from web import holdings, reader
from web.access import CurrentEngine, CurrentShelf
from web.neighbours import neighbours
from web.readings import readings
from web.templating import page
from web.whereabouts import whereabouts

router = APIRouter()


@router.get("/documents")
def documents(
    request: Request,
    shelf: CurrentShelf,
    find: Annotated[str, Query(max_length=100)] = "",
    province: Annotated[str, Query(max_length=100)] = "",
    level: Annotated[str, Query(max_length=20)] = "",
    type: Annotated[str, Query(max_length=100)] = "",
    year: Annotated[str, Query(max_length=4)] = "",
    source: Annotated[str, Query(max_length=100)] = "",
    sort: holdings.Sort = "",
    number: Annotated[int, Query(alias="page", ge=1, le=100_000)] = 1,
) -> Response:
    asked = holdings.Asked(find, province, level, type, year, source, sort, number)
    chosen = {"find": find, "province": province, "level": level, "type": type, "year": year, "source": source}
    return page(
        request,
        "documents.html",
        listed=holdings.listing(shelf, asked),
        shelf=shelf,
        number=number,
        chosen=chosen | {"sort": sort},
        narrowed=any(chosen.values()),
        sorts=holdings.SORTS,
    )


@router.get("/documents/{document_id}")
def document(
    document_id: str,
    request: Request,
    engine: CurrentEngine,
    shelf: CurrentShelf,
    at: Annotated[str, Query(max_length=40)] = "",
    repairs: Literal["", "0", "1"] = "",
    find: Annotated[str, Query(max_length=100)] = "",
) -> Response:
    entry, store = shelf.entry(document_id), engine.store
    whole = store.document(document_id)
    text = whole.text
    target = reader.target(at, len(text))
    quoted = _quoted(engine, document_id, target)
    sections = store.select(Section, document_id=document_id)
    notes = store.select(Repair, document_id=document_id)
    evidence = store.select(Evidence, document_id=document_id)
    doubtful = [note for note in notes if note.doubtful]
    found = reader.occurrences(text, find.strip())
    mentions = store.select(Mention, document_id=document_id)
    terms = [shelf.terms_by_id[name] for name in {one.term_id for one in mentions}]
    engine.doubts.read(entry.definition.document_id for entry in terms if entry.definition)
    paragraphs = reader.paragraphs(
        whole,
        text,
        sections,
        store.select(Passage, document_id=document_id),
        reader.Marking(
            mentions=mentions,
            terms={entry.term.id: shelf.explained(entry) for entry in terms},
            repairs=notes if repairs == "1" else doubtful,
            target=target,
            found=found,
        ),
    )
    return page(
        request,
        "document.html",
        entry=entry,
        readings=readings(whole, evidence),
        outline=reader.outline(sections),
        paragraphs=paragraphs,
        notes=notes,
        doubtful=doubtful,
        show_repairs=repairs == "1",
        target=target,
        quoted=quoted,
        whereabouts=whereabouts(store, entry, quoted.start, quoted.end) if quoted else "",
        lost=bool(at) and target is None,
        at=at,
        find=find.strip(),
        found=found,
        near=neighbours(shelf, entry),
        corrected={item.field for item in evidence if item.how == HOW},
    )


def _quoted(engine: Engine, document_id: str, target: reader.Span | None) -> Excerpt | None:
    """The sentences that a link points at, to be cited whole; None where it points at none, or at far too many."""
    if target is None:
        return None
    try:
        return engine.excerpt(document_id, *target)
    except SpanInvalid:
        return None
