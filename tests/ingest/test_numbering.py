import pytest

from ingest.numbering import (
    ARTICLE,
    CHAPTER,
    CIRCLED,
    DECIMAL,
    DIVISION,
    ITEM,
    LETTER,
    ORDINAL,
    PART,
    POINT,
    SUBITEM,
    VOLUME,
    chinese_value,
    numbering,
)


@pytest.mark.parametrize(
    ("line", "text", "rank", "value"),
    [
        ("第二部分 今后打算", "第二部分 ", PART, 2),
        ("一、强化引领", "一、", CHAPTER, 1),
        ("十二、其他", "十二、", CHAPTER, 12),
        ("二,办实事", "二,", CHAPTER, 2),
        ("（三）办实事", "（三）", POINT, 3),
        ("(五) 抓作风", "(五) ", POINT, 5),
        ("1. 建阵地", "1. ", ITEM, 1),
        ("2．建队伍", "2．", ITEM, 2),
        ("3、建制度", "3、", ITEM, 3),
        ("（4）建台账", "（4）", SUBITEM, 4),
        ("5）建档案", "5）", SUBITEM, 5),
        ("③建平台", "③", CIRCLED, 3),
        ("一是搭台子。", "一是", ORDINAL, 1),
        ("二要压担子。", "二要", ORDINAL, 2),
        ("第三，挑担子。", "第三，", ORDINAL, 3),
        ("第二章总则", "第二章", VOLUME, 2),
        ("第三节 建机制", "第三节 ", DIVISION, 3),
        ("第十条 工会应当", "第十条 ", ARTICLE, 10),
        ("一、一年来的工作", "一、", CHAPTER, 1),
        ("三、四个方面的重点", "三、", CHAPTER, 3),
        ("壹、建组织", "壹、", CHAPTER, 1),
        ("二．建组织", "二．", CHAPTER, 2),
        ("三　建组织", "三　", CHAPTER, 3),
        ("Ⅱ、建组织", "Ⅱ、", CHAPTER, 2),
        ("IV. 建组织", "IV. ", CHAPTER, 4),
        ("【二】建组织", "【二】", POINT, 2),
        ("（二）、建组织", "（二）、", POINT, 2),
        ("二）建组织", "二）", POINT, 2),
        ("㈢建组织", "㈢", POINT, 3),
        ("⒉建组织", "⒉", ITEM, 2),
        ("２．建组织", "２．", ITEM, 2),
        ("1.2 建组织", "1.2 ", DECIMAL, 2),
        ("1.2建组织", "1.2", DECIMAL, 2),
        ("1.2.3 建组织", "1.2.3 ", DECIMAL + 1, 3),
        ("⑵建组织", "⑵", SUBITEM, 2),
        ("❸建组织", "❸", CIRCLED, 3),
        ("B.建组织", "B.", LETTER, 2),
        ("c) 建组织", "c) ", LETTER, 3),
        ("首先，建组织。", "首先，", ORDINAL, 1),
        ("其次，建队伍。", "其次，", ORDINAL, 2),
        ("其三，建阵地。", "其三，", ORDINAL, 3),
    ],
)
def test_numberings(line, text, rank, value):
    number = numbering(line)
    assert number is not None
    assert (number.text, number.rank, number.value) == (text, rank, value)


@pytest.mark.parametrize(
    "line",
    [
        "2.3亿元投入使用",
        "2021年以来",
        "一线职工",
        "一要求就改",
        "12351热线",
        "（挂）职副主席",
        "一、",
        "工会",
        "十十、空",
        "二、三产业融合发展",
        "三、四线城市的职工",
        "30、40年代的工运",
        "1、2月份的走访",
        "1.1万人参加",
        "2.5个百分点",
        "1.5",
        "第一部分是回顾。",
        "第一章的主题",
        "第一节课",
        "第一条经验",
        "A、B两类企业",
        "A股市场",
        "首先是学习",
    ],
)
def test_what_only_looks_like_one(line):
    assert numbering(line) is None


@pytest.mark.parametrize(("numeral", "value"), [("一", 1), ("十", 10), ("十五", 15), ("二十", 20), ("三十四", 34)])
def test_chinese_value(numeral, value):
    assert chinese_value(numeral) == value
