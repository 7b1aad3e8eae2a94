"""The JSON route on a stretch of a document: the whole sentences to quote, ready to paste."""

from dataclasses import asdict
from typing import Annotated, Self

from fastapi import APIRouter, Path, Query
from pydantic import BaseModel, Field

from search.excerpts import Excerpt, Part
from web import examples, links, words
from web.access import CurrentEngine, CurrentShelf
from web.problems import responses
from web.schemas import CitationItem, Doubtful, doubt_items
from web.whereabouts import whereabouts

router = APIRouter(tags=["文献"])
_MOST = 999_999_999
DocumentId = Annotated[str, Path(description="文献编号", examples=[examples.DOCUMENT])]
Start = Annotated[int, Query(ge=0, le=_MOST, description="从全文第几字起", examples=[200])]
End = Annotated[int, Query(ge=0, le=_MOST, description="到全文第几字为止", examples=[230])]


class PartItem(BaseModel):
    """所引的句子在一个段落里的部分，放进素材篮用。"""

    passage_id: str
    start: int
    end: int

    @classmethod
    def of(cls, part: Part) -> Self:
        return cls(**asdict(part))


class ExcerptItem(BaseModel):
    """要引的整句，逐字，连同出处。"""

    document_id: str
    text: str
    start: int = Field(description="整句在全文里的起点；选了半句时比所给的早")
    end: int
    headings: list[str] = Field(description="所在的各级标题")
    ready: str = Field(description="“原文”——出处，可直接粘贴；有存疑处时末尾写明")
    citations: CitationItem
    address: str = Field(description="在正文里打开这一句的地址")
    whereabouts: str = Field(description="在原件里的位置：第几页，或第几字起")
    planned: bool = Field(description="写的是今后的打算，不是已做的工作")
    doubtful: Doubtful
    parts: list[PartItem] = Field(description="所在的段落；题名、小标题没有")

    @classmethod
    def of(cls, excerpt: Excerpt, place: str) -> Self:
        return cls(
            document_id=excerpt.document_id,
            text=excerpt.text,
            start=excerpt.start,
            end=excerpt.end,
            headings=list(excerpt.headings),
            ready=f"{words.quoted(excerpt.text)}——{excerpt.citations.plain}",
            citations=CitationItem(**asdict(excerpt.citations)),
            address=links.document(excerpt.document_id, excerpt.start, excerpt.end),
            whereabouts=place,
            planned=excerpt.planned,
            doubtful=doubt_items(excerpt.doubtful),
            parts=[PartItem.of(part) for part in excerpt.parts],
        )


@router.get(
    "/api/documents/{document_id}/excerpt", summary="引一段话", operation_id="getExcerpt", responses=responses(404, 422)
)
def excerpt(document_id: DocumentId, engine: CurrentEngine, shelf: CurrentShelf, start: Start, end: End) -> ExcerptItem:
    """全文第 start 到 end 字所在的整句，连同引文；不引半句，免得断章取义。一次最多 2000 字。"""
    entry = shelf.entry(document_id)
    found = engine.excerpt(document_id, start, end)
    return ExcerptItem.of(found, whereabouts(engine.store, entry, found.start, found.end))
