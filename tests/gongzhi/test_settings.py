import shutil
from pathlib import Path

import pytest

from gongzhi.settings import EMBEDDER, TOKEN, embedder, token
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
