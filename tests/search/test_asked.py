"""Which terms are asked for, on counts made up for it."""

from collections.abc import Sequence
from itertools import islice

import pytest

from search.analyzer import content_grams, words
from search.asked import Asked, asked, rarity, without_parts


def ask(query: str, passages: int, **held: int) -> Asked:
    """What is asked for where the text and the words of passages hold terms so often, and no heading holds any."""
    return asked(
        query, passages, lambda field, terms: [0 if field == "heading" else held.get(term, 0) for term in terms]
    )


def of_text(found: Asked) -> list[str]:
    return [term for field, term in found.terms if field == "text"]


def test_the_characters_of_a_known_pair_are_not_asked_for() -> None:
    found = ask("职工书角", 1000, 职=180, 工=190, 书=30, 角=20, 职工=170, 工书=0, 书角=4)
    assert of_text(found) == ["书角", "职工"]
    assert found.everything == pytest.approx(2.2 * sum(rarity(1000, count) for count in (180, 190, 30, 20, 170, 0, 4)))


def test_a_character_that_no_known_pair_holds_is_asked_for() -> None:
    assert of_text(ask("热水壶", 1000, 热=30, 水=20, 壶=1, 热水=9)) == ["壶", "热水"]
    assert of_text(ask("壶", 1000, 壶=1)) == ["壶"]


def test_what_is_everywhere_is_asked_for_only_where_there_is_nothing_else() -> None:
    assert of_text(ask("职工书角", 1000, 职工=700, 书角=4)) == ["书角"]
    assert of_text(ask("职工", 1000, 职工=700)) == ["职工"]


def test_in_a_small_library_nothing_is_everywhere() -> None:
    assert set(of_text(ask("职工书角", 20, 职工=18, 书角=4))) == {"职工", "书角"}


def test_words_are_asked_for_beside_the_grams() -> None:
    found = ask("困难职工", 1000, **dict.fromkeys([*words("困难职工"), "困难", "难职", "职工"], 5))
    assert {term for field, term in found.terms if field == "words"} == set(words("困难职工"))


@pytest.mark.parametrize("query", ["", "，。", "龘靐"])
def test_nothing_to_ask_for(query: str) -> None:
    assert not ask(query, 1000, 职工=5).terms


def test_of_a_long_query_the_rarest_are_asked() -> None:
    kept = (sign for sign in map(chr, range(0x5000, 0x6000)) if content_grams(sign) == [sign])  # as they are written
    query = "".join(islice(kept, 400))
    pairs = {query[i : i + 2]: 1 + i for i in range(399)}
    found = of_text(ask(query, 100_000, **pairs, **dict.fromkeys(query, 500)))
    assert len(found) == 160 and found == sorted(found, key=pairs.__getitem__) and pairs[found[-1]] < 200


def test_rarer_is_more_telling() -> None:
    told: Sequence[float] = [rarity(100, count) for count in (0, 1, 50, 100)]
    assert list(told) == sorted(told, reverse=True) and told[-1] > 0


def test_runs_of_letters_are_kept_whole() -> None:
    assert without_parts(["app", "p", "下", "app下"], {"app下"}.__contains__) == ["app", "app下"]
