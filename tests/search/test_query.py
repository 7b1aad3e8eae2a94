"""Signs in a query."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.answers import Filters
from search.query import LONG, Query, is_long, overridden, parse_query, plain
from search.values import Vocabulary

KNOWN = Vocabulary(("宜昌市", "宜都市", "青禾集团工会"), ("综述", "工作总结", "讲话"))
SIGNS = '“”"「」-－:：,，、 　年份地方类型不含宜昌送清凉2018place'


def read(query: str) -> Query:
    return parse_query(query, KNOWN)


@pytest.mark.parametrize(
    ("query", "required", "text"),
    [
        ("“三共”怎么做", ("三共",), "“三共”怎么做"),
        ('"三共" 机制', ("三共",), '"三共" 机制'),
        ("「三共」『四送』", ("三共", "四送"), "「三共」『四送』"),
        ("＂三共＂", ("三共",), "＂三共＂"),
        ("”三共“", (), "”三共“"),  # two marks that face away from each other hold nothing
        ("”三共”", ("三共",), "”三共”"),
        ("甲” “三共” 乙", ("三共",), "甲” “三共” 乙"),
        ("《条例》和‘三共’", (), "《条例》和‘三共’"),
        ("“，”送清凉", (), "“，”送清凉"),
        ("含:三共 送清凉", ("三共",), "“三共” 送清凉"),
        ("“三共” “三共”", ("三共",), "“三共” “三共”"),
    ],
)
def test_quotation_marks_require(query: str, required: tuple[str, ...], text: str) -> None:
    parsed = read(query)
    assert (parsed.required, parsed.text) == (required, text)


@pytest.mark.parametrize("query", ["“三共", "三共」", '三"共'])
def test_a_lone_mark_is_told_and_left(query: str) -> None:
    parsed = read(query)
    assert parsed.text == query and not parsed.required
    assert parsed.problems == ("引号没有成对，已按普通字词查找。",)


@pytest.mark.parametrize(
    ("query", "excluded", "text"),
    [
        ("送清凉 -慰问", ("慰问",), "送清凉"),
        ("送清凉　－慰问", ("慰问",), "送清凉"),
        ("-慰问，送清凉", ("慰问",), "，送清凉"),
        ("送清凉 -“走访 慰问”", ("走访 慰问",), "送清凉"),
        ("不含：慰问 送清凉", ("慰问",), "送清凉"),
        ("送清凉 -慰问 -宜昌", ("慰问", "宜昌"), "送清凉"),
        ("2018-2023", (), "2018-2023"),
        ("1-3月 e-mail 送-清凉", (), "1-3月 e-mail 送-清凉"),
        ("增长 -5%", (), "增长 -5%"),
        ("甲 - 乙 -- 丙——丁 -、", (), "甲 - 乙 -- 丙——丁 -、"),
        ("-", (), "-"),
    ],
)
def test_minus_excludes(query: str, excluded: tuple[str, ...], text: str) -> None:
    parsed = read(query)
    assert (parsed.excluded, parsed.text) == (excluded, text)


@pytest.mark.parametrize(
    ("query", "filters", "text"),
    [
        ("地方:宜昌 送清凉", Filters(place="宜昌市"), "送清凉"),
        ("地方： 宜昌市总工会 送清凉", Filters(place="宜昌市"), "送清凉"),
        ("ＰＬＡＣＥ：宜昌", Filters(place="宜昌市"), ""),
        ("地方:宜昌,宜都 送清凉", Filters(place="宜昌市、宜都市"), "送清凉"),
        ("地方:宜昌，送清凉", Filters(place="宜昌市"), "，送清凉"),
        ("地方:宜昌 地方:宜都", Filters(place="宜昌市、宜都市"), ""),
        ("地方:“青禾集团” 送清凉", Filters(place="青禾集团工会"), "送清凉"),
        ("省:湖北 年份:2018", Filters(province="湖北省", year="2018"), ""),
        ("年:2018年-2023年 送清凉", Filters(year="2018-2023"), "送清凉"),
        ("年份:二〇一八年", Filters(year="2018"), ""),
        ("类型:总结 级别:市 状态:计划", Filters(type="工作总结", level="city", status="plan"), ""),
        ("level:county status:done", Filters(level="county", status="done"), ""),
        ("主题：送清凉", Filters(), "主题：送清凉"),
        ("会议时间：上午9:30", Filters(), "会议时间：上午9:30"),
        ("见http://example.org/地方", Filters(), "见http://example.org/地方"),
    ],
)
def test_fields_filter(query: str, filters: Filters, text: str) -> None:
    parsed = read(query)
    assert (parsed.filters, parsed.text) == (filters, text)
    assert not parsed.problems


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("地方:火星 送清凉", "没有“地方:火星”这个地方，资料库里有宜昌市、宜都市、青禾集团工会"),
        ("地方:宜晶市 送清凉", "相近的有宜昌市"),
        ("地方:鼓楼区 送清凉", "不止一处，请写全称"),
        ("省:宜昌 送清凉", "它在湖北省"),
        ("省:湖南北 送清凉", "相近的有湖北省、湖南省"),
        ("级别:abc 送清凉", "可写全国、省级、市级、县级"),
        ("年份:99999 送清凉", "请写成 2018 或 2018-2023"),
        ("类型:总解 送清凉", "没有“类型:总解”这种文种，可写"),
        ("状态:也许 送清凉", "可写已做、计划"),
        ("年分:2018 送清凉", "您是不是要写“年份”？"),
        ("plase:宜昌 送清凉", "您是不是要写“place”？"),
        ("author:张三 送清凉", "可用的有地方、省、级别、文种、年份、进展。"),
        ("送清凉 地方:", "“地方:”后面没有写值"),
    ],
)
def test_what_is_not_understood_is_told_and_kept_as_words(query: str, told: str) -> None:
    parsed = read(query)
    assert parsed.text == query and parsed.filters == Filters() and not parsed.operators
    assert len(parsed.problems) == 1 and told in parsed.problems[0]


def test_minus_before_a_field_is_told_and_does_nothing() -> None:
    parsed = read("送清凉 -地方:宜昌")
    assert parsed.text == "送清凉" and parsed.filters == Filters() and not parsed.excluded
    assert "不能排除条件" in parsed.problems[0]


def test_each_sign_can_be_taken_off() -> None:
    parsed = read("“三共” 地方:宜昌 送清凉 -慰问")
    assert [(sign.kind, sign.name, sign.value, sign.rest) for sign in parsed.operators] == [
        ("required", "", "三共", "三共 地方:宜昌 送清凉 -慰问"),
        ("filter", "place", "宜昌市", "“三共” 送清凉 -慰问"),
        ("excluded", "", "慰问", "“三共” 地方:宜昌 送清凉"),
    ]
    assert parsed.signs == "地方:宜昌 -慰问" and parsed.binding
    assert not read("“三共”").binding


def test_a_pasted_paragraph_has_no_signs() -> None:
    text = "开展“三共”行动 -慰问 地方:宜昌，" + "为户外工友送上茶水" * 8
    assert is_long(text) and read(text) == Query(text)


@pytest.mark.parametrize(
    ("query", "long"), [("送清凉", False), ("字" * LONG, True), ("一句话。两句话。三句话。", True), ("怎么做？", False)]
)
def test_is_long(query: str, long: bool) -> None:
    assert is_long(query) is long


def test_what_cannot_be_seen_or_written_becomes_blank() -> None:
    assert read("送\x00清\u200b凉\ud800").text == "送 清 凉\ufffd"
    assert plain("開展　ＡＢ") == "开展 AB"


def test_what_was_chosen_last_holds() -> None:
    assert overridden(Filters(place="甲", year="2018"), Filters(place="乙")) == Filters(place="乙", year="2018")


@given(st.text(max_size=80) | st.text(SIGNS, max_size=50))
def test_reading_never_fails_and_every_sign_comes_off(query: str) -> None:
    parsed = read(query)
    parsed.text.encode()
    assert all(phrase.strip() for phrase in (*parsed.required, *parsed.excluded))
    for sign in parsed.operators:
        assert len(read(sign.rest).operators) < len(parsed.operators) or sign.rest != query


@given(st.text("送清凉怎么做哪些城市2018，。（）", max_size=40))
def test_ordinary_words_stay_as_they_are(query: str) -> None:
    assert read(query).text == " ".join(query.split())
    assert read(query) == Query(" ".join(query.split()))
