"""What the pages show on which the glossary is edited: a term with all that can be changed, and what is worth a look."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby

from corpus.curation import RELATIONS
from corpus.model import Definition, Edit, Relation, Term
from corpus.store import Store
from corpus.tallies import senses, usage, usage_of
from graph.curation import history
from graph.names import Names
from graph.variants import fold

_MOST = 20  # rows of a list
_NEAR = 8


@dataclass(frozen=True, slots=True)
class Row:
    """A term in a list, with how many documents use it and a word on why it is there."""

    label: str
    documents: int
    note: str


@dataclass(frozen=True, slots=True)
class Queue:
    """Terms that are worth an editor's look."""

    terms: int
    explained: int
    unexplained: tuple[Row, ...]
    several: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A definition with where it stands."""

    definition: Definition
    title: str


@dataclass(frozen=True, slots=True)
class Tie:
    """A relation that may be taken away: ``value`` as an edit writes it."""

    value: str
    name: str
    label: str
    reason: str


@dataclass(frozen=True, slots=True)
class TermSheet:
    """A term to edit: its definitions by sense, its relations, its edits, and labels that look like it."""

    term: Term
    documents: int
    mentions: int
    senses: tuple[tuple[int, tuple[Sentence, ...]], ...]
    relations: tuple[Tie, ...]
    edits: tuple[Edit, ...]
    near: tuple[str, ...]


def queue(store: Store) -> Queue:
    """The lists, with the most used terms first."""
    terms = {term.id: term for term in store.select(Term)}
    used, meant = _documents_of(store), senses(store)
    ranked = sorted(terms.values(), key=lambda term: (-used.get(term.id, 0), term.label))
    return Queue(
        len(terms),
        sum(term.status == "explained" for term in terms.values()),
        tuple(Row(t.label, used.get(t.id, 0), "") for t in ranked if t.status == "unexplained")[:_MOST],
        tuple(Row(t.label, used.get(t.id, 0), f"{n} 个意思") for t in ranked if (n := meant.get(t.id, 0)) > 1)[:_MOST],
    )


def find(store: Store, words: str, most: int = 50) -> tuple[tuple[Row, ...], int]:
    """Terms that hold the words in a name, and how many there are."""
    wanted = fold(words)
    used = _documents_of(store)
    found = []
    for term in store.select(Term):
        name = next((name for name in (term.label, *term.aliases) if wanted and wanted in fold(name)), None)
        if name is not None:
            found.append(Row(term.label, used.get(term.id, 0), "" if name == term.label else f"又作 {name}"))
    found.sort(key=lambda row: (fold(row.label) != wanted, -row.documents, row.label))
    return tuple(found[:most]), len(found)


def sheet(store: Store, label: str) -> TermSheet | None:
    """The term of that name, or None."""
    from rapidfuzz import fuzz, process

    terms = store.select(Term)
    found = Names(terms).named(label)
    if found is None:
        return None
    term = next(term for term in terms if term.id == found.term_id)
    titles = {size.document_id: size.title for size in store.sizes()}
    definitions = sorted(store.select(Definition, term_id=term.id), key=lambda d: (d.sense, not d.preferred))
    used = usage_of(store, term.id)
    near = process.extract(
        term.label, [t.label for t in terms if t.id != term.id], scorer=fuzz.ratio, score_cutoff=40, limit=_NEAR
    )
    return TermSheet(
        term,
        *used,
        tuple(
            (sense, tuple(Sentence(d, titles[d.document_id]) for d in group))
            for sense, group in groupby(definitions, key=lambda d: d.sense)
        ),
        _ties(store, term, {t.id: t.label for t in terms}),
        tuple(history(store.select(Edit), (term.label, *term.aliases))),
        tuple(name for name, _, _ in near),
    )


def _ties(store: Store, term: Term, labels: Mapping[str, str]) -> tuple[Tie, ...]:
    """What is broader than a term or related to it, the strongest first."""
    found = [(r, r.target_id) for r in store.select(Relation, source_id=term.id) if r.kind in RELATIONS]
    found += [(r, r.source_id) for r in store.select(Relation, target_id=term.id) if r.kind == "related"]
    found.sort(key=lambda pair: (pair[0].kind, -pair[0].weight, labels[pair[1]]))
    return tuple(Tie(f"{r.kind}:{labels[i]}", RELATIONS[r.kind], labels[i], r.reason) for r, i in found[:_MOST])


def _documents_of(store: Store) -> dict[str, int]:
    """Term id → number of documents that use it."""
    return {term_id: held.documents for term_id, held in usage(store).items()}
