"""The JSON route that tells what is new in the glossary: what a program, or a cadre on Monday, asks for first."""

from typing import Annotated, Self

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from corpus.revisions import CauseKind, Novelty, NoveltyKind, Revision
from web.access import CurrentEngine
from web.problems import responses
from web.words import moment

router = APIRouter(tags=["术语"])


class NoveltyItem(BaseModel):
    """一个术语的变动。"""

    term: str = Field(description="术语；不再收录的，是原来的名称")
    kind: NoveltyKind = Field(description="new 新收，changed 有变化，gone 不再收录，used 只是用到它的文献有增减")
    what: list[str] = Field(description="变在哪里；新收的为空")
    successor: str = Field(description="并入了哪个术语；没有则为空")

    @classmethod
    def of(cls, novelty: Novelty) -> Self:
        return cls(term=novelty.label, kind=novelty.kind, what=list(novelty.what), successor=novelty.successor)


class RevisionItem(BaseModel):
    """术语表的一次变动。"""

    made: str = Field(description="ISO 8601 时间")
    cause: CauseKind = Field(description="ingest 导入，remove 移出，edit 编辑，undo 撤销编辑，correct 更正文献")
    details: list[str] = Field(description="哪些文件，哪些编辑")
    first: bool = Field(description="是不是建库：那时全部术语都是新的，不逐个列出")
    new: int = Field(description="新收几个")
    changed: int = Field(description="有变化几个")
    gone: int = Field(description="不再收录几个")
    used: int = Field(description="只是用例有增减的几个")
    terms: list[NoveltyItem] = Field(description="各个术语的变动，一次最多记 500 个")

    @classmethod
    def of(cls, revision: Revision, novelties: list[Novelty]) -> Self:
        values = {name: getattr(revision, name) for name in cls.model_fields if name not in ("terms", "details")}
        return cls(**values, details=list(revision.details), terms=[NoveltyItem.of(novelty) for novelty in novelties])


class TermChanges(BaseModel):
    """术语表的变动，最近的在前。"""

    total: int = Field(description="一共有多少次")
    changes: list[RevisionItem] = Field(description="各次变动，最近的在前")


@router.get(
    "/api/terms/changes", summary="新收和有变化的术语", operation_id="listTermChanges", responses=responses(422)
)
def changes(
    engine: CurrentEngine,
    since: Annotated[
        str,
        Query(pattern=r"^(\d{4}-\d{2}-\d{2})?$", description="只要这一天起的，如 2026-01-05", examples=["2026-01-05"]),
    ] = "",
    limit: Annotated[int, Query(ge=1, le=100, description="最多几次", examples=[10])] = 10,
) -> TermChanges:
    """每次导入、移出、编辑以后，哪些术语是新的，哪些有了解释、改了名、合并了，哪些不再收录；只保留最近 100 次。"""
    found = [revision for revision in engine.store.select(Revision) if moment(revision.made)[:10] >= since]
    return TermChanges(
        total=len(found),
        changes=[RevisionItem.of(one, engine.store.select(Novelty, revision=one.ordinal)) for one in found[:limit]],
    )
