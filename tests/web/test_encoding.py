"""Answers are written as the models would write them, byte for byte."""

import pytest

from corpus.doubts import Doubt
from search.answers import (
    Cell,
    ClaimEvidence,
    Column,
    Coverage,
    Filters,
    Hit,
    Operator,
    PlaceAnswer,
    PlacesAnswer,
    SearchAnswer,
)
from search.citation import Citations
from web import encoding
from web.place_schemas import Places
from web.schemas import SearchResult

DOUBT = Doubt(3, 5, "mask", "字词遮盖")
HIT = Hit(
    passage_id="p1",
    document_id="d1",
    title="青禾市总工会“年度”总结",
    place="宜昌市",
    date="2021-12",
    headings=("一、关爱职工", "（一）食堂"),
    text="建成夜班食堂12家。\n𠮷庆",
    start=7,
    end=19,
    highlights=((2, 6), (6, 8)),
    why=("含词：夜班食堂",),
    score=1.0,
    citations=Citations("公文", "出处", "@misc{x}"),
    also=("d2",),
    doubtful=(DOUBT,),
    guessed=("date",),
)
EVIDENCE = ClaimEvidence(
    sentence="建成夜班食堂12家。",
    figures=("12家",),
    document_id="d1",
    title="总结",
    passage_id="p1",
    start=7,
    end=16,
    marks=((2, 6),),
    doubtful=(DOUBT,),
    status="planned",
    confidence=0.5,
    period="2021",
    doer=(0, 2),
    why=("原文写有“夜班食堂”",),
)
PLACE = PlaceAnswer(
    "宜昌市", "420500", "city", "湖北省", "planned", 0.5, (EVIDENCE,), "湖北省", (((Cell("12家", 12.0, "d1", 13, 16),)), ()), 3
)  # fmt: skip


@pytest.mark.parametrize(
    "answer",
    [
        SearchAnswer("食堂", "hybrid", 1.25, 0, Filters(), (), {}, ()),
        SearchAnswer(
            query="夜班“食堂”",
            mode="lexical",
            took_ms=3.0,
            total=12,
            filters=Filters(place="宜昌市", year="2021"),
            concepts=("夜班食堂",),
            facets={"place": {"宜昌市": 12}, "status": {}},
            hits=(HIT, HIT),
            notes=("说明",),
            offers=("食堂",),
            operators=(Operator("required", "", "食堂", "夜班"),),
            sure=False,
            complete=False,
            more=True,
        ),
    ],
)
@pytest.mark.parametrize("offset", [0, 10])
def test_search(answer: SearchAnswer, offset: int) -> None:
    assert encoding.search_result(answer, offset).decode() == SearchResult.of(answer, offset).model_dump_json()


@pytest.mark.parametrize(
    "answer",
    [
        PlacesAnswer("哪些", (), "", (), Coverage(0, 0, "还没有文献；"), (), ()),
        PlacesAnswer(
            query="哪些城市有夜班食堂？",
            topic=("夜班食堂",),
            level="city",
            answers=(PLACE, PLACE),
            coverage=Coverage(4, 2, "查了 4 份文献", ("孝感市",), 1),
            columns=(Column("家数", "家"), Column("金额（元）", "元")),
            conditions=("只看湖北省",),
            sort="place",
            unmentioned=("荆州市",),
        ),
    ],
)
def test_places(answer: PlacesAnswer) -> None:
    assert encoding.places(answer).decode() == Places.of(answer).model_dump_json()
