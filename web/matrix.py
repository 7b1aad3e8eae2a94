"""The JSON route of places against topics."""

from typing import Annotated, Literal, Self

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from search.matrix import Count, Matrix, Order, PlaceRow, TopicColumn
from web import links
from web.access import CurrentEngine
from web.problems import responses

router = APIRouter()


class MatrixTopic(BaseModel):
    """一项做法。"""

    topic: str
    group: str = Field(description="所属领域；自己写的为空")
    places: int = Field(description="各行中提到它的地方个数")

    @classmethod
    def of(cls, column: TopicColumn) -> Self:
        return cls(topic=column.topic, group=column.group, places=column.places)


class MatrixCell(BaseModel):
    """一格：各种状态的句数；全是 0 表示未提及，不等于未开展。"""

    done: int = Field(description="已开展")
    ongoing: int = Field(description="正在开展")
    planned: int = Field(description="计划开展")

    @classmethod
    def of(cls, count: Count) -> Self:
        return cls(done=count.done, ongoing=count.ongoing, planned=count.planned)


class MatrixRow(BaseModel):
    """一个地方；cells 与 topics 一一对应。"""

    place: str = Field(description="地方")
    code: str
    level: str
    province: str
    cells: list[MatrixCell] = Field(description="各格，与 topics 一一对应")
    sentences: list[str] = Field(description="各格原句所在的网页，没有的为空")

    @classmethod
    def of(cls, row: PlaceRow, topics: tuple[TopicColumn, ...]) -> Self:
        addresses = [
            links.matrix_cell(row.place, column.topic, row.level, row.code) if cell.total else ""
            for column, cell in zip(topics, row.cells, strict=True)
        ]
        cells = [MatrixCell.of(cell) for cell in row.cells]
        return cls(
            place=row.place, code=row.code, level=row.level, province=row.province, cells=cells, sentences=addresses
        )


class MatrixDetail(BaseModel):
    """地方与做法对照。"""

    topics: list[MatrixTopic] = Field(description="各列：做法")
    rows: list[MatrixRow] = Field(description="各行：地方")
    documents: int = Field(description="查了几份文献")
    chosen: bool = Field(description="做法是不是自己写的")
    left_out: list[str] = Field(description="超出并排个数、没有列入的做法")

    @classmethod
    def of(cls, found: Matrix) -> Self:
        return cls(
            topics=[MatrixTopic.of(column) for column in found.topics],
            rows=[MatrixRow.of(row, found.topics) for row in found.rows],
            documents=found.documents,
            chosen=found.chosen,
            left_out=list(found.left_out),
        )


@router.get("/api/matrix", tags=["地方"], summary="地方与做法对照", operation_id="getMatrix", responses=responses(422))
def matrix(
    engine: CurrentEngine,
    topic: Annotated[
        list[str],
        Query(
            max_length=100,
            description="做法或问句，可以写几个；不写则取写到数字的地方最多的几项",
            examples=[["送温暖", "送清凉"]],
        ),
    ] = [],  # noqa: B006
    province: Annotated[str, Query(max_length=100, description="只看这个省", examples=["湖北省"])] = "",
    level: Annotated[
        Literal["", "province", "city", "county", "enterprise"],
        Query(description="只看这一级；空则省、市、县", examples=["city"]),
    ] = "",
    order: Annotated[Order, Query(description="code 按地区，most 提到项数多的在前", examples=["most"])] = "code",
) -> MatrixDetail:
    """每个地方说到每项做法的句数，与 /api/places 的答案一致；未提及不等于未开展。"""
    return MatrixDetail.of(engine.matrix(topic, province, level, order))
