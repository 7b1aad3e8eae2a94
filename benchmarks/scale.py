"""How the program grows with the library: ingestion, memory, disk, start, questions, load. Writes ``benchmarks/scale.md``.

``python -P benchmarks/scale.py [SIZE …] [--work FOLDER]`` measures libraries of so many made-up passages (1,000 and 10,000;
see ``make_corpus.py``), each in processes of its own, and what is answered is judged by the answer key. Figures are kept in
``scale.json``: a size that is not measured again keeps its row. With ``--work`` corpora, libraries and what was measured of them
stay in that folder, and an interrupted run goes on where it was; without, they are made and thrown away. 1,000,000 passages
need 15 GB of disk and an hour or two.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeVar

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

from load.asking import ASKED  # noqa: E402
from load.ingesting import STAGES  # noqa: E402
from load.plots import Line, exponent, figure  # noqa: E402
from load.serving import measure as served  # noqa: E402
from load.serving import process  # noqa: E402
from load.watching import watched  # noqa: E402
from make_corpus import make  # noqa: E402

# Where Python may not keep modules compiled, every process that is measured would compile ours again.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

SIZES = (1_000, 10_000)
KEPT = Path(__file__).with_suffix(".json")
Row = dict[str, Any]
Rows = dict[int, Row]
Told = TypeVar("Told", float, str)

#: What is asked of it on two cores: size, what, bar, unit, whether less is better, where the figure stands.
BARS: tuple[tuple[int, str, float, str, bool, Callable[[Row], float]], ...] = (
    (200_000, "ingestion", 2_000, "passages/s", False, lambda row: _pace(row)),
    (200_000, "search p50", 10, "ms", True, lambda row: row["asked"]["times"]["search"][0]),
    (200_000, "search p99", 40, "ms", True, lambda row: row["asked"]["times"]["search"][2]),
    (1_000_000, "ingestion", 2_000, "passages/s", False, lambda row: _pace(row)),
    (1_000_000, "search p50", 25, "ms", True, lambda row: row["asked"]["times"]["search"][0]),
    (1_000_000, "term p50", 3, "ms", True, lambda row: row["asked"]["times"]["term"][0]),
    (1_000_000, "suggest p50", 10, "ms", True, lambda row: row["asked"]["times"]["suggest"][0]),
    (1_000_000, "places p50", 200, "ms", True, lambda row: row["asked"]["times"]["places"][0]),
    (1_000_000, "memory serving", 3_072, "MB", True, lambda row: row["asked"]["rss"]),
    (1_000_000, "start", 8, "s", True, lambda row: row["asked"]["start"]),
    (1_000_000, "one document added", 3, "s", True, lambda row: row["served"]["alone"]["add"]),
    (1_000_000, "one document removed", 3, "s", True, lambda row: row["served"]["alone"]["remove"]),
    (1_000, "start", 1.5, "s", True, lambda row: row["asked"]["start"]),
    (1_000, "`gongzhi term` as a process", 0.6, "s", True, lambda row: row["process"]),
    (1_000, "searches over HTTP", 400, "/s", False, lambda row: row["served"]["http"]["per_second"]),
    (1_000, "their p99", 80, "ms", True, lambda row: row["served"]["http"]["p99"]),
)


def measure(size: int, work: Path) -> Row:
    """Everything about one size; what ``work`` keeps of an interrupted run is not measured again."""
    corpus, library, kept = work / f"corpus-{size}", work / f"library-{size}", work / f"measured-{size}.json"
    if not corpus.exists():
        make(corpus, size, jobs=os.cpu_count() or 1)
    row: Row = json.loads(kept.read_text("utf-8")) if kept.exists() else {}
    if library.exists() and "ingest" not in row:
        sys.exit(f"{library} is there already")

    def term() -> float:
        with (corpus / "key" / "terms.jsonl").open(encoding="utf-8") as terms:
            return process(library, json.loads(next(terms))["term"])

    parts: dict[str, Callable[[], Any]] = {
        "ingest": lambda: _apart("ingesting", corpus / "files", library, 0),
        "asked": lambda: _apart("opening", library, corpus / "key", 1.0),
        "floor": lambda: _apart("floor", library, corpus / "key"),
        "process": term,
        "served": lambda: served(library),
        "when": lambda: time.strftime("%Y-%m-%d"),
        "machine": additions,
    }
    for name, part in parts.items():
        if name not in row:
            begun = time.perf_counter()
            row[name] = part()
            kept.write_text(json.dumps(row), "utf-8")
            print(f"{size:,}: {name}, {time.perf_counter() - begun:.0f} s", file=sys.stderr, flush=True)
    return row


def additions() -> float:
    """Seconds that ten million additions take in Python: how fast the machine was that measured."""
    begun = time.perf_counter()
    total = 0
    for number in range(10_000_000):
        total += number
    return time.perf_counter() - begun


def _apart(module: str, *given: object) -> Row:
    """What a module of ``load`` measures in a process of its own, with the memory of all that it starts."""
    one = {
        "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'benchmarks'}",
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
    }
    # -P: benchmarks/search.py is not search/.
    command = [sys.executable, "-P", "-m", f"load.{module}", *map(str, given)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=os.environ | one) as process:
        return watched(process)


def _pace(row: Row) -> float:
    return float(row["ingest"]["passages"] / row["ingest"]["wall"])


def _reading(row: Row) -> float:
    """Seconds of processor time of the processes that only read."""
    return max(0.0, float(row["ingest"]["watched"]["cpu"] - row["ingest"]["cpu"]))


def tables(rows: Rows) -> Iterator[str]:
    """The report."""
    yield "# How it grows with the library\n"
    yield (
        "Written by `python -P benchmarks/scale.py` from made-up reports ([make_corpus.py](make_corpus.py)), of which is known what "
        "must be found. – : not measured at this size. Each size has processes of its own; BLAS and FAISS run on one thread. Two "
        "cores. Times by the clock count what else the machine does; processor time (CPU) doesn't. `make bench` measures the first "
        "sizes again, the others keep their rows.\n"
    )
    yield from _bars(rows)
    yield from _section("Ingestion", rows, {
        "measured": lambda row: row["when"],
        "that machine: ten million additions in Python, s": lambda row: f"{row['machine']:.2f}",
        "documents": lambda row: f"{row['ingest']['documents']:,}",
        "passages": lambda row: f"{row['ingest']['passages']:,}",
        "terms": lambda row: f"{row['ingest']['terms']:,}",
        "claims": lambda row: f"{row['ingest']['claims']:,}",
        "near copies found": lambda row: f"{row['ingest']['near_copies']:,}",
        "by the clock, s": lambda row: f"{row['ingest']['wall']:.1f}",
        "passages/s": lambda row: f"{_pace(row):,.0f}",
        "CPU, ms a passage": lambda row: _each(row, row["ingest"]["cpu"] + _reading(row)),
        "– processes that read": lambda row: _each(row, _reading(row)),
        **{f"– {name}": _stage(name) for name in STAGES},
        "most memory of the writer, MB": lambda row: f"{row['ingest']['rss']:,}",
        "most memory of all processes, MB": lambda row: f"{row['ingest']['watched']['rss']:,.0f}",
    })  # fmt: skip
    yield from _section("Library, MB", rows, {
        "all": lambda row: f"{sum(row['ingest']['files'].values()) / 1e6:,.1f}",
        "kB a passage": lambda row: f"{sum(row['ingest']['files'].values()) / row['ingest']['passages'] / 1e3:.1f}",
        **{name: _file(name) for name in sorted({name for row in rows.values() for name in row["ingest"]["files"]})},
    })  # fmt: skip
    yield from _section("Start and memory", rows, {
        "fresh process until the first answer, s": lambda row: f"{row['asked']['start']:.2f}",
        "of CPU, s": lambda row: f"{row['asked']['start_cpu']:.2f}",
        "`gongzhi term` as a process, s": lambda row: f"{row['process']:.2f}",
        "memory of its own after the start, MB": lambda row: f"{row['asked']['memory_started']['own']:,.0f}",
        "files mapped after the start, MB": lambda row: f"{row['asked']['memory_started']['files']:,.0f}",
        "memory of its own after the questions, MB": lambda row: f"{row['asked']['memory_asked']['own']:,.0f}",
        "files mapped after the questions, MB": lambda row: f"{row['asked']['memory_asked']['files']:,.0f}",
        "most of both, MB": lambda row: f"{row['asked']['rss']:,.0f}",
    })  # fmt: skip
    yield from _section("Questions, ms by the clock: p50 / p95 / p99 (CPU p50)", rows, {
        kind: _times(kind) for kind in ASKED
    })  # fmt: skip
    yield "Each question is asked once, after others of its kind; in one thread of the engine, without HTTP.\n"
    yield "A library's files are in the system's cache, as after reading in; else pages come from the disk.\n"
    yield from _section("Right by the answer key (of so many)", rows, {
        name: _right(name) for name in dict.fromkeys(name for row in rows.values() for name in row["asked"]["right"])
    })  # fmt: skip
    yield from _section("Over HTTP", rows, {
        "searches/s, 16 connections": lambda row: f"{row['served']['http']['per_second']:.0f} ({row['served']['http']['tool']})",
        "p50 / p99, ms": lambda row: f"{row['served']['http']['p50']:.1f} / {row['served']['http']['p99']:.1f}",
        "failed": lambda row: f"{row['served']['http']['failed']:.0f} of {row['served']['http']['requests']:,.0f}",
        "one document added: found after, s": lambda row: f"{row['served']['alone']['add']:.1f}",
        "removed: gone after, s": lambda row: f"{row['served']['alone']['remove']:.1f}",
        "added under load: found after, s": lambda row: f"{row['served']['swap']['add']:.1f}",
        "removed under load: gone after, s": lambda row: f"{row['served']['swap']['remove']:.1f}",
        "requests that failed meanwhile": lambda row: f"{_failed(row):.0f} of {row['served']['swap']['requests']:,.0f}",
        "longest time without an answer, s (before the change)": lambda row: (
            f"{row['served']['swap']['pause']:.2f} ({row['served']['swap']['pause_before']:.2f})"
        ),
        "slowest answer, s": lambda row: f"{row['served']['swap']['slowest']:.2f}",
        "memory of the server at most, MB": lambda row: f"{row['served']['memory']['VmHWM']:,.0f}",
    })  # fmt: skip
    yield from _section("Beside the floor: build of the indexes, CPU s; search p50, ms", rows, {
        "ours: indexes": lambda row: f"{row['ingest']['stages']['indexes']:.1f}",
        "tantivy + FAISS alone": lambda row: f"{row['floor']['tantivy + FAISS']['build_cpu']:.1f}",
        "txtai": lambda row: f"{row['floor']['txtai']['build_cpu']:.1f}",
        "ours ÷ tantivy + FAISS": lambda row: _ratio(row, "tantivy + FAISS", "build_cpu"),
        "ours ÷ txtai": lambda row: _ratio(row, "txtai", "build_cpu"),
        "ours: search": lambda row: f"{row['asked']['times']['search'][0]:.1f}",
        "tantivy + FAISS alone, search": lambda row: f"{row['floor']['tantivy + FAISS']['p50']:.1f}",
        "txtai, search": lambda row: f"{row['floor']['txtai']['p50']:.1f}",
        "ours ÷ tantivy + FAISS, search": lambda row: _ratio(row, "tantivy + FAISS", "p50"),
        "ours ÷ txtai, search": lambda row: _ratio(row, "txtai", "p50"),
    })  # fmt: skip
    yield (
        "tantivy and FAISS alone: the texts as they are (characters and pairs of them), one vector a passage of the same model, fused by "
        "rank; no terms, concepts, claims, places, highlights, reasons.\n"
    )
    yield from _growth(rows)
    yield "![Growth](scale.svg)"


def _bars(rows: Rows) -> Iterator[str]:
    yield "## The bars\n"
    yield "| passages | what | bar | measured | |\n|---|---|---|---|---|"
    for size, what, bar, unit, less, of in BARS:
        sign = "≤" if less else "≥"
        found = _measured(of, rows.get(size, {}))
        if found is None:
            yield f"| {size:,} | {what} | {sign} {bar:,g} {unit} | not measured | |"
            continue
        met = found <= bar if less else found >= bar
        yield f"| {size:,} | {what} | {sign} {bar:,g} {unit} | {found:,.{0 if found >= 100 else 1}f} | {'met' if met else '**not met**'} |"
    yield ""


def _section(title: str, rows: Rows, lines: Mapping[str, Callable[[Row], str]]) -> Iterator[str]:
    yield f"## {title}\n"
    yield f"| | {' | '.join(f'{size:,}' for size in rows)} |"
    yield "|---" * (len(rows) + 1) + "|"
    for name, told in lines.items():
        yield f"| {name} | {' | '.join(_measured(told, row) or '–' for row in rows.values())} |"
    yield ""


def _measured(of: Callable[[Row], Told], row: Row) -> Told | None:
    """A figure of a size; None where it was not measured."""
    try:
        return of(row)
    except (KeyError, TypeError):
        return None


def _each(row: Row, seconds: float) -> str:
    return f"{seconds * 1e3 / row['ingest']['passages']:.3f}"


def _stage(name: str) -> Callable[[Row], str]:
    return lambda row: _each(row, row["ingest"]["stages"][name])


def _file(name: str) -> Callable[[Row], str]:
    return lambda row: f"{row['ingest']['files'].get(name, 0) / 1e6:,.1f}"


def _times(kind: str) -> Callable[[Row], str]:
    def told(row: Row) -> str:
        p50, p95, p99, _ = row["asked"]["times"][kind]
        return f"{p50:.1f} / {p95:.1f} / {p99:.1f} ({row['asked']['busy'][kind][0]:.1f})"

    return told


def _right(name: str) -> Callable[[Row], str]:
    def told(row: Row) -> str:
        share, count = row["asked"]["right"].get(name, (0.0, 0))
        return f"{share:.3f} ({count})" if count else "–"

    return told


def _failed(row: Row) -> float:
    return float(row["served"]["swap"]["failed"] + row["served"]["swap"]["probes_failed"])


def _ratio(row: Row, name: str, what: str) -> str:
    other = row["floor"][name]
    ours = row["ingest"]["stages"]["indexes"] if what == "build_cpu" else row["asked"]["times"]["search"][0]
    return f"× {ours / other[what]:.1f}"


def lines_of(rows: Rows) -> dict[str, dict[str, Line]]:
    """What grows: panel → line → (passages, figure)."""

    def line(of: Callable[[Row], float]) -> Line:
        found = ((row["ingest"]["passages"], _measured(of, row)) for row in rows.values())
        return [(size, figure) for size, figure in found if figure is not None]

    return {
        "Ingestion, CPU s": {
            "all": line(lambda row: row["ingest"]["cpu"] + _reading(row)),
            "processes that read": line(_reading),
            **{name: line(lambda row, name=name: row["ingest"]["stages"][name]) for name in STAGES[2:-1]},  # type: ignore[misc]
        },
        "Question, p50 in CPU ms": {
            kind: line(lambda row, kind=kind: row["asked"]["busy"][kind][0])  # type: ignore[misc]
            for kind in ASKED
        },
        "Memory and disk, MB": {
            "library": line(lambda row: sum(row["ingest"]["files"].values()) / 1e6),
            "memory ingesting, all processes": line(lambda row: row["ingest"]["watched"]["rss"]),
            "memory serving, its own": line(lambda row: row["asked"]["memory_asked"]["own"]),
        },
        "Seconds of a start, of a change": {
            "start, CPU": line(lambda row: row["asked"]["start_cpu"]),
            "one document added": line(lambda row: row["served"]["alone"]["add"]),
            "one document removed": line(lambda row: row["served"]["alone"]["remove"]),
        },
    }


def _growth(rows: Rows) -> Iterator[str]:
    yield "## Growth\n"
    yield "Slope between neighbouring sizes on logarithmic axes: 1 is proportional, n log n between 100k and 1M is 1.08.\n"
    sizes = list(rows)
    if len(sizes) < 2:
        return
    yield f"| | {' | '.join(f'{a:,} → {b:,}' for a, b in pairwise(sizes))} |"
    yield "|---" * len(sizes) + "|"
    for panel, lines in lines_of(rows).items():
        for name, line in lines.items():
            slopes = exponent(line)
            if len(slopes) == len(sizes) - 1:
                yield f"| {panel}: {name} | {' | '.join(f'{slope:.2f}' for slope in slopes)} |"
    yield ""


def write(rows: Rows) -> None:
    """The kept figures, the tables and the plots."""
    KEPT.write_text(
        json.dumps({str(size): row for size, row in rows.items()}, ensure_ascii=False, indent=1) + "\n", "utf-8"
    )
    KEPT.with_suffix(".md").write_text("\n".join(tables(rows)) + "\n", "utf-8")
    KEPT.with_suffix(".svg").write_text(figure(lines_of(rows)), "utf-8")


def _rounded(told: Any) -> Any:
    """The same with four digits of every fraction."""
    if isinstance(told, dict):
        return {name: _rounded(one) for name, one in told.items()}
    if isinstance(told, list | tuple):
        return [_rounded(one) for one in told]
    return float(f"{told:.4g}") if isinstance(told, float) else told


def main(argv: Sequence[str]) -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("sizes", type=int, nargs="*", default=SIZES)
    parser.add_argument("--work", type=Path, help="where corpora and libraries stay")
    given = parser.parse_args(argv)
    rows: Rows = {}
    if KEPT.exists():
        rows = {int(size): row for size, row in json.loads(KEPT.read_text("utf-8")).items()}
    for size in given.sizes:
        with tempfile.TemporaryDirectory() as scratch:
            work = given.work or Path(scratch)
            work.mkdir(parents=True, exist_ok=True)
            rows[size] = measure(size, work)
        rows = dict(sorted(rows.items()))
        write(rows)
    print("\n".join(tables(rows)))


if __name__ == "__main__":
    main(sys.argv[1:])
