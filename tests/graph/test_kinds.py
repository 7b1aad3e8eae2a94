import pytest

from graph.kinds import carried_out, kind_from


@pytest.mark.parametrize(
    ("label", "heads", "kind"),
    [
        ("医院+工会", {}, "mechanism"),
        ("医院+工会", {"工会": 2}, "mechanism"),
        ("1+2", {"活动": 1}, "programme"),
        ("暖心工会", {}, "slogan"),
        ("数智工会", {"建设": 1}, "programme"),
        ("渔业工会", {}, "organisation"),
        ("教育工会", {}, "organisation"),
        ("最美船员", {}, "honour"),
        ("临江工匠", {"品牌": 3}, "honour"),
        ("双20工程", {"目标": 2}, "programme"),
        ("暖蜂", {"行动": 2, "品牌": 1}, "programme"),
        ("五心", {}, "concept"),
        ("当好主人翁、建功新海岛", {}, "slogan"),
        ("海岛夜校", {}, "brand"),
    ],
)
def test_kinds(label: str, heads: dict[str, int], kind: str) -> None:
    assert kind_from(label, heads) == kind


def test_what_is_mostly_carried_out() -> None:
    texts = ["开展“海上练兵”，再次组织海上练兵。", "海上练兵有成效。", "组织渔家乐园体验，渔家乐园热闹，渔家乐园好玩。"]
    assert carried_out(["海上练兵", "渔家乐园"], texts) == {"海上练兵"}


def test_part_of_a_longer_phrase_is_not_what_is_carried_out() -> None:
    assert carried_out(["订单式"], ["开展订单式培训三期。"]) == frozenset()
