from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.corrections import HOW, applied, as_read, corrected, followed, read_title
from corpus.fields import FIELDS
from corpus.model import Correction, Document, Evidence, ParsedDocument, ParsedSource, Source


def document(source_id: str, ordinal: int, title: str, **fields: str) -> ParsedDocument:
    values = {"place": "", "place_code": "", "province": "", "level": "unknown", "type": "工作总结", "period": ""}
    values |= {"date": "", "meeting": "", "text": f"{title}\n建站十个。"} | fields
    made = Document(f"{source_id}-{ordinal:02d}", source_id, ordinal, title, **values)  # type: ignore[arg-type]
    evidence = tuple(
        Evidence(made.id, field, getattr(made, field), 0.5, "title", 0, len(title))
        for field in sorted(FIELDS)
        if getattr(made, field)
    )
    return ParsedDocument(made, (), (), (), evidence)


def source(name: str, origin: str, *documents: tuple[int, str], **fields: str) -> ParsedSource:
    made = tuple(document(name, ordinal, title, **fields) for ordinal, title in documents)
    return ParsedSource(Source(name, f"{name}.txt", origin, "utf-8", 1), b"", made, ())


def said(
    field: str, value: str, title: str = "春江总结", ordinal: int = 1, found: str = "", made: str = "2026-01-01"
) -> Correction:
    return Correction("s1", "/a", ordinal, title, field, value, found, made)


def test_a_place_brings_its_code_province_and_level() -> None:
    one = source("s1", "/a", (1, "春江总结")).documents[0]
    put_right = applied(one, [said("place", "江苏省南京市鼓楼区")])
    now = put_right.document
    assert (now.place, now.place_code, now.province, now.level) == ("鼓楼区", "320106", "江苏省", "county")
    by_field = {evidence.field: evidence for evidence in put_right.evidence}
    assert by_field["place"] == Evidence(now.id, "place", "鼓楼区", 1.0, HOW, 0, 0)
    assert by_field["level"].how == HOW
    assert by_field["type"].how == "title"
    assert as_read(put_right) == one


def test_a_level_that_was_said_stands_against_that_of_the_place() -> None:
    one = source("s1", "/a", (1, "春江总结")).documents[0]
    assert applied(one, [said("place", "荆州市"), said("level", "department")]).document.level == "department"


VALUES = st.fixed_dictionaries(
    {},
    optional={
        "title": st.text("春江", min_size=1),
        "place": st.sampled_from(["", "荆州市", "江苏省南京市鼓楼区", "北山集团工会"]),
        "level": st.sampled_from(["city", "enterprise", "unknown"]),
        "date": st.sampled_from(["", "2023", "2023-10-24"]),
        "speaker": st.text("甲乙"),
    },
)


@given(VALUES, VALUES, VALUES)
def test_corrections_lie_over_what_was_read(
    read: dict[str, str], first: dict[str, str], second: dict[str, str]
) -> None:
    one = document("s1", 1, **({"title": "春江总结"} | read))
    before = [said(field, value) for field, value in first.items()]
    after = [said(field, value) for field, value in second.items()]
    made = applied(applied(one, before), after)
    assert made == applied(one, after)
    assert applied(made, after) == made
    assert as_read(made) == one
    assert read_title(made) == one.document.title
    for field, value in second.items():
        assert field == "place" or getattr(made.document, field) == value
    assert {e.field for e in made.evidence if e.how == HOW} == {r.field for r in made.readings} & FIELDS.keys()


@pytest.mark.parametrize(
    "again",
    [
        pytest.param(source("s1", "/a", (1, "春江总结")), id="the same file"),
        pytest.param(source("s1", "/b", (1, "春江总结")), id="renamed"),
        pytest.param(source("s2", "/a", (1, "春江总结")), id="changed"),
        pytest.param(source("s2", "/a", (1, "秋江总结"), (2, "春江总结")), id="changed, another report before it"),
        pytest.param(source("s1", "/b", (1, "完全两样")), id="same bytes, the title read otherwise"),
        pytest.param(source("s2", "/a", (1, "春江市总结")), id="changed, the title a little"),
    ],
)
def test_a_report_is_found_again(again: ParsedSource) -> None:
    correction = said("date", "2023")
    (found,) = [d for d in corrected(again, [correction]).documents if d.readings]
    assert found.document.date == "2023"
    (new,) = followed(again, [correction]).values()
    assert new is not None
    assert (new.source_id, new.origin) == (again.source.id, again.source.origin)
    assert (new.ordinal, new.title) == (found.document.ordinal, found.document.title)
    # From here on the report is followed under its new key.
    assert followed(again, [new]) == {new: new}


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(source("s2", "/b", (1, "春江总结")), id="another file"),
        pytest.param(source("s2", "/a", (1, "冬湖市二〇二四年汇报")), id="another report at the same place"),
        pytest.param(
            source("s2", "/a", (1, "春江市总结"), date="2021"), id="a like title, but the field reads otherwise"
        ),
        pytest.param(source("s2", "/a", (2, "春江市总结")), id="a like title at another place"),
    ],
)
def test_another_report_inherits_nothing(other: ParsedSource) -> None:
    assert corrected(other, [said("date", "2023")]) == other
    assert followed(other, [said("date", "2023")]) == {}


def test_reports_of_one_title_are_told_apart_by_their_place_or_left_alone() -> None:
    corrections = [said("date", "2021", ordinal=1), said("date", "2022", ordinal=2)]
    same = source("s1", "/a", (1, "春江总结"), (2, "春江总结"))
    assert [d.document.date for d in corrected(same, corrections).documents] == ["2021", "2022"]
    changed = source("s2", "/a", (1, "春江总结"), (2, "春江总结"), date="2020")
    assert corrected(changed, corrections) == changed
    fewer = source("s2", "/a", (1, "春江总结"))
    assert [d.document.date for d in corrected(fewer, corrections).documents] == ["2021"]


def test_what_was_said_last_holds() -> None:
    early, late = said("date", "2021", made="2026-01-01"), replace(said("date", "2022", made="2026-01-02"), origin="/b")
    for order in ([early, late], [late, early]):
        again = source("s1", "/c", (1, "春江总结"))
        assert corrected(again, order).documents[0].document.date == "2022"
        assert followed(again, order)[early] is None
