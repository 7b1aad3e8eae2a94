"""Labels as they are looked for: all ways to write a name under one key, and what to heed where it is found."""

import json
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from graph.context import SHORT
from graph.folding import QUOTES, SEPARATORS, folded

_OPENING = frozenset("“‘「『")
_QUOTES, _SEPARATORS = frozenset(QUOTES), frozenset(SEPARATORS)


@dataclass(frozen=True, slots=True)
class Label:
    """Names that fold to ``key``. ``values`` is what they stand for; one that stands for nothing only keeps what lies
    inside it from being found. ``breaks`` are the places in the key where a separator may be, ``fixed`` those where
    something must be (4·15 is not 415). ``letters``: it begins or ends with a letter or a digit. ``guarded`` names are
    mentioned only where they are set apart; of ``plain`` ones every match is a mention."""

    key: str
    values: tuple[str, ...]
    breaks: tuple[int, ...]
    fixed: tuple[int, ...]
    letters: bool
    guarded: bool
    plain: bool

    @property
    def how(self) -> str:
        """What is heeded where it stands, in words that tell whether that has changed."""
        return json.dumps([self.breaks, self.fixed, self.letters, self.guarded, self.plain])

    def written(self, text: str, start: int, end: int) -> tuple[int, int] | None:
        """The span of the name in ``text``, where ``text[start:end]`` folds to the key; None where it is not written so.

        Quotation marks inside it must have their other half, which then belongs to the span: “暖蜂”行动. Commas stand
        only where some way to write it has them, or between all of its characters: 会、站、家.
        """
        gaps = _gaps(text[start:end], len(self.key))
        if any(at not in gaps for at in self.fixed):
            return None
        listed = len(gaps) == len(self.key) - 1 > 1
        quotes = ""
        for at, dropped in gaps.items():
            quotes += "".join(char for char in dropped if char in _QUOTES)
            if _QUOTES.issuperset(dropped) or at in self.breaks:
                continue
            digits = self.key[at - 1].isdecimal() and self.key[at].isdecimal()
            if digits or not (listed or _SEPARATORS.isdisjoint(dropped)):
                return None
        if len(quotes) % 2 == 0:
            return start, end
        before, after = start > 0 and text[start - 1] in _QUOTES, text[end : end + 1] in _QUOTES
        if not (before or after):
            return None
        # Careless texts close with an opening mark: where only one side has the other half, that is it.
        return (start, end + 1) if after and (quotes[-1] in _OPENING or not before) else (start - 1, end)


def kept(key: str, how: str, values: tuple[str, ...]) -> Label:
    """The label of which ``how`` was noted."""
    breaks, fixed, letters, guarded, plain = json.loads(how)
    return Label(key, values, tuple(breaks), tuple(fixed), letters, guarded, plain)


def _gaps(name: str, size: int) -> dict[int, str]:
    """Place in the folded name, of so many characters, → what is dropped there; nothing at the ends."""
    gaps: dict[int, str] = {}
    at = 0
    if size == len(name):  # folding changes characters one by one or drops them
        return gaps
    for char in name:
        if folded(char):
            at += 1
        elif 0 < at < size:
            gaps[at] = gaps.get(at, "") + char
    return gaps


def labels(names: Mapping[str, Sequence[str]], guarded: Collection[str] = frozenset()) -> dict[str, Label]:
    """Key → label, of name → what it stands for. Names that fold alike are one label, which stands for what they all
    stand for; it is guarded where all of them are."""
    ways: dict[str, list[str]] = defaultdict(list)
    for name in names:
        ways[folded(name)].append(name)
    ways.pop("", None)
    made = {}
    for key in sorted(ways):
        written = sorted(ways[key])
        gaps = [_gaps(name, len(key)) for name in written]
        breaks = {at for each in gaps for at, dropped in each.items() if not _QUOTES.issuperset(dropped)}
        fixed = {
            at for at in breaks if key[at - 1].isdecimal() and key[at].isdecimal() and all(at in each for each in gaps)
        }
        values = tuple(dict.fromkeys(value for name in written for value in names[name]))
        watch = all(name in guarded for name in written)
        letters = key[0].isascii() or key[-1].isascii()
        plain = len(key) > SHORT and not (watch or fixed or letters)
        made[key] = Label(key, values, tuple(sorted(breaks)), tuple(sorted(fixed)), letters, watch, plain)
    return made
