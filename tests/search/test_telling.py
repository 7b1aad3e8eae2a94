import pytest

from search.telling import GENERIC, GROUPS, core_pairs, cut, placed, says_more


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("住房问题", ["住房", "问题"]),
        ("快递员", ["快递员"]),
        ("维权站", ["维权站"]),
        ("办站", ["办", "站"]),
        ("", []),
    ],
)
def test_words_of_the_trade_come_off_and_words_for_people_stay_whole(text: str, words: list[str]) -> None:
    assert [word for word, _ in cut(text)] == words


def test_placed_words_make_up_the_text() -> None:
    text = "给快递员办夜校"
    assert "".join(text[start:end] for start, end, _, _ in placed(text)) == text
    assert all(text[start:end] == word for start, end, word, _ in placed(text))


def test_the_core_of_a_label_leaves_out_words_of_the_trade() -> None:
    assert core_pairs("夜校建设") == core_pairs("夜校")
    assert core_pairs("工会组织")  # nothing else is left: then the whole counts


@pytest.mark.parametrize(
    ("text", "says"), [("给快递员送水", False), ("送水", False), ("暑天送水", True), ("帮职工暑天送水", True)]
)
def test_only_telling_words_outside_count(text: str, says: bool) -> None:
    at = text.index("送水")
    assert says_more(placed(text), (at, at + 2)) is says


def test_no_word_is_of_both_kinds() -> None:
    assert not GENERIC & GROUPS
