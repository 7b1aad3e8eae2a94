"""What a peer is, and the two ways to cut Chinese that those are given which know none."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import rjieba

from search.analyzer import fold, grams


class Unavailable(Exception):
    """Why a peer can't be measured here, in Chinese."""


@dataclass(frozen=True, slots=True)
class Searching:
    """A peer over some passages: (query, how many) → numbers of the passages, best first; bytes of its index."""

    search: Callable[[str, int], Sequence[int]]
    size: int | None = None


@dataclass(frozen=True, slots=True)
class Peer:
    """``make`` indexes passages (texts, an empty folder for files); ``public``: also measured on the public sets.

    It raises Unavailable, or ImportError where the peer is not installed.
    """

    name: str
    setup: str
    make: Callable[[Sequence[str], Path], Searching]
    public: bool = False


def size_of(folder: Path) -> int:
    """Bytes of all the files in a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def jieba(text: str) -> list[str]:
    """Words as jieba cuts them."""
    return [word for word in rjieba.cut(fold(text)) if any(c.isalnum() for c in word)]


#: How a text is cut, by the words that the report says it in.
CUTS: dict[str, Callable[[str], list[str]]] = {"单字＋双字": grams, "jieba 词": jieba}
