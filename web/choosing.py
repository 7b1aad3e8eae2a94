"""The JSON routes on chosen passages: their citations, and all of them as a file."""

from dataclasses import asdict
from typing import Annotated, Any, Self

from fastapi import APIRouter, Path, Query, Response
from pydantic import BaseModel, ConfigDict, Field

from search.citation import Quotation
from search.engine import Engine
from web import examples
from web.access import CurrentEngine
from web.basket import (
    FILE_NAME,
    FORMATS,
    MOST_ITEMS,
    MOST_NOTE,
    MOST_TITLE,
    TITLE,
    Basket,
    Format,
    Item,
    noted,
    printable,
)
from web.errors import PassagesNotFound
from web.exports import attachment, written
from web.pages.downloads import Addresses
from web.problems import responses
from web.schemas import CitationItem, Doubtful, doubt_items

router = APIRouter(tags=["检索"])
_FILES = written(*(media.partition(";")[0] for _, media, _ in FORMATS.values()))
_EXAMPLE: dict[str, Any] = {
    "items": [{"passage_id": examples.PASSAGES[0], "note": "第一部分用"}, {"passage_id": examples.PASSAGES[1]}],
    "title": "送温暖素材",
}
Kind = Annotated[
    Format, Path(description="写成什么文件：docx Word，md Markdown，txt 纯文本，bib BibTeX", examples=["md"])
]
PassageId = Annotated[
    str,
    Field(
        max_length=100,
        description="段落编号，即检索结果里的 passage_id；只要其中一句的，后面写 ~start-end（该句在文献全文里的位置）",
    ),
]


class QuotationItem(BaseModel):
    """选中的一段原文和它的引文。"""

    passage_id: str
    document_id: str
    title: str
    place: str
    date: str
    headings: list[str]
    text: str = Field(description="段落原文")
    start: int
    end: int
    planned: bool = Field(description="写的是今后的打算，不是已做的工作")
    citations: CitationItem
    doubtful: Doubtful

    @classmethod
    def of(cls, quotation: Quotation) -> Self:
        held = {name: getattr(quotation, name) for name in cls.model_fields}
        own = {"headings": list(quotation.headings), "doubtful": doubt_items(quotation.doubtful)}
        return cls(**held | own | {"citations": CitationItem(**asdict(quotation.citations))})


class QuotationList(BaseModel):
    """选中的段落和引文。"""

    quotations: list[QuotationItem] = Field(description="找到的段落，按所给的次序")
    missing: list[str] = Field(description="资料库里没有的编号")


class Choice(BaseModel):
    """选中的一段。"""

    passage_id: PassageId
    note: str = Field(default="", max_length=MOST_NOTE, description="笔记，写在这一段后面，可分行")


class BasketRequest(BaseModel):
    """选中的段落，按要的次序。"""

    model_config = ConfigDict(json_schema_extra={"examples": [_EXAMPLE]})

    items: list[Choice] = Field(min_length=1, max_length=MOST_ITEMS, description="选中的段落")
    title: str = Field(default=TITLE, max_length=MOST_TITLE, description="文件的题目")


@router.get("/api/citations", summary="段落的引文", operation_id="citePassages", responses=responses(422))
def cite(
    engine: CurrentEngine,
    p: Annotated[
        list[PassageId],
        Query(
            min_length=1, max_length=MOST_ITEMS, description="段落编号，可写多个", examples=[list(examples.PASSAGES)]
        ),
    ],
) -> QuotationList:
    """每段的原文和公文写法、出处、BibTeX 三种引文。"""
    chosen = engine.quotations(p)
    return QuotationList(quotations=[QuotationItem.of(q) for q in chosen.found], missing=list(chosen.missing))


@router.post(
    "/api/basket.{kind}",
    summary="把选中的段落连同出处写成文件",
    operation_id="exportPassages",
    response_class=Response,
    responses=_FILES | responses(404, 413, 422),
)
def export(engine: CurrentEngine, kind: Kind, request: BasketRequest, link: Addresses) -> Response:
    """docx、md、txt 或 bib；有一段不在资料库里就不写，返回 404 和缺少的编号。"""
    _, media_type, write = FORMATS[kind]
    return attachment(write(_basket(engine, request), link), media_type, f"{FILE_NAME}.{kind}")


def _basket(engine: Engine, request: BasketRequest) -> Basket:
    """Raises PassagesNotFound."""
    notes = {choice.passage_id: noted(choice.note) for choice in reversed(request.items)}
    chosen = engine.quotations(choice.passage_id for choice in request.items)
    if chosen.missing:
        raise PassagesNotFound(chosen.missing)
    return Basket(tuple(Item(q, notes[q.key]) for q in chosen.found), printable(request.title) or TITLE)
