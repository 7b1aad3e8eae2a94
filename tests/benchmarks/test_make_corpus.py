"""The load generator: the same seed makes the same bytes, and what its answer key tells is so."""

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from load.asking import ask, questions
from load.names import count, name, older
from make_corpus import KINDS, make

from corpus.model import Document, Source
from corpus.store import Store
from gongzhi.build import ingest
from search.engine import Engine

PASSAGES = 160


@dataclass(frozen=True)
class Made:
    """A corpus, and the library that the program made of it."""

    folder: Path
    engine: Engine
    documents: dict[str, list[Document]]

    def key(self, kind: str) -> list[dict[str, Any]]:
        lines = (self.folder / "key" / f"{kind}.jsonl").read_text("utf-8").splitlines()
        return [json.loads(line) for line in lines]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    folder = tmp_path_factory.mktemp("load")
    corpus, library = folder / "corpus", folder / "library"
    make(corpus, PASSAGES, seed=5, silent=True)
    ingest(library, [corpus / "files"], jobs=1)
    with Store.open(library) as store:
        names = {source.id: Path(source.origin).name for source in store.select(Source)}
        documents = defaultdict(list)
        for document in store.select(Document):
            documents[names[document.source_id]].append(document)
    engine = Engine.open(library)
    yield Made(corpus, engine, dict(documents))
    engine.close()


def _bytes(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_one_seed_makes_one_corpus(tmp_path: Path) -> None:
    for folder, seed, jobs in (("a", 1, 1), ("b", 1, 2), ("c", 2, 1)):
        make(tmp_path / folder, 1_500, seed, jobs, silent=True)
    first = _bytes(tmp_path / "a")
    assert first == _bytes(tmp_path / "b")
    assert first.keys() >= {f"key/{kind}.jsonl" for kind in KINDS}
    assert not set(first.values()) & set(_bytes(tmp_path / "c").values())


def test_a_hundredth_of_the_files_are_near_copies(tmp_path: Path) -> None:
    make(tmp_path / "a", 5_000, silent=True)
    rows = [json.loads(line) for line in (tmp_path / "a" / "key" / "documents.jsonl").read_text("utf-8").splitlines()]
    files = len(list((tmp_path / "a" / "files").rglob("*.txt")))
    assert sum("copy_of" in row for row in rows) == pytest.approx(files / 100, abs=1)


def test_names_differ_and_have_as_many_parts_as_they_say() -> None:
    names = [name(number) for number in range(40_000)]
    assert len({one.core for one in names}) == len(names)
    for one in names[:2_000]:
        if one.way in ("after", "before", "glossary"):
            assert len(set(one.components)) == "三四五六七八".index(one.core[0]) + 3


def test_names_grow_slower_than_the_corpus() -> None:
    assert count(100_000) / count(10_000) == pytest.approx(10**0.72, rel=0.01)
    drawn = [older(1_000, lambda k=k: k / 5_000) for k in range(5_000)]
    assert (min(drawn), max(drawn)) == (0, 999)
    # The first tenth is drawn four times as often as the last.
    assert sum(one < 100 for one in drawn) > 4 * sum(one >= 900 for one in drawn)


def test_every_document_is_read_for_what_it_is(made: Made) -> None:
    rows = [row for row in made.key("documents") if "copy_of" not in row]
    assert len(rows) >= 5
    for row in rows:
        found = {document.title: document for document in made.documents[Path(row["file"]).name]}
        assert row["title"] in found
        if row["code"]:
            assert found[row["title"]].place_code == row["code"]


@pytest.mark.parametrize("kind", ["terms", "deeds", "drafts"])
def test_sentences_of_the_key_stand_in_the_documents(made: Made, kind: str) -> None:
    rows = made.key(kind)
    assert rows
    for row in rows:
        texts = [document.text for document in made.documents[Path(row["file"]).name]]
        assert any(row["sentence"] in text for text in texts), row


def test_deeds_and_place_questions_tell_the_same(made: Made) -> None:
    told: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in made.key("deeds"):
        told[row["topic"]][row["code"]].add(row["status"])
        assert row["figure"] in row["sentence"]
    expected = {topic: {code: min(statuses) for code, statuses in places.items()} for topic, places in told.items()}
    assert {row["topic"]: row["answers"] for row in made.key("places")} == expected


def test_the_program_answers_as_the_key_says(made: Made) -> None:
    right = ask(made.engine, questions(made.folder / "key")).right
    least = {
        "terms explained by their sentence": 0.8,
        "terms with exact components": 0.5,
        "names completed": 0.95,
        "name searches, hit@10": 0.95,
        "plain-word searches, hit@10": 0.7,
        "place and topic searches, hit@10": 0.9,
        "places, recall": 0.9,
        "places, precision": 0.9,
        "places, status right": 0.9,
        "precedents (piece), hit@10": 0.95,
        "precedents (paraphrase), hit@10": 0.9,
    }
    assert right.keys() <= least.keys()
    assert {name: share for name, (share, _) in right.items() if share < least[name]} == {}
    assert right["places, recall"][1] >= 5
