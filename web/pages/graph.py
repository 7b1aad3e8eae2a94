"""The network of terms: at a glance, around one of them, and from one to another."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from graph.communities import Overview
from graph.edges import EDGE_KINDS, KINDS, NODE_TYPES
from graph.network import find_term
from graph.paths import path
from search.answers import TermAnswer
from search.engine import Engine
from web import atlas
from web.access import CurrentEngine, CurrentShelf
from web.drawing import WIDTH, draw, label_x
from web.entry import groups
from web.shelf import Shelf
from web.templating import page

router = APIRouter()
Label = Annotated[str, Query(max_length=200)]


@router.get("/graph")
def graph(request: Request, engine: CurrentEngine, shelf: CurrentShelf, term: Label = "", to: Label = "") -> Response:
    asked = [label.strip() for label in (term, to) if label.strip()]
    answers = [engine.term(label) for label in asked]
    missing = [(label, engine.similar_terms(label)) for label, answer in zip(asked, answers, strict=True) if not answer]
    found = [answer for answer in answers if answer]
    chosen = {"term": term.strip(), "to": to.strip()}
    if missing or not found:
        overview = None if missing else shelf.overview
        return page(
            request, "graph.html", status=404 if missing else 200, shelf=shelf, chosen=chosen, missing=missing,
            overview=overview, kinds=_kinds(overview) if overview else (),
        )  # fmt: skip
    if len(found) == 2:
        return _way(request, engine, shelf, chosen, (found[0], found[1]))
    node = find_term(shelf.network, found[0].term)
    return page(
        request, "around.html", shelf=shelf, chosen=chosen, answer=found[0], groups=groups(found[0].related),
        drawing=draw(shelf.network, node) if node and found[0].related else None, label_x=label_x, width=WIDTH,
        names=KINDS, places=atlas.places(shelf.network, node) if node else (),
    )  # fmt: skip


def _way(
    request: Request, engine: Engine, shelf: Shelf, chosen: dict[str, str], ends: tuple[TermAnswer, TermAnswer]
) -> Response:
    nodes = [node for answer in ends if (node := find_term(shelf.network, answer.term))]
    found = path(shelf.network, *nodes) if len(nodes) == len(ends) else []
    told = atlas.told(shelf.network, found, engine.store, engine.doubts)
    return page(request, "way.html", shelf=shelf, chosen=chosen, ends=ends, told=told, nodes=NODE_TYPES)


def _kinds(overview: Overview) -> tuple[tuple[bool, str, str, int], ...]:
    """(whether between terms, name, what it says, how many) of every kind of edge there is."""
    return tuple(
        (kind in KINDS, name, atlas.ABOUT[kind], overview.edges[kind])
        for kind, name in EDGE_KINDS.items()
        if overview.edges[kind]
    )
