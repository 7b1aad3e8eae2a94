"""What a library was taught, laid over the lexicon, and the passages that speak of what only lessons name."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from corpus.lexicon import Concept, lexicon
from corpus.model import Taught
from corpus.store import Store
from corpus.teaching import OWN, overlaid, passages_with
from graph.teaching import names_of_terms
from search.analyzer import squeeze
from search.mentions import Wording
from search.topics import Topics


@dataclass(frozen=True, slots=True)
class Lessons:
    """``concepts`` are those of the lexicon in their order, then those that only lessons made; ``count`` says after how
    many changes of what was taught."""

    count: int
    concepts: tuple[Concept, ...]

    @classmethod
    def of(cls, store: Store) -> "Lessons":
        """What holds in a library now."""
        count, held = store.lessons, store.select(Taught, undone="")
        known = {concept.label for concept in lexicon()}
        names = names_of_terms(store, {lesson.concept for lesson in held} - known)
        return cls(count, overlaid(lexicon(), held, names))

    @property
    def own(self) -> tuple[Concept, ...]:
        """The concepts that the lexicon doesn't have."""
        return tuple(concept for concept in self.concepts if concept.group == OWN)


def in_official_words(query: str, topics: Topics) -> str:
    """A question with the official wording in place of what was taught: the words themselves stand in no document, and
    whoever taught them said that the other is what they ask for."""
    for found in reversed(tuple(topics.standing(query))):
        meant = [c.label for c in found.concepts if found.label in map(squeeze, c.taught)]
        if meant:
            query = query[: found.start] + "或".join(meant) + query[found.end :]
    return query


def wordings_of(
    store: Store, concepts: Iterable[tuple[int, Concept]], rows: Mapping[str, int]
) -> dict[int, Sequence[Wording]]:
    """Row → the official wordings of these concepts, each with its number, that stand in the passage; ``rows`` maps a
    passage's id to its row."""
    found: dict[int, list[Wording]] = defaultdict(list)
    for number, concept in concepts:
        labels = sorted({squeeze(label) for label in concept.official}, key=len, reverse=True)
        passages = {p.id: p.text for label in labels for p in passages_with(store, label) if p.id in rows}
        for passage, text in passages.items():
            for label, times in _standing(squeeze(text), labels).items():
                found[rows[passage]] += [(label, number)] * times
    return dict(found)


def _standing(text: str, labels: Sequence[str]) -> Counter[str]:
    """How often each label, the longest first, stands in a text outside the ones before it."""
    counts: Counter[str] = Counter()
    for label in filter(None, labels):
        counts[label] = text.count(label)
        text = text.replace(label, "\0")
    return +counts
