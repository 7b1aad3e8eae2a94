"""What the pages under /manage share: logging in and out, and the first of them, on which one sees what is to do."""

import re
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import RedirectResponse

from web import forms
from web.access import CurrentDesk, CurrentGate, CurrentQueries, admit
from web.errors import CrossSite, LoginFirst, TooManyAttempts
from web.gate import LASTS
from web.intake import Intake
from web.overlook import overlook
from web.security import same_origin
from web.statistics import statistics
from web.templating import page

COOKIE = "gongzhi_manage"
# Forms on these pages must say where they come from: see same_origin.
_HEADERS = {"Referrer-Policy": "same-origin", "Cache-Control": "no-store"}
#: Where a login may lead: a page of these.
_NEXT = r"^/manage(/[^\s#\\/.?][^\s#\\/?]*)*(\?[^\s#\\]*)?$"
# What stands at the end of an address that does something: the page is what comes before.
_DEED = re.compile(r"/(undo|clear|cancel|again|remove|forget|events|download)$")
# What a login leads back to beside the path.
_KEPT = ("label", "concept", "show", "why", "check")


def _own_form(request: Request) -> None:
    if not same_origin(request):
        raise CrossSite


def _logged_in(request: Request, gate: CurrentGate) -> None:
    if not gate.holds(request.cookies.get(COOKIE, "")):
        path = _DEED.sub("", request.url.path)
        kept = {name: value for name in _KEPT if (value := request.query_params.get(name, ""))}
        raise LoginFirst(f"{path}?{urlencode(kept)}" if kept else path)


router = APIRouter(prefix="/manage")
OWN_FORM = Depends(_own_form)
LOGGED_IN = Depends(_logged_in)
Form = Annotated[dict[str, list[str]], Depends(forms.fields)]


def manage_page(request: Request, template: str, status: int = 200, **context: Any) -> Response:
    answer = page(request, template, status=status, **context)
    answer.headers.update(_HEADERS)
    return answer


def lead_to(path: str, **said: object) -> Response:
    return RedirectResponse(f"{path}?{urlencode(said, doseq=True)}" if said else path, 303, _HEADERS)


@router.get("/login")
def login(
    request: Request, gate: CurrentGate, to: Annotated[str, Query(pattern=_NEXT, max_length=4000)] = "/manage"
) -> Response:
    if gate.holds(request.cookies.get(COOKIE, "")):
        return lead_to(to)
    return manage_page(request, "manage_login.html", to=to, wrong="")


@router.post("/login", dependencies=[OWN_FORM])
def enter(
    request: Request,
    gate: CurrentGate,
    form: Form,
    to: Annotated[str, Query(pattern=_NEXT, max_length=4000)] = "/manage",
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
    request: Request, desk: CurrentDesk, log: CurrentQueries, undid: Annotated[int | None, Query(ge=1, le=2**31)] = None
) -> Response:
    intake: Intake | None = request.app.state.intake
    job = next(iter(intake.jobs()), None) if intake else None
    with desk.opened() as store:
        return manage_page(request, "manage.html", view=overlook(desk, store, log, job), undid=desk.batch(undid))


@router.get("/statistics", dependencies=[LOGGED_IN])
def counted(request: Request, desk: CurrentDesk) -> Response:
    with desk.opened() as store:
        return manage_page(request, "statistics.html", tables=desk.remembered(store, statistics))
