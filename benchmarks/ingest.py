"""Ingestion by stage: seconds, MB of UTF-8 text a minute, peak memory. Writes ``benchmarks/ingest.md``.

Reads general official texts from ``../shared/texts`` (a file each) and, where it is there, the reference corpus. Each
row is a process of its own. Times are of the machine it runs on; the shares of the stages are what to read.
"""

import json
import lzma
import resource
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"
TEXTS = SHARED / "texts" / "official_texts.jsonl.xz"
CORPUS = SHARED / "corpus"
STAGES = ("read", "repair", "claims", "write", "copies", "glossary", "indexes")


def write_texts(folder: Path, size: int) -> None:
    """Files of official text, ``size`` bytes of UTF-8 in all."""
    total = 0
    with lzma.open(TEXTS, "rt", encoding="utf-8") as lines:
        for n, line in enumerate(lines):
            row = json.loads(line)
            content = f"{row['title']}\n\n{row['text']}".encode()
            (folder / f"{n:06d}.txt").write_bytes(content)
            total += len(content)
            if total >= size:
                return


def peak() -> float:
    """The most memory that this process has held, MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def timed(times: dict[str, float], stage: str, module: Any, name: str) -> None:
    """Have calls of ``module.name`` add their seconds to ``stage``."""
    function: Callable[..., Any] = getattr(module, name)

    def wrapper(*args: Any, **kwargs: Any) -> Any:
        start = time.perf_counter()
        times.setdefault(f"peak before {stage}", peak())
        try:
            return function(*args, **kwargs)
        finally:
            times[stage] += time.perf_counter() - start

    setattr(module, name, wrapper)


def measure(folder: Path, library: Path, jobs: int) -> dict[str, Any]:
    """One ingestion of ``folder``, by stage."""
    import corpus.copies
    import corpus.store
    import graph.claims
    import graph.derive
    import ingest.parse
    from gongzhi import build

    times: dict[str, float] = defaultdict(float)
    for stage, module, name in (
        ("read", ingest.parse.readers, "decode"),
        ("repair", ingest.parse, "parse_source"),
        ("claims", graph.claims, "extract_claims"),
        ("copies", graph.derive, "same_as"),
        ("copies", corpus.copies, "signature"),
        ("glossary", graph.derive, "build_glossary"),
        ("write", corpus.store.Store, "put_source"),
        ("write", corpus.store.Store, "put_claims"),
        ("write", corpus.store.Store, "put_glossary"),
        ("indexes", build, "publish"),
    ):
        timed(times, stage, module, name)
    size = sum(path.stat().st_size for path in folder.iterdir())
    report = build.ingest(library, [folder], jobs=jobs)
    times["repair"] -= times["read"]
    again = time.perf_counter()
    build.ingest(library, [folder], jobs=jobs)
    return {
        "mb": size / 1e6,
        "files": report.counts["added"],
        "passages": report.passages,
        "seconds": report.seconds,
        "again": time.perf_counter() - again,
        "reading": times["peak before glossary"],
        "rss": peak(),
        "library": sum(path.stat().st_size for path in library.rglob("*") if path.is_file()) / 1e6,
        "stages": {stage: times[stage] for stage in STAGES},
    }


def rows(sizes: list[int]) -> Iterator[tuple[str, int, dict[str, Any]]]:
    """Name, processes and measures of each ingestion."""
    with tempfile.TemporaryDirectory() as scratch:
        folders = [("reference corpus", CORPUS)] if CORPUS.is_dir() else []
        for size in sizes:
            folder = Path(scratch) / f"{size}"
            folder.mkdir()
            write_texts(folder, size * 1_000_000)
            folders.append((f"official texts {size} MB", folder))
        for name, folder in folders:
            for jobs in (1, 2):
                library = Path(scratch) / f"library-{name}-{jobs}"
                command = [sys.executable, __file__, str(folder), str(library), str(jobs)]
                done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT)
                yield name, jobs, json.loads(done.stdout)


def main() -> None:
    if not TEXTS.exists():
        print("../shared/texts is not there: nothing to measure")
        return
    lines = [
        "# Ingestion by stage",
        "",
        "Written by `benchmarks/ingest.py`: files → library with glossary and indexes, each row a process of its own,",
        "by `jobs` processes that read. *Again* is the same ingestion once more, nothing changed. Peak memory is that of",
        "the writing process: until all is read and stored, and in all (the glossary and the indexes are made of the whole",
        "library at once).",
        "",
        "| texts | files | MB | passages | jobs | seconds | MB a minute | again s | peak reading MB | peak MB | library MB |",
        "|---|---|---|---|---|---|---|---|---|---|---|",
    ]
    shares = ["", "Seconds by stage, one process reading:", "", f"| texts | {' | '.join(STAGES)} |", "|---" * 8 + "|"]
    for name, jobs, row in rows([int(word) for word in sys.argv[1:]] or [5, 20]):
        pace = row["mb"] / row["seconds"] * 60
        lines.append(
            f"| {name} | {row['files']} | {row['mb']:.2f} | {row['passages']} | {jobs} | {row['seconds']:.1f} |"
            f" {pace:.1f} | {row['again']:.2f} | {row['reading']:.0f} | {row['rss']:.0f} | {row['library']:.0f} |"
        )
        print(lines[-1], flush=True)
        if jobs == 1:
            cells = (f"{row['stages'][stage]:.1f}" for stage in STAGES)
            shares.append(f"| {name} | {' | '.join(cells)} |")
    Path(__file__).with_suffix(".md").write_text("\n".join(lines + shares) + "\n", "utf-8")


if __name__ == "__main__":
    if len(sys.argv) == 4 and Path(sys.argv[1]).is_dir():
        sys.path.insert(0, str(ROOT))
        print(json.dumps(measure(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))))
    else:
        main()
