"""The labels of concepts, looked up."""

from pathlib import Path

from corpus.lexicon import Concept
from search.labelled import Labelled, labels

HOT = Concept("送清凉", ("防暑",), ("大热天",), ("“送清凉”油",))
COLD = Concept("送温暖", ("“送温暖”",), ("过年看望", "大热天", "冷"))


def test_labels_are_compared_squeezed_and_stand_once() -> None:
    assert labels(COLD) == ("送温暖", "过年看望", "大热天", "冷")


def test_whose_a_label_is() -> None:
    found = Labelled.of([HOT, COLD])
    assert found.owners["大热天"] == [0, 1] and found.owners["冷"] == [1]
    assert found.negative == {"送清凉油": [0]}
    assert found.official == {"送清凉", "防暑", "送温暖"}
    assert found.lengths["送清"] == [4, 3] and found.lengths["冷"] == [1]


def test_what_was_written_is_read_as_it_was(tmp_path: Path) -> None:
    made = Labelled.of([HOT, COLD])
    made.save(tmp_path / "labels.json")
    read = Labelled.load(tmp_path / "labels.json")
    assert read == made and list(read.owners) == list(made.owners) and list(read.negative) == list(made.negative)
