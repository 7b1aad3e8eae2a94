"""What one document by itself gives to the glossary: its glossary lines, what it names and what it says of that."""

from collections.abc import Iterable, Sequence
from functools import cache
from importlib.metadata import version
from pathlib import Path

from corpus.lexicon import FOLDER as LEXICON
from corpus.model import Document, Passage, Section, Sighted, digest
from corpus.store import Store
from graph.definitions import Explanation, explain
from graph.definitions.glossary_lines import entries
from graph.linking import PassageFinder
from graph.namings import Naming, Sentence, namings, sentences_of
from graph.sightings import NEEDS_MEANING, Found, Line, Sighting, packed, said, unpacked
from graph.speaking import Spoken, spoken
from graph.traits import beside, number, traits

_ROOT = Path(__file__).parent.parent
_LIBRARIES = ("ahocorasick_rs", "opencc", "rjieba")


@cache
def rules() -> str:
    """Identifies the rules of reading: other rules find other names and topics in the same text."""
    paths = [
        *sorted((_ROOT / "graph").rglob("*.py")),
        _ROOT / "corpus" / "sentences.py",
        _ROOT / "corpus" / "places.csv",
        *sorted(LEXICON.glob("*.toml")),
    ]
    return digest(*(path.read_text("utf-8") for path in paths), *(version(name) for name in _LIBRARIES))


def given(document: Document, sections: Iterable[Section], passages: Sequence[Passage]) -> tuple[Sighted, list[Spoken]]:
    """What a document gives to the glossary, and the topics that it speaks of, by the present rules, as they are kept."""
    found = Sighted(document.id, rules(), packed(read(document.text, sections, passages)))
    return found, spoken(document.id, document.text, passages)


def read_again(store: Store, document_id: str) -> Found:
    """What a document gives to the glossary, where that was found by other rules or never; it is kept."""
    (document,) = store.select(Document, id=document_id)
    sections = store.select(Section, document_id=document_id)
    found, rows = given(document, sections, store.select(Passage, document_id=document_id))
    store.put_read(found, rows)
    return unpacked(found.found)


def unread(store: Store, documents: Iterable[str]) -> list[str]:
    """Those of the documents that have not been read by the present rules."""
    asked = "SELECT 1 FROM sighted WHERE document_id = ? AND rules = ?"
    return [name for name in documents if store.query(asked, (name, rules())).fetchone() is None]


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
