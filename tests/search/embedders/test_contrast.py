"""A step of fine-tuning on a handful of tokens."""

import numpy as np
import pytest

from search.embedders.contrast import Batch, Manner, Table, step

MANNER = Manner((6, 3))


def table(seed: int = 0) -> Table:
    return Table.start(np.random.default_rng(seed).standard_normal((9, 6)).astype(np.float32))


def ids(*texts: tuple[int, ...]) -> list[np.ndarray]:
    return [np.array(text) for text in texts]


def cosine(vectors: np.ndarray, a: int, b: int, size: int = 6) -> float:
    x, y = vectors[a, :size], vectors[b, :size]
    return float(x @ y / np.linalg.norm(x) / np.linalg.norm(y))


def test_a_step_lowers_the_loss() -> None:
    rng, trained = np.random.default_rng(0), table()
    batch = Batch(ids((1, 2), (3,)), ids((4,), (5, 6)))
    losses = [step(trained, batch, 0.05, MANNER, rng) for _ in range(60)]
    assert losses[-1] < 0.2 * losses[0]


def test_a_step_leaves_other_tokens_alone() -> None:
    trained = table()
    before = trained.vectors.copy()
    step(trained, Batch(ids((1,), (2,)), ids((3,), (4,))), 0.05, MANNER, np.random.default_rng(0))
    assert np.array_equal(before[5:], trained.vectors[5:])
    assert not np.array_equal(before[1:5], trained.vectors[1:5])


def test_a_hard_negative_is_pushed_away() -> None:
    rng, trained = np.random.default_rng(0), table()
    before = cosine(trained.vectors, 1, 5)
    for _ in range(40):
        step(trained, Batch(ids((1,), (2,)), ids((3,), (4,), (5,))), 0.05, MANNER, rng)
    assert cosine(trained.vectors, 1, 5) < before
    assert cosine(trained.vectors, 1, 3) > cosine(trained.vectors, 1, 5) + 0.5


def test_a_barred_answer_takes_no_part() -> None:
    trained = table()
    before = trained.vectors.copy()
    barred = np.array([[False, False, True], [False, False, True]])
    step(trained, Batch(ids((1,), (2,)), ids((3,), (4,), (5,)), barred), 0.05, MANNER, np.random.default_rng(0))
    assert np.array_equal(before[5], trained.vectors[5])


def test_leading_dimensions_learn_by_themselves() -> None:
    rng, trained = np.random.default_rng(0), table()
    for _ in range(60):
        step(trained, Batch(ids((1,), (2,)), ids((3,), (4,))), 0.05, MANNER, rng)
    assert cosine(trained.vectors, 1, 3, 3) > 0.9 and cosine(trained.vectors, 1, 4, 3) < 0.5


@pytest.mark.parametrize("size", [2, 6])
def test_the_gradient_is_that_of_the_loss(size: int) -> None:
    manner = Manner((size,), temperature=0.5, dropped=0)
    batch = Batch(ids((1, 2), (3,)), ids((4, 4), (5,), (6, 7)), np.array([[False, False, False], [False, False, True]]))
    rng = np.random.default_rng(0)

    def loss(vectors: np.ndarray) -> float:
        """Both ways: only the queries' own answers are asked back."""
        texts = [[vectors[text].sum(axis=0)[:size] for text in side] for side in (batch.queries, batch.answers)]
        q, a = (np.stack([x / np.linalg.norm(x) for x in side]) for side in texts)
        logits = np.where(batch.barred, -1e4, q @ a.T / 0.5)
        forward = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
        backward = np.exp(logits[:, :2]) / np.exp(logits[:, :2]).sum(axis=0, keepdims=True)
        return float(-(np.log(np.diag(forward)) + np.log(np.diag(backward))).mean() / 2)

    trained = table(4)
    trained.moved[:] = 1e12  # then a step is the gradient, scaled
    start = trained.vectors.astype(np.float64)
    trained.vectors = start.copy()  # type: ignore[assignment]
    step(trained, batch, 1e6, manner, rng)
    gradient = start - trained.vectors
    for row in range(1, 8):
        for column in range(6):
            moved = start.copy()
            moved[row, column] += 1e-5
            assert gradient[row, column] == pytest.approx((loss(moved) - loss(start)) / 1e-5, abs=2e-3)
