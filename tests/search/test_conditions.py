"""Places and years taken off questions, and what reports cover."""

import pytest

from search.amounts import Amount
from search.conditions import Conditions, read_conditions


@pytest.mark.parametrize(
    ("query", "conditions", "rest"),
    [
        ("湖北省哪些城市办了船工夜校", Conditions(within=("420000",)), "哪些城市办了船工夜校"),
        ("湖北的哪些城市办了船工夜校", Conditions(within=("420000",)), "哪些城市办了船工夜校"),
        ("在湖北和湖南，哪些城市办了船工夜校", Conditions(within=("420000", "430000")), "哪些城市办了船工夜校"),
        ("除了宜昌哪些城市办了船工夜校", Conditions(excluded=("420500",)), "哪些城市办了船工夜校"),
        ("除宜昌市外，还有哪些城市办了船工夜校", Conditions(excluded=("420500",)), "还有哪些城市办了船工夜校"),
        ("哪些城市办了船工夜校（不算宜昌）", Conditions(excluded=("420500",)), "哪些城市办了船工夜校"),
        ("哪些城市 除了宜昌 办了船工夜校", Conditions(excluded=("420500",)), "哪些城市办了船工夜校"),
        ("不是宜昌的哪些城市办了船工夜校", Conditions(excluded=("420500",)), "哪些城市办了船工夜校"),
        (
            "不含宜昌不含山东不含山东哪些城市办了船工夜校",
            Conditions(excluded=("420500", "370000")),
            "哪些城市办了船工夜校",
        ),
        ("湖北湖南哪些城市办了船工夜校", Conditions(within=("420000", "430000")), "哪些城市办了船工夜校"),
        (
            "宜昌和宜昌谁办了船工夜校",
            Conditions(within=("420500",), compared=("420500",)),
            "谁办了船工夜校",
        ),
        ("桃花市建了船工夜校吗？", Conditions(unknown="桃花市", whether=True), "建了船工夜校"),
        ("朝阳区办了船工夜校吗", Conditions(unknown="朝阳区", whether=True), "办了船工夜校"),
        ("船工专区办了夜校吗", Conditions(), "船工专区办了夜校吗"),
        ("城市书屋建了吗", Conditions(), "城市书屋建了吗"),
        ("2018年哪些城市办了船工夜校", Conditions(years=(2018, 2018)), "哪些城市办了船工夜校"),
        ("哪些城市在2018至2020年办了船工夜校", Conditions(years=(2018, 2020)), "哪些城市办了船工夜校"),
        ("2019年以来哪些城市办了船工夜校", Conditions(years=(2019, 9999)), "哪些城市办了船工夜校"),
        ("哪些城市援助了西藏", Conditions(), "哪些城市援助了西藏"),
        ("哪些城市有“2018年船工”展", Conditions(), "哪些城市有“2018年船工”展"),
        ("全国哪些城市办了船工夜校", Conditions(), "全国哪些城市办了船工夜校"),
        ("船工夜校", Conditions(), "船工夜校"),
        ("东北三省哪些城市办了船工夜校", Conditions(within=("210000", "220000", "230000")), "哪些城市办了船工夜校"),
        (
            "宜昌和荆州谁办了船工夜校",
            Conditions(within=("420500", "421000"), compared=("420500", "421000")),
            "谁办了船工夜校",
        ),
        (
            "宜昌与荆州相比，哪个办的船工夜校多",
            Conditions(within=("420500", "421000"), compared=("420500", "421000")),
            "哪个办的船工夜校多",
        ),
        ("宜昌有没有办船工夜校", Conditions(within=("420500",), whether=True), "办船工夜校"),
        ("宜昌市总工会办了船工夜校吗？", Conditions(within=("420500",), whether=True), "办了船工夜校"),
        ("桃花市有没有办船工夜校", Conditions(unknown="桃花市", whether=True), "办船工夜校"),
        ("桃花市哪些区办了船工夜校", Conditions(unknown="桃花市"), "哪些区办了船工夜校"),
        ("各县哪里办了船工夜校", Conditions(), "各县哪里办了船工夜校"),
        (
            "哪些城市投了超过300万元办船工夜校",
            Conditions(amount=Amount(3e6, None, "元", "超过300万元")),
            "哪些城市投了办船工夜校",
        ),
    ],
)
def test_conditions_come_off(query: str, conditions: Conditions, rest: str) -> None:
    assert read_conditions(query) == (conditions, rest)


def test_what_is_admitted() -> None:
    assert Conditions(within=("420000",)).admits("420526")
    assert not Conditions(within=("420000",)).admits("430600")
    assert not Conditions(within=("420000",)).admits("")
    assert not Conditions(excluded=("420500",)).admits("420526")
    assert Conditions(excluded=("420500",)).admits("")


def test_conditions_are_told() -> None:
    conditions, _ = read_conditions("除了宜昌，湖北哪些城市2018年以来办了50所以上船工夜校")
    assert conditions.told() == ("只看湖北省", "不含宜昌市", "时间限2018 年以来", "数字限“50所以上”")
    compared, _ = read_conditions("宜昌和荆州谁办了船工夜校")
    assert compared.told() == ("比较宜昌市、荆州市",)
