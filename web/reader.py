"""A document as it is read: paragraphs with their headings, term links, the quoted sentence, and repairs."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from markupsafe import Markup

from corpus.doubts import warning
from corpus.model import Document, Mention, Passage, Repair, Section, SectionStatus
from search.answers import Sense
from web import links
from web.marks import Mark, doubt_mark, render

_OUTLINE_DEPTH = 3
# A heading that stands alone may end in punctuation that is not part of its title.
_SLACK = 2
# So often any term may stand in a document and still be marked.
_COMMON = 10
_MOST_FOUND = 500
_TARGET = re.compile(r"(\d{1,9})-(\d{1,9})", re.ASCII)

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Marking:
    """What to mark: ``mentions`` of ``terms`` (id → label, what explains it), ``repairs``, the ``target`` span a link points
    at, and what was looked for in the document and ``found``."""

    mentions: Sequence[Mention] = ()
    terms: Mapping[str, tuple[str, Sense | None]] = field(default_factory=dict)
    repairs: Sequence[Repair] = ()
    target: Span | None = None
    found: Sequence[Span] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph as HTML, beginning at ``start`` of the text. ``heading`` is 0, or the depth of the heading that it is;
    ``anchor`` its id or "". ``turn`` is the status that begins with it, "" where it goes on. ``front`` where it is a
    line of the title above the text, ``quoted`` where the target is in it."""

    html: Markup
    start: int
    heading: int
    anchor: str
    turn: SectionStatus
    front: bool
    quoted: bool


@dataclass(frozen=True, slots=True)
class OutlineItem:
    """``turn`` is the status that begins with the item, "" where that of the one before goes on."""

    title: str
    depth: int
    anchor: str
    status: SectionStatus
    turn: SectionStatus


def anchor(section: Section) -> str:
    """The id of a section's heading on the page."""
    return f"s-{section.id}"


def turns(sections: Iterable[Section]) -> dict[str, SectionStatus]:
    """Id → status of the sections with which another begins: the plan, and what was done where it is told after it.
    A report that speaks of nothing but what was done has none."""
    found: dict[str, SectionStatus] = {}
    planned = False
    for section in sections:
        if (section.status == "plan") != planned:
            planned = not planned
            found[section.id] = section.status
    return found


def outline(sections: Iterable[Section]) -> list[OutlineItem]:
    """The upper levels of the outline, in reading order."""
    listed = [section for section in sections if section.depth <= _OUTLINE_DEPTH]
    begins = turns(listed)
    return [
        OutlineItem(
            f"{section.number}{section.title}",
            section.depth,
            anchor(section),
            section.status,
            begins.get(section.id, ""),
        )
        for section in listed
    ]


def target(at: str, length: int) -> Span | None:
    """The span that an address names (30-58) in a text of this many characters; None where the text has no such span."""
    match = _TARGET.fullmatch(at)
    if match is None:
        return None
    start, end = int(match[1]), int(match[2])
    return (start, end) if start < end <= length else None


def occurrences(text: str, words: str) -> list[Span]:
    """Where words stand in a text, letters in either case; at most 500."""
    pattern = re.compile(re.escape(words), re.IGNORECASE)
    found = []
    for match in pattern.finditer(text) if words else ():
        found.append(match.span())
        if len(found) == _MOST_FOUND:
            break
    return found


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
            marks.append(_term_mark(mention, *marking.terms[mention.term_id]))
    return sorted(marks, key=lambda mark: mark.start)


def _term_mark(mention: Mention, label: str, told: Sense | None) -> Mark:
    attributes = {"class": "term", "href": links.term(label)}
    # A card is read as the meaning: what only describes the term stays on its page, where it is said to.
    if told is not None and told.strength == "explained":
        words = told.text + warning(told.text, told.doubtful)
        attributes |= {"title": words, "data-term": label}
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


def _passage_marks(passages: Iterable[Passage]) -> list[Mark]:
    """What a passage is pointed at by, and the sign at its end that leads to what there is to it."""
    marks = []
    for passage in passages:
        label = f"第 {passage.ordinal + 1} 段：出处、相近段落"
        href = links.passage(passage.document_id, passage.id)
        marks.append(Mark(passage.start, passage.end, "span", {"id": f"p-{passage.id}"}))
        marks.append(Mark(passage.end, passage.end, "a", {"class": "pilcrow", "href": href, "aria-label": label}))
    return marks


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


def _first_of_each(marks: Iterable[Mark], told: set[str]) -> list[Mark]:
    """The first link to each term: more would make the paragraph hard to read. What a term means is told at its first
    link on the page only, by whose address it is ``told``: a definition in every paragraph would outweigh the text."""
    kept: dict[str, Mark] = {}
    for mark in marks:
        href = mark.attributes["href"]
        if href in kept:
            continue
        if href in told:
            mark = replace(mark, attributes={name: value for name, value in mark.attributes.items() if name != "title"})
        told.add(href)
        kept[href] = mark
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
    begins = turns(sections)
    terms = _Cursor(_term_marks(marking, len(passages)))
    others = _passage_marks(passages)
    others += [_repair_mark(repair) for repair in marking.repairs]
    if marking.target is not None:
        others.append(Mark(*marking.target, "mark", {"id": "at", "class": "target"}))
    for n, span in enumerate(marking.found, 1):
        others.append(Mark(*span, "mark", {"id": f"f-{n}", "class": "found"}))
    rest = _Cursor(others)
    found: list[Paragraph] = []
    start = 0
    before_text = True
    used: set[str] = set()
    told: set[str] = set()
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
                marks += _first_of_each(terms.within(start, end), told) + _inline(by_start, start, end)
            found.append(
                Paragraph(
                    render(line, marks, start, used),
                    start,
                    alone.depth if alone else 0,
                    anchor(alone) if alone else "",
                    begins.get(opening.id, "") if opening else "",
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
