"""How often names stand in texts: all names in one pass over each text, however many there are.

Aho, A. V., Corasick, M. J. (1975). Efficient string matching: an aid to bibliographic search.
"""

from collections import Counter
from collections.abc import Iterable

from ahocorasick_rs import AhoCorasick


class Occurrences:
    """Counts names in the texts that it is shown: as ``text.count(name)`` does, summed over all texts."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = sorted({*names} - {""})
        self._counts: Counter[int] = Counter()
        self._search = AhoCorasick(self._names, store_patterns=False) if self._names else None
        # A name that can overlap itself (人人 in 人人人) isn't counted where it does.
        self._doubling = frozenset(n for n, name in enumerate(self._names) if _doubles(name))

    def see(self, text: str) -> None:
        """Count the names in a text."""
        if self._search is None:
            return
        found = self._search.find_matches_as_indexes(text, overlapping=True)
        if not found:
            return
        numbers = [number for number, _, _ in found]
        self._counts.update(numbers)
        for number in self._doubling.intersection(numbers):
            self._counts[number] += text.count(self._names[number]) - numbers.count(number)

    @property
    def counts(self) -> dict[str, int]:
        """Name → how often it was seen."""
        return {name: self._counts[number] for number, name in enumerate(self._names)}


def _doubles(name: str) -> bool:
    return any(name.endswith(name[:size]) for size in range(1, len(name)))
