"""Searching the text: what a query is taken for, results, and precedents for a pasted paragraph."""

from dataclasses import dataclass
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import RedirectResponse

from search.answers import Filters, Mode, SearchAnswer, TermAnswer
from search.queries import unanswered
from search.reading import LONG
from web import forms, links, words
from web.access import CurrentEngine, CurrentQueries, CurrentShelf
from web.errors import FormUnreadable
from web.schemas import conditions
from web.templating import page

PAGE_SIZE = 10
MAX_PRECEDENT = 20_000
_FACET_SIZE = 8
_LAST_PAGE = 500
router = APIRouter()


@dataclass(frozen=True, slots=True)
class Choice:
    """A link that sets or lifts one condition; ``count`` is None for one that is set."""

    name: str
    label: str
    url: str
    count: int | None = None


@dataclass(frozen=True, slots=True)
class State:
    """All that the address of a result page says."""

    q: str
    mode: Mode
    filters: Filters
    forced: bool
    page: int

    def url(self, **changes: object) -> str:
        """The same page with some of it changed; the first page unless a page is named."""
        parameters: dict[str, object] = {
            "q": self.q,
            "mode": "" if self.mode == "hybrid" else self.mode,
            "as": "search" if self.forced else "",
            **conditions(self.filters),
        }
        return links.url("/search", **(parameters | changes))


def _choices(state: State, answer: SearchAnswer) -> tuple[list[Choice], list[tuple[str, list[Choice]]], list[str]]:
    """Conditions set in the address, those on offer by facet, and those read from the query's own words."""
    chosen = conditions(state.filters)
    lifted = [
        Choice(name, f"{words.FILTERS[name]}：{words.value(name, value)}", state.url(**{name: ""}))
        for name, value in chosen.items()
    ]
    offered = []
    for name, label in words.FILTERS.items():
        counts = [] if name in chosen else sorted(answer.facets.get(name, {}).items(), key=lambda item: -item[1])
        choices = [
            Choice(name, words.value(name, value), state.url(**{name: value}), count)
            for value, count in counts[:_FACET_SIZE]
            if value
        ]
        if len(choices) > 1:
            offered.append((label, choices))
    read = [
        f"{words.FILTERS[name]}：{words.value(name, value)}"
        for name, value in conditions(answer.filters).items()
        if name not in chosen
    ]
    return lifted, offered, read


def _filters(
    place: Annotated[str, Query(max_length=100)] = "",
    province: Annotated[str, Query(max_length=100)] = "",
    level: Annotated[str, Query(max_length=20)] = "",
    type: Annotated[str, Query(max_length=100)] = "",
    year: Annotated[str, Query(pattern=r"^(\d{4})?$")] = "",
    status: Annotated[Literal["", "done", "plan"], Query()] = "",
) -> Filters:
    return Filters(place=place, province=province, level=level, type=type, year=year, status=status)


@router.get("/search")
def search(
    request: Request,
    engine: CurrentEngine,
    shelf: CurrentShelf,
    queries: CurrentQueries,
    filters: Annotated[Filters, Depends(_filters)],
    q: Annotated[str, Query(max_length=2000)] = "",
    mode: Mode = "hybrid",
    taken_as: Annotated[Literal["", "search"], Query(alias="as")] = "",
    number: Annotated[int, Query(alias="page", ge=1, le=_LAST_PAGE)] = 1,
) -> Response:
    q = q.strip()
    if not q:
        return page(request, "search.html", shelf=shelf, answer=None)
    state = State(q, mode, filters, taken_as == "search", number)
    term: TermAnswer | None = None
    intent = "search" if state.forced else engine.intent(q)
    if intent == "places":
        return RedirectResponse(links.url("/places", q=q), 303)
    if intent == "precedents":
        return precedent_page(request, engine, shelf, q, read=True)
    if intent == "term":
        term = engine.asked_term(q)
    answer = engine.search(q, k=PAGE_SIZE, mode=mode, filters=filters, offset=(number - 1) * PAGE_SIZE)
    unsure = number == 1 and term is None and not answer.sure
    if unsure and unanswered(answer, filters):
        queries.note(q, found=bool(answer.hits))
    lifted, offered, read = _choices(state, answer)
    return page(
        request,
        "search.html",
        q=q,
        shelf=shelf,
        state=state,
        answer=answer,
        term=term,
        unsure=unsure,
        near=engine.near_topics(q[:LONG]) if unsure else (),
        lifted=lifted,
        offered=offered,
        read=read,
        pages=min(-(-answer.total // PAGE_SIZE), _LAST_PAGE),
        first=(number - 1) * PAGE_SIZE + 1,
    )


def precedent_page(
    request: Request, engine: CurrentEngine, shelf: CurrentShelf, text: str, *, read: bool = False
) -> Response:
    """Passages like ``text``; ``read`` where a query was taken for a paragraph without being asked to."""
    answer = engine.precedents(text, k=PAGE_SIZE) if text else None
    return page(request, "precedents.html", shelf=shelf, text=text, answer=answer, read=read)


@router.get("/precedents")
def precedents(
    request: Request, engine: CurrentEngine, shelf: CurrentShelf, text: Annotated[str, Query(max_length=2000)] = ""
) -> Response:
    return precedent_page(request, engine, shelf, text.strip())


async def _form_text(request: Request) -> str:
    """The field ``text`` of a URL-encoded form. Raises FormUnreadable."""
    text = (await forms.fields(request)).get("text", [""])[0].strip()
    if len(text) > MAX_PRECEDENT:
        raise FormUnreadable(f"超过 {MAX_PRECEDENT} 字")
    return text


@router.post("/precedents")
def posted_precedents(
    request: Request, engine: CurrentEngine, shelf: CurrentShelf, text: Annotated[str, Depends(_form_text)]
) -> Response:
    return precedent_page(request, engine, shelf, text)
