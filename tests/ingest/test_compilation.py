"""An invented compilation: leaders of every kind, a numbering slip, categories, titles that are cut or wrap."""

CONTENTS = """2020年工会工作材料汇编（6篇）

目　录

一、地方工会

云溪县总工会工作综述　　1

白河市总工会聚力打造“四有工会”……4

3：石桥区工会亮点工作扫描..........7

青山省工会第八次代表大会以来工作综述 ······ 11

二、企业工会

东风岭煤矿工会凝心聚力谋发展服务职工
办实事工作纪实　　15

海天集团工会工作总结………20
"""
BODY = """
云溪县总工会工作综述

全县工会稳步前行。云溪县总工会工作综述中的做法得到肯定。

白河市总工会聚力打造“四有工会”

一、做有为工会

开展竞赛。

石桥区工会亮点工作扫描

开通热线，方便职工。

青山省工会第八次代表大会以来的工作综述

五年来成绩显著。

东风岭煤矿工会凝心聚力谋发展服务职工办实事工作纪实

矿工安全记心间。

海天集团工会工作总结

集团工会换届。
"""
TITLES = [
    "云溪县总工会工作综述",
    "白河市总工会聚力打造“四有工会”",
    "石桥区工会亮点工作扫描",
    "青山省工会第八次代表大会以来的工作综述",
    "东风岭煤矿工会凝心聚力谋发展服务职工办实事工作纪实",
    "海天集团工会工作总结",
]


def test_split_by_the_titles_of_the_contents(parse):
    parsed = parse(CONTENTS + BODY)
    assert [document.document.title for document in parsed.documents] == TITLES
    assert [document.document.ordinal for document in parsed.documents] == [1, 2, 3, 4, 5, 6]
    assert parsed.documents[0].document.text.endswith("做法得到肯定。")
    assert [document.document.level for document in parsed.documents[-2:]] == ["enterprise", "enterprise"]


def test_contents_are_a_record_of_the_source_and_in_no_document(parse):
    parsed = parse(CONTENTS + BODY)
    assert {repair.kind for repair in parsed.repairs} == {"toc", "front_matter"}
    assert {repair.document_id for repair in parsed.repairs} == {""}
    assert sum(repair.kind == "toc" for repair in parsed.repairs) == 10
    assert not any("……" in document.document.text for document in parsed.documents)
    # The year on the cover dates reports that give none themselves.
    assert parsed.documents[0].document.date == "2020"


def test_a_title_that_the_body_lacks_is_told(parse):
    parsed = parse(CONTENTS + BODY.replace("石桥区工会亮点工作扫描\n", ""))
    assert len(parsed.documents) == 5
    (missing,) = [repair for repair in parsed.repairs if repair.kind == "toc_missing"]
    assert missing.doubtful and "石桥区" in missing.before


def test_a_title_cut_short_in_the_contents(parse):
    cut = CONTENTS.replace("白河市总工会聚力打造“四有工会”……4", "白河市总工会聚力打造…  4")
    assert [d.document.title for d in parse(cut + BODY).documents] == TITLES


def test_a_title_wrapped_in_the_body(parse):
    wrapped = BODY.replace("凝心聚力谋发展服务职工办实事", "凝心聚力谋发展服务职工\n办实事")
    assert [d.document.title for d in parse(CONTENTS + wrapped).documents] == TITLES


def test_contents_of_a_single_report_are_no_compilation(parse):
    text = """云溪县总工会工作报告

目录

一、过去五年工作回顾……1
二、今后五年主要任务……6
三、加强自身建设……9

一、过去五年工作回顾

成绩显著。

二、今后五年主要任务

要再接再厉。

三、加强自身建设

要从严要求。
"""
    parsed = parse(text)
    assert [section.title for section in parsed.documents[0].sections] == [
        "过去五年工作回顾",
        "今后五年主要任务",
        "加强自身建设",
    ]
    assert parsed.documents[0].document.title == "云溪县总工会工作报告"
    assert [repair.kind for repair in parsed.repairs] == ["toc"] * 4


def test_no_contents_one_report(parse, report):
    assert len(parse(report).documents) == 1
    assert parse(report).repairs == ()
