import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.metadata.findings import Words
from ingest.metadata.meetings import _OPENS, _freed, _opened


@pytest.mark.parametrize(
    ("head", "meeting", "how"),
    [
        ("在宜昌市工会第七次代表大会上的报告", "宜昌市工会第七次代表大会", "title"),
        ("在宜昌市总工会第七届委员会第三次全体会议上的讲话", "宜昌市总工会第七届委员会第三次全体会议", "title"),
        ("王强同志在宜昌市总工会全委（扩大）会议上的讲话", "宜昌市总工会全委（扩大）会议", "title"),
        ("在全市工会驿站建设推进会上的主持讲话", "全市工会驿站建设推进会", "title"),
        ("在庆祝五一国际劳动节暨表彰大会上的致辞", "庆祝五一国际劳动节暨表彰大会", "title"),
        ("热烈庆祝宜昌市工会第七次代表大会召开", "宜昌市工会第七次代表大会", "title"),
        ("在总工会全委会上的讲话", "总工会全委会", "title"),
        ("工作报告\n（2023年3月2日在宜昌市工会第七次代表大会上）", "宜昌市工会第七次代表大会", "note"),
        ("宜昌市工会第七次代表大会以来工作综述", "", ""),
    ],
)
def test_meeting_of_the_head(read, head, meeting, how):
    found = read(head)
    assert found.document.meeting == meeting
    assert found.said("meeting") == (how, meeting)


def test_a_meeting_of_its_own_union_is_surer_than_one_that_is_mentioned(read):
    rest = "即将召开，职工群众盼着更多的好事实事办到家门口，办到心坎上，办到最需要的地方。\n"
    own = read("宜昌市总工会迈向新征程", body=f"宜昌市工会第七次代表大会{rest}")
    assert own.said("meeting") == ("opening", "宜昌市工会第七次代表大会")
    other = read("宜昌市总工会迈向新征程", body=f"中国工会第十九次全国代表大会{rest}")
    assert other.said("meeting") == ("mention", "中国工会第十九次全国代表大会")


def test_a_congress_that_the_end_of_the_text_announces(read):
    body = "我们办起夜校，职工人人说好。" * 70 + "\n\n随着宜昌市工会第七次代表大会的召开，新的五年就要到来。\n"
    assert read("宜昌市总工会迈向新征程", body=body).said("meeting") == ("mention", "宜昌市工会第七次代表大会")


PARTS = [
    "第六次代表大会",
    "第三次会员代表大会",
    "工会十七大",
    "柳州市总",
    "工会",
    "随着",
    "——",
    "，",
    "的",
    "即将",
    "召开",
    "开幕",
    "以来",
    "将于明天",
]


@given(st.lists(st.sampled_from(PARTS), max_size=14).map("".join))
def test_congresses_that_open_are_found_from_their_names(text: str) -> None:
    found = [_freed(text, *match.span("name")) for match in _OPENS.finditer(text)]
    assert list(_opened(Words(text, 0, "opening"))) == found
