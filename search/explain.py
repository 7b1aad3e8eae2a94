"""Why a passage was found, in Chinese, and where in it to look."""

import re
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from corpus.model import Document, Passage
from search.analyzer import asked_words, echoes, number_spans, squeeze, squeezed, stands
from search.answers import Filters, Span
from search.concepts import LEAST_CONFIDENCE, ConceptIndex, LabelInQuery
from search.reading import Reading
from search.register import meets

_WORDS_SHOWN = 5
_LEAST_LIKENESS = 0.4  # a cosine below it is no reason
_LEAST_COMPANY = 0.25  # a smaller part of words shared with the passages found first is no reason
_LONGEST_SAID = 20  # characters of the query that a reason repeats
_SHORTEST_IN_HEADING = 3  # characters of the query that a heading must repeat to be named
_MARKS = re.compile(r"[“”\"‘’「」？?。！!]")
_SHORTEST_ECHO = 4  # characters of a run that a pasted paragraph and a passage share
_REMEMBERED = 2048  # passages kept as they are compared: those that answer many queries
_squeezed = lru_cache(1 << 16)(squeeze)  # labels and headings come again with every query


@dataclass(frozen=True, slots=True)
class _Measured:
    """A text as it is compared: squeezed, with the offset of each of its characters; its figures as they are written, and
    the offsets at which a span would cut one."""

    squeezed: str
    offsets: Sequence[int]
    figures: frozenset[str]
    inside: frozenset[int]


@lru_cache(_REMEMBERED)
def _measured(text: str) -> _Measured:
    bare, offsets = squeezed(text)
    spans = number_spans(text)
    return _Measured(
        bare,
        array("I", offsets),
        frozenset(text[start:end] for start, end in spans),
        frozenset(at for start, end in spans for at in range(start + 1, end)),
    )


def spans_of(text: str, needles: Iterable[str]) -> tuple[Span, ...]:
    """Where the needles stand in ``text``, overlapping and touching finds joined; none cuts a figure of the text."""
    measured = _measured(text)
    haystack, offsets, inside = measured.squeezed, measured.offsets, measured.inside
    found: list[Span] = []
    for needle in map(_squeezed, needles):
        at = haystack.find(needle) if needle else -1
        while at >= 0:
            span = offsets[at], offsets[at + len(needle) - 1] + 1
            if inside.isdisjoint(span):
                found.append(span)
            at = haystack.find(needle, at + 1)
    return merged(found)


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Spans in order, those that overlap or touch joined."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)


class Explainer:
    """Explains the hits of one query."""

    def __init__(self, reading: Reading, concepts: ConceptIndex) -> None:
        self._reading = reading
        links = [link for clause in reading.clauses for link in clause.links]
        sure = {c.label: c for c, confidence in (*reading.links, *links) if confidence >= LEAST_CONFIDENCE}
        self._phrases = tuple(map(squeeze, reading.phrases))
        self._labels = {label: tuple(map(_squeezed, concept.official)) for label, concept in sure.items()}
        subject = _MARKS.sub("", reading.subject)
        standing = concepts.standing(subject) if sure else []
        self._said = {label: self._wording(label, subject, standing) for label in sure}
        self._all_labels = tuple(dict.fromkeys(label for labels in self._labels.values() for label in labels))
        self._words = frozenset(asked_words(reading.subject))
        self._shared = lru_cache(1)(self._echoes)
        self._named = lru_cache(None)(self._names)  # passages that stand together have headings in common
        self.concepts = tuple(sure)

    def _wording(self, label: str, subject: str, standing: Iterable[LabelInQuery]) -> str:
        """The query's own words for a concept; "" where it uses an official label."""
        said = [s for s in standing if any(c.label == label for c in s.concepts)]
        if any(s.label in self._labels[label] for s in said):
            return ""
        if len(subject) <= _LONGEST_SAID:
            return subject
        return max((s.label for s in said), key=len, default="")

    def _echoes(self, text: str) -> list[str]:
        """Runs of the query that stand in a text; of a pasted paragraph only the longer ones."""
        bare = _measured(text).squeezed
        if self._reading.long:
            return echoes(self._reading.query, text, _SHORTEST_ECHO, bare)
        return echoes(self._reading.subject, text, bare=bare)

    def highlights(self, passage: Passage) -> tuple[Span, ...]:
        """Spans of the passage's text: what it shares with the query, figures, labels of the concepts meant."""
        shared = self._shared(passage.text)
        return spans_of(passage.text, [*self._phrases, *shared, *self._numbers(passage.text), *self._all_labels])

    def _numbers(self, text: str) -> list[str]:
        """The query's figures that stand in a text as they are."""
        if not self._reading.numbers:
            return []
        written = _measured(text).figures
        return [number for number in self._reading.numbers if number.rstrip("%％") in written]

    def why(
        self,
        passage: Passage,
        document: Document,
        dense: float,
        near: Sequence[tuple[str, str]] = (),
        company: float = 0.0,
    ) -> tuple[str, ...]:
        """Reasons, the plainest first. ``dense`` and ``company`` are what they added to the score, ``near`` words of the
        query with those that the passage has for them."""
        text = _measured(passage.text).squeezed
        reasons = [f"原文含“{phrase}”" for phrase in self._reading.phrases if stands(squeeze(phrase), text)]
        heading = next((h for h in reversed(passage.headings) if self._named(h)), "")
        if heading:
            reasons.append(f"题目命中：{heading}")
        shared = sorted(self._shared(passage.text), key=len, reverse=True)
        if shared:
            reasons.append(f"含词：{'、'.join(shared[:_WORDS_SHOWN])}")
        for concept, labels in self._labels.items():
            if any(label in text for label in labels):
                said = self._said[concept]
                reasons.append(f"主题：{concept}（您说的“{said}”）" if said else f"主题：{concept}")
        found = self._reading.found
        if found.place and meets(document, Filters(place=found.place)):
            reasons.append(f"地点：{document.place}")
        if found.year and meets(document, Filters(year=found.year)):
            reasons.append(f"年份：{found.year}")
        near = [(asked, written) for asked, written in near if asked in self._words]
        if near:
            reasons.append(f"相关词：{'、'.join(f'{asked}～{written}' for asked, written in near[:_WORDS_SHOWN])}")
        if dense >= _LEAST_LIKENESS:
            reasons.append(f"意思相近 {dense:.2f}")
        if company >= _LEAST_COMPANY and not reasons:
            reasons.append(f"用词与前几条相近 {company:.2f}")
        return tuple(reasons) or (self._guess(text, dense),)

    def _guess(self, text: str, dense: float) -> str:
        """The reason for a passage that nothing sure speaks for."""
        weak = next((c.label for c, _ in self._reading.links if any(_squeezed(o) in text for o in c.official)), "")
        if weak:
            return f"可能有关：{weak}"
        return f"意思略近 {dense:.2f}" if dense > 0 else "个别字相同"

    def _names(self, heading: str) -> bool:
        """True where a heading bears a concept's label or a longer run of the query."""
        bare = _squeezed(heading)
        if any(label in bare for label in self._all_labels):
            return True
        return bool(echoes(self._reading.subject, heading, _SHORTEST_IN_HEADING)) and not self._reading.long
