import pytest

from ingest.glossaries import is_glossary
from ingest.status import status_of

DEEP = """白河市总工会工作报告

第一部分 过去五年的工作

一、强化引领

（一）办好宣讲

1. 建队伍

组建宣讲团12个。

（1）选人员

选派骨干。

① 定标准

标准从严。

2. 建阵地

建成阵地30个。

（二）办好展览

参观人数过万。

第二部分 今后五年的任务

一、提升服务

要用心服务。

名词注释

“四有工会”：有阵地、有人员、有经费、有活动。

“1+3”机制：1是职代会，3是三项制度。
"""


def _tree(parsed):
    return [(section.depth, section.number, section.title, section.status) for section in parsed.sections]


def test_every_level_of_numbering(parse):
    assert _tree(parse(DEEP).documents[0]) == [
        (1, "第一部分", "过去五年的工作", "done"),
        (2, "一、", "强化引领", "done"),
        (3, "（一）", "办好宣讲", "done"),
        (4, "1.", "建队伍", "done"),
        (5, "（1）", "选人员", "done"),
        (6, "①", "定标准", "done"),
        (4, "2.", "建阵地", "done"),
        (3, "（二）", "办好展览", "done"),
        (1, "第二部分", "今后五年的任务", "plan"),
        (2, "一、", "提升服务", "plan"),
        (1, "", "名词注释", ""),
    ]


def test_sections_nest_and_cover_what_is_below_them(parse):
    document = parse(DEEP).documents[0]
    text = document.document.text
    by_id = {section.id: section for section in document.sections}
    for section in document.sections:
        assert text[section.start :].startswith((section.number, section.title))
        if section.parent_id:
            parent = by_id[section.parent_id]
            assert parent.depth == section.depth - 1
            assert parent.start < section.start <= section.end <= parent.end
    first = document.sections[0]
    assert text[first.start : first.end].endswith("参观人数过万。")


def test_headings_are_the_path_and_no_passages(parse):
    document = parse(DEEP).documents[0]
    first = document.passages[0]
    assert first.headings == ("第一部分过去五年的工作", "一、强化引领", "（一）办好宣讲", "1.建队伍")
    assert first.text == "组建宣讲团12个。"
    assert not any("名词注释" in passage.text for passage in document.passages)


def test_glossary_entries_are_passages_by_themselves(parse):
    document = parse(DEEP).documents[0]
    assert [section.kind for section in document.sections[-2:]] == ["body", "glossary"]
    assert [p.text for p in document.passages if p.section_id == document.sections[-1].id] == [
        "“四有工会”：有阵地、有人员、有经费、有活动。",
        "“1+3”机制：1是职代会，3是三项制度。",
    ]


def test_a_heading_may_be_the_first_sentence_of_its_paragraph(parse):
    text = "白河市总工会总结\n\n一、注重引领，方向更明。全市组建宣讲团。\n\n二、注重服务，温度更高。全市建站20个。\n"
    document = parse(text).documents[0]
    assert _tree(document) == [(1, "一、", "注重引领，方向更明", ""), (1, "二、", "注重服务，温度更高", "")]
    assert document.passages[0].text == "一、注重引领，方向更明。全市组建宣讲团。"
    assert document.passages[0].headings == ("一、注重引领，方向更明",)


def test_a_numbered_sentence_alone_heads_what_is_below(parse):
    text = (
        "白河市总工会总结\n\n一、做法\n\n一是建机制更有力、更管用。\n\n出台办法5项。\n\n"
        "二是建阵地更贴近。\n\n建站20个。\n"
    )
    document = parse(text).documents[0]
    assert [passage.text for passage in document.passages] == ["出台办法5项。", "建站20个。"]
    assert document.passages[1].headings == ("一、做法", "二是建阵地更贴近")


def test_the_last_of_several_points_ends_with_its_paragraph(parse):
    text = (
        "白河市总工会总结\n\n一、做法\n\n一是建机制。出台办法5项，压实各级工会责任。\n\n"
        "二是建阵地。建站20个，方便户外职工歇脚饮水。\n\n总的来看，工会工作的影响力明显扩大，职工更加认可。\n"
    )
    document = parse(text).documents[0]
    assert document.passages[-1].text.startswith("总的来看")
    assert document.passages[-1].headings == ("一、做法",)


def test_unnumbered_headings_by_their_shape(parse):
    text = (
        "职工之家这五年\n\n过去五年怎么看？\n\n一路走来，职工之家越办越好。\n\n阵地越建越多\n\n建成站点300个，遍布城乡。\n\n"
        "今后五年怎么干？\n\n今后要更上一层楼。\n\n服务越来越细\n\n要推出更多项目。\n"
    )
    assert _tree(parse(text).documents[0]) == [
        (1, "", "过去五年怎么看？", "done"),
        (2, "", "阵地越建越多", "done"),
        (1, "", "今后五年怎么干？", "plan"),
        (2, "", "服务越来越细", "plan"),
    ]


def test_the_closing_address_belongs_to_no_section(parse):
    text = "在白河市工会全会上的讲话\n\n一、抓学习\n\n要学深。\n\n二、抓落实\n\n要落细。\n\n同志们，让我们一起努力！\n"
    document = parse(text).documents[0]
    assert document.passages[-1].text == "同志们，让我们一起努力！"
    assert document.passages[-1].headings == ()
    assert document.sections[-1].end < document.passages[-1].start


def test_a_plan_goes_on_in_the_chapters_below_it(parse):
    text = (
        "白河市总工会报告\n\n一、五年工作回顾\n\n成绩大。\n\n二、今后的任务\n\n任务重。\n\n"
        "三、建设坚强有力的工会\n\n要强。\n"
    )
    assert [section.status for section in parse(text).documents[0].sections] == ["done", "plan", "plan"]


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("过去五年的主要工作", "done"),
        ("2021年工作回顾", "done"),
        ("取得的成效", "done"),
        ("主要任务完成情况", "done"),
        ("今后五年工作的总体要求", "plan"),
        ("下一步工作打算", "plan"),
        ("未来展望", "plan"),
        ("解决短板的措施", "plan"),
        ("过去五年回顾及未来五年展望", ""),
        ("存在的主要问题", ""),
        ("工作中的短板", ""),
        ("强化思想引领", None),
    ],
)
def test_status_of_a_heading(words, status):
    assert status_of(words) == status


@pytest.mark.parametrize(
    "words", ["名词注释", "【名词解释】", "附件：名词解释", "有关名词说明", "注释：", "名词术语解释", "（名词注释）"]
)
def test_glossary_headings(words):
    assert is_glossary(words)


@pytest.mark.parametrize("words", ["工作说明会", "情况说明书", "注重解释宣传", "名词"])
def test_no_glossary_headings(words):
    assert not is_glossary(words)
