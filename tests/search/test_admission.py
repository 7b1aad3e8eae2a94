"""Which claims count for a question."""

import pytest

from corpus.model import Document, Level
from corpus.said import Doer, Manner
from search.admission import Admission
from search.claims import Head
from search.questions import parse_question

REPORT = Document("d", "s", 0, "总结", "宜昌市", "420500", "湖北省", "city", "", "2021年", "2021", "", "")


def said(place: str, code: str, level: Level, parent_code: str = "") -> Head:
    manner = Manner("sentence", "done", "", parent_code, "", figured=False)
    return Head(0, "d", 0, 5, Doer(place, code, level), manner)


CITY, UNIT, GUEST = (
    said("宜昌市", "420500", "city"),
    said("江峡船厂", "", "enterprise", "420500"),
    said("江峡船厂", "", "enterprise"),
)


@pytest.mark.parametrize(
    ("query", "claim", "counts"),
    [
        ("哪些城市建了凉棚", CITY, True),
        ("哪些城市建了凉棚", UNIT, False),
        ("谁建了凉棚", UNIT, True),
        ("谁建了凉棚", CITY, True),
        ("哪些企业建了凉棚", UNIT, True),
        ("湖北哪些企业建了凉棚", UNIT, True),
        ("湖北哪些企业建了凉棚", GUEST, True),
        ("湖南哪些企业建了凉棚", UNIT, False),
        ("湖南哪些企业建了凉棚", GUEST, False),
        ("2021年哪些城市建了凉棚", CITY, True),
        ("2019年哪些城市建了凉棚", CITY, False),
        ("哪些城市计划建凉棚", CITY, False),
    ],
)
def test_who_counts(query: str, claim: Head, counts: bool) -> None:
    question = parse_question(query)
    assert question is not None
    assert (Admission(question, question.level).refusal(claim, REPORT) == "") == counts
