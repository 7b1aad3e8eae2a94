"""The clauses of claims on disk: what ``search.claims`` looks things up in.

A clause is what stands between commas. Its text is squeezed (no punctuation, quotation marks, spaces) and kept in
UTF-16 code units, so that pairs of characters are 32-bit keys and text is looked through as arrays; a zero stands before
the first clause and after each. ``postings`` lists for each pair, by key, the clauses that hold it: twice the number of
the clause, plus one where the pair stands only in its bare text, which lacks 工会 and 职工.

Clauses are numbered in reading order. Building streams: what is kept in memory is a run of claims, the numbers of their
clauses and the distinct pairs; the runs are sorted one by one and their postings then laid out by counting.
"""

import json
from array import array
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from corpus.said import Doer, Manner, Said
from search.analyzer import points, squeezing
from search.stacked import Column, chained, mapped, renumbered, renumbering, stacked

_AT_ONCE = 1 << 20  # characters of a run
_SEPARATORS = "，；：。！？,;!?\n"  # those of corpus.sentences.clauses
_CODES = "codes.bin"
_NAMES = "names.json"

Codes = NDArray[np.uint16]
Rows = NDArray[np.int32]


def units(text: str) -> Codes:
    """The UTF-16 code units of a text."""
    return np.frombuffer(text.encode("utf-16-le", "surrogatepass"), np.uint16)


def text_of(codes: Codes) -> str:
    """The text of code units."""
    return codes.tobytes().decode("utf-16-le", "surrogatepass")


def pairs(codes: Codes) -> NDArray[np.uint64]:
    """(n - 1,) the keys of the pairs of neighbours."""
    return codes[:-1].astype(np.uint64) << np.uint64(16) | codes[1:]


def new(*columns: NDArray[Any]) -> NDArray[np.bool_]:
    """(n,) True where one of the columns differs from the line before."""
    found = np.ones(len(columns[0]), np.bool_)
    if len(found):
        found[1:] = columns[0][1:] != columns[0][:-1]
    for column in columns[1:]:
        found[1:] |= column[1:] != column[:-1]
    return found


def distinct(values: Rows) -> Rows:
    """Ascending values without repetitions."""
    once: Rows = values[new(values)]
    return once


def bare_units(codes: Codes) -> NDArray[np.bool_]:
    """(n,) False where 工会 or 职工 stands, found from left to right."""
    trade, union, staff = units("工会职")
    ours = (codes[:-1] == staff) & (codes[1:] == trade)
    theirs = (codes[:-1] == trade) & (codes[1:] == union)
    theirs[1:] &= ~ours[:-1]  # in 职工会 the first two go together
    kept = np.ones(len(codes), np.bool_)
    kept[:-1] &= ~(ours | theirs)
    kept[1:] &= ~(ours | theirs)
    return kept


@dataclass(frozen=True, slots=True)
class _Run:
    """The clauses of some claims: ``codes`` with a zero after each clause, ``owners`` of the clauses."""

    codes: Codes
    owners: Rows

    @classmethod
    def of(cls, texts: Sequence[str], first: int) -> Self:
        """Cut and squeeze texts; the first claim is numbered ``first``."""
        written = points("".join(text + "\n" for text in texts))
        claims = np.repeat(np.arange(len(texts), dtype=np.int32), [len(text) + 1 for text in texts])
        cuts = np.isin(written, points(_SEPARATORS))
        folded = np.where(cuts, np.uint32(0), squeezing().codes[written])
        kept = folded != 0
        pieces = np.cumsum(cuts)[kept]
        begins = new(pieces)
        clause = np.cumsum(begins)
        closed = np.zeros(len(pieces) + int(begins.sum()), np.uint32)
        closed[np.arange(len(pieces)) + clause - 1] = folded[kept]
        # Folding may lead out of what one unit can hold.
        codes = units(closed.tobytes().decode("utf-32-le", "surrogatepass"))
        return cls(codes, claims[kept][begins] + np.int32(first))

    def postings(self, first: int) -> NDArray[np.uint64]:
        """Sorted: key << 32 | posting, for every pair of every clause; the first clause is numbered ``first``."""
        clause = np.cumsum(self.codes == 0) - (self.codes == 0) + first
        standing = self._keyed(self.codes, clause, np.ones(max(len(self.codes) - 1, 0), np.bool_), 0)
        kept = np.flatnonzero(bare_units(self.codes)) if len(self.codes) else np.zeros(0, np.int64)
        # Only where something was left out, pairs meet that the text doesn't have.
        closed = self._keyed(self.codes[kept], clause[kept], np.diff(kept) > 1, 1)
        found = np.concatenate((standing, closed))
        found.sort()
        once: NDArray[np.uint64] = found[new(found >> np.uint64(1))]
        return once

    @staticmethod
    def _keyed(codes: Codes, clause: NDArray[Any], wanted: NDArray[np.bool_], flag: int) -> NDArray[np.uint64]:
        inside = wanted & (codes[:-1] != 0) & (codes[1:] != 0)
        numbers = clause[:-1][inside].astype(np.uint64) * np.uint64(2) + np.uint64(flag)
        keyed: NDArray[np.uint64] = pairs(codes)[inside] << np.uint64(32) | numbers
        return keyed


def _batches(claims: Iterable[Said]) -> Iterator[list[Said]]:
    batch: list[Said] = []
    size = 0
    for claim in claims:
        batch.append(claim)
        size += len(claim.text)
        if size >= _AT_ONCE:
            yield batch
            batch, size = [], 0
    yield batch


class _Register:
    """What is kept of each claim: its id, its document and span, its doer and manner, and the number of its sentence."""

    def __init__(self) -> None:
        self._ids: list[str] = []
        self._sentences, self._spans = array("i"), array("i")
        self._documents, self._doers, self._manners = array("i"), array("i"), array("i")
        self._document_numbers: dict[str, int] = {}
        self._doer_numbers: dict[Doer, int] = {}
        self._manner_numbers: dict[Manner, int] = {}
        self._before: Said | None = None

    def __len__(self) -> int:
        return len(self._ids)

    def add(self, claim: Said) -> None:
        """Enter a claim. The items of a list (…；…；…) that follow each other are of one sentence, as are claims of
        several doers."""
        before = self._before
        same = (
            before is not None
            and before.document_id == claim.document_id
            and ((before.end == claim.start and before.text.endswith("；")) or before.start == claim.start)
        )
        self._sentences.append(self._sentences[-1] if same else len(self))
        self._ids.append(claim.id)
        self._documents.append(self._document_numbers.setdefault(claim.document_id, len(self._document_numbers)))
        self._doers.append(self._doer_numbers.setdefault(claim.doer, len(self._doer_numbers)))
        self._manners.append(self._manner_numbers.setdefault(claim.manner, len(self._manner_numbers)))
        self._spans.extend((claim.start, claim.end))
        self._before = claim

    def save(self, folder: Path) -> None:
        """Write it to a folder."""
        np.save(folder / "ids.npy", np.array(self._ids, np.bytes_))
        np.save(folder / "sentences.npy", np.array(self._sentences, np.int32))
        np.save(folder / "documents.npy", np.array(self._documents, np.int32))
        np.save(folder / "doers.npy", np.array(self._doers, np.int32))
        np.save(folder / "manners.npy", np.array(self._manners, np.int32))
        np.save(folder / "spans.npy", np.array(self._spans, np.int32).reshape(-1, 2))
        names = {
            "documents": list(self._document_numbers),
            "doers": list(self._doer_numbers),
            "manners": list(self._manner_numbers),
        }
        (folder / _NAMES).write_text(json.dumps(names, ensure_ascii=False), "utf-8")


def build(folder: Path, claims: Iterable[Said]) -> None:
    """Write the index of claims, in reading order, to the empty ``folder``."""
    register = _Register()
    owners: list[Rows] = []
    ends: list[NDArray[np.int64]] = []
    counts: list[tuple[NDArray[np.uint64], NDArray[np.int64]]] = []
    runs: list[Path] = []
    clauses, written = 0, 1
    with (folder / _CODES).open("wb") as file:
        np.zeros(1, np.uint16).tofile(file)
        for batch in _batches(claims):
            run = _Run.of([claim.text for claim in batch], len(register))
            for claim in batch:
                register.add(claim)
            run.codes.tofile(file)
            found = run.postings(clauses)
            owners.append(run.owners)
            ends.append(np.flatnonzero(run.codes == 0) + written)
            clauses += len(run.owners)
            written += len(run.codes)
            keys = found >> np.uint64(32)
            edges = np.flatnonzero(new(keys))
            counts.append((keys[edges], np.diff(edges, append=len(keys))))
            runs.append(folder / f"run{len(runs)}.npy")
            np.save(runs[-1], found.astype(np.uint32).view(np.int32))
    _lay_out(folder, runs, counts)
    np.save(folder / "starts.npy", np.concatenate([np.zeros(1, np.int64), *ends]) + 1)
    np.save(folder / "owners.npy", np.concatenate(owners))
    register.save(folder)


def _lay_out(
    folder: Path, runs: Sequence[Path], counts: Sequence[tuple[NDArray[np.uint64], NDArray[np.int64]]]
) -> None:
    """Put the postings of the runs, which have their clauses in order, together by key."""
    keys = np.sort(np.concatenate([found for found, _ in counts]))
    keys = keys[new(keys)]
    sizes = np.zeros(len(keys), np.int64)
    for found, times in counts:
        sizes[np.searchsorted(keys, found)] += times
    offsets = np.concatenate((np.zeros(1, np.int64), np.cumsum(sizes)))
    postings = np.lib.format.open_memmap(folder / "postings.npy", "w+", np.int32, (int(offsets[-1]),))
    free = offsets[:-1].copy()
    for run, (found, times) in zip(runs, counts, strict=True):
        at = np.searchsorted(keys, found)
        shift = free[at] - (np.cumsum(times) - times)
        postings[np.repeat(shift, times) + np.arange(int(times.sum()))] = np.load(run)
        free[at] += times
        run.unlink()
    postings.flush()
    np.save(folder / "keys.npy", keys)
    np.save(folder / "offsets.npy", offsets)


def _alive(
    columns: Sequence[Rows], names: Sequence[Sequence[str]], passed_over: Sequence[Collection[str]]
) -> NDArray[np.bool_] | None:
    """(claims,) False where the document is one of those passed over; None where there are none."""
    if not any(passed_over):
        return None
    kept = []
    for column, ids, gone in zip(columns, names, passed_over, strict=True):
        there = np.array([document not in gone for document in ids], np.bool_)
        kept.append(there[column] if len(column) else np.zeros(0, np.bool_))
    return np.concatenate(kept)


class ClauseTable:
    """The arrays that ``build`` wrote for each segment, as one: mapped into memory, pages are read as they are asked for.

    ``starts`` (clauses + 1,) says where the text of a clause begins in ``codes``; ``owners`` (clauses,) has the numbers of
    their claims; ``ids``, ``sentences``, ``spans`` (claims, 2), ``documents``, ``doers`` and ``manners`` (claims,) tell of
    these, the last three as positions in ``document_ids``, ``doer_names`` and ``manner_names``.
    """

    def __init__(self, folders: Sequence[Path], passed_over: Sequence[Collection[str]] = ()) -> None:
        """``passed_over`` are for each segment the documents whose claims are there no more."""

        def columns(name: str) -> list[NDArray[Any]]:
            return [mapped(folder, name) for folder in folders]

        codes = [np.asarray(np.memmap(folder / _CODES, np.uint16, "r")) for folder in folders]
        # The zero before the first clause of a segment is the one after the last of the segment before.
        self._codes = [codes[0], *(one[1:] for one in codes[1:])]
        self.codes: Column = stacked(self._codes)
        begins = accumulate((len(one) - 1 for one in codes), initial=0)
        starts, owners, ids = columns("starts"), columns("owners"), columns("ids")
        self._firsts = list(accumulate(map(len, owners), initial=0))
        claims = list(accumulate(map(len, ids), initial=0))
        self.starts: Column = stacked([*(one[:-1] for one in starts[:-1]), starts[-1]], list(begins))
        self.owners: Column = stacked(owners, claims)
        self.ids: Column = stacked(ids)
        self.sentences: Column = stacked(columns("sentences"), claims)
        self.spans: Column = stacked(columns("spans"))
        names = [json.loads((folder / _NAMES).read_text("utf-8")) for folder in folders]
        self.document_ids, documents = renumbering([one["documents"] for one in names])
        doer_names, doers = renumbering([[Doer(*doer) for doer in one["doers"]] for one in names])
        manner_names, manners = renumbering([[Manner(*manner) for manner in one["manners"]] for one in names])
        self.doer_names, self.manner_names = doer_names, manner_names
        self.documents: Column = renumbered(columns("documents"), documents)
        self.doers: Column = renumbered(columns("doers"), doers)
        self.manners: Column = renumbered(columns("manners"), manners)
        #: (claims,) False for those that are there no more; None where all are there.
        self.alive = _alive(columns("documents"), [one["documents"] for one in names], passed_over)
        self._postings = list(zip(columns("keys"), columns("offsets"), columns("postings"), strict=True))

    def __len__(self) -> int:
        return len(self.owners)

    def texts(self, first: int, last: int) -> list[str]:
        """The squeezed texts of the clauses from ``first`` up to ``last``, which is not among them."""
        return text_of(self.codes[self.starts[first] : self.starts[last]]).split("\0")[:-1]

    def text(self, first: int, last: int) -> str:
        """The same, one after the other without anything between."""
        return "".join(self.texts(first, last))

    def holding(self, unit: int) -> Rows:
        """The clauses in which a character stands, ascending."""
        firsts = accumulate(map(len, self._codes), initial=0)
        places = [np.flatnonzero(codes == unit) + first for codes, first in zip(self._codes, firsts, strict=False)]
        return distinct((self.starts.searchsorted(chained(places), "right") - 1).astype(np.int32))

    def postings(self, key: int) -> Rows:
        """The postings of a pair, ascending."""
        found = []
        for (keys, offsets, postings), first in zip(self._postings, self._firsts, strict=False):
            at = int(np.searchsorted(keys, np.uint64(key)))
            if at < len(keys) and keys[at] == key:
                some = postings[offsets[at] : offsets[at + 1]]
                found.append(some + np.int32(2 * first) if first else some)
        return chained(found) if found else np.zeros(0, np.int32)

    def gather(self, clauses: Rows) -> Codes:
        """The code units of some clauses, with a zero before the first and after each."""
        starts = self.starts[clauses]
        lengths = self.starts[clauses + 1] - starts
        ends = np.cumsum(lengths)
        at = np.repeat(starts - (ends - lengths), lengths) + np.arange(int(ends[-1]) if len(ends) else 0)
        return np.concatenate((np.zeros(1, np.uint16), self.codes[at]))
