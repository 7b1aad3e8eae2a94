"""Conditions as Milvus understands them: which passages a reader of a generation may find."""

import json
from collections.abc import Iterable, Sequence

from corpus.model import Document
from corpus.places import gazetteer
from search.analyzer import squeeze
from search.answers import Filters
from search.backends.interface import Where
from search.register import place_of, years_of

_UNKNOWN = "-"  # a partition key may not be empty


def quoted(text: str) -> str:
    """A string in an expression."""
    return json.dumps(text, ensure_ascii=False)


def listed(texts: Iterable[str]) -> str:
    """A list of strings in an expression."""
    return json.dumps(list(texts), ensure_ascii=False)


def visible(generation: int, dead: Sequence[str]) -> str:
    """What was committed up to a generation, without the versions that it has replaced."""
    born = f"epoch <= {generation}"
    return f"{born} and not (version in {listed(dead)})" if dead else born


def columns(document: Document) -> dict[str, object]:
    """What conditions ask of a document, as columns of everything that is made of it."""
    own = place_of(document)
    around = (own, *gazetteer().ancestors(own)) if own else ()
    return {
        "province": document.province or _UNKNOWN,
        "place": document.place,
        "codes": [place.code for place in around],
        "level": document.level,
        "type": document.type,
        "years": sorted({int(year) for year in years_of(document) if len(year) == 4 and year.isdecimal()}),
    }


def expression(where: Where) -> str:
    """The conditions of ``where``, or "" where there are none (``search.catalogue.meets``)."""
    filters = where.filters
    parts = [_place(filters), _province(filters), _years(filters)]
    if filters.level:
        parts.append(f"level in {listed(filters.level.split('、'))}")
    if filters.type:
        parts.append(f"type in {listed(dict.fromkeys((filters.type, *filters.type.split('、'))))}")
    if filters.status:
        parts.append(f"status == {quoted(filters.status)}")
    return " and ".join(f"({part})" for part in parts if part)


def phrases(where: Where) -> str:
    """The phrases of ``where`` as conditions on squeezed text, or ""."""
    parts = [_holds(phrase) for phrase in where.holding]
    parts += [f"not ({_holds(phrase)})" for phrase in where.lacking]
    return " and ".join(parts)


def every(*parts: str) -> str:
    """All conditions together; empty ones are left out."""
    return " and ".join(part for part in parts if part)


def _holds(phrase: str) -> str:
    # Squeezed text has neither quotation marks nor the wildcards % and _.
    return f"squeezed like {quoted(f'%{squeeze(phrase)}%')}"


def _place(filters: Filters) -> str:
    if not filters.place:
        return ""
    names = list(dict.fromkeys((filters.place, *filters.place.split("、"))))
    meant = (gazetteer().resolve(name) for name in filters.place.split("、"))
    codes = [place.code for place in meant if place]
    inside = f" or array_contains_any(codes, {listed(codes)})" if codes else ""
    return f"place in {listed(names)}{inside}"


def _province(filters: Filters) -> str:
    if not filters.province:
        return ""
    asked = filters.province.split("、")
    meant = (gazetteer().resolve(name) for name in asked)
    longer = [place.name for name, place in zip(asked, meant, strict=True) if place and place.short == name]
    return f"province in {listed(dict.fromkeys((*asked, *longer)))}"


def _years(filters: Filters) -> str:
    if not filters.year:
        return ""
    wanted: set[int] = set()
    for part in filters.year.split("、"):
        first, _, last = part.partition("-")
        if first.isdecimal() and (not last or last.isdecimal()):
            wanted.update(range(int(first), min(int(last or first), int(first) + 200) + 1))
    return f"array_contains_any(years, {sorted(wanted)})" if wanted else "epoch < 0"
