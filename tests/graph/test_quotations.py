import pytest

from graph.quotations import cites, is_clause, plain, provided


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("第五条中的“十日”修改为“十五日”。", True),
        ("增加一款，作为第二款：“渔港由市人民政府划定。”", True),
        ("删去“渔港”一词。", True),
        ("持续开展“暖蜂”行动，新增驿站三家。", False),
    ],
)
def test_sentences_about_the_wording_of_a_law(sentence: str, expected: bool) -> None:
    assert cites(sentence) == expected


@pytest.mark.parametrize(
    ("before", "expected"),
    [("渔业法第六条规定的", True), ("本法所称", True), ("第三章", False), ("持续开展", False)],
)
def test_words_that_an_article_has(before: str, expected: bool) -> None:
    assert provided(before) == expected


@pytest.mark.parametrize(
    "name",
    [
        "逾期不缴会费的",
        "是十分必要的",
        "债权人应当申报债权",
        "你们辛苦了",
        "走向大海，但是仍需立足海岛的渔港",
        "渔船进港以后，由值班人员逐一登记姓名",
        "十五日",
        "3万元",
    ],
)
def test_what_says_something_is_no_name(name: str) -> None:
    assert is_clause(name)


@pytest.mark.parametrize(
    "name",
    [
        "暖蜂",
        "我为渔民办实事",
        "守初心、担使命",
        "党建带工建，工建促党建",
        "想渔民所想，急渔民所急",
        "双15",
        "四送一补",
    ],
)
def test_names_and_slogans_are_no_clauses(name: str) -> None:
    assert not is_clause(name)


@pytest.mark.parametrize(
    ("name", "expected"),
    [("信息共享机制", True), ("工作协调机制", True), ("渔港信息共享机制", False), ("机制", False), ("暖蜂驿站", False)],
)
def test_institutions_that_every_report_has(name: str, expected: bool) -> None:
    assert plain(name) == expected
