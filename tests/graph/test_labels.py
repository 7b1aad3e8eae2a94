import pytest

from graph.folding import folded
from graph.labels import labels


@pytest.mark.parametrize(
    ("names", "text", "found"),
    [
        (["暖蜂行动"], "开展“暖蜂”行动", "“暖蜂”行动"),
        (["暖蜂行动"], "开展“暖蜂行动”", "暖蜂行动"),
        (["暖蜂行动"], "参加暖蜂“行动", None),  # the other half is missing
        (["船员之家"], "“最美船员”之家", None),
        (["船员之家"], "“船员”之家", "“船员”之家"),
        (["庆五一"], "标语”庆“五一”", "庆“五一”"),
        (["湾站港"], "湾、站、港", "湾、站、港"),
        (["湾站港"], "湾，站港", None),
        (["护船护港", "护船、护港"], "护船，护港", "护船，护港"),
        (["护船护港"], "护船、护港", None),
        (["护船、护港"], "护船护港", "护船护港"),
        (["海岛情"], "海岛·情", "海岛·情"),
        (["4·15"], "4·15", "4·15"),
        (["4·15"], "415", None),
        (["415"], "4、15", None),
    ],
)
def test_how_a_name_may_be_written(names: list[str], text: str, found: str | None) -> None:
    (label,) = labels({name: ["t"] for name in names}).values()
    inner = next((a, b) for a in range(len(text)) for b in range(len(text), a, -1) if _is(text[a:b], label.key))
    span = label.written(text, *inner)
    assert (text[slice(*span)] if span else None) == found


def _is(text: str, key: str) -> bool:
    return folded(text) == key and folded(text[0]) != "" != folded(text[-1])


def test_names_that_fold_alike_are_one_label() -> None:
    made = labels({"“三共”机制": ["甲"], "三共机制": ["乙"], "、": ["丙"]})
    assert [(label.key, label.values) for label in made.values()] == [("三共机制", ("甲", "乙"))]


def test_a_label_is_guarded_where_all_its_names_are() -> None:
    made = labels({"实干": ["t"], "“实干”": ["t"], "苦干": ["u"]}, {"实干", "“实干”"})
    assert {key: label.guarded for key, label in made.items()} == {"实干": True, "苦干": False}
    assert not labels({"实干": ["t"], "“实干”": ["t"]}, {"实干"})["实干"].guarded
