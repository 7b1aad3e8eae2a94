"""What a query was taken for, in one line, and the other ways in which it can be read."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from search.answers import Intent
from search.engine import Engine
from search.questions import parse_question
from search.reading import is_long
from web import links

#: How a query is to be read; "" lets it be judged.
As = Literal["", "term", "search", "places", "precedents"]
_LEAST_DRAFT = 12  # characters of a sentence for which precedents may be wanted
_LINES: dict[Intent, str] = {
    "term": "按术语理解，先列解释，再列原文",
    "places": "按地方提问理解，答案是各地清单",
    "precedents": "按长文理解，逐句找先例",
    "search": "按全文检索",
}


@dataclass(frozen=True, slots=True)
class Taken:
    """``line`` says in Chinese what a query was taken for; ``others`` are names and addresses of what else it may be."""

    line: str
    others: tuple[tuple[str, str], ...]


def taken(engine: Engine, q: str, way: Intent, *, label: str = "", topical: bool = False, why: str = "") -> Taken:
    """What ``q`` was taken for. ``label`` is the term that it names, if any; ``topical``: topics are known that it means, of
    which places can be asked; ``why`` goes before the line."""
    return Taken(f"{why}{_LINES[way]}", tuple(_others(engine, q, way, label, topical)))


def _others(engine: Engine, q: str, way: Intent, label: str, topical: bool) -> Iterator[tuple[str, str]]:
    asks = parse_question(q) is not None
    if label:
        yield "看术语页", links.term(label)
    if label and way != "term":
        yield "改为按术语查", _forced(q, "term")
    if way != "search":
        yield "改为全文检索", _forced(q, "search")
    if way != "places" and (asks or ((label or topical) and not is_long(q))):
        yield "改为按地方查", _forced(q, "places")
    if way != "precedents" and (is_long(q) or (len(q) >= _LEAST_DRAFT and not asks and not label)):
        yield "改为找先例", _forced(q, "precedents")


def _forced(q: str, way: As) -> str:
    return links.url("/search", q=q, **{"as": way})
