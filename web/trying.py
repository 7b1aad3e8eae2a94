"""Things to try that a library can answer, chosen from what is in it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.model import Document
from search.engine import Engine
from search.register import place_of

if TYPE_CHECKING:
    from web.shelf import TermEntry

_MOST_TRIED = 15
_LABEL = range(3, 9)  # characters of a term that is shown
_TERMS, _QUESTIONS, _SEARCHES = 6, 3, 2
_QUESTION_LENGTH = 4
_BEGIN, _ALIKE = 3, 2  # characters that two names have in common where one of them is enough
_LONGEST = 10  # characters of what is asked about
_PARTS = range(3, 11)  # what a term has to show
#: Definitions that stand for themselves, as entries of a list of explanations do.
_PLAIN = ("glossary", "parenthesis")
#: Kinds of terms that a place has or hasn't: what one can ask 哪些城市有…？ about.
_FOUNDED = ("brand", "organisation")


@dataclass(frozen=True, slots=True)
class Examples:
    """Terms, questions for places, and queries for the text."""

    terms: tuple[str, ...]
    questions: tuple[str, ...]
    searches: tuple[str, ...]


def examples(engine: Engine, terms: Sequence["TermEntry"], documents: Sequence[Document]) -> Examples:
    """What is worth trying: terms whose parts the text lists, place questions that have answers, and queries that name a
    place of which the library has something to say."""
    questions = _questions(engine, terms)
    labels = [label for label, _ in questions]
    return Examples(
        _explained(terms),
        tuple(question for _, question in questions[:_QUESTIONS]),
        tuple(_searches(engine, labels[_QUESTIONS:] + labels[:_QUESTIONS], documents)),
    )


def _explained(terms: Iterable["TermEntry"]) -> tuple[str, ...]:
    """Short names that one sentence explains with all their parts; those that many documents use first."""
    found = [
        entry
        for entry in terms
        if (told := entry.definition)
        and told.strength == "explained"
        and len(told.components) in _PARTS
        and len(entry.term.label) in _LABEL
        and entry.senses == 1
        and entry.initial != "#"
    ]
    found.sort(key=lambda e: (e.definition is not None and e.definition.how not in _PLAIN, -e.documents, e.term.label))
    # 三个精神 and 三种精神 are one thing to whoever tries them.
    return tuple({entry.term.label[-_ALIKE:]: entry.term.label for entry in reversed(found)}.values())[
        : -_TERMS - 1 : -1
    ]


def _questions(engine: Engine, terms: Iterable["TermEntry"]) -> list[tuple[str, str]]:
    """(label, question): those whose tables say most, many places with figures, first."""
    founded = (e for e in terms if e.term.kind in _FOUNDED and _QUESTION_LENGTH <= len(e.term.label) <= _LONGEST)
    topics = sorted(founded, key=lambda entry: (-entry.documents, entry.term.label))[:_MOST_TRIED]
    worth: dict[str, int] = {}
    for label in (entry.term.label for entry in topics):
        worth[label] = sum(any(one.answer.cells) for one in engine.sample(_asking(label)).places)
    chosen: list[str] = []
    for label in sorted(filter(worth.get, worth), key=lambda label: -worth[label]):
        if not any(label in other or other in label or label[:_BEGIN] == other[:_BEGIN] for other in chosen):
            chosen.append(label)
    return [(label, _asking(label)) for label in chosen]


def _asking(label: str) -> str:
    return f"哪些城市有{label}？"


def _searches(engine: Engine, labels: Iterable[str], documents: Iterable[Document]) -> list[str]:
    """A place and a matter: of the places with most text those whose first result is their own."""
    towns: dict[str, int] = {}
    for document in documents:
        place = place_of(document)
        if place and place.level in ("city", "county"):
            towns[place.short] = towns.get(place.short, 0) + 1
    found: list[str] = []
    for town in sorted(towns, key=lambda town: -towns[town])[:_MOST_TRIED]:
        for label in labels:
            if len(found) == _SEARCHES or any(label in one for one in found):
                continue
            answer = engine.search(f"{town} {label}", k=1)
            if answer.sure and answer.hits and label in answer.hits[0].text and answer.hits[0].place.startswith(town):
                found.append(f"{town} {label}")
                break
    return found
