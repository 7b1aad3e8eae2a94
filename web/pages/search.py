"""Searching the text: what a query is taken for, and results."""

from dataclasses import dataclass
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import RedirectResponse

from search.answers import Filters, Mode, SearchAnswer, TermAnswer
from search.queries import unanswered
from search.reading import LONG
from web import links, words
from web.access import CurrentEngine, CurrentQueries, CurrentShelf
from web.pages.precedents import precedent_page
from web.schemas import YEARS, conditions
from web.templating import page

PAGE_SIZE = 10
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
    diverse: bool
    page: int

    def url(self, **changes: object) -> str:
        """The same page with some of it changed; the first page unless a page is named."""
        parameters: dict[str, object] = {
            "q": self.q,
            "mode": "" if self.mode == "hybrid" else self.mode,
            "as": "search" if self.forced else "",
            "diverse": "1" if self.diverse else "",
            **conditions(self.filters),
        }
        return links.url("/search", **(parameters | changes))


def _choices(state: State, answer: SearchAnswer) -> tuple[list[Choice], list[tuple[str, list[Choice]]], list[Choice]]:
    """Conditions set by the query's signs or in the address, which a link lifts; those on offer by facet; and those read
    from the query's own words, which a link makes binding."""
    chosen = conditions(state.filters)
    lifted = [Choice(sign.kind, words.sign(sign), state.url(q=sign.rest)) for sign in answer.operators]
    lifted += [
        Choice(name, f"{words.FILTERS[name]}：{words.value(name, value)}", state.url(**{name: ""}))
        for name, value in chosen.items()
    ]
    binding = chosen.keys() | {sign.name for sign in answer.operators}
    offered = []
    for name, label in words.FILTERS.items():
        counts = [] if name in binding else sorted(answer.facets.get(name, {}).items(), key=lambda item: -item[1])
        choices = [
            Choice(name, words.value(name, value), state.url(**{name: value}), count)
            for value, count in counts[:_FACET_SIZE]
            if value
        ]
        if len(choices) > 1:
            offered.append((label, choices))
    read = [
        Choice(name, f"{words.FILTERS[name]}：{words.value(name, value)}", state.url(**{name: value}))
        for name, value in conditions(answer.filters).items()
        if name not in binding
    ]
    return lifted, offered, read


def _filters(
    place: Annotated[str, Query(max_length=100)] = "",
    province: Annotated[str, Query(max_length=100)] = "",
    level: Annotated[str, Query(max_length=20)] = "",
    type: Annotated[str, Query(max_length=100)] = "",
    year: Annotated[str, Query(pattern=YEARS)] = "",
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
    diverse: Annotated[Literal["", "1"], Query()] = "",
    number: Annotated[int, Query(alias="page", ge=1, le=_LAST_PAGE)] = 1,
) -> Response:
    q = q.strip()
    if not q:
        return page(request, "search.html", shelf=shelf, answer=None)
    state = State(q, mode, filters, taken_as == "search", diverse == "1", number)
    term: TermAnswer | None = None
    intent = "search" if state.forced else engine.intent(q)
    if intent == "places":
        return RedirectResponse(links.url("/places", q=q), 303)
    if intent == "precedents":
        return precedent_page(request, engine, shelf, q, read=True)
    if intent == "term":
        term = engine.asked_term(q)
    offset = (number - 1) * PAGE_SIZE
    answer = engine.search(q, k=PAGE_SIZE, mode=mode, filters=filters, offset=offset, diverse=state.diverse)
    unsure = number == 1 and term is None and not answer.sure
    if unsure and unanswered(answer, filters):
        queries.note(q, found=bool(answer.hits))
    saying = engine.saying(q[:LONG]) if unsure else ""
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
        saying=saying,
        near=engine.near_topics(saying) if saying else (),
        lifted=lifted,
        offered=offered,
        read=read,
        pages=min(-(-answer.total // PAGE_SIZE), _LAST_PAGE),
        first=offset + 1,
    )
