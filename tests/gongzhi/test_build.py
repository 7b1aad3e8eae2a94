from pathlib import Path

import pytest

from corpus.model import Document, Source
from corpus.store import Store
from gongzhi.build import TEXTS, ingest, ingest_bundled
from gongzhi.errors import NothingToIngest

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"


def test_bundled_library(tmp_path: Path) -> None:
    stages: list[tuple[str, int, int]] = []
    report = ingest_bundled(tmp_path, progress=lambda *step: stages.append(step))
    assert report.documents == len([*TEXTS.glob("*.md")]) and not report.failures
    assert report.terms and report.claims and report.passages
    assert [done for _, done, _ in stages] == [*range(stages[-1][2] + 1)]
    with Store.open(tmp_path) as store:
        assert all(source.bundled for source in store.select(Source))
        assert {d.level for d in store.select(Document)} >= {"city", "province"}


def test_a_run_with_no_readable_file_changes_nothing(tmp_path: Path) -> None:
    ingest_bundled(tmp_path / "library")
    with Store.open(tmp_path / "library") as store:
        before = store.generation, store.select(Source)
        (tmp_path / "空.txt").touch()
        with pytest.raises(NothingToIngest):
            ingest(tmp_path / "library", [tmp_path / "空.txt"])
        assert (store.generation, store.select(Source)) == before


def test_reference_corpus(tmp_path: Path) -> None:
    if not CORPUS.is_dir():
        pytest.skip("the reference corpus is not part of the project")
    report = ingest(tmp_path, [CORPUS])
    assert (report.files, report.documents) == (5, 38)
