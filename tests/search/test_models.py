"""Which model a library is searched with, and what it remembers of it."""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.notes import put_note
from corpus.store import Store
from search.embedders import BUNDLED, StaticEmbedder
from search.engine import Engine
from search.errors import EmbedderUnreadable, LibraryModelMissing
from search.library import Library
from search.models import BUNDLED_NAME, FOLDER, OWN, Asked, Choice, Models, Stamp, choose, put_stamp, stamp_of


@pytest.fixture
def store(library: Path) -> Iterator[Store]:
    with Store.open(library) as opened:
        yield opened


@pytest.fixture
def other(embedder: StaticEmbedder, tmp_path: Path) -> Path:
    """A folder with the model of the tests."""
    from search.embedders.train import save

    save(tmp_path / "other", embedder.tokenizer, embedder.vectors)
    return tmp_path / "other"


def test_the_bundled_model_where_nothing_is_said(store: Store) -> None:
    assert choose(store, Asked()) == Choice(BUNDLED_NAME)


def test_what_is_asked_for_comes_first(store: Store, other: Path) -> None:
    shutil.copytree(other, store.folder / FOLDER)
    assert choose(store, Asked(str(other), 8)) == Choice(str(other.resolve()), 8)
    assert choose(store, Asked("自带")) == choose(store, Asked("bundled")) == Choice(BUNDLED_NAME)
    assert choose(store, Asked("some/name")).name == "some/name"


def test_a_folder_is_remembered_by_where_it_is(
    store: Store, other: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert choose(store, Asked("other")).name == str(other.resolve())


def test_the_library_s_own_model_comes_before_what_it_was_built_with(store: Store, other: Path) -> None:
    put_stamp(store, Choice("some/name"), StaticEmbedder(other))
    assert choose(store, Asked()) == Choice("some/name", stamped=True)
    shutil.copytree(other, store.folder / FOLDER)
    assert choose(store, Asked()).name == OWN


def test_a_library_is_opened_with_what_it_was_built_with(library: Path, other: Path) -> None:
    with_other = Engine.open(library, models=Models(Asked(str(other), 16)))
    assert with_other.notice == ""
    stamp = stamp_of(with_other.store)
    assert stamp == Stamp(str(other.resolve()), StaticEmbedder(other, 16).id, 16, 16)
    with_other.close()
    again = Engine.open(library)
    assert stamp_of(again.store) == stamp and again.notice == ""
    again.close()


def test_another_model_makes_the_vectors_anew_and_says_so(library: Path, other: Path) -> None:
    Engine.open(library, models=Models(Asked(str(other)))).close()
    changed = Engine.open(library, models=Models(Asked("bundled")))
    assert "other" in changed.notice and "自带模型" in changed.notice and "（64 维）" in changed.notice
    assert changed.search("送清凉").hits
    (made,) = library.glob("cache/segments/*/vectors/manifest.json")
    manifest = json.loads(made.read_text("utf-8"))
    assert StaticEmbedder(BUNDLED).id in manifest["stamp"]
    changed.close()


def test_a_missing_model_is_named_with_the_next_step(library: Path, other: Path) -> None:
    Engine.open(library, models=Models(Asked(str(other)))).close()
    shutil.rmtree(other)
    with pytest.raises(LibraryModelMissing, match=r"other.*GONGZHI_EMBEDDER=bundled"):
        Engine.open(library)
    Engine.open(library, models=Models(Asked("bundled"))).close()


def test_a_model_that_is_asked_for_and_broken_is_no_matter_of_the_library(library: Path, other: Path) -> None:
    (other / "model.safetensors").write_bytes(b"torn")
    with pytest.raises(EmbedderUnreadable, match="other"):
        Engine.open(library, models=Models(Asked(str(other))))


def test_the_stamp_changes_nothing_in_the_library(store: Store, other: Path) -> None:
    generation, mark = store.generation, store.mark
    assert put_stamp(store, Choice("a"), StaticEmbedder(other)) == ""
    assert (store.generation, store.mark) == (generation, mark)
    assert stamp_of(store) is not None and stamp_of(store).size == 64  # type: ignore[union-attr]


def test_a_read_only_library_keeps_its_stamp(library: Path, other: Path) -> None:
    Engine.open(library).close()
    library.chmod(0o555)
    try:
        opened = Engine.open(library, models=Models(Asked(str(other))))
        assert opened.search("送清凉").hits
        opened.close()
    finally:
        library.chmod(0o755)


def test_models_are_held_while_the_choice_stays(store: Store, other: Path) -> None:
    models = Models()
    first = models.embedder(store)
    assert models.embedder(store)[1] is first[1]
    shutil.copytree(other, store.folder / FOLDER)
    assert models.embedder(store)[0].name == OWN


def test_a_server_takes_up_the_library_s_own_model(library: Path, other: Path) -> None:
    served = Library(library)
    old = served.engine()
    shutil.copytree(other, library / FOLDER)
    with Store.open(library) as store, store.write():
        put_note(store, "adapted", "now")
    new = served.engine()
    assert new is not old
    assert stamp_of(new.store).name == OWN  # type: ignore[union-attr]
    served.close()


def test_searching_with_the_bundled_model_never_imports_torch(library: Path) -> None:
    script = (
        "import sys\nfrom pathlib import Path\nfrom search.engine import Engine\n"
        f"engine = Engine.open(Path({str(library)!r}))\nassert engine.search('送清凉').hits\n"
        "import gongzhi.cli, web.app\n"
        "assert not {'torch', 'transformers', 'sentence_transformers'} & sys.modules.keys()\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_a_neural_library_remembers_its_model(library: Path, tiny_bert: Path) -> None:
    Engine.open(library, models=Models(Asked(str(tiny_bert)))).close()
    opened = Engine.open(library)
    assert opened.notice == "" and stamp_of(opened.store).size == 32  # type: ignore[union-attr]
    assert opened.search("送清凉", mode="semantic").hits
    opened.close()
