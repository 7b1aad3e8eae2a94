"""Which terms an editor should look at, in which order, and why."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.model import Definition, Document, Edit, Glossary, Mention, Repair, Term
from corpus.store import Store
from graph.candidates import Candidate, candidates, counted, looked_at

TEXT = "开办“夜灯书场”，“夜灯书场”进车间。“暖巷”也来。"
OFFICIAL = "职工书屋"  # named by the lexicon


def term(identity: str, label: str, *aliases: str) -> Term:
    return Term(identity, label, "brand", "unexplained", aliases)


def mention(identity: str, document: str = "s-01", at: int = 3, length: int = 4) -> Mention:
    return Mention(identity, document, "", at, at + length)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path, create=True) as store, store.write():
        store._db.execute("INSERT INTO source VALUES ('s', '甲.txt', '甲.txt', 'utf-8', 1, 0, '', x'')")
        for ordinal in (1, 2):
            place = ("甲", "", "", "", "city", "", "", "", "", TEXT)
            store.insert([Document(f"s-0{ordinal}", "s", ordinal, *place)])  # type: ignore[arg-type]
        yield store


def found(
    store: Store, *terms: Term, mentions: tuple[Mention, ...] = (), said: tuple[Definition, ...] = ()
) -> list[Candidate]:
    store.put_glossary(Glossary(terms, said, (), mentions))
    return list(candidates(store))


def definition(identity: str, strength: str) -> Definition:
    return Definition(f"d{identity}", identity, TEXT[:11], (), strength, "purpose", "", "s-01", "", 0, 11)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("label", "reason"),
    [
        ("夜灯书场", "once"),
        ("一起学、一起干、一起享", "sentence"),
        ("把方便送到每一位夜班职工身边", "sentence"),
        ("暖巷", "short"),
        ("3+5", "short"),
    ],
)
def test_why_a_name_is_one(library: Store, label: str, reason: str) -> None:
    (candidate,) = found(library, term("1", label), mentions=(mention("1"),))
    assert reason in candidate.reasons and (candidate.documents, candidate.mentions) == (1, 1)
    assert candidate.where == mention("1")


def test_what_is_sure_is_none(library: Store) -> None:
    explained, named, alias = term("1", "夜灯书场"), term("2", OFFICIAL), term("3", "读书角落", OFFICIAL)
    assert found(library, explained, named, alias, said=(definition("1", "explained"),)) == []
    (candidate,) = found(library, explained, said=(definition("1", "described"),))
    assert "described" in candidate.reasons and candidate.where is None


def test_what_most_documents_use_comes_first(library: Store) -> None:
    held = (mention("1"), mention("2"), mention("2", "s-02"), mention("3"), mention("3", at=10))
    order = found(library, term("1", "夜灯书场"), term("2", "南桥茶摊"), term("3", "北渡口讲堂"), mentions=held)
    assert [(c.term.label, c.reasons[-1]) for c in order] == [
        ("南桥茶摊", "used"),
        ("北渡口讲堂", "one"),
        ("夜灯书场", "once"),
    ]
    assert counted(order) == {"once": 1, "one": 1, "used": 1}


def test_a_name_in_a_doubtful_place(library: Store) -> None:
    library.insert([Repair("s", "s-01", 1, "garbled", 3, 5, 3, 5, "", "", True, "看不清")])
    (candidate,) = found(library, term("1", "夜灯书场"), mentions=(mention("1"),))
    assert "doubtful" in candidate.reasons
    (candidate,) = found(library, term("1", "夜灯书场"), mentions=(mention("1"), mention("1", at=9)))
    assert "doubtful" not in candidate.reasons and candidate.where == mention("1", at=9)


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("夜灯书场", "夜灯书扬", True),
        ("夜灯书场", "夜灯大书场", False),  # 大 tells things apart
        ("夜灯书场", "夜明灯书场", True),
        ("三送行动", "四送行动", False),
        ("市级书场", "县级书场", False),
        ("书场", "书扬", False),  # too short
        ("职工夜读会", "夜读会", True),  # graph.likeness
    ],
)
def test_names_that_look_alike(library: Store, one: str, other: str, alike: bool) -> None:
    first, second = sorted(found(library, term("1", one), term("2", other)), key=lambda c: c.term.id)
    assert (first.alike, second.alike) == ((other, one) if alike else ("", ""))
    assert ("alike" in first.reasons) is alike


def test_an_edit_that_holds_says_that_somebody_looked() -> None:
    terms = [term("1", "夜灯书场", "夜灯"), term("2", "南桥茶摊"), term("3", "北渡口讲堂"), term("4", "西院", "东院")]
    said = [
        Edit(1, "b", "confirm", "夜灯书场", "", "", "", "2026"),
        Edit(2, "b", "confirm", "南桥茶摊", "alias_shared:0123456789abcdef", "", "", "2026"),
        Edit(3, "b", "confirm", "北渡口讲堂", "", "", "", "2026", "2026"),
        Edit(4, "b", "merge", "东院", "西院", "", "", "2026"),
        Edit(5, "b", "confirm", "没有", "", "", "", "2026", "", "术语表里没有“没有”。"),
    ]
    assert looked_at(said, terms) == {"1", "4"}
