"""The glossary and the page of a term."""

from itertools import groupby
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse

from graph.curation import history
from graph.variants import fold
from web import words
from web.access import CurrentEngine, CurrentShelf
from web.errors import TermNotFound
from web.shelf import TermEntry
from web.templating import page

# Beyond this many terms the glossary shows one letter at a time.
_WHOLE = 1500
router = APIRouter()


def _selected(entries: tuple[TermEntry, ...], q: str, kind: str, status: str) -> list[TermEntry]:
    wanted = fold(q)
    return [
        entry
        for entry in entries
        if (not kind or entry.term.kind == kind)
        and (not status or entry.term.status == status)
        and (not q or any(wanted and wanted in fold(label) for label in (entry.term.label, *entry.term.aliases)))
    ]


@router.get("/terms")
def terms(
    request: Request,
    shelf: CurrentShelf,
    find: Annotated[str, Query(max_length=100)] = "",
    kind: Annotated[str, Query(max_length=20)] = "",
    status: Annotated[str, Query(max_length=20)] = "",
    letter: Annotated[str, Query(max_length=1)] = "",
) -> Response:
    found = _selected(shelf.terms, find.strip(), kind, status)
    groups = [(initial, list(group)) for initial, group in groupby(found, key=lambda entry: entry.initial)]
    whole = len(found) <= _WHOLE
    shown = groups if whole else [group for group in groups if group[0] == (letter or groups[0][0])]
    return page(
        request,
        "terms.html",
        shelf=shelf,
        total=len(found),
        letters=[initial for initial, _ in groups],
        groups=shown,
        whole=whole,
        chosen={"find": find, "kind": kind, "status": status},
        kinds=[name for name in words.KINDS if any(entry.term.kind == name for entry in shelf.terms)],
    )


@router.get("/terms/{label:path}")
def term(label: str, request: Request, engine: CurrentEngine, shelf: CurrentShelf) -> Response:
    if not label.strip():
        return RedirectResponse("/terms", 303)
    answer = engine.term(label)
    if answer is None:
        raise TermNotFound(label, engine.similar_terms(label))
    # An alias that differs in quotation marks only tells a reader nothing.
    aliases = [alias for alias in answer.aliases if alias.strip("“”‘’\"'") != answer.term]
    quoted = {definition.text for definition in answer.definitions}
    uses = [use for use in answer.uses if use.sentence not in quoted]
    edits = history(shelf.edits, (answer.term, *answer.aliases))
    return page(request, "term.html", shelf=shelf, asked=label, answer=answer, aliases=aliases, uses=uses, edits=edits)
