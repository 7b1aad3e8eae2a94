"""Taking the knowledge out: the neighbourhood of a term, and the whole library as files."""

import re
from collections.abc import Iterable, Sequence
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Path, Query, Response

from graph.export import to_graphml, to_json, to_node_link
from graph.network import find_term
from graph.paths import neighbourhood, way
from graph.skos import to_jsonld, to_turtle
from graph.table import COLUMNS, glossary_rows, to_csv
from search.engine import Engine
from web import examples
from web.access import CurrentEngine, CurrentShelf
from web.errors import TermNotFound
from web.graph_schemas import NodeLink
from web.problems import responses
from web.shelf import Shelf

router = APIRouter(tags=["图谱"])
#: What Windows doesn't take in the name of a file.
_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f\ud800-\udfff]')
_LONGEST_NAME = 60


def written(*media: str) -> dict[int | str, dict[str, Any]]:
    """What a route that answers with a file declares for OpenAPI: text of one of these media types."""
    return {200: {"content": {kind: {"schema": {"type": "object" if "json" in kind else "string"}} for kind in media}}}


def spreadsheet(name: str, columns: Sequence[str], rows: Iterable[Iterable[object]], shown: str = "") -> Response:
    """A CSV file to download."""
    # Excel takes a CSV file for UTF-8 only where it begins with a byte order mark.
    return attachment("\ufeff" + to_csv(columns, rows), "text/csv; charset=utf-8", f"{name}.csv", shown)


def attachment(content: str | bytes, media_type: str, name: str, shown: str = "") -> Response:
    """A file to download. ``shown`` is what it is about: browsers name it so, others use ``name``, which is ASCII."""
    disposition = f'attachment; filename="{name}"'
    if shown := _NOT_IN_NAMES.sub("", shown).strip(". ")[:_LONGEST_NAME]:
        # RFC 6266, 4.3: the name in UTF-8, percent-encoded.
        full = quote(shown + name[name.rindex(".") :], safe="")
        disposition += f"; filename*=UTF-8''{full}"
    return Response(content, media_type=media_type, headers={"Content-Disposition": disposition})


def _node(term: str, engine: Engine, shelf: Shelf) -> str:
    """The node of a term, by any of its names. Raises TermNotFound."""
    answer = engine.term(term)
    node = find_term(shelf.network, answer.term) if answer else None
    if node is None:
        raise TermNotFound(term, engine.similar_terms(term))
    return node


def _chosen(term: str, engine: Engine, shelf: Shelf) -> tuple[str | None, str]:
    """The id of a term and its label; None and "" where none is asked for. Raises TermNotFound."""
    if not term:
        return None, ""
    term_id = _node(term, engine, shelf).partition(":")[2]
    return term_id, shelf.terms_by_id[term_id].term.label


@router.get(
    "/api/graph/{term:path}",
    summary="一个术语的邻近图谱，或到另一个术语的路径",
    operation_id="getGraph",
    response_model=NodeLink,
    responses=responses(404, 422),
)
def graph(
    term: Annotated[str, Path(description="术语的任一名称", examples=[examples.TERM])],
    engine: CurrentEngine,
    shelf: CurrentShelf,
    depth: Annotated[int, Query(ge=1, le=3, description="走几步", examples=[2])] = 1,
    limit: Annotated[int, Query(ge=1, le=300, description="最多几个节点", examples=[30])] = 60,
    to: Annotated[str, Query(max_length=200, description="另一个术语：只要到它的最短路径", examples=["送温暖"])] = "",
) -> Any:
    """node-link 格式：nodes 有 id、type、label；edges 有 source、target、kind、weight（术语之间为 0 到 1，其余为次数），
    以及依据 document、start、end 和 reason。写了 to 时，graph 里的 path 是依次经过的节点，没有路径则为空。"""
    node = _node(term, engine, shelf)
    if not to:
        return to_node_link(neighbourhood(shelf.network, node, depth, limit))
    return to_node_link(way(shelf.network, node, _node(to, engine, shelf)))


@router.get(
    "/api/export/graphml",
    summary="导出图谱",
    operation_id="exportGraphml",
    response_class=Response,
    responses=written("application/xml"),
)
def graphml(shelf: CurrentShelf) -> Response:
    """GraphML：术语、文献、章节、地方和它们的关系。"""
    return attachment(to_graphml(shelf.network), "application/xml", "gongzhi.graphml")


@router.get(
    "/api/export/json",
    summary="导出图谱（JSON）",
    operation_id="exportGraphJson",
    response_class=Response,
    responses={200: {"model": NodeLink}},
)
def node_link(shelf: CurrentShelf) -> Response:
    """node-link 格式的全部图谱。"""
    # Made into JSON once: a library has hundreds of thousands of edges.
    return Response(to_json(shelf.network), media_type="application/json")


OneTerm = Annotated[str, Query(max_length=200, description="只要这一个术语；空则全部", examples=[examples.TERM])]


@router.get(
    "/api/export/skos.ttl",
    summary="导出 SKOS（Turtle）",
    operation_id="exportTurtle",
    response_class=Response,
    responses=written("text/turtle") | responses(404, 422, 503),
)
def skos(engine: CurrentEngine, shelf: CurrentShelf, term: OneTerm = "") -> Response:
    """每个概念的名称、层级、相关概念，每条解释连同原句、出处和位置。"""
    wanted, label = _chosen(term, engine, shelf)
    return attachment(to_turtle(shelf.vocabulary, wanted), "text/turtle; charset=utf-8", "gongzhi.ttl", label)


@router.get(
    "/api/export/jsonld",
    summary="导出 SKOS（JSON-LD）",
    operation_id="exportJsonld",
    response_class=Response,
    responses=written("application/ld+json") | responses(404, 422, 503),
)
def jsonld(engine: CurrentEngine, shelf: CurrentShelf, term: OneTerm = "") -> Response:
    """内容与 Turtle 相同。"""
    wanted, label = _chosen(term, engine, shelf)
    return attachment(to_jsonld(shelf.vocabulary, wanted), "application/ld+json", "gongzhi.jsonld", label)


@router.get(
    "/api/export/csv",
    summary="导出术语表",
    operation_id="exportGlossary",
    response_class=Response,
    responses=written("text/csv") | responses(404, 422),
)
def glossary(engine: CurrentEngine, shelf: CurrentShelf, term: OneTerm = "") -> Response:
    """CSV：每个术语的每一条解释一行；没有解释的术语也占一行。"""
    wanted, label = _chosen(term, engine, shelf)
    return spreadsheet("gongzhi-terms", COLUMNS, glossary_rows(engine.store, wanted), label)
