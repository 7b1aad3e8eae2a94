"""Whether a summary that somebody else wrote says what the passages say: sentence by sentence, against what it cites.

Nothing here understands the sentences. Each must cite passages that exist; its figures, with their units and
qualifiers, its quoted words and its places must stand in them, and so must most of its pairs of characters. What fails
is dropped and counted. A sentence that passes may still twist what it cites (增长 for 下降): the reader is told to look.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from corpus.places import gazetteer
from graph.figures import find_figures
from search.analyzer import squeeze

Flaw = Literal["uncited", "unknown", "figure", "quotation", "place", "words"]
#: What is wrong with a sentence that is dropped, in Chinese.
FLAWS: dict[Flaw, str] = {
    "uncited": "没有出处",
    "unknown": "出处不存在",
    "figure": "数字在出处里没有",
    "quotation": "引号里的话在出处里没有",
    "place": "地名在出处里没有",
    "words": "说的不是出处里的话",
}
#: Sentences that are looked at; a summary is no longer.
MOST = 40
_LONGEST = 400  # characters of a sentence
_LEAST_SHARE = 0.5  # of a sentence's pairs of characters that its passages must have
_MARK = r"[\[［【〔]\s*\d{1,3}(?:\s*[,，、]\s*\d{1,3})*\s*[\]］】〕]"
_SENTENCE = re.compile(rf"(?:{_MARK}|[^。！？!?\n])+(?:[。！？!?]+[”’）)》」』]*)?(?:[ \t]*{_MARK})*[。；]?")
# Made one before anything is looked for: where a long run of them leads to no mark, every start in it would be tried.
_BLANKS = re.compile(r"[^\S\n]+")
_MARKS = re.compile(rf"\s*{_MARK}")
_DIGITS = re.compile(r"\d+")
# What a list or a heading begins with.
_OPENING = re.compile(r"^\s*(?:[-*•·#>]+\s*|\d{1,2}[.、)）]\s*(?!\d)|[（(]\d{1,2}[)）]\s*)+")
_QUOTED = re.compile(r"“([^“”]+)”|‘([^‘’]+)’|「([^「」]+)」|『([^『』]+)』|《([^《》]+)》|\"([^\"]+)\"")
_WIDE = str.maketrans("０１２３４５６７８９．％，", "0123456789.%,")
_NUMBER = re.compile(r"(?:19|20)\d\d年|\d+(?:\.\d+)?")
_YEAR = re.compile(r"(?:19|20)\d\d年")
# What a figure is cut off from where it goes on: 5 within 15, 1.5, 5万 or 5%.
_GOES_ON = re.compile(r"[\d%％‰十百千万亿]|\.\d")
_BEFORE = re.compile(r"[\d十百千万亿]$|\d\.$")


@dataclass(frozen=True, slots=True)
class Cited:
    """A passage that may be cited: its words, and what else it is known by (title, place, headings)."""

    text: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence without its marks, and the numbers of the passages that it cites, from 1."""

    text: str
    cites: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Grounded:
    """The sentences that hold, and what was wrong with each that was dropped."""

    sentences: tuple[Said, ...]
    dropped: tuple[Flaw, ...]


def ground(summary: str, passages: Sequence[Cited]) -> Grounded:
    """What of ``summary`` is kept. ``passages`` are cited as [1], [2] and so on, in their order."""
    kept: list[Said] = []
    dropped: list[Flaw] = []
    for said in _sentences(summary):
        flaw = _flaw(said, passages)
        if flaw is None:
            kept.append(said)
        else:
            dropped.append(flaw)
    return Grounded(tuple(kept), tuple(dropped))


def _sentences(summary: str) -> Iterator[Said]:
    """The sentences with their marks, which may stand before or after the full stop."""
    count = 0
    for match in _SENTENCE.finditer(_BLANKS.sub(" ", summary)):
        written = _OPENING.sub("", match[0]).replace("**", "")
        cites = [int(digits) for mark in _MARKS.findall(written) for digits in _DIGITS.findall(mark)]
        text = _MARKS.sub("", written).strip()
        if not any(map(str.isalnum, text)):
            continue
        yield Said(text, tuple(dict.fromkeys(cites)))
        count += 1
        if count == MOST:
            return


def _flaw(said: Said, passages: Sequence[Cited]) -> Flaw | None:
    if not said.cites:
        return "uncited"
    if not all(1 <= number <= len(passages) for number in said.cites):
        return "unknown"
    cited = [passages[number - 1] for number in said.cites]
    texts = [_plain(passage.text) for passage in cited]
    known = [*texts, *(_plain(passage.about) for passage in cited)]
    for figure in _figures(said.text):
        # When a report was written its title says; all other figures are told in the passage, or not at all.
        if not any(_stands(figure, text) for text in (known if _YEAR.fullmatch(figure) else texts)):
            return "figure"
    quoted = [squeeze(next(filter(None, found))) for found in _QUOTED.findall(said.text)]
    squeezed = [squeeze(text) for text in known]
    if not all(any(words in text for text in squeezed) for words in quoted):
        return "quotation"
    places = {said.text[name.start : name.end] for name in gazetteer().find(said.text)}
    if not all(any(_short(place) in text for text in known) for place in places):
        return "place"
    pairs = _pairs(said.text)
    theirs = set().union(*(_pairs(text) for text in known))
    if len(said.text) > _LONGEST or not pairs or len(pairs & theirs) < _LEAST_SHARE * len(pairs):
        return "words"
    return None


def _plain(text: str) -> str:
    """``text`` as figures are compared in: digits of one width, no spaces, no commas within a number."""
    narrow = "".join(text.translate(_WIDE).split())
    return re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", narrow)


def _figures(sentence: str) -> list[str]:
    """The figures of a sentence as they must stand in a passage, each with its unit and qualifiers; and every other number
    written in digits."""
    plain = _plain(sentence)
    figures = find_figures(plain)
    found = [plain[figure.start : figure.end] for figure in figures]
    inside = [(figure.start, figure.end) for figure in figures]
    for number in _NUMBER.finditer(plain):
        if not any(start <= number.start() < end for start, end in inside):
            found.append(number[0])
    return found


def _stands(figure: str, text: str) -> bool:
    """True where ``figure`` stands in ``text`` as a number of its own."""
    at = text.find(figure)
    while at >= 0:
        end = at + len(figure)
        cut = figure[0].isdigit() and _BEFORE.search(text[max(0, at - 2) : at])
        goes_on = figure[-1].isdigit() and _GOES_ON.match(text, end)
        if not cut and not goes_on:
            return True
        at = text.find(figure, at + 1)
    return False


def _short(place: str) -> str:
    """What of a place's name a passage may have: 荆州 for 荆州市."""
    return place[:-1] if len(place) > 2 and place[-1] in "省市县区" else place


def _pairs(text: str) -> set[str]:
    squeezed = squeeze(text)
    return {squeezed[at : at + 2] for at in range(len(squeezed) - 1)}
