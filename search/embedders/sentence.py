"""Any sentence-transformers model (extra ``neural``), imported when first used."""

from collections.abc import Iterable
from functools import cached_property
from typing import Any

import numpy as np

from search.embedders.base import Floats
from search.errors import EmbedderUnreadable, NeuralExtraMissing


class SentenceEmbedder:
    """A model by its name or folder, for example ``BAAI/bge-small-zh-v1.5``."""

    def __init__(self, name: str) -> None:
        """Raises NeuralExtraMissing or EmbedderUnreadable."""
        try:
            from sentence_transformers import SentenceTransformer
        except ImportError as error:
            raise NeuralExtraMissing(name) from error
        try:
            self._model: Any = SentenceTransformer(name, device="cpu")
        except (OSError, ValueError, RuntimeError) as error:
            raise EmbedderUnreadable(name, error) from error
        self._name = name

    @property
    def id(self) -> str:
        return f"sentence-{self._name}"

    @cached_property
    def size(self) -> int:
        # The library's own method for this was renamed between the versions that the extra allows.
        return int(self.encode(["一"]).shape[1])

    def encode(self, texts: Iterable[str]) -> Floats:
        """(texts, size) float32 unit vectors."""
        vectors = self._model.encode(list(texts), normalize_embeddings=True, show_progress_bar=False)
        # A text without known tokens has no direction; half precision makes that a NaN.
        return np.nan_to_num(np.asarray(vectors, np.float32))
