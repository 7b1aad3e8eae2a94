"""What a worker of a Dask cluster does: reads a file as this machine would, and encodes its texts.

It is sent bytes and sends bytes back: the scheduler has to know nothing of our classes, and counts their real size.
"""

import pickle
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from corpus.laid import Laid, records, with_content
from corpus.model import Claim, Passage
from gongzhi.reading import Task, packed, read
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

    laid: Laid | None
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
        digests, vectors = _encoded(found.laid, embedder) if embedder and found.laid else ([], None)
    except Exception as error:
        return Unfit(worker, "", f"{type(error).__name__}: {error}")
    # The bytes of the file need not go back.
    return Found(found.laid and with_content(found.laid, b""), found.failure, digests, vectors)


@lru_cache(1)
def _embedder(name: str, dimension: int) -> "Embedder":
    from search.embedders import open_embedder

    return open_embedder(name, dimension)


def _encoded(laid: Laid, embedder: "Embedder") -> tuple[list[bytes], Halves]:
    """The digests of the texts that the library's indexes will want vectors of, and those."""
    from search.embedders.kept import digest
    from search.wanted import wanted

    texts = list(dict.fromkeys(wanted(records(laid, Passage), records(laid, Claim))))
    return [digest(text) for text in texts], embedder.encode(texts).astype(np.float16)
