"""Where one report ends and the next begins in a text that no table of contents divides.

A title alone never divides: a report quotes titles, lists annexes, and heads its halves 工作总结 and 工作安排. A second
sign that is independent of the title must agree: numbers start anew from 一、, the lines above close a report, the
lines below open one, a collection counts its pieces, or the title is the first one's twin for another place or year.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise

from rapidfuzz import fuzz

from ingest import shapes
from ingest.candidates import Candidate, candidates, is_above, unglued
from ingest.dates import is_date
from ingest.glossaries import is_glossary
from ingest.imprint import is_organ
from ingest.lines import Layout, Line, cut
from ingest.numbering import Number, chinese_value, numbering
from ingest.shapes import Shape
from ingest.titles import is_annex, is_note, is_salutation

_ENDED = re.compile(r"[。！？!?…：；]['\"”’）)】》」』\]]*$")
_FAREWELL = re.compile(
    r"谢谢(?:大家|各位)?[！。!]?$|特此(?:报告|汇报|通知|总结)[。！]?$|请(?:予|各位|大会)?.{0,6}审(?:议|查)[。！]?$|"
    r"(?:努力)?奋斗[！!]$|(?:以上|现将).{0,10}(?:报告|汇报|总结)[，,。].{0,20}$"
)
_PERSON = re.compile(r"^(?=.{4,30}$).*(?:主席|书记|部长|局长|主任|经理|校长|同志|委员)[\s　]*[\u4e00-\u9fffX×*]{0,4}$")
_NOTICE = re.compile(r"(?:印发|转发|下发|批转|公布).*通知$")
_FOLD = re.compile(r"[\W_]+")
_YEAR = re.compile(r"\d{4}年?度?|[一二三四五六七八九十]+[届次年]")
_PROSE = 8  # characters that a line of prose has at least
_TWIN = 88
_QUOTES = 30
_FRONT = 3  # lines of prose that the cover of a collection may have


@dataclass(frozen=True, slots=True)
class Report:
    """The lines of one report, and the ``signs`` that tell where it begins (none for the first of a text); ``above``
    are lines before it that belong to no report: the heading of a category, the mark of a piece."""

    lines: tuple[Line, ...]
    signs: tuple[str, ...] = ()
    above: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class _Boundary:
    start: int
    title: int
    signs: tuple[str, ...]


@dataclass(slots=True)
class _Running:
    """What is known of the report that is being read: its title, its outermost numbers, whether it has prose."""

    title: str = ""
    shape: Shape | None = None
    highest: dict[int, int] = field(default_factory=dict)
    prose: int = 0
    glossary: bool = False
    annexed: bool = False
    inner: int = 0
    quoted: list[str] = field(default_factory=list)


def _folded(text: str) -> str:
    return _FOLD.sub("", text)


def _is_prose(text: str) -> bool:
    return len(text) >= _PROSE and bool(_ENDED.search(text))


class _Reader:
    def __init__(self, lines: Sequence[Line], found: Sequence[Candidate], glued: set[int]) -> None:
        self._lines = lines
        self._found = found
        self._glued = glued
        self._numbers: list[Number | None] = [numbering(line.text) for line in lines]
        self._prose = list(accumulate((_is_prose(line.text) for line in lines), initial=0))
        self._next = [len(lines)] * (len(lines) + 1)
        for i in range(len(lines) - 1, -1, -1):
            self._next[i] = self._next[i + 1] if self._numbers[i] is None else i

    def _restarts(self, running: _Running, candidate: Candidate, limit: int) -> bool:
        """True where the outermost numbers, which had come to two or more, start anew below the title."""
        first = self._next[candidate.end]
        number = self._numbers[first] if first < limit else None
        top = min((rank for rank, value in running.highest.items() if value >= 2), default=None)
        return number is not None and number.value == 1 and top is not None and number.rank <= top

    def _issuer(self, running: _Running, candidate: Candidate) -> bool:
        """True where the line above the title names the body that issues it, not the one that signed what is above."""
        at = candidate.start - 1
        if at < 1 or candidate.start in self._glued or not is_organ(self._lines[at].text):
            return False
        organ = _folded(self._lines[at].text)
        if organ in _folded(candidate.title):
            return True
        above, below = self._lines[at].gap, self._lines[at + 1].gap
        return organ not in _folded(running.title) and (above > below or is_date(self._lines[at - 1].text))

    def _closed(self, running: _Running, candidate: Candidate) -> str:
        """What closes a report right above the title: who signed it and when, a farewell, its glossary."""
        at = candidate.start - self._issuer(running, candidate)
        while at > candidate.start - 3 and at and is_above(self._lines[at - 1].text):
            at -= 1
        above = self._lines[at - 1].text if at else ""
        if is_date(above) or is_organ(above):
            return "上文落款"
        if is_note(above) or _FAREWELL.search(above):
            return "上文结束语"
        return "上文名词解释" if running.glossary else ""

    def _opened(self, candidate: Candidate) -> str:
        """What opens a report right below the title: a subtitle, a date, who issued or gave it, an address."""
        if shapes.is_subtitle(self._lines[candidate.end - 1].text) and candidate.end - candidate.start > 1:
            return "副标题"
        for line in self._lines[candidate.end : candidate.end + 3]:
            text = line.text
            if is_salutation(text):
                return "称谓"
            if shapes.is_subtitle(text) and shapes.shape(text):
                return "副标题"
            if is_date(text) or is_note(text) or is_organ(text) or _PERSON.match(text):
                return "题下署名或日期"
            if not shapes.could_be_title(text):
                break
        return ""

    def _piece(self, candidate: Candidate) -> int:
        """The number of the piece that a title begins: in the title's own line or the one above; 0 for none."""
        near = [
            self._lines[candidate.start].text,
            *(x.text for x in self._lines[max(0, candidate.start - 1) : candidate.start]),
        ]
        numeral = next(filter(None, map(shapes.piece, near)), "")
        return (int(numeral) if numeral.isdecimal() else chinese_value(numeral)) if numeral else 0

    def _twin(self, running: _Running, candidate: Candidate) -> bool:
        """True for the running report's own title, but for another owner or another year."""
        ours, theirs = running.shape, candidate.shape
        if self._piece(candidate) and _folded(shapes.plain(candidate.title)) == _folded(shapes.plain(running.title)):
            return True
        if ours is None or not (ours.kind == theirs.kind == "owned") or ours.genre != theirs.genre:
            return False
        first, second = _folded(running.title), _folded(candidate.title)
        if ours.owner == theirs.owner:
            return first != second and _YEAR.sub("", first) == _YEAR.sub("", second)
        if ours.owner in theirs.owner or theirs.owner in ours.owner:
            return False
        bare = [_YEAR.sub("", text.replace(owner, "")) for text, owner in ((first, ours.owner), (second, theirs.owner))]
        return fuzz.ratio(*bare) >= _TWIN

    def _within(self, running: _Running, candidate: Candidate) -> bool:
        """True for the title of a part of the running report, an annex that it lists, a document that it hands on."""
        words = _folded(shapes.plain(candidate.title))
        title = _folded(running.title)
        owner = candidate.shape.owner
        same = not owner or running.shape is None or running.shape.owner == owner or owner in title
        rest = words.replace(_folded(owner), "", 1) if owner else words
        if same and len(rest) >= 4 and len(title) >= len(words) + 4 and fuzz.partial_ratio(rest, title) >= 90:
            return True
        if _NOTICE.search(running.title) and candidate.shape.genre in running.title:
            return True
        if any(words in quote for quote in running.quoted):
            return True
        near = [self._lines[i].text for i in range(max(0, candidate.start - 2), candidate.start)]
        return any(is_annex(text) for text in near)

    def _signs(self, running: _Running, candidate: Candidate, limit: int, piece: int) -> tuple[str, ...]:
        number = self._piece(candidate)
        signs = {
            "题上署名": self._issuer(running, candidate) or is_organ(self._lines[candidate.start].text),
            "编号重起": self._restarts(running, candidate, limit),
            self._closed(running, candidate): True,
            self._opened(candidate): True,
            "按篇编号": number > 0 and number == piece + 1,
            "同类标题": self._twin(running, candidate),
        }
        return tuple(sign for sign, seen in signs.items() if sign and seen)

    def _is_first(self, running: _Running, candidate: Candidate) -> bool:
        """True for the first title of a collection, above which only its cover or the first category stands."""
        if self._piece(candidate) == 1 and running.prose <= _FRONT and not running.highest:
            return True
        return candidate.start <= 2 and all(is_above(line.text) for line in self._lines[: candidate.start])

    @staticmethod
    def _enough(running: _Running, candidate: Candidate, signs: tuple[str, ...], strict: bool) -> bool:
        """True where the signs beside the title are as many as its shape needs."""
        needed = 1 + (running.annexed or running.inner > 0) + strict
        strong = {"上文落款", "称谓", "按篇编号", "副标题"} & set(signs)
        kind = candidate.shape.kind
        if kind == "bare":
            return bool(strong) and len(signs) > needed
        if kind == "named":
            other = running.shape is not None and candidate.shape.owner != running.shape.owner
            return "编号重起" in signs and other and len(signs) >= needed + (not running.shape)
        if candidate.glued:
            return len(signs) >= needed and bool({"编号重起", "称谓", "副标题", "题下署名或日期"} & set(signs))
        return len(signs) >= needed

    def _read(self, running: _Running, start: int, end: int) -> None:
        """Take the lines ``start`` to ``end`` into the running report."""
        running.prose += self._prose[end] - self._prose[start]
        for i in range(start, end):
            text, number = self._lines[i].text, self._numbers[i]
            if number is not None:
                running.highest[number.rank] = max(number.value, running.highest.get(number.rank, 0))
            if len(text) > 70 and len(running.quoted) >= _QUOTES:
                continue
            running.glossary = running.glossary or is_glossary(text)
            annex = is_annex(text)
            running.annexed = running.annexed or (annex and len(text) <= 12)
            if len(running.quoted) < _QUOTES and (annex or "《" in text):
                running.quoted.append(_folded(text))

    def boundaries(self, titles: int, strict: bool) -> list[_Boundary]:
        """Where reports begin after the first one, whose title the first ``titles`` lines are (0: not known)."""
        running = _Running()
        if titles:
            running.title = "".join(line.text for line in self._lines[:titles])
            running.shape = shapes.shape(running.title)
        made: list[_Boundary] = []
        at, piece = titles, 0
        for candidate, following in pairwise([*self._found, None]):
            if candidate is None or candidate.start < titles:
                continue
            limit = following.start if following and following.shape.kind in ("owned", "event") else len(self._lines)
            limit = max(limit, candidate.end)
            self._read(running, at, candidate.start)
            at = candidate.start
            if candidate.start and self._is_first(running, candidate):
                made.append(_Boundary(candidate.start, candidate.start, ()))  # what stands above is a cover
                running, at, piece = _Running(candidate.title, candidate.shape), candidate.end, self._piece(candidate)
                continue
            if not running.prose and not running.title:
                running.title, running.shape = candidate.title, candidate.shape
                continue
            if (
                self._prose[limit] == self._prose[candidate.end]
                or not running.prose
                or self._within(running, candidate)
            ):
                continue
            signs = self._signs(running, candidate, limit, piece)
            if not self._enough(running, candidate, signs, strict):
                running.inner += candidate.shape.kind == "owned"
                continue
            made.append(_Boundary(candidate.start - self._issuer(running, candidate), candidate.start, signs))
            piece = self._piece(candidate) or piece
            running = _Running(candidate.title, candidate.shape)
            at = candidate.end
        return made

    def reports(self, made: Sequence[_Boundary], whole: dict[int, Line]) -> list[Report]:
        """The reports between the boundaries; a line cut for a title that is none is made whole again."""
        starts = {boundary.title for boundary in made}
        cover = bool(made) and not made[0].signs
        reports: list[Report] = []
        above: list[Line] = []
        bounds = [_Boundary(0, 0, ()), *made]
        for boundary, following in pairwise([*bounds, None]):
            if boundary is None:
                continue
            end = following.start if following else len(self._lines)
            while following and end > boundary.title + 1 and is_above(self._lines[end - 1].text):
                end -= 1
            lines: list[Line] = []
            for i in range(boundary.start, end):
                if i in whole and i not in starts:
                    lines[-1] = whole[i]
                else:
                    lines.append(self._lines[i])
            if boundary.title < end:
                at = boundary.title - boundary.start
                marks, lines[at] = _unmarked(lines[at])
                above += marks
            if cover and boundary is bounds[0]:
                above += lines
            else:
                reports.append(Report(tuple(lines), boundary.signs, tuple(above)))
                above = []
            above += self._lines[end : following.start] if following else []
        return reports


def _unmarked(line: Line) -> tuple[list[Line], Line]:
    """(the mark of a piece, the rest) of a title line: 第一篇：, 篇1."""
    words = shapes.plain(line.text)
    if not shapes.piece(line.text) or words == line.text or shapes.shape(words) is None:
        return [], line
    at = line.text.index(words)
    if at:
        mark, rest = cut(line, at)
        return [mark], rest
    rest, mark = cut(line, len(words))
    return [mark], rest


def divide(lines: Sequence[Line], layout: Layout, titles: int = 0, strict: bool = False) -> list[Report]:
    """The reports that ``lines`` hold one after another, by their titles; one, where no sure sign divides them.

    ``titles`` first lines are known to be the first one's title; ``strict`` asks for one more sign of each boundary.
    """
    parted, whole = unglued(lines)
    reader = _Reader(parted, candidates(parted, layout, set(whole)), set(whole))
    return reader.reports(reader.boundaries(titles, strict), whole)
