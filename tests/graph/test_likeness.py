import pytest

from corpus.model import Definition, Term
from graph.likeness import inside, other_contents, recounted, written_alike


def terms(*names: tuple[str, str]) -> list[Term]:
    return [Term(label, label, kind, "unexplained", ()) for label, kind in names]


@pytest.mark.parametrize(
    ("one", "other", "difference"),
    [
        ("互助保障", "职工互助保障", "“职工”二字"),
        ("技能竞赛制度", "技能竞赛", "“制度”二字"),
        ("劳动和技能竞赛", "劳动技能竞赛", "“和”"),
        ("职工服务体系", "服务职工体系", "个别字和语序"),
        ("爱心托管班", "暑期托管班", None),
        ("职工书屋", "职工驿站", None),
        ("学习型", "学习型职工", None),  # what is named, not whose it is
    ],
)
def test_names_written_alike(one: str, other: str, difference: str | None) -> None:
    found = list(written_alike(terms((one, "brand"), (other, "brand"))))
    assert [said for _, _, said in found] == ([difference] if difference else [])
    assert all({a, b} == {one, other} for a, b, _ in found)


def test_slogans_are_not_compared() -> None:
    assert list(written_alike(terms(("职工建功立业", "slogan"), ("建功立业", "slogan")))) == []


@pytest.mark.parametrize(
    ("shorter", "longer", "expected"),
    [
        (("四送", "programme"), ("四送一补", "programme"), True),
        (("1+3", "mechanism"), ("1+3+X", "mechanism"), True),
        (("十百千", "programme"), ("十百千万", "programme"), True),
        (("劳模精神", "concept"), ("劳模精神展示馆", "organisation"), True),
        (("集体协商", "mechanism"), ("集体协商建制率", "indicator"), True),
        (("三共", "mechanism"), ("三共机制", "mechanism"), False),  # a tail that changes nothing
        (("劳动美", "slogan"), ("中国梦·劳动美", "programme"), False),
        (("职工之家", "brand"), ("模范职工之家", "honour"), False),  # it is one
        (("四送", "programme"), ("暖心服务四送一补工作站", "organisation"), False),  # too small a part
    ],
)
def test_a_name_inside_another(shorter: tuple[str, str], longer: tuple[str, str], expected: bool) -> None:
    assert list(inside(terms(shorter, longer))) == ([(shorter[0], longer[0])] if expected else [])


def defined(label: str, *components: str) -> Definition:
    return Definition(label, label, "句。", components, "explained", "glossary", "", "d", "p", 0, 2)


def test_names_that_differ_in_a_measure_word_and_in_content() -> None:
    both = terms(("五大行动", "programme"), ("五项行动", "programme"))
    apart = [defined("五大行动", "甲一", "乙二", "丙三"), defined("五项行动", "丁四", "戊五", "己六")]
    assert [set(pair) for pair in other_contents(both, apart)] == [{"五大行动", "五项行动"}]
    same = [defined("五大行动", "甲一", "乙二", "丙三"), defined("五项行动", "甲一", "乙二", "己六")]
    assert list(other_contents(both, same)) == []
    assert list(other_contents(both, apart[:1])) == []


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("四送", "五送", True),
        ("三大工程", "“五大工程”", True),
        ("两节", "双节", False),  # the same number
        ("四送", "四季送", False),
        ("三联三促", "四联四促", True),
        ("四比五看六争", "三比五看六争", False),  # says more than a number
    ],
)
def test_names_that_count_the_same_in_another_number(one: str, other: str, expected: bool) -> None:
    found = [set(pair) for pair in recounted(terms((one, "programme"), (other, "programme")))]
    assert found == ([{one, other}] if expected else [])
