"""What the page shows on which an editor goes through the candidates of the glossary, and what its form asks for."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from corpus.curation import Change
from corpus.doubts import Doubt, Doubts
from corpus.model import Edit, EditKind, Passage, Term
from corpus.sentences import around
from corpus.store import Store
from graph.candidates import Candidate, candidates, looked_at
from web.desk import Desk

#: What may be said of a candidate, by what the form sends: the kind of edit.
DEEDS: dict[EditKind, str] = {"confirm": "看过", "reject": "不收", "rename": "改名为", "merge": "并入"}
_NAMED: tuple[EditKind, ...] = ("rename", "merge")
REST = "rest"


@dataclass(frozen=True, slots=True)
class Standing:
    """The sentence that a candidate stands in, where in the document, and the candidate and what is doubtful in it."""

    text: str
    title: str
    document_id: str
    start: int
    end: int
    spans: tuple[tuple[int, int], ...]
    doubts: tuple[Doubt, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A candidate with its sentence, None where no document has one."""

    candidate: Candidate
    standing: Standing | None


@dataclass(frozen=True, slots=True)
class Progress:
    """The candidates that nobody looked at yet, and how many somebody did."""

    left: tuple[Candidate, ...]
    seen: int


def progress(desk: Desk, store: Store) -> Progress:
    """What is left to look at."""
    every = desk.remembered(store, candidates)
    edits = store.select(Edit, undone="")
    seen = looked_at(edits, store.select(Term)) if edits else frozenset()
    left = tuple(candidate for candidate in every if candidate.term.id not in seen)
    return Progress(left, len(every) - len(left))


def lines(desk: Desk, store: Store, found: Iterable[Candidate]) -> list[Line]:
    """Candidates with their sentences."""
    titles, doubts = desk.remembered(store, _titles), desk.remembered(store, Doubts)
    return [Line(candidate, _standing(store, candidate, titles, doubts)) for candidate in found]


def _titles(store: Store) -> dict[str, str]:
    return {size.document_id: size.title for size in store.sizes()}


def _standing(store: Store, candidate: Candidate, titles: Mapping[str, str], doubts: Doubts) -> Standing | None:
    mention = candidate.where
    passage = next(iter(store.select(Passage, id=mention.passage_id)), None) if mention else None
    if mention is None or passage is None:
        return None
    start, end = around(passage.text, mention.start - passage.start, mention.end - passage.start)
    first = passage.start + start
    return Standing(
        passage.text[start:end],
        titles[mention.document_id],
        mention.document_id,
        first,
        passage.start + end,
        ((mention.start - first, mention.end - first),),
        doubts.within(mention.document_id, first, passage.start + end),
    )


def asked(store: Store, form: Mapping[str, Sequence[str]]) -> list[Change]:
    """The changes that the form asks for: ``do.ID`` says what, ``to.ID`` the other name; with ``rest`` all terms of the
    page of which nothing is said were looked at. Terms that are gone meanwhile are passed over."""
    labels = {term.id: term.label for term in store.select(Term)}
    made = []
    for name in form:
        kind, _, term_id = name.partition(".")
        if kind != "to" or term_id not in labels:
            continue
        chosen = form.get(f"do.{term_id}", [""])[0] or ("confirm" if REST in form else "")
        deed = next((deed for deed in DEEDS if deed == chosen), None)
        if deed is not None:
            made.append(Change(deed, labels[term_id], form[name][0].strip() if deed in _NAMED else ""))
    return made
