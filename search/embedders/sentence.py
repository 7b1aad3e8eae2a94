"""Any sentence-transformers model (extra ``neural``), imported when first used.

Passages and queries get the model's own prompts; where it has none configured and is of a family known to be trained
with an instruction, that instruction. A GPU is used where there is one, with half precision.
"""

import hashlib
import re
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from search.embedders.base import Floats, normalised
from search.errors import DimensionTooLarge, EmbedderUnreadable, ModelFolderMissing, NeuralExtraMissing

_BATCH = 64  # texts the model reads at once on a processor; a GPU takes more
_GPU_BATCH = 256
#: (name of a model, instruction before queries, instruction before passages): from the cards of the models.
_FAMILIES = (
    (re.compile(r"bge-(?:small|base|large)-zh", re.I), "为这个句子生成表示以用于检索相关文章：", ""),
    (
        re.compile(r"bge-(?:small|base|large)-en", re.I),
        "Represent this sentence for searching relevant passages: ",
        "",
    ),
    (re.compile(r"(?:^|[-_/])e5-(?:small|base|large)(?:-v2)?$", re.I), "query: ", "passage: "),
)


def family_prompts(name: str) -> tuple[str, str]:
    """The instructions (before queries, before passages) of the family a model's name or folder tells of; "" for none."""
    base = Path(name).name
    return next(((query, passage) for pattern, query, passage in _FAMILIES if pattern.search(base)), ("", ""))


def require_folder(name: str) -> None:
    """Raise ModelFolderMissing where a model's name is the path of a folder that isn't there."""
    if (Path(name).is_absolute() or name.startswith((".", "~"))) and not Path(name).is_dir():
        raise ModelFolderMissing(name)


class SentenceEmbedder:
    """A model by its name or folder, for example ``BAAI/bge-small-zh-v1.5``."""

    def __init__(self, name: str, size: int = 0) -> None:
        """``size`` keeps that many leading dimensions (0: all), for a model trained so that they stand alone.

        Raises ModelFolderMissing, NeuralExtraMissing, EmbedderUnreadable or DimensionTooLarge.
        """
        require_folder(name)
        try:
            import torch
            from sentence_transformers import SentenceTransformer
        except ImportError as error:
            raise NeuralExtraMissing(name) from error
        self._gpu = bool(torch.cuda.is_available())
        try:
            self._model: Any = SentenceTransformer(name, device="cuda" if self._gpu else "cpu")
        except (OSError, ValueError, RuntimeError) as error:
            raise EmbedderUnreadable(name, error) from error
        self._name = name
        self._digest = _digest(self._model)
        # On a processor half precision is slower and, for a static model, less exact.
        self._model = self._model.half() if self._gpu else self._model.float()
        own = any((self._model.prompts or {}).values())
        self._query_prompt, self._passage_prompt = ("", "") if own else family_prompts(name)
        self._prompts = repr(sorted((self._model.prompts or {}).items())) if own else ""
        self._kept = 0
        whole = self.size
        if size > whole:
            raise DimensionTooLarge(name, size, whole)
        self._kept = size if size < whole else 0
        self.__dict__.pop("size")  # found out again, of what is kept

    @cached_property
    def id(self) -> str:
        prompts = f"{self._prompts}|{self._query_prompt}|{self._passage_prompt}"
        mark = hashlib.blake2s((self._digest + prompts).encode(), digest_size=8).hexdigest()
        return f"sentence-{mark}-{self.size}"

    @cached_property
    def size(self) -> int:
        # The library's own method for this was renamed between the versions that the extra allows.
        return int(self.encode(["一"]).shape[1])

    def encode(self, texts: Iterable[str]) -> Floats:
        """(texts, size) float32 unit vectors of passages."""
        return self._encode(self._model.encode_document, texts, self._passage_prompt)

    def encode_queries(self, texts: Iterable[str]) -> Floats:
        """The same of queries, with the instruction that the model wants before them."""
        return self._encode(self._model.encode_query, texts, self._query_prompt)

    def _encode(self, method: Any, texts: Iterable[str], prompt: str) -> Floats:
        # A model's own prompts are the library's affair, unless it has none.
        instructed = {"prompt": prompt} if prompt else {}
        size = _GPU_BATCH if self._gpu else _BATCH
        rows = list(texts)
        if not rows:
            return np.zeros((0, self.size), np.float32)
        vectors = method(rows, batch_size=size, show_progress_bar=False, convert_to_numpy=True, **instructed)
        # A text without known tokens has no direction; half precision makes that a NaN.
        found: Floats = np.nan_to_num(np.asarray(vectors, np.float32))
        return normalised(found[:, : self._kept or None])


def _digest(model: Any) -> str:
    """Of the weights and of the words they are for: two models of one name are told apart."""
    digest = hashlib.blake2s()
    for name, tensor in sorted(model.state_dict().items()):
        digest.update(name.encode())
        digest.update(np.ascontiguousarray(tensor.float().cpu().numpy()).data)
    vocabulary: dict[str, int] = getattr(model.tokenizer, "get_vocab", dict)()
    digest.update(repr(sorted(vocabulary.items())).encode())
    return digest.hexdigest()
