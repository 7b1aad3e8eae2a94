import pytest

from ingest.imprint import byline, is_organ, labels, number_year, red_head, signed


@pytest.mark.parametrize(
    ("line", "organ"),
    [
        ("宜昌市总工会", True),
        ("宜昌市总工会办公室", True),
        ("云溪集团工会委员会", True),
        ("宜昌市教育局", True),
        ("*市总工会", False),
        ("宜昌市总工会：", False),
        ("宜昌市总工会工作总结", False),
    ],
)
def test_lines_that_name_a_body(line, organ):
    assert is_organ(line) is organ


@pytest.mark.parametrize(
    ("line", "year"),
    [
        ("宜工发〔2023〕5号", "2023"),
        ("总工办发[2021]12号", "2021"),
        ("宜工函（2020）第3号", "2020"),
        ("宜工发〔2023〕号", ""),
        ("第5号", ""),
    ],
)
def test_numbers_of_documents(line, year):
    found = number_year(line)
    assert (found.name if found else "") == year
    assert not found or line[found.start : found.end] == year


def test_red_heads_and_signatures():
    assert (named := red_head("宜昌市总工会文件")) and named.name == "宜昌市总工会"
    assert red_head("关于文件") is None
    assert (named := signed("宜昌市总工会   2022年4月8日")) and named.name == "宜昌市总工会"
    assert (named := signed("宜昌市总工会办公室 2022年4月9日印发")) and named.name == "宜昌市总工会办公室"
    assert signed("宜昌市总工会办起夜校") is None


def test_labels_of_a_line():
    line = "发布时间：2023-05-06　来源：宜昌工会 作者：李明"
    found = labels(line)
    assert {label: named.name for label, named in found.items()} == {
        "发布时间": "2023-05-06",
        "来源": "宜昌工会",
        "作者": "李明",
    }
    assert all(line[named.start : named.end] == named.name for named in found.values())
    assert labels("他说：作者：不详") == {}


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("李明", "李明"),
        ("（李明）", "李明"),
        ("李　明", "李明"),
        ("欧阳明华", "欧阳明华"),
        ("宜昌市总工会主席李明", "李明"),
        ("市委常委、市总工会党组书记 李明", "李明"),
        ("2023年1月5日 李明", "李明"),
        ("（李明 2023年1月5日）", "李明"),
        ("李某某", ""),
        ("李××", ""),
        ("方案", ""),
        ("高度重视", ""),
        ("2023年1月5日", ""),
        ("李明说，工会要办夜校", ""),
    ],
)
def test_bylines(line, name):
    found = byline(line)
    assert (found.name if found else "") == name
