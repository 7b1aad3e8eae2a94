"""Where concepts lie among vectors."""

from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from corpus.lexicon import Concept
from search.cache import Cache
from search.centres import Known, centres, kept_centres, renewed
from search.labelled import labels

HOT, COLD = Concept("送清凉", ("防暑",), ("大热天",)), Concept("送温暖", ("“送温暖”",), ("过年看望",))


class Counts:
    """Counts what it encodes: a text's vector is its length and its number of 送."""

    id, size = "counts", 2

    def __init__(self) -> None:
        self.seen: list[str] = []

    def encode(self, texts: Iterable[str]) -> NDArray[np.float32]:
        rows = list(texts)
        self.seen += rows
        return np.array([[len(text), text.count("送")] for text in rows], np.float32)


def test_a_centre_is_the_direction_of_the_mean() -> None:
    (found,) = centres([[HOT]], Counts())
    mean = np.array([(3 + 2 + 3) / 3, 1 / 3])
    assert found == pytest.approx(mean[None] / np.linalg.norm(mean), abs=1e-6)


def test_every_label_is_encoded_once() -> None:
    encoder = Counts()
    both, one, none = centres([[HOT, COLD], [COLD], []], encoder)
    assert (both.shape, one.shape, none.shape) == ((2, 2), (1, 2), (0, 2))
    assert both[1].tolist() == one[0].tolist()
    assert sorted(encoder.seen) == sorted({*labels(HOT), *labels(COLD)})


def test_no_concepts() -> None:
    assert [found.shape for found in centres([[], []], Counts())] == [(0, 0), (0, 0)]


def test_only_what_changed_is_encoded_again() -> None:
    (before,) = centres([[HOT, COLD]], Counts())
    taught = Concept("送清凉", ("防暑",), ("大热天", "递瓦罐"))
    encoder = Counts()
    after = renewed([COLD, taught], [HOT, COLD], before, encoder)
    assert encoder.seen == list(labels(taught))
    assert after[0].tolist() == before[1].tolist()
    assert after == pytest.approx(centres([[COLD, taught]], Counts())[0])


def test_centres_are_kept_until_labels_or_model_change(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache, encoder = Cache(tmp_path), Counts()
    ((made, _),) = kept_centres(cache, [[HOT, COLD]], encoder)
    encoder.seen.clear()
    monkeypatch.setattr("search.centres._held", {})  # as in another process
    ((read, known),) = kept_centres(cache, [[HOT, COLD]], encoder)
    assert not encoder.seen and read.tolist() == made.tolist() and read is not made
    other = Cache(tmp_path / "other")
    ((again, _),) = kept_centres(other, [[HOT, COLD]], encoder)
    assert not encoder.seen and again is read and other.damaged() == []
    monkeypatch.setattr("search.centres._held", {})
    ((written, known),) = kept_centres(other, [[HOT, COLD]], encoder)
    assert not encoder.seen and written.tolist() == made.tolist()
    fresh = Known.of([HOT, COLD])
    assert known.labelled == fresh.labelled
    counts, others = known.wordings, fresh.wordings
    for text in ("送温暖", "大热天和过年", "别的", ""):
        assert counts.information(text) == others.information(text) and counts.known(text, 2) == others.known(text, 2)
        assert counts.shares(text)[0].tolist() == others.shares(text)[0].tolist()
        assert counts.joined(text, 2) == others.joined(text, 2)
    for groups in ([[COLD, HOT]], [[HOT], [COLD]], [[HOT, Concept("送温暖", (), ("过年",))]]):
        encoder.seen.clear()
        assert len(kept_centres(cache, groups, encoder)) == len(groups) and encoder.seen
    changed = Counts()
    changed.id = "other"
    kept_centres(cache, [[HOT, Concept("送温暖", (), ("过年",))]], changed)
    assert changed.seen
