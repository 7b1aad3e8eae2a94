"""Answers as JSON, byte for byte as ``web.schemas`` and ``web.place_schemas`` would write them.

What the engine answers has its types already: to check each field again, as models do, takes longer than many an answer.
Models say here what is written and in which order; records that have just a model's fields are written as they are.
"""

from collections.abc import Callable
from operator import attrgetter
from typing import Any

from pydantic import BaseModel
from pydantic_core import to_json

from search.answers import PlacesAnswer, SearchAnswer
from web.place_schemas import ClaimItem, PlaceItem, Places
from web.schemas import HitItem, SearchResult, conditions


def _fields(model: type[BaseModel], without: frozenset[str] = frozenset()) -> Callable[[object], dict[str, Any]]:
    """Reads the fields of a model from a record that calls them the same."""
    names = tuple(name for name in model.model_fields if name not in without)
    read = attrgetter(*names)
    return lambda record: dict(zip(names, read(record), strict=True))


_hit, _evidence, _place = _fields(HitItem), _fields(ClaimItem), _fields(PlaceItem)
_search, _places = _fields(SearchResult, frozenset({"offset"})), _fields(Places)


def search_result(answer: SearchAnswer, offset: int = 0) -> bytes:
    """``SearchResult`` of an answer whose first hit comes after ``offset`` others."""
    told = _search(answer) | {"filters": conditions(answer.filters), "hits": list(map(_hit, answer.hits))}
    head = {name: told.pop(name) for name in ("query", "mode", "took_ms", "total")}
    return to_json(head | {"offset": offset} | told)


def places(answer: PlacesAnswer) -> bytes:
    """``Places`` of an answer."""
    found = [_place(one) | {"evidence": list(map(_evidence, one.evidence))} for one in answer.answers]
    return to_json(_places(answer) | {"answers": found})
