"""Which places did it: the table of answers, and the same as a file."""

from dataclasses import dataclass
from itertools import groupby
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response

from corpus.doubts import told
from corpus.model import ClaimStatus
from search.answers import PlaceAnswer, PlacesAnswer
from web import words
from web.access import CurrentEngine, CurrentShelf
from web.exports import spreadsheet
from web.templating import page

router = APIRouter()
QueryText = Annotated[str, Query(max_length=2000)]
LevelName = Annotated[Literal["", "province", "city", "county", "enterprise"], Query()]
_COLUMNS = ("地方", "代码", "省份", "级别", "状态", "原句", "数字", "文献", "文献编号", "起", "止", "存疑")


@dataclass(frozen=True, slots=True)
class Block:
    """The places of one status, by province in the order of division codes."""

    status: ClaimStatus
    count: int
    provinces: tuple[tuple[str, tuple[PlaceAnswer, ...]], ...]


def blocks(answer: PlacesAnswer) -> list[Block]:
    """The answers grouped by status (done first), then by province; places of no province come last."""
    found = []
    for status in words.CLAIM_STATUS:
        places = [place for place in answer.answers if place.status == status]
        places.sort(key=lambda place: (not place.province, place.code[:2], place.province, place.code, place.place))
        provinces = tuple(
            (province, tuple(group)) for province, group in groupby(places, key=lambda place: place.province)
        )
        if places:
            found.append(Block(places[0].status, len(places), provinces))
    return found


@router.get("/places")
def places(
    request: Request,
    engine: CurrentEngine,
    shelf: CurrentShelf,
    q: QueryText = "",
    level: LevelName = "",
) -> Response:
    q = q.strip()
    answer = engine.places(q, level) if q else None
    return page(
        request,
        "places.html",
        q=q,
        shelf=shelf,
        answer=answer,
        level=level,
        blocks=blocks(answer) if answer else [],
    )


@router.get("/places.csv")
def table(
    engine: CurrentEngine, q: Annotated[str, Query(min_length=1, max_length=2000)], level: LevelName = ""
) -> Response:
    rows = [
        (
            place.place,
            place.code,
            place.province,
            words.LEVELS[place.level],
            words.CLAIM_STATUS[place.status],
            evidence.sentence,
            "、".join(evidence.figures),
            evidence.title,
            evidence.document_id,
            evidence.start,
            evidence.end,
            told(evidence.sentence, evidence.doubtful),
        )
        for place in engine.places(q, level).answers
        for evidence in place.evidence
    ]
    return spreadsheet("gongzhi-places", _COLUMNS, rows)
