from pathlib import Path

import pytest

from search.rarity import Rarity, build


def test_what_few_texts_have_tells_more(tmp_path: Path) -> None:
    build(tmp_path, ["职工夜校", "职工食堂", "职工灯塔灯塔"])
    rarity = Rarity(tmp_path)
    assert 0 < rarity.of("职工") < rarity.of("灯塔") == rarity.of("夜校") < rarity.of("没有")


@pytest.mark.parametrize("texts", [[], [""], ["字"]])
def test_an_empty_library_knows_nothing(tmp_path: Path, texts: list[str]) -> None:
    build(tmp_path, texts)
    assert Rarity(tmp_path).of("夜校") > 0
