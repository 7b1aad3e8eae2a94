"""Suggestions while typing."""

from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.answers import SuggestionKind
from search.suggest import CAPS, Name, Names, Suggester, build, spellings


@pytest.fixture(scope="module")
def suggester(named: Names) -> Suggester:
    return Suggester(named)


@pytest.mark.parametrize(
    ("typed", "label", "kind"),
    [
        ("职工书屋", "职工书屋", "term"),
        ("职", "职工书屋", "term"),
        ("書屋", "职工书屋", "term"),
        ("zgsw", "职工书屋", "term"),
        ("zhigongshu", "职工书屋", "term"),
        ("zhigsw", "职工书屋", "term"),
        ("职gong书w", "职工书屋", "term"),
        ("四da", "四大工程", "term"),
        ("4大", "四大工程", "term"),
        ("三送", "三送行动", "term"),
        ("１＋", "1+3", "term"),
        ("发绿豆", "送清凉", "topic"),
        ("高温", "高温慰问", "topic"),
        ("cq", "重庆市", "place"),
        ("chongq", "重庆市", "place"),
        ("宜昌", "宜昌市", "place"),
        ("一线", "关爱一线职工", "heading"),
        ("shuwu", "职工书屋", "term"),
        ("青禾", "青禾市总工会工作总结", "document"),
    ],
)
def test_the_first_suggestion(suggester: Suggester, typed: str, label: str, kind: str) -> None:
    found = suggester.suggest(typed)
    assert (found[0].label, found[0].kind) == (label, kind)


@pytest.mark.parametrize("typed", ["", "，", "qqqq", "\x00", "zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz", "月亮"])
def test_nothing_to_suggest(suggester: Suggester, typed: str) -> None:
    assert suggester.suggest(typed) == ()


def test_what_begins_with_it_goes_before_what_holds_it(suggester: Suggester) -> None:
    labels = [one.label for one in suggester.suggest("职工")]
    assert labels == ["职工书屋", "职工书吧", "关爱一线职工"]


def test_none_is_suggested_twice(suggester: Suggester) -> None:
    labels = [one.label for one in suggester.suggest("三送")]
    assert labels == ["三送行动"]


def test_no_kind_takes_all_the_room(tmp_path: Path) -> None:
    many = [Name(f"工会{a}{b}", "term", "", 9) for a in "甲乙丙丁" for b in "子丑寅卯"]
    few = [Name("工会大事", "heading", "", 1), Name("工会驿站", "topic", "", 1)]
    build(tmp_path, [*many, *few], {})
    kinds = [one.kind for one in Suggester(Names(tmp_path)).suggest("工会", 10)]
    assert len(kinds) == 10 and {"heading", "topic"} <= set(kinds)
    assert Suggester(Names(tmp_path)).suggest("工会", 0) == ()


def test_every_kind_has_its_share() -> None:
    assert set(CAPS) == set(get_args(SuggestionKind))


@given(typed=st.text(max_size=30) | st.text("职工书屋abcgzhsiou1+", max_size=20), limit=st.integers(1, 12))
def test_whatever_is_typed_there_are_no_more_than_asked_for(named: Names, typed: str, limit: int) -> None:
    found = Suggester(named).suggest(typed, limit)
    assert len(found) <= limit and len({one.label for one in found}) == len(found)


def test_what_was_spelt_before_is_not_spelt_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = [Name("职工书屋", "term", "", 2), Name("重庆市", "place", "", 1, "重庆"), Name("“三送”行动", "term", "", 1)]
    before, after = tmp_path / "before", tmp_path / "after"
    before.mkdir()
    after.mkdir()
    build(before, names, {"职工书屋": "zhi gong shu wu"})
    monkeypatch.delattr("search.suggest.spell")
    build(after, names, spellings(before))
    for path in before.iterdir():
        assert (after / path.name).read_bytes() == path.read_bytes()
