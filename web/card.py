"""The card of a term: its meaning in a few lines, for a link to it in a text."""

from dataclasses import dataclass

from search.answers import Sense, TermAnswer
from web.shelf import DocumentEntry


@dataclass(frozen=True, slots=True)
class Card:
    """``sense`` is the sentence that is shown, None where there is none; ``meanings`` counts those that are explained.
    ``here`` where the document that asks gives it itself, ``sure`` where it is known to hold there."""

    label: str
    kind: str
    sense: Sense | None
    meanings: int
    here: bool
    sure: bool


def card(answer: TermAnswer, entry: DocumentEntry | None = None) -> Card:
    """The card of a term, for whoever reads the document of ``entry``: what that document itself says of it, else what
    one of its place says, else the first meaning, which need not be the one that is meant there."""
    explained = [sense for sense in answer.definitions if sense.strength == "explained"]
    meanings = len({sense.sense for sense in explained})
    candidates = explained or list(answer.definitions)
    here = [sense for sense in candidates if entry and sense.document_id == entry.document.id]
    near = [sense for sense in candidates if entry and entry.document.place and sense.place == entry.document.place]
    shown = next(iter((*here, *near, *candidates)), None)
    return Card(answer.term, answer.kind, shown, meanings, bool(here), bool(here or near) or meanings < 2)
