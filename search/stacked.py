"""Arrays that lie in several files, read as one."""

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

Name = TypeVar("Name")


class Stacked:
    """Arrays of one kind, one after the other: by slices and by arrays of positions, as a single array would be."""

    def __init__(self, arrays: Sequence[NDArray[Any]]) -> None:
        self._arrays = arrays
        self._starts = np.cumsum([0, *map(len, arrays)])

    def __len__(self) -> int:
        return int(self._starts[-1])

    def __getitem__(self, at: slice | NDArray[Any]) -> NDArray[Any]:
        if isinstance(at, slice):
            first, last, _ = at.indices(len(self))
            spans = zip(self._arrays, pairwise(self._starts.tolist()), strict=True)
            return np.concatenate([array[max(first - a, 0) : max(last - a, 0)] for array, (a, _) in spans])
        model = self._arrays[0]
        found = np.empty((len(at), *model.shape[1:]), model.dtype)
        which = np.searchsorted(self._starts, at, "right") - 1
        for number in np.unique(which).tolist():
            here = np.flatnonzero(which == number)
            found[here] = self._arrays[number][at[here] - self._starts[number]]
        return found


Column: TypeAlias = NDArray[Any] | Stacked


def stacked(arrays: Sequence[NDArray[Any]]) -> Column:
    """One array, or several as one, left where they are."""
    return arrays[0] if len(arrays) == 1 else Stacked(arrays)


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


def renumbered(columns: Sequence[NDArray[Any]], numbers: Sequence[NDArray[np.int32]]) -> NDArray[Any]:
    """Columns of positions in lists of their own as one column of positions in the joined list; a single one stays where it
    is."""
    if len(columns) == 1:
        return columns[0]
    # Where a list is empty, its column is.
    found = [places[column] if len(places) else column[:0] for column, places in zip(columns, numbers, strict=True)]
    return np.concatenate(found)


def mapped(folder: Path, name: str) -> NDArray[Any]:
    """An array that ``numpy.save`` wrote, mapped into memory. As a plain array: single elements of a memmap are slow to
    read."""
    return np.asarray(np.load(folder / f"{name}.npy", mmap_mode="r"))


def raw(path: Path, kind: Any) -> NDArray[Any]:
    """A file of bare numbers, mapped into memory; an empty one can't be."""
    return np.asarray(np.memmap(path, kind, "r")) if path.stat().st_size else np.zeros(0, kind)


def starts_of(folders: Sequence[Path], name: str) -> NDArray[np.int64]:
    """Where the parts of stacked columns begin, and where the last ends: of several files as of one."""
    found = [np.asarray(np.load(folder / f"{name}.npy", mmap_mode="r")) for folder in folders]
    if len(found) == 1:
        return found[0]
    shifts = np.cumsum([0, *(int(one[-1]) for one in found)])
    ends = [one[1:] + shift for one, shift in zip(found, shifts.tolist(), strict=False)]
    return np.concatenate([found[0][:1], *ends]).astype(np.int64)
