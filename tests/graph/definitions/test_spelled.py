from collections.abc import Callable
from typing import Any

import pytest

from graph.definitions.spelled import extract


@pytest.mark.parametrize(
    ("text", "core", "components"),
    [
        (
            "实施“十百千”工程，培育十名船长、百个班组、千名能手，成效明显。",
            "十百千",
            ("十名船长", "百个班组", "千名能手"),
        ),
        (
            "实施“十百千”工程。即评选十家码头，帮带百支船队，联系千名船员开展培训。",
            "十百千",
            ("十家码头", "百支船队", "千名船员"),
        ),
        (
            "投身双“百千”竞赛，组织百家船厂、千条渔船比安全；确定百个工种、举办千场练兵。",
            "百千",
            ("百家船厂", "千条渔船比安全", "百个工种", "千场练兵"),
        ),
        ("推进“百企千岗”计划，走访百家企业、开发千个岗位。", "百企千岗", ("百家企业", "千个岗位")),
        ("把握“三个要点”、用好“四种办法”，落实“34”工作思路。", "34", ("三个要点", "四种办法")),
        ("落实“12”工作思路，即围绕一个目标，突出两个重点。", "12", ("一个目标", "两个重点")),
        ("推行“1+N”模式，“1”是指一个中心站，“N”是指若干码头点。", "1+N", ("1：一个中心站", "N：若干码头点")),
    ],
)
def test_a_name_spelled_out(found: Callable[..., list[Any]], text: str, core: str, components: tuple[str, ...]) -> None:
    assert [made.components for made in found(extract, text, core)] == [components]


def test_seasons_open_the_clauses_of_a_paragraph(found: Callable[..., list[Any]]) -> None:
    text = (
        "开展“四送”活动，春送种苗组织农技队下乡3次。夏送冰块走访渔船20条，金秋送学资助学子。冬送棉衣慰问船员百名。"
        "另有一句。\n下一段。"
    )
    (made,) = found(extract, text, "四送")
    assert made.components == ("春送种苗", "夏送冰块", "金秋送学", "冬送棉衣")
    assert made.text == text[: text.index("另有")]


def test_seasons_between_marks(found: Callable[..., list[Any]]) -> None:
    text = "组织“四季行”，春季走渔港、夏季走工地、秋季走校园、冬季走船员家。"
    assert [made.components for made in found(extract, text, "四季行")] == [
        ("春季走渔港", "夏季走工地", "秋季走校园", "冬季走船员家")
    ]


@pytest.mark.parametrize(
    ("text", "core"),
    [
        ("实施“十百千”工程，培育十名船长、千名能手，成效明显。", "十百千"),
        ("把握“三个要点”、用好“五种办法”，落实“34”工作思路。", "34"),
        ("推行“1+N”模式，“1”是指一个中心站，成效明显。", "1+N"),
        ("开展“四送”活动，春送种苗，夏送冰块，冬送棉衣。", "四送"),
        ("开展“四送”活动，春送种苗，夏送冰块。\n金秋送学，冬送棉衣。", "四送"),
        ("实施“百花”工程，百名船员受益。", "百花"),
    ],
)
def test_a_part_is_missing(found: Callable[..., list[Any]], text: str, core: str) -> None:
    assert found(extract, text, core) == []
