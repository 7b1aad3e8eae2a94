import pickle
import re
import shutil
from pathlib import Path

import pytest

from gongzhi.errors import SettingInvalid
from gongzhi.settings import EMBEDDER, TOKEN, embedder, limits, token
from ingest.limits import DEFAULTS, MAX_FILE_MB, MAX_PAGES
from search.embedders import BUNDLED, StaticEmbedder
from search.errors import EmbedderUnreadable


def test_the_bundled_model_unless_the_environment_names_another(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv(EMBEDDER, raising=False)
    bundled = embedder()
    folder = shutil.copytree(BUNDLED, tmp_path / "model")
    monkeypatch.setenv(EMBEDDER, str(folder))
    named = embedder()
    assert isinstance(named, StaticEmbedder)
    assert (named.encode(["送清凉"]) == bundled.encode(["送清凉"])).all()


def test_a_broken_model_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    folder = shutil.copytree(BUNDLED, tmp_path / "model")
    (folder / "model.safetensors").write_bytes(b"torn")
    monkeypatch.setenv(EMBEDDER, str(folder))
    with pytest.raises(EmbedderUnreadable, match="model"):
        embedder()


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
