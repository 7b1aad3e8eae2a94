"""The floor: the same passages in tantivy and FAISS alone, and in txtai; seconds to build, time of a search.

Run as a process of its own. Each gets the passages as texts; the vectors are those of the bundled model, one a passage.
"""

import json
import math
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from corpus.store import FILE_NAME
from load.asking import questions
from peers.base import CUTS
from peers.meaning import embedder, txtai_static
from peers.words import tantivy_cut
from search.analyzer import fold
from search.metrics import percentile

_EXACT = 200_000  # passages up to which vectors are searched one by one
_TXTAI = 200_000  # and up to which txtai is tried
_DEPTH = 10
_BATCH = 20_000


def faiss_alone(texts: Sequence[str], _: Path) -> Callable[[str, int], Any]:
    import faiss

    vectors = np.concatenate(
        [embedder().encode(map(fold, texts[k : k + _BATCH])) for k in range(0, len(texts), _BATCH)]
    )
    lists = int(4 * math.sqrt(len(texts)))
    exact = len(texts) <= _EXACT
    index = faiss.index_factory(vectors.shape[1], "SQ8" if exact else f"IVF{lists},SQ8", faiss.METRIC_INNER_PRODUCT)
    index.train(vectors[:: max(1, len(texts) // (40 * lists))])
    index.add(vectors)
    if not exact:
        index.nprobe = 16
    return lambda query, k: index.search(embedder().encode([fold(query)]), k)


def tantivy_alone(texts: Sequence[str], folder: Path) -> Callable[[str, int], Any]:
    return tantivy_cut(CUTS["单字＋双字"], texts, folder).search


def both(texts: Sequence[str], folder: Path) -> Callable[[str, int], Any]:
    """tantivy and FAISS, fused by rank."""
    words, meaning = tantivy_alone(texts, folder), faiss_alone(texts, folder)

    def search(query: str, k: int) -> list[int]:
        scores: dict[int, float] = {}
        for found in (words(query, 100), meaning(query, 100)[1][0]):
            for rank, row in enumerate(found, 1):
                scores[int(row)] = scores.get(int(row), 0.0) + 1 / (60 + rank)
        return sorted(scores, key=lambda row: -scores[row])[:k]

    return search


def txtai(texts: Sequence[str], folder: Path) -> Callable[[str, int], Any]:
    return txtai_static(texts, folder).search


_MAKERS: dict[str, Callable[[Sequence[str], Path], Callable[[str, int], Any]]] = {
    "tantivy + FAISS": both,
    "txtai": txtai,
}


def measure(library: Path, key: Path) -> dict[str, Any]:
    """Build and ask each; None for one that is not installed or was not tried."""
    with sqlite3.connect(library / FILE_NAME) as db:
        texts = [text for (text,) in db.execute("SELECT text FROM passage")]
    asked = [one.text for one in questions(key) if one.kind == "search"]
    embedder()
    told: dict[str, Any] = {}
    for name, make in _MAKERS.items():
        if name == "txtai" and len(texts) > _TXTAI:
            told[name] = None
            continue
        with tempfile.TemporaryDirectory() as scratch:
            begun, worked = time.perf_counter(), time.process_time()
            try:
                search = make(texts, Path(scratch))
            except ImportError:
                told[name] = None
                continue
            built, busy = time.perf_counter() - begun, time.process_time() - worked
            times = []
            for number, query in enumerate(asked):
                started = time.perf_counter()
                search(query, _DEPTH)
                if number >= len(asked) // 10:
                    times.append((time.perf_counter() - started) * 1e3)
            told[name] = {
                "build": built,
                "build_cpu": busy,
                "p50": percentile(times, 0.5),
                "p99": percentile(times, 0.99),
            }
    return told


if __name__ == "__main__":
    print(json.dumps(measure(Path(sys.argv[1]), Path(sys.argv[2]))))
