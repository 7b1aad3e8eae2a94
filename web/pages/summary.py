"""The page of a summary that somebody else's model wrote, made when its button is pressed."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from starlette.concurrency import run_in_threadpool

from web import forms
from web.access import CurrentEngine
from web.errors import FormUnreadable
from web.summary import ASKED, MOST, CurrentSummariser, summarise
from web.templating import page

router = APIRouter()
_LONGEST = 500


@router.post("/summary", dependencies=[ASKED])
async def summary(
    request: Request,
    engine: CurrentEngine,
    write: CurrentSummariser,
    form: Annotated[dict[str, list[str]], Depends(forms.fields)],
) -> Response:
    q, chosen = form.get("q", [""])[0].strip(), list(dict.fromkeys(form.get("p", [])))
    if not q or len(q) > _LONGEST:
        raise FormUnreadable(f"没有写问的是什么，或者超过 {_LONGEST} 字")
    if not 0 < len(chosen) <= MOST:
        raise FormUnreadable(f"要有 1 到 {MOST} 段")
    found = await run_in_threadpool(summarise, engine, write, q, chosen)
    answer = await run_in_threadpool(page, request, "summary_page.html", q=q, summary=found)
    # Made for this request: going back to it asks again.
    answer.headers["Cache-Control"] = "no-store"
    return answer
