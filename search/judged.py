"""Judged queries: what people said are good answers, and which of the answers a passage holds.

A file of judged queries has a JSON object a line (``docs/evaluate.md``)::

    {"query": "给户外干活的人送水", "style": "paraphrase", "relevant": [{"quote": "……", "grade": 2}]}
"""

import json
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from search.analyzer import fold
from search.errors import GoldBroken, GoldEmpty, GoldUnreadable, StyleUnknown

PASSAGES = "passages.jsonl"
GRADES = (0, 1, 2, 3)  # 0 says that somebody looked and found it of no use
_GRAM = 4
_COVERED = 0.5  # share of a quote's character 4-grams that a passage must hold
_LOOKED_AT = 600  # characters of a passage that are looked at: a longer one must not win by its length


@dataclass(frozen=True, slots=True)
class Answer:
    """A judgement: a sentence as it stands in a document, or the id of a passage, with a grade (2 usable, 1 related)."""

    grade: int
    quote: str = ""
    passage: str = ""


@dataclass(frozen=True, slots=True)
class Judged:
    """A query with its answers, at least one of them above grade 0; ``style`` may be empty."""

    id: str
    query: str
    style: str
    answers: tuple[Answer, ...]

    @property
    def grades(self) -> tuple[int, ...]:
        return tuple(answer.grade for answer in self.answers)


def read_judged(path: Path, styles: Collection[str] = ()) -> list[Judged]:
    """The judged queries of a file, or of ``passages.jsonl`` in a folder; those of ``styles`` only, if given.

    Raises GoldUnreadable, GoldBroken (with the line), GoldEmpty, StyleUnknown.
    """
    if path.is_dir():
        path /= PASSAGES
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        reason = (error.strerror or error) if isinstance(error, OSError) else "不是 UTF-8 文本"
        raise GoldUnreadable(path, reason) from error
    found: dict[str, Judged] = {}
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                judged = _judged(line, number)
                if judged.id in found:
                    raise _Wrong(f"编号“{judged.id}”前面已经有了")
            except _Wrong as error:
                raise GoldBroken(path, number, error) from error
            found[judged.id] = judged
    if not found:
        raise GoldEmpty(path)
    known = tuple(dict.fromkeys(judged.style for judged in found.values() if judged.style))
    for style in styles:
        if style not in known:
            raise StyleUnknown(style, known)
    return [judged for judged in found.values() if not styles or judged.style in styles]


class _Wrong(ValueError):
    """What is wrong with a line, in Chinese."""


def _judged(line: str, number: int) -> Judged:
    try:
        row: Any = json.loads(line)
    except ValueError as error:
        raise _Wrong("不是 JSON") from error
    if not isinstance(row, dict):
        raise _Wrong("不是 JSON 对象（花括号）")
    query, style, relevant = row.get("query"), row.get("style") or "", row.get("relevant")
    if not isinstance(query, str) or not query.strip():
        raise _Wrong("缺 query（问题）")
    if not isinstance(style, str):
        raise _Wrong("style（类型）不是文字")
    if not isinstance(relevant, list):
        raise _Wrong("缺 relevant（判为有用的段落，列表）")
    answers = tuple(_answer(item) for item in relevant)
    if not any(answer.grade for answer in answers):
        raise _Wrong("relevant 里没有一条有用的段落")
    return Judged(str(row.get("id") or number), query, style, answers)


def _answer(item: object) -> Answer:
    if isinstance(item, str):
        item = {"quote": item}
    if not isinstance(item, dict):
        raise _Wrong("relevant 里的每一条应是原句，或 {quote 或 passage_id, grade}")
    quote, passage, grade = item.get("quote") or "", item.get("passage_id") or "", item.get("grade", 1)
    if not isinstance(quote, str) or not isinstance(passage, str) or not (_tight(quote) or passage):
        raise _Wrong("relevant 里有一条既没有 quote（原句）也没有 passage_id（段落编号）")
    if isinstance(grade, bool) or grade not in GRADES:
        raise _Wrong(f"grade 是“{grade}”，应是 {'、'.join(map(str, GRADES))}（2 可直接用，1 有关，0 无用）")
    return Answer(int(grade), quote, passage)


def _tight(text: str) -> str:
    return re.sub(r"\s+", "", fold(text))


def _grams(tight: str) -> set[str]:
    return {tight[i : i + _GRAM] for i in range(max(1, len(tight) - _GRAM + 1))}


def covers(text: str, quote: str) -> bool:
    """True where at least half of the quote's 4-grams stand in the first 600 characters of ``text``."""
    whole, wanted = _tight(text[:_LOOKED_AT]), _grams(_tight(quote))
    return sum(gram in whole for gram in wanted) >= _COVERED * len(wanted)


def held(judged: Judged, passage_id: str, text: str) -> tuple[int, ...]:
    """The numbers of the answers that a passage holds: those with its id, or with a quote that it covers."""
    return tuple(
        number
        for number, answer in enumerate(judged.answers)
        if (answer.passage and answer.passage == passage_id) or (answer.quote and covers(text, answer.quote))
    )


def with_texts(queries: Iterable[Judged], texts: Mapping[str, str]) -> list[Judged]:
    """The queries with the text of a passage (``texts``: id → text) as the quote where only its id was judged.

    So another passage with the same words is as good; an id that is not in ``texts`` stays as it is.
    """
    return [
        Judged(
            query.id,
            query.query,
            query.style,
            tuple(Answer(a.grade, a.quote or texts.get(a.passage, ""), a.passage) for a in query.answers),
        )
        for query in queries
    ]


def nowhere(queries: Sequence[Judged], texts: Iterable[str]) -> set[Answer]:
    """The answers above grade 0 that none of the ``texts`` holds: no search can find them.

    A text is compared only with the quotes that it shares a 4-gram with.
    """
    missing = {answer for query in queries for answer in query.answers if answer.grade}
    owners: dict[str, list[Answer]] = defaultdict(list)
    for answer in missing:
        for gram in _grams(_tight(answer.quote)):
            owners[gram].append(answer)
    short = {gram for gram in owners if len(gram) < _GRAM}
    for text in texts:
        tight = _tight(text[:_LOOKED_AT])
        shared = (_grams(tight) & owners.keys()) | {gram for gram in short if gram and gram in tight}
        near = {answer for gram in shared for answer in owners[gram]} & missing
        missing -= {answer for answer in near if covers(text, answer.quote)}
    return missing
