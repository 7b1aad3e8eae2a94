"""Arrays that lie in several files, read as one."""

from collections.abc import Sequence
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any, Literal, TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

Name = TypeVar("Name")


class Stacked:
    """Arrays of one kind, one after the other, each with its shift added: by numbers, slices and arrays of positions, as a
    single array would be. Nothing is copied; the first is taken to be by far the longest."""

    def __init__(self, arrays: Sequence[NDArray[Any]], shifts: Sequence[int]) -> None:
        self._arrays = arrays
        self._shifts = shifts
        self._starts = np.cumsum([0, *map(len, arrays)])

    def __len__(self) -> int:
        return int(self._starts[-1])

    def __getitem__(self, at):  # type: ignore[no-untyped-def]
        if isinstance(at, slice):
            return self._sliced(*at.indices(len(self))[:2])
        if np.ndim(at) == 0:
            return self[at : at + 1][0]
        found = self._shifted(0, self._arrays[0].take(at, axis=0, mode="clip"))
        beyond = np.flatnonzero(at >= self._starts[1])
        which = np.searchsorted(self._starts, at[beyond], "right") - 1
        for number in np.unique(which).tolist():
            here = beyond[which == number]
            found[here] = self._shifted(number, self._arrays[number][at[here] - self._starts[number]])
        return found

    def _sliced(self, first: int, last: int) -> NDArray[Any]:
        spans = zip(self._arrays, pairwise(self._starts.tolist()), strict=True)
        found = [
            self._shifted(number, array[max(first - start, 0) : last - start])
            for number, (array, (start, end)) in enumerate(spans)
            if start < last and first < end
        ]
        return np.concatenate([self._arrays[0][:0], *found]) if len(found) != 1 else found[0]

    def _shifted(self, number: int, values: NDArray[Any]) -> NDArray[Any]:
        shift = self._shifts[number]
        shifted: NDArray[Any] = values + values.dtype.type(shift) if shift else values
        return shifted

    def searchsorted(self, values: NDArray[Any] | int, side: Literal["left", "right"] = "left") -> NDArray[np.int64]:
        """Where values belong, of arrays that ascend from the first to the last; as for a single one."""
        found: NDArray[np.int64] = np.sum(
            [
                np.searchsorted(array, values - shift, side)
                for array, shift in zip(self._arrays, self._shifts, strict=True)
            ],
            axis=0,
        )
        return found


Column: TypeAlias = NDArray[Any] | Stacked


def stacked(arrays: Sequence[NDArray[Any]], shifts: Sequence[int] | None = None) -> Column:
    """One array, or several as one, left where they are, each with its shift."""
    held = [(array, shift) for array, shift in zip(arrays, shifts or [0] * len(arrays), strict=False) if len(array)]
    if len(held) > 1:
        return Stacked([array for array, _ in held], [shift for _, shift in held])
    array, shift = held[0] if held else (arrays[0], 0)
    return array + array.dtype.type(shift) if shift else array


def chained(arrays: Sequence[NDArray[Any]], shifts: Sequence[int] | None = None) -> NDArray[Any]:
    """Arrays one after the other, copied into one, each with its shift added; a single one stays where it is."""
    if len(arrays) == 1:
        return arrays[0]
    if shifts is None:
        return np.concatenate(arrays)
    return np.concatenate([array + array.dtype.type(shift) for array, shift in zip(arrays, shifts, strict=False)])


def renumbering(names: Sequence[Sequence[Name]]) -> tuple[list[Name], list[NDArray[np.int32]]]:
    """Every name of several lists once, and for each list where its names stand among them."""
    numbers: dict[Name, int] = {}
    found = [np.array([numbers.setdefault(name, len(numbers)) for name in some], np.int32) for some in names]
    return list(numbers), found


def renumbered(columns: Sequence[NDArray[Any]], numbers: Sequence[NDArray[np.int32]]) -> Column:
    """Columns of positions in lists of their own as one column of positions in the joined list; the first, whose list the
    joined one begins with, stays where it is."""
    found = [
        places[column].astype(column.dtype)
        for column, places in zip(columns[1:], numbers[1:], strict=True)
        if len(places)
    ]
    return stacked([columns[0], *found])


def mapped(folder: Path, name: str) -> NDArray[Any]:
    """An array that ``numpy.save`` wrote, mapped into memory. As a plain array: single elements of a memmap are slow to
    read."""
    return np.asarray(np.load(folder / f"{name}.npy", mmap_mode="r"))


def raw(path: Path, kind: Any) -> NDArray[Any]:
    """A file of bare numbers, mapped into memory; an empty one can't be."""
    return np.asarray(np.memmap(path, kind, "r")) if path.stat().st_size else np.zeros(0, kind)


def starts_of(folders: Sequence[Path], name: str) -> Column:
    """Where the parts of stacked columns begin, and where the last ends: of several files as of one."""
    found = [mapped(folder, name) for folder in folders]
    shifts = list(accumulate((int(one[-1]) for one in found), initial=0))
    return stacked([found[0], *(one[1:] for one in found[1:])], shifts)
