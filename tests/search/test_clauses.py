"""The clauses of claims on disk: their texts, whose they are, and where pairs of characters stand."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.said import Doer, Manner, Said
from search.analyzer import squeeze
from search.clauses import ClauseTable, bare_units, build, distinct, pairs, text_of, units

DOER, MANNER = Doer("宜昌市", "420500", "city"), Manner("document", "done", "", "", "", False)


def said(number: int, text: str, start: int, document: str = "d") -> Said:
    return Said(str(number), document, start, start + len(text), text, DOER, MANNER)


@pytest.fixture
def table(tmp_path: Path) -> ClauseTable:
    build(tmp_path, [said(0, "建“灯塔”，修船坞；", 0), said(1, "职工会灯塔。", 10), said(2, "办渔市。", 40, "e")])
    return ClauseTable([tmp_path])


def test_clauses_are_squeezed_and_know_their_claims(table: ClauseTable) -> None:
    assert table.texts(0, len(table)) == ["建灯塔", "修船坞", "职工会灯塔", "办渔市"]
    assert table.owners.tolist() == [0, 0, 1, 2]
    assert [identity.decode() for identity in table.ids] == ["0", "1", "2"]
    assert table.doer_names == [DOER] and table.document_ids == ["d", "e"]


def test_items_of_a_list_are_of_one_sentence(table: ClauseTable) -> None:
    assert table.sentences.tolist() == [0, 0, 2]


def test_postings_tell_text_from_bare_text(table: ClauseTable) -> None:
    assert table.postings(int(pairs(units("灯塔"))[0])).tolist() == [2 * 0, 2 * 2]
    assert table.postings(int(pairs(units("会灯"))[0])).tolist() == [2 * 2]
    assert table.postings(int(pairs(units("塔船"))[0])).tolist() == []


def test_what_only_the_bare_text_has(tmp_path: Path) -> None:
    build(tmp_path, [said(0, "灯塔工会守望者", 0)])
    table = ClauseTable([tmp_path])
    assert table.postings(int(pairs(units("塔守"))[0])).tolist() == [1]
    assert table.postings(int(pairs(units("塔工"))[0])).tolist() == [0]


def test_a_library_without_claims_has_no_clauses(tmp_path: Path) -> None:
    build(tmp_path, [])
    table = ClauseTable([tmp_path])
    assert len(table) == 0 and table.postings(1).tolist() == []


def test_gathered_clauses_stand_between_zeros(table: ClauseTable) -> None:
    assert text_of(table.gather(np.array([1, 3], np.int32))) == "\0修船坞\0办渔市\0"


def test_distinct() -> None:
    assert distinct(np.array([1, 1, 2, 5, 5], np.int32)).tolist() == [1, 2, 5]


@given(st.text(alphabet="职工会灯塔𠮷"))
def test_bare_units_are_those_of_the_bare_text(text: str) -> None:
    codes = units(text)
    assert text_of(codes) == text
    if len(codes) > 1:
        assert text_of(codes[bare_units(codes)]) == text.replace("职工", "\0\0").replace("工会", "").replace("\0", "")


@given(st.lists(st.text(alphabet="灯塔船坞，；。“”· A１"), max_size=6))
def test_texts_are_what_stands_between_separators(tmp_path_factory: pytest.TempPathFactory, texts: list[str]) -> None:
    folder = tmp_path_factory.mktemp("clauses")
    build(folder, [said(number, text, 100 * number) for number, text in enumerate(texts)])
    table = ClauseTable([folder])
    pieces = [squeeze(piece) for text in texts for piece in text.replace("；", "，").replace("。", "，").split("，")]
    assert table.texts(0, len(table)) == [piece for piece in pieces if piece]
