import pytest

from search.asking import asked_label


@pytest.mark.parametrize(
    "query",
    [
        "灯塔计划是什么？",
        "什么是灯塔计划",
        "灯塔计划是啥意思",
        "灯塔计划的含义是什么",
        "请问灯塔计划指什么？",
        "灯塔计划包括哪些",
        "灯塔计划",
    ],
)
def test_the_label_is_left(query: str) -> None:
    assert asked_label(query) == "灯塔计划"


@pytest.mark.parametrize("query", ["", "？", "哪些城市有灯塔计划", "是非题"])
def test_other_questions_keep_their_words(query: str) -> None:
    assert asked_label(query) == query.rstrip("？")
