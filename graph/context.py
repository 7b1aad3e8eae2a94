"""What stands around a match of a label: does the text mean the name, or do its characters only happen to stand there?

A short label may lie across two words (查隐患 in 排查隐患) or inside a longer one (助学 in 助学金); a label that is an
everyday word (实干) is the name only where it is marked as one.
"""

import re
from bisect import bisect_left, bisect_right
from functools import cached_property, lru_cache

import numpy as np

from corpus import words
from corpus.characters import Values, points
from corpus.places import gazetteer
from graph.folding import DOTS, QUOTES, SEPARATORS
from graph.numerals import count, parts_of
from graph.variants import fold

#: Labels of so few characters are looked at: longer ones hardly ever stand where they aren't meant.
SHORT = 3
_MARKS = frozenset(QUOTES + "《》〈〉")
_BESIDE = frozenset(SEPARATORS + DOTS + "和与及")
_NUMERALS = frozenset("一二三四五六七八九十两双")
# Marks that are no part of any word of the segmenter, each a word by itself; the second of \r\n is none.
_STOPS = Values(lambda char: char in "，。；：、！？“”‘’（）《》\n")
_RETURN, _NEW_LINE = b"\r\n"
_FUNCTION = frozenset("的了和与及向在对把将被是等")
_PAUSE = re.compile(r"[\W_]")
_NEAR = 8  # characters on either side that are enough to tell the words there
_RUN = re.compile(r"[a-z]{2}|[0-9.]{2}", re.IGNORECASE)
_NUMBER = re.compile(r"[0-9.%]+[一-鿿]?")


@lru_cache(1 << 16)
def everyday(label: str) -> bool:
    """True for a label that means other things, too: a word of the dictionary, the name of a place, a number."""
    name = fold(label)
    if _NUMBER.fullmatch(name) or len(words.cut(name, hmm=False)) == 1:
        return True
    return any(hit.start == 0 and hit.end == len(name) for hit in gazetteer().find(name))


class Context:
    """A text in which matches are judged. What stands between two punctuation marks is cut into words when the first match
    in it asks for it: no word reaches across one."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._edges = bytearray(len(text) + 1)  # 1 at every offset where a word is known to begin or end
        self._cut: set[int] = set()

    @cached_property
    def _stops(self) -> list[int]:
        """Where a punctuation mark stands; the text is between two, too."""
        codes = points(self._text)
        stops = _STOPS(codes) == 1
        stops[1:] &= (codes[1:] != _NEW_LINE) | (codes[:-1] != _RETURN)
        return [-1, *np.flatnonzero(stops).tolist(), len(self._text)]

    def _words(self, start: int, end: int) -> None:
        """Cut what ``start`` and ``end`` stand in, and all between."""
        stops = self._stops
        for at in range(max(0, bisect_left(stops, start) - 1), min(bisect_right(stops, end), len(stops) - 1)):
            if at not in self._cut:
                self._cut.add(at)
                first, last = stops[at] + 1, stops[at + 1]
                self._edges[first] = 1
                for word in words.cut(self._text[first:last], hmm=False):
                    first += len(word)
                    self._edges[first] = 1

    def quoted(self, start: int, end: int) -> bool:
        """True for what is set apart in quotation marks, alone or in a row (“甲、乙”)."""
        left, right = self._text[start - 1 : start] if start else "", self._text[end : end + 1]
        if left in _MARKS:
            return right in _MARKS or right in _BESIDE
        return right in _MARKS and left in _BESIDE

    def free(self, start: int, end: int) -> bool:
        """False where letters or digits go on beyond either end: 12条 in 512条, app in apply."""
        return not any(0 < at < len(self._text) and _RUN.fullmatch(self._text[at - 1 : at + 1]) for at in (start, end))

    def apart(self, start: int, end: int) -> bool:
        """True for whole words."""
        self._words(start, end)
        return bool(self._edges[start] and self._edges[end])

    def whole(self, start: int, end: int) -> bool:
        """True unless the words of the text say that the match has only a piece of one at either end.

        Words that the segmenter sees across an end are cut again without the match: it was wrong where whole words
        come out (开创|新征程 for 开|创新), and right where a character is left over (排|查隐患). Inside one word the
        match may have anything before it, which only says more of it (总|工会), but not a character after it (助学|金).
        """
        if self.apart(start, end):
            return True
        first, last = self._edges.rfind(1, 0, start + 1), self._edges.find(1, end)
        if last > 0 and self._edges.find(1, first + 1, last) < 0:
            return last - end != 1
        return self._right(end) and (self._left(start) or everyday(self._text[start:end]))

    def _left(self, start: int) -> bool:
        if self._edges[start]:
            return True
        near = _PAUSE.split(self._text[max(0, start - _NEAR) : start])[-1]
        word = words.cut(near, hmm=False)[-1] if near else ""
        return len(word) != 1 or word in _FUNCTION

    def _right(self, end: int) -> bool:
        if self._edges[end]:
            return True
        near = _PAUSE.split(self._text[end : end + _NEAR])[0]
        word = words.cut(near, hmm=False)[0] if near else ""
        return len(word) != 1 or word in _FUNCTION

    def counted_on(self, start: int, end: int) -> bool:
        """True where a name that counts goes on counting: 四送 in 四送一补."""
        after = self._text[end : end + 1]
        if after in _NUMERALS:
            return count(fold(self._text[start:end])) > 1
        if after not in _MARKS or start < 2:
            return False
        opening = max(self._text.rfind(mark, max(0, start - _NEAR), start) for mark in "“‘「")
        name = fold(self._text[opening + 1 : end]) if opening >= 0 else ""
        parts = parts_of(name)
        return len(parts) > 1 and name != fold(self._text[start:end]) and "".join(part for _, part in parts) == name
