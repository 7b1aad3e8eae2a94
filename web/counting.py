"""The JSON route that counts what is in the library, and the shapes of its answer."""

from typing import Annotated, Literal, Self

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, Field

from web.access import CurrentDesk
from web.exports import spreadsheet, written
from web.problems import responses
from web.statistics import COLUMNS, Table, flat, statistics

router = APIRouter(tags=["运行"])


class CountedRow(BaseModel):
    """一项。"""

    label: str = Field(description="项")
    numbers: list[int] = Field(description="数量，依 columns 的次序")


class CountedTable(BaseModel):
    """一张统计表。"""

    name: str = Field(description="表的代号")
    title: str = Field(description="表的名称")
    columns: list[str] = Field(description="各栏的名称")
    rows: list[CountedRow] = Field(description="各行")

    @classmethod
    def of(cls, table: Table) -> Self:
        rows = [CountedRow(label=row.label, numbers=list(row.numbers)) for row in table.rows]
        return cls(name=table.name, title=table.title, columns=list(table.columns), rows=rows)


class Statistics(BaseModel):
    """资料库里有什么，有多少。"""

    generation: int = Field(description="资料库改动过几次")
    tables: list[CountedTable] = Field(description="各张表")


@router.get(
    "/api/statistics",
    summary="资料库统计",
    operation_id="getStatistics",
    response_model=Statistics,
    responses=written("text/csv") | responses(422),
)
def counted(
    desk: CurrentDesk,
    format: Annotated[
        Literal["json", "csv"], Query(description="json，或供电子表格打开的 csv", examples=["csv"])
    ] = "json",
) -> Statistics | Response:
    """文献按年份、省份、级别、文种，术语按类别和有无解释，事项、数字、修复、存疑、来源文件各有多少；几乎相同的文献只算一份。"""
    with desk.opened() as store:
        tables = desk.remembered(store, statistics)
        generation = store.generation
    if format == "csv":
        return spreadsheet("statistics", COLUMNS, flat(tables))
    return Statistics(generation=generation, tables=[CountedTable.of(table) for table in tables])
