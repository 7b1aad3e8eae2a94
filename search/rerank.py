"""Reranking: a model that reads query and passage together looks at the best candidates again.

Optional (extra ``neural``), any sentence-transformers CrossEncoder, imported when first used. It is slow, so only the
first ``LOOKED_AT`` are read; they keep their place before all others, and among them the model's word counts ``SHARE``.
"""

from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from search.embedders.sentence import require_folder
from search.errors import NeuralExtraMissing, RerankerUnreadable

LOOKED_AT = 50
SHARE = 0.6  # of the mixed score that the model decides
_BATCH, _GPU_BATCH = 16, 128
_LONGEST = 512  # characters of a passage that are read

Floats = NDArray[np.float32]


class Reranker(Protocol):
    """Says how well passages answer a query."""

    @property
    def id(self) -> str: ...

    def scores(self, query: str, texts: Sequence[str]) -> Floats:
        """(texts,) 0..1."""
        ...


class CrossReranker:
    """A CrossEncoder by its name or folder, for example ``BAAI/bge-reranker-base``."""

    def __init__(self, name: str) -> None:
        """Raises ModelFolderMissing, NeuralExtraMissing or RerankerUnreadable."""
        require_folder(name)
        try:
            import torch
            from sentence_transformers import CrossEncoder
        except ImportError as error:
            raise NeuralExtraMissing(name) from error
        self._gpu = bool(torch.cuda.is_available())
        self._sigmoid: Any = torch.nn.Sigmoid()
        try:
            self._model: Any = CrossEncoder(name, device="cuda" if self._gpu else "cpu")
        except (OSError, ValueError, RuntimeError) as error:
            raise RerankerUnreadable(name, error) from error
        if self._model.num_labels != 1:
            raise RerankerUnreadable(name, f"它给出 {self._model.num_labels} 个数，重排要一个")
        if self._gpu:
            self._model.model.half()
        self._name = name

    @property
    def id(self) -> str:
        return f"cross-{self._name}"

    def scores(self, query: str, texts: Sequence[str]) -> Floats:
        """(texts,) 0..1: the logistic of what the model gives."""
        if not texts:
            return np.zeros(0, np.float32)
        found = self._model.predict(
            [(query, text[:_LONGEST]) for text in texts],
            batch_size=_GPU_BATCH if self._gpu else _BATCH,
            activation_fn=self._sigmoid,
            show_progress_bar=False,
        )
        return np.nan_to_num(np.asarray(found, np.float32).reshape(-1))


def mixed(scores: Floats, judged: Floats) -> Floats:
    """(rows,) what the rows count after reranking: ``SHARE`` of the model's word, on the scale of the best score, and
    the rest of what the rule gave."""
    best = np.float32(scores.max(initial=0.0))
    total: Floats = ((1 - SHARE) * scores + SHARE * best * judged).astype(np.float32)
    return total
