"""The pages on which the glossary is edited: for whoever has the token, and without JavaScript."""

import math
from collections.abc import Sequence
from typing import Annotated
from urllib.parse import quote, unquote

from fastapi import APIRouter, Query, Request, Response

from corpus.curation import MOST_LABEL, MOST_NOTE, MOST_WHO, RELATIONS, Change, bare
from corpus.errors import GongzhiError, InvalidValue, LibraryBusy, LibraryReadOnly
from corpus.model import Definition, Edit
from graph.curation import history
from graph.errors import EditNotFound, EditRefused
from web import curating
from web.access import CurrentDesk
from web.curating import TermSheet
from web.desk import Desk
from web.gate import LASTS
from web.pages.manage import LOGGED_IN, OWN_FORM, Form, lead_to, manage_page
from web.words import KINDS

#: Remembers who edits, for the next form; the session says only that somebody may.
WHO = "gongzhi_who"
PAGE_SIZE = 50
_RECENT = 5
REFUSALS = (EditRefused, EditNotFound, InvalidValue, LibraryBusy, LibraryReadOnly)
#: The pages that an undoing leads back to, by what their forms call themselves; else it leads to the term.
_BACK = {"history": "/manage/terms/history", "candidates": "/manage/terms/candidates", "lint": "/manage/lint",
         "manage": "/manage"}  # fmt: skip
router = APIRouter(prefix="/manage/terms")
Label = Annotated[str, Query(max_length=2 * MOST_LABEL)]
Ordinal = Annotated[int | None, Query(ge=1, le=2**31)]


def who_of(request: Request, posted: dict[str, str]) -> str:
    """Who edits, as the form says, else as the last one said."""
    return posted.get("who", unquote(request.cookies.get(WHO, "")))[:MOST_WHO]


def posted_in(form: dict[str, list[str]]) -> dict[str, str]:
    return {name: values[0] for name, values in form.items()}


def status_of(error: GongzhiError) -> int:
    return 409 if isinstance(error, LibraryBusy | LibraryReadOnly) else 404 if isinstance(error, EditNotFound) else 422


def with_name(path: str, who: str, **said: object) -> Response:
    """Lead on to a page, and remember who it was."""
    answer = lead_to(path, **said)
    answer.set_cookie(WHO, quote(who), LASTS, path="/manage", httponly=True, samesite="strict")
    return answer


@router.get("", dependencies=[LOGGED_IN])
def overview(
    request: Request, desk: CurrentDesk, find: Label = "", did: Ordinal = None, undid: Ordinal = None
) -> Response:
    return _overview(request, desk, find, did=did, undid=undid)


def _overview(
    request: Request,
    desk: Desk,
    find: str = "",
    status: int = 200,
    *,
    did: int | None = None,
    undid: int | None = None,
    problem: str = "",
    posted: dict[str, str] | None = None,
) -> Response:
    with desk.opened() as store:
        rows, total = curating.find(store, find) if find.strip() else ((), 0)
        return manage_page(
            request,
            "curation.html",
            status,
            queue=desk.remembered(store, curating.queue),
            find=find.strip(),
            rows=rows,
            total=total,
            recent=history(store.select(Edit))[:_RECENT],
            did=desk.batch(did),
            undid=desk.batch(undid),
            problem=problem,
            posted=posted or {},
            who=who_of(request, posted or {}),
        )


@router.post("", dependencies=[OWN_FORM, LOGGED_IN])
def add(request: Request, desk: CurrentDesk, form: Form) -> Response:
    posted = posted_in(form)
    who, label = who_of(request, posted), posted.get("term", "")
    try:
        made = desk.edit([Change("add", label)], who=who, note=posted.get("note", "")[:MOST_NOTE])
    except REFUSALS as error:
        return _overview(request, desk, status=status_of(error), problem=str(error), posted=posted)
    return with_name("/manage/terms/edit", who, label=made[0].term, did=made[0].ordinal)


@router.get("/history", dependencies=[LOGGED_IN])
def edits(
    request: Request,
    desk: CurrentDesk,
    number: Annotated[int, Query(alias="page", ge=1, le=100_000)] = 1,
    undid: Ordinal = None,
) -> Response:
    with desk.opened() as store:
        every = history(store.select(Edit))
    return manage_page(
        request,
        "curation_history.html",
        edits=every[(number - 1) * PAGE_SIZE : number * PAGE_SIZE],
        total=len(every),
        number=number,
        pages=math.ceil(len(every) / PAGE_SIZE),
        undid=desk.batch(undid),
    )


@router.get("/edit", dependencies=[LOGGED_IN])
def term(request: Request, desk: CurrentDesk, label: Label, did: Ordinal = None, undid: Ordinal = None) -> Response:
    return _term(request, desk, label, did=did, undid=undid)


def _term(
    request: Request,
    desk: Desk,
    label: str,
    status: int = 200,
    *,
    did: int | None = None,
    undid: int | None = None,
    problem: str = "",
    form: dict[str, list[str]] | None = None,
) -> Response:
    """The form; ``form`` is what was filled in, where it could not be taken."""
    with desk.opened() as store:
        sheet = curating.sheet(store, label)
    if sheet is None:
        posted = {"term": label}
        problem = problem or f"术语表里没有“{label}”。可以查相近的，或者新增。"
        return _overview(request, desk, label, 404, did=did, undid=undid, problem=problem, posted=posted)
    posted = posted_in(form or {})
    chosen = {
        sense: next((s.definition.id for s in found if s.definition.preferred), "") for sense, found in sheet.senses
    }
    return manage_page(
        request,
        "curation_term.html",
        status,
        sheet=sheet,
        chosen=chosen,
        posted=posted,
        ticked={name: frozenset((form or {}).get(name, ())) for name in ("unalias", "split", "unrelate")},
        kinds=KINDS,
        relations=RELATIONS,
        did=desk.batch(did),
        undid=desk.batch(undid),
        problem=problem,
        who=who_of(request, posted),
    )


@router.post("/edit", dependencies=[OWN_FORM, LOGGED_IN])
def save(request: Request, desk: CurrentDesk, label: Label, form: Form) -> Response:
    posted = posted_in(form)
    with desk.opened() as store:
        sheet = curating.sheet(store, label)
    if sheet is None:
        return _term(request, desk, label)
    changes = _changes(sheet, form)
    if not changes:
        return _term(request, desk, label, 422, problem="什么也没有改。请先改一处再保存。", form=form)
    who = who_of(request, posted)
    try:
        made = desk.edit(changes, who=who, note=posted.get("note", "")[:MOST_NOTE])
    except REFUSALS as error:
        return _term(request, desk, label, status_of(error), problem=str(error), form=form)
    now = next((edit.value for edit in reversed(made) if edit.kind in ("merge", "rename")), sheet.term.label)
    if any(edit.kind == "reject" for edit in made):
        return with_name("/manage/terms", who, did=made[-1].ordinal)
    return with_name("/manage/terms/edit", who, label=now, did=made[-1].ordinal)


def _changes(sheet: TermSheet, form: dict[str, list[str]]) -> list[Change]:
    """What the form changes about the term as it was when the form was opened."""
    term, posted = sheet.term, {name: value.strip() for name, value in posted_in(form).items()}
    label = term.label
    if "reject" in form:
        return [Change("reject", label)]
    definitions = {s.definition.id: s.definition for _, found in sheet.senses for s in found}
    made = [Change("confirm", label)] if "confirm" in form else []
    made += [Change("split", label, alias) for alias in form.get("split", ())]
    made += _senses(label, sheet, posted)
    made += [Change("unalias", label, alias) for alias in form.get("unalias", ()) if alias not in form.get("split", ())]
    if posted.get("alias"):
        made.append(Change("alias", label, posted["alias"]))
    if posted.get("kind", term.kind) not in (term.kind, posted.get("was.kind")):
        made.append(Change("kind", label, posted["kind"]))
    made += [
        Change("prefer", label, definitions[posted[name]].text)
        for name in (f"prefer.{sense}" for sense, _ in sheet.senses)
        if posted.get(name, "") in definitions and posted[name] != posted.get(f"was.{name}")
    ]
    made += [Change("unrelate", label, tie.value) for tie in sheet.relations if tie.value in form.get("unrelate", ())]
    if posted.get("relation") in RELATIONS and posted.get("other"):
        made.append(Change("relate", label, f"{posted['relation']}:{posted['other']}"))
    if bare(posted.get("label", label)) not in (label, posted.get("was.label")):
        made.append(Change("rename", label, posted["label"]))
    if posted.get("merge"):
        made.append(Change("merge", label, posted["merge"]))
    return made


def _senses(label: str, sheet: TermSheet, posted: dict[str, str]) -> Sequence[Change]:
    found: list[Definition] = [sentences[0].definition for _, sentences in sheet.senses]
    return [
        Change("split", label, f"{posted[f'sense.{d.sense}']}\n{d.text}")
        for d in found
        if posted.get(f"sense.{d.sense}")
    ]


@router.post("/undo", dependencies=[OWN_FORM, LOGGED_IN])
def undo(request: Request, desk: CurrentDesk, form: Form) -> Response:
    posted = posted_in(form)
    number, label = posted.get("ordinal", ""), posted.get("label", "")
    ordinal = int(number) if number.isascii() and number.isdecimal() and len(number) < 10 else 0
    try:
        undone = desk.undo(ordinal, batch="batch" in posted)
    except REFUSALS as error:
        return _overview(request, desk, status=status_of(error), problem=str(error))
    who = who_of(request, posted)
    if back := _BACK.get(label):
        return with_name(back, who, undid=undone[-1].ordinal)
    with desk.opened() as store:
        there = curating.sheet(store, undone[0].term)
    if there is None:
        return with_name("/manage/terms", who, undid=undone[-1].ordinal)
    return with_name("/manage/terms/edit", who, label=there.term.label, undid=undone[-1].ordinal)
