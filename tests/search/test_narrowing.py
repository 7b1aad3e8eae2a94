"""Conditions in plain words."""

from datetime import date

import pytest

from search.answers import Filters
from search.narrowing import Known, narrowed

#: 宜昌市, 云南省, 安康市 and what lies around them.
KNOWN = Known(
    {"420500", "420000", "530000", "610900", "610000"},
    {"2018", "2021"},
    {"工作总结", "工作报告", "讲话", "综述"},
    {"city", "county", "province"},
)


@pytest.mark.parametrize(
    ("query", "filters", "subject"),
    [
        ("宜昌 2021年 送清凉", Filters(place="宜昌市", year="2021"), "送清凉"),
        ("宜昌市总工会送清凉", Filters(place="宜昌市"), "送清凉"),
        ("湖北省的送清凉", Filters(place="湖北省"), "送清凉"),
        ("湖北宜昌的送清凉", Filters(place="宜昌市"), "送清凉"),
        ("湖北 宜昌 送清凉", Filters(place="宜昌市"), "送清凉"),
        ("宜昌和云南的送清凉", Filters(place="宜昌市、云南省"), "送清凉"),
        ("宜昌、安康 送清凉", Filters(place="宜昌市、安康市"), "送清凉"),
        ("雲南省 送清涼", Filters(place="云南省"), "送清涼"),
        ("安康杯竞赛", Filters(), "安康杯竞赛"),
        ("哈尔滨送清凉", Filters(), "哈尔滨送清凉"),
        ("２０２１年 送清凉", Filters(year="2021"), "送清凉"),
        ("2018年和2021年的送清凉", Filters(year="2018、2021"), "送清凉"),
        ("2018-2021年 送清凉", Filters(year="2018-2021"), "送清凉"),
        ("2018年以来送清凉", Filters(year="2018-2021"), "送清凉"),
        ("2019年到2020年送清凉", Filters(), "2019年到2020年送清凉"),  # no document is from then
        ("二〇一八年送清凉", Filters(year="2018"), "送清凉"),
        ("2018多人送清凉", Filters(), "2018多人送清凉"),
        ("五年来“十四五”送清凉", Filters(), "五年来“十四五”送清凉"),
        ("宜昌的工作报告", Filters(place="宜昌市", type="工作报告"), "宜昌的工作报告"),
        ("宜昌2021年总结 送清凉", Filters(place="宜昌市", year="2021", type="工作总结"), "送清凉"),
        ("工作报告里怎么写送清凉", Filters(type="工作报告"), "怎么写送清凉"),
        ("送清凉 讲话", Filters(type="讲话"), "送清凉"),
        ("学习讲话精神", Filters(), "学习讲话精神"),
        ("讲话 精神", Filters(), "讲话 精神"),
        ("总结经验", Filters(), "总结经验"),
        ("市级层面 送清凉", Filters(level="city"), "送清凉"),
        ("各县区的经验 送清凉", Filters(level="county"), "经验 送清凉"),
        ("县级工会主席怎么配备", Filters(), "县级工会主席怎么配备"),
        ("宜昌市", Filters(place="宜昌市"), "宜昌市"),
    ],
)
def test_conditions_and_what_is_left(query: str, filters: Filters, subject: str) -> None:
    assert narrowed(query, KNOWN) == (filters, subject)


def test_last_year_counts_where_the_library_has_it() -> None:
    last = str(date.today().year - 1)
    assert narrowed("去年 送清凉", KNOWN)[0] == Filters()
    known = Known(KNOWN.places, {last}, KNOWN.types, KNOWN.levels)
    assert narrowed("去年 送清凉", known)[0] == Filters(year=last)
    assert narrowed("去年以来送清凉", known)[0] == Filters()
