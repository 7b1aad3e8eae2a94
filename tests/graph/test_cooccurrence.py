from corpus.model import Mention, Passage
from graph.cooccurrence import related


def mention(term: str, passage: str) -> Mention:
    return Mention(term, "d", passage, 0, 1)


def passages(count: int) -> list[Passage]:
    return [Passage(str(i), "d", "", i, "", 0, 0, 0, 0, ()) for i in range(count)]


def test_terms_that_always_stand_together_weigh_most() -> None:
    mentions = [mention(term, place) for place in ("1", "2") for term in "ab"]
    mentions += [mention("c", place) for place in ("1", "2", "3", "4", "5")]
    found = related(mentions, passages(20))
    assert found["a", "b"] == 1.0
    assert 0 < found["a", "c"] < 1


def test_pairs_seen_once_headings_and_chance_are_left_out() -> None:
    assert related([mention("a", "1"), mention("b", "1")], passages(5)) == {}
    assert related([mention(t, "") for t in "abab"], passages(5)) == {}
    everywhere = [mention(term, str(i)) for i in range(5) for term in "ab"]
    assert related(everywhere, passages(5)) == {}
