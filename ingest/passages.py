"""Passages: whole sentences of one paragraph, about 120 to 350 characters; the unit that is searched and cited."""

from collections.abc import Iterator, Sequence

from corpus.sentences import sentences

SHORTEST, LONGEST, AIM = 120, 350, 280


def pieces(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Spans of whole sentences that ``text[start:end]`` is cut into, evenly; a sentence is never cut."""
    spans = sentences(text[start:end], start)
    if not spans:
        return []
    total = spans[-1][1] - spans[0][0]
    if total <= LONGEST:
        return [(spans[0][0], spans[-1][1])]
    aim = total / round(total / AIM + 0.2)
    found: list[tuple[int, int]] = []
    first = 0
    for k, (_, stop) in enumerate(spans):
        length = stop - spans[first][0]
        following = spans[k + 1][1] - spans[first][0] if k + 1 < len(spans) else 0
        rest = spans[-1][1] - stop
        # Stop where going on would miss the aim by more, unless too little were left for a passage.
        nearer = abs(length - aim) <= abs(following - aim) or following > LONGEST
        if following and length >= SHORTEST // 2 and nearer and (rest >= SHORTEST // 2 or following > LONGEST):
            found.append((spans[first][0], stop))
            first = k + 1
    found.append((spans[first][0], spans[-1][1]))
    return found


def merged(text: str, spans: Sequence[tuple[int, int, int]]) -> Iterator[tuple[int, int, int]]:
    """Neighbouring paragraphs (start, end, section) with a lead-in or a single short line put together.

    A line of less than half the shortest passage goes with the paragraph below it if both are of one section and
    make no more than the longest passage; else with the paragraph above, unless it leads in to what follows.
    """
    waiting: tuple[int, int, int] | None = None
    for span in spans:
        if waiting is not None:
            lead_in = text[span[0] : span[1]].endswith(("：", ":"))
            small = waiting[1] - waiting[0] < SHORTEST // 2 or (span[1] - span[0] < SHORTEST // 2 and not lead_in)
            if small and waiting[2] == span[2] and span[1] - waiting[0] <= LONGEST and span[0] - waiting[1] <= 1:
                waiting = (waiting[0], span[1], span[2])
                continue
            yield waiting
        waiting = span
    if waiting is not None:
        yield waiting
