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
from ingest.glossaries import is_glossary
from ingest.lines import Layout, Line, cut, width
from ingest.numbering import CHAPTER, Number, chinese_value, numbering
from ingest.shapes import Shape
from ingest.titles import is_date, is_note, is_organ, is_salutation

_ENDED = re.compile(r"[。！？!?…：；]['\"”’）)】》」』\]]*$")
_FAREWELL = re.compile(
    r"谢谢(?:大家|各位)?[！。!]?$|特此(?:报告|汇报|通知|总结)[。！]?$|请(?:予|各位|大会)?.{0,6}审(?:议|查)[。！]?$|"
    r"(?:努力)?奋斗[！!]$|(?:以上|现将).{0,10}(?:报告|汇报|总结)[，,。].{0,20}$"
)
_ANNEX = re.compile(r"^附\s*(?:件|录|表|图)?\s*[\d一二三四五六七八九十]{0,2}\s*(?:[：:]|$)")
_PERSON = re.compile(r"^(?=.{4,30}$).*(?:主席|书记|部长|局长|主任|经理|校长|同志|委员)[\s　]*[\u4e00-\u9fffX×*]{0,4}$")
_NOTICE = re.compile(r"(?:印发|转发|下发|批转|公布).*通知$")
_CATEGORY = re.compile(r"(?:工会|单位|企业|系统|县区|市|县|区|部门|机关|院校|学校|行业|类|级|篇|部分)$")
_FOLD = re.compile(r"[\W_]+")
_YEAR = re.compile(r"\d{4}年?度?|[一二三四五六七八九十]+[届次年]")
_GLUED = re.compile(r"[。！？][”’）)》]*(?=[^。！？；：，\s][^。！？；：]{7,44}$)")
_PROSE = 15  # characters that a line of prose has at least
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


@dataclass(frozen=True, slots=True)
class _Candidate:
    start: int
    end: int
    title: str
    shape: Shape
    glued: bool


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


def _unglued(lines: Sequence[Line]) -> tuple[list[Line], dict[int, Line]]:
    """(lines, whole lines by the number of their second half): a title may be glued to the sentence before it."""
    made: list[Line] = []
    whole: dict[int, Line] = {}
    for line in lines:
        match = _GLUED.search(line.text) if len(line.text) > _PROSE else None
        found = shapes.shape(line.text[match.end() :]) if match else None
        if match and found and (found.kind != "named") and match.end() > _PROSE:
            head, tail = cut(line, match.end())
            whole[len(made) + 1] = line
            made += [head, tail]
        else:
            made.append(line)
    return made, whole


class _Reader:
    def __init__(self, lines: Sequence[Line], layout: Layout, glued: set[int]) -> None:
        self._lines = lines
        self._layout = layout
        self._glued = glued
        self._numbers: list[Number | None] = [numbering(line.text) for line in lines]
        self._prose = list(accumulate((_is_prose(line.text) for line in lines), initial=0))
        self._next = [len(lines)] * (len(lines) + 1)
        for i in range(len(lines) - 1, -1, -1):
            self._next[i] = self._next[i + 1] if self._numbers[i] is None else i

    # ------------------------------------------------------------ candidates
    def _runs(self) -> list[tuple[int, int]]:
        """Stretches of lines each of which could be (part of) a title."""
        runs: list[tuple[int, int]] = []
        start = -1
        for i, line in enumerate(self._lines):
            text = line.text
            alike = shapes.could_be_title(text) and not (is_date(text) or is_salutation(text) or is_note(text))
            if alike and i in self._glued and start >= 0:
                runs.append((start, i))
                start = -1
            if alike and start < 0:
                start = i
            elif not alike and start >= 0:
                runs.append((start, i))
                start = -1
        return [*runs, (start, len(self._lines))] if start >= 0 else runs

    def _in_run(self, first: int, end: int) -> _Candidate | None:
        """The first title in the lines ``first`` to ``end``: a line, an organ and a genre, broken lines, a subtitle."""
        best: _Candidate | None = None
        for i in range(first, end):
            text = self._lines[i].text
            found = shapes.shape(text)
            start = i
            if found and shapes.is_subtitle(text):
                start = max(first, i - 2)
                while start < i and (is_organ(self._lines[start].text) or _ENDED.search(self._lines[start].text)):
                    start += 1
                if start == i:
                    continue
            elif i + 1 < end and not (found and found.kind in ("owned", "event")):
                below = self._lines[i + 1].text
                both = None if shapes.is_subtitle(below) or len(text) + len(below) > 70 else shapes.shape(text + below)
                if both and both.genre and (is_organ(text) or not found) and self._belongs(i):
                    found, end_of = both, i + 2
                    return _Candidate(start, end_of, text + below, found, start in self._glued)
            if found is None:
                continue
            made = _Candidate(
                start, i + 1, "".join(x.text for x in self._lines[start : i + 1]), found, i in self._glued
            )
            if found.kind in ("owned", "event"):
                return made
            if best is None or shapes.is_subtitle(text):
                best = made
        return best

    def _belongs(self, i: int) -> bool:
        """True where line ``i`` and the next one may be the two halves of a title, set without a gap."""
        return self._lines[i + 1].gap <= self._lines[i].gap and self._lines[i + 1].gap <= 1

    def candidates(self) -> list[_Candidate]:
        """Every title in the text, by its shape."""
        found = (self._in_run(first, end) for first, end in self._runs())
        return [candidate for candidate in found if candidate and self._set_apart(candidate)]

    def _set_apart(self, candidate: _Candidate) -> bool:
        """True where the lines around a title don't go on from it, or into it."""
        first = candidate.start
        while first and shapes.could_be_title(self._lines[first - 1].text) and first not in self._glued:
            first -= 1
            if candidate.start - first > 4:
                return False
        above = self._lines[first - 1].text if first else ""
        if above and not (_ENDED.search(above) or is_date(above) or is_note(above) or first in self._glued):
            if not self._is_above(above):
                return False
        last = self._lines[candidate.end - 1]
        below = self._lines[candidate.end] if candidate.end < len(self._lines) else None
        full = self._layout.width and width(last.text) + last.indent > self._layout.width - 2.5
        return not (full and below and below.gap == 0 and below.indent < 1 and self._numbers[candidate.end] is None)

    # ------------------------------------------------------------ evidence
    def _restarts(self, running: _Running, candidate: _Candidate, limit: int) -> bool:
        """True where the outermost numbers, which had come to two or more, start anew below the title."""
        first = self._next[candidate.end]
        number = self._numbers[first] if first < limit else None
        top = min((rank for rank, value in running.highest.items() if value >= 2), default=None)
        return number is not None and number.value == 1 and top is not None and number.rank <= top

    def _issuer(self, running: _Running, candidate: _Candidate) -> bool:
        """True where the line above the title names the body that issues it, not the one that signed what is above."""
        at = candidate.start - 1
        if at < 1 or candidate.start in self._glued or not is_organ(self._lines[at].text):
            return False
        organ = _folded(self._lines[at].text)
        if organ in _folded(candidate.title):
            return True
        above, below = self._lines[at].gap, self._lines[at + 1].gap
        return organ not in _folded(running.title) and (above > below or is_date(self._lines[at - 1].text))

    def _closed(self, running: _Running, candidate: _Candidate) -> str:
        """What closes a report right above the title: who signed it and when, a farewell, its glossary."""
        at = candidate.start - self._issuer(running, candidate)
        while at > candidate.start - 3 and at and self._is_above(self._lines[at - 1].text):
            at -= 1
        above = self._lines[at - 1].text if at else ""
        if is_date(above) or is_organ(above):
            return "上文落款"
        if is_note(above) or _FAREWELL.search(above):
            return "上文结束语"
        return "上文名词解释" if running.glossary else ""

    @staticmethod
    def _is_above(text: str) -> bool:
        """True for a line that stands above a title and belongs to no report: a category, the mark of a piece."""
        if shapes.piece(text):
            return len(text) <= 16
        return len(text) <= 16 and not is_organ(text) and numbering(text) is not None and bool(_CATEGORY.search(text))

    def _opened(self, candidate: _Candidate) -> str:
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

    def _piece(self, candidate: _Candidate) -> int:
        """The number of the piece that a title begins: in the title's own line or the one above; 0 for none."""
        near = [
            self._lines[candidate.start].text,
            *(x.text for x in self._lines[max(0, candidate.start - 1) : candidate.start]),
        ]
        numeral = next(filter(None, map(shapes.piece, near)), "")
        return (int(numeral) if numeral.isdecimal() else chinese_value(numeral)) if numeral else 0

    def _twin(self, running: _Running, candidate: _Candidate) -> bool:
        """True for the running report's own title, but for another owner or another year."""
        ours, theirs = running.shape, candidate.shape
        if ours is None or not (ours.kind == theirs.kind == "owned") or ours.genre != theirs.genre:
            return False
        first, second = _folded(running.title), _folded(candidate.title)
        if ours.owner == theirs.owner:
            return first != second and _YEAR.sub("", first) == _YEAR.sub("", second)
        if ours.owner in theirs.owner or theirs.owner in ours.owner:
            return False
        bare = [_YEAR.sub("", text.replace(owner, "")) for text, owner in ((first, ours.owner), (second, theirs.owner))]
        return fuzz.ratio(*bare) >= _TWIN

    def _within(self, running: _Running, candidate: _Candidate) -> bool:
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
        return any(_ANNEX.match(text) for text in near)

    def _signs(self, running: _Running, candidate: _Candidate, limit: int, piece: int) -> tuple[str, ...]:
        number = self._piece(candidate)
        signs = {
            "题上署名": self._issuer(running, candidate),
            "编号重起": self._restarts(running, candidate, limit),
            self._closed(running, candidate): True,
            self._opened(candidate): True,
            "按篇编号": number > 0 and number == piece + 1,
            "同类标题": self._twin(running, candidate),
        }
        return tuple(sign for sign, seen in signs.items() if sign and seen)

    @staticmethod
    def _enough(running: _Running, candidate: _Candidate, signs: tuple[str, ...], strict: bool) -> bool:
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

    # ------------------------------------------------------------ reading
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
            annex = bool(_ANNEX.match(text))
            running.annexed = running.annexed or (annex and len(text) <= 12)
            if len(running.quoted) < _QUOTES and (annex or "《" in text):
                running.quoted.append(_folded(text))

    def boundaries(self, titles: int, strict: bool) -> list[_Boundary]:
        """Where reports begin after the first one, whose title the first ``titles`` lines are (0: not known)."""
        found = self.candidates()
        running = _Running()
        if titles:
            running.title = "".join(line.text for line in self._lines[:titles])
            running.shape = shapes.shape(running.title)
        made: list[_Boundary] = []
        at, piece = titles, 0
        for candidate, following in pairwise([*found, None]):
            if candidate is None or candidate.start < titles:
                continue
            limit = following.start if following and following.shape.kind in ("owned", "event") else len(self._lines)
            limit = max(limit, candidate.end)
            self._read(running, at, candidate.start)
            at = candidate.start
            if candidate.start and self._piece(candidate) == 1 and running.prose <= _FRONT and not running.highest:
                made.append(_Boundary(candidate.start, candidate.start, ()))  # what stands above is a cover
                running, at, piece = _Running(candidate.title, candidate.shape), candidate.end, 1
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
            while following and end > boundary.title + 1 and self._is_above(self._lines[end - 1].text):
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
    parted, whole = _unglued(lines)
    reader = _Reader(parted, layout, set(whole))
    return reader.reports(reader.boundaries(titles, strict), whole)
