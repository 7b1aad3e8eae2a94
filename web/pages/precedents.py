"""The page for drafts: precedents clause by clause, what is lacking, what is too close to a source."""

from dataclasses import dataclass
from itertools import groupby
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from markupsafe import Markup

from search.overlap import LEVELS, Overlap
from search.precedents import ClauseAnswer, PrecedentAnswer
from web import drafts
from web.access import CurrentEngine, CurrentShelf
from web.drafts import Posted
from web.errors import DraftUnreadable
from web.marks import Mark, render
from web.taken import taken
from web.templating import page

PAGE_SIZE = 10
_ALL_OPEN = 8  # clauses with precedents up to which the best ones are shown at once
router = APIRouter()


@dataclass(frozen=True, slots=True)
class Line:
    """A clause of the draft as it is shown: ``html`` with what is too close to a source marked."""

    answer: ClauseAnswer
    html: Markup
    overlap: Overlap | None


def _paragraphs(answer: PrecedentAnswer) -> list[list[Line]]:
    overlaps = {overlap.clause: overlap for overlap in answer.overlaps}
    lines = [_line(clause, overlaps.get(clause.clause.number)) for clause in answer.clauses]
    return [list(group) for _, group in groupby(lines, key=lambda line: line.answer.clause.paragraph)]


def _line(answer: ClauseAnswer, overlap: Overlap | None) -> Line:
    clause = answer.clause
    about = {"class": f"overlap {overlap.level}", "title": overlap.told} if overlap else {}
    marks = [Mark(start, end, "mark", about) for start, end in (overlap.spans if overlap else ())]
    return Line(answer, render(clause.text, marks, clause.start), overlap)


def precedent_page(
    request: Request,
    engine: CurrentEngine,
    shelf: CurrentShelf,
    text: str,
    *,
    read: bool = False,
    name: str = "",
    both: bool = False,
    problem: str = "",
) -> Response:
    """What a writer of ``text`` is told; ``read`` where a query was taken for a paragraph without being asked to, ``name``
    that of the file that the text was read from, ``both`` where another text was pasted beside it; ``problem`` is why the
    draft can't be looked at."""
    answer = engine.precedents(text, k=PAGE_SIZE) if text and not problem else None
    paragraphs = _paragraphs(answer) if answer else []
    return page(
        request,
        "precedents.html",
        status=422 if problem else 200,
        both=both,
        problem=problem,
        shelf=shelf,
        text=text,
        name=name,
        answer=answer,
        paragraphs=paragraphs,
        levels=LEVELS,
        opened=sum(bool(line.answer.precedents) for lines in paragraphs for line in lines) <= _ALL_OPEN,
        taken=taken(text, "precedents") if read else None,
        uploads=drafts.reader(request) is not None,
        most=drafts.MOST,
    )


@router.get("/precedents")
def precedents(
    request: Request, engine: CurrentEngine, shelf: CurrentShelf, text: Annotated[str, Query(max_length=2000)] = ""
) -> Response:
    return precedent_page(request, engine, shelf, text.strip())


@router.post("/precedents")
def posted_precedents(request: Request, engine: CurrentEngine, shelf: CurrentShelf, posted: Posted) -> Response:
    text, upload = posted
    if upload is None:
        return precedent_page(request, engine, shelf, text)
    try:
        read = drafts.text_of(request, upload)
    except DraftUnreadable as error:
        return precedent_page(request, engine, shelf, text, problem=error.detail)
    return precedent_page(request, engine, shelf, read, name=upload.name, both=bool(text))
