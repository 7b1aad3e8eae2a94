import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.model import Mention, Term
from graph.hierarchy import Hierarchy, heads_of, listings


def terms(*names: tuple[str, str]) -> list[Term]:
    return [Term(label, label, kind, "unexplained", ()) for label, kind in names]


@pytest.mark.parametrize(
    ("name", "kind", "head", "head_kind", "expected"),
    [
        ("模范职工之家", "brand", "职工之家", "brand", True),
        ("省五一劳动奖章", "honour", "五一劳动奖章", "honour", True),
        ("模范职工之家", "honour", "职工之家", "brand", False),  # an honour is no place
        ("职工书屋", "brand", "书屋", "brand", False),  # the head is too short to say what it is
        ("职工互助保障", "mechanism", "互助保障", "mechanism", False),  # the same, said of everybody
        ("女职工关爱行动", "programme", "职工关爱行动", "programme", False),  # 女职工 is one word
        ("海岛三大行动", "programme", "三大行动", "programme", False),  # each place has its own three
        ("一十百千", "programme", "十百千", "programme", False),
        ("劳动和技能竞赛", "programme", "技能竞赛", "programme", False),
        ("迎新春、送温暖工程", "programme", "送温暖工程", "programme", False),
        ("听党话建功立业", "slogan", "建功立业", "slogan", False),
    ],
)
def test_the_head_of_a_name(name: str, kind: str, head: str, head_kind: str, expected: bool) -> None:
    assert heads_of(terms((name, kind), (head, head_kind))) == ({name: head} if expected else {})


def test_the_longest_head_is_the_nearest() -> None:
    found = heads_of(terms(("全国模范职工之家", "brand"), ("模范职工之家", "brand"), ("职工之家", "brand")))
    assert found == {"全国模范职工之家": "模范职工之家", "模范职工之家": "职工之家"}


def read(text: str, names: list[str]) -> list[tuple[str, tuple[str, ...], str]]:
    mentions = sorted((Mention(n, "d", "p", text.find(n), text.find(n) + len(n)) for n in names), key=lambda m: m.start)
    by_id = {n: Term(n, n, "brand", "unexplained", ()) for n in names}
    return [(f.head, f.members, text[f.start : f.end]) for f in listings(text, mentions, by_id)]


@pytest.mark.parametrize(
    ("text", "members"),
    [
        ("建好蓝鲸小站、海燕书吧等服务阵地，惠及工友。", ("蓝鲸小站", "海燕书吧")),
        ("建好“蓝鲸小站”“海燕书吧”等一批服务阵地。", ("蓝鲸小站", "海燕书吧")),
        ("建好“蓝鲸小站”品牌和海燕书吧等特色服务阵地品牌。", ("蓝鲸小站", "海燕书吧")),
        ("建好蓝鲸小站，办好海燕书吧等服务阵地。", ("海燕书吧",)),
        ("建好蓝鲸小站、海燕书吧等服务阵地管理办法。", None),  # of the rules, not of the places
        ("建好蓝鲸小站、海燕书吧和服务阵地。", None),
        ("蓝鲸小站、海燕书吧很好等到服务阵地。", None),
    ],
)
def test_what_is_listed_before_a_name(text: str, members: tuple[str, ...] | None) -> None:
    found = read(text, ["蓝鲸小站", "海燕书吧", "服务阵地"])
    assert [(head, listed) for head, listed, _ in found] == ([("服务阵地", members)] if members else [])
    for _, listed, quoted in found:
        assert quoted.startswith(listed[0]) and quoted.endswith("服务阵地")


def test_what_only_counts_heads_nothing() -> None:
    assert read("建好蓝鲸小站、海燕书吧等三大阵地。", ["蓝鲸小站", "海燕书吧", "三大阵地"]) == []


@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef")), max_size=30))
def test_there_are_never_cycles(edges: list[tuple[str, str]]) -> None:
    hierarchy = Hierarchy()
    for a, b in edges:
        hierarchy.add(a, b)
    assert all(term not in hierarchy.ancestors(term) for term in "abcdef")


def test_a_shorter_way_beside_a_longer_one_is_a_detour() -> None:
    hierarchy = Hierarchy()
    assert hierarchy.add("a", "b") and hierarchy.add("b", "c") and hierarchy.add("a", "c")
    assert not hierarchy.add("a", "b") and not hierarchy.add("c", "a") and not hierarchy.add("a", "a")
    assert hierarchy.detours() == {("a", "c")}
