"""The plainest backend there can be: a dictionary, looked through from end to end. What the others are measured by."""

import math
from collections import Counter
from collections.abc import Sequence

import numpy as np

from search.analyzer import grams, squeeze, words
from search.asked import asked
from search.backends.interface import ANYWHERE, Entry, Floats, Parcel, Topic, Where
from search.backends.parcels import entries_of
from search.embedders import Embedder
from search.register import meets
from search.vectors import pieces


class Reference:
    """Documents by id, and what may be asked of them."""

    def __init__(self, embedder: Embedder) -> None:
        self.parcels: dict[str, Parcel] = {}
        self._embedder = embedder

    def put(self, parcels: Sequence[Parcel]) -> None:
        self.parcels |= {parcel.document.id: parcel for parcel in parcels}

    def remove(self, documents: Sequence[str]) -> None:
        for document in documents:
            self.parcels.pop(document, None)

    @property
    def shown(self) -> list[Parcel]:
        return [one for _, one in sorted(self.parcels.items()) if not one.document.same_as]

    def entries(self, where: Where = ANYWHERE) -> list[Entry]:
        return [
            entry
            for parcel in self.shown
            if meets(parcel.document, where.filters)
            for entry in entries_of(parcel)
            if where.filters.status in ("", entry.status)
            and all(squeeze(phrase) in _whole(entry) for phrase in where.holding)
            and not any(squeeze(phrase) in _whole(entry) for phrase in where.lacking)
        ]

    def lexical(self, query: str, where: Where) -> set[str]:
        """The passages that hold a term that a query asks for."""
        told = {entry.passage.id: _terms(entry) for entry in self.entries()}
        spread = Counter(term for terms in told.values() for term in terms)
        sought = asked(query, len(told), lambda name, terms: [spread[name, term] for term in terms])
        return {
            entry.passage.id for entry in self.entries(where) if not told[entry.passage.id].isdisjoint(sought.terms)
        }

    def dense(self, vector: Floats, where: Where) -> dict[str, float]:
        """Passage → the cosine of its nearest sentence."""
        return {
            entry.passage.id: float(np.max(self._embedder.encode(pieces(entry.passage.text)) @ vector))
            for entry in self.entries(where)
        }

    def speaking(self, topics: Sequence[Topic], where: Where) -> dict[str, float]:
        """Passage → how much it speaks of topics, of those that do."""
        everything = self.entries()
        spread = Counter(label for entry in everything for label in {one.label for one in entry.wordings})
        found = {}
        for entry in self.entries(where):
            score = 0.0
            for concepts, confidence in topics:
                amount = 0.0
                for one in entry.wordings:
                    if one.concept in concepts:
                        idf = math.log(1 + (len(everything) - spread[one.label] + 0.5) / (spread[one.label] + 0.5))
                        amount += idf * one.times / (one.times + 1)
                score += confidence * amount / (amount + 3)
            if score:
                found[entry.passage.id] = score / sum(confidence for _, confidence in topics)
        return found

    def spread(self, field: str, term: str) -> int:
        """In how many passages a term stands."""
        by_field = {
            "text": lambda entry: grams(entry.passage.text),
            "heading": lambda entry: [g for heading in entry.passage.headings for g in grams(heading)],
            "words": lambda entry: words(entry.passage.text),
            "label": lambda entry: [one.label for one in entry.wordings],
        }
        return sum(term in by_field[field](entry) for entry in self.entries())


def _whole(entry: Entry) -> str:
    return "\n".join(map(squeeze, (*entry.passage.headings, entry.passage.text)))


def _terms(entry: Entry) -> set[tuple[str, str]]:
    """(field, term) of a passage."""
    headings = (gram for heading in entry.passage.headings for gram in grams(heading))
    fields = {"text": grams(entry.passage.text), "heading": headings, "words": words(entry.passage.text)}
    return {(name, term) for name, terms in fields.items() for term in terms}
