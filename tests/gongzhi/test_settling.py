"""Ingesting little into much: found first, settled then, also after an interruption."""

import json
from collections.abc import Callable
from pathlib import Path

from click.testing import CliRunner

from corpus.model import Document
from corpus.store import Store
from corpus.unsettled import unsettled
from gongzhi.build import SETTLING, ingest, ingest_bundled, remove, settle
from gongzhi.cli import cli
from graph.export import FORMS

Make = Callable[..., str]


def exports(library: Path) -> dict[str, str]:
    with Store.open(library) as store:
        return {form: make(store) for form, make in FORMS.items()}


def interrupted(stage: str, done: int, total: int) -> None:
    if stage == SETTLING:
        raise KeyboardInterrupt


def test_an_interrupted_library_is_settled_later(tmp_path: Path, report: Make) -> None:
    folder, library = tmp_path / "文件", tmp_path / "library"
    folder.mkdir()
    for n in range(22):
        (folder / f"{n}.txt").write_text(report(n), "utf-8")
    assert ingest(library, [folder]).settled
    (folder / "新.txt").write_text(report(50), "utf-8")
    waiting = ingest(library, [folder], small=0, progress=interrupted)
    assert not waiting.settled and waiting.counts["added"] == 1
    with Store.open(library) as store:
        assert unsettled(store) is not None and store.count(Document) == waiting.documents
    asked = CliRunner().invoke(cli, ["term", "没有的词", "--library", str(library)])
    assert "还没有整理进术语表" in str(asked.exception)
    run = CliRunner().invoke(cli, ["settle", "--library", str(library), "--json"])
    assert run.exit_code == 0 and json.loads(run.stdout)["waited"]
    ingest(tmp_path / "fresh", [folder])
    assert exports(library) == exports(tmp_path / "fresh")
    assert not settle(library)
    (folder / "3.txt").unlink()
    remove(library, "3.txt", small=0)
    ingest(tmp_path / "again", [folder])
    assert exports(library) == exports(tmp_path / "again")


def test_a_first_load_may_be_interrupted_before_its_glossary(tmp_path: Path, report: Make) -> None:
    folder, library = tmp_path / "文件", tmp_path / "library"
    folder.mkdir()
    for n in range(4):
        (folder / f"{n}.txt").write_text(report(n), "utf-8")
    waiting = ingest(library, [folder], small=0, progress=interrupted)
    assert not waiting.settled and waiting.counts["added"] == 4 and not waiting.terms
    assert ingest(library, [folder]).settled  # with nothing new
    ingest(tmp_path / "fresh", [folder])
    assert exports(library) == exports(tmp_path / "fresh")


def test_what_a_first_load_takes_the_place_of_leaves_no_term(tmp_path: Path, report: Make) -> None:
    (tmp_path / "一.txt").write_text(report(1), "utf-8")
    for library in ("both", "own"):
        if library == "both":
            ingest_bundled(tmp_path / library)
        ingest(tmp_path / library, [tmp_path / "一.txt"], small=0)
    assert exports(tmp_path / "both") == exports(tmp_path / "own")
