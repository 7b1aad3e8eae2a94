"""Made-up names, explained: the vocabulary of a generated corpus, which grows with it.

A name is told by its number alone, so that any document can use any of them without a table of them all. The number of
names in a corpus of p passages is ``K * p ** BETA`` (Heaps' law); a document introduces those that fall to it, in order, and
uses older ones with probability ~ 1 / (rank + OFFSET) (Zipf–Mandelbrot), the older the oftener.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from load.words import NAMES

K, BETA, OFFSET = 7.0, 0.72, 20
_PLAIN, _COUNTED = 1_000_003, 7_919  # steps through the possible names, coprime to their numbers
#: How a name is explained where it is introduced, by its number modulo the length; the rest are only used.
_WAYS = ("after", "before", "is_phrase", "parts", "after", "glossary")
_EVERY = 64
_REMEMBERED = 20_000
_NUMBERS = {"三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8}


@dataclass(frozen=True, slots=True)
class Name:
    """A made-up name: ``core`` stands in quotation marks, ``head`` behind it; ``way``: how it is explained, or ""."""

    core: str
    head: str
    way: str
    components: tuple[str, ...]

    @property
    def quoted(self) -> str:
        """As it stands in a sentence."""
        return f"“{self.core}”{self.head}"


def count(passages: float) -> int:
    """How many names a corpus of so many passages has."""
    return int(K * passages**BETA)


def older(known: int, chance: Callable[[], float], offset: int = OFFSET) -> int:
    """The number of one of the first ``known`` things."""
    return min(int(offset * ((known + offset) / offset) ** chance()) - offset, known - 1)


@lru_cache(_REMEMBERED)
def name(number: int) -> Name:
    """The name with this number."""
    way = _WAYS[number % _EVERY] if number % _EVERY < len(_WAYS) else ""
    heads = NAMES["heads"]
    head = heads[number * 7 % len(heads)]
    third, fourth = NAMES["third"], NAMES["fourth"]
    if way in ("after", "before", "glossary"):
        kinds = len(_NUMBERS) * len(NAMES["acts"]) * len(third) * len(fourth)
        rest = number * _COUNTED % kinds
        rest, numeral = divmod(rest, len(_NUMBERS))
        rest, act = divmod(rest, len(NAMES["acts"]))
        upper, lower = divmod(rest, len(fourth))
        core = NAMES["numerals"][numeral] + NAMES["acts"][act] + third[upper] + fourth[lower]
        things = _some(NAMES["objects"], number, _NUMBERS[NAMES["numerals"][numeral]])
        return Name(core, head, way, tuple(NAMES["acts"][act] + thing for thing in things))
    first, second = NAMES["first"], NAMES["second"]
    rest = number * _PLAIN % (len(first) * len(second) * len(third) * len(fourth))
    rest, a = divmod(rest, len(first))
    rest, b = divmod(rest, len(second))
    c, d = divmod(rest, len(fourth))
    core = first[a] + second[b] + third[c] + fourth[d]
    return Name(core, head, way, tuple(_some(NAMES["parts"], number, 3 + number % 3)) if way == "parts" else ())


def _some(things: list[str], number: int, wanted: int) -> list[str]:
    """``wanted`` different ones of ``things``."""
    step = 1 + 2 * (number // len(things) % (len(things) // 2 - 1))
    while len(things) % step == 0 and step > 1:
        step += 2
    return [things[(number + k * step) % len(things)] for k in range(wanted)]
