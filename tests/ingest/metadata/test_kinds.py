import pytest


@pytest.mark.parametrize(
    ("title", "kind", "words"),
    [
        ("宜昌市总工会工作报告", "工作报告", "报告"),
        ("宜昌市总工会工作报告（摘要）", "工作报告", "报告（摘要）"),
        ("宜昌市总工会2021年度总结", "工作总结", "总结"),
        ("在宜昌市总工会全会上的讲话", "讲话", "讲话"),
        ("在五一表彰大会上的致辞", "讲话", "致辞"),
        ("宜昌市工会五年综述", "综述", "综述"),
        ("宜昌市工会五年回顾与展望", "综述", "回顾与展望"),
        ("宜昌市工会未来五年展望", "展望", "展望"),
        ("宜昌市工会服务职工纪实", "纪实", "纪实"),
        ("宜昌市工会2022年工作要点", "工作要点", "要点"),
        ("宜昌市工会2021年工作总结和2022年工作打算", "工作总结", "总结和2022年工作打算"),
        ("宜昌市工会2021年工作总结及2022年计划", "工作总结", "总结及2022年计划"),
        ("宜昌市工会2022年工作计划", "工作要点", "计划"),
        ("宜昌市职工之家建设五年规划", "规划", "规划"),
        ("宜昌市总工会送清凉活动方案", "方案", "方案"),
        ("关于加强职工之家建设的实施意见", "意见", "意见"),
        ("宜昌市职工书屋管理办法", "办法", "办法"),
        ("关于印发《宜昌市总工会2023年工作要点》的通知", "通知", "通知"),
        ("关于表彰先进集体的决定", "决议", "决定"),
        ("致全市职工的倡议书", "倡议书", "倡议书"),
        ("关于夜校运行情况的通报", "通报", "通报"),
        ("关于外卖骑手权益保障的调研报告", "调研报告", "调研报告"),
        ("宜昌市总工会办夜校经验材料", "经验材料", "经验材料"),
        ("2022年个人述职报告", "述职报告", "述职报告"),
        ("抓好工会工作的几点思考", "体会文章", "思考"),
    ],
)
def test_the_word_that_ends_the_title_is_the_type(read, title, kind, words):
    found = read(title)
    assert (found.document.type, found.said("type")) == (kind, ("title", words))


def test_a_subtitle_tells_the_type(read):
    found = read("凝心聚力开新局\n——在宜昌市工会第七次代表大会上的报告")
    assert (found.document.type, found.said("type")) == ("工作报告", ("title", "报告"))


@pytest.mark.parametrize(
    ("opening", "kind", "words"),
    [
        ("现在，我向大会报告工作，请予审议。", "工作报告", "报告工作"),
        ("现将2022年工作总结如下。", "工作总结", "现将2022年工作总结如下"),
        ("为办好夜校，特制定本方案。", "方案", "制定本方案"),
        ("现就办好夜校提出如下意见。", "意见", "提出如下意见"),
        ("本报讯（记者 王芳）昨日，夜校开学了，职工很欢喜。", "新闻", "本报讯"),
    ],
)
def test_the_opening_says_what_it_is(read, opening, kind, words):
    found = read("迈开新步子", body=f"{opening}各位职工看在眼里、记在心里，都盼着更多这样的好事办到家门口。\n")
    assert found.document.type == kind
    assert found.said("type")[0] == "opening"
    assert found.said("type")[1].startswith(words)


def test_headings_of_a_summary(read):
    body = "工会工作迈出新的步伐，职工得到新的实惠。\n\n一、重点工作完成情况\n\n办起夜校二十所。\n\n二、下一步打算\n\n再办十所。\n"
    assert read("宜昌市总工会真抓实干", body=body).said("type") == ("headings", "完成情况")


def test_a_type_told_only_by_the_wording_is_unsure(read):
    told = read("宜昌市总工会真抓实干", body="近年来，我们办起夜校，建起驿站，职工群众人人都说这些事办得好、办得实。\n")
    assert (told.document.type, told.said("type")) == ("综述", ("wording", "近年来"))
    urged = read(
        "谈谈群众观点", body="工会要贴心。工会要用心。工会要细心。工会要耐心。工会要热心。工会要有恒心，久久为功。\n"
    )
    assert (urged.document.type, urged.evidence["type"].how) == ("体会文章", "wording")
    assert max(found.evidence["type"].confidence for found in (told, urged)) < 0.6


def test_a_type_that_nothing_tells_is_empty(read):
    found = read("夜校的灯")
    assert (found.document.type, found.said("type")) == ("", ("", ""))
