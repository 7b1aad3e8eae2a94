"""Sentences: the unit that evidence is quoted in."""

import re

_SENTENCE = re.compile(r"[^。！？!?\n]*(?:[。！？!?]+[”’）)》】」』]*|\n|$)")
_CLAUSE = re.compile(r"[^，；：。！？,;!?\n]+[，；：。！？,;!?]*[”’）)》】」』]*")


def _spans(pattern: re.Pattern[str], text: str, offset: int) -> list[tuple[int, int]]:
    """Spans of the matches of ``pattern`` without outer white space, shifted by ``offset``; none is empty."""
    found: list[tuple[int, int]] = []
    for match in pattern.finditer(text):
        start, end = match.span()
        if start == end:
            continue
        if text[start].isspace() or text[end - 1].isspace():
            words = match.group()
            start += len(words) - len(words.lstrip())
            end -= len(words) - len(words.rstrip())
        if start < end:
            found.append((start + offset, end + offset))
    return found


def sentences(text: str, offset: int = 0) -> list[tuple[int, int]]:
    """Spans (start, end) of the sentences of ``text``, shifted by ``offset``; a newline always ends one.

    Closing quotes and brackets stay with their sentence. Spans hold no outer white space and never overlap.
    """
    return _spans(_SENTENCE, text, offset)


def clauses(text: str, offset: int = 0) -> list[tuple[int, int]]:
    """Spans of the clauses of ``text``: what stands between commas, semicolons, colons and full stops."""
    return _spans(_CLAUSE, text, offset)


def around(text: str, start: int, end: int) -> tuple[int, int]:
    """The span of the sentences that ``text[start:end]`` stands in; of those beside it where it stands between two."""
    opening = text.rfind("\n", 0, start) + 1
    closing = text.find("\n", end)
    spans = sentences(text[opening : closing if closing >= 0 else len(text)], opening)
    found = [span for span in spans if span[0] < end and start < span[1]] or [
        span for span in spans if span[0] <= end and start <= span[1]
    ]
    return (found[0][0], found[-1][1]) if found else (start, end)
