import pytest

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


def _text(*blocks):
    return "白河市总工会工作总结\n\n" + "\n\n".join(blocks) + "\n"


@pytest.mark.parametrize(
    ("blocks", "tree"),
    [
        pytest.param(
            (
                "第一章 总则",
                "第一节 目的",
                "为了规范工作。",
                "第二节 范围",
                "适用于全市。",
                "第二章 职责",
                "各负其责。",
            ),
            ["第一章 总则", " 第一节 目的", " 第二节 范围", "第二章 职责"],
            id="volumes and divisions",
        ),
        pytest.param(
            (
                "第一章 总则",
                "第一条 为了规范工作，制定本办法。",
                "第二条 本办法适用于全市。",
                "第二章 附则",
                "第三条 本办法自发布之日起施行。",
            ),
            [
                "第一章 总则",
                " 第一条 为了规范工作，制定本办法",
                " 第二条 本办法适用于全市",
                "第二章 附则",
                " 第三条 本办法自发布之日起施行",
            ],
            id="articles",
        ),
        pytest.param(
            (
                "壹、引领",
                "㈠宣讲",
                "宣讲40场。",
                "㈡展览",
                "参观人数过万。",
                "贰、服务",
                "⒈建站",
                "建站20个。",
                "⑴选址",
                "选在街口。",
            ),
            ["壹、引领", " ㈠宣讲", " ㈡展览", "贰、服务", " ⒈建站", "  ⑴选址"],
            id="characters that are numbers",
        ),
        pytest.param(
            ("1 引领", "1.1 宣讲", "宣讲40场。", "1.2 展览", "1.2.1 筹备", "选好展品。", "1.2.2 布展", "精心布置。"),
            ["1 引领", " 1.1 宣讲", " 1.2 展览", "  1.2.1 筹备", "  1.2.2 布展"],
            id="decimals",
        ),
        pytest.param(
            (
                "1.引领",
                "（一）宣讲",
                "宣讲40场。",
                "（二）展览",
                "参观人数过万。",
                "2.服务",
                "（一）建站",
                "建站20个。",
                "（二）送岗",
                "送岗300个。",
            ),
            ["1.引领", " （一）宣讲", " （二）展览", "2.服务", " （一）建站", " （二）送岗"],
            id="1. above （一）",
        ),
        pytest.param(
            (
                "（一）引领",
                "一、宣讲",
                "宣讲40场。",
                "二、展览",
                "参观人数过万。",
                "（二）服务",
                "一、建站",
                "建站20个。",
            ),
            ["（一）引领", " 一、宣讲", " 二、展览", "（二）服务", " 一、建站"],
            id="（一） above 一、",
        ),
        pytest.param(
            (
                "一、引领",
                "1.宣讲",
                "（1）选题",
                "题目贴近职工。",
                "2.展览",
                "参观人数过万。",
                "二、服务",
                "（一）建站",
                "建站20个。",
            ),
            ["一、引领", " 1.宣讲", "  （1）选题", " 2.展览", "二、服务", " （一）建站"],
            id="a level skipped",
        ),
        pytest.param(
            (
                "一、引领",
                "（一）宣讲",
                "宣讲40场。",
                "（三）展览",
                "参观人数过万。",
                "（三）演出",
                "演出8场。",
                "三、服务",
                "建站20个。",
            ),
            ["一、引领", " （一）宣讲", " （三）展览", " （三）演出", "三、服务"],
            id="slips",
        ),
        pytest.param(
            (
                "一、引领",
                "一是宣讲。宣讲40场。",
                "1、选题好。",
                "题目贴近职工。",
                "2、讲师强。",
                "讲师来自一线。",
                "二是展览。参观过万。",
                "1、展品多。",
                "展品300件。",
            ),
            ["一、引领", " 一是宣讲", "  1、选题好", "  2、讲师强", " 二是展览", "  1、展品多"],
            id="1、 below 一是",
        ),
        pytest.param(
            ("一、引领", "首先，抓宣讲。宣讲40场。", "其次，抓展览。参观过万。", "最后，抓演出。演出8场。"),
            ["一、引领", " 首先，抓宣讲", " 其次，抓展览", " 最后，抓演出"],
            id="first, next, last",
        ),
        pytest.param(
            ("一、引领", "首先，要感谢大家的支持。", "宣讲40场。", "最后，祝大家身体健康。"),
            ["一、引领"],
            id="first without a next",
        ),
        pytest.param(
            ("一、引领", "A.宣讲", "宣讲40场。", "B.展览", "参观人数过万。"),
            ["一、引领", " A.宣讲", " B.展览"],
            id="letters",
        ),
        pytest.param(
            (
                "工作回顾",
                "一、引领",
                "宣讲40场。",
                "二、服务",
                "建站20个。",
                "工作安排",
                "一、引领",
                "要办好宣讲。",
                "二、服务",
                "要建好站点。",
            ),
            ["工作回顾", " 一、引领", " 二、服务", "工作安排", " 一、引领", " 二、服务"],
            id="unnumbered headings above numbers that start anew",
        ),
        pytest.param(
            (
                "一、引领",
                "（一）宣讲",
                "宣讲40场。",
                "附件1",
                "职工之家名单如下。",
                "附件2：困难职工名单",
                "名单另附。",
            ),
            ["一、引领", " （一）宣讲", "附件1", "附件2：困难职工名单"],
            id="annexes lie in no chapter",
        ),
        pytest.param(
            (
                "一、引领，方向更明。宣讲40场，听众6000人，深受职工欢迎。",
                "二、服务，温度更高。建站20个，覆盖主要街区，方便职工歇脚。",
            ),
            ["一、引领，方向更明", "二、服务，温度更高"],
            id="first sentences",
        ),
    ],
)
def test_outlines_of_any_numbering(parse, blocks, tree):
    (document,) = parse(_text(*blocks)).documents
    found = [(s.depth - 1, (s.number + s.title).replace(" ", "")) for s in document.sections]
    assert found == [(len(line) - len(line.lstrip()), line.replace(" ", "")) for line in tree]


@pytest.mark.parametrize(
    "heading",
    ["名词注释", "【名词解释】", "附件：名词解释", "四、名词解释", "报告中有关名词说明", "相关名词解释：", "注释"],
)
@pytest.mark.parametrize("mark", ["1.", "①", "[1]", "注1：", "", "（一）"])
def test_entries_of_a_glossary(parse, heading, mark):
    first, second = f"{mark}“四有工会”：有阵地、有人员。", f"{mark}数字工会：用数据办事的工会。"
    (document,) = parse(_text("一、引领", "宣讲40场，听众6000人。", heading, first, second)).documents
    last = document.sections[-1]
    assert (last.kind, last.status) == ("glossary", "")
    assert [p.text for p in document.passages if p.section_id == last.id] == [first, second]


def test_punctuation_of_latin_script(parse):
    report = """白河市总工会工作总结

一,办好夜校
(一)定课程.全年开课36门,职工点单.
(二)请老师.聘请"工匠讲师"9名.
二,管好驿站
建成驿站11个."""
    document = parse(report).documents[0]
    assert [(section.depth, section.number, section.title) for section in document.sections] == [
        (1, "一,", "办好夜校"),
        (2, "(一)", "定课程"),
        (2, "(二)", "请老师"),
        (1, "二,", "管好驿站"),
    ]
    assert [passage.text.split(".")[0] for passage in document.passages] == ["(一)定课程", "(二)请老师", "建成驿站11个"]
