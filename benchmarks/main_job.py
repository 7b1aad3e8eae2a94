"""The main job on the reference corpus: ingest, start, answer. Writes ``benchmarks/main_job.md``.

Needs ``../shared`` (corpus, gold, tools). Times are medians on the machine it runs on; read them as such.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from pathlib import Path

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"
GONGZHI = [sys.executable, "-m", "gongzhi"]


def seconds(command: list[str], repeat: int) -> float:
    """Median wall time of a command."""
    times = []
    for _ in range(repeat):
        start = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True, cwd=ROOT)
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def start(library: Path) -> tuple[subprocess.Popen[str], str, float]:
    """A running server, its address, and the seconds until it answered /readyz."""
    begun = time.perf_counter()
    server = subprocess.Popen(
        [*GONGZHI, "serve", "--library", str(library), "--port", "0"], stdout=subprocess.PIPE, text=True, cwd=ROOT
    )
    assert server.stdout is not None
    url = server.stdout.readline().split()[1]
    while True:
        try:
            with urllib.request.urlopen(f"{url}/readyz"):
                return server, url, time.perf_counter() - begun
        except OSError:
            time.sleep(0.01)


def search_times(url: str) -> list[float]:
    """Milliseconds of each judged query, asked over HTTP once warm."""
    rows = (SHARED / "gold" / "passages.jsonl").read_text("utf-8").splitlines()
    times = []
    for row in rows + rows:
        query = urllib.parse.urlencode({"q": json.loads(row)["query"], "k": 10})
        begun = time.perf_counter()
        with urllib.request.urlopen(f"{url}/api/search?{query}") as answer:
            answer.read()
        times.append((time.perf_counter() - begun) * 1e3)
    return sorted(times[len(rows) :])


def main() -> None:
    if not (SHARED / "corpus").is_dir():
        sys.exit("benchmarks/main_job.py needs ../shared; nothing was measured")
    with tempfile.TemporaryDirectory() as folder:
        library = Path(folder) / "library"
        ingest = [*GONGZHI, "ingest", str(SHARED / "corpus"), "--library"]
        # Each time into a new library: what hasn't changed isn't read again.
        fresh = [seconds([*ingest, str(folder)], 1) for folder in (library, f"{library}2", f"{library}3")]
        lines = [
            ("`gongzhi --help`", f"{seconds([*GONGZHI, '--help'], 9):.2f} s"),
            ("ingest of the reference corpus, end to end", f"{statistics.median(fresh):.1f} s"),
        ]
        server, url, ready = start(library)
        try:
            lines.append(("server ready", f"{ready:.2f} s"))
            times = search_times(url)
            lines.append(
                ("search p50 / p95 over HTTP", f"{times[len(times) // 2]:.1f} / {times[-len(times) // 20]:.1f} ms")
            )
            scored = subprocess.run(
                [sys.executable, SHARED / "tools" / "score.py", "--url", url, "--gold", SHARED / "gold"],
                check=True, capture_output=True, text=True,
            ).stdout  # fmt: skip
        finally:
            server.terminate()
            server.wait()
    lines += [(name, value) for name, value in (line.split() for line in scored.splitlines()) if "_ms_" not in name]
    head = f"# The main job on the reference corpus\n\nMade by `benchmarks/main_job.py`, {os.cpu_count()} cores.\n\n"
    table = "| what | figure |\n|---|---|\n" + "".join(f"| {name} | {value} |\n" for name, value in lines)
    (ROOT / "benchmarks" / "main_job.md").write_text(head + table, "utf-8")
    print(table)


if __name__ == "__main__":
    main()
