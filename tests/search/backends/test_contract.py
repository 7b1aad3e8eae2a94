"""What every backend does: one suite for this machine, an embedded Milvus and a Milvus server on loopback."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.errors import DocumentNotFound
from reference import Reference
from search.answers import Filters
from search.backends.interface import Backend, Counts, Parcel, Ranked, Topic, Where
from search.backends.parcels import mark
from search.embedders import Embedder

Opening = Callable[[], Backend]
QUERIES = ("送清凉", "困难工友的米面油", "建成爱心妈咪小屋", "维护合法权益", "龘靐")
CONDITIONS = (
    Where(),
    Where(Filters(place="湖北省")),
    Where(Filters(place="宜昌、昆明")),
    Where(Filters(province="云南")),
    Where(Filters(province="湖北省、云南省", status="plan")),
    Where(Filters(level="province、unknown")),
    Where(Filters(type="综述")),
    Where(Filters(year="2022")),
    Where(Filters(year="2019-2021、2023")),
    Where(Filters(status="done", level="city")),
    Where(Filters(place="没有这个地方")),
    Where(holding=("爱心妈咪小屋",)),
    Where(holding=("“普惠”服务",)),
    Where(Filters(province="云南省"), holding=("职工",), lacking=("冰箱",)),
    Where(lacking=("送清凉", "走访慰问")),
)
TOPICS = (
    Topic(frozenset({"送清凉"}), 0.9),
    Topic(frozenset({"送温暖", "送清凉"}), 0.4),
    Topic(frozenset({"母婴室"}), 0.7),
)


def agree(backend: Backend, reference: Reference, embedder: Embedder, where: Where) -> None:
    """See that a backend finds what the reference does, in the same order as far as it is told."""
    wanted = reference.entries(where)
    assert list(backend.scan(where)) == wanted
    assert sorted(backend.matching(where, 50)) == sorted(entry.passage.id for entry in wanted)
    for query in QUERIES:
        found = backend.lexical(query, 50, where)
        assert set(found.ids) == reference.lexical(query, where)
        assert descending(found) and all(0 < score < 1.5 for score in found.scores)
        vector = embedder.encode_queries([query])[0]
        same(backend.dense(vector, 50, where), reference.dense(vector, where) if vector.any() else {})
    for topics in (TOPICS[:1], TOPICS):
        same(backend.speaking(topics, 50, where), reference.speaking(topics, where))


def same(found: Ranked, wanted: dict[str, float]) -> None:
    """See that the same passages were found, with the same scores, best first."""
    assert dict(zip(found.ids, found.scores.tolist(), strict=True)) == pytest.approx(wanted, abs=2e-3)
    assert descending(found)


def descending(found: Ranked) -> bool:
    return bool((np.diff(found.scores) <= 1e-6).all()) and len(found.ids) == len(set(found.ids))


@pytest.fixture
def reference(embedder: Embedder) -> Reference:
    return Reference(embedder)


@pytest.fixture
def filled(backend: Backend, reference: Reference, reports: tuple[Parcel, ...]) -> Backend:
    backend.put(reports)
    reference.put(reports)
    return backend


def test_an_empty_backend_finds_nothing(backend: Backend, reference: Reference, embedder: Embedder) -> None:
    assert backend.counts() == Counts(0, 0, 0, 0)
    assert backend.documents() == [] and list(backend.claims()) == [] and backend.entries(["x"]) == {}
    assert backend.examine() == []
    agree(backend, reference, embedder, Where())
    with pytest.raises(DocumentNotFound):
        backend.parcel("没有-0")


def test_what_is_put_comes_back_as_it_was(filled: Backend, reports: tuple[Parcel, ...]) -> None:
    assert [filled.parcel(one.document.id) for one in reports] == list(reports)
    headers = sorted((replace(one.document, text="") for one in reports), key=lambda one: (one.source_id, one.ordinal))
    assert filled.documents() == headers
    claims = [claim for one in sorted(reports, key=lambda one: one.document.id) for claim in one.claims]
    assert list(filled.claims()) == claims
    passages = sum(len(one.passages) for one in reports)
    assert filled.counts() == Counts(len(reports), passages, len(claims), passages - 1)
    marks = {one.document.id: mark(one) for one in reports}
    some = reports[1].document.id
    assert (filled.marks(), filled.marks([some, "没有-0"]), filled.marks([])) == (marks, {some: marks[some]}, {})
    doubtful = sorted(filled.doubtful(), key=lambda one: one.document_id)
    assert doubtful == [repair for one in sorted(reports, key=lambda one: one.document.id) for repair in one.repairs]
    assert filled.concepts() == {"送清凉", "送温暖", "根治欠薪", "母婴室"}
    assert filled.examine() == []


@pytest.mark.parametrize("where", CONDITIONS, ids=repr)
def test_conditions_take_away_what_does_not_meet_them(
    filled_once: tuple[Backend, Reference], embedder: Embedder, where: Where
) -> None:
    agree(*filled_once, embedder, where)


@pytest.fixture(scope="module", params=["local", "milvus-file", "milvus-server"])
def filled_once(
    request: pytest.FixtureRequest, module_openings: Callable[[str], Opening], embedder: Embedder,
    reports: tuple[Parcel, ...],
) -> Iterator[tuple[Backend, Reference]]:  # fmt: skip
    """A backend that tests only ask."""
    backend, reference = module_openings(request.param)(), Reference(embedder)
    backend.put(reports)
    reference.put(reports)
    return backend, reference


def test_passages_by_id(filled_once: tuple[Backend, Reference]) -> None:
    backend, reference = filled_once
    entries = {entry.passage.id: entry for entry in reference.entries()}
    assert backend.entries([*entries, "没有", *entries]) == entries


def test_terms_are_counted(filled_once: tuple[Backend, Reference]) -> None:
    backend, reference = filled_once
    asked = {
        "text": ["工", "清凉", "龘"],
        "heading": ["职工", "服务"],
        "words": ["职工", "报酬"],
        "label": ["送清凉", "无"],
    }
    for field, terms in asked.items():
        assert backend.spread(field, terms).tolist() == [reference.spread(field, term) for term in terms]


def test_rare_words_and_short_passages_come_first(filled_once: tuple[Backend, Reference]) -> None:
    backend, reference = filled_once
    texts = {entry.passage.id: entry.passage.text for entry in reference.entries()}
    assert "遮阳帽" in texts[backend.lexical("职工 遮阳帽", 1).ids[0]]
    first, second, *_ = (texts[one] for one in backend.lexical("送清凉", 9).ids)
    assert "送清凉" in first and "送清凉" in second and len(first) < len(second)


def test_no_more_than_was_asked_for(filled_once: tuple[Backend, Reference], embedder: Embedder) -> None:
    backend, _ = filled_once
    vector = embedder.encode_queries(["职工"])[0]
    for limit in (1, 3):
        for ask in (
            lambda most: backend.lexical("职工", most),
            lambda most: backend.dense(vector, most),
            lambda most: backend.speaking(TOPICS, most),
        ):
            assert len(ask(limit).ids) == limit and ask(limit).ids == ask(9).ids[:limit]


def test_a_vector_of_nothing_is_near_to_nothing(filled_once: tuple[Backend, Reference], embedder: Embedder) -> None:
    assert filled_once[0].dense(np.zeros(embedder.size, np.float32), 5).ids == []


def test_a_document_takes_the_place_of_the_one_with_its_id(
    filled: Backend, reference: Reference, longer: Callable[[int, str], Parcel], embedder: Embedder
) -> None:
    changed = longer(0, "又送清凉油到码头，并走访慰问摆渡人。")
    reference.put([changed])
    filled.put([changed])
    assert filled.parcel(changed.document.id) == changed
    agree(filled, reference, embedder, Where())
    assert filled.spread("text", ["渡人", "万名"]).tolist() == [1, 1]
    assert filled.examine() == []


def test_what_is_taken_out_leaves_nothing(
    filled: Backend, reference: Reference, reports: tuple[Parcel, ...], embedder: Embedder
) -> None:
    gone = [reports[0].document.id, "没有-0"]
    filled.remove(gone)
    reference.remove(gone)
    agree(filled, reference, embedder, Where())
    assert filled.spread("text", ["宜昌", "米面"]).tolist() == [0, 0]
    before = filled.generation
    assert filled.remove(["没有-0"]) == filled.generation == before
    filled.remove([one.document.id for one in reports])
    assert filled.counts() == Counts(0, 0, 0, 0) and filled.lexical("职工", 9).ids == []
    assert filled.examine() == []


def test_a_near_copy_is_kept_and_not_found(
    filled: Backend, reference: Reference, reports: tuple[Parcel, ...], embedder: Embedder
) -> None:
    copy = replace(reports[2], document=replace(reports[2].document, same_as=reports[0].document.id))
    filled.put([copy])
    reference.put([copy])
    agree(filled, reference, embedder, Where())
    assert filled.parcel(copy.document.id) == copy
    assert filled.counts() == Counts(4, 6, 6, 5)
    filled.put([reports[2]])  # what it repeated is gone
    reference.put([reports[2]])
    agree(filled, reference, embedder, Where())


def test_a_reader_sees_a_change_when_it_takes_it_up(opening: Opening, reports: tuple[Parcel, ...]) -> None:
    writer, reader = opening(), opening()
    first = writer.put(reports[:1])
    assert reader.generation == first and reader.refresh() == first
    assert len(list(reader.scan())) == 3
    second = writer.put(reports[1:2])
    assert reader.generation == second > first
    assert reader.refresh() == second
    assert {entry.passage.document_id for entry in reader.scan()} == {one.document.id for one in reports[:2]}
    third = opening()
    assert third.refresh() == second and third.counts() == reader.counts() == writer.counts()


def test_a_batch_that_breaks_off_is_never_seen(
    filled: Backend, reference: Reference, longer: Callable[[int, str], Parcel], embedder: Embedder
) -> None:
    changed = [longer(0, "码头添了风扇。"), longer(1, "桥头添了风扇。")]

    def torn() -> Iterator[Parcel]:
        yield changed[0]
        raise KeyboardInterrupt

    before = filled.generation
    with pytest.raises(KeyboardInterrupt):
        filled.put(torn())
    assert filled.generation == before
    agree(filled, reference, embedder, Where())
    filled.put(changed)  # once more, to the end
    reference.put(changed)
    agree(filled, reference, embedder, Where())
    assert filled.examine() == []


def test_what_all_was_brought_from_is_known_until_something_changes(
    opening: Opening, reports: tuple[Parcel, ...]
) -> None:
    backend = opening()
    assert backend.mirrored() == ""
    backend.put(reports[:2])
    backend.mirror("abc")
    other = opening()
    assert backend.mirrored() == other.mirrored() == "abc"
    other.put(reports[2:3])
    assert backend.mirrored() == other.mirrored() == ""


Change = tuple[str, int, str]
CHANGES = st.lists(
    st.tuples(
        st.sampled_from(["put", "remove", "copy"]), st.integers(0, 2), st.sampled_from(["", "又送清凉。", "龘靐。"])
    ),
    max_size=5,
)


@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=st.lists(CHANGES, min_size=1, max_size=3), condition=st.sampled_from(CONDITIONS))
def test_any_history_leaves_what_was_put_last(
    emptied: Opening, longer: Callable[[int, str], Parcel], embedder: Embedder, history: list[list[Change]],
    condition: Where,
) -> None:  # fmt: skip
    backend, reference = emptied(), Reference(embedder)
    backend.remove([document.id for document in backend.documents()])
    original = longer(3, "")  # what copies repeat; as long as there are any, it is there
    backend.put([original])
    reference.put([original])
    for changes in history:
        parcels: dict[str, Parcel] = {}
        gone: list[str] = []
        for what, number, further in changes:
            parcel = longer(number, further)
            if what == "remove":
                gone.append(parcel.document.id)
            else:
                same_as = original.document.id if what == "copy" else ""
                parcels[parcel.document.id] = replace(parcel, document=replace(parcel.document, same_as=same_as))
        backend.put(parcels.values())
        backend.remove(gone)
        reference.put(list(parcels.values()))
        reference.remove(gone)
        agree(backend, reference, embedder, condition)
    for field, term in (("text", "清凉"), ("heading", "职工"), ("words", "职工"), ("text", "龘")):
        assert backend.spread(field, [term]).tolist() == [reference.spread(field, term)]
    shown = reference.shown
    assert backend.counts() == Counts(
        len(reference.parcels),
        sum(len(one.passages) for one in shown),
        sum(len(one.claims) for one in shown),
        sum(bool(entry.wordings) for entry in reference.entries()),
    )
    assert backend.examine() == []


@pytest.fixture
def emptied(opening: Opening) -> Opening:
    """Always the same handle, which goes through many histories."""
    backend = opening()
    return lambda: backend
