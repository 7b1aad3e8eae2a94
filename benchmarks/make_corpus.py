"""Any number of made-up union reports, with what must be found in them: a corpus to measure the program at scale.

``python -P benchmarks/make_corpus.py FOLDER --passages 10000 [--seed 1] [--jobs 2]`` writes ``FOLDER/files/0000/0000000.txt``
and so on (a thousand files a folder, some of them compilations with a table of contents), and beside them the answer key:

| file of FOLDER/key | a line for |
|---|---|
| documents.jsonl | each document: file, title, place, code, level, year; ``copy_of`` for the near copies (1 in 100 files) |
| terms.jsonl | each made-up name that is explained: the explaining sentence, its components, how |
| deeds.jsonl | each clause that tells of what is asked for: topic, place code, status, sentence, figure |
| places.jsonl | each place question: all places that did or plan it (code → status; done if both) |
| drafts.jsonl | pieces and paraphrases of paragraphs, with a sentence of the passage that should be found |
| searches.jsonl | plain words for concepts that are told of, with the official word that a right passage has |

All of it is drawn from the seed; the same seed and size make the same bytes, whatever the number of processes. Nothing is
held in memory but counts for each place question.
"""

import argparse
import json
import multiprocessing
import os
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

from load.files import IN_FOLDER, File, plan, write  # noqa: E402
from load.words import topics  # noqa: E402

KINDS = ("documents", "terms", "deeds", "places", "drafts", "searches")
_BATCH = 50
_HIDDEN = 6  # plain words of a concept that are searched for
Told = list[tuple[str, str, str]]


def batches(files: Iterator[File], folder: Path) -> Iterator[tuple[list[File], Path]]:
    """The files, so many at a time."""
    while some := list(islice(files, _BATCH)):
        yield some, folder


def write_batch(batch: tuple[list[File], Path]) -> tuple[int, dict[str, str], Told]:
    """Writes files; returns how many passages, the lines of the answer key by kind, and what is told."""
    files, folder = batch
    lines: dict[str, list[str]] = defaultdict(list)
    told: Told = []
    for file in files:
        for one in write(file, folder):
            for kind, row in one.rows:
                lines[kind].append(_line({"file": file.name, **row}))
            if file.copied:
                lines["documents"].append(_line({"file": file.name, "title": one.title, "copy_of": file.copied}))
            told += one.told
    return (
        sum(one.passages for file in files for one in file.plans),
        {kind: "".join(ours) for kind, ours in lines.items()},
        told,
    )


def _line(row: dict[str, Any]) -> str:
    return json.dumps(row, ensure_ascii=False) + "\n"


def make(folder: Path, passages: int, seed: int = 1, jobs: int = 1, silent: bool = False) -> None:
    """Writes a corpus of about so many passages and its answer key."""
    files, key = folder / "files", folder / "key"
    key.mkdir(parents=True)
    total = sum(1 for _ in plan(seed, passages))
    for number in range((total - 1) // IN_FOLDER + 1):
        (files / f"{number:04d}").mkdir(parents=True)
    told: dict[str, dict[str, str]] = defaultdict(dict)
    out = {kind: (key / f"{kind}.jsonl").open("w", encoding="utf-8") for kind in KINDS}
    done = 0
    for made, lines, ours in _written(batches(plan(seed, passages), files), jobs):
        done += made
        for kind, text in lines.items():
            out[kind].write(text)
        for topic, code, status in ours:
            if told[topic].get(code) != "done":
                told[topic][code] = status
        if not silent:
            print(f"\r{min(done, passages):,} / {passages:,} passages", end="", file=sys.stderr, flush=True)
    out["places"].writelines(map(_line, questions(told)))
    out["searches"].writelines(map(_line, searches(told)))
    for file in out.values():
        file.close()
    if not silent:
        print(file=sys.stderr)


def _written(work: Iterable[tuple[list[File], Path]], jobs: int) -> Iterator[tuple[int, dict[str, str], Told]]:
    if jobs == 1:
        yield from map(write_batch, work)
        return
    with multiprocessing.get_context("fork").Pool(jobs) as pool:
        yield from pool.imap(write_batch, work)


def questions(told: dict[str, dict[str, str]]) -> Iterator[dict[str, Any]]:
    """A place question for all that is told of."""
    for topic in sorted(told):
        yield {"question": f"哪些地方开展了{topic}？", "topic": topic, "answers": told[topic]}


def searches(told: dict[str, dict[str, str]]) -> Iterator[dict[str, Any]]:
    """Plain words for the concepts that are told of."""
    for topic in topics():
        if topic.label in told:
            for words in topic.concept.hidden_labels[:_HIDDEN]:
                yield {"query": words, "topic": topic.concept.label, "label": topic.label}


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--passages", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="processes that write")
    given = parser.parse_args()
    if given.folder.exists():
        sys.exit(f"{given.folder} is there already")
    make(given.folder, given.passages, given.seed, given.jobs)


if __name__ == "__main__":
    main()
