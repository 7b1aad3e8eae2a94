"""The table of figures, by place and term; invented reports."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.model import (
    Document,
    Glossary,
    Level,
    Mention,
    ParsedDocument,
    ParsedSource,
    Passage,
    Repair,
    Source,
    Term,
    digest,
)
from corpus.store import Store
from graph.claims import extract_claims
from graph.measures import comparable
from search.errors import UnitsDiffer
from search.fact_query import FactQuery
from search.facts import FactTable

REPORTS: tuple[tuple[str, str, Level, str], ...] = (
    ("宜昌市", "420500", "city", "建成夜班食堂12座。兴山县、远安县总工会培训船工2.6万人次。"),
    ("湖北省", "420000", "province", "为农民工讨薪7.6亿元。襄阳市建成夜班食堂45座。"),
    ("恩施州教育工会", "422800", "department", "为教师体检3100人。"),
    ("长河集团工会", "", "enterprise", "建成午休舱66个。"),
)
MORE = (
    "投入资金800万元，建会率达95%，同比提高3个百分点。津贴由200元提高到1.5千元。综合考核居全国第二。选派2名至4名技师。"
)


@pytest.fixture
def facts(tmp_path: Path) -> Iterator[FactTable]:
    with Store.open(tmp_path, create=True) as made:
        with made.write():
            for place, code, level, text in REPORTS:
                key = digest(place)
                document = Document(f"{key}-0", key, 0, f"{place}报告", place, code, "", level, "", "", "", "", text)
                passage = Passage(f"{key}p", document.id, "", 0, text, 0, len(text), 0, 0, ())
                parsed = ParsedDocument(document, (), (passage,), ())
                made.put_source(ParsedSource(Source(key, place, place, "utf-8", 1), b"", (parsed,), ()))
                made.put_claims(*extract_claims(parsed))
        yield FactTable(made)


@pytest.mark.parametrize(
    ("place", "values"),
    [
        ("宜昌市", {12, 2.6}),
        ("宜昌", {12, 2.6}),
        ("宜昌市总工会", {12, 2.6}),
        ("兴山县", {2.6}),
        ("远安县", {2.6}),
        ("湖北省", {7.6, 45}),
        ("襄阳", {45}),
        ("恩施州", {3100}),
        ("长河集团", {66}),
        ("长河集团工会", {66}),
        ("岳阳市", set()),
        ("", {12, 2.6, 7.6, 45, 3100, 66}),
    ],
)
def test_by_place(facts: FactTable, place: str, values: set[float]) -> None:
    assert {row.fact.value for row in facts.rows(place)} == values


def test_by_term(facts: FactTable) -> None:
    rows = facts.rows(term="夜班食堂")
    assert {(row.fact.value, row.title) for row in rows} == {(12, "宜昌市报告"), (45, "湖北省报告")}
    assert all("夜班食堂" in row.sentence for row in rows)
    assert [row.fact.value for row in facts.rows("湖北省", "夜班食堂")] == [45]


def test_limit(facts: FactTable) -> None:
    assert len(facts.rows(limit=2)) == 2


@pytest.fixture
def figures(tmp_path: Path) -> Iterator[FactTable]:
    """Figures of every kind, a doubtful one among them."""
    with Store.open(tmp_path / "more", create=True) as made:
        with made.write():
            document = Document("k-0", "k", 0, "荆州市报告", "荆州市", "421000", "", "city", "", "", "", "", MORE)
            passage = Passage("kp", document.id, "", 0, MORE, 0, len(MORE), 0, 0, ())
            start = MORE.index("选派")
            doubt = Repair("k", document.id, 0, "mask", start + 2, start + 4, 0, 0, "", "", True, "看不清")
            parsed = ParsedDocument(document, (), (passage,), (doubt,))
            made.put_source(ParsedSource(Source("k", "k", "k", "utf-8", 1), b"", (parsed,), ()))
            made.put_claims(*extract_claims(parsed))
        yield FactTable(made)


@pytest.mark.parametrize(
    ("query", "written"),
    [
        (FactQuery(kind="money"), ["800万元"]),
        (FactQuery(kind="rate"), ["95%"]),
        (FactQuery(kind="change"), ["提高3个百分点", "200元提高到1.5千元"]),
        (FactQuery(kind="rank"), ["居全国第二"]),
        (FactQuery(least="1000元"), ["800万元", "200元提高到1.5千元"]),
        (FactQuery(least="1千元", most="1万元"), ["200元提高到1.5千元"]),
        (FactQuery(most="5"), ["提高3个百分点", "200元提高到1.5千元", "居全国第二"]),
        (FactQuery(least="800", most="800"), ["800万元"]),
        (FactQuery(term="津贴", least="1百元"), ["200元提高到1.5千元"]),
        (FactQuery(place="荆州", least="96%"), []),
        (FactQuery(place="宜昌"), []),
        (FactQuery(term="、"), []),
    ],
)
def test_conditions(figures: FactTable, query: FactQuery, written: list[str]) -> None:
    answer = figures.answer(query)
    assert [row.written for row in answer.facts] == written
    assert answer.total == len(written)


def test_sorted_by_value_within_a_unit(figures: FactTable) -> None:
    rows = figures.answer(FactQuery(order="value")).facts
    counted = [comparable(row.fact.value, row.fact.unit) for row in rows]
    assert counted == sorted(counted, key=lambda pair: (pair[0], -pair[1]))
    assert [unit for unit, _ in counted].count("元") == 2


def test_a_change_knows_its_beginning(figures: FactTable) -> None:
    (row,) = figures.answer(FactQuery(term="津贴")).facts
    assert (row.fact.base, row.fact.value, row.fact.unit) == (0.2, 1.5, "千元")
    assert (row.status, row.polarity) == ("done", "affirmed")


def test_doubtful_figures_stand_apart(figures: FactTable) -> None:
    answer = figures.answer(FactQuery())
    assert "2名至4名" not in [row.written for row in answer.facts]
    (figure,) = answer.doubtful
    assert (figure.written, figure.reason, figure.place) == ("2名至4名", "看不清", "荆州市")
    assert figure.fact is not None and figure.fact.value_max == 4
    assert figures.answer(FactQuery(place="宜昌")).doubtful == ()


def test_units_that_cannot_be_compared(figures: FactTable) -> None:
    with pytest.raises(UnitsDiffer, match="单位不同"):
        figures.answer(FactQuery(least="3家", most="5元"))


def test_rows_know_the_terms_of_their_claim(tmp_path: Path) -> None:
    """A term is found under any of its names, too."""
    text = "建成夜船驿站32个。夜船驿（船工之家）就是夜船驿站，共有长椅90条。"
    with Store.open(tmp_path / "terms", create=True) as made:
        with made.write():
            document = Document("k-0", "k", 0, "报告", "荆州市", "421000", "", "city", "", "", "", "", text)
            passage = Passage("kp", document.id, "", 0, text, 0, len(text), 0, 0, ())
            parsed = ParsedDocument(document, (), (passage,), ())
            made.put_source(ParsedSource(Source("k", "k", "k", "utf-8", 1), b"", (parsed,), ()))
            made.put_claims(*extract_claims(parsed))
            term = Term("t", "夜船驿站", "brand", "unexplained", ("船工之家",))
            mentions = tuple(
                Mention("t", document.id, "kp", start, start + 4)
                for start in (text.index("夜船驿站"), text.index("船工之家"))
            )
            made.put_glossary(Glossary(terms=(term,), mentions=mentions))
        table = FactTable(made)
        assert [row.terms for row in table.rows()] == [("夜船驿站",), ("夜船驿站",)]
        assert [row.fact.value for row in table.rows(term="船工之家")] == [32, 90]
