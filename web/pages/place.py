"""A place: what it did, the same place across its documents, and two places side by side."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from search.answers import ClaimEvidence
from search.chronicle import chronicle
from search.comparison import Comparison, compare
from search.deeds import Deed, DeedGroup
from search.directory import KnownPlace, Resolved
from search.engine import Engine
from search.profile import Figure, Profile
from web import links, words
from web.access import CurrentEngine, CurrentShelf
from web.exports import spreadsheet
from web.place_profile import named
from web.shelf import Shelf
from web.templating import page

router = APIRouter()
Name = Annotated[str, Query(max_length=100)]
_COLUMNS = (
    "比较",
    "领域",
    "主题",
    "甲地",
    "甲地状态",
    "甲地原句",
    "甲地文献",
    "乙地",
    "乙地状态",
    "乙地原句",
    "乙地文献",
)


def _unclear(request: Request, engine: Engine, asked: str, answer: Resolved) -> Response:
    """The page that helps to find a place: several are meant, or none is known."""
    status = 200 if answer.choices or not asked else 404
    provinces: defaultdict[str, list[KnownPlace]] = defaultdict(list)
    for place in engine.profiler.directory.places:
        if place.claims or place.documents:
            provinces[place.province].append(place)
    for places in provinces.values():
        places.sort(key=lambda place: (-place.documents, -place.claims, place.code, place.name))
    listed = sorted(provinces.items(), key=lambda pair: (not pair[0], -sum(p.documents for p in pair[1]), pair[0]))
    return page(request, "place_find.html", status=status, asked=asked, answer=answer, provinces=listed)


@router.get("/place")
def index(request: Request, engine: CurrentEngine, name: Name = "") -> Response:
    if not name.strip():
        return _unclear(request, engine, "", Resolved(None))
    return RedirectResponse(links.place(name.strip()), 303)


@router.get("/place/{name}")
def place(
    name: str, request: Request, engine: CurrentEngine, shelf: CurrentShelf, period: Name = "", topic: Name = ""
) -> Response:
    known = (answer := engine.profiler.resolve(name)).place
    if known is None:
        return _unclear(request, engine, name, answer)
    if known.address != name:
        return RedirectResponse(links.url(links.place(known.address), period=period, topic=topic), 303)
    if topic:
        return _deed(request, shelf, engine.profiler.profile(known, period), topic)

    def made() -> HTMLResponse:
        profile = engine.profiler.profile(known, period)
        return page(
            request, "place.html", shelf=shelf, profile=profile, figures=_by_kind(profile), kinds=words.FACT_KINDS
        )

    return shelf.kept.page(request, (engine.lessons, "place", known, period), made)


def _deed(request: Request, shelf: Shelf, profile: Profile, topic: str) -> Response:
    """Every sentence of a place about one topic."""
    deed = next((deed for deed in _deeds(profile.groups) if deed.topic == topic), None)
    return page(
        request, "place_topic.html", status=200 if deed else 404, shelf=shelf, profile=profile, deed=deed, topic=topic
    )


def _by_kind(profile: Profile) -> dict[str, list[Figure]]:
    """The figures of a profile by their kind, in words."""
    kinds: dict[str, list[Figure]] = {}
    for figure in profile.figures:
        kinds.setdefault(words.FACT_KINDS[figure.fact.kind], []).append(figure)
    return kinds


@router.get("/place/{name}/years")
def years(name: str, request: Request, engine: CurrentEngine, shelf: CurrentShelf) -> Response:
    answer = engine.profiler.resolve(name)
    if answer.place is None:
        return _unclear(request, engine, name, answer)
    if answer.place.address != name:
        return RedirectResponse(links.years(answer.place.address), 303)
    known = answer.place

    def made() -> HTMLResponse:
        return page(request, "place_years.html", shelf=shelf, story=chronicle(engine.profiler, known))

    return shelf.kept.page(request, (engine.lessons, "years", known), made)


@router.get("/compare")
def side_by_side(request: Request, engine: CurrentEngine, shelf: CurrentShelf, a: Name = "", b: Name = "") -> Response:
    asked = {"a": a.strip(), "b": b.strip()}
    answers = {side: engine.profiler.resolve(name) for side, name in asked.items() if name}
    missing = [(side, asked[side], answer) for side, answer in answers.items() if answer.place is None]
    both = [answer.place for answer in answers.values() if answer.place]
    for side, answer in answers.items():
        asked[side] = answer.place.address if answer.place else asked[side]
    known = [place.address for place in engine.profiler.directory.places if place.claims]
    two = len(both) == 2 and both[0] != both[1]
    status = 404 if any(not answer.choices for _, _, answer in missing) else 200

    def made() -> HTMLResponse:
        return page(
            request, "place_compare.html", status=status, shelf=shelf, asked=asked, missing=missing, known=known,
            same=len(both) == 2 and not two,
            comparison=compare(*map(engine.profiler.profile, both)) if two else None,
        )  # fmt: skip

    return shelf.kept.page(request, (engine.lessons, "compare", *both), made) if two else made()


@router.get("/compare.csv")
def table(
    engine: CurrentEngine,
    a: Annotated[str, Query(min_length=1, max_length=100)],
    b: Annotated[str, Query(min_length=1, max_length=100)],
) -> Response:
    comparison = compare(*(engine.profiler.profile(named(engine, name)) for name in (a, b)))
    return spreadsheet("gongzhi-compare", _COLUMNS, _rows(comparison))


def _rows(comparison: Comparison) -> Iterator[tuple[str, ...]]:
    """A row for each topic of both, then for each of one alone, then for the figures that can be compared."""
    a, b = comparison.a.name, comparison.b.name
    for group in comparison.both:
        for both in group.deeds:
            yield ("都提到", group.name, both.topic, a, *_cells(both.shown_a), b, *_cells(both.shown_b))
    for deed in _deeds(comparison.only_a):
        yield (f"只有{a}提到", deed.group, deed.topic, a, *_cells(deed.sentences[0]), b, "未提及", "", "")
    for deed in _deeds(comparison.only_b):
        yield (f"只有{b}提到", deed.group, deed.topic, a, "未提及", "", "", b, *_cells(deed.sentences[0]))
    for shared in comparison.figures:
        for mine in shared.a:
            for theirs in shared.b:
                yield (
                    "同类数字", f"{mine.text}；{theirs.text}", shared.subject,
                    a, *_cells(mine.evidence), b, *_cells(theirs.evidence),
                )  # fmt: skip


def _cells(sentence: ClaimEvidence) -> tuple[str, str, str]:
    return words.CLAIM_STATUS[sentence.status], sentence.sentence, sentence.title


def _deeds(groups: tuple[DeedGroup, ...]) -> Iterator[Deed]:
    return (deed for group in groups for deed in group.deeds)
