"""The page of a term, and every sentence it stands in."""

import math
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse

from graph.curation import history
from graph.edges import KINDS
from graph.network import find_term
from search.engine import Engine
from web import words
from web.access import CurrentEngine, CurrentShelf
from web.drawing import WIDTH, draw, label_x
from web.entry import aliases, blocks, explained_near, groups, replaced, stands
from web.errors import TermNotFound
from web.shelf import Shelf
from web.templating import page
from web.timeline import SIDE, provinces, timeline
from web.timeline import WIDTH as TIMELINE_WIDTH

#: Sentences on a page of all mentions.
_SENTENCES = 50
#: Documents in the table of those that use a term; every mention has pages of its own.
_DOCUMENTS = 60
router = APIRouter()


@router.get("/terms/{label:path}")
def term(
    label: str,
    request: Request,
    engine: CurrentEngine,
    shelf: CurrentShelf,
    every: Annotated[Literal["", "0", "1"], Query(alias="all")] = "",
    number: Annotated[int, Query(alias="page", ge=1, le=100_000)] = 1,
) -> Response:
    if not label.strip():
        return RedirectResponse("/terms", 303)
    answer = engine.term(label)
    if answer is None:
        raise TermNotFound(label, engine.similar_terms(label), _gone(shelf, label) + shelf.unsettled)
    if every == "1":
        return _mentions(request, engine, shelf, answer.term, number)
    quoted = {definition.text for definition in answer.definitions}
    node = find_term(shelf.network, answer.term) if answer.related else None
    entry = shelf.term(answer.term)
    explained = answer.status == "explained"
    return page(
        request,
        "term.html",
        shelf=shelf,
        answer=answer,
        replaced=replaced(shelf.edits, label, answer),
        aliases=aliases(answer),
        blocks=blocks(answer),
        groups=groups(answer.related),
        uses=[use for use in answer.uses if use.sentence not in quoted],
        near=() if explained else explained_near(answer, engine.similar_terms(answer.term), shelf),
        timeline=timeline(answer.term, answer.documents, shelf.entry),
        timeline_size=(TIMELINE_WIDTH, SIDE),
        provinces=provinces(answer.term, answer.documents, shelf.entry, words.NO_PROVINCE),
        most=_DOCUMENTS,
        drawing=draw(shelf.network, node) if node else None,
        label_x=label_x,
        width=WIDTH,
        names=KINDS,
        edits=history(shelf.edits, (answer.term, *answer.aliases)),
        news=[told for told in shelf.news.of(entry.term.id if entry else "") if told[0].cause not in ("edit", "undo")],
    )


def _gone(shelf: Shelf, label: str) -> str:
    """When and why a term of that name left the glossary, in a Chinese sentence; "" where none did."""
    found = shelf.news.gone(label)
    if found is None:
        return ""
    revision, _ = found
    return f"它在 {words.moment(revision.made)[:10]} 以前收录过，后来不再收录（{'；'.join(revision.details)}）。"


def _mentions(request: Request, engine: Engine, shelf: Shelf, label: str, number: int) -> Response:
    """Every sentence that a term stands in, document by document, a page of them."""
    found = engine.occurrences(label, (number - 1) * _SENTENCES, _SENTENCES)
    assert found is not None  # the label is that of an answer
    return page(
        request,
        "mentions.html",
        shelf=shelf,
        label=label,
        total=found.total,
        stands=stands(found.mentions),
        number=number,
        pages=math.ceil(found.total / _SENTENCES),
    )
