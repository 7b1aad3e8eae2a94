"""What ``benchmarks/scale.py`` measures with: shares of stages, growth, samples, what clients saw."""

import json
import random
import subprocess
import sys
from pathlib import Path
from types import FrameType

import pytest
from load.asking import sample
from load.ingesting import stage
from load.plots import exponent, figure
from load.serving import Load
from load.watching import watched


def _frame(*modules: str) -> FrameType:
    """The innermost frame of functions of these modules, each called by the one before."""
    found: list[FrameType] = []

    def look() -> None:
        found.append(sys._getframe(1))

    call = look
    for module in reversed(modules):
        scope = {"__name__": module, "call": call}
        exec("def function(): call()", scope)
        call = scope["function"]  # type: ignore[assignment]
    call()
    return found[0]


@pytest.mark.parametrize(
    ("modules", "told"),
    [
        (("gongzhi.build", "ingest.parse", "ingest.outline"), "repair"),
        (("gongzhi.build", "ingest.parse", "ingest.readers.text"), "read"),
        (("gongzhi.build", "ingest.parse", "corpus.copies"), "copies"),
        (("gongzhi.build", "graph.claims", "corpus.places"), "claims"),
        (("gongzhi.build", "graph.derive", "graph.glossary", "corpus.store"), "glossary"),
        (("gongzhi.build", "corpus.store"), "write"),
        (("gongzhi.build", "gongzhi.settings", "search.engine", "corpus.store"), "indexes"),
        (("gongzhi.build",), "other"),
    ],
)
def test_time_goes_to_the_stage_that_asked_for_it(modules: tuple[str, ...], told: str) -> None:
    assert stage(_frame(*modules)) == told


def test_growth_is_a_slope_on_logarithmic_axes() -> None:
    sizes = (1_000, 10_000, 100_000)
    assert exponent([(size, 3 * size) for size in sizes]) == pytest.approx([1, 1])
    assert exponent([(size, size**2) for size in sizes]) == pytest.approx([2, 2])
    assert exponent([(1_000, 5)]) == []


def test_a_figure_shows_every_line() -> None:
    drawn = figure({"Memory": {"one": [(1_000, 5), (10_000, 50)], "other": [(1_000, 7), (10_000, 7)]}, "Disk": {}})
    assert drawn.count("<polyline") == 2
    assert drawn.count("<circle") == 4
    assert "● one" in drawn
    assert "Disk" in drawn


def test_lines_are_drawn_evenly(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text("".join(json.dumps({"n": n}) + "\n" for n in range(1_000)), "utf-8")
    drawn = [row["n"] for row in sample(path, 200, random.Random(1))]
    assert len(set(drawn)) == 200
    assert 60 < sum(n < 500 for n in drawn) < 140
    assert {row["n"] for row in sample(path, 5_000, random.Random(1))} == set(range(1_000))


def test_what_clients_saw_is_summed_up() -> None:
    load = Load([(0.0, 0.1, True), (0.1, 0.2, True), (0.2, 1.2, False), (1.2, 1.3, True)])
    told = load.told()
    assert (told["requests"], told["failed"]) == (4, 1)
    assert told["pause"] == pytest.approx(1.0)
    assert told["slowest"] == pytest.approx(1.0)
    assert told["p50"] == pytest.approx(100)


def test_a_process_is_watched_with_its_children() -> None:
    child = "import time; end = time.process_time() + 0.6\nwhile time.process_time() < end: pass"
    parent = f"import json, subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}]); print(json.dumps({{'a': 1}}))"
    with subprocess.Popen([sys.executable, "-c", parent], stdout=subprocess.PIPE, text=True) as process:
        told = watched(process)
    assert told["a"] == 1
    assert told["watched"]["cpu"] > 0.2
    assert told["watched"]["rss"] > 5


def test_a_process_that_fails_tells_nothing() -> None:
    with (
        subprocess.Popen([sys.executable, "-c", "raise SystemExit(3)"], stdout=subprocess.PIPE, text=True) as process,
        pytest.raises(subprocess.CalledProcessError),
    ):
        watched(process)
