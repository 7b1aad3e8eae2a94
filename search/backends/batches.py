"""Writing to a Milvus database in batches that are found all at once or not at all.

A batch is written under the epoch after the last commit, which no reader looks at, then counted, then committed by one
row. Whatever breaks off before that leaves rubbish of a later epoch, which the next batch takes away before it begins;
one that was committed may be written again without harm. There is one writer.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from itertools import islice
from typing import TYPE_CHECKING, Any

from corpus.model import UNSURE
from search.analyzer import squeeze
from search.backends.calls import Row
from search.backends.collections import COLUMNS, CONTENT, NOTHING
from search.backends.conditions import columns, listed, quoted
from search.backends.interface import Entry, Parcel
from search.backends.parcels import entries_of, joined, mark, packed, pieces
from search.backends.spread import Spread, concepts_of, terms_of, weights_of
from search.embedders import remembering
from search.errors import BackendIncomplete
from search.vectors import pieces as sentences_of

if TYPE_CHECKING:
    from search.backends.milvus import MilvusBackend

MOST, PASSAGES = 200, 4_000  # documents of a batch, and passages after which it takes no further one
_ROWS = 200  # written by one call
_SUMMED_AFTER = 64  # epochs after which the counts are summed up


def put(backend: "MilvusBackend", parcels: Iterable[Parcel]) -> int:
    """Store documents, up to ``MOST`` in one batch, fewer where they are long. Returns the generation from which on all are
    found."""
    backend.refresh()
    for some in _parted(parcels):
        _Batch(backend).write(some, [parcel.document.id for parcel in some])
    return backend.state.generation


def _parted(parcels: Iterable[Parcel]) -> Iterator[list[Parcel]]:
    """Documents by batches: no more of them are held in memory at once."""
    some: list[Parcel] = []
    passages = 0
    for parcel in parcels:
        some.append(parcel)
        passages += len(parcel.passages)
        if len(some) == MOST or passages >= PASSAGES:
            yield some
            some, passages = [], 0
    if some:
        yield some


def remove(backend: "MilvusBackend", documents: Iterable[str]) -> int:
    """Take documents out, up to ``MOST`` in one batch."""
    waiting = iter(documents)
    backend.refresh()
    while some := list(islice(waiting, MOST)):
        _Batch(backend).write([], some)
    return backend.state.generation


def sweep(backend: "MilvusBackend") -> None:
    """Take away what no reader of the last commit looks at: what it replaced, what came of batches that were broken off,
    and counts that have been summed up."""
    calls, names, state = backend.calls, backend.names, backend.state
    for kind in CONTENT:
        if state.dead:
            calls.delete(names.of(kind), f"version in {listed(state.dead)}")
        calls.delete(names.of(kind), f"epoch > {state.generation}")
    calls.delete(names.of("spreads"), f"epoch > {state.generation}")
    if state.base:
        calls.delete(names.of("spreads"), f"epoch < {state.base}")
    calls.delete(names.of("commits"), f'kind == "commit" and epoch < {state.generation}')


def held(backend: "MilvusBackend", version: str) -> Spread:
    """What a version of a document has added to the counts."""
    where = f'version == {quoted(version)} and kind == "spread"'
    rows = backend.calls.query(backend.names.of("documents"), where, ["key", "payload"])
    return Spread.from_bytes(joined(part for _, part in sorted((row["key"], row["payload"]) for row in rows)))


def count_anew(backend: "MilvusBackend") -> None:
    """Sum the counts up from what every document has added to them."""
    spreads = [held(backend, row["version"]) for row in backend.heads()]
    _Batch(backend).sum_up(Spread.sum(spreads))


class _Batch:
    """One batch on its way into the database."""

    def __init__(self, backend: "MilvusBackend") -> None:
        self._backend = backend
        self._embedder = backend.embedder
        self._epoch = backend.state.generation + 1
        self._rows: dict[str, list[Row]] = {kind: [] for kind in COLUMNS}
        self._written = dict.fromkeys(COLUMNS, 0)

    def write(self, parcels: Sequence[Parcel], replaced: Sequence[str]) -> None:
        """Write and commit; nothing is done where there is nothing to put and none of ``replaced`` is there."""
        backend = self._backend
        gone = {row["version"]: row["document"] for row in backend.heads(f"document in {listed(replaced)}")}
        if not parcels and not gone:
            return
        sweep(backend)
        with remembering(backend.embedder) as self._embedder:
            added = [self._document(parcel) for parcel in parcels]
        change = Spread.sum(added, [held(backend, version) for version in gone])
        spread = Spread.sum([backend.state.spread, change])
        if self._epoch - backend.state.base >= _SUMMED_AFTER:
            self._spread("base", spread)
            self._commit(sorted(gone), self._epoch, spread)
        else:
            self._spread("delta", change)
            self._commit(sorted(gone), backend.state.base, spread)

    def sum_up(self, spread: Spread) -> None:
        """Commit the counts, and nothing else."""
        sweep(self._backend)
        self._spread("base", spread)
        self._commit([], self._epoch, spread)

    def _commit(self, gone: Sequence[str], base: int, spread: Spread) -> None:
        self._flush()
        self._see_that_all_is_there()
        payload = json.dumps({"dead": gone, "base": base})
        self._add("commits", f"{self._epoch:012}", kind="commit", payload=payload, v=NOTHING)
        self._flush()
        self._backend.committed(self._epoch, gone, base, spread)

    def _document(self, parcel: Parcel) -> Spread:
        """Write a document. Returns what it adds to the counts."""
        document = parcel.document
        version = f"{document.id}@{self._epoch}"
        before = dict(self._written)
        entries = [] if document.same_as else entries_of(parcel)
        claims = () if document.same_as else parcel.claims
        tokens = self._backend.cut([entry.passage.text for entry in entries])
        terms = [terms_of(entry, words) for entry, words in zip(entries, tokens, strict=True)]
        spread = Spread.of(terms, entries, len(claims))
        ours = {"document": document.id, "version": version}
        about = {**ours, **columns(document)}
        for kind, parts in (("part", packed(parcel)), ("spread", pieces(spread.to_bytes()))):
            for n, part in enumerate(parts):
                self._add("documents", f"{version}#{kind}{n:06}", **ours, kind=kind, payload=part, v=NOTHING)
        for entry, counted in zip(entries, terms, strict=True):
            passage = entry.passage
            key = f"{passage.id}@{self._epoch}"
            found = {**about, "passage": passage.id, "status": entry.status}
            self._add(
                "passages", key, **found, squeezed=whole(entry), payload=_payload(entry), terms=weights_of(counted),
                concepts=concepts_of(entry),
            )  # fmt: skip
        self._sentences(entries, about)
        for claim in claims:
            payload = json.dumps(asdict(claim), ensure_ascii=False)
            self._add("claims", f"{claim.id}@{self._epoch}", **ours, payload=payload, v=NOTHING)
        head = {
            "document": {name: value for name, value in asdict(document).items() if name != "text"},
            "mark": mark(parcel),
            "doubtful": [asdict(repair) for repair in parcel.repairs if repair.doubtful],
            "guesses": sorted(one.field for one in parcel.evidence if one.confidence < UNSURE),
            "rows": {kind: self._written[kind] - before[kind] for kind in CONTENT},
        }
        self._add("documents", version, **ours, kind="head", payload=json.dumps(head, ensure_ascii=False), v=NOTHING)
        return spread

    def _sentences(self, entries: Sequence[Entry], about: dict[str, Any]) -> None:
        parts = [(entry, n, text) for entry in entries for n, text in enumerate(sentences_of(entry.passage.text))]
        vectors = self._embedder.encode([text for *_, text in parts])
        for (entry, n, _), vector in zip(parts, vectors, strict=True):
            found = {**about, "passage": entry.passage.id, "status": entry.status}
            self._add("sentences", f"{entry.passage.id}@{self._epoch}#{n:04}", **found, dense=vector)

    def _spread(self, kind: str, spread: Spread) -> None:
        for n, part in enumerate(pieces(spread.to_bytes())):
            self._add("spreads", f"{self._epoch:012}{kind}{n:06}", kind=kind, payload=part, v=NOTHING)

    def _add(self, collection: str, key: str, **values: Any) -> None:
        self._rows[collection].append({"key": key, "epoch": self._epoch, **values})
        self._written[collection] += 1
        if len(self._rows[collection]) >= _ROWS:
            self._flush()

    def _flush(self) -> None:
        for kind, rows in self._rows.items():
            self._backend.calls.upsert(self._backend.names.of(kind), rows)
            rows.clear()

    def _see_that_all_is_there(self) -> None:
        """Raises BackendIncomplete where the database has fewer rows than it was given."""
        calls, names = self._backend.calls, self._backend.names
        for kind in (*CONTENT, "spreads"):
            found = calls.count(names.of(kind), f"epoch == {self._epoch}")
            if found != self._written[kind]:
                raise BackendIncomplete(calls.address, found, self._written[kind])


def whole(entry: Entry) -> str:
    """The headings and the text of a passage, each squeezed, on lines of their own: what phrases are looked for in."""
    return "\n".join(map(squeeze, (*entry.passage.headings, entry.passage.text)))


def _payload(entry: Entry) -> str:
    told = (asdict(entry.passage), entry.status, entry.wordings)
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))
