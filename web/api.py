"""The JSON routes: the contract that programs read the library through."""

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Path, Query, Request, Response
from fastapi.responses import PlainTextResponse

from corpus.errors import LibraryNotFound
from corpus.model import Evidence, Repair, Section
from corpus.store import FILE_NAME
from corpus.unsettled import notice
from search.answers import Filters, Mode, PlaceSort
from search.fact_query import FactQuery, Order
from web import examples
from web.access import CurrentDesk, CurrentEngine, CurrentShelf, answered, writer
from web.answering import PlacesQuestion, SearchQuestion
from web.errors import TermNotFound
from web.fact_schemas import Facts
from web.metrics import MEDIA_TYPE
from web.place_schemas import Places, VerdictNote
from web.problems import responses
from web.schemas import (
    YEARS,
    Corrections,
    DocumentDetail,
    Documents,
    DocumentSummary,
    Health,
    SearchResult,
    SuggestionItem,
    Suggestions,
    TermDetail,
)

router = APIRouter()

LevelName = Annotated[
    Literal["", "national", "province", "city", "county", "enterprise", "department", "unknown"],
    Query(description="文献的级别", examples=["city"]),
]
TermName = Annotated[str, Path(description="术语的任一名称，写法不同的也认", examples=[examples.TERM])]
Question = Annotated[
    str, Query(min_length=1, max_length=2000, description="问句，或要查的做法", examples=["哪些城市有职工服务中心？"])
]
PlaceLevel = Annotated[
    Literal["", "province", "city", "county", "enterprise"],
    Query(description="只要这一级：province 省，city 市，county 县，enterprise 企业；空则按问题", examples=["city"]),
]
QueryText = Annotated[str, Query(min_length=1, max_length=2000, description="要查的话", examples=["送温暖"])]
Limit = Annotated[int, Query(ge=1, le=5000, description="最多几条", examples=[20])]
DocumentId = Annotated[str, Path(description="文献编号，即各处的 document_id", examples=[examples.DOCUMENT])]
BAD_REQUEST = responses(422)
NOT_FOUND = responses(404, 422)


@router.get("/api/documents", tags=["文献"], summary="列出文献", operation_id="listDocuments", responses=BAD_REQUEST)
def documents(shelf: CurrentShelf, limit: Limit = 100) -> Documents:
    """全部文献，按来源和先后排列。"""
    entries = list(shelf.documents.values())
    return Documents(documents=[DocumentSummary.of(entry) for entry in entries[:limit]], total=len(entries))


@router.get(
    "/api/documents/{document_id}", tags=["文献"], summary="读一份文献", operation_id="getDocument", responses=NOT_FOUND
)
def document(document_id: DocumentId, engine: CurrentEngine, shelf: CurrentShelf) -> DocumentDetail:
    """整理后的全文、提纲、每一处整理记录、各项信息的依据。"""
    entry, store = shelf.entry(document_id), engine.store
    return DocumentDetail.whole(
        entry,
        store.document(document_id),
        store.select(Section, document_id=document_id),
        store.select(Repair, document_id=document_id),
        store.select(Evidence, document_id=document_id),
    )


@router.patch(
    "/api/documents/{document_id}",
    tags=["文献"],
    summary="更正一份文献",
    operation_id="correctDocument",
    responses=responses(401, 403, 404, 409, 413, 422, 429, 503),
    dependencies=[Depends(writer)],
)
def correct(document_id: DocumentId, desk: CurrentDesk, corrections: Corrections) -> DocumentDetail:
    """写出的项目以所写为准，空字符串表示原文没有写明，null 撤销更正；重新读入同一份文献时仍然有效。"""
    return desk.correct(document_id, corrections.model_dump(exclude_unset=True))


@router.get("/api/terms", tags=["术语"], summary="联想", operation_id="suggest", responses=BAD_REQUEST)
def terms(
    engine: CurrentEngine,
    shelf: CurrentShelf,
    q: Annotated[
        str, Query(max_length=2000, description="已输入的字、拼音首字母；空则按拼音列出术语", examples=["sdhz"])
    ] = "",
    limit: Annotated[int, Query(ge=1, le=5000, description="最多几条", examples=[5])] = 10,
) -> Suggestions:
    """可以接着输入的术语、地方和标题。"""
    if q.strip():
        found = [
            SuggestionItem(label=item.label, kind=item.kind, note=item.note, page=shelf.page_of(item.kind, item.label))
            for item in engine.suggest(q, limit)
        ]
    else:
        found = [
            SuggestionItem(label=entry.term.label, kind="term", note="", page=shelf.page_of("term", entry.term.label))
            for entry in shelf.terms[:limit]
        ]
    return Suggestions(query=q, suggestions=found)


@router.get("/api/terms/{label:path}", tags=["术语"], summary="查一个术语", operation_id="getTerm", responses=NOT_FOUND)
def term(label: TermName, engine: CurrentEngine) -> TermDetail:
    """每一种含义连同原句；没有这个术语时返回 404 和相近的术语。"""
    answer = engine.term(label)
    if answer is None:
        raise TermNotFound(label, engine.similar_terms(label), notice(engine.store))
    return TermDetail.of(answer)


@router.get(
    "/api/places",
    tags=["地方"],
    summary="哪些地方做了",
    operation_id="findPlaces",
    responses=BAD_REQUEST,
    response_model=Places,
)
async def places(
    request: Request,
    q: Question,
    level: PlaceLevel = "",
    sort: Annotated[
        PlaceSort,
        Query(description="排列：strength 按把握，place 按地方，figures 等按数字", examples=["place"]),
    ] = "strength",
) -> Response:
    """全部做法所在的地方，每个地方附原句；未提及不等于未开展。"""
    return await answered(request, PlacesQuestion(q, level, sort))


@router.get(
    "/api/places/why",
    tags=["地方"],
    summary="一个地方为什么在（不在）答案里",
    operation_id="explainPlace",
    responses=BAD_REQUEST,
)
def why(
    engine: CurrentEngine,
    q: Question,
    place: Annotated[str, Query(min_length=1, max_length=100, description="地方或单位的名称", examples=["荆州市"])],
    level: PlaceLevel = "",
) -> VerdictNote:
    """算数的句子和理由，或者最接近的句子为什么不算；认不出的地名附相近的名称。"""
    return VerdictNote.of(engine.why(q, place, level))


@router.get(
    "/api/search",
    tags=["检索"],
    summary="检索原文",
    operation_id="searchPassages",
    responses=BAD_REQUEST,
    response_model=SearchResult,
)
async def search(
    request: Request,
    q: QueryText,
    k: Annotated[int, Query(ge=1, le=100, description="要几条", examples=[5])] = 10,
    offset: Annotated[int, Query(ge=0, le=5000, description="从第几条之后开始", examples=[10])] = 0,
    mode: Annotated[
        Mode, Query(description="查找方式：hybrid 综合，lexical 按字词，semantic 按意思", examples=["lexical"])
    ] = "hybrid",
    place: Annotated[str, Query(max_length=100, description="只看这里的文献，下辖的也算", examples=["荆州市"])] = "",
    province: Annotated[str, Query(max_length=100, description="只看这个省的文献", examples=["湖北省"])] = "",
    level: LevelName = "",
    type: Annotated[str, Query(max_length=100, description="只看这种文种", examples=["工作总结"])] = "",
    year: Annotated[
        str,
        Query(
            pattern=YEARS,
            description="四位年份；2018-2023 是其中任何一年，、隔开的有一个就算",
            examples=["2018-2023"],
        ),
    ] = "",
    status: Annotated[
        Literal["", "done", "plan"], Query(description="done 已做的工作，plan 今后的打算", examples=["done"])
    ] = "",
    diverse: Annotated[bool, Query(description="各篇文献轮流出现，一篇不占几个位置", examples=[True])] = False,
) -> Response:
    """按相关程度排列的段落，附命中原因和引文。"""
    filters = Filters(place=place, province=province, level=level, type=type, year=year, status=status)
    return await answered(request, SearchQuestion(q, k, mode, filters, offset, diverse))


@router.get("/api/facts", tags=["数字"], summary="列出数字", operation_id="listFacts", responses=BAD_REQUEST)
def facts(
    engine: CurrentEngine,
    place: Annotated[
        str, Query(max_length=100, description="地方或单位，可写简称；它做的和它的文献里的都算", examples=["荆州市"])
    ] = "",
    term: Annotated[
        str, Query(max_length=100, description="句中的字词，或句中术语的任一名称", examples=["送温暖"])
    ] = "",
    kind: Annotated[
        Literal["", "count", "money", "rate", "change", "rank"],
        Query(description="count 数量，money 金额，rate 比率，change 变化，rank 名次", examples=["money"]),
    ] = "",
    least: Annotated[
        str, Query(alias="min", max_length=50, description="不小于，如 1000万元、200家、95%", examples=["100万元"])
    ] = "",
    most: Annotated[
        str, Query(alias="max", max_length=50, description="不大于，写法同 min，单位要相同", examples=["5000万元"])
    ] = "",
    sort: Annotated[
        Order, Query(description="text 按原文先后，value 按换算后的大小，place 按地方", examples=["value"])
    ] = "text",
    limit: Limit = 100,
) -> Facts:
    """文献里的数字，每个附原句；存疑的数字另列在 doubtful，不计入。"""
    return Facts.of(engine.facts(FactQuery(place, term, kind, least, most, sort), limit))


@router.get("/healthz", tags=["运行"], summary="进程在运行", operation_id="getHealth")
def healthz() -> Health:
    """进程在运行就返回 ok，不看资料库。"""
    return Health(status="ok")


@router.get("/readyz", tags=["运行"], summary="可以回答", operation_id="getReadiness", responses=responses(503))
def readyz(engine: CurrentEngine) -> Health:
    """资料库打不开时返回 503。"""
    if not (engine.folder / FILE_NAME).exists():
        raise LibraryNotFound(engine.folder)
    return Health(status="ready", generation=engine.store.generation)


@router.get(
    "/metrics", tags=["运行"], summary="Prometheus 指标", operation_id="getMetrics", response_class=PlainTextResponse
)
def metrics(request: Request, shelf: CurrentShelf) -> Response:
    """请求数、用时和资料库规模。"""
    state = request.app.state
    beside = state.answerers.ready if state.answerers is not None else 0
    return Response(state.metrics.text(shelf.counts, beside), media_type=MEDIA_TYPE)
