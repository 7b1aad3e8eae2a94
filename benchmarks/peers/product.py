"""Ours, whole and without each of its parts; a library made of passages that come from anywhere."""

import shutil
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

from corpus.model import Document, ParsedDocument, ParsedSource, Passage, Source, digest
from corpus.store import Store
from graph.derive import derive
from peers.base import Searching, size_of
from search.cache import FOLDER as CACHE
from search.concepts import ConceptIndex
from search.engine import Engine
from search.evaluate import Configuration, configuration, configurations

WHOLE = "工知"
#: What a weight is of, for the report; the weights of ``search.ranking`` are taken as they are.
PARTS = {
    "lexical": "字词",
    "concept": "概念",
    "dense": "向量",
    "phrase": "原话加分",
    "number": "数字加分",
    "condition": "地点年份加分",
}
#: Indexes that searching uses; a library keeps others for place questions.
_INDEXES = ("lexical", "concepts", "vectors")
_NEVER = 2.0  # share of common clauses that no two passages have


def built(folder: Path) -> tuple[Engine, float, int]:
    """The engine of a library, the seconds its indexes take from nothing, and the bytes of those for searching."""
    shutil.rmtree(folder / CACHE, ignore_errors=True)
    started = time.perf_counter()
    engine = Engine.open(folder)
    seconds = time.perf_counter() - started
    return engine, seconds, sum(size_of(folder / CACHE / name) for name in _INDEXES)


def configured() -> dict[str, Configuration]:
    """What ``gongzhi evaluate`` can measure, too, by what the report calls it."""
    names = {"lexical": "只按字词（lexical）", "semantic": "只按语义（semantic）"}
    names |= {name: f"不要{PARTS.get(name[3:], name[3:])}" for name in configurations() if name.startswith("no-")}
    return {told: configuration(name) for name, told in names.items()}


@contextmanager
def apart() -> Iterator[None]:
    """Near copies are not joined: inside the block no two passages are alike enough."""
    with patch("search.ranking._SAME_CLAUSES", _NEVER):
        yield


@contextmanager
def unlikened() -> Iterator[None]:
    """Concepts are recognised by their labels alone: engines opened inside the block compare no vectors with them."""

    class ByLabels(ConceptIndex):
        def __init__(self, *args: object, **options: object) -> None:
            super().__init__(args[0], None, *args[2:], **{k: v for k, v in options.items() if k != "encoder"})  # type: ignore[arg-type]

    with patch("search.engine.ConceptIndex", ByLabels):
        yield


def library_of(folder: Path, name: str, passages: Sequence[str]) -> None:
    """Write a library of which every passage is a document of its own, with terms, concepts and links as any other."""
    source = Source(digest(name), f"{name}.txt", name, "utf-8", 0)
    read = []
    for number, text in enumerate(passages):
        identity = f"{source.id}-{number}"
        document = Document(identity, source.id, number, str(number), "", "", "", "unknown", "", "", "", "", text)
        span = (0, len(text), 0, len(text))
        passage = Passage(digest(identity, text), identity, "", 0, text, *span, ())
        read.append(ParsedDocument(document, (), (passage,), ()))
    with Store.open(folder, create=True) as store, store.write():
        store.put_source(ParsedSource(source, b"", tuple(read), ()))
        derive(store)


def over(engine: Engine, chosen: Configuration) -> Searching:
    """The engine of such a library as a peer: the numbers of the passages found; a near copy stands for itself."""

    def search(query: str, k: int) -> list[int]:
        hits = engine.search(query, k, chosen.mode, weights=chosen.weights).hits
        found = dict.fromkeys(document for hit in hits for document in (hit.document_id, *hit.also))
        return [int(document.rpartition("-")[2]) for document in found]

    return Searching(search)
