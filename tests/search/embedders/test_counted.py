"""Counting what is encoded."""

import numpy as np

from search.embedders import Counted, Embedder


def test_it_says_how_far_it_is_and_changes_nothing(embedder: Embedder) -> None:
    told: list[int] = []
    counted = Counted(embedder, told.append)
    texts = ["送清凉", "走访慰问", ""] * 200
    assert np.array_equal(counted.encode(iter(texts)), embedder.encode(texts))
    assert told == [512, 600]
    counted.encode(["母婴室"])
    assert told[-1] == 601
    assert (counted.id, counted.size) == (embedder.id, embedder.size)
    assert np.array_equal(counted.encode_queries(["送清凉"]), embedder.encode_queries(["送清凉"]))
    assert counted.encode([]).shape == (0, embedder.size)
