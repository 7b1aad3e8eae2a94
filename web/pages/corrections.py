"""The pages on which documents are corrected: for whoever has the token, and without JavaScript."""

import math
from collections.abc import Callable
from functools import cache
from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query, Request, Response

from corpus.errors import CorrectionRefused, InvalidValue, LibraryBusy, LibraryReadOnly
from corpus.fields import FIELDS, LEVELS, TYPES, full_name
from corpus.places import gazetteer
from web.access import CurrentDesk, CurrentShelf
from web.desk import Desk, Sheet, full_place
from web.pages.manage import LOGGED_IN, OWN_FORM, Form, lead_to, manage_page

PAGE_SIZE = 100
router = APIRouter(prefix="/manage/documents")
DocumentId = Annotated[str, Path(max_length=60)]
Names = Annotated[list[str] | None, Query(max_length=len(FIELDS))]
Show = Literal["", "missing", "guessed", "doubtful", "corrected"]
#: What the list can be narrowed to.
_SHOWN: dict[Show, tuple[str, Callable[[Sheet], object]]] = {
    "missing": ("没有读出", lambda sheet: sheet.misses),
    "guessed": ("有推断", lambda sheet: sheet.doubts and not sheet.misses),
    "doubtful": ("有存疑字句", lambda sheet: sheet.doubtful),
    "corrected": ("更正过", lambda sheet: sheet.corrections),
}


def _names(fields: list[str]) -> str:
    return "、".join(FIELDS[field] for field in fields if field in FIELDS)


@router.get("", dependencies=[LOGGED_IN])
def documents(
    request: Request,
    desk: CurrentDesk,
    find: Annotated[str, Query(max_length=100)] = "",
    show: Show = "",
    number: Annotated[int, Query(alias="page", ge=1, le=100_000)] = 1,
) -> Response:
    every = desk.sheets()
    fits = [sheet for sheet in every if find.strip() in sheet.document.title + sheet.document.place + sheet.source]
    counts = {code: (name, sum(map(bool, map(chosen, fits)))) for code, (name, chosen) in _SHOWN.items()}
    if show:
        fits = [sheet for sheet in fits if _SHOWN[show][1](sheet)]
    return manage_page(
        request,
        "manage_documents.html",
        sheets=fits[(number - 1) * PAGE_SIZE : number * PAGE_SIZE],
        find=find,
        show=show,
        counts=counts,
        found=len(fits),
        total=len(every),
        waiting=desk.waiting(),
        number=number,
        pages=math.ceil(len(fits) / PAGE_SIZE),
    )


@cache
def _divisions() -> tuple[str, ...]:
    """The names to choose from: the country, provinces and cities; counties are too many, but can be written."""
    return tuple(full_name(place) for place in gazetteer().places if place.level != "county")


def _document(
    request: Request,
    desk: CurrentDesk,
    shelf: CurrentShelf,
    document_id: str,
    status: int = 200,
    *,
    posted: dict[str, str] | None = None,
    mistakes: tuple[InvalidValue, ...] = (),
    problem: str = "",
    done: str = "",
) -> Response:
    """The form; ``posted`` is what was filled in, where it could not be taken."""
    sheet = desk.sheet(document_id)
    following, left = _following(desk, document_id)
    now = {field.field: field.value for field in sheet.fields} | {"place": full_place(sheet.document)}
    entries = [entry.document for entry in shelf.documents.values()]
    near = [value for mistake in mistakes for value in mistake.suggestions if mistake.field == "place"]
    return manage_page(
        request,
        "manage_document.html",
        status,
        sheet=sheet,
        now=now,
        values=now | (posted or {}),
        mistakes={mistake.field: mistake for mistake in mistakes},
        problem=problem,
        done=done,
        following=following,
        left=left,
        levels=LEVELS,
        lists={
            "place": tuple(dict.fromkeys((*near, *sorted({d.place for d in entries} - {""}), *_divisions()))),
            "type": tuple(dict.fromkeys((*TYPES, *sorted({d.type for d in entries} - {""})))),
        },
    )


def _following(desk: Desk, document_id: str) -> tuple[str, int]:
    """The id of the document to check after one, "" where no other is left, and how many are left with it."""
    sheets = desk.sheets()
    waiting = {sheet.document.id for sheet in sheets if sheet.doubts}
    order = [sheet.document.id for sheet in sheets]
    here = order.index(document_id) if document_id in order else -1
    after = [*order[here + 1 :], *order[: max(here, 0)]]
    return next((other for other in after if other in waiting), ""), len(waiting)


@router.get("/{document_id}", dependencies=[LOGGED_IN])
def document(
    document_id: DocumentId,
    request: Request,
    desk: CurrentDesk,
    shelf: CurrentShelf,
    saved: Names = None,
    undone: Names = None,
    same: bool = False,
    before: Annotated[str, Query(max_length=60)] = "",
) -> Response:
    done = "没有改动。" if same else ""
    if saved and before:
        done = f"上一份《{desk.sheet(before).document.title}》已保存：{_names(saved)}。"
    elif saved:
        done = f"已更正：{_names(saved)}。重新读入这份文献时仍然有效。"
    elif undone:
        done = f"已撤销更正：{_names(undone)}，恢复为读出的内容。"
    return _document(request, desk, shelf, document_id, done=done)


@router.post("/{document_id}", dependencies=[OWN_FORM, LOGGED_IN])
def save(document_id: DocumentId, request: Request, desk: CurrentDesk, shelf: CurrentShelf, form: Form) -> Response:
    posted = {field: form[field][0] for field in FIELDS if field in form}
    # Only what was changed on this form: the rest may have been corrected elsewhere meanwhile.
    before = {field: form.get(f"was.{field}", [""])[0] for field in posted}
    confirmed = form.get("confirm", [])
    following = _following(desk, document_id)[0] if "next" in form or "fine" in form else ""
    if "fine" in form:
        confirmed += [field.field for field in desk.sheet(document_id).doubts if field.doubt == "weak"]
    values = {field: value for field, value in posted.items() if value != before[field] or field in confirmed}
    here = f"/manage/documents/{document_id}"
    if not values:
        return lead_to(f"/manage/documents/{following}") if following else lead_to(here, same=1)
    try:
        desk.correct(document_id, values)
    except CorrectionRefused as refused:
        return _document(request, desk, shelf, document_id, 422, posted=posted, mistakes=refused.mistakes)
    except (LibraryBusy, LibraryReadOnly) as error:
        return _document(request, desk, shelf, document_id, 409, posted=posted, problem=str(error))
    if following:
        return lead_to(f"/manage/documents/{following}", before=document_id, saved=list(values))
    return lead_to(here, saved=list(values))


@router.post("/{document_id}/undo", dependencies=[OWN_FORM, LOGGED_IN])
def undo(document_id: DocumentId, request: Request, desk: CurrentDesk, shelf: CurrentShelf, form: Form) -> Response:
    fields = [field for field in form.get("field", []) if field in FIELDS]
    try:
        desk.correct(document_id, dict.fromkeys(fields))
    except (LibraryBusy, LibraryReadOnly) as error:
        return _document(request, desk, shelf, document_id, 409, problem=str(error))
    return lead_to(f"/manage/documents/{document_id}", undone=fields)
