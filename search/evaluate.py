"""How good searching is on judged queries, and whether one configuration is better than another."""

import json
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any, Self, get_args

from corpus.model import Passage
from search.answers import Mode
from search.engine import Engine
from search.errors import ConfigurationUnknown, NothingInCommon, RunUnreadable
from search.judged import Answer, Judged, held, nowhere, with_texts
from search.metrics import Paired, interval, mean, ndcg, paired, percentile, recall, reciprocal_rank
from search.ranking import Weights

DEPTH = 10
RECALLS = (1, 5, 10)
#: What is measured for each query, each in 0..1: the names of the figures, the more telling first.
MEASURES = ("ndcg10", "mrr", *(f"recall{depth}" for depth in RECALLS))
_WITHOUT = "no-"

#: Query → (id, text) of the passages found, best first.
Search = Callable[[str], Sequence[tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class Configuration:
    """A way to search; without ``weights`` with the published ones."""

    name: str
    mode: Mode = "hybrid"
    weights: Weights | None = None


def configurations() -> dict[str, Configuration]:
    """The three modes, and the whole without each of its parts (``no-concept`` …), by name."""
    whole = Weights()
    parts = [part.name for part in fields(Weights) if getattr(whole, part.name)]
    found = [Configuration(mode, mode) for mode in get_args(Mode)]
    found += [Configuration(_WITHOUT + part, weights=replace(whole, **{part: 0.0})) for part in parts]
    return {each.name: each for each in found}


def configuration(name: str) -> Configuration:
    """The configuration of this name. Raises ConfigurationUnknown."""
    known = configurations()
    if name not in known:
        raise ConfigurationUnknown(name, tuple(known))
    return known[name]


@dataclass(frozen=True, slots=True)
class Miss:
    """An answer that was not among those found; ``nowhere``: no passage of the library holds it."""

    grade: int
    quote: str
    passage: str
    nowhere: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a query fared: its ``MEASURES``, the rank of the first relevant passage (0: none), and what was missed.

    ``ndcg10``, ``mrr`` (reciprocal rank of the first relevant among ten) and ``recallK`` (share of min(K, answers)
    found among the first K) are defined in ``search.metrics``; an answer counts from grade 1, ``judged`` such there are.
    ``missed`` is best grade first.
    """

    id: str
    query: str
    style: str
    measures: dict[str, float]
    first: int
    judged: int
    missed: tuple[Miss, ...]
    ms: float


@dataclass(frozen=True, slots=True)
class Figure:
    """A mean and the 95 % interval it lies in."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Group:
    """The queries of a style ("": all of them) together; ``p50`` and ``p95`` are milliseconds a query."""

    style: str
    queries: int
    figures: dict[str, Figure]
    p50: float
    p95: float


@dataclass(frozen=True, slots=True)
class Run:
    """What a configuration did on a set of judged queries."""

    configuration: str
    groups: tuple[Group, ...]
    outcomes: tuple[Outcome, ...]

    @classmethod
    def of(cls, configuration: str, outcomes: Iterable[Outcome]) -> Self:
        """The run that these outcomes make."""
        told = tuple(outcomes)
        return cls(configuration, tuple(_groups(told)), told)

    @property
    def figures(self) -> dict[str, float]:
        """Means by name: ``ndcg10``, ``ndcg10_keyword``, ``mrr`` …"""
        return {
            f"{name}_{group.style}" if group.style else name: figure.mean
            for name in MEASURES
            for group in self.groups
            for figure in (group.figures[name],)
        }


def _groups(outcomes: Sequence[Outcome]) -> Iterable[Group]:
    for style in dict.fromkeys(("", *(outcome.style for outcome in outcomes))):
        chosen = [outcome for outcome in outcomes if style in ("", outcome.style)]
        figures = {name: _figure([outcome.measures[name] for outcome in chosen]) for name in MEASURES}
        times = [outcome.ms for outcome in chosen]
        yield Group(style, len(chosen), figures, percentile(times, 0.5), percentile(times, 0.95))


def _figure(values: Sequence[float]) -> Figure:
    return Figure(mean(values), *interval(values))


def outcome(judged: Judged, found: Sequence[tuple[str, str]], ms: float, absent: Iterable[Answer] = ()) -> Outcome:
    """Judge what was found for a query; ``absent`` are answers that could not be found."""
    holding = [held(judged, passage, text) for passage, text in found[:DEPTH]]
    relevant = [tuple(n for n in numbers if judged.grades[n]) for numbers in holding]
    grades = [max((judged.grades[n] for n in numbers), default=0) for numbers in relevant]
    count = sum(grade > 0 for grade in judged.grades)
    measures = {"ndcg10": ndcg(grades, judged.grades, DEPTH), "mrr": reciprocal_rank(grades)}
    measures |= {f"recall{depth}": recall(relevant, count, depth) for depth in RECALLS}
    seen, lost = {n for numbers in relevant for n in numbers}, set(absent)
    missed = [
        Miss(answer.grade, answer.quote, answer.passage, answer in lost)
        for n, answer in enumerate(judged.answers)
        if answer.grade and n not in seen
    ]
    return Outcome(
        judged.id,
        judged.query,
        judged.style,
        measures,
        next((rank for rank, grade in enumerate(grades, 1) if grade), 0),
        count,
        tuple(sorted(missed, key=lambda miss: -miss.grade)),
        ms,
    )


def measure(name: str, queries: Iterable[Judged], search: Search, absent: Iterable[Answer] = ()) -> Run:
    """Ask every query of ``search`` and judge what it finds."""
    outcomes, lost = [], set(absent)
    for judged in queries:
        started = time.perf_counter()
        found = search(judged.query)
        ms = (time.perf_counter() - started) * 1e3
        outcomes.append(outcome(judged, found, ms, lost))
    return Run.of(name, outcomes)


def evaluate(engine: Engine, queries: Sequence[Judged], chosen: Sequence[Configuration]) -> list[Run]:
    """A run of each configuration on the same queries. The first search of all, which warms up, is not timed."""
    passages = engine.store.shown(Passage)
    judged = with_texts(queries, {passage.id: passage.text for passage in passages})
    absent = nowhere(judged, (passage.text for passage in passages))
    runs = []
    for each in chosen:
        search = searcher(engine, each)
        for first in judged[:1]:
            search(first.query)
        runs.append(measure(each.name, judged, search, absent))
    return runs


def searcher(engine: Engine, chosen: Configuration) -> Search:
    """The engine as a configuration searches it: all of a user's wait, reasons and highlights included."""

    def search(query: str) -> list[tuple[str, str]]:
        answer = engine.search(query, DEPTH, chosen.mode, weights=chosen.weights)
        return [(hit.passage_id, hit.text) for hit in answer.hits]

    return search


@dataclass(frozen=True, slots=True)
class Contrast:
    """Two runs compared by one measure over the queries of a style ("": all)."""

    measure: str
    style: str
    queries: int
    first: float
    second: float
    test: Paired


@dataclass(frozen=True, slots=True)
class Contest:
    """``first`` against ``second`` on the queries that both answered; ``alone`` were in one of them only."""

    first: str
    second: str
    alone: int
    contrasts: tuple[Contrast, ...]


def compare(first: Run, second: Run) -> Contest:
    """Paired tests over the queries that both runs answered: every measure over all, nDCG@10 by style, too.

    Raises NothingInCommon.
    """
    others = {(other.id, other.query): other for other in second.outcomes}
    pairs = [(one, others[one.id, one.query]) for one in first.outcomes if (one.id, one.query) in others]
    if not pairs:
        raise NothingInCommon(first.configuration, second.configuration)
    styles = dict.fromkeys(outcome.style for outcome, _ in pairs if outcome.style)
    contrasts = [_contrast(name, "", pairs) for name in MEASURES]
    contrasts += [_contrast(MEASURES[0], style, [p for p in pairs if p[0].style == style]) for style in styles]
    alone = len(first.outcomes) + len(second.outcomes) - 2 * len(pairs)
    return Contest(first.configuration, second.configuration, alone, tuple(contrasts))


def _contrast(name: str, style: str, pairs: Sequence[tuple[Outcome, Outcome]]) -> Contrast:
    ours, theirs = ([outcome.measures[name] for outcome in side] for side in zip(*pairs, strict=True))
    return Contrast(name, style, len(pairs), mean(ours), mean(theirs), paired(ours, theirs))


def as_data(run: Run) -> dict[str, Any]:
    """A run as JSON values; its means stand on top, too, as flat names."""
    return {"configuration": run.configuration, **run.figures, **asdict(run)}


def save(run: Run, path: Path) -> None:
    """Write a run to a file that ``read_run`` reads."""
    path.write_text(json.dumps(as_data(run), ensure_ascii=False, indent=1) + "\n", "utf-8")


def read_run(path: Path) -> Run:
    """A run that was saved. Raises RunUnreadable."""
    try:
        data: Any = json.loads(path.read_text("utf-8"))
        outcomes = [
            Outcome(**row | {"missed": tuple(Miss(**miss) for miss in row["missed"])}) for row in data["outcomes"]
        ]
        return Run.of(path.name, outcomes)
    except OSError as error:
        raise RunUnreadable(path, error.strerror) from error
    except (ValueError, KeyError, TypeError) as error:
        raise RunUnreadable(path, "内容不对") from error
