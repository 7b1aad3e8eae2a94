"""Static sentence vectors: a text is the normalised mean of its tokens' vectors.

Reads the folder that sentence-transformers reads for its ``StaticEmbedding`` (tokenizer.json, model.safetensors) without
importing it: numpy gives the same vectors twice as fast and starts in milliseconds. Weights are one row a token
(``embedding.weight``) or, as model2vec writes them, ``embeddings`` in few bits with a factor a token in ``weights`` and,
where tokens share rows, the row of each token in ``mapping``.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load as load_tensors
from tokenizers import Tokenizer

from search.embedders.base import Floats, normalised
from search.errors import DimensionTooLarge, EmbedderNotFound, EmbedderUnreadable

TOKENIZER = "tokenizer.json"
WEIGHTS = "model.safetensors"
_AT_ONCE = 1024
_REMEMBERED = 64  # single texts whose vectors are kept


def _home(folder: Path) -> Path:
    """Where the files lie: older versions of sentence-transformers put them one level down."""
    below = folder / "0_StaticEmbedding"
    return below if below.is_dir() else folder


def token_vectors(tensors: Mapping[str, NDArray[Any]]) -> Floats:
    """(tokens, width) float32. Raises KeyError where the tensors are not those of a static model.

    Half precision is widened first, so that sums are exact to float32: sentence-transformers adds in half precision
    unless its model was told ``.float()``, or the weights come with factors.
    """
    if "embedding.weight" in tensors:
        return tensors["embedding.weight"].astype(np.float32)
    rows = tensors["embeddings"]
    if "mapping" in tensors:
        rows = rows[tensors["mapping"].astype(np.int64)]
    vectors = rows.astype(np.float32)
    if "weights" in tensors:
        vectors *= tensors["weights"].astype(np.float32)[:, None]
    return vectors


class StaticEmbedder:
    """A static model in a folder."""

    def __init__(self, folder: Path, size: int = 0) -> None:
        """``size`` keeps that many leading dimensions (0: all), for a model trained so that they stand alone.

        Raises EmbedderNotFound, EmbedderUnreadable or DimensionTooLarge.
        """
        folder = _home(folder)
        if not (folder / TOKENIZER).is_file() or not (folder / WEIGHTS).is_file():
            raise EmbedderNotFound(folder)
        try:
            content = (folder / WEIGHTS).read_bytes()
            vectors = token_vectors(load_tensors(content))
            definition = (folder / TOKENIZER).read_text("utf-8")
            self._tokenizer = Tokenizer.from_str(definition)
        except KeyError as error:
            raise EmbedderUnreadable(folder, "权重里没有 embedding.weight") from error
        except (OSError, SafetensorError, UnicodeDecodeError) as error:
            raise EmbedderUnreadable(folder, error) from error
        except Exception as error:  # the tokenizers library raises bare Exception
            raise EmbedderUnreadable(folder, error) from error
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        if self._tokenizer.get_vocab_size() > len(vectors):
            raise EmbedderUnreadable(folder, "词表比权重大")
        whole = int(vectors.shape[1])
        if size > whole:
            raise DimensionTooLarge(folder, size, whole)
        self._vectors: Floats = np.ascontiguousarray(vectors[:, : size or whole])
        self._one = lru_cache(_REMEMBERED)(self._encoded)
        mark = hashlib.blake2s(definition.encode() + content, digest_size=8).hexdigest()
        self._id = f"static-{mark}" + (f"-{size}" if size and size < whole else "")

    @staticmethod
    def recognises(folder: Path) -> bool:
        """True where the folder holds a static model (a transformer has a config.json with an architecture)."""
        home = _home(folder)
        config = home / "config.json"
        transformer = config.is_file() and '"architectures"' in config.read_text("utf-8", "replace")
        return (home / TOKENIZER).is_file() and (home / WEIGHTS).is_file() and not transformer

    @property
    def id(self) -> str:
        return self._id

    @property
    def size(self) -> int:
        return int(self._vectors.shape[1])

    @property
    def tokenizer(self) -> Tokenizer:
        return self._tokenizer

    @property
    def vectors(self) -> Floats:
        """(tokens, size): those of the tokens themselves, not scaled."""
        return self._vectors

    def encode(self, texts: Iterable[str]) -> Floats:
        """(texts, size) float32 unit vectors."""
        rows = list(texts)
        # Each query is asked for twice, for the concepts that it means and for the passages near to it.
        return self._one(rows[0]).copy() if len(rows) == 1 else self._encode(rows)

    def _encoded(self, text: str) -> Floats:
        """(1, size). ``_one`` remembers it."""
        return self._encode([text])

    def _encode(self, rows: Sequence[str]) -> Floats:
        out = np.zeros((len(rows), self.size), np.float32)
        for first in range(0, len(rows), _AT_ONCE):
            encodings = self._tokenizer.encode_batch_fast(rows[first : first + _AT_ONCE], add_special_tokens=False)
            ids = [encoding.ids for encoding in encodings]
            filled = [i for i, tokens in enumerate(ids) if tokens]
            if filled:
                starts = np.cumsum([0, *(len(ids[i]) for i in filled[:-1])])
                flat = np.fromiter((token for i in filled for token in ids[i]), np.int64)
                out[first + np.array(filled)] = np.add.reduceat(self._vectors[flat], starts, axis=0)
        # The mean and the sum point the same way: normalising makes them equal.
        return normalised(out)

    def encode_queries(self, texts: Iterable[str]) -> Floats:
        """The same: a mean of token vectors takes no instruction."""
        return self.encode(texts)
