from collections import Counter

from corpus.model import Mention
from graph.cooccurrence import MOST_PARTNERS, related


def mention(term: str, passage: str, start: int = 0) -> Mention:
    return Mention(term, "d", passage, start, start + 1)


def test_terms_that_always_stand_together_weigh_most() -> None:
    mentions = [mention(term, place) for place in ("1", "2", "3") for term in "ab"]
    mentions += [mention("c", place) for place in ("1", "2", "3", "4", "5")]
    found = related(mentions, 20)
    assert 0 < found["a", "c"].weight < found["a", "b"].weight < 1
    assert found["a", "b"].passages == 3


def test_what_was_seen_more_often_outweighs_what_was_seen_twice() -> None:
    mentions = [mention(t, f"r{i}") for i in range(2) for t in "ab"]
    mentions += [mention(t, f"o{i}") for i in range(9) for t in "cd"]
    found = related(mentions, 40)
    assert found["a", "b"].weight < found["c", "d"].weight


def test_pairs_seen_once_headings_and_chance_are_left_out() -> None:
    assert related([mention("a", "1"), mention("b", "1")], 5) == {}
    assert related([mention(t, "") for t in "abab"], 5) == {}
    assert related([mention(term, str(i)) for i in range(5) for term in "ab"], 5) == {}


def test_the_evidence_is_where_they_stand_closest() -> None:
    far = [mention("a", "1", 0), mention("b", "1", 90)]
    near = [mention("a", "2", 40), mention("b", "2", 33)]
    found = related([*far, *near], 20)["a", "b"]
    assert (found.passage_id, found.start, found.end) == ("2", 33, 41)


def test_a_term_has_few_partners() -> None:
    mentions = [mention(t, f"{i}-{n}") for i in range(40) for n in range(2) for t in ("hub", f"t{i:02}")]
    partners = Counter(term for pair in related(mentions, 40_000) for term in pair)
    assert partners["hub"] == MOST_PARTNERS
