"""The names of terms, on disk: what each means, and what it comes to without tails, links and other accidents.

Worked out once for a glossary, for that takes longer than all else that a term is looked up with; about 300 bytes a term,
mapped into memory.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np

from corpus.model import Term
from graph.merging import segments
from graph.variants import core, fold, skeleton
from search import strings
from search.pinyin import said
from search.stacked import mapped
from search.strings import Numbered, Strings

_LETTERS = re.compile("[a-z]{2,}")


@dataclass(frozen=True, slots=True)
class Named:
    """A term, as far as names are concerned; ``quoted``: documents mostly put it in quotation marks."""

    id: str
    label: str
    kind: str
    quoted: bool


def build(
    folder: Path, terms: Sequence[Term], quoted: Collection[str], explanations: Iterable[tuple[str, Sequence[str]]]
) -> None:
    """Write the names of ``terms``, which come in the order in which they go before one another, to the empty ``folder``;
    ``quoted`` are the ids of those that are mostly quoted, ``explanations`` the parts that explain them, by id."""
    keys = [fold(term.label) for term in terms]
    names = _names(terms, keys)
    strings.write(folder, "ids", (term.id for term in terms))
    strings.write(folder, "labels", (term.label for term in terms))
    strings.write(folder, "keys", keys)
    strings.write(folder, "kinds", (term.kind for term in terms))
    np.save(folder / "quoted.npy", np.array([term.id in quoted for term in terms], np.bool_))
    marked = {term.label: number for number, term in enumerate(terms) if term.label.startswith("“")}
    numbers = {term.id: number for number, term in enumerate(terms)}
    parts = (
        (_listed(components), numbers[i]) for i, components in explanations if len(components) > 1 and i in numbers
    )
    pieces = (
        (part, number)
        for number, term in enumerate(terms)
        for part in map(fold, segments(term.label))
        if part not in names
    )
    initials, spelt = _spellings(keys)
    tables: dict[str, Mapping[str, int]] = {
        "names": names,
        **_reduced(names, keys),
        "marked": marked,
        "parts": _owned(parts),
        "pieces": _owned(pieces),
        "initials": initials,
        "spelt": spelt,
    }
    for name, table in tables.items():
        Numbered.write(folder, name, table)


def _names(terms: Sequence[Term], keys: Sequence[str]) -> dict[str, int]:
    names: dict[str, int] = {}
    for number, key in enumerate(keys):
        names.setdefault(key, number)
    # A name that two terms bear is of the one it ends in: 职代会“三项制度” tells of 三项制度.
    aliases = [(fold(alias), number) for number, term in enumerate(terms) for alias in term.aliases]
    for name, number in sorted(aliases, key=lambda pair: not pair[0].endswith(keys[pair[1]])):
        names.setdefault(name, number)
    names.pop("", None)
    return names


def _reduced(names: Mapping[str, int], keys: Sequence[str]) -> dict[str, dict[str, int]]:
    """The terms by the cores of their names, by the skeletons, and by those of the cores."""
    cores: dict[str, int] = {}
    skeletons: dict[str, int] = {}
    bones: dict[str, int] = {}
    for name, number in names.items():  # labels stand before aliases
        bare, slim = core(name), skeleton(name)
        # After an open + an alias cut short reads as another sum: 互联网+职工 of “互联网+”职工服务.
        if bare == name or not keys[number].endswith("+"):
            cores.setdefault(bare, number)
            bones.setdefault(slim if bare == name else skeleton(bare), number)
        skeletons.setdefault(slim, number)
    return {"cores": cores, "skeletons": skeletons, "bones": bones}


def _owned(pairs: Iterable[tuple[str, int]]) -> dict[str, int]:
    """Those names that only one term has."""
    owners: dict[str, set[int]] = defaultdict(set)
    for name, number in pairs:
        owners[name].add(number)
    return {name: min(numbers) for name, numbers in owners.items() if len(numbers) == 1}


def _listed(parts: Iterable[str]) -> str:
    """A list of parts, whatever their order."""
    return "\n".join(sorted(set(map(fold, parts))))


def _spellings(keys: Iterable[str]) -> tuple[dict[str, int], dict[str, int]]:
    """The terms by the first letters of the syllables of their labels, and by whole syllables, where these are letters."""
    initials: dict[str, int] = {}
    spelt: dict[str, int] = {}
    for number, key in enumerate(keys):
        syllables = said(key)
        for spelling, found in (
            ("".join(syllable[:1] for syllable in syllables), initials),
            ("".join(syllables), spelt),
        ):
            if _LETTERS.fullmatch(spelling := spelling.lower()):
                found.setdefault(spelling, number)
    return initials, spelt


class Nomenclature:
    """The names that ``build`` wrote; what is looked up is folded."""

    def __init__(self, folder: Path) -> None:
        def strings_of(name: str) -> Strings:
            return Strings.open(folder, name)

        def names_of(name: str) -> Callable[[str], Named | None]:
            return partial(self._found, Numbered.open(folder, name))

        self._ids, self._labels, self._kinds, self._keys = map(strings_of, ("ids", "labels", "kinds", "keys"))
        self._quoted = mapped(folder, "quoted")
        self._names = Numbered.open(folder, "names")
        #: The term that has a name.
        self.name = partial(self._found, self._names)
        #: By what stays of a name without tails, of it without what links its parts, of it without both.
        self.core, self.skeleton, self.bones = map(names_of, ("cores", "skeletons", "bones"))
        #: By a piece that only one label has.
        self.piece = names_of("pieces")
        self._marked = Numbered.open(folder, "marked")
        #: By the first letters of the syllables of its label; by the whole syllables.
        self.initials, self.spelt = map(names_of, ("initials", "spelt"))
        self._parts = names_of("parts")

    def _found(self, table: Numbered, name: str) -> Named | None:
        number = table.get(name)
        return None if number is None else self._named(number)

    def _named(self, number: int) -> Named:
        return Named(self._ids[number], self._labels[number], self._kinds[number], bool(self._quoted[number]))

    def consisting(self, parts: Iterable[str]) -> Named | None:
        """The one term that is explained by just these parts."""
        return self._parts(_listed(parts))

    def holding(self, words: Sequence[str]) -> set[Named]:
        """The terms that have a name in which all of some words stand."""
        names = self._names.strings
        return {
            self._named(int(self._names.numbers[at]))
            for at in names.holding(max(words, key=len), len(names))
            if all(word in names[at] for word in words)
        }

    def marked_in(self, text: str) -> set[Named]:
        """The terms whose labels, as they are written, begin with a quotation mark and stand in a text."""
        found = self._marked.items() if "“" in text else ()
        return {self._named(number) for label, number in found if label in text}

    def labelled(self, words: str) -> list[tuple[str, Named]]:
        """The folded labels in which words stand, with their terms."""
        return [(self._keys[number], self._named(number)) for number in self._keys.holding(words, len(self._keys))]

    def names(self) -> list[str]:
        """All names, in order."""
        return self._names.strings.all()

    def meant(self) -> dict[str, str]:
        """Name → id of its term, of all names."""
        ids = self._ids.all()
        return {name: ids[number] for name, number in self._names.items()}
