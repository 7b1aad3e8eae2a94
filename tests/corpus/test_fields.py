import pytest

from corpus.errors import CorrectionRefused, FieldUnknown
from corpus.fields import FIELDS, LEVELS, MOST, Location, checked, field_named, full_name, location
from corpus.model import Document
from corpus.places import gazetteer


@pytest.mark.parametrize(
    ("word", "field"), [("地方", "place"), ("地点", "place"), (" place ", "place"), ("类型", "type"), ("时间", "date")]
)
def test_fields_have_names(word: str, field: str) -> None:
    assert field_named(word) == field


def test_fields_are_columns_and_others_are_refused() -> None:
    assert FIELDS.keys() <= set(Document.__dataclass_fields__)
    for word in ("颜色", "text", ""):
        with pytest.raises(FieldUnknown, match="题名"):
            field_named(word)


def test_every_level_has_a_name() -> None:
    assert [checked({"level": name}, "")["level"] for name in LEVELS.values()] == [*LEVELS]


@pytest.mark.parametrize(
    ("field", "said", "kept"),
    [
        ("title", " 荆州市总工会\n 2023年工作总结 ", "荆州市总工会 2023年工作总结"),
        ("meeting", "第一次\0会议\u200b　（续）", "第一次 会议 （续）"),
        ("place", "荆州", "荆州市"),
        ("place", "荆州市总工会", "荆州市"),
        ("place", "湖北荆州", "荆州市"),
        ("place", "南京市鼓楼区", "江苏省南京市鼓楼区"),
        ("place", "兵团", "新疆生产建设兵团"),
        ("place", "全国", "全国"),
        ("place", "", ""),
        ("level", "企业", "enterprise"),
        ("level", "市", "city"),
        ("level", "county", "county"),
        ("level", "", "unknown"),
        ("date", "2023年10月4日", "2023-10-04"),
        ("date", "2023-10", "2023-10"),
        ("date", "2023/1/2", "2023-01-02"),
        ("date", "2023 年", "2023"),
        ("date", "", ""),
        ("type", "简报", "简报"),
        ("speaker", "", ""),
    ],
)
def test_values_as_they_are_kept(field: str, said: str, kept: str) -> None:
    assert checked({field: said}, "city") == {field: kept}


@pytest.mark.parametrize(
    ("field", "said", "says"),
    [
        ("title", " ", "不能为空"),
        ("place", "鼓楼区", "江苏省南京市鼓楼区"),
        ("place", "鼓楼区总工会", "福建省福州市鼓楼区"),
        ("place", "荆洲市", "荆州市"),
        ("place", "北山集团工会", "级别"),
        ("level", "乡级", "县级"),
        ("date", "去年", "2023-10-24"),
        ("date", "2023-02-30", "2023-02-30"),
        ("date", "2023-13", "2023-13"),
        ("date", "1023", "1023"),
        ("meeting", "会" * (MOST + 1), str(MOST)),
    ],
)
def test_values_that_cannot_be(field: str, said: str, says: str) -> None:
    with pytest.raises(CorrectionRefused, match=says) as refused:
        checked({field: said}, "city")
    assert [mistake.field for mistake in refused.value.mistakes] == [field]


def test_every_mistake_is_told_at_once() -> None:
    with pytest.raises(CorrectionRefused) as refused:
        checked({"place": "鼓楼区", "date": "昨天", "type": "通知"}, "city")
    place, date = refused.value.mistakes
    assert "福建省福州市鼓楼区" in place.suggestions and date.field == "date"


@pytest.mark.parametrize(
    ("values", "level"),
    [({"place": "北山集团工会", "level": "企业"}, "city"), ({"place": "北山集团工会"}, "enterprise")],
)
def test_a_unit_needs_the_level_of_one(values: dict[str, str], level: str) -> None:
    assert checked(values, level)["place"] == "北山集团工会"
    with pytest.raises(CorrectionRefused):
        checked(values | {"level": "市级"}, level)


@pytest.mark.parametrize(
    ("value", "where"),
    [
        ("荆州市", Location("荆州市", "421000", "湖北省", "city")),
        ("江苏省南京市鼓楼区", Location("鼓楼区", "320106", "江苏省", "county")),
        ("全国", Location("全国", "000000", "", "national")),
        ("荆州市港务集团工会", Location("荆州市港务集团工会", "421000", "湖北省", None)),
        ("北山集团工会", Location("北山集团工会", "", "", None)),
        ("", Location("", "", "", None)),
    ],
)
def test_a_place_brings_its_code_province_and_level(value: str, where: Location) -> None:
    assert location(value) == where


def test_every_division_can_be_said() -> None:
    for place in gazetteer().places:
        assert location(full_name(place)).place_code == place.code
