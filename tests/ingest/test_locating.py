"""Where listed titles are found: in order, in spite of slips, cuts and breaks."""

import pytest

from ingest.contents import Entry
from ingest.lines import split
from ingest.locating import locate

BODY = """云溪县总工会工作综述
全县工会稳步前行。
2、白河市总工会2021年度工作总结
全市工会稳步前行。
石桥区工会竭诚服务职工
办实事工作
纪实
全区工会稳步前行。
"""


def _found(titles, body=BODY):
    lines = split(body)
    places = locate([Entry(line, line.text) for line in split("\n".join(titles))], lines, 0, len(lines))
    return [place and (place.line, place.count) for place in places]


@pytest.mark.parametrize(
    ("title", "place"),
    [
        ("云溪县总工会工作综述", (0, 1)),
        ("云溪县总工会 工作综述", (0, 1)),
        ("1.云溪县总工会工作综述", (0, 1)),
        ("03：云溪县总工会工作综述", (0, 1)),
        ("云溪县总工会工作综迷", (0, 1)),
        ("白河市总工会2021年工作总结", (2, 1)),
        ("白河市总工会2021年度工作总结", (2, 1)),
        ("石桥区工会竭诚服务职工办实事工作纪实", (4, 3)),
        ("石桥区工会竭诚服务…", (4, 1)),
        ("石桥区工会……工作纪实", (4, 3)),
        ("青山省总工会工作综述", None),
    ],
)
def test_one_title(title, place):
    assert _found([title]) == [place]


def test_a_title_that_also_comes_later_takes_its_place_in_the_order():
    body = "甲县工会工作综述\n好。\n乙县工会工作综述\n好。\n丙县工会工作综述\n好。\n甲县工会工作综述\n"
    assert _found(["甲县工会工作综述", "乙县工会工作综述", "丙县工会工作综述"], body) == [(0, 1), (2, 1), (4, 1)]


def test_a_stray_title_does_not_hide_the_others():
    body = "甲县工会工作综述\n好。\n乙县工会工作综述\n好。\n丙县工会工作综述\n好。\n丁县工会工作综述\n"
    titles = ["甲县工会工作综述", "丁县工会工作综述", "乙县工会工作综述", "丙县工会工作综述"]
    assert _found(titles, body) == [(0, 1), None, (2, 1), (4, 1)]
