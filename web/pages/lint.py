"""The page of what the checks of the vocabulary find: for whoever has the token, and without JavaScript."""

from itertools import groupby
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from corpus.curation import MOST_EDITS, Change
from corpus.model import Edit
from graph.checks import ADVICE, CHECKS
from graph.curation import history
from web.access import CurrentDesk
from web.desk import Desk
from web.overlook import findings
from web.pages.curation import REFUSALS, Ordinal, posted_in, status_of, who_of, with_name
from web.pages.manage import LOGGED_IN, OWN_FORM, Form, manage_page

PATH = "/manage/lint"
router = APIRouter(prefix=PATH)
Check = Annotated[str, Query(max_length=40)]


@router.get("", dependencies=[LOGGED_IN])
def lint(
    request: Request, desk: CurrentDesk, check: Check = "", did: Ordinal = None, undid: Ordinal = None
) -> Response:
    return _page(request, desk, check, did=did, undid=undid)


def _page(
    request: Request,
    desk: Desk,
    check: str = "",
    status: int = 200,
    *,
    did: int | None = None,
    undid: int | None = None,
    problem: str = "",
) -> Response:
    with desk.opened() as store:
        every = findings(desk, store)
        passed = [edit for edit in history(store.select(Edit, kind="confirm", undone="")) if edit.value]
    groups = [(code, list(found)) for code, found in groupby(every, key=lambda finding: finding.code)]
    return manage_page(
        request,
        "lint.html",
        status,
        groups=groups,
        shown=[group for group in groups if check in ("", group[0])],
        check=check,
        total=len(every),
        checks=CHECKS,
        advice=ADVICE,
        passed=passed,
        did=desk.batch(did),
        undid=desk.batch(undid),
        problem=problem,
    )


@router.post("", dependencies=[OWN_FORM, LOGGED_IN])
def let_pass(request: Request, desk: CurrentDesk, form: Form, check: Check = "") -> Response:
    chosen = form.get("finding", [])[:MOST_EDITS]
    with desk.opened() as store:
        changes = [
            Change("confirm", finding.subject, finding.key)
            for finding in findings(desk, store)
            if finding.key and finding.key in chosen
        ]
    if not changes:
        return _page(request, desk, check, 422, problem="什么也没有选。请先勾选，再放过。")
    who = who_of(request, posted_in(form))
    try:
        made = desk.edit(changes, who=who)
    except REFUSALS as error:
        return _page(request, desk, check, status_of(error), problem=str(error))
    said = {"check": check} if check else {}
    return with_name(PATH, who, **said, did=made[0].ordinal)
