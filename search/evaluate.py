"""How good searching is: nDCG@10 on judged queries (``gongzhi evaluate GOLD``)."""

import json
import math
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from search.analyzer import fold
from search.answers import Mode
from search.engine import Engine
from search.errors import GoldUnreadable

PASSAGES = "passages.jsonl"
DEPTH = 10
_COVERED = 0.5  # share of a quote's character 4-grams that a passage must hold
_JUDGED = 600  # characters of a passage that are looked at: a longer one must not win by its length


@dataclass(frozen=True, slots=True)
class Judged:
    """A query with (quote, grade) of the passages that answer it; grade 2 usable, 1 related."""

    id: str
    query: str
    style: str
    relevant: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Score:
    """nDCG@10 of one query, 0..1."""

    id: str
    query: str
    style: str
    ndcg: float


def read_judged(folder: Path) -> list[Judged]:
    """The judged queries of a gold folder. Raises GoldUnreadable."""
    path = folder / PASSAGES
    try:
        rows: list[dict[str, Any]] = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
        return [
            Judged(r["id"], r["query"], r["style"], tuple((x["quote"], int(x["grade"])) for x in r["relevant"]))
            for r in rows
        ]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise GoldUnreadable(path, error) from error


def _grams(text: str) -> set[str]:
    return {text[i : i + 4] for i in range(max(1, len(text) - 3))}


def _tight(text: str) -> str:
    return re.sub(r"\s+", "", fold(text))


def covers(text: str, quote: str) -> bool:
    """True where at least half of the quote's 4-grams stand in ``text``."""
    whole, wanted = _tight(text), _grams(_tight(quote))
    return sum(gram in whole for gram in wanted) >= _COVERED * len(wanted)


def gain(grades: Iterable[int]) -> float:
    """Discounted cumulated gain (Järvelin & Kekäläinen 2002), exponential form."""
    return sum(float(2**grade - 1) / math.log2(rank + 2) for rank, grade in enumerate(grades))


def ndcg(judged: Judged, texts: Sequence[str]) -> float:
    """nDCG@10 of the texts found, best first."""
    found = [
        max((grade for quote, grade in judged.relevant if covers(text[:_JUDGED], quote)), default=0)
        for text in texts[:DEPTH]
    ]
    ideal = gain(sorted((grade for _, grade in judged.relevant), reverse=True)[:DEPTH])
    return gain(found) / ideal if ideal else 0.0


def scores(queries: Iterable[Judged], search: Callable[[str], Sequence[str]]) -> list[Score]:
    """Score ``search`` (query → texts, best first) on every query."""
    return [Score(q.id, q.query, q.style, ndcg(q, search(q.query))) for q in queries]


def summary(scored: Iterable[Score]) -> dict[str, float]:
    """Mean nDCG@10: "ndcg10" of all queries, "ndcg10_STYLE" of those of a style."""
    groups: dict[str, list[float]] = defaultdict(list)
    for score in scored:
        groups["ndcg10"].append(score.ndcg)
        groups[f"ndcg10_{score.style}"].append(score.ndcg)
    return {name: sum(group) / len(group) for name, group in sorted(groups.items())}


def evaluate(engine: Engine, gold: Path, mode: Mode = "hybrid") -> dict[str, float]:
    """The table of a library's engine on the judged queries of a gold folder. Raises GoldUnreadable."""
    return summary(scores(read_judged(gold), lambda q: [hit.text for hit in engine.search(q, DEPTH, mode).hits]))
