"""Facts: which figures are not to be trusted, where they stand, what they are told of."""

from collections import defaultdict
from pathlib import Path

import pytest

from corpus.model import Claim, ClaimStatus, Document, ParsedDocument, Passage, Repair, Section
from corpus.store import Store
from graph.claims import extract_claims
from graph.facts import extract_facts
from ingest.parse import parse_source


def claim(text: str, start: int = 0, status: ClaimStatus = "done") -> Claim:
    return Claim("c", "d", "p", "", text, start, start + len(text), "宜昌市", "420500", "city", "", "document", status)


def doubt(start: int, end: int) -> Repair:
    return Repair("s", "d", 0, "garbled", start, end, start, end, "", "", True, "看不清")


def test_offsets_count_in_the_document() -> None:
    (fact,) = extract_facts(claim("建成驿站75个。", start=400))
    assert (fact.start, fact.end) == (404, 407)


def test_a_plan_is_a_target() -> None:
    assert [fact.tense for fact in extract_facts(claim("力争建成驿站75个", status="planned"))] == ["target"]
    assert [fact.tense for fact in extract_facts(claim("建成驿站75个"))] == ["done"]


@pytest.mark.parametrize(
    ("repair", "count"),
    [
        (doubt(4, 6), 1),
        (doubt(3, 5), 1),
        (doubt(7, 7), 1),
        (doubt(0, 2), 2),
        (doubt(11, 12), 1),
        (doubt(3, 4), 1),
        (doubt(7, 8), 1),
    ],
    ids=["covers", "overlaps", "lost beside it", "elsewhere", "covers the other", "masked before", "garbled after"],
)
def test_doubtful_numbers_say_why(repair: Repair, count: int) -> None:
    facts = extract_facts(claim("建成驿站75个、食堂20家"), [repair])
    assert len(facts) == 2
    assert [fact.doubtful for fact in facts if fact.doubtful] == ["看不清"] * (2 - count)


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("筹集资金亿元，走访企业900家。", ["900家"]),
        ("新建驿站□□6个，惠及职工3万人。", ["3万人"]),
        ("新建驿站6\ufffd\ufffd个，惠及职工3万人。", ["3万人"]),
        ("表彰劳动模范名、先进集体12个。", ["12个"]),
        ("会员增加●●5万人，签订率达%以上。", []),
        ("建成书屋120家近年来，阅读蔚然成风，办班7期。", ["7期"]),
        ("新建驿站6个，惠及职工3万人。", ["6个", "3万人"]),
    ],
)
def test_no_figure_of_a_claim_comes_from_a_doubtful_number(tmp_path: Path, sentence: str, told: list[str]) -> None:
    path = tmp_path / "总结.txt"
    path.write_text(f"宜昌市总工会工作总结\n\n一、主要工作\n\n{sentence}\n\n二、其他工作\n\n走访职工。\n", "utf-8")
    (document,) = parse_source(path).documents
    claims, facts = extract_claims(document)
    assert claims
    text = document.document.text
    assert [text[fact.start : fact.end] for fact in facts if not fact.doubtful] == told


def test_no_figure_of_the_corpus_touches_what_is_doubtful(corpus_store: Store) -> None:
    doubtful: dict[str, list[Repair]] = defaultdict(list)
    for repair in corpus_store.select(Repair, doubtful=True):
        doubtful[repair.document_id].append(repair)
    for document in corpus_store.select(Document):
        parsed = ParsedDocument(
            document,
            tuple(corpus_store.select(Section, document_id=document.id)),
            tuple(corpus_store.select(Passage, document_id=document.id)),
            tuple(corpus_store.select(Repair, document_id=document.id)),
        )
        for fact in extract_claims(parsed)[1]:
            touched = [r for r in doubtful[document.id] if r.start <= fact.end and fact.start <= r.end]
            assert bool(fact.doubtful) == bool(touched)
            assert all(repair.reason in fact.doubtful for repair in touched)
