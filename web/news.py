"""What is new in the glossary and what changed, from the record that every change of a library leaves."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.revisions import Novelty, Revision
from corpus.store import Store
from corpus.tallies import only_there
from graph.variants import fold

if TYPE_CHECKING:
    from web.shelf import DocumentEntry, TermEntry


@dataclass(frozen=True, slots=True)
class Line:
    """A term in a revision; ``entry`` is None for one that is not in the glossary now."""

    novelty: Novelty
    entry: "TermEntry | None"


@dataclass(frozen=True, slots=True)
class Batch:
    """A revision with the terms that it tells: new ones that are still there, changed, gone, and used otherwise."""

    revision: Revision
    new: tuple["TermEntry", ...]
    changed: tuple[Line, ...]
    gone: tuple[Line, ...]
    used: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Latest:
    """A document with the terms that no other one uses."""

    document: "DocumentEntry"
    new: tuple["TermEntry", ...]


class News:
    """The record of a library, the last revision first; what is gone since is looked up by its label."""

    def __init__(
        self, store: Store, terms: Mapping[str, "TermEntry"], documents: Mapping[str, "DocumentEntry"]
    ) -> None:
        self.revisions = store.select(Revision)
        self._by_ordinal = {revision.ordinal: revision for revision in self.revisions}
        told: defaultdict[int, list[Novelty]] = defaultdict(list)
        self._of: defaultdict[str, list[Novelty]] = defaultdict(list)
        self._gone: dict[str, Novelty] = {}
        for novelty in store.select(Novelty):
            told[novelty.revision].append(novelty)
            self._of[novelty.term_id].append(novelty)
            if novelty.kind == "gone":
                self._gone.setdefault(fold(novelty.label), novelty)
        self.batches = tuple(_batch(revision, told[revision.ordinal], terms) for revision in self.revisions)
        self._store, self._terms, self._documents = store, terms, documents

    @property
    def only_first(self) -> bool:
        """True where all terms came at once: none is newer than another."""
        return not any(batch.new for batch in self.batches)

    def of(self, term_id: str) -> list[tuple[Revision, Novelty]]:
        """What became of a term, the last first."""
        return [(self._by_ordinal[novelty.revision], novelty) for novelty in self._of.get(term_id, ())]

    def gone(self, label: str) -> tuple[Revision, Novelty] | None:
        """How a term of that name left the glossary."""
        novelty = self._gone.get(fold(label))
        return (self._by_ordinal[novelty.revision], novelty) if novelty else None

    def latest(self, documents: int) -> tuple[Latest, ...]:
        """The most recently dated documents that use terms no other one uses; guessed dates count where no other is known."""
        own = {
            document: entries
            for document, ids in only_there(self._store).items()
            if (entries := [self._terms[term_id] for term_id in ids if term_id in self._terms])
        }
        dated = [i for i in own if i in self._documents and self._documents[i].document.date]
        dated.sort(key=lambda i: (self._documents[i].document.date, i), reverse=True)
        sure = [i for i in dated if "date" not in self._documents[i].guessed]
        return tuple(Latest(self._documents[i], _ranked(own[i])) for i in (sure or dated)[:documents])


def _batch(revision: Revision, told: Sequence[Novelty], terms: Mapping[str, "TermEntry"]) -> Batch:
    lines = {kind: tuple(Line(n, terms.get(n.term_id)) for n in told if n.kind == kind)
             for kind in ("new", "changed", "gone", "used")}  # fmt: skip
    new = tuple(line.entry for line in lines["new"] if line.entry is not None)
    return Batch(revision, new, lines["changed"], lines["gone"], lines["used"])


def _ranked(entries: Iterable["TermEntry"]) -> tuple["TermEntry", ...]:
    """Explained ones first, in the order they come in."""
    return tuple(sorted(entries, key=lambda entry: entry.term.status != "explained"))


def paged(batches: Iterable[tuple[Batch, int]], most: int) -> list[list[Batch]]:
    """Batches with their lengths as pages of at most ``most`` lines, or of one longer batch."""
    pages: list[list[Batch]] = []
    room = 0
    for batch, length in batches:
        if not pages or length > room:
            pages.append([])
            room = most
        pages[-1].append(batch)
        room -= length
    return pages
