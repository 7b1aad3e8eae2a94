import pytest

from corpus.corrections import applied
from corpus.fields import FIELDS
from corpus.model import Correction, Document, Evidence, ParsedDocument
from corpus.record import WEAK, Field, record

TEXT = "春江市工作总结\n我们办起夜校。今年三月，春江市工会建成驿站三十个。此后推开。\n完。"


def report(confidence: float = 0.9) -> ParsedDocument:
    document = Document("s-01", "s", 1, "春江市工作总结", "", "", "", "unknown", "工作总结", "", "2023", "", TEXT)
    at = TEXT.index("三月")
    return ParsedDocument(document, (), (), (), (Evidence("s-01", "date", "2023", confidence, "body", at, at + 2),))


def fields(parsed: ParsedDocument, *corrections: Correction) -> dict[str, Field]:
    return {field.field: field for field in record(applied(parsed, corrections), corrections)}


def said(field: str, value: str) -> Correction:
    return Correction("s", "/a", 1, "春江市工作总结", field, value, "", "2026-01-01")


def test_every_field_is_told_with_the_sentence_it_was_read_in() -> None:
    told = fields(report())
    assert [*told] == [*FIELDS]
    date = told["date"]
    assert TEXT[date.start : date.end] == "今年三月，春江市工会建成驿站三十个。"
    assert (told["title"].start, told["title"].end) == (0, 0)


@pytest.mark.parametrize(("confidence", "doubt"), [(WEAK, ""), (WEAK - 0.1, "weak")])
def test_weak_evidence_is_doubted(confidence: float, doubt: str) -> None:
    assert fields(report(confidence))["date"].doubt == doubt


def test_what_is_missing_is_doubted_until_somebody_says() -> None:
    assert {f.field for f in fields(report()).values() if f.doubt == "missing"} == {"place", "level"}
    told = fields(report(0.1), said("place", "荆州市"), said("date", ""))
    assert not any(field.doubt for field in told.values())
    assert told["level"].follows and not told["place"].follows
    assert (told["place"].read, told["place"].value) == ("", "荆州市")
    # The evidence that is shown is that of the reading, not of the correction.
    assert told["date"].evidence == report(0.1).evidence[0]
    assert told["date"].correction == said("date", "")
