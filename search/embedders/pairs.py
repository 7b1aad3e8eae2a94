"""Pairs to learn from: what the lexicon says is one thing, and what stands together in general texts.

Of the lexicon: everyday wordings and official ones of a concept, the wrong answers beside them being its look-alikes
(its negative labels, and the concepts that the vectors of the moment put nearest to it), and sentences of general texts
that hold an official label. Of the texts: a title and a run of its text, a heading and a paragraph under it, a sentence
and what stands around it (inverse cloze, Lee, Chang & Toutanova 2019).
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

import ahocorasick_rs
import numpy as np
from tokenizers import Tokenizer

from corpus.lexicon import Concept
from corpus.sentences import sentences
from search.analyzer import fold
from search.embedders.base import Floats, normalised
from search.embedders.contrast import Bars, Batch, Ids
from search.embedders.texts import Paragraph, Text

_NEAREST = 8  # concepts that look like one by the vectors
_LOOK_ALIKES = 0.3  # how often a negative label, where a concept has one, is the wrong answer
_SHORTEST_NAMED = 3  # characters of a label that is looked for in texts
_SENTENCE = (15, 200)  # characters of a sentence that a label is learned from
_MOST_NAMED = 200  # sentences for a concept
_TITLE = 4
_ASKED, _ANSWER = 120, 300  # characters of a sentence, and of what it is paired with, that are read

Source = Callable[[int, np.random.Generator], Batch | None]
Item = TypeVar("Item")


def token_ids(tokenizer: Tokenizer, texts: Iterable[str]) -> list[Ids]:
    """The known tokens of each text."""
    encodings = tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)
    return [np.array([i for i in encoding.ids if i], np.int64) for encoding in encodings]


def means(vectors: Floats, texts: Sequence[Ids]) -> Floats:
    """(texts, width) unit vectors."""
    nothing = np.zeros(vectors.shape[1], np.float32)
    return normalised(np.stack([vectors[ids].sum(axis=0) if len(ids) else nothing for ids in texts]))


class LexiconPairs:
    """Batches of distinct concepts, no two of one line (broader, part of, sharing a label) taken for different."""

    def __init__(
        self,
        tokenizer: Tokenizer,
        concepts: Sequence[Concept],
        plain: Sequence[Sequence[str]],
        paragraphs: Iterable[Paragraph] = (),
    ) -> None:
        """``plain`` has the everyday labels of each concept that may be learned."""
        read = [
            (concept, self._known(tokenizer, labels), self._known(tokenizer, concept.official))
            for concept, labels in zip(concepts, plain, strict=True)
        ]
        whole = [(concept, labels, official) for concept, labels, official in read if labels and official]
        self._concepts = [concept for concept, _, _ in whole]
        self._plain = [labels for _, labels, _ in whole]
        self._official = [official for _, _, official in whole]
        self._negative = [self._known(tokenizer, concept.negative_labels) for concept in self._concepts]
        self._kin = self._related({concept.label: labels for concept, labels in zip(concepts, plain, strict=True)})
        self._sentences = self._named(tokenizer, paragraphs)
        self._nearest: Ids = np.zeros((len(self), 0), np.int64)

    def __len__(self) -> int:
        return len(self._concepts)

    @staticmethod
    def _known(tokenizer: Tokenizer, labels: Iterable[str]) -> list[Ids]:
        return [ids for ids in token_ids(tokenizer, map(fold, labels)) if len(ids)]

    def _related(self, plain: dict[str, Sequence[str]]) -> Bars:
        """(concepts, concepts) True for a concept with itself and for those that are not wrong for one another."""
        kin = np.eye(len(self), dtype=np.bool_)
        number = {concept.label: i for i, concept in enumerate(self._concepts)}
        sharing: dict[str, set[int]] = defaultdict(set)
        for i, concept in enumerate(self._concepts):
            for above in concept.broader:
                if above in number:
                    kin[i, number[above]] = kin[number[above], i] = True
            for label in (*concept.official, *plain[concept.label]):
                sharing[fold(label)].add(i)
        for owners in sharing.values():
            rows = list(owners)
            kin[np.ix_(rows, rows)] = True
        return kin

    def _named(self, tokenizer: Tokenizer, paragraphs: Iterable[Paragraph]) -> dict[int, list[Ids]]:
        """Concept → sentences of the texts that hold an official label of it."""
        owners = [
            (fold(label), i)
            for i, concept in enumerate(self._concepts)
            for label in concept.official
            if len(fold(label)) >= _SHORTEST_NAMED
        ]
        finder = ahocorasick_rs.AhoCorasick([label for label, _ in owners])
        found: dict[int, list[str]] = defaultdict(list)
        for paragraph in paragraphs:
            places = {owners[hit][1]: start for hit, start, _ in finder.find_matches_as_indexes(paragraph.text)}
            open_ = {i: start for i, start in places.items() if len(found[i]) < _MOST_NAMED}
            if open_:
                spans = [
                    span for span in sentences(paragraph.text) if _SENTENCE[0] <= span[1] - span[0] <= _SENTENCE[1]
                ]
                for i, at in open_.items():
                    found[i] += [paragraph.text[start:end] for start, end in spans if start <= at < end]
        return {i: token_ids(tokenizer, some) for i, some in sorted(found.items()) if some}

    def mine(self, vectors: Floats) -> None:
        """Find anew which concepts look alike by the vectors of the moment."""
        centres = [
            normalised(np.stack([means(vectors, texts).mean(axis=0) for texts in side]))
            for side in (self._plain, self._official)
        ]
        cosines = centres[0] @ centres[1].T
        cosines[self._kin] = -2
        self._nearest = np.argsort(-cosines, axis=1, kind="stable")[:, : min(_NEAREST, len(self) - 1)]

    def wordings(self, size: int, rng: np.random.Generator) -> Batch:
        """Everyday wordings and official ones."""
        chosen = rng.permutation(len(self))[:size]
        return self._batch(chosen, [_pick(self._official[i], 2, rng) for i in chosen], rng)

    def uses(self, size: int, rng: np.random.Generator) -> Batch | None:
        """Everyday wordings and sentences that hold an official one; None where the texts have too few."""
        known = np.array(list(self._sentences), np.int64)
        if len(known) < 2:
            return None
        chosen = rng.permutation(known)[:size]
        return self._batch(chosen, [_pick(self._sentences[int(i)], 1, rng) for i in chosen], rng)

    def _batch(self, chosen: Ids, answers: list[Ids], rng: np.random.Generator) -> Batch:
        barred = self._kin[np.ix_(chosen, chosen)]
        np.fill_diagonal(barred, False)
        wrong, columns = [], []
        for place, i in enumerate(chosen):
            if self._negative[i] and rng.random() < _LOOK_ALIKES:
                # What it is right for is not known: it is only no label of this concept.
                column = np.ones(len(chosen), np.bool_)
                column[place] = False
                wrong.append(_pick(self._negative[i], 1, rng))
            elif self._nearest.shape[1]:
                other = int(rng.choice(self._nearest[i]))
                column = self._kin[chosen, other]
                wrong.append(_pick(self._official[other], 2, rng))
            else:
                continue
            columns.append(column)
        whole = np.concatenate([barred, np.stack(columns, axis=1)], axis=1) if columns else barred
        return Batch([_pick(self._plain[i], 2, rng) for i in chosen], answers + wrong, whole)


def _pick(labels: Sequence[Ids], most: int, rng: np.random.Generator) -> Ids:
    chosen = rng.integers(0, len(labels), int(rng.integers(1, most + 1)))
    return np.concatenate([labels[i] for i in dict.fromkeys(chosen.tolist())])


def some(items: Sequence[Item], size: int, rng: np.random.Generator) -> list[Item]:
    """``size`` of the items at random, none twice; all of them where there are no more."""
    return [items[i] for i in rng.choice(len(items), min(size, len(items)), replace=False)] if items else []


class TextPairs:
    """Batches of what stands together in texts."""

    def __init__(self, tokenizer: Tokenizer, texts: Sequence[Text], paragraphs: Sequence[Paragraph]) -> None:
        self._tokenizer = tokenizer
        self._titled = [text for text in texts if len(text.title) >= _TITLE]
        self._paragraphs = paragraphs
        self._headed = [paragraph for paragraph in paragraphs if paragraph.heading and paragraph.title]

    def titles(self, size: int, rng: np.random.Generator) -> Batch | None:
        """Titles, and a run of 60 to 240 characters of their texts."""
        pairs = []
        for text in some(self._titled, size, rng):
            start = int(rng.integers(0, max(len(text.text) // 2, 1)))
            pairs.append((text.title, text.text[start : start + int(rng.integers(60, 241))]))
        return self._batch(pairs)

    def headings(self, size: int, rng: np.random.Generator) -> Batch | None:
        """Headings, and a paragraph under each; no heading twice, for its paragraphs would be each other's wrong ones."""
        once = {paragraph.heading: paragraph for paragraph in some(self._headed, size, rng)}
        return self._batch([(heading, paragraph.text[:_ANSWER]) for heading, paragraph in once.items()])

    def surroundings(self, size: int, rng: np.random.Generator) -> Batch | None:
        """Sentences, and the two before and the two after in their paragraph."""
        pairs = []
        for paragraph in some(self._paragraphs, size, rng):
            found = paragraph.sentences()
            if len(found) > 1:
                at = int(rng.integers(len(found)))
                around = found[max(at - 2, 0) : at] + found[at + 1 : at + 3]
                pairs.append((found[at][:_ASKED], "".join(around)[:_ANSWER]))
        return self._batch(pairs)

    def _batch(self, pairs: Sequence[tuple[str, str]]) -> Batch | None:
        queries, answers = (
            (token_ids(self._tokenizer, side) for side in zip(*pairs, strict=True)) if pairs else ([], [])
        )
        whole = [(q, a) for q, a in zip(queries, answers, strict=True) if len(q) and len(a)]
        return Batch([q for q, _ in whole], [a for _, a in whole]) if len(whole) > 1 else None
