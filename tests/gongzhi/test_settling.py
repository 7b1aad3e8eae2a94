"""Ingesting little into much: found first, settled then, also after an interruption."""

import json
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from corpus.copies import same_as
from corpus.model import Document
from corpus.store import Store
from corpus.unsettled import unsettled
from gongzhi import build
from gongzhi.build import SETTLING, ingest, ingest_bundled, remove, settle
from gongzhi.cli import cli
from graph.export import FORMS
from search.engine import Engine
from search.preparing import layout_of
from web.shelf import Shelf

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


def test_terms_are_listed_as_before_while_documents_that_came_wait(tmp_path: Path, report: Make) -> None:
    folder, library = tmp_path / "文件", tmp_path / "library"
    folder.mkdir()
    for n in range(22):
        (folder / f"{n}.txt").write_text(report(n), "utf-8")
    ingest(library, [folder])
    first = Engine.open(library)
    before = Shelf(first)
    listed = before.terms
    (folder / "新.txt").write_text(report(50), "utf-8")
    ingest(library, [folder], small=0, progress=interrupted)
    with Store.open(library) as store:
        assert layout_of(store).missing("vectors")  # whoever opens it makes what is new
    second = Engine.open(library, before=first)
    waiting = Shelf(second, before)
    first.close()
    assert waiting.terms is listed
    assert [label for label, sense in map(waiting.explained, listed) if sense] == [
        entry.term.label for entry in listed if entry.definition
    ]
    # What told of a term may have left.
    remove(library, "3.txt", small=0, progress=interrupted)
    third = Engine.open(library, before=second)
    left = Shelf(third, waiting)
    assert left.terms is not listed and left.terms == Shelf(third).terms
    settle(library)
    settled = Shelf(Engine.open(library, before=third), left)
    assert settled.terms is not left.terms and {entry.term.label for entry in settled.terms} >= {
        entry.term.label for entry in left.terms
    }


def test_what_a_first_load_takes_the_place_of_leaves_no_term(tmp_path: Path, report: Make) -> None:
    (tmp_path / "一.txt").write_text(report(1), "utf-8")
    for library in ("both", "own"):
        if library == "both":
            ingest_bundled(tmp_path / library)
        ingest(tmp_path / library, [tmp_path / "一.txt"], small=0)
    assert exports(tmp_path / "both") == exports(tmp_path / "own")


def test_near_copies_are_told_as_if_all_documents_were_looked_at(
    tmp_path: Path, report: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(build, "_settled", lambda *_: False)
    chance, library = random.Random(3), tmp_path / "library"
    files = {}
    for name in range(12):
        text = report(name // 4, paragraphs=12)
        files[f"{name}.txt"] = "".join("口" if chance.random() < 0.01 * (name % 4) else c for c in text)
    held, copies = dict.fromkeys(files, False), set[str]()
    for name in ("0.txt", *chance.choices([*files], k=16)):
        if held[name] and sum(held.values()) > 1:
            remove(library, name, small=0)
            held[name] = False
        else:
            (tmp_path / name).write_text(files[name], "utf-8")
            ingest(library, [tmp_path / name], small=0)
            held[name] = True
        with Store.open(library) as store:
            told = dict(store.query("SELECT id, same_as FROM document WHERE same_as <> ''").fetchall())
            assert told == same_as(store.candidates(store.prints()))
            copies |= told.keys()
            gone = (
                "SELECT 1 FROM term WHERE id NOT IN (SELECT term_id FROM mention UNION SELECT term_id FROM definition)"
            )
            assert store.query(gone).fetchone() is None
    assert len(copies) > 1
