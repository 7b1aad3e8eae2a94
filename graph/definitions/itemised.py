"""Points after a name that counts them: 抓好“三个到位”。一是…。二是…。三是…。 Each point opens with its part."""

import re

from graph.definitions.base import Explanation
from graph.lists import bare
from graph.namings import Naming, Sentence
from graph.numerals import count
from graph.variants import fold

_NUMERALS = "一二三四五六七八九十"
_MARKS = ("{}是", "{}要", "第{}[，,、]", "{}、", "（{}）")
_REACH = 1500
# The rest of the noun phrase, then the end of the sentence or a colon, then the first point.
_ANNOUNCES = re.compile(r"[^，,。；;：:]{0,12}[，,。：:]\s*(?:即|分别是|其中)?[，：]?第?一")


def extract(naming: Naming, sentence: Sentence) -> Explanation | None:
    """As many points as the name promises, no more, the first of them right after the sentence or the label."""
    promised = count(fold(naming.core))
    if naming.form not in ("quoted", "numeral") or not 1 < promised <= len(_NUMERALS):
        return None
    stop = sentence.text.find("\n", naming.end)
    text = sentence.text[naming.end : stop if stop >= 0 else len(sentence.text)][:_REACH]
    for mark in _MARKS[:3]:
        if found := _points(text, mark, promised):
            items, end = found
            if _ANNOUNCES.match(text):
                return Explanation(sentence.start, naming.end + end, items, "explained", "itemised")
    return None


def _points(text: str, mark: str, promised: int) -> tuple[tuple[str, ...], int] | None:
    items, at = [], 0
    for i, numeral in enumerate(_NUMERALS[: promised + 1]):
        found = re.compile(rf"(?:^|[，,。；;：:、])\s*{mark.format(numeral)}(?P<item>[^，,。；;：:]{{2,40}})").search(
            text, at
        )
        if i == promised or not found:
            break
        items.append(bare(found["item"]))
        at = found.end()
    else:
        return None
    return (tuple(items), at) if len(items) == promised and not found else None
