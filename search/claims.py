"""What claims say, clause by clause, for place questions: where a label stands and how much of a topic is covered.

A clause is what stands between commas; comparison is on squeezed text (no quotation marks, punctuation, spaces).
``bare`` text also lacks 工会 and 职工, so that 社会化工会工作者 and 社会化工作者 are one. What is asked costs by how many
clauses hold its characters, not by how many there are; claims themselves are fetched where they are answered.
"""

import math
import re
from array import array
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Self, TypeAlias

import numpy as np
from numpy.typing import NDArray

from corpus.model import Claim, Polarity
from corpus.said import Doer, Manner, by_id, said
from corpus.store import Store
from search.analyzer import squeeze, squeezed
from search.clauses import ClauseTable, Codes, Rows, bare_units, build, distinct, pairs, units
from search.presence import Presence
from search.segments import Layout
from search.stacked import Column

_FORMAT = "3"  # raised whenever the cache's content changes meaning
_OWN = re.compile("工会|职工")
_LEAST_BARE = 4  # a shorter label without 工会 or 职工 is too common a word (驿站, 书屋)
_REMEMBERED = 1024  # labels whose clauses are kept
_AT_ONCE = 8192
_SHORT = 3  # names up to this length are looked for as they stand
_NUMERALS = "一二三四五六七八九十两百千"
_DIGITS = "0123456789"
_COUNTED = re.compile(rf"^[{_NUMERALS}\d]")

Found: TypeAlias = "array[int]"  # numbers of clauses, ascending


def bare(text: str) -> str:
    """Squeezed text without 工会 and 职工."""
    return _OWN.sub("", squeeze(text))


def bigrams(text: str) -> set[str]:
    """The character pairs of a text."""
    return {text[i : i + 2] for i in range(len(text) - 1)}


@lru_cache(4096)
def forms(label: str) -> tuple[str, ...]:
    """What a label is looked for as: squeezed, and without 工会 and 职工."""
    return tuple(form for form in dict.fromkeys((squeeze(label), bare(label))) if len(form) > 1)


_squeezed = lru_cache(256)(squeezed)  # a claim of several clauses is looked at for each


def _at(text: str, label: str) -> int:
    """Where ``label`` stands in squeezed ``text``, or -1. A counted name is never part of a longer one: 四护 stands
    neither in 四护一促 nor in 十四护, 1+1 not in 1+10."""
    position = text.find(label)
    while position >= 0 and _COUNTED.match(label):
        before = text[position - 1] if position else ""
        after = text[position + len(label) : position + len(label) + 1]
        if before not in (*_NUMERALS, *_DIGITS, "+", "第") and after not in (*_NUMERALS, *_DIGITS, "+", "n"):
            break
        position = text.find(label, position + 1)
    return position


def _standing(text: str, label: str) -> tuple[int, str]:
    """Where the form of ``label`` that stands in squeezed ``text`` does, and that form; -1 and "" where none does."""
    for form in forms(label):
        if (at := _at(text, form)) >= 0:
            return at, form
    return -1, ""


def _places(codes: Codes, label: Codes, counted: bool) -> NDArray[np.int64]:
    """Where ``label`` stands in ``codes``, as ``_at`` has it; a zero stands before and after every text."""
    last = len(codes) - len(label) + 1
    same = codes[:last] == label[0] if last > 0 else np.zeros(0, np.bool_)
    for i in range(1, len(label)):
        same &= codes[i : last + i] == label[i]
    at = np.flatnonzero(same)
    if counted:
        at = at[~np.isin(codes[at - 1], units(_NUMERALS + _DIGITS + "+第"))]
        at = at[~np.isin(codes[at + len(label)], units(_NUMERALS + _DIGITS + "+n"))]
    return at


@dataclass(frozen=True, slots=True)
class Head:
    """A claim, by its number, without its words: whose and what it is, and where it stands."""

    number: int
    document_id: str
    start: int
    end: int
    doer: Doer
    manner: Manner


@dataclass(frozen=True, slots=True)
class Columns:
    """Claims without their words, as columns (claims,): their numbers, those of their documents, doers and manners (see
    ``ClaimIndex.documents``, ``doers``, ``manners``), and where they start."""

    numbers: Rows
    documents: Rows
    doers: Rows
    manners: Rows
    starts: Rows


class ClaimIndex:
    """The claims of a library that ``search.clauses`` wrote indexes of to ``folders``, one for each segment; ``fetch`` gives
    claims by id, ``changed`` tells whether the library is another now, ``passed_over`` are for each segment the documents
    whose claims are there no more."""

    def __init__(
        self,
        folders: Sequence[Path],
        fetch: Callable[[Iterable[str]], Mapping[str, Claim]],
        changed: Callable[[], bool] = lambda: False,
        passed_over: Sequence[Collection[str]] = (),
    ) -> None:
        self._folders = folders
        self._table = ClauseTable(folders, passed_over)
        self._fetch = fetch
        self._changed = changed
        self._found = lru_cache(maxsize=_REMEMBERED)(self._find)
        self._rarity = lru_cache(maxsize=16 * _REMEMBERED)(self._rarest)
        self._postings = lru_cache(maxsize=_REMEMBERED)(self._posted)

    @classmethod
    def open(cls, store: Store, layout: Layout, polarity: Polarity = "affirmed") -> Self:
        """The index of what the shown documents of a library affirm, or deny; built if there is none."""
        generation = store.generation
        folders = layout.folders(
            f"claims-{polarity}",
            _FORMAT,
            lambda folder, segment, _: build(folder, said(store, polarity, segment.documents)),
        )
        return cls(
            folders, lambda ids: by_id(store, Claim, ids), lambda: store.generation != generation, layout.passed_over
        )

    def segment(self, number: int) -> Self:
        """The index of the claims of one segment."""
        return type(self)(self._folders[number : number + 1], self._fetch, self._changed)

    def __len__(self) -> int:
        """How many clauses there are."""
        return len(self._table)

    @property
    def owners(self) -> Column:
        """(clauses,) the number of each clause's claim, ascending."""
        return self._table.owners

    @property
    def doers(self) -> list[Doer]:
        """Those who did something, by number; some may have done what is there no more."""
        return self._table.doer_names

    @property
    def telling_of(self) -> list[Doer]:
        """Those of whom something is told."""
        table = self._table
        if table.alive is None:
            return table.doer_names
        told = np.zeros(len(table.doer_names), np.bool_)
        told[table.doers[np.flatnonzero(table.alive)]] = True
        return [table.doer_names[number] for number in np.flatnonzero(told).tolist()]

    def _posted(self, key: int) -> Rows:
        """The postings of a pair, of clauses that are there. ``_postings`` remembers them."""
        found = self._table.postings(key)
        return found[self._there(found >> 1)]

    def _there(self, clauses: Rows) -> NDArray[np.bool_] | slice:
        """Those of some clauses that are there."""
        alive, owners = self._table.alive, self._table.owners
        return slice(None) if alive is None else alive[owners[clauses]]

    def heads(self, numbers: Iterable[int]) -> dict[int, Head]:
        """Claims without their words, by their numbers; those that have been removed since are missing."""
        table, wanted = self._table, list(dict.fromkeys(numbers))
        if self._changed():
            wanted = list(self.claims(wanted))
        at = np.array(wanted, np.int64)
        documents, doers, manners = (column[at].tolist() for column in (table.documents, table.doers, table.manners))
        told = zip(wanted, documents, table.spans[at].tolist(), doers, manners, strict=True)
        return {
            number: Head(
                number, table.document_ids[document], start, end, table.doer_names[doer], table.manner_names[manner]
            )
            for number, document, (start, end), doer, manner in told
        }

    def present(self, numbers: Rows) -> NDArray[np.bool_]:
        """(numbers,) False for claims that have been removed from the library since."""
        if not self._changed():
            return np.ones(len(numbers), np.bool_)
        there = self.claims(dict.fromkeys(numbers.tolist()))
        return np.fromiter((number in there for number in numbers.tolist()), np.bool_, len(numbers))

    def columns(self, numbers: Rows) -> Columns:
        """What is known of claims without their words, side by side."""
        table = self._table
        starts = table.spans[numbers][:, 0] if len(numbers) else np.zeros(0, np.int32)
        return Columns(numbers, table.documents[numbers], table.doers[numbers], table.manners[numbers], starts)

    @property
    def manners(self) -> list[Manner]:
        """What claims are."""
        return self._table.manner_names

    @cached_property
    def document_order(self) -> Rows:
        """(documents,) the place of each among their ids in order."""
        order = np.argsort(np.array(self._table.document_ids, np.str_), kind="stable")
        places = np.zeros(len(order), np.int32)
        places[order] = np.arange(len(order), dtype=np.int32)
        return places

    @property
    def documents(self) -> list[str]:
        """The ids of the documents that claim something."""
        return self._table.document_ids

    def claims(self, numbers: Iterable[int]) -> dict[int, Claim]:
        """Claims by their numbers; those that have been removed from the library since are missing."""
        ids = {number: self._table.ids[number].decode() for number in numbers}
        found = self._fetch(ids.values())
        return {number: found[identity] for number, identity in ids.items() if identity in found}

    def text(self, clause: int) -> str:
        """The squeezed text of a clause."""
        return self._table.text(clause, clause + 1)

    def texts(self) -> Iterator[str]:
        """The squeezed texts of all clauses, in reading order."""
        for first in range(0, len(self), _AT_ONCE):
            last = min(first + _AT_ONCE, len(self))
            yield from self._table.texts(first, last)

    @property
    def size(self) -> int:
        """How many claims there are."""
        return len(self._table.ids)

    def sentences(self) -> Iterator[str]:
        """The squeezed texts of all claims, in reading order."""
        firsts = self.owners.searchsorted(np.arange(self.size + 1, dtype=np.int32)).tolist()
        for first in range(0, self.size, _AT_ONCE):
            last = min(first + _AT_ONCE, self.size)
            texts = self._table.texts(firsts[first], firsts[last])
            yield from (
                "".join(texts[a - firsts[first] : b - firsts[first]]) for a, b in pairwise(firsts[first : last + 1])
            )

    def clauses_of(self, doer: tuple[str, str], documents: Iterable[str]) -> Rows:
        """The clauses of a doer's (place, code) claims, and of those of nobody in some documents, ascending."""
        table, known = self._table, set(documents)
        ours = np.array([(place, code) == doer for place, code, _ in table.doer_names], np.bool_)
        nobody = np.array([not place for place, _, _ in table.doer_names], np.bool_)
        there = np.array([document in known for document in table.document_ids], np.bool_)
        doers, reports = table.doers[:], table.documents[:]
        wanted = ours[doers] | (nobody[doers] & there[reports])
        if table.alive is not None:
            wanted &= table.alive
        found: Rows = np.flatnonzero(wanted[self.owners[:]]).astype(np.int32)
        return found

    def having(self, label: str) -> Found:
        """The clauses in which ``label`` stands, written with or without 工会 and 职工."""
        return self._found(label)

    def standing(self, label: str, rows: Rows) -> NDArray[np.bool_]:
        """(rows,) True for those of the clauses ``rows`` in which ``label`` stands."""
        found = np.frombuffer(self.having(label), np.int32)
        if not len(found):
            return np.zeros(len(rows), np.bool_)
        stands: NDArray[np.bool_] = found[np.minimum(np.searchsorted(found, rows), len(found) - 1)] == rows
        return stands

    def paired(self, gram: str, rows: Rows) -> NDArray[np.bool_]:
        """(rows,) True for those of the clauses ``rows`` in whose squeezed text a pair of characters stands."""
        stands = np.ones(len(rows), np.bool_)
        for key in pairs(units(gram)):
            found, wanted = self._postings(int(key)), rows * np.int32(2)
            at = np.minimum(np.searchsorted(found, wanted), len(found) - 1)
            stands &= found[at] == wanted if len(found) else False
        return stands

    def any_of(self, labels: Iterable[str], others: Iterable[Rows] = ()) -> Rows:
        """The clauses in which one of ``labels`` stands, and ``others``, ascending."""
        found = [np.frombuffer(self.having(label), np.int32) for label in labels]
        together = np.concatenate([*found, *others, np.zeros(0, np.int32)])
        together.sort()
        return distinct(together)

    def only_inside(self, labels: Iterable[str], longer: Iterable[str]) -> Found:
        """The clauses that hold one of ``longer`` and none of ``labels`` outside it."""
        words, names = [squeeze(label) for label in labels], [squeeze(name) for name in longer]
        found = array("i")
        for number in sorted({number for name in names for number in self.having(name)}):
            rest = self.text(number)
            for name in names:
                rest = rest.replace(name, "\n")
            if not any(word in rest for word in words):
                found.append(number)
        return found

    def idf(self, gram: str) -> float:
        """How telling a character pair is; 0 where every clause has it."""
        return self._rarity(gram)

    def _rarest(self, gram: str) -> float:
        return max(self._idf(int(key)) for key in pairs(units(gram)))

    def _idf(self, key: int) -> float:
        count = len(self._postings(key))
        return math.log(1 + (len(self) - count + 0.5) / (count + 0.5))

    def presence(self, words: str) -> Presence:
        """How far ``words`` stand in the clauses. Names of two or three characters stand or don't."""
        text, shares = squeeze(words), []
        if len(text) > _SHORT:
            weights = {key: self._idf(key) for key in dict.fromkeys(map(int, pairs(units(text))))}
            total = sum(weights.values())
            shares = [(self._postings(key), weight / total) for key, weight in weights.items()]
        return Presence(self._table, shares, np.frombuffer(self.having(words), np.int32))

    def _find(self, label: str) -> Found:
        text, plain = squeeze(label), bare(label)
        found = self._scan(text, within_bare=False)
        if len(plain) >= _LEAST_BARE:
            found = np.union1d(found, self._scan(plain, within_bare=True))
        return array("i", found.astype(np.int32).tobytes())

    def _scan(self, label: str, *, within_bare: bool) -> Rows:
        """The clauses in whose text, or bare text, a squeezed label stands."""
        wanted = units(label)
        if len(wanted) < 2:
            found = self._table.holding(int(wanted[0])) if len(wanted) else np.zeros(0, np.int32)
            return found[self._there(found)]
        rows = self._holding(wanted, within_bare)
        counted = _COUNTED.match(label) is not None
        if len(wanted) == 2 and not counted and not within_bare:
            return rows
        codes = self._table.gather(rows)
        if within_bare:
            codes = codes[bare_units(codes)]
        before = np.cumsum(codes == 0, dtype=np.int32)
        return rows[distinct(before[_places(codes, wanted, counted)] - 1)]

    def _holding(self, wanted: Codes, within_bare: bool) -> Rows:
        """The clauses that hold all pairs of ``wanted``, in their text or, if asked for, their bare text."""
        lists = sorted((self._postings(int(key)) for key in pairs(wanted)), key=len)
        found = lists[0]
        rows = found >> 1 if within_bare else found[found & 1 == 0] >> 1
        for more in lists[1:]:
            if not len(rows):
                break
            # A pair stands in the text (twice the number) or in the bare text only (one more), never in both.
            at = np.minimum(np.searchsorted(more, rows * np.int32(2)), len(more) - 1)
            rows = rows[more[at] >> 1 == rows] if within_bare else rows[more[at] == rows * np.int32(2)]
        return rows

    def marks(self, claim: Claim, clause: int, labels: Iterable[str]) -> list[tuple[int, int]]:
        """Spans of the claim's text where one of ``labels`` stands in ``clause``, which is one of its own."""
        owners = self._table.owners
        *before, text = self._table.texts(int(owners.searchsorted(owners[clause])), clause + 1)
        found = [(at, at + len(form) - 1) for label in labels for at, form in (_standing(text, label),) if form]
        if not found:
            return []
        start = sum(map(len, before))
        offsets = _squeezed(claim.text)[1]
        return [(offsets[start + first], offsets[start + last] + 1) for first, last in found]
