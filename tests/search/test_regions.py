"""Parts of the country by name."""

import pytest

from corpus.places import gazetteer
from search.regions import _PROVINCES, _REGIONS, find_region


def test_every_region_is_made_of_provinces() -> None:
    for names in _REGIONS.values():
        for name in names.split():
            place = gazetteer().by_code(_PROVINCES[name])
            assert (
                place is not None
                and place.level == "province"
                and place.name.startswith(name[:2] if name != "兵团" else "新疆")
            )


@pytest.mark.parametrize(
    ("text", "words", "count"),
    [("东北三省哪些城市", "东北三省", 3), ("在西部地区", "西部地区", 13), ("长三角", "长三角", 4)],
)
def test_regions_are_found(text: str, words: str, count: int) -> None:
    found = find_region(text)
    assert found is not None
    assert (text[found[0] : found[1]], len(found[2])) == (words, count)


def test_no_region() -> None:
    assert find_region("湖北哪些城市") is None
