"""What one document by itself gives to the glossary: its glossary lines, what it names and what it says of that."""

from collections.abc import Iterable, Sequence
from functools import cache
from importlib.metadata import version
from pathlib import Path

from corpus.model import Document, ParsedDocument, Passage, Section, Sighted, digest
from graph.definitions import Explanation, explain
from graph.definitions.glossary_lines import entries
from graph.linking import PassageFinder
from graph.namings import Naming, Sentence, namings, sentences_of
from graph.sightings import NEEDS_MEANING, Found, Line, Sighting, packed, said
from graph.traits import beside, number, traits

_ROOT = Path(__file__).parent.parent
_LIBRARIES = ("opencc", "rjieba")


@cache
def rules() -> str:
    """Identifies the rules of reading: other rules find other names in the same text."""
    paths = [
        *sorted((_ROOT / "graph").rglob("*.py")),
        _ROOT / "corpus" / "sentences.py",
        _ROOT / "corpus" / "places.csv",
    ]
    return digest(*(path.read_text("utf-8") for path in paths), *(version(name) for name in _LIBRARIES))


def sighted(parsed: ParsedDocument) -> Sighted:
    """What a document gives to the glossary, as it is kept."""
    return kept(parsed.document, parsed.sections, parsed.passages)


def kept(document: Document, sections: Iterable[Section], passages: Sequence[Passage]) -> Sighted:
    """What a document gives to the glossary, by the present rules."""
    return Sighted(document.id, rules(), packed(read(document.text, sections, passages)))


def read(text: str, sections: Iterable[Section], passages: Sequence[Passage]) -> Found:
    """The glossary lines and the sightings of a document; those are left out that name nothing without an explanation
    and have none."""
    lines = tuple(
        Line(entry.core, entry.tail, entry.label, said(entry.explanation, _number(text, entry.explanation)))
        for entry in entries(text, sections)
    )
    locate = PassageFinder(passages)
    named = False
    found = []
    for sentence in running(text, [(line.said.start, line.said.end) for line in lines]):
        for naming in namings(sentence):
            named = True
            explanation = explained(naming, sentence, locate)
            if explanation is not None or naming.form not in NEEDS_MEANING:
                found.append(_sighting(naming, sentence, explanation))
    return Found(named, lines, tuple(found))


def running(text: str, glossary: Sequence[tuple[int, int]]) -> list[Sentence]:
    """The sentences of a text that are no part of its glossary lines."""
    every = sentences_of(text)
    if not glossary:
        return every
    return [s for s in every if not any(start < s.end and s.start < end for start, end in glossary)]


def explained(naming: Naming, sentence: Sentence, locate: PassageFinder) -> Explanation | None:
    """What a sentence of a passage says about a naming; a heading by itself explains nothing."""
    found = explain(naming, sentence)
    return found if found and locate(found.start) else None


def _sighting(naming: Naming, sentence: Sentence, explanation: Explanation | None) -> Sighting:
    subject = naming.form == "subject" and explanation is not None and explanation.strength == "explained"
    return Sighting(
        naming.form,
        naming.core,
        naming.tail,
        sentence.text[naming.start : naming.end] if naming.tail else "",
        traits(naming, sentence),
        beside(naming, sentence),
        number(sentence.own) if subject else 0,
        said(explanation, _number(sentence.text, explanation)) if explanation else None,
    )


def _number(text: str, explanation: Explanation) -> int:
    return number(text[explanation.start : explanation.end])
