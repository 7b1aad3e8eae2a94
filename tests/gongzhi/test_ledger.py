"""A library that is kept by ingesting what changed equals one that is made at once from what is there."""

import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.model import Source
from corpus.store import Store
from gongzhi.errors import NothingToIngest
from gongzhi.ledger import Ledger
from ingest.errors import NoFiles
from tests.gongzhi.conftest import make_report

NAMES = ("甲.txt", "乙.txt", "丙.txt", "夹/丁.txt")
RULES = "rules"


def source(source_id: str, origin: str, rules: str = RULES) -> Source:
    return Source(source_id, Path(origin).name, origin, "utf-8", 10, False, rules)


def actions(ledger: Ledger, *roots: Path) -> dict[str, str]:
    return {change.file: change.action for change in ledger.changes(roots)}


def test_bytes_read_by_other_rules_are_read_again() -> None:
    ledger = Ledger([source("a", "/x/甲.txt", "older")], RULES)
    assert not ledger.enter("/x/甲.txt", "甲.txt", "a")
    ledger.put("/x/甲.txt", "甲.txt", "a", ["题"])
    assert actions(ledger) == {"甲.txt": "replaced"}
    assert not [*ledger.removals([Path("/x")])]


def test_a_renamed_file_is_moved(tmp_path: Path) -> None:
    ledger = Ledger([source("a", str(tmp_path / "旧名.txt"))], RULES)
    assert ledger.enter(str(tmp_path / "新名.txt"), "新名.txt", "a")
    (move,) = ledger.moves()
    assert (move.source.id, move.name) == ("a", "新名.txt")
    assert actions(ledger, tmp_path) == {"新名.txt": "moved"}


def test_two_files_that_swapped_their_contents_keep_both() -> None:
    ledger = Ledger([source("a", "/x/甲.txt"), source("b", "/x/乙.txt")], RULES)
    assert ledger.enter("/x/甲.txt", "甲.txt", "b") and ledger.enter("/x/乙.txt", "乙.txt", "a")
    assert {(move.source.id, move.origin) for move in ledger.moves()} == {("a", "/x/乙.txt"), ("b", "/x/甲.txt")}
    assert not [*ledger.removals([])]


def test_files_that_swapped_and_are_read_by_other_rules_displace_nothing_that_went_in_again() -> None:
    ledger = Ledger([source("a", "/x/甲.txt", "older"), source("b", "/x/乙.txt", "older")], RULES)
    assert ledger.displaced("/x/甲.txt", "b") is not None
    ledger.put("/x/甲.txt", "甲.txt", "b", ["题"])
    assert ledger.displaced("/x/乙.txt", "a") is None


def test_what_came_from_a_file_that_cannot_be_read_any_more_stays(tmp_path: Path) -> None:
    origin = str(tmp_path / "包.zip" / "甲.txt")
    ledger = Ledger([source("a", origin)], RULES)
    ledger.fail(str(tmp_path / "包.zip"), "包.zip", "坏了。")
    assert not [*ledger.removals([tmp_path])]
    assert actions(ledger, tmp_path) == {"包.zip": "failed"}


def test_only_a_mirrored_folder_loses_what_is_gone(tmp_path: Path) -> None:
    ledger = Ledger([source("a", str(tmp_path / "里" / "甲.txt")), source("b", str(tmp_path / "外" / "乙.txt"))], RULES)
    assert not [*ledger.removals([])]
    assert [gone.id for gone in ledger.removals([tmp_path / "里"])] == ["a"]


def held(library: Path) -> dict[str, tuple[str, ...]]:
    """The sources of a library by file, with what was made of each."""
    with Store.open(library) as store:
        return {
            source.origin: (source.id, source.name, *(size.document_id for size in store.sizes()
                                                      if size.source_id == source.id))
            for source in store.select(Source)
        }  # fmt: skip


@settings(max_examples=10)
@given(st.lists(st.dictionaries(st.sampled_from(NAMES), st.integers(0, 4), min_size=1), min_size=2, max_size=4))
def test_a_mirrored_folder_and_its_library_agree(
    tmp_path_factory: pytest.TempPathFactory, states: list[dict[str, int]]
) -> None:
    """Whatever happens to the files between runs: new, changed, swapped, renamed, doubled, gone."""
    from gongzhi.build import ingest

    desk = tmp_path_factory.mktemp("desk")
    folder, library = desk / "文件", desk / "library"
    for state in states:
        shutil.rmtree(folder, ignore_errors=True)
        for name, seed in state.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(make_report(seed), "utf-8")
        report = ingest(library, [folder], mirror=True)
        found = held(library)
        contents = set(state.values())
        assert len(found) == len(contents) == report.documents
        for origin, (source_id, name, *documents) in found.items():
            path = Path(origin)
            with Store.open(library) as store:
                assert store.content(source_id) == path.read_bytes()
            assert name == path.name and documents == [f"{source_id}-01"]
        with Store.open(library) as store:
            generation = store.generation
        assert {change.action for change in ingest(library, [folder], mirror=True).changes} <= {"unchanged", "copy"}
        with Store.open(library) as store:
            assert store.generation == generation


def test_a_folder_that_lost_all_its_files_takes_nothing_out(tmp_path: Path) -> None:
    """It may be a drive that isn't there."""
    from gongzhi.build import ingest

    folder = tmp_path / "文件"
    folder.mkdir()
    (folder / "甲.txt").write_text(make_report(1), "utf-8")
    ingest(tmp_path / "library", [folder])
    (folder / "甲.txt").unlink()
    with pytest.raises(NoFiles):
        ingest(tmp_path / "library", [folder], mirror=True)
    (folder / "空.txt").touch()
    with pytest.raises(NothingToIngest):
        ingest(tmp_path / "library", [folder], mirror=True)
    assert len(held(tmp_path / "library")) == 1
