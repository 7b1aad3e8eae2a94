"""Places against topics as a page, the sentences of one cell, and the same as a file."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response

from search.matrix import MOST_TOPICS, Matrix, Order
from web import links, words
from web.access import CurrentEngine, CurrentShelf
from web.exports import spreadsheet
from web.templating import page

router = APIRouter()
Topics = Annotated[list[str], Query(max_length=100)]
Name = Annotated[str, Query(max_length=100)]
LevelName = Annotated[Literal["", "province", "city", "county", "enterprise"], Query()]
#: Rows of a page; the file has all.
MOST_ROWS = 400


@router.get("/matrix")
def matrix(
    request: Request,
    engine: CurrentEngine,
    topic: Topics = [],  # noqa: B006
    province: Name = "",
    level: LevelName = "",
    order: Order = "code",
) -> Response:
    found = engine.matrix(topic, province.strip(), level, order)
    return page(
        request,
        "matrix.html",
        matrix=found,
        groups=groups(found),
        rows=found.rows[:MOST_ROWS],
        chosen={"province": province, "level": level, "order": order},
        written="\n".join(column.topic for column in found.topics),
        most=MOST_TOPICS,
        file=links.matrix(_asked(found), province, level, order, path="/matrix.csv"),
        address=engine.profiler.directory.address,
    )


def _asked(found: Matrix) -> tuple[str, ...]:
    """The topics to name in an address: none where the library chose them."""
    return tuple(column.topic for column in found.topics) if found.chosen else ()


def groups(found: Matrix) -> list[tuple[str, int]]:
    """(field of work, topics) side by side; empty where somebody named the topics."""
    spans: list[tuple[str, int]] = []
    for column in found.topics:
        if spans and spans[-1][0] == column.group:
            spans[-1] = (column.group, spans[-1][1] + 1)
        else:
            spans.append((column.group, 1))
    return spans if any(group for group, _ in spans) else []


@router.get("/matrix/cell")
def cell(
    request: Request,
    engine: CurrentEngine,
    shelf: CurrentShelf,
    place: Annotated[str, Query(min_length=1, max_length=100)],
    topic: Annotated[str, Query(min_length=1, max_length=2000)],
    level: LevelName = "",
    code: Annotated[str, Query(max_length=20)] = "",
) -> Response:
    answer = engine.places(topic, level, shown=None)
    found = next((row for row in answer.answers if row.place == place and code in ("", row.code)), None)
    address = engine.profiler.directory.address(place, found.code if found else code)
    return page(
        request, "matrix_cell.html", shelf=shelf, answer=answer, place=place, topic=topic, level=level, found=found,
        address=address,
    )  # fmt: skip


@router.get("/matrix.csv")
def table(
    engine: CurrentEngine,
    topic: Topics = [],  # noqa: B006
    province: Name = "",
    level: LevelName = "",
    order: Order = "code",
) -> Response:
    found = engine.matrix(topic, province.strip(), level, order)
    columns = [f"{column.topic}（{name}）" for column in found.topics for name in words.CLAIM_STATUS.values()]
    rows = [
        (
            *(row.place, row.code, row.province, words.LEVELS[row.level]),
            *(number for cell in row.cells for number in (cell.done, cell.ongoing, cell.planned)),
        )
        for row in found.rows
    ]
    return spreadsheet("gongzhi-matrix", ("地方", "代码", "省份", "级别", *columns), rows)
