"""The analysis of very many texts at once: what ``search.analyzer`` finds text by text, in arrays.

Terms come as an index takes them: those of a text as one string, parted by spaces.
"""

from collections.abc import Sequence
from functools import cache, lru_cache

import numpy as np
import rjieba
from numpy.typing import NDArray

from search.analyzer import fold, is_word

_END = "\0"  # comes after each text; none has one in it
_NOTHING, _ALONE, _LATIN = range(3)
_REMEMBERED = 1 << 16  # words of which it is kept whether they are any

Numbers = NDArray[np.int64]


def folded(texts: Sequence[str]) -> list[str]:
    """The texts as ``fold`` leaves them."""
    return fold("".join(text + _END for text in texts)).split(_END)[:-1]


def grams(texts: Sequence[str]) -> list[str]:
    """The grams of folded texts, in no particular order."""
    points = np.frombuffer("".join(text + _END for text in texts).encode("utf-32-le", "surrogatepass"), np.uint32)
    kinds = _kinds((int(points.max(initial=0)) >> 16) + 1)[points]
    edges = np.flatnonzero((kinds != _LATIN) | (np.roll(kinds, 1) != _LATIN))
    word = kinds[edges] != _NOTHING
    starts, ends = edges[word], np.append(edges[1:], len(points))[word]
    # Each unit, and with it the next one where that follows at once; both with the place of a space behind.
    close = np.flatnonzero(ends[:-1] == starts[1:])
    until = np.stack([ends, starts - 1], axis=1)
    until[close, 1] = ends[close + 1]
    sizes = (until + 1 - starts[:, None]).ravel()
    after = np.cumsum(sizes)
    terms = points[np.repeat(np.repeat(starts, 2) - (after - sizes), sizes) + np.arange(int(sizes.sum()))]
    terms[after - 1] = ord(" ")
    string = terms.tobytes().decode("utf-32-le", "surrogatepass")
    units = np.searchsorted(starts, np.flatnonzero(points == ord(_END)))
    cuts = np.append(0, after[1::2])[units].tolist()
    return [string[first:last] for first, last in zip([0, *cuts], cuts, strict=False)]


@cache
def _kinds(planes: int) -> NDArray[np.uint8]:
    """(code points of the first ``planes`` of Unicode,) what may stand in a run, and what is one unit with its like. Most
    texts have characters of the first alone; to go through all seventeen takes longer than a few texts do."""
    kinds = np.fromiter((chr(code).isalnum() for code in range(planes << 16)), np.uint8, planes << 16)
    kinds[[ord(c) for c in "0123456789abcdefghijklmnopqrstuvwxyz"]] = _LATIN
    return kinds


def words(texts: Sequence[str]) -> list[str]:
    """The words of folded texts."""
    return " ".join(filter(_kept, rjieba.cut("".join(text + _END for text in texts)))).split(_END)[:-1]


@lru_cache(_REMEMBERED)
def _kept(word: str) -> bool:
    return word == _END or is_word(word)
