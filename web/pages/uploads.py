"""The pages on which files are sent, followed while they are read, and taken out again."""

import asyncio
import json
import math
import time
from collections.abc import AsyncIterator
from typing import Annotated, Any

from fastapi import APIRouter, Header, Path, Query, Request, Response
from fastapi.responses import StreamingResponse

from corpus.errors import LibraryError
from corpus.model import Source
from web.access import CurrentDesk, CurrentShelf
from web.desk import Desk
from web.errors import JobNotFound, RequestError, SourceNotFound
from web.intake import SUFFIXES, CurrentIntake, Intake, Job
from web.pages.manage import LOGGED_IN, OWN_FORM, lead_to, manage_page
from web.sending import sent
from web.shelf import Shelf

HOME = "/manage/files"
PAGE_SIZE = 50
_TICK, _HEARTBEAT = 0.4, 15.0  # seconds between looks at a job, and between signs of life
_SHOWN_JOBS = 8

router = APIRouter(prefix=HOME)
JobId = Annotated[str, Path(max_length=60)]
SourceId = Annotated[str, Path(max_length=60)]
Number = Annotated[int, Query(alias="page", ge=1, le=100_000)]


def _span(dates: list[str]) -> str:
    """The date of the one report in a source, or the first and the last year of several."""
    if len(dates) == 1:
        return dates[0]
    years = sorted({date[:4] for date in dates if date})
    return "—".join(dict.fromkeys((years[0], years[-1]))) if years else ""


def _overview(
    request: Request,
    intake: Intake,
    desk: Desk,
    shelf: Shelf,
    find: str = "",
    number: int = 1,
    *,
    status: int = 200,
    problem: str = "",
    done: str = "",
) -> Response:
    with desk.opened() as store:
        every = store.select(Source)
    titles = {one: [entry.document.title for entry in entries] for one, entries in shelf.by_source.items()}
    told = {one: [entry.told("date") for entry in entries] for one, entries in shelf.by_source.items()}
    wanted = find.strip()
    fits = [one for one in every if wanted in one.name or any(wanted in title for title in titles.get(one.id, ()))]
    try:
        intake.room(0)
        shut = ""
    except (LibraryError, RequestError) as error:
        shut = str(error.detail if isinstance(error, RequestError) else error)
    return manage_page(
        request,
        "manage_files.html",
        status,
        bounds=intake.bounds,
        suffixes=SUFFIXES,
        shut=shut,
        problem=problem,
        done=done,
        jobs=intake.jobs()[:_SHOWN_JOBS],
        removed=intake.removed(),
        sources=sorted(fits, key=lambda one: one.name)[(number - 1) * PAGE_SIZE : number * PAGE_SIZE],
        titles=titles,
        dates={one: _span(dates) for one, dates in told.items()},
        find=find,
        found=len(fits),
        total=len(every),
        number=number,
        pages=math.ceil(len(fits) / PAGE_SIZE),
    )


@router.get("", dependencies=[LOGGED_IN])
def overview(
    request: Request,
    intake: CurrentIntake,
    desk: CurrentDesk,
    shelf: CurrentShelf,
    find: Annotated[str, Query(max_length=100)] = "",
    number: Number = 1,
    forgotten: bool = False,
) -> Response:
    done = "已彻底删除。" if forgotten else ""
    return _overview(request, intake, desk, shelf, find, number, done=done)


@router.post("", dependencies=[OWN_FORM, LOGGED_IN])
async def send(request: Request, intake: CurrentIntake, desk: CurrentDesk, shelf: CurrentShelf) -> Response:
    try:
        job = await sent(request, intake)
    except RequestError as error:
        return await asyncio.to_thread(
            _overview, request, intake, desk, shelf, status=error.status_code, problem=error.detail
        )
    return lead_to(f"{HOME}/jobs/{job.id}")


@router.get("/jobs/{job_id}", dependencies=[LOGGED_IN])
def job(request: Request, intake: CurrentIntake, job_id: JobId, number: Number = 1) -> Response:
    found = intake.job(job_id)
    read = [file for file in found.result.files if file.action != "failed"] if found.result else []
    return manage_page(
        request,
        "manage_job.html",
        job=found,
        read=read[(number - 1) * PAGE_SIZE : number * PAGE_SIZE],
        count=len(read),
        number=number,
        pages=math.ceil(len(read) / PAGE_SIZE),
        kept={one.id for one in intake.removed()} if found.kind == "remove" else set(),
    )


@router.post("/jobs/{job_id}/cancel", dependencies=[OWN_FORM, LOGGED_IN])
def cancel(intake: CurrentIntake, job_id: JobId) -> Response:
    return lead_to(f"{HOME}/jobs/{intake.cancel(job_id).id}")


@router.post("/jobs/{job_id}/again", dependencies=[OWN_FORM, LOGGED_IN])
def again(intake: CurrentIntake, job_id: JobId) -> Response:
    return lead_to(f"{HOME}/jobs/{intake.again(job_id).id}")


def _event(job: Job) -> str:
    """How a job is, as a server-sent event (https://html.spec.whatwg.org/multipage/server-sent-events.html)."""
    said: dict[str, Any] = job.model_dump(include={"state", "stage", "done", "total", "settled"})
    said |= {"percent": job.percent, "files": len(job.files)}
    name = "progress" if job.is_open else "end"
    return f"id: {job.version}\nevent: {name}\ndata: {json.dumps(said, ensure_ascii=False)}\n\n"


@router.get("/events", dependencies=[LOGGED_IN])
async def events(
    request: Request,
    intake: CurrentIntake,
    job: Annotated[str, Query(max_length=60)],
    last_event_id: Annotated[str, Header(max_length=20)] = "",
) -> Response:
    """How a job goes on, until it has ended. Every event tells all there is to know, so that nothing is lost to one who
    comes again with the number of the last."""
    intake.job(job)
    stopping = request.app.state.stopping

    async def told() -> AsyncIterator[str]:
        seen, beat = last_event_id, time.monotonic()
        yield "retry: 2000\n\n"
        while not stopping():
            try:
                now = intake.job(job)
            except JobNotFound:
                return
            if str(now.version) != seen or not now.is_open:
                yield _event(now)
                seen, beat = str(now.version), time.monotonic()
            if not now.is_open:
                return
            if time.monotonic() - beat > _HEARTBEAT:
                yield ": \n\n"
                beat = time.monotonic()
            await asyncio.sleep(_TICK)

    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(told(), media_type="text/event-stream", headers=headers)


@router.get("/sources/{source_id}", dependencies=[LOGGED_IN])
def source(
    request: Request, intake: CurrentIntake, desk: CurrentDesk, shelf: CurrentShelf, source_id: SourceId
) -> Response:
    """What would go with a source, or what is kept of one that went."""
    with desk.opened() as store:
        held = store.select(Source, id=source_id)
    kept = next((one for one in intake.removed() if one.id == source_id), None)
    if not held and kept is None:
        raise SourceNotFound
    entries = shelf.by_source.get(source_id, ())
    return manage_page(
        request, "manage_source.html", source=held[0] if held else None, kept=kept, entries=entries, id=source_id
    )


@router.post("/sources/{source_id}/remove", dependencies=[OWN_FORM, LOGGED_IN])
def remove(intake: CurrentIntake, source_id: SourceId) -> Response:
    return lead_to(f"{HOME}/jobs/{intake.remove(source_id).id}")


@router.post("/sources/{source_id}/undo", dependencies=[OWN_FORM, LOGGED_IN])
def put_back(intake: CurrentIntake, source_id: SourceId) -> Response:
    return lead_to(f"{HOME}/jobs/{intake.put_back(source_id).id}")


@router.post("/sources/{source_id}/forget", dependencies=[OWN_FORM, LOGGED_IN])
def forget(intake: CurrentIntake, source_id: SourceId) -> Response:
    intake.forget(source_id)
    return lead_to(HOME, forgotten=1)
