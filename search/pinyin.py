"""Pinyin as people type it: syllables without tones, initials, half of each; and characters that sound alike.

Readings are taken from pypinyin while an index is built and kept in it: importing pypinyin costs 0.4 s, which no query
should pay for.
"""

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import product
from pathlib import Path

_FILE = "pinyin.json"
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
_LONGEST = 24  # letters of a run that are taken apart
_COMMON_READINGS = 3  # readings kept of a character

#: Syllables of a name, one for each of its characters.
Syllables = tuple[str, ...]


def spell(text: str) -> Syllables:
    """The syllable of each character, read in its word (重庆 is chong qing); other characters stand for themselves."""
    from pypinyin import lazy_pinyin

    found = lazy_pinyin(text.lower(), errors=lambda other: list(other), v_to_u=False)  # type: ignore[arg-type,return-value]
    return tuple(found)


def build(folder: Path, texts: Iterable[str]) -> None:
    """Write to the empty ``folder`` how characters are read, and the spelling of texts that will be asked for again."""
    content = {"readings": _common_readings(), "spelt": {text: " ".join(spell(text)) for text in texts}}
    (folder / _FILE).write_text(json.dumps(content, ensure_ascii=False), "utf-8")


def read(folder: Path) -> tuple["Readings", dict[str, str]]:
    """The readings that ``build`` wrote, and text → its syllables, parted by spaces."""
    content = json.loads((folder / _FILE).read_text("utf-8"))
    return Readings(content["readings"]), content["spelt"]


def _common_readings() -> dict[str, str]:
    """Each character of GB 2312 → its readings without tones, the usual one first, parted by spaces."""
    from pypinyin.pinyin_dict import pinyin_dict

    found = {}
    for high, low in product(range(0xB0, 0xF8), range(0xA1, 0xFF)):
        try:
            character = bytes((high, low)).decode("gb2312")
        except UnicodeDecodeError:
            continue
        readings = pinyin_dict[ord(character)].split(",")[:_COMMON_READINGS]
        found[character] = " ".join(dict.fromkeys(map(_toneless, readings)))
    return found


def _toneless(syllable: str) -> str:
    parts = unicodedata.normalize("NFD", syllable).replace("u\u0308", "v")
    return "".join(c for c in parts if not unicodedata.combining(c))


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
