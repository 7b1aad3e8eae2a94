import pytest


@pytest.mark.parametrize(
    ("title", "period"),
    [
        ("宜昌市总工会2021 年度工作总结", "2021年度"),
        ("宜昌市总工会2018—2022年工作报告", "2018—2022年"),
        ("宜昌市总工会2018年至2022年工作报告", "2018年至2022年"),
        ("宜昌市总工会2023年上半年工作总结", "2023年上半年"),
        ("宜昌市总工会2023年一季度工作汇报", "2023年一季度"),
        ("宜昌市总工会1—6月工作总结", "1—6月"),
        ("宜昌市工会“十三五”时期工作回顾", "“十三五”时期"),
        ("宜昌市工会“十三五”工作回顾", "“十三五”"),
        ("宜昌市工会第六次代表大会以来工作综述", "宜昌市工会第六次代表大会以来"),
        ("宜昌市工会十六大以来工作掠影", "宜昌市工会十六大以来"),
        ("宜昌市工会五年工作综述", "五年"),
        ("宜昌市工会未来五年展望", "未来五年"),
        ("五年来工会工作综述", "五年来"),
    ],
)
def test_the_title_says_it(read, title, period):
    found = read(title)
    how, words = found.said("period")
    assert (found.document.period, how, words.replace(" ", "")) == (period, "title", period)


@pytest.mark.parametrize(
    ("opening", "period", "how"),
    [
        ("过去五年，2020年最难，我们办起夜校", "过去五年", "opening"),
        ("市第五次工代会以来，我们办起夜校", "市第五次工代会以来", "opening"),
        ("集团工会成立以来，我们办起夜校", "集团工会成立以来", "opening"),
        ("今年以来，我们办起夜校", "今年以来", "opening"),
        ("上半年，我们办起夜校", "上半年", "opening"),
        ("2021年，我们办起夜校", "2021年", "mention"),
        ("2021年工作有亮点，我们办起夜校", "2021年", "mention"),
        ("我们办起夜校", "", ""),
    ],
)
def test_the_opening_says_it_and_a_bare_year_is_only_mentioned(read, opening, period, how):
    found = read("宜昌市工会工作综述", body=f"{opening}，建起驿站，职工群众人人都说这些事办得好、办得实、办得及时。\n")
    assert found.document.period == period
    assert found.said("period") == (how, period)


def test_a_day_is_no_period(read):
    assert read("宜昌市总工会2021年3月会议纪实").document.period == ""
