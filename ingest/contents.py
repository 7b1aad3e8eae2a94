"""Tables of contents: their lines, and the titles they list, with or without page numbers."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import fuzz

from ingest.lines import Line
from ingest.numbering import numbering
from ingest.shapes import shape

_WORD = re.compile(
    r"^[【〖\[（(“《]?\s*(?:总|本书|本期|内容|全书|材料|文件)?\s*(?:目\s*[录次]|篇\s*目|(?i:(?:table\s+of\s+)?contents))\s*[】〗\])）”》]?[：:]?$"
)
# A page number, perhaps in brackets or between dashes (12, （12）, - 12 -, P12, 第12页, xii).
_PAGE = re.compile(
    r"(?:[（(\[【〔\-—–]\s*)?(?:[Pp]\.?\s?|第\s*)?(?P<page>\d{1,4}|[ivxl]{1,6}|[IVXL]{1,6})\s*页?\s*[）)\]】〕\-—–]*$"
)
_DOTS = ".．。·•…‥⋯・・_-—–―─﹒"
_SLIP = re.compile(r"^\d{1,3}\s*[:：.．、]?\s*(?=\D)")
_SENTENCE = re.compile(r"[。；]")
_FOLD = re.compile(r"[\W_]+")
_LONGEST = 200
_SHORT = 60
_ALIKE = 86  # per cent of characters in order: a title with a word changed, not another title
_HEADLESS = 5
_FEWEST = 3


@dataclass(frozen=True)
class Entry:
    """A line of a table of contents: the title without leader and page number; ``above`` is the line above it where
    that may be the first half of the title (or a category); ``paged`` tells whether it has a page number."""

    line: Line
    title: str
    above: str = ""
    paged: bool = True

    @cached_property
    def alone(self) -> tuple[str, ...]:
        """What the title may be, likelier first: as it stands, without a (slipped) number."""
        number = numbering(self.title)
        forms = [self.title, _SLIP.sub("", self.title)]
        forms += [self.title[len(number.text) :]] if number else []
        return tuple(dict.fromkeys(forms))

    @property
    def readings(self) -> tuple[str, ...]:
        """What the title may be, the line above it joined or not."""
        return (self.above + self.title, *self.alone) if self.above else self.alone


@dataclass(frozen=True, slots=True)
class Contents:
    """A table of contents: the lines ``first`` to ``end`` (exclusive) of the source, and its entries; ``named`` where
    a heading (目录) says so."""

    first: int
    end: int
    entries: tuple[Entry, ...]
    named: bool


def fold(text: str) -> str:
    """A title without white space and punctuation, to compare."""
    return _FOLD.sub("", text)


def _entry(line: Line, named: bool) -> Entry | None:
    """The title and page number that a line gives; below a heading a single space may stand between them."""
    text = line.text
    if len(text) > _LONGEST or not (text[-1].isalnum() or text[-1] in "）)]】〕-—–"):
        return None
    page = _PAGE.search(text)
    if page is None:
        return None
    rest = text[: page.start()]
    title = rest.rstrip(_DOTS + " \t\u3000\xa0")
    leader = rest[len(title) :]
    dots = sum(char in _DOTS for char in leader)
    wide = len(leader) >= 2 or leader in ("\t", "\u3000", "…", "⋯", "‥")
    if leader.count("。") == 1:  # the end of a sentence, not a leader
        return None
    if not title or not (dots >= 2 or wide or (named and leader)) or _SENTENCE.search(title) or "\t" in title:
        return None
    return Entry(line, title.strip())


def _below(lines: Sequence[Line], at: int, named: bool) -> tuple[list[Entry], int]:
    """(entries with page numbers from line ``at`` on, the line after the last of them).

    Lines between entries that carry no page number belong to the table if they are short and no sentence.
    """
    entries: list[Entry] = []
    pending: list[Entry] = []
    end, above = at, ""
    for j in range(at, len(lines)):
        entry = _entry(lines[j], named)
        if entry is not None:
            entries += [*pending, Entry(entry.line, entry.title, above)]
            end, above, pending = j + 1, "", []
            continue
        text = lines[j].text
        if j - end >= 2 or len(text) > _SHORT or re.search(r"[。！？；]$", text):
            break
        if entries and fold(text) in map(fold, entries[0].alone):
            break
        if entries and (found := shape(text)) and found.kind in ("owned", "event"):  # its page number is lost
            pending.append(Entry(lines[j], text, above, False))
        above = "" if numbering(text) else text
    return entries, end


def _repeated(lines: Sequence[Line], at: int) -> int:
    """The line with which the body begins: the first one that repeats a title listed from line ``at`` on; or -1."""
    seen: set[str] = set()
    before = ""
    first = fold(lines[at].text) if at < len(lines) else ""
    for j in range(at, len(lines)):
        text = lines[j].text
        if len(text) > _SHORT + 20 or re.search(r"[。！？；]$", text):
            return -1
        words = fold(text)
        both = fold(text + lines[j + 1].text) if j + 1 < len(lines) else ""
        if j - at >= 2 and (words in seen or both in seen or fuzz.ratio(first, words, score_cutoff=_ALIKE)):
            return j
        seen |= {words, before + words}
        before = words
    return -1


def _listed(lines: Sequence[Line], at: int, end: int) -> tuple[Entry, ...]:
    """The lines of a table without page numbers, each an entry that may go on from the line above."""
    above = ["", *(line.text for line in lines[at : end - 1])]
    return tuple(Entry(line, line.text, first, False) for line, first in zip(lines[at:end], above, strict=True))


def find(lines: Sequence[Line]) -> Iterator[Contents]:
    """What may be the tables of contents of ``lines``, in order.

    Below a heading 目录: entries with page numbers, or lines the first of which is repeated where the body begins.
    Without a heading: five entries in a row that have page numbers, or, at the very top, such a list of titles.
    """
    at = 0
    while at < len(lines):
        named = bool(_WORD.match(lines[at].text))
        if not named and at and _entry(lines[at], False) is None:
            at += 1
            continue
        first = at + named
        entries, end = _below(lines, first, named)
        if len(entries) >= (2 if named else _HEADLESS):
            yield Contents(at, end, tuple(entries), named)
            at = end
            continue
        body = _repeated(lines, first) if named or at == 0 else -1
        if body - first >= (2 if named else _FEWEST):
            yield Contents(at, body, _listed(lines, first, body), named)
            at = body
            continue
        at += 1
