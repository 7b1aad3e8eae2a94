"""Text as the linker reads it: one form for all ways to write a character, without quotes, dots and separators.

Folding goes character by character, so that every place in the folded text has its place in the text itself.
"""

import unicodedata
from functools import cached_property

import numpy as np

from corpus.characters import Values, joined, points
from graph.variants import simplified

QUOTES = "“”‘’\"'＂＇「」『』"
DOTS = "·•․‧・∙●"
SEPARATORS = "、，,"
BLANKS = " \t\u3000\xa0"
_DROPPED = QUOTES + DOTS + SEPARATORS + BLANKS
_DASHES = frozenset("—–－―")


class _Table(dict[int, str | None]):
    """Code point → what it folds to, None for what is dropped; filled as characters are met."""

    def __missing__(self, code: int) -> str | None:
        self[code] = folded = None if chr(code) in _DROPPED else _one(chr(code))
        return folded


def _one(char: str) -> str:
    """A character in its plain form: half width, lower case, simplified. Never more or less than one character."""
    if char in _DASHES:
        return "-"
    plain = unicodedata.normalize("NFKC", char).lower()
    plain = plain if len(plain) == 1 else char
    simple = simplified(plain)
    return simple if len(simple) == 1 else plain


_TABLE = _Table()
_NOTHING = 0x110000  # no character
_VALUES = Values(lambda char: _NOTHING if (plain := _TABLE[ord(char)]) is None else ord(plain))


def folded(text: str) -> str:
    """``text`` in its plain form, without quotes, dots, separators and blanks: “4·15”、ＡＰＰ → 415app."""
    return text.translate(_TABLE)


class Folded:
    """A text with its folded form and the way back."""

    def __init__(self, text: str) -> None:
        self.source = text
        made = _VALUES(points(text))
        self._kept = made != _NOTHING
        self.text = joined(made[self._kept])

    @cached_property
    def places(self) -> list[int]:
        """Where each character of the folded text stands."""
        return np.flatnonzero(self._kept).tolist()

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The place in the text of ``self.text[start:end]``, which must not be empty."""
        return self.places[start], self.places[end - 1] + 1
