import pickle
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from gongzhi.build import ingest
from gongzhi.errors import SettingInvalid
from gongzhi.settings import (
    ALLOWED_HOSTS,
    DIMENSION,
    EMBEDDER,
    RERANKER,
    TOKEN,
    allowed_hosts,
    engine,
    limits,
    models,
    token,
)
from ingest.limits import DEFAULTS, MAX_FILE_MB, MAX_PAGES
from search.embedders import BUNDLED
from search.errors import LibraryModelMissing
from search.models import Asked


def test_the_models_that_the_environment_names(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (EMBEDDER, DIMENSION, RERANKER):
        monkeypatch.delenv(name, raising=False)
    assert models().asked == Asked()
    monkeypatch.setenv(EMBEDDER, " some/name ")
    monkeypatch.setenv(DIMENSION, "96")
    monkeypatch.setenv(RERANKER, "some/reranker")
    assert models().asked == Asked("some/name", 96, "some/reranker")
    monkeypatch.setenv(DIMENSION, "很多")
    with pytest.raises(SettingInvalid, match=DIMENSION):
        models()


def test_a_library_is_opened_with_them(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, report: Callable[..., str], capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "one.txt").write_text(report(1), "utf-8")
    monkeypatch.delenv(EMBEDDER, raising=False)
    ingest(tmp_path / "library", [tmp_path / "one.txt"])
    folder = shutil.copytree(BUNDLED, tmp_path / "model")
    monkeypatch.setenv(EMBEDDER, str(folder))
    monkeypatch.setenv(DIMENSION, "48")
    engine(tmp_path / "library").close()
    assert "48 维" in capsys.readouterr().err
    monkeypatch.delenv(EMBEDDER)
    monkeypatch.delenv(DIMENSION)
    engine(tmp_path / "library").close()
    assert capsys.readouterr().err == ""
    (folder / "model.safetensors").write_bytes(b"torn")
    with pytest.raises(LibraryModelMissing, match=r"model.*bundled"):
        engine(tmp_path / "library")


@pytest.mark.parametrize(("value", "kept"), [(None, ""), ("", ""), (" 口令 \n", "口令")])
def test_the_token_is_what_the_environment_sets(monkeypatch: pytest.MonkeyPatch, value: str | None, kept: str) -> None:
    monkeypatch.delenv(TOKEN, raising=False)
    if value is not None:
        monkeypatch.setenv(TOKEN, value)
    assert token() == kept


def test_limits_are_raised_by_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (MAX_FILE_MB, MAX_PAGES):
        monkeypatch.delenv(name, raising=False)
    assert limits() == DEFAULTS == pickle.loads(pickle.dumps(DEFAULTS))
    monkeypatch.setenv(MAX_FILE_MB, " 500 ")
    monkeypatch.setenv(MAX_PAGES, "9")
    found = limits()
    assert found.text == found.package == 500 * 2**20 and found.unpacked == 2000 * 2**20
    assert found.pages == found.scanned_pages == 9 and found.members == DEFAULTS.members


@pytest.mark.parametrize("value", ["0", "-3", "64MB", "1e3", "６４", "9" * 30])
@pytest.mark.parametrize("name", [MAX_FILE_MB, MAX_PAGES])
def test_a_setting_that_is_no_number_is_named(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingInvalid, match=rf"{name} 设成了“{re.escape(value)}”"):
        limits()


@pytest.mark.parametrize(
    ("value", "names"),
    [("", ()), (" docs.example ", ("docs.example",)), ("a.example, *.b.example，c", ("a.example", "*.b.example", "c"))],
)
def test_names_that_the_server_answers_to(monkeypatch: pytest.MonkeyPatch, value: str, names: tuple[str, ...]) -> None:
    monkeypatch.setenv(ALLOWED_HOSTS, value)
    assert allowed_hosts() == names
