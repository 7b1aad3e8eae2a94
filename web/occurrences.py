"""The JSON route that lists every place where a term stands."""

from dataclasses import asdict
from typing import Annotated, Self

from fastapi import APIRouter, Path, Query
from pydantic import BaseModel, Field

from search.answers import Occurrence, Occurrences
from web import examples
from web.access import CurrentEngine
from web.errors import TermNotFound
from web.problems import responses
from web.schemas import Doubtful, DoubtItem

router = APIRouter()


class MentionItem(BaseModel):
    """一处提到。"""

    sentence: str = Field(description="所在的原句")
    mark: tuple[int, int] = Field(description="在原句里的起止字")
    document_id: str
    title: str
    place: str
    date: str
    passage_id: str = Field(description="所在段落；在标题里的为空")
    start: int = Field(description="在整理后正文里的起止字")
    end: int = Field(description="在整理后正文里的终点，不含")
    source_start: int | None = Field(description="在原件文字里的起止字；不知道时为 null")
    source_end: int | None = Field(description="在原件文字里的终点，不含")
    doubtful: Doubtful

    @classmethod
    def of(cls, found: Occurrence) -> Self:
        values = {name: getattr(found, name) for name in cls.model_fields if name != "doubtful"}
        return cls(**values, doubtful=[DoubtItem(**asdict(doubt)) for doubt in found.doubtful])


class Mentions(BaseModel):
    """一个术语的每一处，按文献和先后排列。"""

    term: str
    total: int
    offset: int
    mentions: list[MentionItem] = Field(description="各处，按文献和先后排列")

    @classmethod
    def of(cls, found: Occurrences) -> Self:
        rows = [MentionItem.of(mention) for mention in found.mentions]
        return cls(term=found.term, total=found.total, offset=found.offset, mentions=rows)


@router.get(
    "/api/terms/{label:path}/mentions",
    tags=["术语"],
    summary="术语的每一处",
    operation_id="listMentions",
    responses=responses(404, 422),
)
def mentions(
    label: Annotated[str, Path(description="术语的任一名称，写法不同的也认", examples=[examples.TERM])],
    engine: CurrentEngine,
    limit: Annotated[int, Query(ge=1, le=1000, description="最多几处", examples=[20])] = 100,
    offset: Annotated[int, Query(ge=0, le=1_000_000, description="从第几处之后开始", examples=[100])] = 0,
) -> Mentions:
    """原句，以及在整理后正文和原件里的位置；重复的文献只算一份。"""
    found = engine.occurrences(label, offset, limit)
    if found is None:
        raise TermNotFound(label, engine.similar_terms(label))
    return Mentions.of(found)
