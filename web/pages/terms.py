"""The glossary and the page of a term."""

import math
from collections import Counter
from itertools import groupby
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse

from graph.curation import history
from graph.variants import fold
from search.engine import Engine
from web import words
from web.access import CurrentEngine, CurrentShelf
from web.entry import aliases, blocks, groups, stands
from web.errors import TermNotFound
from web.shelf import Shelf, TermEntry
from web.templating import page

# Beyond this many terms the glossary shows one letter at a time.
_WHOLE = 1500
#: Sentences on a page of all mentions.
_SENTENCES = 50
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
    letters = [initial for initial, _ in groups]
    current = "" if whole else letter if letter in letters else letters[0]
    statuses = Counter(entry.term.status for entry in _selected(shelf.terms, find.strip(), kind, ""))
    return page(
        request,
        "terms.html",
        shelf=shelf,
        total=len(found),
        letters=letters,
        current=current,
        groups=[group for group in groups if current in ("", group[0])],
        statuses=statuses,
        chosen={"find": find, "kind": kind, "status": status},
        kinds=[name for name in words.KINDS if any(entry.term.kind == name for entry in shelf.terms)],
    )


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
        raise TermNotFound(label, engine.similar_terms(label))
    if every == "1":
        return _mentions(request, engine, shelf, answer.term, number)
    quoted = {definition.text for definition in answer.definitions}
    return page(
        request,
        "term.html",
        shelf=shelf,
        answer=answer,
        aliases=aliases(answer),
        blocks=blocks(answer),
        groups=groups(answer.related),
        uses=[use for use in answer.uses if use.sentence not in quoted],
        edits=history(shelf.edits, (answer.term, *answer.aliases)),
    )


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
