"""What to type: terms, topics, places, headings and titles of a library that begin with, sound like or hold what has
been typed, in characters, pinyin, initials or a mixture (四大hz, songql).

Each kind has its own index, so that the best of each are found without ranking all of them.
"""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, pairwise, product
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from graph.variants import fold
from search import strings
from search.answers import Suggestion, SuggestionKind
from search.pinyin import Readings, Syllables, known, sounds_of, spell
from search.stacked import mapped
from search.strings import Strings

#: Kinds in the order in which they go before one another, and how many of each a list of ten has where others are to come.
CAPS: dict[SuggestionKind, int] = {"term": 5, "topic": 3, "place": 3, "heading": 2, "document": 2}
FORMAT = "4"  # raised whenever what ``build`` writes changes meaning
_ORDERS, _PAIRS = "orders.npy", "pairs.npy"
#: The kinds that a query may spell otherwise, in the order in which they go before one another.
HEARD: tuple[SuggestionKind, ...] = ("term", "topic", "place")
_REMEMBERED = 1 << 16  # names that are kept once they were read
_LONGEST = 40  # characters of what was typed that are looked at
_MOST_WAYS = 24  # readings of what was typed that are tried
_SHORTEST_HEARD = 4  # letters from which the middle of a name may be meant
_MOST_CHECKED = 3000  # names of one kind that are checked against pieces of pinyin
_NUMERALS = dict(zip(map(ord, "0123456789"), "〇一二三四五六七八九", strict=True))  # 4大 for 四大
_LETTERS = re.compile("[a-z]+")
_FURTHER = re.compile("(?<=[^ ])[^ ]+| ")  # what follows the first letters of syllables
_AFTER = "\U0010ffff"  # comes after every name that begins with the same characters
# Label, kind, note, key, syllables parted by spaces, plain.
_Row = tuple[str, SuggestionKind, str, str, str, bool]


@dataclass(frozen=True, slots=True)
class Name:
    """Something to type: ``said`` is what leads to it (a plain word for a topic, else the label); ``weight`` puts the
    names of a kind in order."""

    label: str
    kind: SuggestionKind
    note: str
    weight: int
    said: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A name as it was written, with its folded ``key`` and the syllables of that; ``plain`` words are not the library's."""

    label: str
    kind: SuggestionKind
    note: str
    key: str
    syllables: Syllables
    plain: bool


def build(folder: Path, names: Iterable[Name], spelt: Mapping[str, str]) -> None:
    """Write an index of ``names`` to the empty ``folder``: the best first, spelt out. ``spelt`` has the syllables of keys
    that are known already."""
    readings, _ = known()
    rows: dict[SuggestionKind, list[_Row]] = {kind: [] for kind in CAPS}
    heard: list[_Row] = []
    for name in sorted(names, key=lambda name: (-name.weight, name.said or name.label)):
        key = fold(name.said or name.label)
        if not key:
            continue
        syllables = spelt.get(key) or " ".join(spell(key))
        plain = name.kind == "topic" and key != fold(name.label)
        row = (name.label, name.kind, name.note, key, syllables, plain)
        rows[name.kind].append(row)
        if name.kind in HEARD and len(key) > 1 and not plain:
            heard.append(row)
    heard.sort(key=lambda row: HEARD.index(row[1]))
    sounds: dict[str, list[int]] = defaultdict(list)
    initials: dict[str, list[int]] = defaultdict(list)
    for number, (_, _, _, key, syllables, _) in enumerate(heard):
        for sound in dict.fromkeys((sounds_of(syllables.split(" ")), sounds_of(readings.usual(key)))):
            sounds[sound].append(number)
        initials[_initials(syllables)].append(number)
    _write(folder, "names", [row for kind in CAPS for row in rows[kind]])
    np.save(folder / "names_ends.npy", np.cumsum([len(rows[kind]) for kind in CAPS]))
    np.save(folder / _ORDERS, np.concatenate([_orders(rows[kind]) for kind in CAPS], axis=1))
    _write(folder, "heard", heard)
    np.save(folder / "heard_kinds.npy", np.array([HEARD.index(row[1]) for row in heard], np.uint8))
    pairs = sorted({(_pair(a, b), number) for number, row in enumerate(heard) for a, b in pairwise(row[3])})
    np.save(folder / _PAIRS, np.array(pairs, np.int64).reshape(-1, 2).T)
    _Lists.write(folder, "sounds", sounds)
    _Lists.write(folder, "sound_initials", initials)


def spellings(folder: Path) -> dict[str, str]:
    """Key → syllables, parted by spaces, of the names that ``build`` wrote to a folder."""
    columns = _Columns.open(folder, "names")
    return {key: syllables[1:-1] for key, syllables in zip(columns.keys, columns.syllables, strict=True)}


def _initials(syllables: str) -> str:
    return _FURTHER.sub("", syllables)


def _pair(a: str, b: str) -> int:
    """Two neighbouring characters as a number."""
    return ord(a) << 32 | ord(b)


def _write(folder: Path, name: str, rows: Sequence[_Row]) -> None:
    """Write names as columns."""
    columns = {
        "labels": (row[0] for row in rows),
        "notes": (row[2] for row in rows),
        "keys": (row[3] for row in rows),
        "syllables": (f" {row[4]} " for row in rows),
        "initials": (_initials(row[4]) for row in rows),
        "letters": (row[4].replace(" ", "") for row in rows),
    }
    for column, found in columns.items():
        strings.write(folder, f"{name}_{column}", found)
    np.save(folder / f"{name}_plain.npy", np.array([row[5] for row in rows], np.bool_))


def _orders(rows: Sequence[_Row]) -> NDArray[np.int64]:
    """(3, names) the names in the order of their keys, of their initials, of their letters."""
    ways = ([row[3] for row in rows], [_initials(row[4]) for row in rows], [row[4].replace(" ", "") for row in rows])
    orders = [sorted(range(len(one)), key=one.__getitem__) for one in ways]
    return np.array(orders, np.int64).reshape(len(ways), -1)


_STRINGS = ("labels", "notes", "keys", "syllables", "initials", "letters")


@dataclass(frozen=True, slots=True)
class _Columns:
    """Names as ``_write`` wrote them; syllables with spaces around them."""

    labels: Strings
    notes: Strings
    keys: Strings
    syllables: Strings
    initials: Strings
    letters: Strings
    plain: NDArray[np.bool_]

    @classmethod
    def open(cls, folder: Path, name: str) -> Self:
        found = {column: Strings.open(folder, f"{name}_{column}") for column in _STRINGS}
        return cls(**found, plain=mapped(folder, f"{name}_plain"))

    def part(self, first: int, last: int) -> Self:
        """Those of one kind."""
        found: dict[str, Strings] = {column: getattr(self, column).part(first, last) for column in _STRINGS}
        return type(self)(**found, plain=self.plain[first:last])

    def entry(self, number: int, kind: SuggestionKind) -> Entry:
        """A name."""
        syllables = tuple(self.syllables[number][1:-1].split(" "))
        label, note, key = self.labels[number], self.notes[number], self.keys[number]
        return Entry(label, kind, note, key, syllables, bool(self.plain[number]))


class _Lists:
    """Numbers by a string, on disk."""

    def __init__(self, folder: Path, name: str) -> None:
        self._strings = Strings.open(folder, name)
        self._ends, self._numbers = mapped(folder, f"{name}_ends"), mapped(folder, f"{name}_numbers")

    @staticmethod
    def write(folder: Path, name: str, lists: Mapping[str, Sequence[int]]) -> None:
        """Write them to files of that name."""
        order = sorted(lists)
        strings.write(folder, name, order)
        np.save(folder / f"{name}_ends.npy", np.cumsum([0, *(len(lists[one]) for one in order)]))
        np.save(folder / f"{name}_numbers.npy", np.array([n for one in order for n in lists[one]], np.int32))

    def __getitem__(self, string: str) -> list[int]:
        """Those of a string, none for one that isn't there."""
        at = self._strings.place(string)
        if at == len(self._strings) or self._strings[at] != string:
            return []
        found: list[int] = self._numbers[self._ends[at] : self._ends[at + 1]].tolist()
        return found


class Names:
    """All the names that ``build`` wrote, the best of each kind first; what is asked for is read."""

    def __init__(self, folder: Path) -> None:
        columns, ends = _Columns.open(folder, "names"), np.load(folder / "names_ends.npy").tolist()
        orders = np.asarray(np.load(folder / _ORDERS, mmap_mode="r"))
        self.kinds = {
            kind: _Kind(kind, columns.part(first, last), orders[:, first:last])
            for kind, (first, last) in zip(CAPS, pairwise([0, *ends]), strict=True)
        }
        self.heard = Heard(folder)


class Heard:
    """Names as a library writes them, terms before topics before places, by their sound."""

    def __init__(self, folder: Path) -> None:
        self.readings, _ = known()
        self._names, self._kinds = _Columns.open(folder, "heard"), mapped(folder, "heard_kinds")
        self._sounds, self._initials = _Lists(folder, "sounds"), _Lists(folder, "sound_initials")
        # (2, n): two neighbouring characters, the number of a name that holds them; in order.
        self._pairs, self._holders = np.asarray(np.load(folder / _PAIRS, mmap_mode="r"))

    def _entries(self, numbers: Iterable[int]) -> tuple[Entry, ...]:
        return tuple(self._names.entry(number, HEARD[self._kinds[number]]) for number in numbers)

    def sounding(self, sounds: str) -> tuple[Entry, ...]:
        """Names of these sounds (see ``pinyin.sounds_of``)."""
        return self._entries(self._sounds[sounds])

    def beginning(self, initials: str) -> tuple[Entry, ...]:
        """Names whose syllables have just these initials."""
        return self._entries(self._initials[initials])

    def _holding(self, a: str, b: str) -> list[int]:
        """The names that hold two neighbouring characters."""
        first, last = np.searchsorted(self._pairs, (_pair(a, b), _pair(a, b) + 1))
        found: list[int] = self._holders[first:last].tolist()
        return found

    def sharing(self, word: str, most: int, off: int) -> tuple[Entry, ...]:
        """Names that hold one of the ``most`` rarest pairs of neighbouring characters of a word, and are at most ``off``
        characters longer or shorter."""
        postings = sorted((self._holding(a, b) for a, b in pairwise(word)), key=len)[:most]
        holders, keys = sorted({n for numbers in postings for n in numbers}), self._names.keys
        return self._entries(number for number in holders if abs(len(keys[number]) - len(word)) <= off)


class Suggester:
    """Completions over ``names``."""

    def __init__(self, names: Names) -> None:
        self._names = names

    def spelt(self, kind: SuggestionKind) -> dict[str, str]:
        """Folded name → its syllables, parted by spaces, of the names of a kind."""
        return self._names.kinds[kind].spelt()

    def suggest(self, typed: str, limit: int = 10) -> tuple[Suggestion, ...]:
        """At most ``limit`` names: what is typed itself, what begins with it, what sounds so, what holds it."""
        key = fold(typed[:_LONGEST])
        if not key or limit < 1:
            return ()
        return self._found(key, limit) or self._found(key.translate(_NUMERALS), limit)

    def _found(self, key: str, limit: int) -> tuple[Suggestion, ...]:
        cuts = _cuts(key, self._names.heard.readings)
        ranked: list[tuple[int, int, Entry]] = []
        for order, (kind, index) in enumerate(self._names.kinds.items()):
            found = islice(index.find(key, cuts, limit), max(limit, CAPS[kind]))
            ranked += [(tier, order, entry) for tier, entry in found]
        ranked.sort(key=lambda one: one[:2])
        return _mixed([(tier, entry) for tier, _, entry in ranked], limit)


def _mixed(ranked: Sequence[tuple[int, Entry]], limit: int) -> tuple[Suggestion, ...]:
    """The first ``limit``, no more of a kind than its share as long as others are there; none twice."""
    chosen: dict[str, int] = {}
    late: dict[str, int] = {}
    counts = dict.fromkeys(CAPS, 0)
    for number, (_, entry) in enumerate(ranked):
        label = fold(entry.label)
        if label in chosen or label in late:
            continue
        counts[entry.kind] += 1
        kept = chosen if counts[entry.kind] <= max(1, CAPS[entry.kind] * limit // 10) else late
        kept[label] = number
    numbers = sorted([*chosen.values(), *list(late.values())[: max(0, limit - len(chosen))]])[:limit]
    return tuple(Suggestion(e.label, e.kind, e.note) for e in (ranked[number][1] for number in numbers))


@dataclass(frozen=True, slots=True)
class Cut:
    """One way to read what was typed, a piece to each character of a name: the character itself, a syllable or the
    beginning of one. ``initials`` are the beginnings of syllables' initials that names with these pieces can have."""

    pieces: Syllables
    initials: tuple[str, ...]

    def fits(self, entry: Entry) -> bool:
        """True where a name begins with these pieces."""
        return len(entry.key) >= len(self.pieces) and all(
            entry.key[i] == piece or entry.syllables[i].startswith(piece) for i, piece in enumerate(self.pieces)
        )


def _cuts(key: str, readings: Readings) -> tuple[Cut, ...]:
    """The ways to read what was typed where letters stand in it; none where there are none."""
    if not _LETTERS.search(key):
        return ()
    parts: list[tuple[Syllables, ...]] = []
    at = 0
    for run in (*_LETTERS.finditer(key), None):
        parts += [((c,),) for c in key[at : run.start() if run else len(key)]]
        if run:
            parts.append(readings.cuts(run[0]))
            at = run.end()
    ways = islice(product(*parts), _MOST_WAYS)
    return tuple(_cut(tuple(piece for part in way for piece in part), readings) for way in ways)


def _cut(pieces: Syllables, readings: Readings) -> Cut:
    firsts = [tuple(dict.fromkeys(reading[0] for reading in readings.readings(piece[0]))) for piece in pieces]
    return Cut(pieces, tuple(map("".join, islice(product(*firsts), _MOST_WAYS))))


class _Kind:
    """The names of one kind, by their characters and by their sounds; a number is the place of a name among them."""

    def __init__(self, kind: SuggestionKind, columns: _Columns, orders: NDArray[np.int64]) -> None:
        """``orders`` as ``_orders`` makes them."""
        self._keys = _Sorted(columns.keys, orders[0])
        self._initials = _Sorted(columns.initials, orders[1])
        self._spelt = _Sorted(columns.letters, orders[2])
        self._within, self._heard = columns.keys, columns.syllables
        self._entry = lru_cache(_REMEMBERED)(lambda number: columns.entry(number, kind))

    def spelt(self) -> dict[str, str]:
        """Key → syllables, parted by spaces."""
        return dict(zip(self._within.all(), (one[1:-1] for one in self._heard.all()), strict=True))

    def find(self, key: str, cuts: Sequence[Cut], most: int) -> Iterator[tuple[int, Entry]]:
        """(tier, name), the lower tiers first, the better names first in each; up to ``most`` from each way to look."""
        seen: set[int] = set()
        for tier, numbers in self._ways(key, cuts, most):
            for number in numbers:
                if number not in seen:
                    seen.add(number)
                    yield tier, self._entry(number)

    def _ways(self, key: str, cuts: Sequence[Cut], most: int) -> Iterator[tuple[int, Iterable[int]]]:
        yield 0, self._keys.equal(key, most)
        yield 1, self._keys.beginning(key, most)
        letters = key.isascii() and key.isalpha()
        if letters:
            yield 2, self._spelt.equal(key, most)
            if len(key) > 2:
                yield 2, self._initials.equal(key, most)
            yield 3, self._initials.beginning(key, most)
            yield 3, self._spelt.beginning(key, most)
        if cuts and len(key) > 1:
            yield 4, sorted({number for cut in cuts for number in self._fitting(cut, most)})[:most]
        yield 5, self._within.holding(key, most)
        if letters and len(key) >= _SHORTEST_HEARD:
            yield (
                6,
                sorted({n for cut in cuts[:2] for n in self._heard.holding(f" {' '.join(cut.pieces)}", most)})[:most],
            )

    def _fitting(self, cut: Cut, most: int) -> Iterator[int]:
        for initials in cut.initials:
            numbers = self._initials.beginning(initials, _MOST_CHECKED)
            yield from islice((number for number in numbers if cut.fits(self._entry(number))), most)


class _Sorted:
    """Strings by number, and their numbers in order of the strings; of equals, and of those that begin alike, the lower
    numbers come first."""

    def __init__(self, strings: Sequence[str], numbers: NDArray[np.int64]) -> None:
        self._string = strings.__getitem__
        self._numbers = numbers

    def equal(self, text: str, most: int) -> list[int]:
        return self._first(self._before(text), bisect_right(self._numbers, text, key=self._string), most)

    def beginning(self, text: str, most: int) -> list[int]:
        return self._first(self._before(text), self._before(text + _AFTER), most)

    def _before(self, text: str) -> int:
        return bisect_left(self._numbers, text, key=self._string)

    def _first(self, start: int, end: int, most: int) -> list[int]:
        return [int(number) for number in np.sort(self._numbers[start:end])[:most]]
