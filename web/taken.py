"""What a query was taken for, in one line, and the other ways in which it can be read."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from search.answers import Intent, TermAnswer
from search.lookup import BESIDE
from search.questions import parse_question
from search.reading import is_long
from web import links

#: How a query is read; a listing is all that meets its conditions, which is all that it says.
Way = Intent | Literal["listing"]
#: How a query is to be read; "" lets it be judged.
As = Literal["", "term", "search", "places", "precedents"]
_LEAST_DRAFT = 12  # characters of a sentence for which precedents may be wanted
_SAID = re.compile("[，。；、]")
_LINES: dict[Way, str] = {
    "term": "按术语理解，先列解释，再列原文",
    "places": "按地方提问理解，答案是各地清单",
    "precedents": "按长文理解，逐句找先例",
    "search": "按全文检索",
    "listing": "按条件列出原文",
}


@dataclass(frozen=True, slots=True)
class Taken:
    """``line`` says in Chinese what a query was taken for; ``others`` are names and addresses of what else it may be."""

    line: str
    others: tuple[tuple[str, str], ...]


def taken(q: str, way: Way, *, named: TermAnswer | None = None, topical: bool = False, why: str = "") -> Taken:
    """What ``q`` was taken for. ``named`` is the term that it names, if any; ``topical``: topics are known that it means, of
    which places can be asked; ``why`` goes before the line."""
    return Taken(f"{why}{_LINES[way]}", tuple(_others(q, way, named, topical)))


def beside(named: TermAnswer) -> bool:
    """True for a term that isn't the one asked for, but wider, narrower or a part."""
    return named.how in BESIDE


def _others(q: str, way: Way, named: TermAnswer | None, topical: bool) -> Iterator[tuple[str, str]]:
    asks = parse_question(q) is not None
    if named:
        yield f"看相近的术语“{named.term}”" if beside(named) else "看术语页", links.term(named.term)
    if named and way != "term":
        yield "改为按术语查", _forced(q, "term")
    if way not in ("search", "listing"):
        yield "改为全文检索", _forced(q, "search")
    if way != "places" and (asks or ((named or topical) and not is_long(q))):
        yield "改为按地方查", _forced(q, "places")
    sentence = len(q) >= _LEAST_DRAFT and _SAID.search(q) and not asks and not named
    if way != "precedents" and (is_long(q) or sentence):
        yield "改为找先例", _forced(q, "precedents")


def _forced(q: str, way: As) -> str:
    return links.url("/search", q=q, **{"as": way})
