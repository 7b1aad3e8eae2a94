import pytest

from ingest.metadata import iso_date, metadata


def _read(title, body="", issuers=(), dates=(), headings=(), front=""):
    return metadata(title, issuers, dates, body, headings, front)


@pytest.mark.parametrize(
    ("title", "place", "code", "province", "level"),
    [
        ("宜昌市总工会2021年工作总结", "宜昌市", "420500", "湖北省", "city"),
        ("浙江省工会工作五年综述", "浙江省", "330000", "浙江省", "province"),
        ("在内蒙古自治区工会第十一次代表大会上的报告", "内蒙古自治区", "150000", "内蒙古自治区", "province"),
        ("兵团工会工作综述", "新疆生产建设兵团", "660000", "新疆生产建设兵团", "province"),
        ("重庆市渝中区总工会工作纪实", "渝中区", "500103", "重庆市", "county"),
        ("中国工会第十六次全国代表大会以来工作综述", "全国", "000000", "", "national"),
        ("大理州总工会工作总结", "大理白族自治州", "532900", "云南省", "city"),
        ("大理州教育工会工作总结", "大理州教育工会", "532900", "云南省", "department"),
        ("宜都市税务局工会工作侧记", "宜都市税务局工会", "420581", "湖北省", "department"),
        ("中建三局工会工作纪实", "中建三局工会", "", "", "enterprise"),
        ("海天能源集团工会工作综述", "海天能源集团工会", "", "", "enterprise"),
        ("在总工会全委会上的讲话", "", "", "", "unknown"),
        ("谈谈工会干部的修养", "", "", "", "unknown"),
    ],
)
def test_place_and_level_from_the_title(title, place, code, province, level):
    found = _read(title)
    assert (found.place, found.place_code, found.province, found.level) == (place, code, province, level)


def test_place_from_the_issuer_then_from_the_union_that_speaks():
    assert _read("凝心聚力开新局", issuers=["襄阳市总工会"]).place == "襄阳市"
    body = "襄阳市总工会围绕大局开展工作。武汉市来人参观，襄阳市总工会介绍了经验。"
    assert _read("凝心聚力开新局", body).place == "襄阳市"


def test_masked_places_are_not_guessed_but_their_level_is_read():
    body = "受*市长委托，讲几点意见。全市工会要带头。*区、*县、*集团的做法，市总工会要在全市推广。武汉市总工会来过。"
    found = _read("在总工会全委会上的讲话", body)
    assert (found.place, found.level) == ("", "city")


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("宜昌市总工会工作报告", "工作报告"),
        ("宜昌市总工会年度总结", "工作总结"),
        ("在宜昌市总工会全会上的讲话", "讲话"),
        ("宜昌市工会五年综述", "综述"),
        ("宜昌市工会五年回顾与展望", "综述"),
        ("宜昌市工会未来五年展望", "展望"),
        ("宜昌市工会服务职工纪实", "纪实"),
        ("宜昌市工会2022年工作要点", "工作要点"),
        ("抓好工会工作的几点思考", "体会文章"),
    ],
)
def test_type(title, kind):
    assert _read(title).type == kind


def test_type_from_the_text_where_the_title_has_none():
    assert _read("奋进新征程", "现在，我向大会报告工作，请予审议。").type == "工作报告"
    assert _read("宜昌市总工会真抓实干", headings=["重点工作完成情况"]).type == "工作总结"


@pytest.mark.parametrize(
    ("title", "body", "period"),
    [
        ("宜昌市总工会2021 年度工作总结", "", "2021年度"),
        ("宜昌市工会五年工作综述", "", "五年"),
        ("宜昌市工会未来五年展望", "", "未来五年"),
        ("宜昌市工会工作综述", "过去五年，2020年最难。", "过去五年"),
        ("宜昌市工会工作综述", "2021年，工会工作上台阶。", "2021年"),
        ("宜昌市工会工作综述", "工作上台阶。", ""),
    ],
)
def test_period(title, body, period):
    assert _read(title, body).period == period


@pytest.mark.parametrize(
    ("words", "date"),
    [
        ("2021年3月5日", "2021-03-05"),
        ("（2021年12月）", "2021-12"),
        ("2021 年", "2021"),
        ("2021年13月", "2021"),
        ("2021年2月40日", "2021-02"),
        ("今年", ""),
        ("0001年", ""),
    ],
)
def test_iso_date(words, date):
    assert iso_date(words) == date


def test_date_line_before_title_before_cover():
    assert _read("2020年总结", dates=["2021年1月8日"], front="2022年汇编").date == "2021-01-08"
    assert _read("2020年总结", front="2022年汇编").date == "2020"
    assert _read("总结", front="2022年汇编").date == "2022"


@pytest.mark.parametrize(
    ("title", "body", "meeting"),
    [
        ("在宜昌市工会第七次代表大会上的报告", "", "宜昌市工会第七次代表大会"),
        ("热烈庆祝宜昌市工会第七次代表大会召开", "", "宜昌市工会第七次代表大会"),
        ("宜昌市工会第七次代表大会以来工作综述", "", ""),
        ("在总工会全委会上的讲话", "", "总工会全委会"),
        ("迈向新征程", "宜昌市工会第七次代表大会即将召开。", "宜昌市工会第七次代表大会"),
    ],
)
def test_meeting(title, body, meeting):
    assert _read(title, body).meeting == meeting
