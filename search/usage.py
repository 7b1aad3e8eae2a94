"""Where and how documents use terms: the documents of each, typical sentences, quotation marks and tails.

How often each document uses each term is counted once and kept on disk, mapped into memory: 8 bytes for each term of each
document, about 15 per passage. Sentences and ways of writing are read when a term is asked for.
"""

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby, islice, pairwise
from operator import itemgetter
from pathlib import Path

import numpy as np
from ahocorasick_rs import AhoCorasick
from numpy.typing import NDArray

from corpus.doubts import Doubts
from corpus.model import Document, Mention, Term
from corpus.sentences import sentences
from corpus.store import Store
from corpus.unsettled import unsettled
from graph.context import everyday
from graph.variants import fold
from search import strings
from search.answers import Evidence, TermUse
from search.stacked import mapped
from search.strings import Numbered, Strings

_MOST_USES = 3
_MOST_READ = 2000  # places of a term that are read to find sentences that differ, or ways to write it
_MARKS = frozenset({"“”", "‘’", "「」", '""'})

Numbers = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Reach:
    """How many documents use a term, the provinces that they come from ("" for none), and their place where they have but
    one."""

    documents: int
    provinces: tuple[str, ...]
    place: str


def build(folder: Path, store: Store, terms: Sequence[Term], documents: Sequence[Document]) -> None:
    """Count how the shown ``documents`` use ``terms``, both numbered as they come, into the empty ``folder``."""
    numbers = {term.id: number for number, term in enumerate(terms)}
    owners, users, times = array("i"), array("i"), array("i")
    quoted = np.zeros(len(terms), np.int64)
    for place, document in enumerate(documents):
        ((text,),) = store.query("SELECT text FROM document WHERE id = ?", (document.id,))
        counts: Counter[int] = Counter()
        for term, start, end in _mentions(store, document.id):
            if (number := numbers.get(term)) is not None:
                counts[number] += 1
                quoted[number] += _is_quoted(text, start, end)
        owners.extend(counts)
        times.extend(counts.values())
        users.extend([place] * len(counts))
    editions = store.editions()
    Numbered.write(folder, "terms", numbers)
    strings.write(folder, "held", (document.id for document in documents))
    strings.write(folder, "editions", (editions[document.id] for document in documents))
    starts, used, often = _ordered([np.array(column, np.int32) for column in (owners, users, times)], len(terms))
    np.save(folder / "starts.npy", starts)
    np.save(folder / "documents.npy", used)
    np.save(folder / "times.npy", often)
    totals = np.bincount(np.array(owners, np.int64), times, len(terms)).astype(np.int64)
    common = np.flatnonzero((2 * quoted >= totals) & (totals > 0))
    common = common[[everyday(terms[number].label) for number in common.tolist()]] if len(common) else common
    # Everyday words are linked only where they are set apart: their other uses are counted in the texts.
    search = AhoCorasick([terms[number].label for number in common.tolist()], store_patterns=False)
    everywhere = np.zeros(len(terms), np.int64)
    if len(common):
        for (text,) in store.query("SELECT text FROM document WHERE same_as = ''"):
            for found, _, _ in search.find_matches_as_indexes(text, True):
                everywhere[common[found]] += 1
    np.save(folder / "quoted.npy", (totals > 0) & (2 * quoted >= np.maximum(totals, everywhere)))


def _ordered(columns: Sequence[Numbers], terms: int) -> tuple[NDArray[np.int64], Numbers, Numbers]:
    """(where the documents of each term begin, documents, times) of (terms, documents, times), those that use it most
    first."""
    owned, used, often = columns
    order = np.lexsort((used, -often, owned))
    return np.searchsorted(owned[order], np.arange(terms + 1)), used[order], often[order]


def _ranks(columns: Sequence[Numbers], most: int, documents: int) -> NDArray[np.int64]:
    """Numbers that are in the order of (terms, documents, times), as ``_ordered`` puts them; no time is above ``most``."""
    owned, used, often = columns
    ranks = owned.astype(np.int64)
    ranks *= most + 1
    ranks += most
    ranks -= often
    ranks *= documents
    ranks += used
    return ranks


def _mentions(store: Store, document_id: str) -> Iterator[tuple[str, int, int]]:
    """(term, start, end) of the terms in a document."""
    return iter(store.query("SELECT term_id, start, end FROM mention WHERE document_id = ?", (document_id,)))


def _is_quoted(text: str, start: int, end: int) -> bool:
    name = text[start:end]
    inside = text[start - 1 : start] + text[end : end + 1]
    return inside in _MARKS or "“" in name or "‘" in name


class Usage:
    """The counts that ``build`` wrote, brought up to date for the ``documents`` that are shown now, with their ``editions``:
    what few that came or left since make of them (see ``corpus.unsettled``) is counted here."""

    def __init__(
        self, folder: Path, store: Store, documents: Mapping[str, Document], editions: Mapping[str, str] | None = None
    ) -> None:
        """``documents`` are those shown now, by id, in reading order."""
        self._folder, self._documents = folder, documents
        self._numbers: Numbered | dict[str, int] = Numbered.open(folder, "terms")
        held = Strings.open(folder, "held")
        self._held: Sequence[str] = held
        self._starts: NDArray[np.int64] = mapped(folder, "starts")
        self._users: Numbers = mapped(folder, "documents")
        self._times: Numbers = mapped(folder, "times")
        if unsettled(store) is not None:
            counted = dict(zip(held.all(), Strings.open(folder, "editions").all(), strict=True))
            self._renew(store, counted, store.editions() if editions is None else editions)

    def _renew(self, store: Store, held: Mapping[str, str], editions: Mapping[str, str]) -> None:
        """Leave out the documents ``held`` that are of other editions now, and count the new ones."""
        if held == editions:
            return
        numbers = self._numbers = dict(self._numbers.items())
        self._held = list(self._documents)
        places = {document: place for place, document in enumerate(self._held)}
        now = map(editions.get, held)
        same = {document for document, edition, told in zip(held, now, held.values(), strict=True) if edition == told}
        place = np.array([places[document] if document in same else -1 for document in held] or [-1], np.int32)
        used = place[self._users]
        kept = used >= 0
        owned = np.repeat(np.arange(len(numbers), dtype=np.int32), np.diff(self._starts))
        columns = [owned[kept], used[kept], self._times[kept]]
        fresh: list[tuple[int, int, int]] = []
        for document in editions.keys() - same:
            counts = Counter(numbers.setdefault(term, len(numbers)) for term, _, _ in _mentions(store, document))
            fresh += [(term, places[document], times) for term, times in counts.items()]
        new = list(np.array(fresh, np.int32).reshape(-1, 3).T)
        # What is left is in order still, since documents keep theirs: what is new is put in where it belongs.
        most = int(max(column.max(initial=0) for column in (columns[2], new[2])))
        ranks, wanted = (_ranks(one, most, len(self._held)) for one in (columns, new))
        order = np.argsort(wanted)
        at = np.searchsorted(ranks, wanted[order])
        owned, self._users, self._times = (
            np.insert(column, at, more[order]) for column, more in zip(columns, new, strict=True)
        )
        self._starts = np.searchsorted(owned, np.arange(len(numbers) + 1, dtype=np.int32))

    def quoted(self) -> set[str]:
        """Ids of the terms that documents put in quotation marks at least as often as not."""
        flags = np.load(self._folder / "quoted.npy")
        return {term for term, number in self._numbers.items() if number < len(flags) and flags[number]}

    def counts(self) -> dict[str, int]:
        """Term id → how often the documents use the term."""
        often = np.concatenate([np.zeros(1, np.int64), np.cumsum(self._times, dtype=np.int64)])
        totals = (often[self._starts[1:]] - often[self._starts[:-1]]).tolist()
        return {term: totals[number] for term, number in self._numbers.items()}

    def _span(self, term_id: str) -> slice:
        number = self._numbers.get(term_id)
        return slice(0) if number is None else slice(self._starts[number], self._starts[number + 1])

    def count(self, term_id: str) -> int:
        """How often the documents use a term."""
        return int(self._times[self._span(term_id)].sum())

    def documents_of(self, term_id: str) -> Sequence[TermUse]:
        """The documents that use a term, those that use it most first."""
        span = self._span(term_id)
        return Uses(self._documents, self._held, self._users[span], self._times[span])

    def reaches(self) -> dict[str, Reach]:
        """Term → how far it has come, of those that are used."""
        owners = np.repeat(np.arange(len(self._starts) - 1), np.diff(self._starts))
        documents = [self._documents[document] for document in self._held]
        provinces = self._said(owners, [document.province for document in documents])
        places = self._said(owners, [document.place for document in documents])
        return {
            term: Reach(
                int(self._starts[number + 1] - self._starts[number]),
                tuple(sorted(provinces[number])),
                places[number][0] if len(places[number]) == 1 else "",
            )
            for term, number in self._numbers.items()
            if self._starts[number + 1] > self._starts[number]
        }

    def _said(self, owners: NDArray[np.int64], said: Sequence[str]) -> list[list[str]]:
        """For each term the different things that the documents which use it say of themselves; ``said`` by document."""
        names = list(dict.fromkeys(said))
        numbers = {name: number for number, name in enumerate(names)}
        column = np.array([numbers[one] for one in said], np.int64)
        pairs = np.sort(owners * len(names) + column[self._users])  # numpy.unique takes several times as long
        pairs = pairs[np.diff(pairs, prepend=-1) > 0]
        told = [names[number] for number in (pairs % len(names)).tolist()] if names else []
        edges = np.searchsorted(pairs, np.arange(len(self._starts)) * len(names)).tolist()
        return [told[first:last] for first, last in pairwise(edges)]


class Uses(Sequence[TermUse]):
    """Documents that use a term; each is made when it is looked at, for a common term has very many."""

    __slots__ = ("_documents", "_ids", "_times", "_users")

    def __init__(self, documents: Mapping[str, Document], ids: Sequence[str], users: Numbers, times: Numbers) -> None:
        self._documents, self._ids, self._users, self._times = documents, ids, users, times

    def __len__(self) -> int:
        return len(self._users)

    def __getitem__(self, at):  # type: ignore[no-untyped-def]
        if isinstance(at, slice):
            return tuple(map(self._made, self._users[at].tolist(), self._times[at].tolist()))
        return self._made(int(self._users[at]), int(self._times[at]))

    def __iter__(self) -> Iterator[TermUse]:
        return map(self._made, self._users.tolist(), self._times.tolist())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))

    def _made(self, number: int, times: int) -> TermUse:
        document = self._documents[self._ids[number]]
        return TermUse(document.id, document.title, document.place, document.date, times)


@dataclass(slots=True)
class Written:
    """How documents write a term: documents and places of each folded way of writing."""

    documents: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    places: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))


def written(store: Store, term_id: str, documents: Mapping[str, Document]) -> Written:
    """How documents write a term; of one that is written very often, the first places count."""
    ways = Written()
    rows = store.query(
        "SELECT m.document_id, substr(d.text, m.start + 1, m.end - m.start) FROM mention m"
        " JOIN document d ON d.id = m.document_id WHERE m.term_id = ? AND d.same_as = ''"
        " ORDER BY m.document_id, m.start LIMIT ?",
        (term_id, _MOST_READ),
    )
    for document_id, name in rows:
        if document := documents.get(document_id):
            way = fold(name)
            ways.documents[way].add(document_id)
            if document.place:
                ways.places[way].add(document.place)
    return ways


def typical_uses(store: Store, term_id: str, documents: Mapping[str, Document], doubts: Doubts) -> tuple[Evidence, ...]:
    """Up to three sentences with a term, from different ``documents``, those shown, where there are as many."""
    texts: dict[str, Document] = {}
    found: dict[str, Evidence] = {}
    others: list[Mention] = []
    # By the index alone: the passage of a mention is another page to read, and few are asked for.
    rows = store.query(
        "SELECT document_id, start, end FROM mention WHERE term_id = ? ORDER BY document_id, start", (term_id,)
    )
    shown = islice((row for row in rows if row[0] in documents), _MOST_READ)
    told = 0
    for _, spans in groupby(shown, itemgetter(0)):
        places = list(spans)
        if told == _MOST_USES and len(places) == 1:
            continue
        here = list(islice(_in_passages(store, term_id, places), 1 + _MOST_USES - len(others)))
        if here and told < _MOST_USES:
            told += 1
            _tell(store, here[0], doubts, texts, found)
        others += here[1:]
        if len(found) == _MOST_USES or (told == _MOST_USES and len(others) == _MOST_USES):
            break
    for mention in others:
        _tell(store, mention, doubts, texts, found)
    return tuple(found.values())[:_MOST_USES]


def _in_passages(store: Store, term_id: str, places: Iterable[tuple[str, int, int]]) -> Iterator[Mention]:
    """The mentions of a term at some places (document, start, end) that are no headings."""
    statement = "SELECT passage_id FROM mention WHERE document_id = ? AND start = ? AND end = ? AND term_id = ?"
    for document, start, end in places:
        for (passage,) in store.query(statement, (document, start, end, term_id)):
            if passage:
                yield Mention(term_id, document, passage, start, end)


def _tell(
    store: Store, mention: Mention, doubts: Doubts, texts: dict[str, Document], found: dict[str, Evidence]
) -> None:
    if mention.document_id not in texts:
        texts[mention.document_id] = store.document(mention.document_id)
    evidence = _evidence(texts[mention.document_id], mention, doubts)
    found.setdefault(evidence.sentence, evidence)


def _evidence(document: Document, mention: Mention, doubts: Doubts) -> Evidence:
    """The sentence that a mention stands in, with the mention marked."""
    opening = document.text.rfind("\n", 0, mention.start) + 1
    closing = document.text.find("\n", mention.end)
    paragraph = document.text[opening : closing if closing >= 0 else len(document.text)]
    spans = sentences(paragraph, opening)
    start, end = next((span for span in spans if span[0] <= mention.start < span[1]), (mention.start, mention.end))
    marks = ((mention.start - start, min(mention.end, end) - start),)
    doubtful = doubts.within(document.id, start, end)
    return Evidence(
        document.text[start:end], (), document.id, document.title, mention.passage_id, start, end, marks, doubtful
    )
