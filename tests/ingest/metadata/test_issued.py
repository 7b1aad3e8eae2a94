import pytest


@pytest.mark.parametrize(
    ("head", "foot", "date", "how", "words"),
    [
        ("宜昌市总工会工作总结\n2021年1月8日", "", "2021-01-08", "date_line", "2021年1月8日"),
        ("宜昌市总工会工作总结\n（二〇二三年十月二十四日）", "", "2023-10-24", "date_line", "二〇二三年十月二十四日"),
        ("宜昌市总工会工作总结\n2023-05-06", "", "2023-05-06", "date_line", "2023-05-06"),
        ("工作报告\n（2023年3月2日在宜昌市工会第七次代表大会上）", "", "2023-03-02", "date_line", "2023年3月2日"),
        ("新程\n——2023年1月5日在宜昌市工会代表大会上的报告", "", "2023-01-05", "date_line", "2023年1月5日"),
        ("工作决议\n（2023年3月2日宜昌市工会代表大会通过）", "", "2023-03-02", "note", "2023年3月2日"),
        ("读书活动的通知\n发布时间：2023-05-06 来源：宜昌工会", "", "2023-05-06", "label", "2023-05-06"),
        ("读书活动的通知", "宜昌市总工会\n二○二二年四月八日", "2022-04-08", "signature", "二○二二年四月八日"),
        ("读书活动的通知", "宜昌市总工会  2022年4月8日", "2022-04-08", "signature", "2022年4月8日"),
        ("读书活动的通知\n宜工发〔2022〕8号", "", "2022", "number", "2022"),
        ("宜昌市总工会2020年总结", "", "2020", "mention", "2020年"),
        ("宜昌市总工会工作总结\n2023年2月30日", "", "2023-02", "mention", "2023年2月30日"),
        ("宜昌市总工会工作总结", "", "", "", ""),
    ],
)
def test_date_and_the_words_that_say_it(read, head, foot, date, how, words):
    found = read(head, foot)
    assert (found.document.date, found.said("date")) == (date, (how, words))


def test_a_date_line_comes_before_the_signature_and_both_before_the_number(read):
    head = "宜昌市总工会文件\n宜工发〔2022〕8号\n\n关于读书活动的通知"
    assert read(head, "宜昌市总工会\n2022年4月8日").document.date == "2022-04-08"
    assert read(f"{head}\n2022年4月6日", "宜昌市总工会\n2022年4月8日").document.date == "2022-04-06"


def test_the_cover_of_a_compilation_dates_what_gives_no_date(parse):
    body = "工会工作迈出新的步伐，职工得到新的实惠，基层有了新的活力。\n\n" * 3
    names = ("宜昌市总工会工作纪实", "荆门市总工会2021年工作纪实")
    contents = "目录\n" + "".join(f"{name}……{n}\n" for n, name in enumerate(names, 1))
    text = f"2022年工会经验汇编\n\n{contents}\n" + "".join(f"\n{name}\n\n{body}" for name in names)
    dates = [
        (item.value, item.how, item.start, item.end)
        for parsed in parse(text).documents
        for item in parsed.evidence
        if item.field == "date"
    ]
    assert dates == [("2022", "front", 0, 0), ("2021", "mention", 6, 11)]
