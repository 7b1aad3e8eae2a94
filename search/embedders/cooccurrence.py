"""First vectors: words that keep the same company get like vectors.

A vocabulary of jieba's words and all single characters, a unigram tokenizer over it (Kudo 2018), positive
pointwise mutual information in a window (Levy & Goldberg 2014) factored by randomised SVD (Halko, Martinsson &
Tropp 2011), frequent tokens weighted down (SIF, Arora, Liang & Ma 2017), words blended with their characters
(after Bojanowski et al. 2017).
"""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
import rjieba
from numpy.typing import NDArray
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

from search.analyzer import fold
from search.embedders.base import Floats

UNKNOWN = "[UNK]"
WINDOW = 6
CONTEXTS = 6000  # the most frequent tokens serve as contexts
LONGEST_WORD = 6
_SMOOTHING = 0.75  # of the context distribution
_SIF = 1e-3
_CHARACTERS = 1.0  # what the mean of a word's characters weighs beside its own vector
_OVERSAMPLING, _POWER = 20, 2
_PIECE = 400  # characters that are tokenised in one go
_PAIRS_AT_ONCE = 1 << 22


def build_tokenizer(texts: Iterable[str], labels: Iterable[str], size: int) -> Tokenizer:
    """A tokenizer of at most ``size`` tokens: single characters first, then the most frequent words.

    Words of ``labels`` are in whatever their frequency: plain words are rare in official texts.
    """
    counts: Counter[str] = Counter()
    characters: Counter[str] = Counter()
    for text in texts:
        folded = fold(text)
        counts.update(rjieba.cut(folded))
        characters.update(folded)
    wanted = {word for label in labels for word in rjieba.cut(fold(label)) if 1 < len(word) <= LONGEST_WORD}
    singles = [c for c, n in characters.most_common() if c.isalnum() and (n >= 3 or not c.isascii())]
    singles = sorted(
        {*singles, *(c for word in wanted for c in word if c.isalnum())}, key=lambda c: (-characters[c], c)
    )
    frequent = [
        word
        for word, n in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        if 1 < len(word) <= LONGEST_WORD and n >= 3 and word.isalnum() and not word.isdecimal() and word not in wanted
    ]
    room = max(size - 1 - len(singles) - len(wanted), 0)
    pieces = [*singles, *sorted(w for w in wanted if w.isalnum()), *frequent[:room]]
    total = sum(counts.values()) + len(pieces)
    scored = [(piece, math.log((counts[piece] + 1) / total)) for piece in pieces]
    tokenizer = Tokenizer(models.Unigram([(UNKNOWN, min(s for _, s in scored) - 10), *scored], unk_id=0))
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Lowercase()])
    tokenizer.pre_tokenizer = pre_tokenizers.Split(Regex(r"[^\p{L}\p{N}]+"), "removed")
    return tokenizer


def token_stream(tokenizer: Tokenizer, texts: Sequence[str]) -> Iterator[NDArray[np.int64]]:
    """Arrays of token ids, a text after the other with a gap of unknown tokens no window can cross."""
    gap = [0] * WINDOW
    for first in range(0, len(texts), 512):
        pieces = [
            text[start : start + _PIECE] for text in texts[first : first + 512] for start in range(0, len(text), _PIECE)
        ]
        ids: list[int] = []
        for encoding in tokenizer.encode_batch_fast(pieces, add_special_tokens=False):
            ids.extend(encoding.ids)
            ids.extend(gap)
        yield np.array(ids, np.int64)


def _cooccurrences(stream: Iterable[NDArray[np.int64]], size: int, contexts: int) -> tuple[Floats, NDArray[np.int64]]:
    """((size, contexts) counts weighted by nearness, (size,) token counts). Context k is token k + 1 by frequency
    rank; the caller has the tokens ranked."""
    table = np.zeros(size * contexts, np.float32)
    seen = np.zeros(size, np.int64)
    for ids in stream:
        seen += np.bincount(ids, minlength=size)
        for distance in range(1, WINDOW + 1):
            left, right = ids[:-distance], ids[distance:]
            for centre, context in ((left, right), (right, left)):
                keep = (centre > 0) & (context > 0) & (context <= contexts)
                keys = centre[keep] * contexts + context[keep] - 1
                for first in range(0, len(keys), _PAIRS_AT_ONCE):
                    np.add.at(table, keys[first : first + _PAIRS_AT_ONCE], np.float32(1 / distance))
    return table.reshape(size, contexts), seen


def _factor(matrix: Floats, width: int, rng: np.random.Generator) -> Floats:
    """(rows, width): left singular vectors scaled by the roots of their singular values."""
    sample = matrix @ rng.standard_normal((matrix.shape[1], width + _OVERSAMPLING), np.float32)
    for _ in range(_POWER):
        basis, _ = np.linalg.qr(sample)
        sample = matrix @ (matrix.T @ basis)
    basis, _ = np.linalg.qr(sample)
    left, values, _ = np.linalg.svd(basis.T @ matrix, full_matrices=False)
    vectors: Floats = (basis @ left[:, :width]) * np.sqrt(values[:width])
    return vectors.astype(np.float32)


def word_vectors(tokenizer: Tokenizer, texts: Sequence[str], width: int, seed: int) -> Floats:
    """(tokens, width) float32. Row 0, the unknown token, is zeros; a token never seen is the mean of its characters."""
    size = tokenizer.get_vocab_size()
    counted = np.zeros(size, np.int64)
    for ids in token_stream(tokenizer, texts):
        counted += np.bincount(ids, minlength=size)
    counted[0] = np.iinfo(np.int64).max  # the unknown token keeps number 0
    ranked = np.argsort(-counted, kind="stable")
    rank = np.empty(size, np.int64)
    rank[ranked] = np.arange(size)
    contexts = min(CONTEXTS, size - 1)
    table, seen = _cooccurrences((rank[ids] for ids in token_stream(tokenizer, texts)), size, contexts)
    table[0] = 0
    rows = table.sum(axis=1, keepdims=True)
    columns = table.sum(axis=0) ** _SMOOTHING
    columns /= columns.sum()
    with np.errstate(divide="ignore", invalid="ignore"):
        np.divide(table, rows * columns, out=table)
        np.log(table, out=table)
    np.nan_to_num(table, copy=False, nan=0.0, neginf=0.0)
    np.maximum(table, 0, out=table)
    vectors = _factor(table, width, np.random.default_rng(seed))
    del table
    seen[0] = 0
    share = seen / max(seen.sum(), 1)
    vectors -= share[:, None].astype(np.float32).T @ vectors  # the common direction says nothing
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-6
    vectors *= (_SIF / (_SIF + share))[:, None].astype(np.float32)
    out = vectors[rank]
    _fill(out, tokenizer, seen[rank] < 3)
    out[0] = 0
    _blend(out, tokenizer)
    return out


def _fill(vectors: Floats, tokenizer: Tokenizer, missing: NDArray[np.bool_]) -> None:
    """Give tokens without enough company the mean of their characters' vectors."""
    vocabulary = tokenizer.get_vocab()
    for token, number in sorted(vocabulary.items(), key=lambda item: item[1]):  # characters before words
        if missing[number] and number:
            parts = [vocabulary[c] for c in token if c in vocabulary and vocabulary[c] != number]
            vectors[number] = vectors[parts].mean(axis=0) if parts else 0


def _blend(vectors: Floats, tokenizer: Tokenizer) -> None:
    """Turn each word half way to the mean of its characters, its length kept: words that share characters mean something
    alike more often than the company they keep shows (讨薪, 欠薪)."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    units = vectors / (lengths + 1e-6)
    vocabulary = tokenizer.get_vocab()
    for word, number in vocabulary.items():
        parts = [vocabulary[c] for c in word if c in vocabulary] if number and len(word) > 1 else []
        if parts:
            turned = units[number] + _CHARACTERS * units[parts].mean(axis=0)
            vectors[number] = lengths[number] * turned / (np.linalg.norm(turned) + 1e-6)
