"""The figures of a library in columns: what conditions on them are tried on, whole columns at a time.

Kept on disk and mapped into memory, of figures that may be trusted: 61 bytes for each, 24 for each claim that gives one,
and its squeezed text in 2 bytes a character; about 250 per passage.
"""

import json
from array import array
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property
from itertools import accumulate
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.model import Document
from corpus.store import Store
from graph.measures import comparable
from search.analyzer import squeeze
from search.fact_query import Bounds, Conditions, Order, Owner
from search.stacked import Column, chained, mapped, renumbered, renumbering, stacked, starts_of

_MOST_NESTED = 8  # claims that one may stand in

Mask = NDArray[np.bool_]
Numbers = NDArray[np.int64]


class _Texts:
    """Squeezed texts, one after the other, each with a zero after it, on its way to a file."""

    def __init__(self, folder: Path, name: str) -> None:
        self._file = (folder / f"{name}.bin").open("wb")
        self._path = folder / f"{name}_starts.npy"
        self._starts = array("q", [0])

    def add(self, text: str) -> None:
        codes = squeeze(text).encode("utf-16-le", "surrogatepass") + b"\0\0"
        self._file.write(codes)
        self._starts.append(self._starts[-1] + len(codes))

    def close(self) -> None:
        self._file.close()
        np.save(self._path, np.array(self._starts, np.int64))


class Haystack:
    """The texts that ``_Texts`` wrote to several folders, as one."""

    def __init__(self, folders: Iterable[Path], name: str) -> None:
        self._parts = [_Haystack(folder, name) for folder in folders]
        #: How many texts each folder has.
        self.sizes = [len(part) for part in self._parts]

    def holding(self, words: str) -> Mask:
        """(texts,) True for those in which squeezed ``words`` stand."""
        return chained([part.holding(words) for part in self._parts])


class _Haystack:
    """The texts that ``_Texts`` wrote."""

    def __init__(self, folder: Path, name: str) -> None:
        path = folder / f"{name}.bin"
        with path.open("rb") as file:  # an empty file can't be mapped
            self._codes = mmap(file.fileno(), 0, access=ACCESS_READ) if path.stat().st_size else b""
        self._starts: Numbers = np.load(folder / f"{name}_starts.npy")

    def __len__(self) -> int:
        return len(self._starts) - 1

    def holding(self, words: str) -> Mask:
        """As in ``Haystack``."""
        found = np.zeros(len(self._starts) - 1, np.bool_)
        wanted = words.encode("utf-16-le", "surrogatepass")
        codes = self._codes
        at = codes.find(wanted)
        while at >= 0:
            if at % 2:  # between two characters
                at = codes.find(wanted, at + 1)
                continue
            number = int(np.searchsorted(self._starts, at, "right")) - 1
            found[number] = True
            at = codes.find(wanted, int(self._starts[number + 1]))
        return found


def build(folder: Path, store: Store, documents: Sequence[Document]) -> None:
    """Write the figures of some documents, numbered as they come, to the empty ``folder``."""
    pairs: dict[Owner, int] = {}
    claims = _Claims(pairs, _Texts(folder, "texts"))
    subjects, units, kinds = dict[str, int](), dict[str, int](), dict[str, int]()
    told = _Texts(folder, "subjects")
    ids, columns = list[bytes](), {name: array(kind) for name, kind in _COLUMNS.items()}
    for number, document in enumerate(documents):
        rows = store.query(
            "SELECT id, claim_id, kind, value, value_max, unit, place, place_code, subject FROM fact"
            " WHERE document_id = ? AND doubtful = '' ORDER BY start, id",
            (document.id,),
        ).fetchall()
        ours = store.query(
            "SELECT id, start, end, place, place_code, text FROM claim WHERE document_id = ? ORDER BY start, id",
            (document.id,),
        ).fetchall()
        known = claims.add(number, document, ours, {row[1] for row in rows})
        for identity, claim, kind, value, highest, unit, place, code, subject in rows:
            most = value if highest is None else highest
            base, low = comparable(value, unit)
            ids.append(identity.encode())
            if subject not in subjects:
                told.add(subject)
            for name, one in zip(
                _COLUMNS,
                (
                    known[claim],
                    kinds.setdefault(kind, len(kinds)),
                    value,
                    most,
                    low,
                    comparable(most, unit)[1],
                    units.setdefault(base, len(units)),
                    pairs.setdefault((place, code), len(pairs)),
                    subjects.setdefault(subject, len(subjects)),
                ),
                strict=True,
            ):
                columns[name].append(one)
    told.close()
    claims.save(folder)
    np.save(folder / "ids.npy", np.array(ids, np.bytes_))
    for name, column in columns.items():
        np.save(folder / f"{name}.npy", np.array(column))
    names = {"pairs": list(pairs), "units": list(units), "kinds": list(kinds)}
    (folder / "names.json").write_text(json.dumps(names, ensure_ascii=False), "utf-8")


#: The columns of a figure: its claim; its kind; its value and the upper one; the same in a comparable unit; that unit;
#: its place; its subject.
_COLUMNS = {
    "claim": "i",
    "kind": "B",
    "low": "d",
    "high": "d",
    "comparable_low": "d",
    "comparable_high": "d",
    "unit": "i",
    "place": "i",
    "subject": "i",
}


class _Claims:
    """The claims that give figures, on their way to files. Claims of several doers share their span, and their figures
    belong to each of them, and to the place of the document."""

    def __init__(self, pairs: dict[Owner, int], texts: _Texts) -> None:
        self._pairs, self._texts = pairs, texts
        self._documents, self._starts, self._ends = array("i"), array("i"), array("i")
        self._owners, self._first = array("i"), array("q", [0])

    def add(self, number: int, document: Document, rows: Iterable[Sequence[Any]], wanted: set[str]) -> dict[str, int]:
        """Enter the ``wanted`` claims of a document; their numbers by their ids."""
        doers: defaultdict[tuple[int, int], dict[Owner, None]] = defaultdict(dict)
        for _, start, end, place, code, _ in rows:
            doers[start, end][place, code] = None
        known: dict[str, int] = {}
        for identity, start, end, _, _, text in rows:
            if identity in wanted:
                known[identity] = len(self._documents)
                self._documents.append(number)
                self._starts.append(start)
                self._ends.append(end)
                owners = {**doers[start, end], (document.place, document.place_code): None}
                self._owners.extend(self._pairs.setdefault(owner, len(self._pairs)) for owner in owners)
                self._first.append(len(self._owners))
                self._texts.add(text)
        return known

    def save(self, folder: Path) -> None:
        self._texts.close()
        np.save(folder / "claim_documents.npy", np.array(self._documents, np.int32))
        np.save(folder / "claim_starts.npy", np.array(self._starts, np.int32))
        np.save(folder / "claim_ends.npy", np.array(self._ends, np.int32))
        np.save(folder / "owners.npy", np.array(self._owners, np.int32))
        np.save(folder / "first_owners.npy", np.array(self._first, np.int64))


class Figures:
    """The columns that ``build`` wrote for each segment, as one, for the ``documents`` that are shown.

    ``held`` are the documents of each segment, ``passed_over`` those of them whose figures are there no more.
    """

    def __init__(
        self,
        folders: Sequence[Path],
        documents: Sequence[Document],
        held: Sequence[Sequence[str]],
        passed_over: Sequence[Collection[str]],
    ) -> None:
        names = [json.loads((folder / "names.json").read_text("utf-8")) for folder in folders]
        self._pairs, pairs = renumbering([[(place, code) for place, code in one["pairs"]] for one in names])
        self._kinds, kinds = renumbering([one["kinds"] for one in names])
        self._units, units = renumbering([one["units"] for one in names])
        self._texts, self._subjects = Haystack(folders, "texts"), Haystack(folders, "subjects")

        def columns(name: str) -> list[NDArray[Any]]:
            return [mapped(folder, name) for folder in folders]

        claims, subjects = (list(accumulate(one.sizes, initial=0)) for one in (self._texts, self._subjects))
        self._stacked: dict[str, Column] = {
            "claim": stacked(columns("claim"), claims),
            "kind": renumbered(columns("kind"), kinds),
            "unit": renumbered(columns("unit"), units),
            "place": renumbered(columns("place"), pairs),
            "subject": stacked(columns("subject"), subjects),
            **{name: stacked(columns(name)) for name in ("low", "high", "comparable_low", "comparable_high")},
        }
        self._ids = stacked(columns("ids"))
        self._starts, self._ends = stacked(columns("claim_starts")), stacked(columns("claim_ends"))
        self._owners, self._first = renumbered(columns("owners"), pairs), starts_of(folders, "first_owners")
        self._numbers = {document.id: number for number, document in enumerate(documents)}
        self._told = list(zip(held, passed_over, columns("claim_documents"), strict=True))
        self._whole, self._apart = not any(passed_over), len(folders) > 1
        by_place = sorted(range(len(self._pairs)), key=lambda i: (self._pairs[i][1] or "9", self._pairs[i][0]))
        self._place_order = np.argsort(np.array(by_place, np.int64)) if by_place else np.zeros(0, np.int64)
        by_unit = sorted(range(len(self._units)), key=self._units.__getitem__)
        self._unit_order = np.argsort(np.array(by_unit, np.int64)) if by_unit else np.zeros(0, np.int64)

    @cached_property
    def _columns(self) -> dict[str, NDArray[Any]]:
        """What each question looks through, side by side."""
        return {name: column[:] for name, column in self._stacked.items()}

    @cached_property
    def _documents(self) -> NDArray[np.int32]:
        """(claims,) the number of each claim's document, -1 where it is there no more."""
        return np.concatenate(
            [
                np.array([-1 if i in gone else self._numbers[i] for i in ids] or [-1], np.int32)[column]
                for ids, gone, column in self._told
            ]
        )

    def found(self, conditions: Conditions, order: Order) -> Numbers:
        """The numbers of the figures that meet the conditions, in an order."""
        columns = self._columns
        kept = np.ones(len(self._ids), np.bool_) if self._whole else self._documents[columns["claim"]] >= 0
        if conditions.kind:
            kept &= columns["kind"] == (
                self._kinds.index(conditions.kind) if conditions.kind in self._kinds else len(self._kinds)
            )
        kept &= self._bounded(conditions.bounds)
        if conditions.same is not None and len(kept):
            good = np.array([conditions.same(*pair) for pair in self._pairs], np.bool_)
            kept &= np.logical_or.reduceat(good[self._owners[:]], self._first[:-1])[columns["claim"]]
        if conditions.words and len(kept):
            speaking = self._texts.holding(conditions.words) | self._holding(conditions.named)
            kept &= speaking[columns["claim"]] | self._subjects.holding(conditions.words)[columns["subject"]]
        found = np.flatnonzero(kept)
        if self._apart:
            # What came later may stand before what was there.
            found = found[np.argsort(self._documents[columns["claim"][found]], kind="stable")]
        if order == "value":
            units, values = self._unit_order[columns["unit"][found]], columns["comparable_high"][found]
            return found[np.lexsort((-values, units))]
        if order == "place":
            return found[np.argsort(self._place_order[columns["place"][found]], kind="stable")]
        return found

    def ids(self, numbers: Numbers) -> list[str]:
        """The ids of figures."""
        return [identity.decode() for identity in self._ids[numbers].tolist()]

    def _bounded(self, bounds: Bounds) -> Mask:
        kept = np.ones(len(self._ids), np.bool_)
        if bounds.least is None and bounds.most is None:
            return kept
        low, high = self._columns["low"], self._columns["high"]
        if bounds.unit:
            low, high = self._columns["comparable_low"], self._columns["comparable_high"]
            wanted = self._units.index(bounds.unit) if bounds.unit in self._units else len(self._units)
            kept &= self._columns["unit"] == wanted
        if bounds.least is not None:
            kept &= high >= bounds.least
        if bounds.most is not None:
            kept &= low <= bounds.most
        return kept

    def _holding(self, named: Mapping[str, Iterable[tuple[int, int]]]) -> Mask:
        """(claims,) True for those in which one of some spans stands."""
        kept = np.zeros(len(self._starts), np.bool_)
        spans = [
            (number, start, end)
            for document, found in named.items()
            if (number := self._numbers.get(document)) is not None
            for start, end in found
        ]
        if not spans or not len(kept):
            return kept
        documents, starts, ends = np.array(spans, np.int64).T
        # Claims come document by document, though not in the order of the documents' numbers.
        firsts, lasts = self._spans
        at = np.full(len(spans), -1, np.int64)
        for i, (first, last, start) in enumerate(
            zip(firsts[documents].tolist(), lasts[documents].tolist(), starts, strict=True)
        ):
            at[i] = first + int(np.searchsorted(self._starts[first:last], start, "right")) - 1 if last > first else -1
        for _ in range(_MOST_NESTED):
            here = (at >= 0) & (self._documents[at] == documents)
            inside = here & (self._starts[at] <= starts) & (ends <= self._ends[at])
            kept[at[inside]] = True
            at = np.where(here, at - 1, -1)
        return kept

    @cached_property
    def _spans(self) -> tuple[Numbers, Numbers]:
        """(documents,) where the claims of each begin and end."""
        firsts, lasts = np.zeros(len(self._numbers), np.int64), np.zeros(len(self._numbers), np.int64)
        edges = np.flatnonzero(np.diff(self._documents, prepend=-1))
        edges = edges[self._documents[edges] >= 0]
        owners = self._documents[edges]
        firsts[owners] = edges
        lasts[owners] = edges + np.bincount(self._documents + 1, minlength=len(firsts) + 1)[1:][owners]
        return firsts, lasts
