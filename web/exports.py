"""Taking the knowledge out: the neighbourhood of a term, and the whole library as files."""

from collections.abc import Iterable, Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response

from graph.export import to_graphml, to_node_link
from graph.network import find_term, neighbourhood
from graph.table import COLUMNS, glossary_rows, to_csv
from web.access import CurrentEngine, CurrentShelf
from web.errors import TermNotFound
from web.problems import responses

router = APIRouter(tags=["图谱"])


def spreadsheet(name: str, columns: Sequence[str], rows: Iterable[Iterable[object]]) -> Response:
    """A CSV file to download."""
    # Excel takes a CSV file for UTF-8 only where it begins with a byte order mark.
    return Response(
        "\ufeff" + to_csv(columns, rows),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.csv"'},
    )


@router.get("/api/graph/{term:path}", summary="一个术语的邻近图谱", responses=responses(404, 422))
def graph(
    term: str,
    engine: CurrentEngine,
    shelf: CurrentShelf,
    depth: Annotated[int, Query(ge=1, le=3, description="走几步")] = 1,
    limit: Annotated[int, Query(ge=1, le=300, description="最多几个节点")] = 60,
) -> dict[str, Any]:
    """node-link 格式：nodes 有 id、type、label，edges 有 source、target、kind、weight。"""
    answer = engine.term(term)
    node = find_term(shelf.network, answer.term) if answer else None
    if node is None:
        raise TermNotFound(term, engine.similar_terms(term))
    return to_node_link(neighbourhood(shelf.network, node, depth, limit))


@router.get("/api/export/graphml", summary="导出图谱", response_class=Response)
def graphml(shelf: CurrentShelf) -> Response:
    """GraphML：术语、文献、地方和它们的关系。"""
    return Response(
        to_graphml(shelf.network),
        media_type="application/xml",
        headers={"Content-Disposition": 'attachment; filename="gongzhi.graphml"'},
    )


@router.get("/api/export/csv", summary="导出术语表", response_class=Response)
def glossary(engine: CurrentEngine) -> Response:
    """CSV：每个术语的每一条解释一行；没有解释的术语也占一行。"""
    return spreadsheet("gongzhi-terms", COLUMNS, glossary_rows(engine.store))
