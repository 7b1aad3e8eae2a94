"""What a worker of a Dask cluster does: reads a file as this machine would, and encodes its texts.

It is sent bytes and sends bytes back: the scheduler has to know nothing of our classes, and counts their real size.
"""

import pickle
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from corpus.model import ParsedSource
from gongzhi.reading import Outcome, Task, packed, read
from gongzhi.rules import fingerprint

if TYPE_CHECKING:
    from search.embedders import Embedder

Halves = NDArray[np.float16]


@dataclass(frozen=True, slots=True)
class Model:
    """The model that workers encode with: its name or folder, the dimension it is cut to (0: none), and its id."""

    name: str
    dimension: int
    id: str


@dataclass(frozen=True, slots=True)
class Found:
    """What came of a task on a worker: that of an Outcome, without the bytes of the file; vectors by digests of texts."""

    parsed: ParsedSource | None
    claims: Any
    sighted: Any
    failure: str
    digests: list[bytes]
    vectors: Halves | None


@dataclass(frozen=True, slots=True)
class Unfit:
    """A worker that must not contribute: ``rules`` or ``model`` for one that has others, else the ``reason``."""

    worker: str
    kind: str
    reason: str = ""


def work(sent: bytes) -> bytes:
    """On a worker: read a file and encode its texts, unless that is to be done by other rules or with another model than
    there are here."""
    from distributed import get_worker

    worker: str = get_worker().address
    return packed(_work(sent, worker))


def _work(sent: bytes, worker: str) -> Found | Unfit:
    rules, model, inner = pickle.loads(sent)
    if rules != fingerprint():
        return Unfit(worker, "rules")
    try:
        embedder = _embedder(model.name, model.dimension) if model else None
        if embedder and model and embedder.id != model.id:
            return Unfit(worker, "model")
        task: Task = pickle.loads(inner)
        found = read(task)
        digests, vectors = _encoded(found, embedder) if embedder and found.parsed else ([], None)
    except Exception as error:
        return Unfit(worker, "", f"{type(error).__name__}: {error}")
    # The bytes of the file need not go back.
    parsed = found.parsed and replace(found.parsed, content=b"")
    return Found(parsed, found.claims, found.sighted, found.failure, digests, vectors)


@lru_cache(1)
def _embedder(name: str, dimension: int) -> "Embedder":
    from search.embedders import open_embedder

    return open_embedder(name, dimension)


def _encoded(found: Outcome, embedder: "Embedder") -> tuple[list[bytes], Halves]:
    """The digests of the texts that the library's indexes will want vectors of, and those."""
    from search.embedders.kept import digest
    from search.wanted import wanted

    assert found.parsed is not None
    passages = (passage for document in found.parsed.documents for passage in document.passages)
    claims = (claim for claims, _ in found.claims for claim in claims)
    texts = list(dict.fromkeys(wanted(passages, claims)))
    return [digest(text) for text in texts], embedder.encode(texts).astype(np.float16)
