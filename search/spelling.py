"""Names typed otherwise than the library writes them: by pinyin (sdhz), by a character that sounds alike (四大汇战), with
other numerals (4大会战), or with a character wrong.

Only what stands nowhere in the library is looked at. A name that sounds the same is put in its place and told; one that
only looks alike is offered.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Self

import rjieba

from search.analyzer import STOP_WORDS, grams, squeeze
from search.pinyin import sound, sounds_of
from search.query import plain
from search.suggest import Entry, Heard, Names

_LETTERS = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]+(?:['’ ][A-Za-z]+)*(?![A-Za-z0-9])")
_QUOTED = re.compile(r"[“”\"][^“”\"]*[“”\"]|「[^」]*」|『[^』]*』|《[^》]*》|‘[^’]*’")
_WORD = re.compile("[A-Za-z]+")
_TOKEN = re.compile(r"[^\s，,、。；;？?！!：:“”‘’\"「」『』《》（）()]+")
_SHORTEST_INITIALS = 3
_SHORTEST, _LONGEST = 3, 12  # characters of a name that is looked for inside a longer query
_LEAST_SAME = 0.5  # share of the characters that must be the same there
_SHORTEST_ALIKE = 4  # characters from which one may be wrong
_LONGEST_KNOWN = 6  # characters of a query made of known pairs that may be a name all the same
_SHOWN = 3
# What may follow the short name of a place where it stands alone: 荆洲的, 荆洲市总工会.
_PLACE_ENDS = re.compile(r"(?:市|县|区|省|州)?(?:总工会|工会|的|$)")


@dataclass(frozen=True, slots=True)
class Respelling:
    """``query`` with the library's names in it, what was changed in Chinese sentences, and whole queries to offer."""

    query: str
    notes: tuple[str, ...] = ()
    offers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Words:
    """How a text is made of words of the dictionary: where they meet, and the characters that are sure to be meant since
    they stand in a longer word or are particles."""

    ends: frozenset[int]
    sure: frozenset[int]

    @classmethod
    def of(cls, text: str) -> Self:
        ends, sure = {0}, set[int]()
        at = 0
        for word in rjieba.cut(text, False):  # no words made up from characters that stand together
            if word in STOP_WORDS or (len(word) > 1 and not word.isascii()):
                sure.update(range(at, at + len(word)))
            at += len(word)
            ends.add(at)
        return cls(frozenset(ends), frozenset(sure))

    def divide(self, start: int, end: int) -> bool:
        """True where no word is cut at either end; one that ends in another name's characters may be."""
        return start in self.ends and end in self.ends


@dataclass(slots=True)
class _Draft:
    query: str
    notes: list[str] = field(default_factory=list)
    offers: list[str] = field(default_factory=list)

    def put(self, start: int, end: int, label: str) -> str:
        """The query with a label in place of a span."""
        return self.query[:start] + label + self.query[end:]


class Speller:
    """Names of a library, by sound. ``knows`` says whether a gram stands anywhere in it, ``holds`` whether a phrase does."""

    def __init__(self, names: Names, knows: Callable[[str], bool], holds: Callable[[str], bool]) -> None:
        self._names = names
        self._knows = knows
        self.holds = holds

    @property
    def _heard(self) -> Heard:
        return self._names.heard

    def respell(self, query: str) -> Respelling:
        """A short query with what the library doesn't write put right, where that is sure."""
        typed = plain(query)
        draft = _Draft(query)
        if self._knows_all(typed):
            # Each pair of characters may stand somewhere and the name they are meant for be written otherwise: 四大会站.
            if _SHORTEST_ALIKE <= len(squeeze(typed)) <= _LONGEST_KNOWN and not self.holds(typed):
                self._sounds(draft)
            return Respelling(draft.query, tuple(draft.notes), tuple(dict.fromkeys(draft.offers)))
        self._letters(draft)
        self._sounds(draft)
        if not draft.notes:
            self._looks(draft)
        return Respelling(draft.query, tuple(draft.notes), tuple(dict.fromkeys(draft.offers)))

    def nearest(self, phrase: str) -> tuple[str, ...]:
        """The names that a phrase is most like, likest first."""
        same = self._sounding_like(squeeze(plain(phrase)))
        return tuple(dict.fromkeys([*(entry.label for entry in same), *self._alike(squeeze(phrase))]))[:_SHOWN]

    # ------------------------------------------------------------------ pinyin
    def _letters(self, draft: _Draft) -> None:
        typed = _unquoted(draft.query)
        runs = [
            run
            for whole in _LETTERS.finditer(typed)
            for run in ([whole] if self._spelt(_bare(whole[0])) else _WORD.finditer(typed, *whole.span()))
        ]
        for run in reversed(runs):
            if self._knows_all(run[0]) or not (found := self._spelt(_bare(run[0]))):
                continue
            first, *others = dict.fromkeys(entry.label for entry in found)
            more = f"，也可能是{'、'.join(f'“{other}”' for other in others[:_SHOWN])}" if others else ""
            draft.notes.append(f"“{run[0]}”按拼音理解为“{first}”{more}。")
            draft.offers += [draft.put(run.start(), run.end(), other) for other in others[:_SHOWN]]
            draft.query = draft.put(run.start(), run.end(), first)

    def _spelt(self, letters: str) -> list[Entry]:
        """Names of this pinyin, else of these initials."""
        cuts = self._heard.readings.spelling(letters)
        whole = [entry for cut in cuts for entry in self._heard.sounding(sounds_of(cut))]
        exact = [entry for entry in whole if "".join(entry.syllables) == letters]
        if found := exact or whole:
            return found
        return list(self._heard.beginning(letters)) if len(letters) >= _SHORTEST_INITIALS else []

    # ------------------------------------------------------------------ characters that sound alike
    def _sounds(self, draft: _Draft) -> None:
        for token in reversed(list(_TOKEN.finditer(_unquoted(draft.query)))):
            for start, end, entries in self._misspelt(token[0].lower()):
                first, *others = entries
                at, to = token.start() + start, token.start() + end
                draft.notes.append(
                    f"资料库里没有“{draft.query[at:to]}”，已按“{first.label}”查找；要照原样查，请加引号。"
                )
                draft.offers += [draft.put(at, to, other.label) for other in others[:_SHOWN]]
                draft.query = draft.put(at, to, first.label)

    def _misspelt(self, text: str) -> Iterator[tuple[int, int, list[Entry]]]:
        """(start, end, names that sound so) of what is written with other characters in a word, the last first; the
        longest that end at a place."""
        sounds = [sound(syllable) for syllable in self._heard.readings.usual(text)]
        joined, starts = " ".join(sounds), list(accumulate((len(one) + 1 for one in sounds), initial=0))
        words = _Words.of(text)
        end = len(text)
        while end > 1:
            for start in range(max(0, end - _LONGEST), end - 1):
                if not words.divide(start, end):
                    continue
                if found := self._heard.sounding(joined[starts[start] : starts[end] - 1]):
                    meant = [entry for entry in found if self._means(entry, text, start, end, words)]
                    if meant and not (self._knows_all(text[start:end]) and self.holds(text[start:end])):
                        same = sorted(meant, key=lambda entry: -_same(entry.key, text[start:end]))
                        yield start, end, list({entry.label: entry for entry in reversed(same)}.values())[::-1]
                        end = start + 1
                        break
            end -= 1

    def _means(self, entry: Entry, text: str, start: int, end: int, words: "_Words") -> bool:
        """True where a name may be meant by ``text[start:end]``, which sounds like it: what differs is no word of its own,
        and most is the same where more is said than the name."""
        piece = text[start:end]
        if any(a != b and start + i in words.sure for i, (a, b) in enumerate(zip(entry.key, piece, strict=True))):
            return False
        alone = start == 0 and (end == len(text) or bool(_PLACE_ENDS.match(text, end)))
        same = _same(entry.key, piece)
        usual = self._heard.readings.usual
        if not alone and entry.key.isalpha() and piece.isalpha() and usual(entry.key) != usual(piece):
            return False  # 领 for 林 is a slip only where nothing else is said
        if len(piece) < _SHORTEST:
            return alone and same > 0 and entry.kind == "place"
        return same < 1 and (same >= _LEAST_SAME or (alone and (same > 0 or not entry.key.isalpha())))

    def _sounding_like(self, text: str) -> list[Entry]:
        """Names that sound like a text and are written otherwise: those with most characters the same first."""
        found = self._heard.sounding(sounds_of(self._heard.readings.usual(text)))
        ranked = sorted(found, key=lambda entry: -_same(entry.key, text))
        return list({entry.label: entry for entry in reversed(ranked) if entry.key != text}.values())[::-1]

    def _knows_all(self, text: str) -> bool:
        return all(map(self._knows, grams(text)))

    # ------------------------------------------------------------------ a character wrong
    def _looks(self, draft: _Draft) -> None:
        """Offer the name that a word of the query is like."""
        for token in _TOKEN.finditer(_unquoted(draft.query)):
            word = squeeze(token[0])
            if not _SHORTEST_ALIKE <= len(word) <= _LONGEST or word.isascii() or self._knows_all(word):
                continue
            if near := self._alike(word):
                draft.offers += [draft.put(token.start(), token.end(), label) for label in near]

    def _alike(self, word: str) -> list[str]:
        """Names with one character other, missing or too many (two of a long one).

        One such change touches at most two pairs of neighbours: a name that is meant holds one of any three (five).
        """
        from rapidfuzz.distance import OSA

        if not _SHORTEST_ALIKE <= len(word) <= _LONGEST:
            return []
        most = 1 if len(word) < 2 * _SHORTEST_ALIKE else 2
        found = []
        for entry in self._heard.sharing(word, 2 * most + 1, most):
            if entry.key not in word and word not in entry.key:
                distance = OSA.distance(word, entry.key, score_cutoff=most)
                if distance <= most:
                    found.append((distance, entry.label))
        found.sort(key=lambda one: one[0])
        return list(dict.fromkeys(label for _, label in found))[:_SHOWN]


def _bare(letters: str) -> str:
    """Letters alone, small."""
    return re.sub("[^a-z]", "", letters.lower())


def _unquoted(query: str) -> str:
    """A query typed plainly, with blanks in place of what is quoted: that is meant as it stands."""
    return _QUOTED.sub(lambda quoted: " " * len(quoted[0]), plain(query))


def _same(one: str, other: str) -> float:
    """The share of characters that are the same at their places."""
    return sum(a == b for a, b in zip(one, other, strict=True)) / max(1, len(one))
