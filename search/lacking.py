"""What many places write about a matter and a draft on it doesn't: kinds of figures, and things done along with it.

The places are those that answer the place question about each topic of the draft (``search.places``), their figures those
that count what the topic names. A thing done along with it is a topic that their sentences about the matter name, and
name more often than sentences on other matters do. Few places, or one document, tell nothing: then nothing is said.
"""

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Literal

from corpus.lexicon import WRITING, Concept
from corpus.model import Claim
from graph.figures import find_figures
from graph.measures import comparable
from search.analyzer import squeeze
from search.answers import Evidence, Span
from search.concepts import ConceptIndex
from search.draft import DraftClause
from search.nearest import official
from search.places import SAMPLED, Sample, Sampled
from search.quoting import Row

LEAST_PLACES = 5  # that write about a topic: fewer are no custom
_LEAST_HAVING = 3  # of them that have the kind of figure that the draft lacks
_LEAST_NAMING = 4  # of them that name the topic that the draft lacks
_SHARE = 0.3  # of them that must have a kind of figure
_SHARE_OF_KIN = 0.35  # of them that must name another topic that the lexicon has near this one
_SHARE_OF_ALIENS = 0.5  # of them that must name any other topic
_LIFT = 2.0  # how much more often than elsewhere they must name it
_SURE = 0.6  # confidence from which a clause is about a topic
_SURE_NAMED = 0.3  # the same where it has an official label of the topic
_LEAST_SAID = 8  # squeezed characters: a shorter clause is about nothing but what it names
_TOPICS = 2  # of a paragraph that are looked at
_MOST_TOPICS = 16  # of a draft
_PER_TOPIC = 3
MOST = 12  # lacks of a draft that are told
_EXAMPLES = 2
_REMEMBERED = 64  # topics of which it is kept what places write

#: What figures in a comparable unit tell: (kinds of figures that stand for each other, how a report is asked for them).
_ASKED: Mapping[str, tuple[str, str]] = {
    "元": ("money", "投入或发放了多少钱"),
    "人": ("people", "惠及或参加了多少人"),
    "人次": ("people", "惠及或参加了多少人"),
    "户": ("households", "帮了多少户"),
    "户次": ("households", "帮了多少户"),
    "个": ("things", "建成或发展了多少个（家）"),
    "家次": ("things", "建成或发展了多少个（家）"),
    "场次": ("events", "办了多少场"),
    "次": ("events", "办了多少场"),
    "期": ("events", "办了多少期"),
    "件": ("cases", "办了多少件"),
    "项": ("items", "有多少项"),
    "%": ("rate", "达到百分之几"),
}


@dataclass(frozen=True, slots=True)
class Lack:
    """Something that ``having`` of ``places`` places that write about ``topic`` have and the draft doesn't. ``label`` is
    the question that the figures answer, or the other topic. ``examples`` are sentences of different places, the figure or
    the topic marked, and ``named`` those places."""

    kind: Literal["figure", "topic"]
    topic: str
    label: str
    having: int
    places: int
    paragraph: int
    examples: tuple[Evidence, ...]
    named: tuple[str, ...]

    @property
    def told(self) -> str:
        """What the draft might add, in one Chinese sentence."""
        what = f"写了{self.label}" if self.kind == "figure" else f"同时写了“{self.label}”"
        surest = "中把握最大的" if self.places >= SAMPLED else "的"
        return f"写“{self.topic}”{surest} {self.places} 个地方里，{self.having} 个{what}"


@dataclass(frozen=True, slots=True)
class Focus:
    """A topic that a draft is about, and the clauses that say so."""

    concept: Concept
    confidence: float
    clauses: tuple[DraftClause, ...]


def focuses(links: Mapping[DraftClause, Sequence[tuple[Concept, float]]], topics: ConceptIndex) -> list[Focus]:
    """What a draft is about: up to two topics of each paragraph, in reading order, each once."""
    weights: dict[int, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    told: dict[str, list[DraftClause]] = defaultdict(list)
    concepts: dict[str, Concept] = {}
    for clause, found in links.items():
        named = {c.label for s in topics.standing(clause.text) for c in s.concepts if s.label in official(c)}
        least = _SURE if len(squeeze(clause.text)) >= _LEAST_SAID else math.inf
        for concept, confidence in found:
            if concept.group in ("", WRITING):
                continue
            if confidence >= (_SURE_NAMED if concept.label in named else least):
                concepts[concept.label] = concept
                told[concept.label].append(clause)
                weights[clause.paragraph][concept.label] += confidence
    chosen: dict[str, float] = {}
    for ours in weights.values():
        for label in sorted(ours, key=lambda label: (-ours[label], label))[:_TOPICS]:
            chosen[label] = max(chosen.get(label, 0.0), ours[label])
    kept = [label for label in told if label in chosen][:_MOST_TOPICS]
    return [Focus(concepts[label], chosen[label], tuple(told[label])) for label in kept]


@dataclass(frozen=True, slots=True)
class _Example:
    """A sentence of a place, and the span of it to point out."""

    place: str
    row: Row
    span: Span


@dataclass(frozen=True, slots=True)
class _Custom:
    """What places write about a topic: those that did it, with their figures, and the topics that their sentences name
    beside it, with the first such sentence of each place."""

    sample: Sample
    places: tuple[Sampled, ...]
    documents: int
    naming: Mapping[Concept, Sequence[_Example]]


class Peers:
    """Compares a draft with what places write about the same matters; what they write is remembered for the last topics."""

    def __init__(
        self,
        topics: ConceptIndex,
        places: Callable[[str], Sample],
        naming: Callable[[Claim], Iterable[tuple[Concept, Span]]],
        shares: Callable[[], Mapping[str, float]],
    ) -> None:
        """``places`` gives those who did a topic; ``naming`` finds the topics that a sentence names; ``shares`` says how
        many of all passages name each topic, 0..1."""
        self._topics = topics
        self._places = places
        self._naming = naming
        self._shares = shares
        self._customs = lru_cache(_REMEMBERED)(self._custom)

    def lacks(self, clauses: Sequence[DraftClause], found: Iterable[Focus]) -> list[Lack]:
        """What many places have and the draft lacks, the commonest first."""
        text = "\n".join(clause.text for clause in clauses)
        said = {c.label for standing in self._topics.standing(text) for c in standing.concepts}
        out: list[tuple[Focus, Lack]] = []
        for focus in found:
            custom = self._customs(focus.concept)
            if len(custom.places) >= LEAST_PLACES and custom.documents > 1:
                both = [*self._figures(focus, custom, clauses), *self._along(focus, custom, said)]
                out += [(focus, lack) for lack in sorted(both, key=lambda lack: -lack.having)[:_PER_TOPIC]]
        best: dict[tuple[object, str], Lack] = {}
        for focus, lack in sorted(out, key=lambda one: (-one[1].having / one[1].places, one[1].paragraph)):
            # Two topics of the same clauses lack the same figures.
            best.setdefault((focus.clauses if lack.kind == "figure" else "", lack.label), lack)
        return list(best.values())[:MOST]

    def _custom(self, topic: Concept) -> _Custom:
        """What places write about a topic."""
        sample, own = self._places(topic.label), official(topic)

        @cache
        def meant(words: str) -> bool:
            return any(words in label or label in words for label in own)

        ours = tuple(place for place in sample.places if place.answer.status != "planned")
        naming: dict[Concept, list[_Example]] = defaultdict(list)
        for place in ours:
            met: set[str] = set()
            for row in place.rows:
                for concept, (start, end) in self._naming(row.claim):
                    if concept.label not in met and not meant(squeeze(row.claim.text[start:end])):
                        met.add(concept.label)
                        naming[concept].append(_Example(place.answer.place, row, (start, end)))
        documents = {row.claim.document_id for place in ours for row in place.rows}
        return _Custom(sample, ours, len(documents), naming)

    def _figures(self, focus: Focus, custom: _Custom, clauses: Sequence[DraftClause]) -> Iterable[Lack]:
        """Kinds of figures that places give about a topic, and the paragraphs about it don't."""
        paragraphs = {clause.paragraph for clause in focus.clauses}
        given = {
            _ASKED.get(comparable(1, figure.unit)[0], ("", ""))[0]
            for clause in clauses
            if clause.paragraph in paragraphs
            for figure in find_figures(clause.text)
        }
        units: dict[str, list[int]] = defaultdict(list)
        for number, column in enumerate(custom.sample.columns):
            units[_ASKED.get(column.unit, ("", ""))[0]].append(number)
        for kind, columns in units.items():
            if not kind or kind in given:
                continue
            having = [place for place in custom.places if any(place.answer.cells[number] for number in columns)]
            if len(having) < max(_LEAST_HAVING, _SHARE * len(custom.places)):
                continue
            examples = list(_with_figure(having, columns))
            if len({example.row.claim.document_id for example in examples}) > 1:
                label = _ASKED[custom.sample.columns[columns[0]].unit][1]
                yield _lack("figure", focus, label, len(having), custom, examples)

    def _along(self, focus: Focus, custom: _Custom, said: set[str]) -> Iterable[Lack]:
        """Topics that the places' sentences about the matter name, too."""
        usual, places = self._shares(), len(custom.places)
        sentences = sum(len(place.rows) for place in custom.places) / places
        for concept, found in custom.naming.items():
            if concept.group in ("", WRITING) or concept.label in said or _is_within(concept, focus.concept):
                continue
            share = len(found) / places
            least = _SHARE_OF_KIN if _are_kin(concept, focus.concept) else _SHARE_OF_ALIENS
            chance = 1 - (1 - usual.get(concept.label, 0.0)) ** sentences
            several = len({example.row.claim.document_id for example in found}) > 1
            if len(found) >= _LEAST_NAMING and share >= max(least, _LIFT * chance) and several:
                yield _lack("topic", focus, concept.label, len(found), custom, found)


def _is_within(a: Concept, b: Concept) -> bool:
    """True where one of two topics is the other or part of it."""
    return a.label in (b.label, *b.broader) or b.label in a.broader


def _are_kin(a: Concept, b: Concept) -> bool:
    """True where the lexicon has two topics near each other."""
    return a.group == b.group or a.label in b.related or b.label in a.related


def _with_figure(having: Iterable[Sampled], columns: Sequence[int]) -> Iterable[_Example]:
    """Of each place the sentence with its first figure."""
    for place in having:
        cells = [cell for number in columns for cell in place.answer.cells[number]]
        for row in place.rows:
            claim = row.claim
            held = [c for c in cells if c.document_id == claim.document_id and claim.start <= c.start < claim.end]
            if held:
                yield _Example(place.answer.place, row, (held[0].start - claim.start, held[0].end - claim.start))
                break


def _lack(
    kind: Literal["figure", "topic"],
    focus: Focus,
    label: str,
    having: int,
    custom: _Custom,
    examples: Sequence[_Example],
) -> Lack:
    """With examples of different documents, short ones first."""
    chosen: dict[str, _Example] = {}
    for example in sorted(examples, key=lambda example: len(example.row.claim.text)):
        if len(chosen) < _EXAMPLES:
            chosen.setdefault(example.row.claim.document_id, example)
    evidence = (replace(custom.sample.quoted(example.row), marks=(example.span,)) for example in chosen.values())
    return Lack(
        kind, focus.concept.label, label, having, len(custom.places), focus.clauses[0].paragraph,
        tuple(evidence), tuple(example.place for example in chosen.values()),
    )  # fmt: skip
