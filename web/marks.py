"""Text with marked spans, as HTML that is escaped and well nested whatever the spans are."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from markupsafe import Markup, escape

from corpus.doubts import Doubt


@dataclass(frozen=True, slots=True)
class Mark:
    """An element around ``start:end``; an empty span is an empty element at that place. ``attributes`` are raw."""

    start: int
    end: int
    tag: str
    attributes: Mapping[str, str] = field(default_factory=dict)


def _opening(mark: Mark, used: set[str]) -> str:
    """The start tag; an id that is ``used`` already is left out. Tags and names of attributes are ours, values are not."""
    attributes = ""
    for name, value in mark.attributes.items():
        if name == "id":
            if value in used:
                continue
            used.add(value)
        attributes += f' {name}="{escape(value)}"'
    return f"<{mark.tag}{attributes}>"


def _closing(mark: Mark) -> str:
    return f"</{mark.tag}>"


def _clipped(marks: Iterable[Mark], length: int, offset: int) -> list[Mark]:
    """Marks that touch the text, in its own coordinates, outer before inner."""
    found: list[Mark] = []
    for mark in marks:
        start, end = max(mark.start - offset, 0), min(mark.end - offset, length)
        empty = mark.start == mark.end and 0 <= mark.start - offset <= length
        if start < end or empty:
            found.append(Mark(start, max(start, end), mark.tag, mark.attributes))
    return sorted(found, key=lambda mark: (mark.start, -mark.end))


def render(text: str, marks: Iterable[Mark], offset: int = 0, used: set[str] | None = None) -> Markup:
    """``text`` as HTML with ``marks``, whose offsets count from ``offset`` characters before the text.

    Marks may overlap, repeat or lie outside: crossing ones are split, a link inside a link is dropped. Only the first
    piece carries the id; ``used`` holds the ids that stand on the page already and takes up those given here.
    """
    used = set() if used is None else used
    ordered = _clipped(marks, len(text), offset)
    points = [mark for mark in ordered if mark.start == mark.end]
    spans = [mark for mark in ordered if mark.start < mark.end]
    cuts = sorted({0, len(text), *(cut for mark in ordered for cut in (mark.start, mark.end))})
    out: list[str] = []
    open_now: list[Mark] = []

    for start, end in zip(cuts, [*cuts[1:], len(text)], strict=True):
        wanted = _active(spans, start, end)
        keep = 0
        while keep < min(len(wanted), len(open_now)) and wanted[keep] is open_now[keep]:
            keep += 1
        out.extend(_closing(mark) for mark in reversed(open_now[keep:]))
        # An empty element stands between what ends at its place and what begins there.
        for point in points:
            if point.start == start and not _nested(point, open_now[:keep]):
                out.extend((_opening(point, used), _closing(point)))
        out.extend(_opening(mark, used) for mark in wanted[keep:])
        open_now = wanted
        out.append(escape(text[start:end]))
    return Markup("".join(out))


def _active(spans: list[Mark], start: int, end: int) -> list[Mark]:
    active: list[Mark] = []
    for mark in spans:
        inside = mark.start <= start and mark.end >= end and mark.end > start
        if inside and not _nested(mark, active):
            active.append(mark)
    return active


def _nested(mark: Mark, around: list[Mark]) -> bool:
    """True for a link inside a link."""
    return mark.tag == "a" and any(other.tag == "a" for other in around)


def highlighted(text: str, spans: Iterable[tuple[int, int]], doubtful: Iterable[Doubt] = ()) -> Markup:
    """``text`` with ``spans`` (start, end) in ``<mark>`` and what is doubtful underlined."""
    found = [Mark(start, end, "mark") for start, end in merged(spans)]
    return render(text, [*found, *(doubt_mark(doubt.start, doubt.end, doubt.reason) for doubt in doubtful)])


def pointed(
    text: str, spans: Iterable[tuple[int, int]], doer: tuple[int, int] | None, doubtful: Iterable[Doubt] = ()
) -> Markup:
    """``text`` with what was asked for in ``<mark>``, who did it in ``<b>``, and what is doubtful underlined."""
    found = [Mark(start, end, "mark") for start, end in merged(spans)]
    found += [Mark(*doer, "b", {"class": "doer"})] if doer else []
    return render(text, [*found, *(doubt_mark(doubt.start, doubt.end, doubt.reason) for doubt in doubtful)])


def doubt_mark(start: int, end: int, reason: str) -> Mark:
    """The mark of a doubtful span."""
    return Mark(start, end, "span", {"class": "doubt", "title": f"存疑：{reason}"})


def merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans in order, those that overlap or touch joined; empty ones are dropped."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(span for span in spans if span[0] < span[1]):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found
