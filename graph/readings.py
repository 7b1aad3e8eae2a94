"""What one document by itself gives to the glossary: its sentences, its glossary lines, what it names and explains."""

from dataclasses import dataclass
from functools import lru_cache

from corpus.model import Document, Passage, Section
from graph.definitions import Explanation, explain
from graph.definitions.glossary_lines import Entry, entries
from graph.linking import PassageFinder
from graph.namings import Naming, Sentence, namings, sentences_of
from graph.terms import Sighting

# Documents that are remembered between two makings of a glossary (about 25 kB each): after an edit none is read again.
_REMEMBERED = 1024


@dataclass(frozen=True, slots=True)
class Reading:
    """A document as the extractors want it."""

    document: Document
    passages: tuple[Passage, ...]
    entries: tuple[Entry, ...]
    sentences: tuple[Sentence, ...]
    sightings: tuple[Sighting, ...]


@lru_cache(_REMEMBERED)
def read(document: Document, sections: tuple[Section, ...], passages: tuple[Passage, ...]) -> Reading:
    """The reading of a document; the same arguments give the same reading."""
    lines = tuple(entries(document.text, sections))
    glossary = [(entry.explanation.start, entry.explanation.end) for entry in lines]
    running = tuple(
        sentence
        for sentence in sentences_of(document.text)
        if not any(start < sentence.end and sentence.start < end for start, end in glossary)
    )
    locate = PassageFinder(passages)
    sightings = tuple(
        Sighting(document, s, naming, explained(naming, s, locate)) for s in running for naming in namings(s)
    )
    return Reading(document, passages, lines, running, sightings)


def explained(naming: Naming, sentence: Sentence, locate: PassageFinder) -> Explanation | None:
    """What a sentence of a passage says about a naming; a heading by itself explains nothing."""
    found = explain(naming, sentence)
    return found if found and locate(found.start) else None
