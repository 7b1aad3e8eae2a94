"""Lists of strings on disk, mapped into memory: one is decoded when it is asked for.

A string takes its bytes in UTF-8 and nine more; as an object of Python it would take a hundred.
"""

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from search.stacked import mapped

_END = b"\0"
_AT_ONCE = 1 << 12  # strings written together


def write(folder: Path, name: str, strings: Iterable[str]) -> None:
    """Write strings, none of which has a zero in it, to files of that name."""
    sizes = array("i")
    waiting = iter(strings)
    with (folder / f"{name}.txt").open("wb") as file:
        while some := [string.encode("utf-8", "surrogatepass") + _END for string in islice(waiting, _AT_ONCE)]:
            file.writelines(some)
            sizes.extend(map(len, some))
    np.save(folder / f"{name}_starts.npy", np.cumsum([0, *sizes], dtype=np.int64))


class Strings(Sequence[str]):
    """The strings that ``write`` wrote, or some that follow one another."""

    def __init__(self, text: bytes | mmap, starts: NDArray[np.int64]) -> None:
        self._text, self._starts = text, starts

    @classmethod
    def open(cls, folder: Path, name: str) -> Self:
        """Those of a folder."""
        path = folder / f"{name}.txt"
        with path.open("rb") as file:  # an empty file can't be mapped
            text = mmap(file.fileno(), 0, access=ACCESS_READ) if path.stat().st_size else b""
        return cls(text, mapped(folder, f"{name}_starts"))

    def part(self, first: int, last: int) -> Self:
        """Those from ``first`` up to ``last``, which is not among them."""
        return type(self)(self._text, self._starts[first : last + 1])

    def __len__(self) -> int:
        return len(self._starts) - 1

    def __getitem__(self, at):  # type: ignore[no-untyped-def]
        if isinstance(at, slice):
            return [self[number] for number in range(*at.indices(len(self)))]
        if not -len(self) <= at < len(self):
            raise IndexError(at)
        at %= len(self)
        return self._written(at).decode("utf-8", "surrogatepass")

    def all(self) -> list[str]:
        """All of them, decoded at once."""
        first, last = int(self._starts[0]), int(self._starts[-1])
        return self._text[first:last].decode("utf-8", "surrogatepass").split("\0")[:-1]

    def _written(self, at: int) -> bytes:
        return self._text[self._starts[at] : self._starts[at + 1] - 1]

    def place(self, text: str) -> int:
        """Where a text stands, or would, among strings that are in order: that of their bytes is the same."""
        return bisect_left(range(len(self)), text.encode("utf-8", "surrogatepass"), key=self._written)

    def holding(self, text: str, most: int) -> list[int]:
        """The numbers of the first strings that hold a text."""
        found: list[int] = []
        wanted, end = text.encode("utf-8", "surrogatepass"), int(self._starts[-1])
        at = self._text.find(wanted, int(self._starts[0]), end) if _END not in wanted else -1
        while at >= 0 and len(found) < most:
            found.append(int(np.searchsorted(self._starts, at, "right")) - 1)
            at = self._text.find(wanted, int(self._starts[found[-1] + 1]), end)
        return found


class Numbered:
    """A number for each of some strings, looked up by the string."""

    def __init__(self, strings: Strings, numbers: NDArray[np.int32]) -> None:
        self.strings, self.numbers = strings, numbers

    @staticmethod
    def write(folder: Path, name: str, numbers: Mapping[str, int]) -> None:
        """Write them to files of that name."""
        order = sorted(numbers)
        write(folder, name, order)
        np.save(folder / f"{name}_numbers.npy", np.array([numbers[string] for string in order], np.int32))

    @classmethod
    def open(cls, folder: Path, name: str) -> Self:
        """Those of a folder."""
        return cls(Strings.open(folder, name), mapped(folder, f"{name}_numbers"))

    def get(self, string: str) -> int | None:
        """The number of a string, None for one that has none."""
        at = self.strings.place(string)
        return int(self.numbers[at]) if at < len(self.strings) and self.strings[at] == string else None

    def items(self) -> Iterator[tuple[str, int]]:
        """All of them, in the order of the strings."""
        return zip(self.strings.all(), self.numbers.tolist(), strict=True)
