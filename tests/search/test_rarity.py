import math
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search import rarity
from search.rarity import Rarity, build


def test_what_few_texts_have_tells_more(tmp_path: Path) -> None:
    build(tmp_path, ["职工夜校", "职工食堂", "职工灯塔灯塔"])
    found = Rarity(tmp_path)
    assert 0 < found.of("职工") < found.of("灯塔") == found.of("夜校") < found.of("没有")


@pytest.mark.parametrize("texts", [[], [""], ["字"]])
def test_an_empty_library_knows_nothing(tmp_path: Path, texts: list[str]) -> None:
    build(tmp_path, texts)
    assert Rarity(tmp_path).of("夜校") > 0


@given(st.lists(st.text("职工夜校𠮷", max_size=6), max_size=12))
def test_pairs_are_counted_once_a_text(texts: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(rarity, "_AT_ONCE", 8)
        patch.setattr(rarity, "_MOST_HELD", 4)
        build(Path(folder), texts)
        found = Rarity(Path(folder))
        for pair in ("职工", "工职", "夜夜", "𠮷校"):
            having = sum(pair in text for text in texts)
            assert found.of(pair) == pytest.approx(math.log(1 + (len(texts) - having + 0.5) / (having + 0.5)))
