"""The page on which plain words are taught and lessons undone: for whoever has the token, and without JavaScript."""

import math
from functools import cache
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from corpus.curation import MOST_LABEL, MOST_NOTE
from corpus.errors import GongzhiError, InvalidValue, LibraryBusy, LibraryReadOnly
from corpus.lexicon import lexicon
from corpus.model import Taught
from corpus.teaching import MOST_SAYING
from graph.errors import EditRefused, LessonNotFound, MeaningUnclear, MeaningUnknown
from graph.teaching import lessons
from web.access import CurrentDesk, CurrentEngine
from web.desk import Desk
from web.pages.curation import who_of, with_name
from web.pages.manage import LOGGED_IN, OWN_FORM, Form, manage_page

PAGE_SIZE = 50
_REFUSALS = (EditRefused, LessonNotFound, InvalidValue, LibraryBusy, LibraryReadOnly)
router = APIRouter(prefix="/manage/taught")
Label = Annotated[str, Query(max_length=120)]
Meaning = Annotated[str, Query(max_length=2 * MOST_LABEL)]
Ordinal = Annotated[int | None, Query(ge=1, le=2**31)]


def _status(error: GongzhiError) -> int:
    return (
        409 if isinstance(error, LibraryBusy | LibraryReadOnly) else 404 if isinstance(error, LessonNotFound) else 422
    )


@cache
def _concepts() -> tuple[str, ...]:
    """The names to choose from."""
    return tuple(concept.label for concept in lexicon())


def _one(desk: Desk, ordinal: int | None) -> Taught | None:
    if ordinal is None:
        return None
    with desk.opened() as store:
        return next(iter(store.select(Taught, ordinal=ordinal)), None)


@router.get("", dependencies=[LOGGED_IN])
def taught(
    request: Request,
    desk: CurrentDesk,
    engine: CurrentEngine,
    label: Label = "",
    concept: Meaning = "",
    number: Annotated[int, Query(alias="page", ge=1, le=100_000)] = 1,
    did: Ordinal = None,
    undid: Ordinal = None,
) -> Response:
    posted = {"label": label.strip(), "concept": concept.strip()}
    return _page(request, desk, engine, posted, number=number, did=did, undid=undid)


def _page(
    request: Request,
    desk: Desk,
    engine: CurrentEngine,
    posted: dict[str, str],
    status: int = 200,
    *,
    number: int = 1,
    did: int | None = None,
    undid: int | None = None,
    problem: str = "",
    near: tuple[str, ...] = (),
) -> Response:
    """The form; ``posted`` is what is filled in, ``near`` what the official wording may be."""
    with desk.opened() as store:
        every = lessons(store)
    label = posted.get("label", "")[: 2 * MOST_SAYING]
    return manage_page(
        request,
        "taught.html",
        status,
        posted=posted,
        near=near or (engine.near_topics(label) if label else ()),
        concepts=_concepts(),
        lessons=every[(number - 1) * PAGE_SIZE : number * PAGE_SIZE],
        total=len(every),
        number=number,
        pages=math.ceil(len(every) / PAGE_SIZE),
        did=_one(desk, did),
        undid=_one(desk, undid),
        problem=problem,
        most=MOST_SAYING,
        who=who_of(request, posted),
    )


@router.post("", dependencies=[OWN_FORM, LOGGED_IN])
def teach(request: Request, desk: CurrentDesk, engine: CurrentEngine, form: Form) -> Response:
    posted = {name: values[0] for name, values in form.items()}
    who = who_of(request, posted)
    try:
        lesson = desk.teach(
            posted.get("label", ""), posted.get("concept", ""), who=who, note=posted.get("note", "")[:MOST_NOTE]
        )
    except _REFUSALS as error:
        near = error.suggestions if isinstance(error, MeaningUnknown | MeaningUnclear) else ()
        return _page(request, desk, engine, posted, _status(error), problem=str(error), near=near)
    return with_name("/manage/taught", who, did=lesson.ordinal)


@router.post("/undo", dependencies=[OWN_FORM, LOGGED_IN])
def undo(request: Request, desk: CurrentDesk, engine: CurrentEngine, form: Form) -> Response:
    posted = {name: values[0] for name, values in form.items()}
    number = posted.get("ordinal", "")
    ordinal = int(number) if number.isascii() and number.isdecimal() and len(number) < 10 else 0
    try:
        lesson = desk.unteach(ordinal)
    except _REFUSALS as error:
        return _page(request, desk, engine, {}, _status(error), problem=str(error))
    return with_name("/manage/taught", who_of(request, posted), undid=lesson.ordinal)
