"""What was changed in a document, as its readers see it: row by row, the doubtful places apart."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from corpus.doubts import Doubt
from corpus.model import Repair
from corpus.repairs import KINDS, change_of, kind_name, visible
from corpus.sentences import around
from graph.facts import untrusted
from graph.figures import find_figures
from web import links
from web.marks import highlighted


@dataclass(frozen=True, slots=True)
class Row:
    """A change: ``before`` and ``after`` as HTML, ``after`` "" where words were left out (``removed``) or only set
    apart from the text; ``address`` leads to its place in the text, ``at`` is that place."""

    kind: str
    reason: str
    at: int
    address: str
    before: Markup
    after: Markup
    removed: bool


@dataclass(frozen=True, slots=True)
class DoubtRow:
    """A sentence with doubtful places: as HTML with their spans marked, what they are (kind, reason), each once, and
    the figures there that are not counted."""

    address: str
    sentence: Markup
    reasons: tuple[tuple[str, str], ...]
    figures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KindCount:
    """A kind of repair, how often it occurs, the reason of a change ("" where all are marks), whether some are doubtful."""

    kind: str
    name: str
    count: int
    reason: str
    doubtful: bool


def kinds(notes: Iterable[Repair]) -> list[KindCount]:
    """The kinds that occur, in the order of ``corpus.repairs.KINDS``; the reason only of a change."""
    listed = list(notes)
    counts = Counter(note.kind for note in listed)
    reasons = {note.kind: note.reason for note in reversed(listed) if not note.doubtful}
    doubtful = {note.kind for note in listed if note.doubtful}
    order = {kind: n for n, kind in enumerate(KINDS)}
    return [
        KindCount(kind, kind_name(kind), counts[kind], reasons.get(kind, ""), kind in doubtful)
        for kind in sorted(counts, key=lambda kind: (order.get(kind, len(order)), kind))
    ]


def _address(document_id: str, text: str, note: Repair) -> str:
    start, end = around(text, note.start, note.end)
    return links.url(links.document(document_id), at=f"{start}-{max(end, start + 1)}", repairs="1") + "#at"


def _around(head: str, tag: str, words: str, tail: str) -> Markup:
    changed = Markup("<{0}>{1}</{0}>").format(Markup(tag), visible(words)) if words else Markup("")
    return Markup("{}{}{}").format(visible(head), changed, visible(tail))


def rows(document_id: str, text: str, notes: Iterable[Repair]) -> list[Row]:
    """The changes among ``notes``, in the order of the text."""
    found = []
    for note in notes:
        if note.doubtful:
            continue
        change = change_of(note, text)
        before = _around(change.head, "del", change.removed, change.tail)
        whole = not note.after or note.before == note.after
        after = Markup("") if whole else _around(change.head, "ins", change.added, change.tail)
        address = _address(document_id, text, note)
        found.append(Row(note.kind, note.reason, note.start, address, before, after, not note.after))
    return sorted(found, key=lambda row: row.at)


def doubt_rows(document_id: str, text: str, notes: Iterable[Repair]) -> list[DoubtRow]:
    """The sentences that have doubtful places among ``notes``, in the order of the text."""
    spans: dict[tuple[int, int], list[Repair]] = defaultdict(list)
    for note in notes:
        if note.doubtful:
            spans[around(text, note.start, note.end)].append(note)
    found = []
    for (start, end), doubtful in sorted(spans.items()):
        marked = [Doubt(note.start - start, note.end - start, note.kind, note.reason) for note in doubtful]
        figures = tuple(
            text[start + figure.start : start + figure.end]
            for figure in find_figures(text[start:end])
            if untrusted(start + figure.start, start + figure.end, doubtful)
        )
        reasons = tuple(dict.fromkeys((note.kind, note.reason) for note in doubtful))
        sentence = highlighted(text[start:end], (), marked)
        found.append(DoubtRow(_address(document_id, text, doubtful[0]), sentence, reasons, figures))
    return found
