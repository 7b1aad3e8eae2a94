import pytest

from ingest.numbering import CHAPTER, CIRCLED, ITEM, ORDINAL, PART, POINT, SUBITEM, chinese_value, numbering


@pytest.mark.parametrize(
    ("line", "text", "rank", "value"),
    [
        ("第二部分 今后打算", "第二部分 ", PART, 2),
        ("一、强化引领", "一、", CHAPTER, 1),
        ("十二、其他", "十二、", CHAPTER, 12),
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
    ],
)
def test_what_only_looks_like_one(line):
    assert numbering(line) is None


@pytest.mark.parametrize(("numeral", "value"), [("一", 1), ("十", 10), ("十五", 15), ("二十", 20), ("三十四", 34)])
def test_chinese_value(numeral, value):
    assert chinese_value(numeral) == value
