"""What is joined, parted, merged and left alone, told by the repaired text and the record of it."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.paragraphs import ended

HEAD = "白河市总工会工作总结\n\n一、基本情况\n\n"
TAIL = "\n\n二、主要做法\n\n广泛开展走访活动。\n"


def _body(parse, text):
    parsed = parse(HEAD + text + TAIL).documents[0]
    return parsed.document.text.split("一、基本情况\n")[1].split("\n二、主要做法")[0], parsed


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("全市规模以上企业建会率达\n\n95%以上。", "全市规模以上企业建会率达95%以上。"),
        ("举办“清凉\n\n一夏”慰问活动，送出物资。", "举办“清凉一夏”慰问活动，送出物资。"),
        ("开通热线。全年受理来电1200多\n\n万人次。", "开通热线。全年受理来电1200多万人次。"),
        ("投入补助资金 300\n\n余万元，惠及职工。", "投入补助资金300余万元，惠及职工。"),
        ("会员增长到12.\n\n5万人，再创新高。", "会员增长到12.5万人，再创新高。"),
        ("参赛职工达到2\n\n300人，再创新高。", "参赛职工达到2300人，再创新高。"),
        ("满意率提高到９８\n\n％，再创新高。", "满意率提高到９８％，再创新高。"),
        ("先后建成驿站、书屋、\n\n食堂等阵地。", "先后建成驿站、书屋、食堂等阵地。"),
        ("开展培训。组织职工参加竞\n- 4 -\n赛活动。", "开展培训。组织职工参加竞赛活动。"),
        ("为职工送去Happy\nBirthday贺卡，祝他们生日快乐。", "为职工送去Happy Birthday贺卡，祝他们生日快乐。"),
        ("做法得到肯定。\n\n经验得到推广。", "做法得到肯定。\n经验得到推广。"),
        ("主要做法如下：\n\n加强领导，健全机构。", "主要做法如下：\n加强领导，健全机构。"),
        ("建成驿站。走访企业\n\n（一）健全制度\n\n制定办法。", "建成驿站。走访企业\n（一）健全制度\n制定办法。"),
    ],
)
def test_lines_joined_or_not(parse, text, expected):
    assert _body(parse, text)[0] == expected


@pytest.mark.parametrize(
    ("text", "expected", "kind"),
    [
        ("投入资金 300 万元，建站 20 个。", "投入资金300万元，建站20个。", "space"),
        ("广 大职工积极参加。", "广大职工积极参加。", "space"),
        ("荣获“先进” 称号。", "荣获“先进”称号。", "space"),
        ("使用 APP 办事。", "使用 APP 办事。", ""),
        ("1. 建成驿站。", "1.建成驿站。", "space"),
        ("1. 5G网络覆盖。", "1. 5G网络覆盖。", ""),
        ("编号 3 5 的站点。", "编号3 5的站点。", "space"),
    ],
)
def test_stray_spaces(parse, text, expected, kind):
    body, parsed = _body(parse, text)
    assert body == expected
    assert {repair.kind for repair in parsed.repairs} == ({kind} if kind else set())


def test_a_space_in_a_heading_stands_for_a_comma(parse):
    parsed = parse("凝心聚力 再开新局\n——白河市工会工作回顾\n\n全市工会工作再上台阶。\n").documents[0]
    assert parsed.document.title == "凝心聚力 再开新局——白河市工会工作回顾"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("会员增加三成。二、精心服务有温度", ["会员增加三成。", "二、精心服务有温度"]),
        ("会员增加三成。 二、精心服务有温度", ["会员增加三成。", "二、精心服务有温度"]),
    ],
)
def test_heading_glued_to_a_sentence(parse, text, parts):
    parsed = parse("白河市总工会工作总结\n\n一、扩面提质\n\n" + text + "\n\n走访职工家庭。\n").documents[0]
    assert parsed.document.text.split("\n")[2:4] == parts
    assert [repair.kind for repair in parsed.repairs] == ["heading_split"]
    assert [section.title for section in parsed.sections] == ["扩面提质", "精心服务有温度"]


def test_first_point_glued_to_its_heading(parse):
    text = (
        "在白河市总工会全会上的讲话\n\n一、凝聚思想共识，坚定发展信心一要学理论。坚持集体学习。\n"
        "二要抓宣传。办好宣讲。\n二、深化改革\n一要强基层。配齐人员。\n"
    )
    parsed = parse(text).documents[0]
    assert [(s.number, s.title, s.depth) for s in parsed.sections] == [
        ("一、", "凝聚思想共识，坚定发展信心", 1),
        ("一要", "学理论", 2),
        ("二要", "抓宣传", 2),
        ("二、", "深化改革", 1),
        ("一要", "强基层", 2),
    ]
    assert [repair.kind for repair in parsed.repairs] == ["heading_split"]


def test_an_enumeration_in_one_paragraph_stays_whole(parse):
    text = "一是抓学习。办班10期。二是抓宣传。发稿20篇。三是抓阵地。建站5个。"
    assert _body(parse, text)[0] == text


def test_ordinal_glued_where_the_others_have_paragraphs(parse):
    text = "一是抓学习。办班10期。\n\n二是抓宣传。发稿20篇。三是抓阵地。建站5个。"
    assert _body(parse, text)[0].split("\n") == [
        "一是抓学习。办班10期。",
        "二是抓宣传。发稿20篇。",
        "三是抓阵地。建站5个。",
    ]


def test_heading_doubled_by_its_paragraph(parse):
    text = (
        "职工之家建设巡礼\n\n健全机制强保障\n\n健全机制强保障。市总工会出台办法，压实责任。\n\n"
        "建好阵地聚人气\n\n各地建成驿站，方便职工歇脚。\n"
    )
    parsed = parse(text).documents[0]
    assert parsed.document.text.count("健全机制强保障") == 1
    assert [(r.kind, r.before, r.after) for r in parsed.repairs] == [("duplicate_heading", "健全机制强保障", "")]
    assert [section.title for section in parsed.sections] == ["健全机制强保障", "建好阵地聚人气"]
    assert parsed.passages[0].text.startswith("健全机制强保障。")


def test_captions_are_set_apart(parse):
    text = (
        "白河工会这五年\n\n\n劳模宣讲进车间\n\n\n职工运动会开幕\n\n\n夏日送清凉现场\n\n建功立业显身手\n\n"
        "全市职工踊跃参加竞赛，创新成果不断。\n\n\n职工合唱比赛\n\n\n工匠技艺展示\n"
    )
    parsed = parse(text).documents[0]
    captions = [repair.before for repair in parsed.repairs if repair.kind == "caption"]
    assert captions == ["劳模宣讲进车间", "职工运动会开幕", "夏日送清凉现场", "职工合唱比赛", "工匠技艺展示"]
    assert [passage.text for passage in parsed.passages] == ["全市职工踊跃参加竞赛，创新成果不断。"]
    assert parsed.passages[0].headings == ("建功立业显身手",)


@pytest.mark.parametrize(
    "caption",
    [
        "图为职工代表在会上发言。",
        "图1：劳模事迹报告会",
        "▲职工运动会现场",
        "（图为表彰大会会场）",
        "劳模走进课堂。王某 摄",
    ],
)
def test_what_is_said_of_a_picture_is_no_passage(parse, caption):
    body, parsed = _body(parse, f"各地办好宣讲。\n\n{caption}\n\n各地建成驿站。")
    assert [r.before for r in parsed.repairs if r.kind == "caption"] == [caption]
    assert caption in body.split("\n")
    assert not any(caption in passage.text for passage in parsed.passages)


def test_a_sentence_whose_rest_is_gone_is_marked_not_joined(parse):
    text = (
        "职工之家建设巡礼\n\n强化服务暖人心\n\n各级工会用心服务。全年走访困难职工家庭，发放慰问\n\n"
        "建好阵地聚人气\n\n各地建成驿站，方便职工歇脚。\n"
    )
    parsed = parse(text).documents[0]
    (repair,) = parsed.repairs
    assert (repair.kind, repair.doubtful) == ("cut_sentence", True)
    assert repair.before.endswith("发放慰问")
    assert [section.title for section in parsed.sections] == ["强化服务暖人心", "建好阵地聚人气"]


def test_heading_broken_over_two_lines(parse):
    long = "三、坚持服务大局促进发展，职工队伍的凝聚力、创造力和战斗力明显提"
    parsed = parse(HEAD + "情况良好。" + TAIL + f"\n{long}\n\n升\n\n开展竞赛活动。\n").documents[0]
    assert parsed.sections[-1].title == long.removeprefix("三、") + "升"


def test_who_signs_and_the_list_of_terms_stand_alone_without_blank_lines(parse):
    lines = ["白河市总工会工作总结", "一、基本情况", "建成驿站，走访企业。", "二、主要做法", "办班36期。", "白河市总工会",
             "2021年12月3日", "名词解释", "“一册一卡”：指慰问手册和联系卡。"]  # fmt: skip
    parsed = parse("\n".join(lines)).documents[0]
    assert parsed.document.text.split("\n") == lines
    assert [section.kind for section in parsed.sections][-1] == "glossary"


def test_hard_wrapped_text_with_indents(parse):
    sentence = "各级工会围绕中心服务大局，深入企业车间班组开展走访，听取职工意见建议，帮助解决实际困难。"
    paragraph = "　　" + sentence * 3
    wrapped = "\n".join(paragraph[i : i + 32] for i in range(0, len(paragraph), 32))
    text = "白河市总工会工作总结\n\n" + "\n".join([wrapped] * 4) + "\n"
    parsed = parse(text).documents[0]
    assert parsed.document.text.split("\n")[1:] == [sentence * 3] * 4


def test_adverts_leave_the_text_and_stay_in_the_record(parse):
    advert = "更多范文请关注公众号：每日一稿"
    parsed = parse(HEAD + "情况良好。" + TAIL + advert + "\n").documents[0]
    assert advert not in parsed.document.text
    assert [(r.kind, r.before) for r in parsed.repairs] == [("advert", advert)]


@pytest.mark.parametrize("mark", ["●", "➢"])
def test_points_with_a_mark_stand_by_themselves(mark, parse):
    points = [f"{mark}办起夜校三十门课", f"{mark}建起驿站十二个，", f"{mark}培训讲师九名"]
    (document,) = parse("\n".join(["白河市总工会工作总结", "一、成效", *points, "二、打算", "还要再办。"])).documents
    assert document.document.text.split("\n")[2:5] == points
    assert "".join(passage.text for passage in document.passages[:-1]).replace("\n", "") == "".join(points)
    assert not [repair for repair in document.repairs if repair.doubtful]


@given(st.text("船。.：”）]!…%a； ", max_size=8))
def test_a_sentence_ends_with_its_mark_and_what_closes_behind_it(text: str) -> None:
    closing = r"[”’\"'）)】》」』\]]*"
    assert ended(text) == bool(re.search(rf"(?:(?:[。！？!?…]|(?<=[\u4e00-\u9fff%％])\.){closing}|[：:；;])\Z", text))
