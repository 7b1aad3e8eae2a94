"""Passages and claims in a Milvus database: an embedded file, a server or a cluster, with the same rows.

Reading is of one generation. A batch (``search.backends.batches``) is written under the next epoch, which nobody reads,
and is found once its commit stands; what it replaced is taken away with the batch after it.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from corpus.errors import DocumentNotFound
from corpus.model import Claim, Document, Passage, Repair
from search.backends import batches, upkeep
from search.backends.calls import TRIES, Calls, Row
from search.backends.collections import MIRRORED, Names, open_collections
from search.backends.collections import NOTHING as NULL
from search.backends.conditions import every, expression, listed, phrases, quoted, visible
from search.backends.interface import (
    ANYWHERE,
    NOTHING,
    Counts,
    Entry,
    Finding,
    Floats,
    Parcel,
    Ranked,
    Topic,
    Where,
    Wording,
)
from search.backends.parcels import joined, unpacked
from search.backends.spread import Sparse, Spread, number, wording
from search.backends.tokens import worded
from search.embedders import Embedder
from search.mentions import saturated
from search.tokens import _Cutter

NAME = "gongzhi"
_PER_PASSAGE = 3  # sentences asked for, per passage wanted
_MOST = 16_384  # rows that one search may give
_MORE, _LEAST = 2, 64  # passages asked for, per passage wanted and at the least, where they are ranked anew
_AT_ONCE = 500  # ids in one condition
_DOCUMENTS = 50  # whose passages are read at once


@dataclass(frozen=True, slots=True)
class State:
    """What a reader of a generation knows: versions that were replaced and may still lie about, the counts, and the
    epoch that these were last summed up in."""

    generation: int = 0
    dead: tuple[str, ...] = ()
    base: int = 0
    spread: Spread = field(default_factory=Spread)


class MilvusBackend:
    """See ``Backend``. Candidates from different lists are comparable by rank only; scores are of this program's own
    weights, which the database merely multiplies."""

    def __init__(self, calls: Calls, names: Names, embedder: Embedder) -> None:
        self.calls = calls
        self.names = names
        self.embedder = embedder
        self.cut = _Cutter(worded(embedder))
        self.state = State()
        self.refresh()

    @classmethod
    def open(
        cls,
        uri: str,
        embedder: Embedder,
        *,
        token: str = "",
        name: str = NAME,
        patience: float = 10.0,
        tries: int = TRIES,
        create: bool = False,
    ) -> Self:
        """Connect to the library ``name`` at an address; ``create`` makes an empty one where there is none.

        Raises LibraryNotFound and the errors of ``search.errors`` that begin with Backend.
        """
        calls = Calls(uri, token, patience, tries)
        try:
            names = Names(name)
            open_collections(calls, names, embedder.id, embedder.size, create=create)
            return cls(calls, names, embedder)
        except BaseException:
            calls.close()
            raise

    def close(self) -> None:
        """Let go of the database."""
        self.calls.close()

    # ------------------------------------------------------------------ generations
    @property
    def generation(self) -> int:
        """The generation that was committed last."""
        return max((int(row["epoch"]) for row in self.commits(0, ["epoch"])), default=0)

    def commits(self, after: int, columns: Sequence[str] = ("epoch", "payload")) -> list[Row]:
        """The commits after an epoch that are kept."""
        return self.calls.query(self.names.of("commits"), f'kind == "commit" and epoch > {after}', columns)

    def refresh(self) -> int:
        """Read from now on what was committed last."""
        last = max(self.commits(self.state.generation), key=lambda row: int(row["epoch"]), default=None)
        if last is not None:
            told = json.loads(last["payload"])
            self.state = State(
                int(last["epoch"]), tuple(told["dead"]), told["base"], self._spread(int(last["epoch"]), told["base"])
            )
        return self.state.generation

    def _spread(self, generation: int, base: int) -> Spread:
        """The counts at a generation: those known already and what came since, or those summed up at ``base`` and on."""
        known = self.state if self.state.generation >= base else State()
        # An epoch in which the counts were summed up has no change beside the sum.
        where = f"epoch >= {max(base, known.generation + 1)} and epoch <= {generation}"
        parts: dict[int, list[tuple[str, str]]] = {}
        for row in self.calls.scan(self.names.of("spreads"), where, ["key", "epoch", "payload"]):
            parts.setdefault(row["epoch"], []).append((row["key"], row["payload"]))
        return Spread.sum([known.spread, *(Spread.from_bytes(in_order(rows)) for rows in parts.values())])

    def shown(self, *conditions: str) -> str:
        """The condition that a row is found at the generation that is read."""
        return every(visible(self.state.generation, self.state.dead), *conditions)

    # ------------------------------------------------------------------ candidates
    def lexical(self, query: str, limit: int, where: Where = ANYWHERE) -> Ranked:
        """The passages that hold the words of a query."""
        asked, everything = self.state.spread.asked(query)
        if not asked:
            return NOTHING
        hits = self._search("passages", "terms", asked, limit, self._conditions(where), ["passage"])
        found = [(row["passage"], score / everything) for score, row in hits if score > 0]
        return _ranked(found)

    def dense(self, vector: Floats, limit: int, where: Where = ANYWHERE) -> Ranked:
        """The passages of which some sentence is nearest to a unit vector."""
        if not vector.any():
            return NOTHING
        conditions = self.shown(expression(where))
        if where.holding or where.lacking:
            # Sentences don't know what stands beside them.
            kept = _parted(self.matching(where, _MOST))
            lists = [self._nearest(vector, limit, every(conditions, _among(some))) for some in kept]
            best = sorted((pair for one in lists for pair in one.items()), key=lambda pair: -pair[1])
            return _ranked(best[:limit])
        return _ranked(list(self._nearest(vector, limit, conditions).items())[:limit])

    def _nearest(self, vector: Floats, limit: int, conditions: str) -> dict[str, float]:
        """Passage → its best sentence's cosine, of at least ``limit`` passages where there are so many."""
        wanted = min(limit * _PER_PASSAGE, _MOST)
        while True:
            hits = self._search("sentences", "dense", vector.tolist(), wanted, conditions, ["passage"])
            found: dict[str, float] = {}
            for score, row in hits:
                found.setdefault(row["passage"], score)
            if len(found) >= limit or len(hits) < wanted or wanted == _MOST:
                return found
            wanted = min(wanted * 4, _MOST)

    def speaking(self, topics: Sequence[Topic], limit: int, where: Where = ANYWHERE) -> Ranked:
        """The passages that speak most of topics."""
        confidence = {concept: share for concepts, share in topics for concept in concepts}
        known = [pair for pair in self.state.spread.wordings if pair[1] in confidence]
        rarity = dict(zip(known, self.state.spread.rarity("label", [label for label, _ in known]), strict=True))
        asked: Sparse = {}
        for (label, concept), idf in rarity.items():
            asked[number("wording", wording(label, concept))] = idf * confidence[concept]
        if not asked:
            return NOTHING
        wanted = min(max(limit * _MORE, _LEAST), _MOST)
        hits = self._search("passages", "concepts", asked, wanted, self._conditions(where), ["passage", "payload"])
        scores = ((row["passage"], self._speaks(_entry(row).wordings, topics, rarity)) for _, row in hits)
        return _ranked(sorted(scores, key=lambda pair: (-pair[1], pair[0]))[:limit])

    @staticmethod
    def _speaks(
        wordings: Iterable[Wording],
        topics: Sequence[Topic],
        rarity: Mapping[tuple[str, str], float],
    ) -> float:
        """How much a passage speaks of topics, 0..1: what the database can't reckon, which knows no diminishing
        returns."""
        said = [(one, rarity.get((one.label, one.concept), 0.0)) for one in wordings]
        total = 0.0
        for concepts, confidence in topics:
            amount = sum(idf * one.times / (one.times + 1) for one, idf in said if one.concept in concepts)
            total += confidence * saturated(amount)
        return total / sum(confidence for _, confidence in topics)

    def _conditions(self, where: Where) -> str:
        return self.shown(expression(where), phrases(where))

    def _search(
        self, kind: str, column: str, vector: Any, limit: int, where: str, columns: Sequence[str]
    ) -> list[tuple[float, Row]]:
        return self.calls.search(self.names.of(kind), column, vector, min(limit, _MOST), where, columns)

    # ------------------------------------------------------------------ what is there
    def entries(self, ids: Sequence[str]) -> dict[str, Entry]:
        """Passages by id."""
        found: dict[str, Entry] = {}
        for some in _parted(ids):
            rows = self.calls.query(self.names.of("passages"), self.shown(_among(some)), ["passage", "payload"])
            found |= {row["passage"]: _entry(row) for row in rows}
        return found

    def matching(self, where: Where, limit: int) -> list[str]:
        """Ids of passages that may be found."""
        rows = self.calls.scan(self.names.of("passages"), self._conditions(where), ["passage"])
        return [row["passage"] for row in islice(rows, limit)]

    def scan(self, where: Where = ANYWHERE) -> Iterator[Entry]:
        """All passages that may be found, in reading order."""
        wanted = self._conditions(where)
        for some in _parted([document.id for document in self.documents()], _DOCUMENTS):
            rows = self.calls.scan(
                self.names.of("passages"), every(wanted, f"document in {listed(some)}"), ["passage", "payload"]
            )
            found = map(_entry, rows)
            yield from sorted(found, key=lambda one: (one.passage.document_id, one.passage.ordinal))

    def claims(self) -> Iterator[Claim]:
        """All claims of the documents that are shown."""
        for some in _parted(sorted(document.id for document in self.documents()), _DOCUMENTS):
            where = self.shown(f"document in {listed(some)}")
            rows = self.calls.scan(self.names.of("claims"), where, ["payload"])
            found = (Claim(**json.loads(row["payload"])) for row in rows)
            yield from sorted(found, key=lambda claim: (claim.document_id, claim.start, claim.id))

    def documents(self) -> list[Document]:
        """Every document, without its text."""
        found = (Document(**head["document"], text="") for head in self._told())
        return sorted(found, key=lambda document: (document.source_id, document.ordinal))

    def doubtful(self) -> list[Repair]:
        """What is doubtful in the documents."""
        return [Repair(**repair) for head in self._told() for repair in head["doubtful"]]

    def guesses(self) -> dict[str, frozenset[str]]:
        """Document id → its fields that are guesses."""
        return {head["document"]["id"]: frozenset(head["guesses"]) for head in self._told() if head["guesses"]}

    def concepts(self) -> frozenset[str]:
        """The concepts that some passage speaks of."""
        return frozenset(concept for _, concept in self.state.spread.wordings)

    def marks(self, documents: Iterable[str] | None = None) -> dict[str, str]:
        """Document id → what its parcel is known by (``search.backends.parcels.mark``)."""
        among = [()] if documents is None else [(f"document in {listed(some)}",) for some in _parted(list(documents))]
        return {head["document"]["id"]: head["mark"] for some in among for head in self._told(*some)}

    def _told(self, *conditions: str) -> Iterator[dict[str, Any]]:
        return (json.loads(row["payload"]) for row in self.heads(*conditions))

    def heads(self, *conditions: str) -> Iterator[Row]:
        """The rows that open each document (key, version, document, payload)."""
        where = self.shown('kind == "head"', *conditions)
        return self.calls.scan(self.names.of("documents"), where, ["version", "document", "payload"])

    def parcel(self, document_id: str) -> Parcel:
        """All that was put of a document. Raises DocumentNotFound."""
        where = self.shown(f"document == {quoted(document_id)}", 'kind == "part"')
        rows = self.calls.query(self.names.of("documents"), where, ["key", "payload"])
        if not rows:
            raise DocumentNotFound(document_id)
        return unpacked(payload for _, payload in sorted((row["key"], row["payload"]) for row in rows))

    def spread(self, field: str, terms: Sequence[str]) -> NDArray[np.int64]:
        """(terms,) in how many passages each stands."""
        return self.state.spread.holding(field, terms)

    def counts(self) -> Counts:
        """What is visible."""
        spread = self.state.spread
        return Counts(spread.documents, spread.passages, spread.claims, spread.speaking)

    # ------------------------------------------------------------------ changes
    def put(self, parcels: Iterable[Parcel]) -> int:
        """Store documents."""
        return batches.put(self, parcels)

    def remove(self, documents: Iterable[str]) -> int:
        """Take documents out."""
        return batches.remove(self, documents)

    def mirrored(self) -> str:
        """The mark of the library that all this was brought from."""
        rows = self.calls.query(self.names.of("commits"), f'key == "{MIRRORED}"', ["epoch", "payload"])
        return next((str(row["payload"]) for row in rows if row["epoch"] == self.generation), "")

    def mirror(self, mark: str) -> None:
        """Note where all this was brought from."""
        row = {"key": MIRRORED, "epoch": self.generation, "kind": MIRRORED, "payload": mark, "v": NULL}
        self.calls.upsert(self.names.of("commits"), [row])

    def examine(self) -> list[Finding]:
        """What is amiss."""
        return upkeep.examine(self)

    def mend(self) -> None:
        """Put right what is amiss."""
        upkeep.mend(self)

    def committed(self, generation: int, dead: Sequence[str], base: int, spread: Spread) -> None:
        """Take note of one's own commit."""
        self.state = replace(self.state, generation=generation, dead=tuple(dead), base=base, spread=spread)


def in_order(rows: Iterable[tuple[str, str]]) -> bytes:
    """Pieces of bytes, by (key, piece)."""
    return joined(piece for _, piece in sorted(rows))


def _ranked(found: Sequence[tuple[str, float]]) -> Ranked:
    return Ranked([one for one, _ in found], np.array([score for _, score in found], np.float32))


def _among(ids: Iterable[str]) -> str:
    return f"passage in {listed(ids)}"


def _parted(ids: Sequence[str], size: int = _AT_ONCE) -> Iterator[Sequence[str]]:
    distinct = list(dict.fromkeys(ids))
    return (distinct[at : at + size] for at in range(0, len(distinct), size))


def _entry(row: Row) -> Entry:
    passage, status, wordings = json.loads(row["payload"])
    passage["headings"] = tuple(passage["headings"])
    return Entry(Passage(**passage), status, tuple(Wording(*one) for one in wordings))
