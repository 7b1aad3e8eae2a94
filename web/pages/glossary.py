"""The glossary as lists: by pinyin, by numeral, by kind, by place, and what is new or changed."""

import math
from collections import Counter
from collections.abc import Collection
from dataclasses import replace
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response

from graph.variants import fold
from web import words
from web.access import CurrentShelf
from web.listing import VIEWS, Group, grouped, sections
from web.news import Batch, Line, paged
from web.shelf import Shelf, TermEntry
from web.templating import page

#: Beyond this many terms a list shows one group at a time, and a group one page at a time.
_WHOLE = 300
#: Terms on a page of news.
_LINES = 600
router = APIRouter()


def _selected(entries: tuple[TermEntry, ...], q: str, kind: str, status: str) -> list[TermEntry]:
    wanted = fold(q)
    return [
        entry
        for entry in entries
        if (not kind or entry.term.kind == kind)
        and (not status or entry.term.status == status)
        and (not q or any(wanted and wanted in fold(label) for label in (entry.term.label, *entry.term.aliases)))
    ]


@router.get("/terms")
def terms(
    request: Request,
    shelf: CurrentShelf,
    find: Annotated[str, Query(max_length=100)] = "",
    kind: Annotated[str, Query(max_length=20)] = "",
    status: Annotated[str, Query(max_length=20)] = "",
    by: Literal["", "pinyin", "number", "kind", "place", "new", "changed"] = "",
    group: Annotated[str, Query(max_length=40)] = "",
    number: Annotated[int, Query(alias="page", ge=1, le=100_000)] = 1,
) -> Response:
    find, view = find.strip(), by or "pinyin"
    found = _selected(shelf.terms, find, kind, status)
    chosen = {"find": find, "kind": kind, "status": status, "by": by if by != "pinyin" else ""}
    common: dict[str, Any] = {
        "shelf": shelf,
        "view": view,
        "views": VIEWS,
        "chosen": chosen,
        "total": len(found),
        "statuses": Counter(entry.term.status for entry in _selected(shelf.terms, find, kind, "")),
        "kinds": [name for name in words.KINDS if any(entry.term.kind == name for entry in shelf.terms)],
        "number": number,
    }
    if view in ("new", "changed"):
        batches, pages = _news(shelf, found, chosen, view, number)
        return page(request, "terms_news.html", batches=batches, pages=pages, **common)
    groups = grouped(view, found, shelf.provinces)
    whole = view != "place" and len(found) <= _WHOLE
    keys = [one.key for one in groups]
    current = "" if whole or not keys else group if group in keys else "" if view == "place" else keys[0]
    shown = [section for one in groups if whole or one.key == current for section in
             sections(view, one, one.entries if whole else one.entries[(number - 1) * _WHOLE : number * _WHOLE])]  # fmt: skip
    if not whole and view == "pinyin" and not group and (opening := _opening(found)):
        current, shown = "", [opening]
    entries = next((len(one.entries) for one in groups if one.key == current), 0)
    return page(
        request, "terms.html", groups=groups, current=current, whole=whole, shown=shown,
        pages=math.ceil(entries / _WHOLE), listed_total=sum(len(one.entries) for one in groups), **common,
    )  # fmt: skip


def _opening(found: Collection[TermEntry]) -> Group | None:
    """What a long list opens with: the terms that a text explains, those of most documents first where not all have room."""
    explained = [entry for entry in found if entry.term.status == "explained"]
    most = sorted(explained, key=lambda entry: -entry.documents)[:_WHOLE]
    kept = {entry.term.id for entry in most}
    about = "" if len(explained) <= _WHOLE else f"用得最多的 {_WHOLE} 个"
    shown = tuple(entry for entry in explained if entry.term.id in kept)
    return Group("explained", "原文有解释的术语", shown, about) if shown else None


def _news(
    shelf: Shelf, found: list[TermEntry], chosen: dict[str, str], view: str, number: int
) -> tuple[list[Batch], int]:
    """A page of what is new, or of what changed, as far as it meets the conditions; and how many pages there are."""
    wanted = {entry.term.id for entry in found}
    free = not (chosen["kind"] or chosen["status"])
    batches = [_narrowed(batch, wanted, fold(chosen["find"]), free) for batch in shelf.news.batches]
    if view == "new":
        lengths = [(batch, len(batch.new)) for batch in batches if batch.new]
    else:
        lengths = [(b, n) for b in batches if (n := len(b.changed) + len(b.gone) + len(b.used))]
    pages = paged(lengths, _LINES)
    return (pages[number - 1] if number <= len(pages) else []), len(pages)


def _narrowed(batch: Batch, wanted: Collection[str], find: str, free: bool) -> Batch:
    def kept(lines: tuple[Line, ...]) -> tuple[Line, ...]:
        return tuple(line for line in lines if line.entry is not None and line.entry.term.id in wanted)

    # Of what is gone nothing is known but its name.
    gone = tuple(line for line in batch.gone if free and find in fold(line.novelty.label))
    new = tuple(entry for entry in batch.new if entry.term.id in wanted)
    return replace(batch, new=new, changed=kept(batch.changed), gone=gone, used=kept(batch.used))
