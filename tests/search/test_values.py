"""Values of fields."""

import pytest

from search.values import FIELDS, WORDS, Vocabulary, near, near_field, read_value, year_of


@pytest.mark.parametrize(
    ("written", "year"),
    [
        ("2018", "2018"),
        ("2018年度", "2018"),
        ("2023至2018年", "2018-2023"),
        ("二〇一八年", "2018"),
        ("18", ""),
        ("99999", ""),
        ("去年", ""),
    ],
)
def test_years(written: str, year: str) -> None:
    assert year_of(written) == year


def test_every_field_has_a_chinese_and_an_english_name() -> None:
    for field, shown in FIELDS.items():
        assert WORDS[field] == WORDS[shown] == field


@pytest.mark.parametrize(
    ("word", "field"), [("年分", "年份"), ("类行", "类型"), ("plce", "place"), ("主题", ""), ("x", "")]
)
def test_a_field_nearly_right(word: str, field: str) -> None:
    assert near_field(word) == field


def test_the_likest_names_come_first() -> None:
    assert near("宜昌", ["宜春市", "宜昌市", "大理州"]) == ("宜昌市",)
    assert near("火星", ["宜昌市"]) == ()


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("place", "湖北", "湖北省"),
        ("place", "青禾集团", "青禾集团工会"),
        ("province", "内蒙古", "内蒙古自治区"),
        ("level", "地市级", "city"),
        ("status", "打算", "plan"),
        ("type", "通知", "通知"),
        ("type", "要点", "工作要点"),
        ("type", "报", ""),
    ],
)
def test_values_as_filters_have_them(name: str, text: str, value: str) -> None:
    found = read_value(name, text, Vocabulary(("青禾集团工会",), ("综述",)))
    assert found.value == value and bool(found.problem) is not bool(value)
