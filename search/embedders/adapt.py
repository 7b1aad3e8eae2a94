"""Fine-tuning a static model on a library: ``gongzhi adapt``.

Nobody judges anything for it. What a library says of itself is learned: a heading and the passages under it, a title
and its document, a term and the sentence that explains it, two names of one term, a sentence and what stands around it,
and the lexicon's wordings, those that people taught it among them, with the library's own sentences that hold an official
one. A fifth of the headings is held out to measure on.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2s

import numpy as np
from tokenizers import Tokenizer

from corpus.lexicon import Concept
from corpus.model import Definition, Document, Passage, Term
from corpus.store import Store
from search.analyzer import fold
from search.embedders.base import Floats
from search.embedders.contrast import Batch, Manner, Table
from search.embedders.labels import LabelTest, Recall
from search.embedders.pairs import LexiconPairs, Source, TextPairs, means, some, token_ids
from search.embedders.static import StaticEmbedder
from search.embedders.texts import Paragraph, Text
from search.embedders.train import Progress, silent, tune
from search.errors import LibraryTooSmall

LEAST_HEADINGS = 40  # different ones, with passages under them: fewer teach nothing and measure nothing
_MOST_PASSAGES = 20_000  # of a larger library a sample is learned from
_HELD_OUT = 0.2  # share of headings
_SHORTEST_HEADING = 4
_LOOKED_AT = 10
_WORSE = 0.01  # share of the lexicon's wordings that may get lost
_BATCH = 160


@dataclass(frozen=True, slots=True)
class AdaptationPlan:
    """How to adapt: fewer and smaller steps than training takes, from vectors that are good already."""

    seed: int = 7
    steps: int = 600
    rate: float = 0.006


@dataclass(frozen=True, slots=True)
class Figures:
    """What a model finds: of headings held out the share whose first passage is right, the mean reciprocal rank among
    the first ten, and the lexicon's everyday wordings that find their topic by its official labels."""

    first: float
    reciprocal: float
    wordings: Recall

    def better_than(self, other: "Figures") -> bool:
        """True where headings find more and hardly a wording got lost."""
        return self.reciprocal > other.reciprocal and self.wordings.first >= other.wordings.first - _WORSE


@dataclass(frozen=True, slots=True)
class Adaptation:
    """What adapting gave: the vectors (tokens, width), how much was learned from, figures ``before`` and ``after``."""

    vectors: Floats
    headings: int
    held: int
    passages: int
    before: Figures
    after: Figures

    @property
    def better(self) -> bool:
        return self.after.better_than(self.before)


class HeadingTest:
    """Headings held out, to be found among all passages."""

    def __init__(self, tokenizer: Tokenizer, parts: Sequence[Paragraph], held: frozenset[str]) -> None:
        asked = sorted(held)
        self._asked = token_ids(tokenizer, asked)
        self._passages = token_ids(tokenizer, (part.text for part in parts))
        self._right = [{i for i, part in enumerate(parts) if part.heading == heading} for heading in asked]

    def ranks(self, vectors: Floats) -> list[int]:
        """For each heading how many passages lie nearer than the first right one."""
        cosines = means(vectors, self._asked) @ means(vectors, self._passages).T
        return [int((row > max(row[i] for i in right)).sum()) for row, right in zip(cosines, self._right, strict=True)]


def _is_held(heading: str) -> bool:
    return blake2s(heading.encode()).digest()[0] < 256 * _HELD_OUT


class NamePairs:
    """Batches of pairs of texts that say one thing."""

    def __init__(self, tokenizer: Tokenizer, pairs: Sequence[tuple[str, str]]) -> None:
        sides = [token_ids(tokenizer, map(fold, side)) for side in zip(*pairs, strict=True)] if pairs else [[], []]
        self._pairs = [(a, b) for a, b in zip(*sides, strict=True) if len(a) and len(b)]

    def batch(self, size: int, rng: np.random.Generator) -> Batch | None:
        """Some of the pairs; None where there are too few."""
        chosen = some(self._pairs, size, rng)
        return Batch([a for a, _ in chosen], [b for _, b in chosen]) if len(chosen) > 1 else None


def _names(store: Store) -> list[tuple[str, str]]:
    """(term, explaining sentence) and (term, other name of it)."""
    labels = {term.id: term.label for term in store.select(Term)}
    explained = [(labels[d.term_id], d.text) for d in store.select(Definition) if d.term_id in labels]
    return explained + [(term.label, alias) for term in store.select(Term) for alias in term.aliases]


def adapt(
    store: Store,
    concepts: Sequence[Concept],
    model: StaticEmbedder,
    used: StaticEmbedder,
    plan: AdaptationPlan,
    progress: Progress = silent,
) -> Adaptation:
    """Fine-tune ``model`` on a library that is searched with ``used`` now, whose figures are those ``before``.

    The same library and seed give the same vectors on the same machine. Raises LibraryTooSmall.
    """
    rng = np.random.default_rng(plan.seed)
    titles = {document.id: fold(document.title) for document in store.shown(Document)}
    parts = [
        Paragraph(titles[p.document_id], fold(p.headings[-1]) if p.headings else "", fold(p.text))
        for p in some(list(store.shown(Passage)), _MOST_PASSAGES, rng)
    ]
    headings = {part.heading for part in parts if len(part.heading) >= _SHORTEST_HEADING}
    held = frozenset(filter(_is_held, headings))
    if len(headings) < LEAST_HEADINGS or not held:
        raise LibraryTooSmall(len(headings), LEAST_HEADINGS)
    learned = [Paragraph(p.title, "" if p.heading in held else p.heading, p.text) for p in parts]
    tokenizer = model.tokenizer
    texts = [Text(title, text) for title, text in _bodies(learned)]
    general = TextPairs(tokenizer, texts, learned)
    plain = [concept for concept in concepts if concept.hidden_labels]
    named = LexiconPairs(tokenizer, plain, [concept.hidden_labels for concept in plain], learned)
    shares: list[tuple[Source, float]] = [
        (general.headings, 1.0),
        (general.surroundings, 0.5),
        (general.titles, 0.2),
        (NamePairs(tokenizer, _names(store)).batch, 0.5),
        (named.wordings, 1.0),
        (named.uses, 0.3),
    ]
    table = Table.start(model.vectors)
    width = model.size
    manner = Manner(tuple(dict.fromkeys((width, width // 2, width // 4))))
    tune(table, shares, named.mine, plan.steps, _BATCH, plan.rate, manner, rng, progress)
    tests = HeadingTest(tokenizer, parts, held), _wordings(tokenizer, concepts)
    before = (
        tests
        if used.tokenizer is tokenizer
        else (HeadingTest(used.tokenizer, parts, held), _wordings(used.tokenizer, concepts))
    )
    return Adaptation(
        table.vectors,
        len(headings),
        len(held),
        len(parts),
        _figures(used.vectors, *before),
        _figures(table.vectors, *tests),
    )


def _bodies(parts: Sequence[Paragraph]) -> list[tuple[str, str]]:
    found: dict[str, list[str]] = {}
    for part in parts:
        found.setdefault(part.title, []).append(part.text)
    return [(title, "".join(texts)) for title, texts in found.items()]


def _wordings(tokenizer: Tokenizer, concepts: Sequence[Concept]) -> LabelTest:
    return LabelTest(
        tokenizer,
        [Concept(c.label, c.alt_labels, broader=c.broader, part_of=c.part_of) for c in concepts],
        [(concept.label, label) for concept in concepts for label in concept.hidden_labels],
    )


def _figures(vectors: Floats, headings: HeadingTest, wordings: LabelTest) -> Figures:
    ranks = headings.ranks(vectors)
    reciprocal = np.mean([1 / (rank + 1) if rank < _LOOKED_AT else 0.0 for rank in ranks])
    return Figures(float(np.mean([rank == 0 for rank in ranks])), float(reciprocal), wordings.recall(vectors))
