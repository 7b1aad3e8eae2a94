"""The pages on which documents are corrected: for whoever has the token, and without JavaScript."""

import math
from functools import cache
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Path, Query, Request, Response
from fastapi.responses import RedirectResponse

from corpus.errors import CorrectionRefused, InvalidValue, LibraryBusy, LibraryReadOnly
from corpus.fields import FIELDS, LEVELS, TYPES, full_name
from corpus.places import gazetteer
from web import forms
from web.access import CurrentDesk, CurrentGate, CurrentShelf, admit
from web.desk import full_place
from web.errors import CrossSite, LoginFirst, TooManyAttempts
from web.gate import LASTS
from web.security import same_origin
from web.templating import page

COOKIE = "gongzhi_manage"
PAGE_SIZE = 100
# Forms on these pages must say where they come from: see same_origin.
_HEADERS = {"Referrer-Policy": "same-origin", "Cache-Control": "no-store"}
_NEXT = (
    r"^/manage(/documents/[\w-]{1,60}|/terms(/history|/edit\?label=[^&#\s]{1,1200})?|/queries"
    r"|/taught(\?(label=[^&#\s]{1,1200})?&?(concept=[^&#\s]{1,1200})?)?)?$"
)
# What a login leads back to beside the path.
_KEPT = ("label", "concept")


def _own_form(request: Request) -> None:
    if not same_origin(request):
        raise CrossSite


def _logged_in(request: Request, gate: CurrentGate) -> None:
    if not gate.holds(request.cookies.get(COOKIE, "")):
        path = request.url.path.removesuffix("/undo").removesuffix("/clear")
        kept = {name: value for name in _KEPT if (value := request.query_params.get(name, ""))}
        raise LoginFirst(f"{path}?{urlencode(kept)}" if kept else path)


router = APIRouter(prefix="/manage")
OWN_FORM = Depends(_own_form)
LOGGED_IN = Depends(_logged_in)
Form = Annotated[dict[str, list[str]], Depends(forms.fields)]
DocumentId = Annotated[str, Path(max_length=60)]
Names = Annotated[list[str] | None, Query(max_length=len(FIELDS))]


def manage_page(request: Request, template: str, status: int = 200, **context: Any) -> Response:
    answer = page(request, template, status=status, **context)
    answer.headers.update(_HEADERS)
    return answer


def lead_to(path: str, **said: object) -> Response:
    return RedirectResponse(f"{path}?{urlencode(said, doseq=True)}" if said else path, 303, _HEADERS)


def _names(fields: list[str]) -> str:
    return "、".join(FIELDS[field] for field in fields if field in FIELDS)


@router.get("/login")
def login(request: Request, gate: CurrentGate, to: Annotated[str, Query(pattern=_NEXT)] = "/manage") -> Response:
    if gate.holds(request.cookies.get(COOKIE, "")):
        return lead_to(to)
    return manage_page(request, "manage_login.html", to=to, wrong="")


@router.post("/login", dependencies=[OWN_FORM])
def enter(
    request: Request, gate: CurrentGate, form: Form, to: Annotated[str, Query(pattern=_NEXT)] = "/manage"
) -> Response:
    try:
        if not admit(gate, request, form.get("token", [""])[0]):
            return manage_page(request, "manage_login.html", 403, to=to, wrong="口令不对。")
    except TooManyAttempts as error:
        return manage_page(request, "manage_login.html", 429, to=to, wrong=error.detail)
    answer = lead_to(to)
    secure = request.url.scheme == "https"
    answer.set_cookie(COOKIE, gate.session(), LASTS, path="/manage", httponly=True, samesite="strict", secure=secure)
    return answer


@router.post("/logout", dependencies=[OWN_FORM])
def leave(request: Request, gate: CurrentGate) -> Response:
    gate.end(request.cookies.get(COOKIE, ""))
    answer = lead_to("/documents")
    answer.delete_cookie(COOKIE, path="/manage")
    return answer


@router.get("", dependencies=[LOGGED_IN])
def overview(
    request: Request,
    desk: CurrentDesk,
    find: Annotated[str, Query(max_length=100)] = "",
    number: Annotated[int, Query(alias="page", ge=1, le=100_000)] = 1,
) -> Response:
    every = desk.sheets()
    fits = [sheet for sheet in every if find.strip() in sheet.document.title + sheet.document.place + sheet.source]
    return manage_page(
        request,
        "manage.html",
        sheets=fits[(number - 1) * PAGE_SIZE : number * PAGE_SIZE],
        find=find,
        found=len(fits),
        total=len(every),
        missing=sum(sheet.misses for sheet in fits),
        guessed=sum(bool(sheet.doubts) and not sheet.misses for sheet in fits),
        corrected=sum(bool(sheet.corrections) for sheet in fits),
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
        levels=LEVELS,
        lists={
            "place": tuple(dict.fromkeys((*near, *sorted({d.place for d in entries} - {""}), *_divisions()))),
            "type": tuple(dict.fromkeys((*TYPES, *sorted({d.type for d in entries} - {""})))),
        },
    )


@router.get("/documents/{document_id}", dependencies=[LOGGED_IN])
def document(
    document_id: DocumentId,
    request: Request,
    desk: CurrentDesk,
    shelf: CurrentShelf,
    saved: Names = None,
    undone: Names = None,
    same: bool = False,
) -> Response:
    done = "没有改动。" if same else ""
    if saved:
        done = f"已更正：{_names(saved)}。重新读入这份文献时仍然有效。"
    elif undone:
        done = f"已撤销更正：{_names(undone)}，恢复为读出的内容。"
    return _document(request, desk, shelf, document_id, done=done)


@router.post("/documents/{document_id}", dependencies=[OWN_FORM, LOGGED_IN])
def save(document_id: DocumentId, request: Request, desk: CurrentDesk, shelf: CurrentShelf, form: Form) -> Response:
    posted = {field: form[field][0] for field in FIELDS if field in form}
    # Only what was changed on this form: the rest may have been corrected elsewhere meanwhile.
    before = {field: form.get(f"was.{field}", [""])[0] for field in posted}
    confirmed = form.get("confirm", [])
    values = {field: value for field, value in posted.items() if value != before[field] or field in confirmed}
    here = f"/manage/documents/{document_id}"
    if not values:
        return lead_to(here, same=1)
    try:
        desk.correct(document_id, values)
    except CorrectionRefused as refused:
        return _document(request, desk, shelf, document_id, 422, posted=posted, mistakes=refused.mistakes)
    except (LibraryBusy, LibraryReadOnly) as error:
        return _document(request, desk, shelf, document_id, 409, posted=posted, problem=str(error))
    return lead_to(here, saved=list(values))


@router.post("/documents/{document_id}/undo", dependencies=[OWN_FORM, LOGGED_IN])
def undo(document_id: DocumentId, request: Request, desk: CurrentDesk, shelf: CurrentShelf, form: Form) -> Response:
    fields = [field for field in form.get("field", []) if field in FIELDS]
    try:
        desk.correct(document_id, dict.fromkeys(fields))
    except (LibraryBusy, LibraryReadOnly) as error:
        return _document(request, desk, shelf, document_id, 409, problem=str(error))
    return lead_to(f"/manage/documents/{document_id}", undone=fields)
