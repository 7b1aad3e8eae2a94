"""What is told of the clauses that an inquiry finds: reasons and marks."""

import pytest

from search.inquiry import Inquiry
from search.matching import Matcher
from search.questions import parse_question


def inquiry(matcher: Matcher, query: str) -> Inquiry:
    question = parse_question(query)
    assert question is not None
    return Inquiry(matcher, matcher.reader.read(question))


@pytest.mark.parametrize(
    ("query", "clause", "reasons"),
    [
        ("哪些城市建了夜班食堂？", 0, ("原文写有“夜班食堂”",)),
        ("哪些城市建了夜班食堂？", 1, ("词表把“通宵食堂”列为“夜班食堂”的说法",)),
        ("哪些城市有半夜吃饭的地方？", 1, ("词表把“通宵食堂”列为“夜班食堂”的说法",)),
        ("哪些城市开办了“橙色护航”讲堂？", 3, ("原文写有“橙色护航”",)),
        ("哪些城市开展了水上安全竞赛？", 4, ("原文写有“水上”", "原文写有“安全”")),
        ("哪些城市建了夜班食堂？", 2, ()),
    ],
)
def test_reasons_say_what_made_a_clause_count(
    matcher: Matcher, query: str, clause: int, reasons: tuple[str, ...]
) -> None:
    assert inquiry(matcher, query).reasons(clause) == reasons


@pytest.mark.parametrize(
    ("query", "marked"),
    [
        ("哪些城市建了夜班食堂？", [["夜班食堂"], ["通宵食堂"]]),
        ("哪些城市开办了“橙色护航”讲堂？", [["橙色护航"]]),
        ("哪些城市种了水稻？", []),
    ],
)
def test_marks_are_the_words_of_the_topic(matcher: Matcher, query: str, marked: list[list[str]]) -> None:
    asked = inquiry(matcher, query)
    found = asked.matches()
    claims = matcher.index.claims(found.owners.tolist())
    spans = [
        (claims[number].text, asked.marks(claims[number], [clause]))
        for clause, number in zip(found.clauses.tolist(), found.owners.tolist(), strict=True)
    ]
    assert [[text[start:end] for start, end in sorted(set(ours))] for text, ours in spans] == marked


def test_what_one_inquiry_found_is_unknown_to_the_next(matcher: Matcher) -> None:
    first, second = inquiry(matcher, "哪些城市建了夜班食堂？"), inquiry(matcher, "哪些城市组织职工钓鱼？")
    assert first.matches().clauses.tolist() == [0, 1]
    assert second.matches().clauses.tolist() == [5]
    assert first.reasons(0) == ("原文写有“夜班食堂”",) and second.reasons(0) == ()


def test_what_is_nearest_may_fall_short_of_the_threshold(matcher: Matcher) -> None:
    asked = inquiry(matcher, "哪些城市开展船工安全演练和职工钓鱼？")
    near = asked.nearest(("宜昌市", "420500"), ["d"], 0.0)
    assert [match.confidence for match in near] == sorted((match.confidence for match in near), reverse=True)
    assert set(asked.matches().clauses.tolist()) < {match.clause for match in near}
    assert asked.nearest(("荆州市", "421000"), ["e"], 0.0) == []
