"""Places against topics, from answers made by hand and from a library."""

from collections.abc import Callable

import pytest

from corpus.model import ClaimStatus, Level
from search.answers import Coverage, PlaceAnswer, PlacesAnswer
from search.matrix import LONGEST_TOPIC, MOST_TOPICS, Count, asked, build_matrix, usual_topics

GIVEN = {
    "送灯": [("宜宾市", "511500", "city", "四川省", ("done", "done", "planned")), ("漳州市", "350600", "city", "福建省", ("planned",))],
    "点灯": [("漳州市", "350600", "city", "福建省", ("done", "ongoing")), ("福建省", "350000", "province", "福建省", ("done",))],
    "修灯": [],
}  # fmt: skip


def place(name: str, code: str, level: Level, province: str, statuses: tuple[ClaimStatus, ...]) -> PlaceAnswer:
    counts = (statuses.count("done"), statuses.count("ongoing"), statuses.count("planned"))
    return PlaceAnswer(name, code, level, province, statuses[0], 1.0, (), counts=counts)


@pytest.fixture
def answer() -> Callable[[str, str], PlacesAnswer]:
    def given(topic: str, level: str) -> PlacesAnswer:
        places = tuple(place(*row) for row in GIVEN.get(topic, [])) if level == "" else ()
        return PlacesAnswer(topic, (topic,), level, places, Coverage(7, 3, ""))

    return given


def topics(*names: str) -> tuple[tuple[str, str], ...]:
    return tuple((name, "") for name in names)


def test_a_cell_counts_sentences_by_status(answer: Callable[[str, str], PlacesAnswer]) -> None:
    found = build_matrix(answer, topics("送灯", "点灯", "修灯"))
    assert [(row.place, row.cells) for row in found.rows] == [
        ("福建省", (Count(), Count(1), Count())),
        ("漳州市", (Count(0, 0, 1), Count(1, 1), Count())),
        ("宜宾市", (Count(2, 0, 1), Count(), Count())),
    ]
    assert [(column.topic, column.places) for column in found.topics] == [("送灯", 2), ("点灯", 2), ("修灯", 0)]
    assert found.documents == 7
    assert found.provinces == ("福建省", "四川省")
    assert Count(2, 0, 1).total == 3


@pytest.mark.parametrize(
    ("limits", "rows"),
    [
        ({"order": "most"}, ["漳州市", "福建省", "宜宾市"]),
        ({"province": "福建省"}, ["福建省", "漳州市"]),
        ({"level": "city"}, ["漳州市", "宜宾市"]),
        ({"level": "enterprise"}, []),
        ({"province": "没有省"}, []),
    ],
)
def test_rows_are_chosen_and_sorted(
    answer: Callable[[str, str], PlacesAnswer], limits: dict[str, str], rows: list[str]
) -> None:
    found = build_matrix(answer, topics("送灯", "点灯"), **limits)  # type: ignore[arg-type]
    assert [row.place for row in found.rows] == rows
    if limits.get("level") != "enterprise":
        assert {"福建省", "四川省"} >= set(found.provinces) > set()


def test_a_column_counts_the_rows_that_are_left(answer: Callable[[str, str], PlacesAnswer]) -> None:
    found = build_matrix(answer, topics("送灯"), province="四川省")
    assert [column.places for column in found.topics] == [1]


def test_too_many_topics_are_told(answer: Callable[[str, str], PlacesAnswer]) -> None:
    found = build_matrix(answer, topics(*["送灯"] * MOST_TOPICS, "点灯"))
    assert len(found.topics) == MOST_TOPICS
    assert found.left_out == ("点灯",)


def test_documents_are_counted_where_there_are_no_topics(answer: Callable[[str, str], PlacesAnswer]) -> None:
    assert build_matrix(answer, ()).documents == 7


def test_topics_are_written_one_per_line() -> None:
    assert asked(["送灯\r\n\n 点灯 ", "送灯", ""]) == ("送灯", "点灯")
    assert asked(["灯" * 999]) == ("灯" * LONGEST_TOPIC,)


def test_places_of_one_name_have_rows_of_their_own() -> None:
    def given(topic: str, level: str) -> PlacesAnswer:
        rows = [
            ("鼓楼区", "320106", "county", "江苏省", ("done",)),
            ("鼓楼区", "350102", "county", "福建省", ("planned",)),
        ]
        return PlacesAnswer(topic, (), "", tuple(place(*row) for row in rows), Coverage(1, 2, ""))  # type: ignore[arg-type]

    found = build_matrix(given, topics("送灯"))
    assert [(row.code, row.cells) for row in found.rows] == [("320106", (Count(1),)), ("350102", (Count(0, 0, 1),))]


def test_usual_topics_are_spread_over_the_fields_of_work() -> None:
    spread = {
        "过去五年回顾": 50,
        "职工书屋与阅读": 30,
        "工人文化宫": 20,
        "职工服务中心": 10,
        "送清凉": 5,
        "没有这个概念": 99,
    }
    found = usual_topics(spread)
    assert {topic for topic, _ in found} <= spread.keys() - {"没有这个概念", "过去五年回顾"}
    groups = [group for _, group in found]
    assert max(groups.count(group) for group in groups) <= 2
    assert "职工书屋与阅读" in dict(found) and "送清凉" in dict(found)
    assert usual_topics({}) == ()
