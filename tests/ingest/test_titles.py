import pytest

BODY = "\n\n全市工会工作有了新进展，职工得到实惠。\n"


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("白河市总工会2021年工作总结", "白河市总工会2021年工作总结"),
        (
            "白河市总工会\n\n同心聚力 再谱新篇\n\n——在市工会七大上的报告\n\n2021年6月1日",
            "同心聚力 再谱新篇——在市工会七大上的报告",
        ),
        ("关于推进职工之家建设工作\n情况的报告", "关于推进职工之家建设工作情况的报告"),
        ("白河市总工会\n工作综述", "白河市总工会工作综述"),
        ("工作交流材料\n\n（2021年3月）\n\n各位领导、同志们：", "工作交流材料"),
    ],
)
def test_title_with_its_broken_lines_and_subtitle(parse, head, title):
    document = parse(head + BODY).documents[0]
    assert document.document.title == title
    assert [passage.text for passage in document.passages] == [BODY.strip()]


@pytest.mark.parametrize("text", ["第一段就是正文，没有标题。\n\n第二段。\n", "一、直接开始\n\n正文在此。\n"])
def test_a_report_without_a_title_is_called_by_its_file(parse, text):
    assert parse(text, "无题材料.txt").documents[0].document.title == "无题材料"


def test_date_salutation_and_notes_are_no_passages(parse):
    text = (
        "迈步新征程\n\n（本文是内部材料，供（第一批）参考）\n\n2021年6月1日\n\n各位代表、同志们：\n\n现在报告工作。\n"
    )
    document = parse(text).documents[0]
    assert [passage.text for passage in document.passages] == ["现在报告工作。"]
    assert document.document.date == "2021-06-01"
    assert document.document.text.split("\n")[0] == "迈步新征程"
