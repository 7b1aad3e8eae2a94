"""The page on which an editor sees what people ask and don't find: for whoever has the token, and without JavaScript."""

import sqlite3

from fastapi import APIRouter, Request, Response

from web.access import CurrentEngine, CurrentQueries
from web.pages.manage import LOGGED_IN, OWN_FORM, lead_to, manage_page

_SHOWN = 50
router = APIRouter(prefix="/manage/queries")


@router.get("", dependencies=[LOGGED_IN])
def queries(request: Request, engine: CurrentEngine, log: CurrentQueries, cleared: bool = False) -> Response:
    asked = log.listed(lambda one: not engine.unanswered(one.query, one.way), _SHOWN)
    return manage_page(
        request, "queries.html", asked=asked, total=log.count(), kept=log.kept, cleared=cleared, problem=""
    )


@router.post("/clear", dependencies=[OWN_FORM, LOGGED_IN])
def clear(request: Request, log: CurrentQueries) -> Response:
    try:
        log.clear()
    except sqlite3.Error:
        problem = "没有清空：资料库所在的目录现在不能写。请检查权限后再试。"
        return manage_page(
            request, "queries.html", 409, asked=[], total=log.count(), kept=log.kept, cleared=False, problem=problem
        )
    return lead_to("/manage/queries", cleared=1)
