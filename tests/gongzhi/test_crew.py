"""Work on many items is shared out; what a process was doing that dies is done all the same."""

import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from gongzhi.crew import Crew

MANY = 600  # more than are done before other processes start


def doubled(deadly: Path | None) -> Callable[[int], tuple[int, int]]:
    """Gives twice a number, and who did it; whoever comes to 300 first dies, where there is a place to note it."""

    def do(number: int) -> tuple[int, int]:
        if deadly is not None and number == 300:
            try:
                deadly.touch(exist_ok=False)
            except FileExistsError:
                return 2 * number, os.getpid()
            os.kill(os.getpid(), signal.SIGKILL)
        return 2 * number, os.getpid()

    return do


@pytest.mark.parametrize("dies", [False, True])
def test_every_item_is_done_once_in_order(dies: bool, tmp_path: Path) -> None:
    done = list(Crew(2)(doubled, tmp_path / "died" if dies else None, range(MANY)))
    assert [twice for twice, _ in done] == list(range(0, 2 * MANY, 2))
    ours = [twice for twice, who in done if who == os.getpid()]
    assert (tmp_path / "died").exists() == dies
    # Without a death all is done by others; with one, what was not done yet is done here.
    assert bool(ours) == dies and len(ours) < MANY
    assert not dies or 600 in ours


@pytest.mark.parametrize(("jobs", "count"), [(1, MANY), (2, 10)])
def test_a_few_items_and_one_job_stay_in_this_process(jobs: int, count: int) -> None:
    assert list(Crew(jobs)(doubled, None, range(count))) == [(2 * n, os.getpid()) for n in range(count)]


def test_what_goes_wrong_is_told() -> None:
    with pytest.raises(TypeError):
        list(Crew(2)(doubled, None, ["a", None] * 300))  # type: ignore[list-item]
