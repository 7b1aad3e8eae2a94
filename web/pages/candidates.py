"""The page on which an editor goes through the candidates of the glossary: for whoever has the token."""

import math
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from corpus.curation import MOST_NOTE
from graph.candidates import REASONS, counted
from web.access import CurrentDesk
from web.candidates import DEEDS, asked, lines, progress
from web.desk import Desk
from web.pages.curation import REFUSALS, Ordinal, posted_in, status_of, who_of, with_name
from web.pages.manage import LOGGED_IN, OWN_FORM, Form, manage_page

#: A form holds at most 60 fields (web.forms), and an edit 50 changes.
PAGE_SIZE = 20
PATH = "/manage/terms/candidates"
router = APIRouter(prefix=PATH)
Why = Annotated[str, Query(pattern=f"^({'|'.join(REASONS)})?$")]
Number = Annotated[int, Query(alias="page", ge=1, le=100_000)]


@router.get("", dependencies=[LOGGED_IN])
def candidates(
    request: Request, desk: CurrentDesk, why: Why = "", number: Number = 1, did: Ordinal = None, undid: Ordinal = None
) -> Response:
    return _page(request, desk, why, number, did=did, undid=undid)


def _page(
    request: Request,
    desk: Desk,
    why: str,
    number: int,
    status: int = 200,
    *,
    did: int | None = None,
    undid: int | None = None,
    problem: str = "",
    posted: dict[str, str] | None = None,
) -> Response:
    """The queue; ``posted`` is what was chosen, where it could not be taken."""
    with desk.opened() as store:
        known = progress(desk, store)
        left = [candidate for candidate in known.left if not why or why in candidate.reasons]
        pages = max(1, math.ceil(len(left) / PAGE_SIZE))
        number = min(number, pages)
        shown = lines(desk, store, left[(number - 1) * PAGE_SIZE : number * PAGE_SIZE])
    return manage_page(
        request,
        "candidates.html",
        status,
        progress=known,
        reasons=REASONS,
        counts=counted(known.left),
        why=why,
        left=len(left),
        lines=shown,
        number=number,
        pages=pages,
        deeds=DEEDS,
        did=desk.batch(did),
        undid=desk.batch(undid),
        problem=problem,
        posted=posted or {},
        who=who_of(request, posted or {}),
    )


@router.post("", dependencies=[OWN_FORM, LOGGED_IN])
def decide(request: Request, desk: CurrentDesk, form: Form, why: Why = "", number: Number = 1) -> Response:
    posted = posted_in(form)
    with desk.opened() as store:
        changes = asked(store, form)
    if not changes:
        problem = "什么也没有选。请先选一个，再保存。"
        return _page(request, desk, why, number, 422, problem=problem, posted=posted)
    who = who_of(request, posted)
    try:
        made = desk.edit(changes, who=who, note=posted.get("note", "")[:MOST_NOTE])
    except REFUSALS as error:
        return _page(request, desk, why, number, status_of(error), problem=str(error), posted=posted)
    said = {"why": why} if why else {}
    return with_name(PATH, who, **said, page=number, did=made[0].ordinal)
