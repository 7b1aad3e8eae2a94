"""The JSON routes on which programs edit the glossary, and the shapes of what they send and get."""

from typing import Annotated, Any, Self

from fastapi import APIRouter, Depends, Path, Query
from pydantic import BaseModel, ConfigDict, Field

from corpus.curation import MOST_EDITS, MOST_LABEL, MOST_NOTE, MOST_SENTENCE, MOST_WHO, Change
from corpus.model import Edit, EditKind, Term
from graph.curation import history, told
from graph.names import Names
from web.access import CurrentDesk, writer
from web.problems import responses

router = APIRouter(tags=["术语"], dependencies=[Depends(writer)])
_GUARDED = (401, 403, 422, 429, 503)
_KINDS = (
    "add 新增，reject 不收，confirm 看过（value 空为照收，或检查结果的编号），"
    "rename 改名（value 新名），merge 合并（value 并入哪个），alias、unalias 加、去别名（value 别名），"
    "split 拆出（value 别名，或新名、换行、那个意思的一句解释），kind 改类别（value 类别），prefer 选定解释（value 句子或其开头），"
    "relate、unrelate 加、去关系（value 为 broader:上位术语 或 related:相关术语）"
)
_EXAMPLE: dict[str, Any] = {
    "edits": [{"kind": "alias", "term": "四大会战", "value": "四大会战攻坚"}],
    "who": "王芳",
    "note": "文件里两种写法都有",
}


class ChangeItem(BaseModel):
    """一处编辑。"""

    model_config = ConfigDict(extra="forbid")

    kind: EditKind = Field(description=_KINDS)
    term: str = Field(max_length=2 * MOST_LABEL, description="术语")
    value: str = Field(default="", max_length=MOST_SENTENCE + 2 * MOST_LABEL, description="看 kind；add、reject 不用写")


class Changes(BaseModel):
    """一批编辑：按次序做，一处不成就都不做。"""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [_EXAMPLE]})

    edits: list[ChangeItem] = Field(min_length=1, max_length=MOST_EDITS, description="各处编辑，按次序")
    who: str = Field(default="", max_length=MOST_WHO, description="谁改的")
    note: str = Field(default="", max_length=MOST_NOTE, description="为什么")


class EditItem(BaseModel):
    """一次编辑的记录。"""

    ordinal: int = Field(description="编号")
    batch: str = Field(description="同一批的相同")
    kind: EditKind = Field(description="改的是什么，见编辑术语的 kind")
    term: str = Field(description="改的哪个术语")
    value: str = Field(description="改成什么，看 kind")
    note: str
    who: str
    made: str = Field(description="ISO 8601 时间")
    undone: str = Field(description="撤销的时间；有效时为空")
    idle: str = Field(description="为什么未用上；用上了为空")
    told: str = Field(description="改了什么，一句话")

    @classmethod
    def of(cls, edit: Edit) -> Self:
        return cls(told=told(edit), **{name: getattr(edit, name) for name in cls.model_fields if name != "told"})


class Edits(BaseModel):
    """编辑记录。"""

    edits: list[EditItem] = Field(description="编辑记录，最近的在前")
    total: int = Field(description="一共有多少条")


def _listed(edits: list[Edit] | tuple[Edit, ...], limit: int | None = None) -> Edits:
    return Edits(edits=[EditItem.of(edit) for edit in edits[:limit]], total=len(edits))


@router.get("/api/terms/edits", summary="列出编辑记录", operation_id="listEdits", responses=responses(*_GUARDED))
def edits(
    desk: CurrentDesk,
    term: Annotated[str, Query(max_length=2 * MOST_LABEL, description="只要和它有关的", examples=["四大会战"])] = "",
    limit: Annotated[int, Query(ge=1, le=5000, description="最多几条", examples=[20])] = 100,
) -> Edits:
    """最近的在前，撤销了的、未用上的也在内。"""
    with desk.opened() as store:
        every = store.select(Edit)
        found = Names(store.select(Term)).named(term) if term.strip() else None
    return _listed(history(every, found.all if found else (term,) if term.strip() else ()), limit)


@router.post("/api/terms/edits", summary="编辑术语", operation_id="editTerms", responses=responses(*_GUARDED, 409, 413))
def edit(desk: CurrentDesk, changes: Changes) -> Edits:
    """编辑跟着术语走，不改原文；重新读入文献后仍然有效。"""
    made = [Change(item.kind, item.term, item.value) for item in changes.edits]
    return _listed(desk.edit(made, who=changes.who, note=changes.note))


@router.delete(
    "/api/terms/edits/{ordinal}", summary="撤销编辑", operation_id="undoEdit", responses=responses(*_GUARDED, 404, 409)
)
def undo(
    desk: CurrentDesk,
    ordinal: Annotated[int, Path(ge=1, le=2**31, description="编号，见编辑记录的 ordinal", examples=[1])],
    batch: Annotated[bool, Query(description="同一批的一起撤销", examples=[True])] = False,
) -> Edits:
    """撤销之后和没有编辑过完全一样；记录还在。"""
    return _listed(desk.undo(ordinal, batch=batch))
