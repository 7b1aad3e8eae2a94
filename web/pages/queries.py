"""The page on which an editor sees what people ask and don't find: for whoever has the token, and without JavaScript."""

import sqlite3
from typing import Literal, get_args

from fastapi import APIRouter, Request, Response

from search.engine import Engine
from search.queries import MOST, Asked, QueryLog, Way
from web.access import CurrentEngine, CurrentQueries
from web.exports import spreadsheet
from web.overlook import NEW, new_queries
from web.pages.manage import LOGGED_IN, OWN_FORM, Form, lead_to, manage_page

_SHOWN = 50
_NEAR = 3
_COLUMNS = ("问题", "问法", "次数", "结果", "首次", "末次")
_WAYS: dict[Way, str] = {"search": "检索", "places": "问地方"}
Sort = Literal["", "new"]
router = APIRouter(prefix="/manage/queries")


@router.get("", dependencies=[LOGGED_IN])
def queries(
    request: Request,
    engine: CurrentEngine,
    log: CurrentQueries,
    sort: Sort = "",
    cleared: bool = False,
    gone: bool = False,
) -> Response:
    done = "已清空。" if cleared else "已从清单里去掉。" if gone else ""
    return _page(request, engine, log, sort, done=done)


def _page(
    request: Request,
    engine: Engine,
    log: QueryLog,
    sort: Sort = "",
    status: int = 200,
    *,
    done: str = "",
    problem: str = "",
) -> Response:
    asked = log.listed(lambda one: not engine.unanswered(one.query, one.way), _SHOWN, newest=sort == "new")
    return manage_page(
        request,
        "queries.html",
        status,
        asked=[(one, engine.near_topics(engine.saying(one.query), _NEAR)) for one in asked],
        total=log.count(),
        recent=new_queries(log),
        days=NEW,
        ways=_WAYS,
        sort=sort,
        kept=log.kept,
        done=done,
        problem=problem,
    )


@router.get("/export", dependencies=[LOGGED_IN])
def export(engine: CurrentEngine, log: CurrentQueries) -> Response:
    rows = [
        (one.query, _WAYS[one.way], one.times, "没有把握" if one.found else "没有查到", one.first, one.last)
        for one in log.listed(lambda one: not engine.unanswered(one.query, one.way), MOST)
    ]
    answer = spreadsheet("queries", _COLUMNS, rows)
    answer.headers["Cache-Control"] = "no-store"
    return answer


@router.post("/forget", dependencies=[OWN_FORM, LOGGED_IN])
def forget(log: CurrentQueries, form: Form) -> Response:
    query, way = form.get("query", [""])[0], form.get("way", [""])[0]
    log.forget([Asked(query, known, False, 0, "", "") for known in get_args(Way) if known == way])
    return lead_to("/manage/queries", gone=1)


@router.post("/clear", dependencies=[OWN_FORM, LOGGED_IN])
def clear(request: Request, engine: CurrentEngine, log: CurrentQueries) -> Response:
    try:
        log.clear()
    except sqlite3.Error:
        problem = "没有清空：资料库所在的目录现在不能写。请检查权限后再试。"
        return _page(request, engine, log, status=409, problem=problem)
    return lead_to("/manage/queries", cleared=1)
