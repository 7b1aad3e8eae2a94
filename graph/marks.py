"""Quotation marks in a text, and what stands between them."""

import re
from collections.abc import Iterator

MARK = re.compile("[“”‘’「」『』]")
_PAIRS = {"“": "”", "‘": "’", "「": "」", "『": "』"}


def quoted_spans(text: str) -> Iterator[tuple[int, int]]:
    """Spans of what stands inside quotation marks, nested ones too, outer ones first."""
    found, stack = [], []
    for mark in MARK.finditer(text):
        i, char = mark.start(), mark[0]
        if char in _PAIRS:
            stack.append((i, _PAIRS[char]))
        elif stack and char == stack[-1][1]:
            found.append((stack.pop()[0] + 1, i))
    yield from sorted(found)
