"""Passages and claims on this machine: the library's SQLite file, with tantivy and FAISS beside it.

What is asked goes to the finder's own indexes, which are made anew for each generation of the library; for concepts,
which the finder numbers by topic, there is an index by name here.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.errors import DocumentNotFound
from corpus.model import Claim, Document, Passage, Repair, Source
from corpus.notes import note, put_note
from corpus.soundness import faults, mend
from corpus.store import Store
from corpus.tables import TABLES, insertion, row_of
from search import mentions
from search.analyzer import squeeze
from search.backends.interface import ANYWHERE, NOTHING, Counts, Entry, Finding, Floats, Parcel, Ranked, Topic, Where
from search.backends.parcels import entries_of, mark, parcel_of
from search.cache import Cache
from search.errors import SegmentIncomplete
from search.finder import Finder
from search.register import Mask
from search.segments import Layout, forget

_NAMES = "names.json"
_MIRRORED = "mirrored"  # the note that tells which library all was brought from
_SAMPLE, _SAMPLED = 40, 60  # passages that are looked for, by so many of their first characters
#: What tables are called.
NAMED = {
    "document": "文献",
    "source": "来源",
    "passage": "段落",
    "claim": "做法",
    "fact": "数字",
    "mention": "术语出处",
    "concept_mention": "概念出处",
    "definition": "释义",
    "section": "章节",
    "repair": "修复记录",
    "evidence": "著录依据",
    "edition": "版次",
    "signature": "指纹",
}
_SHOWN = "document_id NOT IN (SELECT id FROM document WHERE same_as <> '')"


@dataclass(frozen=True, slots=True)
class _Indexes:
    """What a generation is asked with; ``names`` numbers the concepts of ``concepts``, ``rows`` the passages;
    ``labels`` counts the passages with each wording."""

    generation: int
    finder: Finder
    concepts: mentions.MentionIndex
    names: dict[str, int]
    labels: Counter[str]
    rows: dict[str, int]


class LocalBackend:
    """See ``Backend``. ``finder`` opens the indexes of a library."""

    def __init__(self, store: Store, finder: Callable[[Store, Cache, Layout], Finder]) -> None:
        self.store = store
        self._open = finder
        self._cache = Cache(store.folder)
        self._indexes = self._opened()

    def close(self) -> None:
        """Let go of the library."""
        self._cache.close()
        self.store.close()

    @property
    def generation(self) -> int:
        """The generation that was committed last."""
        return self.store.generation

    def refresh(self) -> int:
        """Read from now on what was committed last."""
        if self._indexes.generation != self.store.generation:
            self._indexes = self._opened()
        return self._indexes.generation

    def _opened(self) -> _Indexes:
        generation = self.store.generation
        layout = Layout.of(self.store, self._cache)
        try:
            finder = self._open(self.store, self._cache, layout)
        except SegmentIncomplete:
            forget(self._cache)
            layout = Layout.of(self.store, self._cache)
            finder = self._open(self.store, self._cache, layout)
        folder = self._cache.get("speaking", layout.key, lambda folder: self._build_concepts(folder, finder))
        concepts, labels = json.loads((folder / _NAMES).read_text("utf-8"))
        names = {name: n for n, name in enumerate(concepts)}
        rows = finder.catalogue.by_id()
        return _Indexes(generation, finder, mentions.MentionIndex([folder], len(names)), names, Counter(labels), rows)

    def _build_concepts(self, folder: Path, finder: Finder) -> None:
        names: dict[str, int] = {}
        wordings: dict[int, list[mentions.Wording]] = {}
        rows = finder.catalogue.by_id()
        for document in finder.catalogue.documents:
            for entry in entries_of(parcel_of(self.store, document.id)):
                wordings[rows[entry.passage.id]] = [
                    (one.label, names.setdefault(one.concept, len(names)))
                    for one in entry.wordings
                    for _ in range(one.times)
                ]
        mentions.build(folder, wordings, len(rows))
        labels = Counter(label for found in wordings.values() for label in {label for label, _ in found})
        (folder / _NAMES).write_text(json.dumps([list(names), labels], ensure_ascii=False), "utf-8")

    # ------------------------------------------------------------------ candidates
    def lexical(self, query: str, limit: int, where: Where = ANYWHERE) -> Ranked:
        """The passages that hold the words of a query."""
        finder, kept = self._indexes.finder, self._kept(where)
        phrases = bool(where.holding or where.lacking)
        rows, scores = finder.lexical.search(
            query,
            max(len(finder.catalogue), 1) if phrases else limit,
            finder.catalogue.firsts(where.filters),
            where.filters.status,
        )
        if kept is not None:
            rows, scores = rows[kept[rows]], scores[kept[rows]]
        return self._ranked(rows[:limit], scores[:limit])

    def dense(self, vector: Floats, limit: int, where: Where = ANYWHERE) -> Ranked:
        """The passages of which some sentence is nearest to a unit vector."""
        return self._ranked(*self._indexes.finder.vectors.search(vector, limit, self._kept(where)))

    def speaking(self, topics: Sequence[Topic], limit: int, where: Where = ANYWHERE) -> Ranked:
        """The passages that speak most of topics."""
        indexes, kept = self._indexes, self._kept(where)
        total = np.zeros(len(indexes.finder.catalogue), np.float32)
        for concepts, confidence in topics:
            amount = np.zeros(len(indexes.finder.catalogue), np.float32)
            for name in concepts & indexes.names.keys():
                rows, weights = indexes.concepts.of(indexes.names[name])
                amount[rows] += mentions.information(weights)
            total += np.float32(confidence) * mentions.saturated(amount)
        if kept is not None:
            total[~kept] = 0
        found = np.flatnonzero(total)
        if not len(found):
            return NOTHING
        best = found[np.argsort(-total[found], kind="stable")[:limit]]
        return self._ranked(best, total[best] / np.float32(sum(confidence for _, confidence in topics)))

    def _ranked(self, rows: NDArray[np.int64], scores: Floats) -> Ranked:
        ids = self._indexes.finder.catalogue.ids
        return Ranked([ids[row] for row in rows.tolist()], scores)

    def _kept(self, where: Where) -> Mask | None:
        catalogue = self._indexes.finder.catalogue
        kept = catalogue.kept(where.filters)
        if not where.holding and not where.lacking:
            return kept
        kept = np.ones(len(catalogue), np.bool_) if kept is None else kept.copy()
        for phrase, wanted in [*((p, True) for p in where.holding), *((p, False) for p in where.lacking)]:
            squeezed = squeeze(phrase)
            for row in np.flatnonzero(kept):
                kept[row] = (squeezed in catalogue.whole(int(row))) == wanted
        return kept

    # ------------------------------------------------------------------ what is there
    def entries(self, ids: Sequence[str]) -> dict[str, Entry]:
        """Passages by id."""
        documents = dict.fromkeys(
            passage.document_id
            for identity in dict.fromkeys(ids)
            for passage in self.store.select(Passage, id=identity)
        )
        wanted = set(ids) & self._indexes.rows.keys()
        found = (entry for document in documents for entry in entries_of(parcel_of(self.store, document)))
        return {entry.passage.id: entry for entry in found if entry.passage.id in wanted}

    def matching(self, where: Where, limit: int) -> list[str]:
        """Ids of passages that may be found."""
        catalogue, kept = self._indexes.finder.catalogue, self._kept(where)
        rows = np.arange(len(catalogue)) if kept is None else np.flatnonzero(kept)
        return [catalogue.ids[row] for row in rows[:limit].tolist()]

    def scan(self, where: Where = ANYWHERE) -> Iterator[Entry]:
        """All passages that may be found, in reading order."""
        catalogue, kept = self._indexes.finder.catalogue, self._kept(where)
        rows = np.arange(len(catalogue)) if kept is None else np.flatnonzero(kept)
        wanted = {catalogue.ids[row] for row in rows.tolist()}
        for document in sorted(catalogue.documents, key=lambda document: document.id):
            with suppress(DocumentNotFound):  # removed since
                yield from (e for e in entries_of(parcel_of(self.store, document.id)) if e.passage.id in wanted)

    def claims(self) -> Iterator[Claim]:
        """All claims of the documents that are shown."""
        for document in sorted(self._indexes.finder.catalogue.documents, key=lambda document: document.id):
            yield from self.store.select(Claim, document_id=document.id)

    def documents(self) -> list[Document]:
        """Every document, without its text."""
        table = TABLES[Document]
        columns = ", ".join("''" if name == "text" else name for name in table.columns)
        return [Document(*row) for row in self.store.query(f"SELECT {columns} FROM document ORDER BY {table.order}")]

    def marks(self, documents: Iterable[str] | None = None) -> dict[str, str]:
        """Document id → what its parcel is known by."""
        held = self.store.editions(copies=True)
        wanted = held if documents is None else held.keys() & documents
        return {document: mark(parcel_of(self.store, document)) for document in wanted}

    def doubtful(self) -> list[Repair]:
        """What is doubtful in the documents."""
        return self.store.select(Repair, doubtful=True)

    def guesses(self) -> dict[str, frozenset[str]]:
        """Document id → its fields that are guesses."""
        return self.store.guesses()

    def concepts(self) -> frozenset[str]:
        """The concepts that some passage speaks of."""
        return frozenset(self._indexes.names)

    def parcel(self, document_id: str) -> Parcel:
        """All that was put of a document. Raises DocumentNotFound."""
        return parcel_of(self.store, document_id)

    def spread(self, field: str, terms: Sequence[str]) -> NDArray[np.int64]:
        """(terms,) in how many passages each stands."""
        if field == "label":
            return np.array([self._indexes.labels[term] for term in terms], np.int64)
        if field == "token":
            return self._indexes.finder.words.spread()[np.array(terms, np.int64)]
        lexical = self._indexes.finder.lexical
        return np.array([lexical.spread(field, term) for term in terms], np.int64)

    def counts(self) -> Counts:
        """What is visible."""
        claims = self.store.query(f"SELECT count(*) FROM claim WHERE {_SHOWN}").fetchone()[0]
        total = len(self._indexes.rows)
        speaking = round(self._indexes.concepts.share(total) * total)
        return Counts(self.store.count(Document), total, claims, speaking)

    # ------------------------------------------------------------------ changes
    def put(self, parcels: Iterable[Parcel]) -> int:
        """Store documents, all in one transaction."""
        with self.store.write():
            for parcel in parcels:
                self._take_out(parcel.document.id)
                columns = TABLES[Source].columns
                self.store.query(
                    insertion("source", (*columns, "content")).replace("INSERT", "INSERT OR IGNORE"),
                    (*row_of(parcel.source, TABLES[Source]), b""),
                )
                self.store.insert([parcel.document])
                self.store.touch(parcel.document.id)
                parts = (parcel.sections, parcel.passages, parcel.claims, parcel.facts, parcel.mentions, parcel.repairs)
                for records in (*parts, parcel.evidence):
                    self.store.insert(records)
        return self.refresh()

    def remove(self, documents: Iterable[str]) -> int:
        """Take documents out, all in one transaction."""
        with self.store.write():
            for document in documents:
                self._take_out(document)
        return self.refresh()

    def _take_out(self, document: str) -> None:
        self.store.query("DELETE FROM repair WHERE document_id = ?", (document,))
        self.store.query("DELETE FROM document WHERE id = ?", (document,))

    def mirrored(self) -> str:
        """The mark of the library that all this was brought from."""
        own, _, mark = note(self.store, _MIRRORED).partition(" ")
        return mark if own == self.store.mark else ""

    def mirror(self, mark: str) -> None:
        """Note where all this was brought from."""
        put_note(self.store, _MIRRORED, f"{self.store.mark} {mark}")

    def examine(self) -> list[Finding]:
        """What is amiss: in the file, in the indexes beside it, and between the two."""
        found = [
            Finding(NAMED.get(one.table, one.table), one.wrong, one.count, one.mendable) for one in faults(self.store)
        ]
        found += [Finding("索引", f"文件损坏（{Path(kind).name}）", 1) for kind in self._cache.damaged()]
        if not found and (missing := self._unfound()):
            found.append(Finding("索引", "抽查的段落按原文找不到", missing))
        return found

    def _unfound(self) -> int:
        """How many passages of a sample the lexical index doesn't find by their own words."""
        ids = list(self._indexes.rows)
        sample = ids[:: max(len(ids) // _SAMPLE, 1)]
        texts = {identity: entry.passage.text for identity, entry in self.entries(sample).items()}
        return len(sample) - sum(identity in self.lexical(text[:_SAMPLED], 50).ids for identity, text in texts.items())

    def mend(self) -> None:
        """Take out what refers to nothing, and make the indexes anew."""
        if any(one.mendable for one in faults(self.store)):
            mend(self.store)
        for kind in self._cache.damaged():
            self._cache.drop(kind)
        self._indexes = self._opened()
        if self._unfound():
            self._cache.drop("lexical")
            self._indexes = self._opened()
