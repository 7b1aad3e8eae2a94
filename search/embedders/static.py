"""Static sentence vectors: a text is the normalised mean of its tokens' vectors.

Reads the folder that sentence-transformers reads for its ``StaticEmbedding`` (tokenizer.json, model.safetensors) without
importing it: numpy gives the same vectors twice as fast and starts in milliseconds. Weights are one row a token
(``embedding.weight``) or, as model2vec writes them, ``embeddings`` in few bits with a factor a token in ``weights`` and,
where tokens share rows, the row of each token in ``mapping``.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from functools import cached_property, lru_cache
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load as load_tensors
from tokenizers import Tokenizer

from search.embedders.base import Floats, normalised
from search.embedders.cutting import Unigram
from search.errors import DimensionTooLarge, EmbedderNotFound, EmbedderUnreadable

TOKENIZER = "tokenizer.json"
WEIGHTS = "model.safetensors"
_MANY = 64  # texts from which on they are cut together
#: How texts come to a tokenizer that ``Unigram`` stands for.
_PLAIN = {
    "normalizer": {"type": "Sequence", "normalizers": [{"type": "NFKC"}, {"type": "Lowercase"}]},
    "pre_tokenizer": {
        "type": "Split",
        "pattern": {"Regex": r"[^\p{L}\p{N}]+"},
        "behavior": "Removed",
        "invert": False,
    },
    "post_processor": None,
}
_AT_ONCE = 1024
_REMEMBERED = 64  # single texts whose vectors are kept
_HELD = 2  # models that a process keeps open: every change of a library opens it again

Tokens = NDArray[np.int64]


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
        self._vectors.flags.writeable = False
        self._one = lru_cache(_REMEMBERED)(self._encoded)
        mark = hashlib.blake2s(definition.encode() + content, digest_size=8).hexdigest()
        self._id = f"static-{mark}" + (f"-{size}" if size and size < whole else "")

    @classmethod
    def held(cls, folder: Path, size: int = 0) -> "StaticEmbedder":
        """The same, opened once in a process as long as its files stay as they are."""
        home = _home(folder)
        with suppress(OSError):
            written = [(home / name).stat() for name in (TOKENIZER, WEIGHTS)]
            return _held(home.resolve(), size, *((file.st_mtime_ns, file.st_size) for file in written))
        return cls(folder, size)

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

    def cut(self, texts: Sequence[str]) -> tuple[Tokens, Tokens]:
        """(the tokens of all texts, one text after the other; how many each has). Of many texts those without a vector
        may be left out."""
        if len(texts) >= _MANY and self._unigram is not None:
            return self._unigram.cut(texts)
        encodings = self._tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)
        tokens = [encoding.ids for encoding in encodings]
        lengths = np.fromiter(map(len, tokens), np.int64, len(tokens))
        return np.fromiter(chain.from_iterable(tokens), np.int64, int(lengths.sum())), lengths

    @cached_property
    def _unigram(self) -> Unigram | None:
        """What cuts many texts as the tokenizer does, where it is one that we know how to cut for."""
        told = json.loads(self._tokenizer.to_str())
        model = told["model"]
        if (
            model["type"] != "Unigram"
            or model.get("byte_fallback")
            or {part: told[part] for part in _PLAIN} != _PLAIN
            or told["added_tokens"]
            or (model["unk_id"] is not None and self._vectors[model["unk_id"]].any())
        ):
            return None
        return Unigram([(text, score) for text, score in model["vocab"]], model["unk_id"])

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
            some = rows[first : first + _AT_ONCE]
            out[first : first + len(some)] = summed(self._vectors, *self.cut(some))
        # The mean and the sum point the same way: normalising makes them equal.
        return normalised(out)

    def encode_queries(self, texts: Iterable[str]) -> Floats:
        """The same: a mean of token vectors takes no instruction."""
        return self.encode(texts)


@lru_cache(_HELD)
def _held(home: Path, size: int, *written: tuple[int, int]) -> StaticEmbedder:
    return StaticEmbedder(home, size)


def summed(vectors: Floats, tokens: Tokens, lengths: Tokens) -> Floats:
    """(texts, size) the sums of the vectors of each text's tokens; ``tokens`` has those of all, one text after the other.

    The first tokens of all texts are added together, then the second ones: a twentieth of what ``reduceat`` takes.
    """
    order = np.argsort(-lengths, kind="stable")
    starts, sorted_lengths = (np.cumsum(lengths) - lengths)[order], -lengths[order]
    sums = np.zeros((len(lengths), vectors.shape[1]), np.float32)
    for place in range(int(lengths.max(initial=0))):
        having = int(np.searchsorted(sorted_lengths, -place, "left"))  # texts with more tokens than that
        sums[:having] += vectors[tokens[starts[:having] + place]]
    out = np.empty_like(sums)
    out[order] = sums
    return out
