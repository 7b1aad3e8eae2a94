"""Searching the text: what a query is taken for, and results."""

from dataclasses import dataclass
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import RedirectResponse

from search.answers import Filters, Intent, Mode, SearchAnswer, TermAnswer
from search.engine import Engine
from search.queries import unanswered
from search.reading import LONG
from web import links, words
from web.access import CurrentEngine, CurrentQueries, CurrentShelf
from web.entry import aliases
from web.narrowing import SHOWN, groups, split
from web.pages.precedents import precedent_page
from web.schemas import YEARS, conditions
from web.taken import As, beside, taken
from web.templating import page

PAGE_SIZE = 10
_LAST_PAGE = 500
Order = Literal["", "date"]
router = APIRouter()


@dataclass(frozen=True, slots=True)
class Choice:
    """A link that lifts a condition, or makes one binding."""

    name: str
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class State:
    """All that the address of a result page says."""

    q: str
    mode: Mode
    filters: Filters
    way: As
    diverse: bool
    sort: Order
    page: int

    @property
    def kept(self) -> dict[str, str]:
        """What another query goes on with: the conditions and the order."""
        said: dict[str, str] = {"mode": "" if self.mode == "hybrid" else self.mode, "sort": self.sort}
        said |= {"diverse": "1" if self.diverse else ""} | conditions(self.filters)
        return {name: value for name, value in said.items() if value}

    def url(self, **changes: object) -> str:
        """The same page with some of it changed; the first page unless a page is named."""
        return links.url("/search", **({"q": self.q, "as": self.way, **self.kept} | changes))

    @property
    def bare(self) -> str:
        """The query without conditions of the address."""
        return self.url(**dict.fromkeys(Filters.__slots__, ""))


def _lifted(state: State, answer: SearchAnswer) -> list[Choice]:
    """Conditions set by the query's signs or in the address, which a link lifts, one value at a time."""
    lifted = [Choice(sign.kind, words.sign(sign), state.url(q=sign.rest)) for sign in answer.operators]
    for name, value in conditions(state.filters).items():
        values = split(value)
        for one in values:
            others = "、".join(other for other in values if other != one)
            lifted.append(Choice(name, f"{words.FILTERS[name]}：{words.value(name, one)}", state.url(**{name: others})))
    return lifted


def _read(state: State, answer: SearchAnswer) -> list[Choice]:
    """Conditions read from the query's own words, which a link makes binding."""
    binding = conditions(state.filters).keys() | {sign.name for sign in answer.operators}
    return [
        Choice(name, f"{words.FILTERS[name]}：{words.value(name, value)}", state.url(**{name: value}))
        for name, value in conditions(answer.filters).items()
        if name not in binding
    ]


def _filters(
    place: Annotated[str, Query(max_length=100)] = "",
    province: Annotated[str, Query(max_length=100)] = "",
    level: Annotated[str, Query(max_length=100)] = "",
    type: Annotated[str, Query(max_length=100)] = "",
    year: Annotated[str, Query(pattern=YEARS, max_length=200)] = "",
    status: Annotated[Literal["", "done", "plan"], Query()] = "",
) -> Filters:
    return Filters(place=place, province=province, level=level, type=type, year=year, status=status)


def _way(engine: Engine, state: State) -> tuple[Intent, str]:
    """How a query is read, and what is told of that beforehand. Only the text can be narrowed by conditions."""
    if state.way:
        return state.way, "按您选的，"
    judged = engine.intent(state.q)
    if judged in ("places", "precedents") and state.filters != Filters():
        return "search", "限定了条件，"
    return judged, ""


@router.get("/search")
def search(
    request: Request,
    engine: CurrentEngine,
    shelf: CurrentShelf,
    queries: CurrentQueries,
    filters: Annotated[Filters, Depends(_filters)],
    q: Annotated[str, Query(max_length=2000)] = "",
    mode: Mode = "hybrid",
    way: Annotated[As, Query(alias="as")] = "",
    diverse: Annotated[Literal["", "1"], Query()] = "",
    sort: Order = "",
    number: Annotated[int, Query(alias="page", ge=1, le=_LAST_PAGE)] = 1,
) -> Response:
    q = q.strip()
    if not q:
        return page(request, "search.html", shelf=shelf, answer=None, state=None)
    state = State(q, mode, filters, way, diverse == "1", sort, number)
    intent, why = _way(engine, state)
    if intent == "places":
        return RedirectResponse(links.url("/places", q=q), 303)
    if intent == "precedents":
        return precedent_page(request, engine, shelf, q, read=True)
    named = engine.asked_term(q)
    term: TermAnswer | None = named if intent == "term" else None
    if intent == "term" and term is None:
        intent, why = "search", "没有叫这个名字的术语，"
    elif term and not way and beside(term) and term.status != "explained":
        # A name like it, of which nothing is explained, is no answer.
        intent, term = "search", None
    offset = (number - 1) * PAGE_SIZE
    answer = engine.search(
        q, k=PAGE_SIZE, mode=mode, filters=filters, offset=offset, diverse=state.diverse, newest=sort == "date"
    )
    # Conditions alone are met or not: there is nothing to be sure of.
    listing = bool(answer.hits and answer.operators) and not engine.saying(q[:LONG])
    unsure = number == 1 and term is None and not answer.sure and not listing
    if unsure and unanswered(answer, filters):
        queries.note(q, found=bool(answer.hits))
    saying = engine.saying(q[:LONG]) if unsure else ""
    signs = [sign.name for sign in answer.operators if sign.kind == "filter"]
    pages = max(-(-answer.total // PAGE_SIZE), number + 1) if answer.more else number
    return page(
        request,
        "search.html",
        q=q,
        shelf=shelf,
        state=state,
        answer=answer,
        term=term,
        aliases=aliases(term) if term else (),
        taken=taken(
            q,
            "listing" if listing and intent == "search" else intent,
            named=named,
            topical=bool(answer.concepts) and answer.sure and not answer.operators,
            why=why,
        ),
        listing=listing,
        unsure=unsure,
        saying=saying,
        near=engine.near_topics(saying) if saying else (),
        lifted=_lifted(state, answer),
        groups=groups(answer, conditions(filters), signs, shelf.place_tree, state.url),
        shown=SHOWN,
        read=_read(state, answer),
        pages=min(pages, _LAST_PAGE),
        first=offset + 1,
    )
