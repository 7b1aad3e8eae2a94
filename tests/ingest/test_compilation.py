"""An invented compilation: leaders of every kind, a numbering slip, categories, titles that are cut or wrap."""

import pytest

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


def _body(*titles):
    """A body of reports with their own chapters, the first of each the same."""
    return "\n".join(
        f"{title}\n\n一、抓服务\n\n建站{n}个，方便职工歇脚。\n\n二、抓维权\n\n调处争议{n}件。\n"
        for n, title in enumerate(titles, 3)
    )


CLOUD, STONE, HAI = "云溪县总工会2021年工作总结", "石桥区总工会五年工作综述", "海天集团工会聚力办实事纪实"


@pytest.mark.parametrize(
    ("table", "titles"),
    [
        pytest.param(f"目录\n{CLOUD}......1\n{STONE}......4\n{HAI}......9\n", [CLOUD, STONE, HAI], id="dots"),
        pytest.param(
            f"目 录\n{CLOUD}·····（1）\n{STONE}·····（4）\n{HAI}·····（9）\n", [CLOUD, STONE, HAI], id="brackets"
        ),
        pytest.param(f"CONTENTS\n{CLOUD}\ti\n{STONE}\tiv\n{HAI}\tix\n", [CLOUD, STONE, HAI], id="tabs and roman"),
        pytest.param(f"目录\n{CLOUD}\n{STONE}\n{HAI}\n\n", [CLOUD, STONE, HAI], id="no page numbers"),
        pytest.param(
            f"目录\n一、地方工会\n{CLOUD}\n{STONE}\n二、企业工会\n{HAI}\n\n",
            [CLOUD, STONE, HAI],
            id="categories, no pages",
        ),
        pytest.param(f"目录\n1.{CLOUD}……1\n2.{STONE}……4\n2.{HAI}……9\n", [CLOUD, STONE, HAI], id="a number twice"),
        pytest.param(f"目录\n1、{CLOUD}……1\n3、{STONE}……4\n4、{HAI}……9\n", [CLOUD, STONE, HAI], id="a number missing"),
        pytest.param(
            f"目录\n{CLOUD}……1\n一、抓服务……1\n二、抓维权……2\n{STONE}……4\n一、抓服务……4\n二、抓维权……5\n{HAI}……9\n",
            [CLOUD, STONE, HAI],
            id="two levels",
        ),
        pytest.param(
            "目录\n云溪县总工会2021年度工作总结……1\n石桥区总工会5年工作综述……4\n海天集团工会聚力办实事记实……9\n",
            [CLOUD, STONE, HAI],
            id="slips in titles",
        ),
        pytest.param(
            "目录\n云溪县总工会2021年工作总结……1\n石桥区总工会\n五年工作综述……4\n海天集团工会……纪实……9\n",
            [CLOUD, STONE, HAI],
            id="wrapped and abridged",
        ),
        pytest.param(f"目录\n{CLOUD}……1\n{STONE}\n{HAI}……9\n", [CLOUD, STONE, HAI], id="a lost page number"),
        pytest.param(f"目录\n{STONE}……4\n{HAI}……9\n", [CLOUD, STONE, HAI], id="a title that is not listed"),
        pytest.param("", [CLOUD, STONE, HAI], id="no table at all"),
    ],
)
def test_tables_of_any_make(parse, table, titles):
    parsed = parse(table + _body(*titles))
    assert [document.document.title for document in parsed.documents] == titles
    assert not any(repair.kind == "toc_missing" for repair in parsed.repairs)
    assert {len(document.sections) for document in parsed.documents} == {2}
    assert not any("目录" in document.document.text for document in parsed.documents)


def test_a_table_at_the_end(parse):
    parsed = parse(_body(CLOUD, STONE, HAI) + f"\n目录\n{CLOUD}……1\n{STONE}……4\n{HAI}……9\n")
    assert [document.document.title for document in parsed.documents] == [CLOUD, STONE, HAI]
    assert sum(repair.kind == "toc" for repair in parsed.repairs) == 4


def test_a_table_without_a_heading(parse):
    names = [f"{name}县总工会工作综述" for name in ("云溪", "石桥", "白河", "青山", "柳河")]
    table = "\n".join(f"{name}……{n}" for n, name in enumerate(names, 1))
    parsed = parse("材料汇编\n" + table + "\n\n" + _body(*names))
    assert [document.document.title for document in parsed.documents] == names


def test_category_pages_belong_to_no_report(parse):
    table = f"目录\n一、地方工会……1\n{CLOUD}……2\n{STONE}……5\n二、企业工会……9\n{HAI}……10\n"
    body = "一、地方工会\n\n" + _body(CLOUD, STONE) + "\n二、企业工会\n\n" + _body(HAI)
    parsed = parse(table + "\n" + body)
    assert [document.document.title for document in parsed.documents] == [CLOUD, STONE, HAI]
    assert [repair.before for repair in parsed.repairs if repair.kind == "front_matter"] == [
        "一、地方工会",
        "二、企业工会",
    ]
    assert not any(repair.kind == "toc_missing" for repair in parsed.repairs)


def test_two_compilations_in_one_file(parse):
    first = f"甲汇编\n\n目录\n{CLOUD}……1\n{STONE}……4\n\n" + _body(CLOUD, STONE)
    second = f"乙汇编\n\n目录\n{HAI}……1\n{TITLES[2]}……4\n\n" + _body(HAI, TITLES[2])
    parsed = parse(first + "\n" + second)
    assert [document.document.title for document in parsed.documents] == [CLOUD, STONE, HAI, TITLES[2]]
    assert [repair.before for repair in parsed.repairs if repair.kind == "front_matter"] == ["甲汇编", "乙汇编"]


def test_a_report_before_a_compilation_is_kept(parse):
    long = "县总工会认真履职，各项工作有了新进展，职工满意度不断提高，基层组织更加健全有力。" * 6
    report = f"{HAI}\n\n一、抓服务\n\n{long}\n\n二、抓维权\n\n{long}\n"
    parsed = parse(report + f"\n材料汇编\n\n目录\n{CLOUD}……1\n{STONE}……4\n\n" + _body(CLOUD, STONE))
    assert [document.document.title for document in parsed.documents] == [HAI, CLOUD, STONE]
    assert [repair.before for repair in parsed.repairs if repair.kind == "front_matter"] == ["材料汇编"]


@pytest.mark.parametrize(
    "rows",
    [
        "云溪县\t12\n石桥区\t15\n白河市\t18\n青山省\t21\n柳河县\t30\n东山县\t31\n",
        "云溪县总工会　　12\n石桥区总工会　　15\n白河市总工会　　18\n青山省总工会　　21\n柳河县总工会　　30\n",
    ],
)
def test_a_list_of_figures_stays_in_the_report(parse, rows):
    parsed = parse(f"{CLOUD}\n\n一、抓培训\n\n各地办班期数如下。\n\n{rows}\n二、抓维权\n\n调处争议58件。\n")
    (document,) = parsed.documents
    assert "云溪县" in document.document.text.split("如下。")[1]
    assert parsed.repairs == ()


def test_chapters_that_are_listed_without_numbers_are_no_reports(parse):
    text = (
        "云溪县总工会工作报告\n\n目录\n过去五年工会工作回顾……1\n今后五年工会工作安排……6\n\n过去五年工会工作回顾\n\n（一）抓引领\n\n宣讲40场。\n\n"
        "（二）抓服务\n\n建站20个。\n\n今后五年工会工作安排\n\n（一）抓学习\n\n要学深悟透。\n\n（二）抓落实\n\n要抓紧抓实。\n"
    )
    (document,) = parse(text).documents
    assert document.document.title == "云溪县总工会工作报告"
    assert [(s.title, s.depth, s.status) for s in document.sections] == [
        ("过去五年工会工作回顾", 1, "done"),
        ("抓引领", 2, "done"),
        ("抓服务", 2, "done"),
        ("今后五年工会工作安排", 1, "plan"),
        ("抓学习", 2, "plan"),
        ("抓落实", 2, "plan"),
    ]
