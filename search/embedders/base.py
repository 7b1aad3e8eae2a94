"""What every embedder offers."""

from collections.abc import Iterable
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


class Embedder(Protocol):
    """Texts to vectors whose dot product is their likeness (cosine)."""

    @property
    def id(self) -> str:
        """Names the weights, the prompts and the dimension: vectors of different ids must not be compared."""
        ...

    @property
    def size(self) -> int:
        """Numbers in a vector."""
        ...

    def encode(self, texts: Iterable[str]) -> Floats:
        """(texts, size) float32 vectors of length 1 of passages; a text without any known token is all zeros."""
        ...

    def encode_queries(self, texts: Iterable[str]) -> Floats:
        """The same of what people ask: models trained for searching want the two told apart."""
        ...


def normalised(vectors: Floats) -> Floats:
    """Rows scaled to length 1; rows of zeros stay."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    scaled: Floats = vectors / np.maximum(lengths, 1e-12)
    return scaled
