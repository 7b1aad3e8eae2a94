"""What stands around a match of a label: does the text mean the name, or do its characters only happen to stand there?

A short label may lie across two words (查隐患 in 排查隐患) or inside a longer one (助学 in 助学金); a label that is an
everyday word (实干) is the name only where it is marked as one.
"""

import re
from functools import cached_property
from itertools import accumulate

from corpus import words
from corpus.places import gazetteer
from graph.folding import DOTS, QUOTES, SEPARATORS
from graph.numerals import count, parts_of
from graph.variants import fold

#: Labels of so few characters are looked at: longer ones hardly ever stand where they aren't meant.
SHORT = 3
_MARKS = frozenset(QUOTES + "《》〈〉")
_BESIDE = frozenset(SEPARATORS + DOTS + "和与及")
_NUMERALS = frozenset("一二三四五六七八九十两双")
_FUNCTION = frozenset("的了和与及向在对把将被是等")
_PAUSE = re.compile(r"[\W_]")
_NEAR = 8  # characters on either side that are enough to tell the words there
_RUN = re.compile(r"[a-z]{2}|[0-9.]{2}", re.IGNORECASE)
_NUMBER = re.compile(r"[0-9.%]+[一-鿿]?")


def everyday(label: str) -> bool:
    """True for a label that means other things, too: a word of the dictionary, the name of a place, a number."""
    name = fold(label)
    if _NUMBER.fullmatch(name) or len(words.cut(name, hmm=False)) == 1:
        return True
    return any(hit.start == 0 and hit.end == len(name) for hit in gazetteer().find(name))


class Context:
    """A text in which matches are judged. It is cut into words once, when the first match asks for it."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def _edges(self) -> bytes:
        """1 at every offset where a word begins or ends."""
        import numpy as np

        edges = np.zeros(len(self._text) + 1, np.uint8)
        edges[np.fromiter(accumulate(map(len, words.cut(self._text, hmm=False)), initial=0), np.int64)] = 1
        return edges.tobytes()

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
