"""Where terms and concepts stand in the text: one spaCy PhraseMatcher pass over characters, longest match first."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from corpus.model import ConceptMention, Document, Mention, Passage

# Writing variants that are one character each: offsets stay what they are.
_SAME = str.maketrans({**dict.fromkeys("•․‧・∙●", "·"), **dict.fromkeys("‘’＂\"'”", "“"), "＋": "+", "，": ","})


class _Layer:
    """Phrases of one kind with what each stands for; matches of a layer never overlap.

    A phrase that stands for nothing only keeps what lies inside it from being found.
    """

    def __init__(self, phrases: Mapping[str, Sequence[str]]) -> None:
        self.meaning: dict[str, tuple[str, ...]] = {}
        for phrase, values in sorted(phrases.items()):
            known = self.meaning.get(_normal(phrase), ())
            self.meaning[_normal(phrase)] = tuple(dict.fromkeys((*known, *values)))

    def resolve(self, text: str, spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int, str]]:
        """The longest matches, leftmost of equals, with what they stand for."""
        taken: list[tuple[int, int]] = []
        used = bytearray(len(text))
        for start, end in sorted(spans, key=lambda span: (span[0] - span[1], span[0])):
            if not any(used[start:end]):
                used[start:end] = b"\1" * (end - start)
                taken.append((start, end))
        for start, end in sorted(taken):
            for value in self.meaning[text[start:end]]:
                yield start, end, value


def _normal(text: str) -> str:
    return text.translate(_SAME).lower() if len(text.lower()) == len(text) else text.translate(_SAME)


class Linker:
    """Finds term labels (name → term id) and concept labels (name → prefLabels); a term and a concept may overlap."""

    def __init__(self, terms: Mapping[str, str], concepts: Mapping[str, Sequence[str]]) -> None:
        import spacy
        from spacy.matcher import PhraseMatcher

        self._vocab = spacy.blank("zh").vocab
        self._terms = _Layer({name: (term_id,) for name, term_id in terms.items()})
        self._concepts = _Layer(concepts)
        self._matcher = PhraseMatcher(self._vocab)
        for key, layer in (("term", self._terms), ("concept", self._concepts)):
            self._matcher.add(key, [self._doc(phrase) for phrase in layer.meaning])
        self._term_key = self._vocab.strings["term"]

    def _doc(self, text: str) -> Any:
        """One token per character, so that token offsets are character offsets."""
        from spacy.tokens import Doc

        return Doc(self._vocab, words=list(text), spaces=[False] * len(text))

    def link(self, document: Document, passages: list[Passage]) -> tuple[list[Mention], list[ConceptMention]]:
        """Mentions of terms and of concepts in a document whose ``passages`` are in text order.

        Those in headings belong to no passage: their passage id is "".
        """
        text = _normal(document.text)
        if not text:
            return [], []
        terms: list[tuple[int, int]] = []
        concepts: list[tuple[int, int]] = []
        for key, start, end in self._matcher(self._doc(text)):
            (terms if key == self._term_key else concepts).append((start, end))
        locate = PassageFinder(passages)
        return (
            [Mention(i, document.id, locate(s), s, e) for s, e, i in self._terms.resolve(text, terms)],
            [ConceptMention(c, document.id, locate(s), s, e) for s, e, c in self._concepts.resolve(text, concepts)],
        )


class PassageFinder:
    """Offset → id of the passage that holds it, "" where none does (headings)."""

    def __init__(self, passages: list[Passage]) -> None:
        self._passages = sorted(passages, key=lambda passage: passage.start)
        self._starts = [passage.start for passage in self._passages]

    def __call__(self, offset: int) -> str:
        i = bisect_right(self._starts, offset) - 1
        return self._passages[i].id if i >= 0 and offset < self._passages[i].end else ""
