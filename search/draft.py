"""A draft that somebody is writing: its paragraphs, and in them the clauses that are looked at one by one.

A clause here is a sentence, an item of a list between semicolons, or a part of a long sentence that ends at a comma.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from corpus.sentences import clauses
from search.analyzer import squeeze, squeezed

MOST_CLAUSES = 400  # looked at one by one: the 20,000 characters that are accepted hold about 300
_STOP = re.compile(r"[^。！？；!?;]*(?:[。！？；!?;]+[”’）)》】」』]*|$)")
_LONG = 90  # squeezed characters: a longer sentence says several things
_PART = 40  # squeezed characters from which a part of a long sentence stands by itself
_SHORT = 8  # squeezed characters: what is shorter goes with its neighbour
_LONGEST_HEADING = 40
_NUMBER = r"(?:[（(]?[一二三四五六七八九十百\d]{1,3}[）)、.．]|第[一二三四五六七八九十]{1,3}[章节部分篇]+|[一二三四五六七八九十]{1,2}是)"
_NUMBERED = re.compile(rf"^\s*{_NUMBER}")
_ENDS = re.compile(r"[。！？；!?;，,、]\s*$")
_SALUTATION = re.compile(r"^[^。！？；\d]{2,30}[：:]\s*$")


@dataclass(frozen=True, slots=True)
class DraftClause:
    """``text`` is ``draft[start:end]``; ``number`` and ``paragraph`` count from 1. ``heading`` marks headings and
    salutations, which tell of nothing that was done."""

    number: int
    paragraph: int
    start: int
    end: int
    text: str
    heading: bool = False


def read_draft(text: str) -> tuple[DraftClause, ...]:
    """The clauses of a draft in reading order."""
    lines = [match.span() for match in re.finditer(r"[^\n\r]+", text) if match[0].strip()]
    found: list[DraftClause] = []
    for paragraph, (start, end) in enumerate(lines, 1):
        spans = list(_cut(text, start, end))
        for n, (a, b) in enumerate(spans):
            heading = _is_heading(text[a:b], first=n == 0, alone=len(spans) == 1, last=paragraph == len(lines))
            found.append(DraftClause(len(found) + 1, paragraph, a, b, text[a:b], heading))
    return tuple(found)


def _is_heading(text: str, *, first: bool, alone: bool, last: bool) -> bool:
    if not first or len(squeeze(text)) > _LONGEST_HEADING:
        return False
    if alone and _SALUTATION.match(text):
        return True
    if alone:
        return not last and not _ENDS.search(text)
    return bool(_NUMBERED.match(text)) and not any(mark in text for mark in "，,；;")


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Spans of the clauses of a paragraph; together they hold all of it but outer white space."""
    cuts = [start]
    for match in _STOP.finditer(text, start, end):
        if match.end() > cuts[-1]:
            cuts += _within(text, cuts[-1], match.end())
    kept: list[tuple[int, int]] = []
    for a, b in pairwise(cuts):
        if kept and (_is_short(text[a:b]) or _is_short(text[slice(*kept[-1])])):
            kept[-1] = (kept[-1][0], b)
        else:
            kept.append((a, b))
    for a, b in kept:
        while a < b and text[a].isspace():
            a += 1
        while b > a and text[b - 1].isspace():
            b -= 1
        if a < b:
            yield a, b


def _is_short(text: str) -> bool:
    return len(squeeze(text)) < _SHORT and not _NUMBERED.match(text)


def _within(text: str, start: int, end: int) -> list[int]:
    """Where the parts of a sentence end: at its end, and where it is long, at commas before."""
    words, offsets = squeezed(text[start:end])
    if len(words) <= _LONG:
        return [end]
    cuts: list[int] = []
    begun = 0
    for _, b in clauses(text[start:end], start):
        said = bisect_left(offsets, b - start)
        if said - begun >= _PART and len(words) - said >= _PART // 2:
            cuts.append(b)
            begun = said
    return [*cuts, end]
