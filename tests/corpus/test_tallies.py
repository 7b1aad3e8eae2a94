"""What a library holds, counted: of near copies nothing, unless all documents are asked for; every count is that of the
records themselves."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.model import (
    Claim,
    Definition,
    Document,
    Glossary,
    Mention,
    ParsedDocument,
    ParsedSource,
    Passage,
    Repair,
    Source,
    Term,
)
from corpus.store import Store
from corpus.tallies import (
    NEVER,
    Stand,
    Use,
    mentions_of,
    only_there,
    sections_of_definitions,
    senses,
    standing,
    tally,
    usage,
    usage_of,
)

#: d3 is a near copy of d1.
DOCUMENTS = ("d1", "d2", "d3")
TERMS = ("t1", "t2", "t3", "t4")


def parsed(identity: str) -> ParsedDocument:
    document = Document(
        identity, "s", int(identity[1:]), "标题", "宜昌市", "420500", "湖北省", "city", "", "", "", "", "正文",
        same_as="d1" if identity == "d3" else "",
    )  # fmt: skip
    passage = Passage(f"p-{identity}", identity, f"s-{identity}", 0, "正文", 0, 2, 0, 2, ())
    repairs = tuple(
        Repair("s", identity, i, kind, 0, 1, 0, 1, "正", "正", doubtful, "")
        for i, (kind, doubtful) in enumerate((("line_join", False), ("line_join", False), ("lost_number", True)))
    )
    return ParsedDocument(document, (), (passage,), repairs)


def claim(identity: str, document_id: str, status: str) -> Claim:
    return Claim(
        identity, document_id, "p", "", "正文", 0, 2, "宜昌市", "", "city", "", "document", status  # type: ignore[arg-type]
    )  # fmt: skip


def definition(identity: str, term: str, document: str, sense: int) -> Definition:
    return Definition(
        identity, term, "正文", (), "explained", "colon", "", document, f"p-{document}", 0, 2, sense, False
    )  # fmt: skip


MENTIONS = (
    Mention("t1", "d1", "p-d1", 0, 2),
    Mention("t1", "d1", "p-d1", 5, 7),
    Mention("t1", "d2", "p-d2", 3, 4),
    Mention("t2", "d2", "p-d2", 3, 6),
    Mention("t2", "d2", "p-d2", 3, 5),
    Mention("t3", "d2", "p-d2", 1, 2),
    Mention("t3", "d3", "p-d3", 0, 2),
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path, create=True) as made:
        source = Source("s", "名", "名", "utf-8", 2)
        made.put_source(ParsedSource(source, b"", tuple(map(parsed, DOCUMENTS)), ()))
        made.put_claims((claim("c1", "d1", "done"), claim("c2", "d2", "done"), claim("c3", "d3", "planned")), ())
        terms = tuple(Term(identity, f"名{identity}", "concept", "explained", ()) for identity in TERMS)
        definitions = (
            definition("x1", "t1", "d1", 1), definition("x2", "t1", "d2", 2), definition("x3", "t1", "d3", 3)
        )  # fmt: skip
        made.put_glossary(Glossary(terms, definitions, (), MENTIONS))
        yield made


def test_values_are_counted_with_and_without_near_copies(store: Store) -> None:
    assert tally(store, Claim, "status") == {("done",): 2, ("planned",): 1}
    assert tally(store, Claim, "status", shown=True) == {("done",): 2}
    assert tally(store, Document, "place", "level", shown=True) == {("宜昌市", "city"): 2}
    assert tally(store, Repair, "kind", "doubtful") == {("line_join", False): 6, ("lost_number", True): 3}


def test_what_a_class_does_not_have_is_not_counted(store: Store) -> None:
    with pytest.raises(TypeError, match="colour"):
        tally(store, Claim, "colour")


def test_uses_are_those_of_documents_that_are_shown(store: Store) -> None:
    assert usage(store) == {"t1": Use(2, 3), "t2": Use(1, 2), "t3": Use(1, 1)}
    assert usage_of(store, "t3") == Use(2, 2)
    assert usage_of(store, "t4") == NEVER


def test_mentions_of_a_term_come_in_reading_order(store: Store) -> None:
    assert [(m.document_id, m.start, m.end) for m in mentions_of(store, "t2")] == [("d2", 3, 5), ("d2", 3, 6)]
    assert list(mentions_of(store, "t1")) == list(MENTIONS[:3])
    assert [m.document_id for m in mentions_of(store, "t3")] == ["d2"]


def test_terms_of_one_document_come_in_the_order_they_come_up(store: Store) -> None:
    assert only_there(store) == {"d2": ["t3", "t2"]}


def test_where_terms_stand_first_in_documents(store: Store) -> None:
    assert list(standing(store, ["d2", "d1"])) == [
        Stand("d2", "t1", 1, 3, 4),
        Stand("d2", "t2", 2, 3, 5),
        Stand("d2", "t3", 1, 1, 2),
        Stand("d1", "t1", 2, 0, 2),
    ]


def test_senses_and_sections_of_definitions(store: Store) -> None:
    assert senses(store) == {"t1": 2}
    assert sections_of_definitions(store) == {"x1": "s-d1", "x2": "s-d2", "x3": "s-d3"}


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sets(
        st.tuples(st.sampled_from(TERMS), st.sampled_from(DOCUMENTS), st.integers(0, 4), st.integers(1, 3)), max_size=25
    )
)
def test_what_is_counted_is_what_the_records_tell(store: Store, places: set[tuple[str, str, int, int]]) -> None:
    made = {Mention(term, document, "p", start, start + size) for term, document, start, size in places}
    with store.write():
        store.query("DELETE FROM mention")
        store.insert(made)
    shown = store.shown(Mention)
    held: dict[str, list[str]] = {}
    for mention in shown:
        held.setdefault(mention.term_id, []).append(mention.document_id)
    assert usage(store) == {term: Use(len(set(found)), len(found)) for term, found in held.items()}
    alone: dict[str, list[str]] = {}
    for term, found in held.items():
        if len(set(found)) == 1:
            alone.setdefault(found[0], []).append(term)
    assert only_there(store) == alone
    first = {(m.document_id, m.term_id): m for m in reversed(shown)}
    assert {(s.document_id, s.term_id): (s.start, s.end) for s in standing(store, ("d1", "d2"))} == {
        key: (m.start, m.end) for key, m in first.items()
    }
