from corpus.model import ClaimStatus
from search.answers import PlaceAnswer
from web.tilemap import COLUMNS, HEIGHT, ROWS, SIZE, WIDTH, tile_map


def place(province: str, status: ClaimStatus = "done") -> PlaceAnswer:
    return PlaceAnswer("某市", "", "city", province, status, 1.0, ())


def test_every_province_has_a_tile_of_its_own() -> None:
    found = tile_map((), ())
    assert len(found.tiles) == 34
    assert len({(tile.x, tile.y) for tile in found.tiles}) == 34
    assert len({tile.name for tile in found.tiles}) == 34
    assert all(tile.x is not None and 0 <= tile.x <= WIDTH - SIZE for tile in found.tiles)
    assert all(tile.y is not None and 0 <= tile.y <= HEIGHT - SIZE for tile in found.tiles)
    assert (COLUMNS, ROWS) == (8, 8)


def test_tiles_count_places_and_tell_them_apart() -> None:
    answers = [*(place("湖北省") for _ in range(4)), place("湖北省", "planned"), place("福建省", "planned")]
    found = tile_map(answers, ("湖北省", "福建省", "四川省"))
    tiles = {tile.short: tile for tile in found.tiles}
    assert (tiles["湖北"].did, tiles["湖北"].planned, tiles["湖北"].shade) == (4, 1, 3)
    assert (tiles["福建"].did, tiles["福建"].shade) == (0, 0)
    assert tiles["湖北"].line == "湖北省：4 个地方做了，1 个地方计划"
    assert tiles["福建"].line == "福建省：1 个地方计划"
    assert tiles["四川"].line == "四川省：没有提到"
    assert tiles["山西"].line == "山西省：没有收录文献"
    assert not tiles["四川"].anchor and tiles["福建"].anchor
    assert [tile.name for tile in found.named] == ["湖北省", "福建省"]


def test_what_has_no_tile_is_told_in_words() -> None:
    found = tile_map([place("新疆生产建设兵团"), place("", "ongoing")], ())
    assert [(tile.name, tile.did, tile.x) for tile in found.beside] == [
        ("全国及其他", 1, None),
        ("新疆生产建设兵团", 1, None),
    ]
    assert found.named == found.beside
