"""The network of terms: at a glance, one community, around a term, and from one term to another."""

from collections import Counter
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from graph.communities import Overview
from graph.edges import EDGE_KINDS, INVERSES, KINDS, NODE_TYPES
from graph.network import find_term
from graph.paths import ways
from search.answers import RelatedTerm, TermAnswer
from search.engine import Engine
from web import atlas
from web.access import CurrentEngine, CurrentShelf
from web.drawing import WIDTH, draw, label_x
from web.entry import groups
from web.shelf import Shelf
from web.templating import page

router = APIRouter()
Label = Annotated[str, Query(max_length=200)]
_LEADING = 5  # terms told of a community beside its name
_LISTED = 24  # communities told in full
#: The label of a relation in either direction → its kind.
_KIND_OF: dict[str, str] = {name: kind for names in (INVERSES, KINDS) for kind, name in names.items()}


@router.get("/graph")
def graph(
    request: Request,
    engine: CurrentEngine,
    shelf: CurrentShelf,
    term: Label = "",
    to: Label = "",
    group: Label = "",
    kind: Annotated[str, Query(max_length=40)] = "",
    depth: Annotated[int, Query(ge=1, le=2)] = 1,
    way: Annotated[int, Query(ge=1, le=3)] = 1,
) -> Response:
    term, to, group = term.strip(), to.strip(), group.strip()
    if group and not (term or to):
        return _group(request, engine, shelf, group)
    asked = [label for label in (term, to) if label]
    answers = [engine.term(label) for label in asked]
    missing = [(label, engine.similar_terms(label)) for label, answer in zip(asked, answers, strict=True) if not answer]
    found = [answer for answer in answers if answer]
    chosen = {"term": term, "to": to}
    if missing or not found:
        return _glance(request, shelf, chosen, missing)
    if len(found) == 2:
        return _way(request, engine, shelf, chosen, (found[0], found[1]), way)
    return _around(request, shelf, chosen, found[0], kind if kind in KINDS else "", depth)


def _glance(
    request: Request, shelf: Shelf, chosen: dict[str, str], missing: list[tuple[str, tuple[str, ...]]]
) -> Response:
    """The whole network; where a name is unknown, what resembles it."""
    overview = None if missing else shelf.overview
    return page(
        request, "graph.html", status=404 if missing else 200, shelf=shelf, chosen=chosen, missing=missing,
        overview=overview, kinds=_kinds(overview) if overview else (), leading=_LEADING, listed=_LISTED,
    )  # fmt: skip


def _group(request: Request, engine: Engine, shelf: Shelf, name: str) -> Response:
    """The community that a term is in, whatever it was named after before."""
    answer = engine.term(name)
    node = find_term(shelf.network, answer.term) if answer else None
    if answer is None or node is None:
        return _glance(request, shelf, {"term": name, "to": ""}, [(name, engine.similar_terms(name))])
    number = shelf.communities.number_of(node)
    return page(
        request, "group.html", shelf=shelf, chosen={"term": "", "to": ""}, asked=answer.term, number=number,
        group=None if number is None else shelf.communities.found.groups[number],
        plots=() if number is None else shelf.communities.plots(number), names=KINDS,
    )  # fmt: skip


def _around(
    request: Request, shelf: Shelf, chosen: dict[str, str], answer: TermAnswer, kind: str, depth: int
) -> Response:
    """What a term is connected with: by one kind of relation or by all, one step away or two."""
    node = find_term(shelf.network, answer.term)
    counts = Counter(_KIND_OF[other.relation] for other in answer.related)
    related: list[RelatedTerm] = [other for other in answer.related if kind in ("", _KIND_OF[other.relation])]
    kinds = (kind,) if kind else ()
    wanted = node if related else None
    return page(
        request, "around.html", shelf=shelf, chosen=chosen, answer=answer, groups=groups(related), kind=kind, depth=depth,
        counts=[(code, name, counts[code]) for code, name in KINDS.items() if counts[code]],
        drawing=draw(shelf.network, wanted, kinds) if wanted and depth == 1 else None, label_x=label_x, width=WIDTH,
        wider=shelf.communities.around(wanted, kinds) if wanted and depth > 1 else None,
        names=KINDS, places=atlas.places(shelf.network, node) if node else (),
        number=shelf.communities.number_of(node) if node else None,
    )  # fmt: skip


def _way(
    request: Request,
    engine: Engine,
    shelf: Shelf,
    chosen: dict[str, str],
    ends: tuple[TermAnswer, TermAnswer],
    number: int,
) -> Response:
    """The ways from one term to another: all as chains, one with its sentences."""
    nodes = [node for answer in ends if (node := find_term(shelf.network, answer.term))]
    found = ways(shelf.network, nodes[0], nodes[1]) if len(nodes) == len(ends) else []
    number = min(number, len(found))
    told = atlas.told(shelf.network, found[number - 1], engine.store, engine.doubts) if found else ()
    chains = {one: atlas.chain(shelf.network, steps) for one, steps in enumerate(found, 1)}
    return page(
        request, "way.html", shelf=shelf, chosen=chosen, ends=ends, told=told, chains=chains, number=number,
        nodes=NODE_TYPES,
    )  # fmt: skip


def _kinds(overview: Overview) -> tuple[tuple[bool, str, str, int], ...]:
    """(whether between terms, name, what it says, how many) of every kind of edge there is."""
    return tuple(
        (kind in KINDS, name, atlas.ABOUT[kind], overview.edges[kind])
        for kind, name in EDGE_KINDS.items()
        if overview.edges[kind]
    )
