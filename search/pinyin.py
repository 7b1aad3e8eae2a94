"""Pinyin as people type it: syllables without tones, initials, half of each; and characters that sound alike.

Readings come from pypinyin: those of single characters and of the lexicon's labels, which all libraries share, are kept
in tables beside this module, for spelling out 20,000 labels takes 4 s; those of a library's own names are asked for while
an index is built and kept in it, for importing pypinyin costs 0.4 s, which no query should pay for.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pypinyin.core import Pinyin

#: Digits and signs in names as they are read out: 4大会战 sounds like 四大会战, 1+3 like 一加三.
_READ_OUT = dict(zip("0123456789+", "ling yi er san si wu liu qi ba jiu jia".split(), strict=True))
# What many speakers don't tell apart, and input methods let pass.
_ALIKE = (
    (re.compile("^([zcs])h"), r"\1"),
    (re.compile("([iea])ng$"), r"\1n"),
    (re.compile("^n(?=[aeiouv])"), "l"),
    (re.compile("^lv"), "lu"),
)
_MOST_CUTS = 12  # ways to take a run of letters apart that are tried
_WORDS = 1 << 16  # words whose syllables are remembered
_LONGEST = 24  # letters of a run that are taken apart

#: Syllables of a name, one for each of its characters.
Syllables = tuple[str, ...]


def spell(text: str) -> Syllables:
    """The syllable of each character, read in its word (重庆 is chong qing); other characters stand for themselves."""
    return tuple(_speller().lazy_pinyin(text.lower(), errors=list))  # type: ignore[arg-type]


def said(text: str) -> Syllables:
    """The syllables of a text, read in its words; what stands between Chinese characters is one."""
    return tuple(_speller().lazy_pinyin(text))


@cache
def _speller() -> "Pinyin":
    """pypinyin, which remembers how it reads a word: names are made of the same ones again and again."""
    from pypinyin.converter import DefaultConverter
    from pypinyin.core import Pinyin

    class Remembering(DefaultConverter):
        convert = lru_cache(_WORDS)(DefaultConverter.convert)

    return Pinyin(Remembering())


@lru_cache(1)
def known() -> tuple["Readings", Mapping[str, str]]:
    """How characters are read; and, of the lexicon's labels, the syllables (parted by spaces) of those that are read
    otherwise than character by character. Both come with the program (see ``search.make_readings``)."""
    return Readings(_table("readings.tsv")), _table("spellings.tsv")


def _table(name: str) -> dict[str, str]:
    lines = Path(__file__).with_name(name).read_text("utf-8").splitlines()
    return dict(line.split("\t", 1) for line in lines)


def sound(syllable: str) -> str:
    """What a syllable is to an ear that hears no h after z, c, s, no g after n, and n for l."""
    return _sound(_READ_OUT.get(syllable, syllable))


@lru_cache(4096)
def _sound(syllable: str) -> str:
    for pattern, alike in _ALIKE:
        syllable = pattern.sub(alike, syllable)
    return syllable


def sounds_of(syllables: Iterable[str]) -> str:
    """The sounds of a name, parted by spaces."""
    return " ".join(map(sound, syllables))


class Readings:
    """How characters are read, and how letters may be taken apart into syllables."""

    def __init__(self, readings: Mapping[str, str]) -> None:
        #: Character → its readings, parted by spaces.
        self.table = dict(readings)
        self.syllables = frozenset(syllable for one in readings.values() for syllable in one.split())
        self._openings = frozenset(syllable[:end] for syllable in self.syllables for end in range(1, len(syllable)))
        self._longest = max(map(len, self.syllables), default=0)

    def usual(self, text: str) -> Syllables:
        """The usual reading of each character by itself."""
        return tuple(self.table.get(c, c).split(" ", 1)[0] for c in text)

    def readings(self, character: str) -> tuple[str, ...]:
        """All common readings of a character."""
        return tuple(self.table.get(character, character).split())

    def spelling(self, letters: str) -> tuple[Syllables, ...]:
        """The ways in which letters are whole syllables, those of fewest first."""
        return tuple(cut for cut in self.cuts(letters) if all(piece in self.syllables for piece in cut))

    def cuts(self, letters: str) -> tuple[Syllables, ...]:
        """Ways to take letters apart into syllables and beginnings of syllables, those of fewest pieces first; none for
        letters that no Chinese begins with."""
        if len(letters) > _LONGEST:
            return ()
        return tuple(sorted(self._cuts(letters), key=len))[:_MOST_CUTS]

    def _cuts(self, letters: str) -> Iterable[Syllables]:
        """For each number of pieces at each place only the first few ways are kept."""
        ways: list[list[Syllables]] = [[()], *([] for _ in letters)]
        for at in range(len(letters)):
            for end in self._ends(letters, at):
                room = 4 * _MOST_CUTS - len(ways[end])
                ways[end] += [(*way, letters[at:end]) for way in ways[at][: max(0, room)]]
        return ways[-1]

    def _ends(self, letters: str, at: int) -> Iterator[int]:
        for end in range(min(len(letters), at + self._longest), at, -1):
            piece = letters[at:end]
            if piece in self.syllables or (piece in self._openings and (end == len(letters) or len(piece) <= 2)):
                yield end
