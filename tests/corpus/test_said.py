"""What documents claim, read piece by piece: shown documents only, in reading order, nothing that isn't there."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.model import Claim, Document, Fact, ParsedDocument, ParsedSource, Source
from corpus.said import Doer, Manner, Said, by_id, facts_within, headers, said
from corpus.store import Store


def document(identity: str, text: str, same_as: str = "") -> Document:
    return Document(
        identity, "s", int(identity[1:]), "标题", "宜昌市", "420500", "湖北省", "city", "", "", "", "", text,
        same_as=same_as,
    )  # fmt: skip


def claim(identity: str, document_id: str, start: int, text: str, place: str = "宜昌市") -> Claim:
    return Claim(
        identity, document_id, "p", "", text, start, start + len(text), place, "", "city", "", "document", "done"
    )


def fact(identity: str, of: Claim, start: int, end: int) -> Fact:
    return Fact(
        identity, of.id, of.document_id, "p", "食堂", 3, None, "座", "", "done", "宜昌市", "", start, end
    )  # fmt: skip


CLAIMS = (
    claim("c2", "d1", 9, "办起夜校2所。"),
    claim("c1", "d1", 0, "建成食堂3座。"),
    replace(claim("c3", "d1", 20, "尚未建成码头。", "孝感市"), polarity="denied"),
    claim("c4", "d2", 0, "建成食堂3座。"),
)
FACTS = (fact("f1", CLAIMS[1], 4, 6), fact("f2", CLAIMS[0], 13, 15), fact("f3", CLAIMS[3], 4, 6))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    documents = (document("d1", "正文"), document("d2", "正文", same_as="d1"))
    parsed = tuple(ParsedDocument(made, (), (), ()) for made in documents)
    with Store.open(tmp_path, create=True) as made:
        made.put_source(ParsedSource(Source("s", "名", "名", "utf-8", 2), b"", parsed, ()))
        made.put_claims(CLAIMS, FACTS)
        yield made


def test_what_is_said_comes_in_reading_order(store: Store) -> None:
    doer, manner = Doer("宜昌市", "", "city"), Manner("document", "done", "", "", "", figured=True)
    assert list(said(store, "affirmed", ["d1"])) == [
        Said("c1", "d1", 0, 7, "建成食堂3座。", doer, manner),
        Said("c2", "d1", 9, 16, "办起夜校2所。", doer, manner),
    ]
    assert [(claim.doer.place, claim.manner.figured) for claim in said(store, "denied", ["d1"])] == [("孝感市", False)]


def test_claims_by_id(store: Store) -> None:
    assert by_id(store, Claim, ["c3", "gone", "c1", "c1"]) == {"c3": CLAIMS[2], "c1": CLAIMS[1]}
    assert by_id(store, Claim, []) == {}


def test_facts_within_spans(store: Store) -> None:
    both, second, none = ("d1", 0, 15), ("d1", 9, 16), ("d1", 5, 14)
    assert facts_within(store, [second, both, none, both]) == {both: list(FACTS[:2]), second: [FACTS[1]]}


def test_headers_lack_the_text_only(store: Store) -> None:
    assert headers(store) == [replace(shown, text="") for shown in store.shown(Document)]
