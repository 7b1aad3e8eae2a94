"""A library with a model of its own."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.store import Store
from gongzhi.adapting import RECORD, adapt_library, reset
from gongzhi.build import ingest
from search.embedders import StaticEmbedder
from search.embedders.adapt import AdaptationPlan
from search.engine import Engine
from search.errors import LibraryTooSmall, NotStatic
from search.models import FOLDER, OWN, Asked, Models, stamp_of


@pytest.fixture
def library(tmp_path: Path, report: Callable[..., str]) -> Path:
    """Reports whose every paragraph stands under a heading of its own."""
    folder = tmp_path / "reports"
    folder.mkdir()
    for number in range(8):
        paragraphs = report(number, paragraphs=9).split("\n\n")
        bodies = [text for text in paragraphs if "。" in text]
        lines = [f"{number + 1}号市总工会工作总结"]
        for place, text in enumerate(bodies):
            lines += [f"{'一二三四五六七八九'[place]}、{text.split('，')[0]}", text]
        (folder / f"{number}.txt").write_text("\n\n".join(lines), "utf-8")
    ingest(tmp_path / "library", [folder])
    return tmp_path / "library"


PLAN = AdaptationPlan(steps=60, rate=0.01)


def test_a_better_model_goes_into_the_library_and_out_again(library: Path) -> None:
    found = adapt_library(library, Models(), None, PLAN)
    assert found.better and found.after.reciprocal > found.before.reciprocal
    record = json.loads((library / FOLDER / RECORD).read_text("utf-8"))
    assert record["after"]["reciprocal"] == pytest.approx(found.after.reciprocal)
    opened = Engine.open(library)
    assert stamp_of(opened.store).name == OWN  # type: ignore[union-attr]
    assert stamp_of(opened.store).id == StaticEmbedder(library / FOLDER).id  # type: ignore[union-attr]
    opened.close()
    assert not list(library.glob(".model-*"))
    assert reset(library) and not (library / FOLDER).exists()
    opened = Engine.open(library)
    assert stamp_of(opened.store).name == "bundled"  # type: ignore[union-attr]
    opened.close()
    assert not reset(library)


def test_a_model_that_is_no_better_is_not_taken(library: Path) -> None:
    with Store.open(library) as store:
        generation = store.generation
    assert not adapt_library(library, Models(), None, AdaptationPlan(steps=0)).better
    with Store.open(library) as store:
        assert store.generation == generation
    assert not (library / FOLDER).exists() and not list(library.glob(".model-*"))


def test_the_model_in_use_is_what_must_be_beaten(library: Path) -> None:
    assert adapt_library(library, Models(), None, PLAN).better
    again = adapt_library(library, Models(), None, PLAN)  # the same once more: no better than itself
    assert not again.better and (library / FOLDER).is_dir()
    assert again.before.reciprocal == pytest.approx(again.after.reciprocal, abs=0.02)  # it was kept in 8 bits


def test_only_static_models_are_adapted(library: Path, tmp_path: Path) -> None:
    (tmp_path / "nothing").mkdir()
    with pytest.raises(NotStatic, match="nothing"):
        adapt_library(library, Models(), tmp_path / "nothing", PLAN)


def test_a_small_library_keeps_its_model(tmp_path: Path, report: Callable[..., str]) -> None:
    (tmp_path / "one.txt").write_text(report(1), "utf-8")
    ingest(tmp_path / "small", [tmp_path / "one.txt"])
    with pytest.raises(LibraryTooSmall, match="现用的模型照旧"):
        adapt_library(tmp_path / "small", Models(Asked("bundled")), None, PLAN)
