"""Places and years taken off questions, and what reports cover."""

import pytest

from corpus.model import Document
from search.conditions import Conditions, document_years, read_conditions, years_written


@pytest.mark.parametrize(
    ("query", "conditions", "rest"),
    [
        ("湖北省哪些城市办了船工夜校", Conditions(within=("420000",)), "哪些城市办了船工夜校"),
        ("湖北的哪些城市办了船工夜校", Conditions(within=("420000",)), "哪些城市办了船工夜校"),
        ("在湖北和湖南，哪些城市办了船工夜校", Conditions(within=("420000", "430000")), "哪些城市办了船工夜校"),
        ("除了宜昌哪些城市办了船工夜校", Conditions(excluded=("420500",)), "哪些城市办了船工夜校"),
        ("除宜昌市外，还有哪些城市办了船工夜校", Conditions(excluded=("420500",)), "还有哪些城市办了船工夜校"),
        ("哪些城市办了船工夜校（不算宜昌）", Conditions(excluded=("420500",)), "哪些城市办了船工夜校"),
        ("2018年哪些城市办了船工夜校", Conditions(years=(2018, 2018)), "哪些城市办了船工夜校"),
        ("哪些城市在2018至2020年办了船工夜校", Conditions(years=(2018, 2020)), "哪些城市办了船工夜校"),
        ("2019年以来哪些城市办了船工夜校", Conditions(years=(2019, 9999)), "哪些城市办了船工夜校"),
        ("哪些城市援助了西藏", Conditions(), "哪些城市援助了西藏"),
        ("哪些城市有“2018年船工”展", Conditions(), "哪些城市有“2018年船工”展"),
        ("全国哪些城市办了船工夜校", Conditions(), "全国哪些城市办了船工夜校"),
        ("船工夜校", Conditions(), "船工夜校"),
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


@pytest.mark.parametrize(
    ("period", "date", "years"),
    [
        ("2018年度", "2019", (2018, 2018)),
        ("2018-2022", "2023-05", (2018, 2022)),
        ("过去五年", "2023", (2018, 2023)),
        ("未来五年", "2023", (2023, 2028)),
        ("2019年以来", "2023", (2019, 2023)),
        ("今年以来", "2023", (2023, 2023)),
        ("近年来", "2023", None),
        ("过去五年", "", None),
    ],
)
def test_years_of_a_document(period: str, date: str, years: tuple[int, int] | None) -> None:
    made = Document("d", "s", 0, "总结", "宜昌市", "420500", "湖北省", "city", "", period, date, "", "")
    assert document_years(made) == years


def test_years_of_a_sentence() -> None:
    assert years_written("2019年建凉棚20座，2021年又建2020座。") == (2019, 2021)
