"""Ingesting again: what is unchanged isn't read, what is gone leaves, what is twice is shown once."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.model import Claim, Document, Mention, Passage, Source
from corpus.store import FILE_NAME, Store
from gongzhi.build import ingest, preview, remove
from graph.export import FORMS

Make = Callable[..., str]


def write(folder: Path, texts: dict[str, str]) -> None:
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / name).write_text(text, "utf-8")


def exports(library: Path) -> dict[str, str]:
    with Store.open(library) as store:
        return {form: make(store) for form, make in FORMS.items()}


def test_unchanged_files_are_not_read_again(tmp_path: Path, report: Make) -> None:
    write(tmp_path / "文件", {"甲.txt": report(1), "乙.txt": report(2)})
    ingest(tmp_path / "library", [tmp_path / "文件"])
    with Store.open(tmp_path / "library") as store:
        before = store.generation
    (tmp_path / "文件" / "乙.txt").write_text(report(3), "utf-8")
    assert ingest(tmp_path / "library", [tmp_path / "文件"]).counts == {"unchanged": 1, "replaced": 1}
    with Store.open(tmp_path / "library") as store:
        assert store.generation == before + 1
        assert store.count(Source) == 2


def test_a_library_kept_up_equals_one_made_at_once(tmp_path: Path, report: Make) -> None:
    folder = tmp_path / "文件"
    write(folder, {f"{n}.txt": report(n) for n in range(6)})
    ingest(tmp_path / "kept", [folder])
    write(folder, {"2.txt": report(20), "新.txt": report(21)})
    (folder / "4.txt").unlink()
    (folder / "5.txt").rename(folder / "改名.txt")
    counts = ingest(tmp_path / "kept", [folder], mirror=True).counts
    assert counts == {"unchanged": 3, "replaced": 1, "added": 1, "moved": 1, "removed": 1}
    ingest(tmp_path / "fresh", [folder])
    assert exports(tmp_path / "kept") == exports(tmp_path / "fresh")


def test_an_archive_is_looked_through_again(tmp_path: Path, report: Make) -> None:
    archive = tmp_path / "包.zip"
    for members in ({"甲.txt": 1, "乙.txt": 2}, {"甲.txt": 1, "丙.txt": 3}):
        with zipfile.ZipFile(archive, "w") as container:
            for name, seed in members.items():
                container.writestr(name, report(seed))
        counts = ingest(tmp_path / "library", [archive], mirror=True).counts
    assert counts == {"unchanged": 1, "added": 1, "removed": 1}


def test_the_library_may_lie_in_the_folder_that_is_read(tmp_path: Path, report: Make) -> None:
    write(tmp_path, {"甲.txt": report(1)})
    for expected in ({"added": 1}, {"unchanged": 1}):
        assert ingest(tmp_path / "library", [tmp_path]).counts == expected
    assert ingest(tmp_path, [tmp_path / "甲.txt"]).counts == {"added": 1}
    assert ingest(tmp_path, [tmp_path / "甲.txt"]).counts == {"unchanged": 1}


def test_a_preview_writes_nothing(tmp_path: Path, report: Make) -> None:
    folder, library = tmp_path / "文件", tmp_path / "library"
    write(folder, {"甲.txt": report(1), "乙.txt": report(2), "空.txt": ""})
    assert {c.file: (c.action, len(c.documents)) for c in preview(library, [folder])} == {
        "甲.txt": ("added", 1),
        "乙.txt": ("added", 1),
        "空.txt": ("failed", 0),
    }
    assert not library.exists()
    ingest(library, [folder])
    kept = (library / FILE_NAME).read_bytes()
    write(folder, {"甲.txt": report(3), "丙.txt": report(4)})
    (folder / "乙.txt").unlink()
    seen = {c.file: c.action for c in preview(library, [folder], mirror=True)}
    assert seen == {"甲.txt": "replaced", "丙.txt": "added", "乙.txt": "removed", "空.txt": "failed"}
    assert (library / FILE_NAME).read_bytes() == kept
    done = {c.file: c.action for c in ingest(library, [folder], mirror=True).changes}
    assert done == seen


def test_processes_make_the_same_library(tmp_path: Path, report: Make) -> None:
    folder = tmp_path / "文件"
    write(folder, {f"{n}.txt": report(n) for n in range(8)} | {"空.txt": ""})
    reports = [ingest(tmp_path / name, [folder], jobs=jobs) for name, jobs in (("one", 1), ("two", 2))]
    assert reports[0].changes == reports[1].changes
    assert exports(tmp_path / "one") == exports(tmp_path / "two")


def test_a_report_from_two_sites_is_shown_once(tmp_path: Path, report: Make) -> None:
    folder, library = tmp_path / "文件", tmp_path / "library"
    text = report(1, place="荆州市", year=2021, paragraphs=12)
    write(folder, {"甲.txt": text, "其他.txt": report(2)})
    ingest(library, [folder])
    with Store.open(library) as store:
        before = {cls: len(store.shown(cls)) for cls in (Document, Passage, Claim, Mention)}
    write(folder, {"乙.txt": text.replace("受到职工好评", "受到职工好评呢", 1)[:-1] + "\n\n（略）\n"})
    done = ingest(library, [folder])
    (copy,) = done.near_copies
    assert {copy.file, copy.shown_file} == {"甲.txt", "乙.txt"}
    assert done.documents == 3
    with Store.open(library) as store:
        assert {cls: len(store.shown(cls)) for cls in before} == pytest.approx(before, abs=1)
        (twin,) = [document for document in store.select(Document) if document.same_as]
        names = {source.id: source.name for source in store.select(Source)}
        assert names[twin.source_id] == copy.file
        shown = store.document(twin.same_as)
    # Without the one that is shown the other takes its place; without either nothing of them is left.
    remove(library, names[shown.source_id])
    with Store.open(library) as store:
        assert {document.source_id: document.same_as for document in store.select(Document)}[twin.source_id] == ""
    remove(library, names[twin.source_id])
    ingest(tmp_path / "fresh", [folder / "其他.txt"])
    assert exports(library) == exports(tmp_path / "fresh")


def test_a_file_that_became_unreadable_keeps_what_was_read(tmp_path: Path, report: Make) -> None:
    folder = tmp_path / "文件"
    write(folder, {"甲.txt": report(1), "乙.txt": report(2)})
    ingest(tmp_path / "library", [folder])
    (folder / "甲.txt").write_bytes(b"")
    done = ingest(tmp_path / "library", [folder], mirror=True)
    assert done.counts == {"failed": 1, "unchanged": 1} and done.documents == 2
