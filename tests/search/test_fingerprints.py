from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.fingerprints import SHORTEST, Fingerprints, Run, build


def made(folder: Path, texts: Sequence[str]) -> Fingerprints:
    build(folder, texts)
    return Fingerprints([folder])


def test_a_shared_run_is_found_whole(tmp_path: Path) -> None:
    index = made(tmp_path, ["春天里修桥", "柳溪镇今年为全镇船工办起了夜校两所", "秋后点灯"])
    assert index.runs("我镇今年为全镇船工办起了夜校三所") == [Run(1, 13, 1, 2)]


def test_a_text_is_found_in_each_that_has_it(tmp_path: Path) -> None:
    phrase = "为船工办起夜校并教他们识字算账"
    index = made(tmp_path, [f"柳溪{phrase}", phrase, f"桃花{phrase}明年再办"])
    assert [(run.row, run.at, run.length) for run in index.runs(phrase)] == [(0, 2, 15), (1, 0, 15), (2, 2, 15)]


def test_runs_don_t_reach_over_the_end_of_a_text(tmp_path: Path) -> None:
    index = made(tmp_path, ["柳溪镇为船工办起夜校", "教他们识字算账写信"])
    runs = index.runs("柳溪镇为船工办起夜校教他们识字算账写信")
    assert [(run.row, run.length) for run in runs] == [(0, 10), (1, 9)]


def test_long_texts_are_compared_to_their_end(tmp_path: Path) -> None:
    text = "".join(chr(0x4E00 + i * 7 % 5000) for i in range(700))
    index = made(tmp_path, ["前言" + text])
    assert index.runs("另起" + text + "后记") == [Run(2, 700, 0, 2)]


@pytest.mark.parametrize("text", ["", "短", "七个字不够长啊"])
@pytest.mark.parametrize("texts", [[], [""], ["短"], ["柳溪镇为船工办起夜校"]])
def test_short_and_empty_texts_share_nothing(tmp_path: Path, texts: list[str], text: str) -> None:
    assert made(tmp_path, texts).runs(text) == []


def test_other_scripts_are_signs_like_any(tmp_path: Path) -> None:
    index = made(tmp_path, ["𠮷𠮷镇为船工办起夜校两所并教识字"])
    assert index.runs("𠮷𠮷镇为船工办起夜校两所并教识字")[0].length == 16


@given(
    st.lists(st.text("柳溪镇工会办夜校", max_size=60), max_size=4),
    st.text("柳溪镇工会办夜校", max_size=60),
)
def test_every_run_of_thirteen_is_found_and_none_is_invented(texts: list[str], draft: str) -> None:
    with TemporaryDirectory() as folder:
        runs = made(Path(folder), texts).runs(draft)
    for run in runs:
        assert draft[run.start : run.end] == texts[run.row][run.at : run.at + run.length]
    for start in range(len(draft) - SHORTEST + 1):
        words = draft[start : start + SHORTEST]
        if any(words in text for text in texts):
            assert any(run.start <= start and start + SHORTEST <= run.end for run in runs)


def test_grams_in_runs_of_their_hashes_are_the_same_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [f"柳溪镇为船工办起夜校并教他们识字算账第{n}回" * 3 for n in range(20)]
    (tmp_path / "whole").mkdir()
    build(tmp_path / "whole", texts)
    monkeypatch.setattr("search.fingerprints._SORTED", 50)
    (tmp_path / "runs").mkdir()
    build(tmp_path / "runs", texts)
    for name in ("keys.npy", "offsets.npy", "places.npy"):
        whole = np.load(tmp_path / "whole" / name)
        assert len(whole) > 50 and np.load(tmp_path / "runs" / name).tolist() == whole.tolist()
