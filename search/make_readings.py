"""Write ``readings.tsv`` and ``spellings.tsv`` from pypinyin: ``python -m search.make_readings``, when the lexicon changed."""

import unicodedata
from itertools import product
from pathlib import Path

from search.naming import lexicon_keys
from search.pinyin import Readings, spell

_COMMON_READINGS = 3  # readings kept of a character


def readings() -> dict[str, str]:
    """Each character of GB 2312 → its readings without tones, the usual one first, parted by spaces."""
    from pypinyin.pinyin_dict import pinyin_dict

    found = {}
    for high, low in product(range(0xB0, 0xF8), range(0xA1, 0xFF)):
        try:
            character = bytes((high, low)).decode("gb2312")
        except UnicodeDecodeError:
            continue
        common = pinyin_dict[ord(character)].split(",")[:_COMMON_READINGS]
        found[character] = " ".join(dict.fromkeys(map(_toneless, common)))
    return found


def spellings(table: Readings) -> dict[str, str]:
    """The labels that are read otherwise than character by character → their syllables, parted by spaces."""
    spelt = ((label, spell(label)) for label in lexicon_keys())
    return {label: " ".join(syllables) for label, syllables in spelt if syllables != table.usual(label)}


def _toneless(syllable: str) -> str:
    parts = unicodedata.normalize("NFD", syllable).replace("u\u0308", "v")
    return "".join(c for c in parts if not unicodedata.combining(c))


def main() -> None:
    table = readings()
    for name, found in (("readings.tsv", table), ("spellings.tsv", spellings(Readings(table)))):
        lines = "".join(f"{key}\t{value}\n" for key, value in sorted(found.items()))
        Path(__file__).with_name(name).write_text(lines, "utf-8")


if __name__ == "__main__":
    main()
