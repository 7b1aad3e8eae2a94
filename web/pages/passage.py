"""What there is to a passage of a document, and the card of a term: pieces that the reader shows beside the text."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from corpus.model import Passage
from web.access import CurrentEngine, CurrentShelf
from web.card import card
from web.errors import PassagesNotFound
from web.templating import page
from web.whereabouts import whereabouts

router = APIRouter()


@router.get("/documents/{document_id}/similar")
def similar(
    document_id: str,
    request: Request,
    engine: CurrentEngine,
    shelf: CurrentShelf,
    p: Annotated[str, Query(min_length=1, max_length=100)],
) -> Response:
    """A passage with its citations and its place in the original, and what other documents say like it."""
    entry = shelf.entry(document_id)
    passage = next(iter(engine.store.select(Passage, id=p, document_id=document_id)), None)
    if passage is None:
        raise PassagesNotFound([p])
    return page(
        request,
        "passage.html",
        entry=entry,
        shelf=shelf,
        passage=passage,
        quotation=engine.quotations([p]).found[0],
        whereabouts=whereabouts(engine.store, entry, passage.start, passage.end),
        hits=engine.similar(passage),
    )


@router.get("/card")
def term_card(
    request: Request,
    engine: CurrentEngine,
    shelf: CurrentShelf,
    term: Annotated[str, Query(min_length=1, max_length=200)],
    document: Annotated[str, Query(max_length=100)] = "",
) -> Response:
    """The meaning of a term in a few lines, a piece of a page; with a document, what the term means there."""
    answer = engine.term(term)
    entry = shelf.entry(document) if document else None
    return page(
        request,
        "card.html",
        term=term,
        shelf=shelf,
        card=card(answer, entry) if answer else None,
        similar=() if answer else engine.similar_terms(term),
    )
