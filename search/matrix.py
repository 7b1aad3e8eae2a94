"""Places against topics: how many sentences say that a place did, is doing or plans each of them.

A cell counts the sentences of the places answer for its topic, so it opens exactly what it counts. An empty cell means that
nothing is mentioned: 未提及不等于未开展.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from corpus.lexicon import WRITING, lexicon
from search.answers import PlaceAnswer, PlacesAnswer

Order = Literal["code", "most"]

#: Topics side by side at most, and characters of one.
MOST_TOPICS, LONGEST_TOPIC = 24, 200
_USUAL, _OF_A_FIELD = 12, 2
_UNITS = ("enterprise", "department")


@dataclass(frozen=True, slots=True)
class TopicColumn:
    """A topic as it was asked for. ``group`` is the field of work that the library's own choice comes from, else "";
    ``places`` is how many of the rows have it."""

    topic: str
    group: str
    places: int


@dataclass(frozen=True, slots=True)
class Count:
    """Sentences by status."""

    done: int = 0
    ongoing: int = 0
    planned: int = 0

    @property
    def total(self) -> int:
        """All sentences."""
        return self.done + self.ongoing + self.planned


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A place with one count for each topic."""

    place: str
    code: str
    level: str
    province: str
    cells: tuple[Count, ...]

    @property
    def topics(self) -> int:
        """How many topics it has sentences of."""
        return sum(1 for cell in self.cells if cell.total)


@dataclass(frozen=True, slots=True)
class Matrix:
    """``documents`` is how many were looked through; ``provinces`` are those that the topics are found in, whichever of
    them the rows were limited to; ``chosen`` is True where somebody named the topics, False where the library chose them;
    ``left_out`` are topics there was no room for."""

    topics: tuple[TopicColumn, ...]
    rows: tuple[PlaceRow, ...]
    provinces: tuple[str, ...]
    documents: int
    chosen: bool
    left_out: tuple[str, ...] = ()


def asked(lines: Iterable[str]) -> tuple[str, ...]:
    """The topics in what somebody wrote, one per line; repeated and empty ones are dropped, long ones cut."""
    written = (line.strip()[:LONGEST_TOPIC].strip() for text in lines for line in text.splitlines())
    return tuple(dict.fromkeys(line for line in written if line))


def usual_topics(spread: dict[str, int]) -> tuple[tuple[str, str], ...]:
    """(topic, group) of what most places give figures about, no more than two of a field, field by field.

    ``spread`` maps a concept to how many places have a sentence with a figure about it.
    """
    found: list[tuple[str, str]] = []
    for concept in sorted(lexicon(), key=lambda concept: (-spread.get(concept.label, 0), concept.label)):
        near = {*concept.broader, *concept.related}  # 劳模表彰 beside 五一劳动奖 tells little more than one of them
        if (
            spread.get(concept.label)
            and concept.group not in ("", WRITING)
            and sum(group == concept.group for _, group in found) < _OF_A_FIELD
            and not any(topic in near for topic, _ in found)
        ):
            found.append((concept.label, concept.group))
    groups = list(dict.fromkeys(concept.group for concept in lexicon()))
    return tuple(sorted(found[:_USUAL], key=lambda row: groups.index(row[1])))


def build_matrix(
    answer: Callable[[str, str], PlacesAnswer],
    topics: Sequence[tuple[str, str]],
    *,
    province: str = "",
    level: str = "",
    order: Order = "code",
    chosen: bool = True,
) -> Matrix:
    """Every place that ``answer`` (question, level) has for one of the ``topics`` (topic, group).

    ``level`` is province, city, county or enterprise; "" stands for the first three.
    """
    wanted = _UNITS if level == "enterprise" else (level,) if level else ("province", "city", "county")
    shown, left_out = topics[:MOST_TOPICS], topics[MOST_TOPICS:]
    places: dict[tuple[str, str], PlaceAnswer] = {}  # several counties may share a name
    counts: dict[tuple[str, str], dict[int, Count]] = {}
    documents = answer("", "").coverage.documents
    for number, (topic, _) in enumerate(shown):
        found = answer(topic, "enterprise" if level == "enterprise" else "")
        for place in found.answers:
            if place.level in wanted:
                key = (place.place, place.code)
                places.setdefault(key, place)
                counts.setdefault(key, {})[number] = Count(*place.counts)
    rows = [
        PlaceRow(
            place.place,
            place.code,
            place.level,
            place.province,
            tuple(counts[key].get(number, Count()) for number in range(len(shown))),
        )
        for key, place in places.items()
        if not province or place.province == province
    ]
    rows.sort(key=lambda row: (-row.topics if order == "most" else 0, not row.code, row.code, row.place))
    columns = tuple(
        TopicColumn(topic, group, sum(1 for row in rows if row.cells[number].total))
        for number, (topic, group) in enumerate(shown)
    )
    known = {place.province: place.code[:2] or "99" for place in places.values() if place.province}
    provinces = tuple(sorted(known, key=lambda name: (known[name], name)))
    return Matrix(columns, tuple(rows), provinces, documents, chosen, tuple(topic for topic, _ in left_out))
