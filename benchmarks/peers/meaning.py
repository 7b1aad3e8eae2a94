"""Peers that match meaning, or words and meaning: LSA, the bundled static vectors alone, txtai, rank fusion."""

import os
from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import cache, partial
from pathlib import Path
from typing import Any

import numpy as np

from peers.base import Peer, Searching, Unavailable, jieba, size_of
from peers.words import OWN, bm25s_cut
from search import vectors
from search.analyzer import fold, grams
from search.embedders import Embedder, open_embedder

_FUSED = 100  # candidates of each list in a fusion
_RANK = 60  # Cormack, Clarke & Büttcher 2009
_TOPICS = 256  # dimensions of LSA: as many as the bundled model has


@cache
def embedder() -> Embedder:
    """The bundled model."""
    return open_embedder()


def lsa(texts: Sequence[str], folder: Path) -> Searching:
    from sklearn.decomposition import TruncatedSVD
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.preprocessing import normalize

    weighing = TfidfVectorizer(analyzer=grams, sublinear_tf=True)
    factors = TruncatedSVD(min(_TOPICS, len(texts) - 1), random_state=0)
    table = normalize(factors.fit_transform(weighing.fit_transform(texts))).astype(np.float32)

    def search(query: str, k: int) -> list[int]:
        return _nearest(table, normalize(factors.transform(weighing.transform([query])))[0], k)

    return Searching(search, table.nbytes + factors.components_.astype(np.float32).nbytes)


def static_passages(texts: Sequence[str], folder: Path) -> Searching:
    table = embedder().encode(map(fold, texts))

    def search(query: str, k: int) -> list[int]:
        return _nearest(table, embedder().encode([fold(query)])[0], k)

    return Searching(search, table.nbytes)


def static_sentences(texts: Sequence[str], folder: Path) -> Searching:
    vectors.build(folder, texts, embedder())
    index = vectors.VectorIndex([folder])

    def search(query: str, k: int) -> list[int]:
        return [int(row) for row in index.search(embedder().encode([fold(query)])[0], k)[0]]

    return Searching(search, size_of(folder))


def _nearest(table: Any, vector: Any, k: int) -> list[int]:
    cosines = table @ vector
    return [int(row) for row in np.argsort(-cosines, kind="stable")[:k] if cosines[row] > 0]


def fused(texts: Sequence[str], folder: Path) -> Searching:
    """Reciprocal Rank Fusion of BM25 and of vectors, the usual recipe."""
    folders = folder / "words", folder / "vectors"
    for each in folders:
        each.mkdir()
    makers = partial(bm25s_cut, grams), static_sentences
    parts = [make(texts, each) for make, each in zip(makers, folders, strict=True)]

    def search(query: str, k: int) -> list[int]:
        scores: dict[int, float] = defaultdict(float)
        for part in parts:
            for rank, row in enumerate(part.search(query, _FUSED), 1):
                scores[row] += 1 / (_RANK + rank)
        return sorted(scores, key=lambda row: -scores[row])[:k]

    return Searching(search, size_of(folder))


def txtai(options: Callable[[], dict[str, Any]], cut: bool, texts: Sequence[str], folder: Path) -> Searching:
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    from txtai import Embeddings

    def said(text: str) -> str:
        return " ".join(jieba(text)) if cut else text

    try:
        index = Embeddings(options())
        index.index((row, said(text), None) for row, text in enumerate(texts))
    except OSError as error:
        raise Unavailable("默认模型要从网上下载，本机没有") from error
    index.save(str(folder))

    def search(query: str, k: int) -> list[int]:
        return [int(row) for row, _ in index.search(said(query), k)]

    return Searching(search, size_of(folder))


def _same_vectors() -> dict[str, Any]:
    def transform(texts: Sequence[str]) -> Any:
        # Cut for its word index, a text is put together again: the model has a tokenizer of its own.
        return embedder().encode(fold(text.replace(" ", "")) for text in texts)

    return {"method": "external", "transform": transform, "hybrid": True}


def _same_words() -> dict[str, Any]:
    terms = {"method": "bm25", "terms": True, "normalize": True, "tokenizer": {"whitespace": True}}
    return _same_vectors() | {"scoring": terms}


#: txtai with words and the bundled model's vectors.
txtai_static = partial(txtai, _same_vectors, False)

MEANING = (
    Peer("LSA", f"scikit-learn，单字＋双字，{_TOPICS} 维", lsa),
    Peer("自带静态模型", "每段一个向量", static_passages),
    Peer("自带静态模型", "每句一个向量，取最近一句", static_sentences, public=True),
    Peer("RRF", "bm25s（单字＋双字）＋自带静态模型（每句）", fused, public=True),
    Peer("txtai", f"混合检索，{OWN}", partial(txtai, lambda: {"hybrid": True}, False)),
    Peer("txtai", "BM25，自己的默认设置", partial(txtai, lambda: {"keyword": True}, False)),
    Peer("txtai", "混合检索，换成自带静态模型的向量", txtai_static),
    Peer("txtai", "混合检索，同上，jieba 词", partial(txtai, _same_words, True)),
)
