"""Questions drawn from an answer key, and what a library answers: how fast, and how much of it is right.

Every question is asked once, so that no answer is remembered; others of the same kinds are asked before.
"""

import json
import random
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.places import gazetteer
from search.engine import Engine
from search.metrics import percentile

#: Questions of each kind that are timed; of places there are no more than what is told of.
ASKED = {"term": 200, "search": 300, "places": 80, "precedent": 100, "suggest": 200}
_WARM = 0.1  # share of them asked before
_DEPTH = 10
_ALL = 1_000_000
Row = dict[str, Any]
#: Whether what was answered is right: name of a measure → share.
Verdict = dict[str, float]


@dataclass(frozen=True, slots=True)
class Question:
    """``ask`` asks it, ``judge`` says what of the answer is right."""

    kind: str
    text: str
    ask: Callable[[Engine], Any]
    judge: Callable[[Any], Verdict]


def sample(path: Path, wanted: int, chance: random.Random) -> list[Row]:
    """So many lines of a file of JSON lines, drawn evenly, in one pass."""
    kept: list[str] = []
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            if number < wanted:
                kept.append(line)
            elif (place := chance.randrange(number + 1)) < wanted:
                kept[place] = line
    chance.shuffle(kept)
    return [json.loads(line) for line in kept]


def questions(key: Path, seed: int = 1, share: float = 1.0) -> list[Question]:
    """The questions that a corpus with this answer key is asked; ``share`` of the usual number."""
    chance = random.Random(f"{seed}:questions")
    wanted = {kind: max(5, int(share * count)) for kind, count in ASKED.items()}
    terms = sample(key / "terms.jsonl", wanted["term"] + wanted["suggest"] + wanted["search"] // 3, chance)
    found = [_term(row) for row in terms[: wanted["term"]]]
    found += [_suggest(row) for row in terms[-wanted["suggest"] :]]
    found += [_named(row) for row in terms[wanted["term"] : wanted["term"] + wanted["search"] // 3]]
    found += [_plain(row) for row in sample(key / "searches.jsonl", wanted["search"] // 3, chance)]
    deeds = [row for row in sample(key / "deeds.jsonl", wanted["search"], chance) if "“" not in row["topic"]]
    found += _told(key / "deeds.jsonl", deeds[: wanted["search"] // 3])
    # Half of them for concepts, which many places did, half for names, which few use.
    rows = sample(key / "places.jsonl", _ALL, chance)
    for ours in ([row for row in rows if "“" not in row["topic"]], [row for row in rows if "“" in row["topic"]]):
        found += [_places(row) for row in ours[: wanted["places"] // 2]]
    found += [_draft(row) for row in sample(key / "drafts.jsonl", wanted["precedent"], chance)]
    return list({(one.kind, one.text): one for one in found}.values())


def _term(row: Row) -> Question:
    def judge(answer: Any) -> Verdict:
        senses = [] if answer is None else [one for one in answer.definitions if one.strength == "explained"]
        told = any(row["sentence"] in one.text for one in senses)
        right = {"terms explained by their sentence": float(told)}
        if row["components"]:
            right["terms with exact components"] = float(
                any(list(one.components) == row["components"] for one in senses)
            )
        return right

    return Question("term", row["term"], lambda engine: engine.term(row["term"]), judge)


def _suggest(row: Row) -> Question:
    typed = row["term"][:3]

    def judge(answer: Any) -> Verdict:
        return {"names completed": float(any(row["term"] in one.label for one in answer))}

    return Question("suggest", typed, lambda engine: engine.suggest(typed), judge)


def _search(kind: str, query: str, *marks: str) -> Question:
    def judge(answer: Any) -> Verdict:
        texts = ["".join((*hit.headings, hit.text)) for hit in answer.hits[:_DEPTH]]
        return {f"{kind} searches, hit@{_DEPTH}": float(any(mark in text for text in texts for mark in marks))}

    return Question("search", query, lambda engine: engine.search(query, _DEPTH), judge)


def _named(row: Row) -> Question:
    return _search("name", row["term"] + row["head"], row["term"])


def _plain(row: Row) -> Question:
    return _search("plain-word", row["query"], row["label"])


def _told(path: Path, deeds: Sequence[Row]) -> Iterator[Question]:
    """What a place did of a topic, right where any sentence is found that tells of both: in a large library there are many."""
    asked: dict[tuple[str, str], list[str]] = {(row["code"], row["topic"]): [] for row in deeds}
    with path.open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            if (pair := (row["code"], row["topic"])) in asked:
                asked[pair].append(row["sentence"])
    for (code, topic), sentences in asked.items():
        place = gazetteer().by_code(code)
        assert place is not None
        yield _search("place and topic", f"{place.name}{topic}", *sentences)


def _draft(row: Row) -> Question:
    def judge(answer: Any) -> Verdict:
        right = any(row["sentence"] in hit.text for hit in answer.search.hits[:_DEPTH])
        return {f"precedents ({row['kind']}), hit@{_DEPTH}": float(right)}

    return Question("precedent", row["text"], lambda engine: engine.precedents(row["text"], _DEPTH), judge)


def _places(row: Row) -> Question:
    expected: dict[str, str] = row["answers"]

    def judge(answer: Any) -> Verdict:
        found = {one.code: one.status for one in answer.answers}
        both = expected.keys() & found.keys()
        return {
            "places, recall": len(both) / len(expected),
            "places, precision": len(both) / len(found) if found else 1.0,
            "places, status right": sum((found[code] == "planned") == (expected[code] == "planned") for code in both)
            / max(1, len(both)),
        }

    return Question("places", row["question"], lambda engine: engine.places(row["question"]), judge)


@dataclass(frozen=True, slots=True)
class Asked:
    """``times``: kind → milliseconds of each question, ``busy`` of processor time; ``right``: measure → share, and of how
    many."""

    times: dict[str, list[float]]
    busy: dict[str, list[float]]
    right: dict[str, tuple[float, int]]


def ask(engine: Engine, asked: Sequence[Question]) -> Asked:
    """Asks the questions one after another, kind by kind, the first of each kind only to get warm."""
    times: dict[str, list[float]] = defaultdict(list)
    busy: dict[str, list[float]] = defaultdict(list)
    right: dict[str, list[float]] = defaultdict(list)
    for kind in ASKED:
        ours = [one for one in asked if one.kind == kind]
        warm = max(2, int(len(ours) * _WARM))
        for number, one in enumerate(ours):
            begun, worked = time.perf_counter(), time.process_time()
            answer = one.ask(engine)
            if number >= warm:
                times[kind].append((time.perf_counter() - begun) * 1e3)
                busy[kind].append((time.process_time() - worked) * 1e3)
            for name, share in one.judge(answer).items():
                right[name].append(share)
    return Asked(dict(times), dict(busy), {name: (sum(all_) / len(all_), len(all_)) for name, all_ in right.items()})


def shares(times: Sequence[float]) -> tuple[float, float, float]:
    """p50, p95 and p99."""
    return tuple(percentile(times, part) for part in (0.5, 0.95, 0.99))  # type: ignore[return-value]


def wrong(engine: Engine, asked: Sequence[Question]) -> Iterator[tuple[Question, Verdict, Any]]:
    """The questions that are not answered quite right, to look at."""
    for one in asked:
        answer = one.ask(engine)
        verdict = one.judge(answer)
        if min(verdict.values()) < 1:
            yield one, verdict, answer
