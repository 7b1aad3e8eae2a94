"""The JSON routes on which programs teach the library plain words, and the shapes of what they send and get."""

from typing import Annotated, Self

from fastapi import APIRouter, Depends, Path, Query
from pydantic import BaseModel, ConfigDict, Field

from corpus.curation import MOST_LABEL, MOST_NOTE, MOST_WHO
from corpus.model import Taught
from corpus.teaching import MOST_SAYING
from graph.teaching import lessons
from web.access import CurrentDesk, writer
from web.problems import responses

router = APIRouter(tags=["检索"], dependencies=[Depends(writer)])
_GUARDED = (401, 403, 422, 429, 503)


class Lesson(BaseModel):
    """教一个说法。"""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"label": "大热天送水", "concept": "送清凉", "who": "王芳", "note": ""}]},
    )

    label: str = Field(max_length=2 * MOST_SAYING, description="大白话")
    concept: str = Field(max_length=2 * MOST_LABEL, description="官方说法：主题、术语，或文献里用到的字样")
    who: str = Field(default="", max_length=MOST_WHO, description="谁教的")
    note: str = Field(default="", max_length=MOST_NOTE, description="为什么")


class LessonItem(BaseModel):
    """教过的一个说法。"""

    ordinal: int = Field(description="编号")
    label: str = Field(description="大白话")
    concept: str = Field(description="按什么查")
    note: str
    who: str
    made: str = Field(description="ISO 8601 时间")
    undone: str = Field(description="撤销的时间；有效时为空")

    @classmethod
    def of(cls, lesson: Taught) -> Self:
        return cls(**{name: getattr(lesson, name) for name in cls.model_fields})


class Lessons(BaseModel):
    """教过的说法。"""

    taught: list[LessonItem] = Field(description="教过的说法，最近的在前")
    total: int


@router.get("/api/taught", summary="列出教过的说法", operation_id="listTaught", responses=responses(*_GUARDED))
def taught(
    desk: CurrentDesk, limit: Annotated[int, Query(ge=1, le=5000, description="最多几条", examples=[20])] = 100
) -> Lessons:
    """最近的在前，撤销了的也在内。"""
    with desk.opened() as store:
        every = lessons(store)
    return Lessons(taught=[LessonItem.of(lesson) for lesson in every[:limit]], total=len(every))


@router.post("/api/taught", summary="教一个说法", operation_id="teachSaying", responses=responses(*_GUARDED, 409, 413))
def teach(desk: CurrentDesk, lesson: Lesson) -> LessonItem:
    """立即生效，检索和“哪些地方”都认得；重新读入文献后仍然有效。"""
    return LessonItem.of(desk.teach(lesson.label, lesson.concept, who=lesson.who, note=lesson.note))


@router.delete(
    "/api/taught/{ordinal}", summary="撤销一个说法", operation_id="undoTaught", responses=responses(*_GUARDED, 404, 409)
)
def unteach(
    desk: CurrentDesk,
    ordinal: Annotated[int, Path(ge=1, le=2**31, description="编号，见教过的说法的 ordinal", examples=[1])],
) -> LessonItem:
    """撤销之后和没有教过一样；记录还在。"""
    return LessonItem.of(desk.unteach(ordinal))
