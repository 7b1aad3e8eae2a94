"""What the coverage line says was looked through, and who is silent."""

from typing import Any

import pytest

from corpus.model import Document, Level
from search.conditions import Conditions
from search.coverage import Survey


def document(number: int, place: str, code: str, level: Level = "city", date: str = "2031") -> Document:
    return Document(str(number), "s", number, "", place, code, "湖北省", level, "", "全年", date, "", "")


DOCUMENTS = {
    one.id: one
    for one in (
        document(0, "宜昌市", "420500"),
        document(1, "襄阳市", "420600"),
        document(2, "襄阳市", "420600", date="2029"),
        document(3, "湖北省", "420000", "province"),
    )
}
SURVEY = Survey(DOCUMENTS, [("荆州市", "421000", "city"), ("", "", "unknown")])


def test_all_that_is_looked_through() -> None:
    whole = SURVEY.whole
    assert (whole.documents, whole.places) == (4, 4)
    assert whole.line == "4 份文献涉及 4 个地方；未提及不等于未开展。"


@pytest.mark.parametrize(
    ("mentioning", "silent", "said"),
    [
        ({"0"}, ("襄阳市",), "1 份提到；有自己文献的 2 个市县中，1 个没有提到（襄阳市）；"),
        ({"0", "2"}, (), "2 份提到；"),
        ({"3"}, ("宜昌市", "襄阳市"), "1 份提到；有自己文献的 2 个市县都没有提到；"),
        (set(), ("宜昌市", "襄阳市"), "没有一份提到；"),
    ],
)
def test_places_with_documents_that_say_nothing(mentioning: set[str], silent: tuple[str, ...], said: str) -> None:
    found = SURVEY.coverage("city", Conditions(), mentioning)
    assert found.silent == silent and found.mentioning == len(mentioning)
    assert found.line == f"查了 4 份文献，涉及 3 个市县，{said}未提及不等于未开展。"


@pytest.mark.parametrize(
    ("limits", "places", "silent"),
    [
        ({"within": ("420600",)}, 1, ("襄阳市",)),
        ({"excluded": ("420600",)}, 2, ("宜昌市",)),
        ({"years": (2029, 2029)}, 3, ("襄阳市",)),
        ({"years": (2010, 2011)}, 3, ()),
    ],
)
def test_conditions_limit_who_is_silent(limits: dict[str, Any], places: int, silent: tuple[str, ...]) -> None:
    found = SURVEY.coverage("city", Conditions(**limits), set())
    assert (found.places, found.silent) == (places, silent)


def test_an_empty_library_says_so() -> None:
    assert (
        Survey({}, ()).coverage("", Conditions(), set(), "注意：").line
        == "注意：资料库里还没有文献；未提及不等于未开展。"
    )
