"""The JSON routes about one place and about two."""

from typing import Annotated

from fastapi import APIRouter, Path, Query

from search.chronicle import chronicle
from search.comparison import compare
from search.directory import KnownPlace
from search.engine import Engine
from web.access import CurrentEngine
from web.errors import PlaceNotFound
from web.problems import responses
from web.profile_schemas import PlaceComparison, PlaceProfile, PlaceYears

router = APIRouter(tags=["地方"])
NOT_FOUND = responses(404, 422)
_Name = Annotated[str, Path(max_length=100, description="地方或单位的规范名称、简称或工会名称", examples=["荆州市"])]
_CALLED = "地方或单位的规范名称、简称或工会名称"
_First = Annotated[str, Query(min_length=1, max_length=100, description=f"甲：{_CALLED}", examples=["荆州市"])]
_Second = Annotated[str, Query(min_length=1, max_length=100, description=f"乙：{_CALLED}", examples=["咸宁市"])]


def named(engine: Engine, name: str) -> KnownPlace:
    """The place that a name means. Raises PlaceNotFound."""
    answer = engine.profiler.resolve(name)
    if answer.place is None:
        choices, similar = (tuple(place.address for place in places) for places in (answer.choices, answer.similar))
        raise PlaceNotFound(name, choices, similar)
    return answer.place


@router.get("/api/place/{name}", summary="一个地方", operation_id="getPlace", responses=NOT_FOUND)
def place(
    name: _Name,
    engine: CurrentEngine,
    period: Annotated[
        str, Query(max_length=100, description="只看这个时段（periods 之一）；空则全部", examples=["2018"])
    ] = "",
) -> PlaceProfile:
    """做了什么（按主题）、数字、术语、文献、所属地方；名称不明或没有写到时返回 404 和可以改查的名称。"""
    return PlaceProfile.of(engine.profiler.profile(named(engine, name), period))


@router.get("/api/place/{name}/years", summary="一个地方的各年对照", operation_id="getPlaceYears", responses=NOT_FOUND)
def years(name: _Name, engine: CurrentEngine) -> PlaceYears:
    """相邻两份文献之间新提到、继续提到、不再提到的主题，同类数字，早先的打算和后来的做法。"""
    return PlaceYears.of(chronicle(engine.profiler, named(engine, name)))


@router.get("/api/compare", summary="两地对照", operation_id="comparePlaces", responses=NOT_FOUND)
def side_by_side(engine: CurrentEngine, a: _First, b: _Second) -> PlaceComparison:
    """都提到的主题（每边一句）、只有一边提到的、同类数字、共同的术语。"""
    profiles = (engine.profiler.profile(named(engine, name)) for name in (a, b))
    return PlaceComparison.of(compare(*profiles))
