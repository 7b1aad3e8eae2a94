"""A document as it is read: paragraphs with their headings, term links, the quoted sentence, and repairs."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from markupsafe import Markup

from corpus.doubts import warning
from corpus.model import Document, Mention, Passage, Repair, Section
from web import links
from web.marks import Mark, doubt_mark, render
from web.shelf import TermEntry

_OUTLINE_DEPTH = 3
# A heading that stands alone may end in punctuation that is not part of its title.
_SLACK = 2
# So often any term may stand in a document and still be marked.
_COMMON = 10


@dataclass(frozen=True, slots=True)
class Marking:
    """What to mark: ``mentions`` of ``terms`` (by id), ``repairs``, and the ``target`` span a link points at."""

    mentions: Sequence[Mention] = ()
    terms: Mapping[str, TermEntry] = field(default_factory=dict)
    repairs: Sequence[Repair] = ()
    target: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph as HTML. ``heading`` is 0, or the depth of the heading that it is; ``anchor`` its id or "".
    ``front`` where it is a line of the title above the text, ``quoted`` where the target is in it."""

    html: Markup
    heading: int
    anchor: str
    front: bool
    quoted: bool


@dataclass(frozen=True, slots=True)
class OutlineItem:
    title: str
    depth: int
    anchor: str
    status: str


def anchor(section: Section) -> str:
    """The id of a section's heading on the page."""
    return f"s-{section.id}"


def outline(sections: Iterable[Section]) -> list[OutlineItem]:
    """The upper levels of the outline, in reading order."""
    return [
        OutlineItem(f"{section.number}{section.title}", section.depth, anchor(section), section.status)
        for section in sections
        if section.depth <= _OUTLINE_DEPTH
    ]


def _term_marks(marking: Marking, passages: int) -> list[Mark]:
    """Links for mentions, longest first where they overlap.

    What stands in every other passage (工会 itself) is what the document is about, and no word to look up.
    """
    times = Counter(mention.term_id for mention in marking.mentions)
    rare = [mention for mention in marking.mentions if times[mention.term_id] <= max(_COMMON, passages / 2)]
    taken: set[int] = set()
    marks = []
    for mention in sorted(rare, key=lambda mention: (mention.start - mention.end, mention.start)):
        span = range(mention.start, mention.end)
        if taken.isdisjoint(span):
            taken.update(span)
            marks.append(_term_mark(mention, marking.terms[mention.term_id]))
    return sorted(marks, key=lambda mark: mark.start)


def _term_mark(mention: Mention, entry: TermEntry) -> Mark:
    attributes = {"class": "term", "href": links.term(entry.term.label)}
    # A card is read as the meaning: what only describes the term stays on its page, where it is said to.
    if entry.definition is not None and entry.definition.strength == "explained":
        words = entry.definition.text + warning(entry.definition.text, entry.definition.doubtful)
        attributes |= {"title": words, "data-term": entry.term.label}
    return Mark(mention.start, mention.end, "a", attributes)


def _repair_mark(repair: Repair) -> Mark:
    if repair.doubtful:
        return doubt_mark(repair.start, repair.end, repair.reason)
    title = repair.reason
    if repair.before != repair.after:
        change = f"原件作“{repair.before}”" if repair.before else "原件没有"
        change += f"，整理为“{repair.after}”" if repair.after else "，已删去"
        title = f"{change}（{repair.reason}）"
    return Mark(repair.start, repair.end, "span", {"class": "repair", "title": title})


class _Cursor:
    """Marks in order of their start, handed out by paragraph."""

    def __init__(self, marks: Iterable[Mark]) -> None:
        self._marks = sorted(marks, key=lambda mark: mark.start)
        self._starts = [mark.start for mark in self._marks]
        self._longest = max((mark.end - mark.start for mark in self._marks), default=0)

    def within(self, start: int, end: int) -> list[Mark]:
        """The marks that touch ``start:end``."""
        first = bisect_right(self._starts, start - self._longest - 1)
        last = bisect_right(self._starts, end)
        return [mark for mark in self._marks[first:last] if mark.end >= start]


def _first_of_each(marks: Iterable[Mark]) -> list[Mark]:
    """The first link to each term: more would make the paragraph hard to read."""
    kept: dict[str, Mark] = {}
    for mark in marks:
        kept.setdefault(mark.attributes["href"], mark)
    return list(kept.values())


def _heading(text: str, section: Section) -> bool:
    """True where the paragraph ``text`` is nothing but the heading of ``section``."""
    return len(_compact(text)) <= len(_compact(section.number + section.title)) + _SLACK


def _compact(text: str) -> str:
    return "".join(text.split())


def paragraphs(
    document: Document, text: str, sections: Sequence[Section], passages: Sequence[Passage], marking: Marking
) -> list[Paragraph]:
    """The paragraphs of ``text`` with everything marked; passages are reached as ``#p-`` and their id."""
    title, issuer = _compact(document.title), _compact(document.issuer)
    by_start: dict[int, Section] = {}
    for section in sections:
        by_start.setdefault(section.start, section)
    terms = _Cursor(_term_marks(marking, len(passages)))
    others = [Mark(passage.start, passage.end, "span", {"id": f"p-{passage.id}"}) for passage in passages]
    others += [_repair_mark(repair) for repair in marking.repairs]
    if marking.target is not None:
        others.append(Mark(*marking.target, "mark", {"id": "at", "class": "target"}))
    rest = _Cursor(others)
    found: list[Paragraph] = []
    start = 0
    before_text = True
    used: set[str] = set()
    for line in text.split("\n"):
        end = start + len(line)
        if line.strip():
            opening = by_start.get(start)
            alone = opening if opening is not None and _heading(line, opening) else None
            titled = _compact(line) in title
            # The name of who issued a report often stands above its title.
            before_text = before_text and alone is None and (titled or _compact(line) == issuer)
            marks = rest.within(start, end)
            if alone is None and not before_text:
                marks += _first_of_each(terms.within(start, end)) + _inline(by_start, start, end)
            found.append(
                Paragraph(
                    render(line, marks, start, used),
                    alone.depth if alone else 0,
                    anchor(alone) if alone else "",
                    before_text and titled,
                    marking.target is not None and marking.target[0] < end and marking.target[1] > start,
                )
            )
        start = end + 1
    return found


def _inline(by_start: Mapping[int, Section], start: int, end: int) -> list[Mark]:
    """Headings that open a sentence inside the paragraph."""
    marks = []
    for at in range(start, end):
        if at in by_start:
            opening = by_start[at]
            stop = min(end, at + len(opening.number) + len(opening.title))
            marks.append(Mark(at, stop, "strong", {"id": anchor(opening)}))
    return marks
