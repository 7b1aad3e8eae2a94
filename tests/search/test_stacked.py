"""Columns of several files, read as one."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.stacked import chained, raw, renumbered, renumbering, stacked, starts_of

LISTS = st.lists(st.lists(st.integers(-9, 9), max_size=6), min_size=1, max_size=4)


@given(LISTS, st.data())
def test_several_read_as_one(lists: list[list[int]], data: st.DataObject) -> None:
    arrays = [np.array(one, np.int64) for one in lists]
    column, whole = stacked(arrays), np.concatenate(arrays)
    assert len(column) == len(whole)
    first, last = sorted((data.draw(st.integers(0, len(whole))), data.draw(st.integers(0, len(whole)))))
    assert column[first:last].tolist() == whole[first:last].tolist()
    if len(whole):
        at = np.array(data.draw(st.lists(st.integers(0, len(whole) - 1), max_size=9)), np.int64)
        assert column[at].tolist() == whole[at].tolist()
        assert [column[int(number)] for number in at] == whole[at].tolist()
    assert chained(arrays).tolist() == whole.tolist()


@given(LISTS, st.lists(st.integers(-2, 12)))
def test_where_values_belong(steps: list[list[int]], values: list[int]) -> None:
    """Of parts that ascend, each by itself from its shift on, as of one that ascends."""
    arrays = [np.cumsum(np.abs(one), dtype=np.int32) for one in steps]
    shifts = np.cumsum([0, *(int(one[-1]) if len(one) else 0 for one in arrays)]).tolist()
    column, whole = stacked(arrays, shifts), chained(arrays, shifts)
    assert column[:].tolist() == whole.tolist()
    for side in ("left", "right"):
        wanted = np.searchsorted(whole, np.array(values, np.int32), side)
        assert column.searchsorted(np.array(values, np.int32), side).tolist() == wanted.tolist()


def test_rows_of_vectors() -> None:
    column = stacked([np.eye(2), np.zeros((1, 2)), np.ones((2, 2))])
    assert column[np.array([4, 0, 2])].tolist() == [[1, 1], [1, 0], [0, 0]]


def test_a_single_one_stays_where_it_is() -> None:
    alone = np.arange(3)
    assert stacked([alone]) is alone and chained([alone], [0]) is alone


def test_each_gets_its_shift() -> None:
    assert chained([np.array([0, 1]), np.array([0, 2]), np.array([1])], [0, 2, 5]).tolist() == [0, 1, 2, 4, 6]


@given(st.lists(st.lists(st.text("甲乙丙丁", max_size=2), max_size=5, unique=True), min_size=1, max_size=3), st.data())
def test_names_of_several_lists(names: list[list[str]], data: st.DataObject) -> None:
    columns = [
        np.array(data.draw(st.lists(st.integers(0, len(some) - 1), max_size=5)) if some else [], np.int32)
        for some in names
    ]
    every, numbers = renumbering(names)
    assert len(set(every)) == len(every)
    told = [every[number] for number in renumbered(columns, numbers)[:].tolist()]
    assert told == [some[number] for some, column in zip(names, columns, strict=True) for number in column.tolist()]


def test_starts_go_on_where_the_last_file_ended(tmp_path: Path) -> None:
    folders = [tmp_path / name for name in "abc"]
    for folder, starts in zip(folders, ([0, 2, 5], [0], [0, 1]), strict=True):
        folder.mkdir()
        np.save(folder / "starts.npy", np.array(starts, np.int64))
    assert starts_of(folders, "starts")[:].tolist() == [0, 2, 5, 6]
    assert starts_of(folders[:1], "starts")[:].tolist() == [0, 2, 5]


@pytest.mark.parametrize("values", [[], [1, 2, 300]])
def test_bare_numbers(tmp_path: Path, values: list[int]) -> None:
    path = tmp_path / "numbers.bin"
    np.array(values, np.uint16).tofile(path)
    assert raw(path, np.uint16).tolist() == values
