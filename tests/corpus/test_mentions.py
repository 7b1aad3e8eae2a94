from collections import defaultdict

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from corpus.mentions import Collector, Mentions, numbered
from corpus.model import Mention

ROW = st.tuples(st.sampled_from("乙甲丙"), st.sampled_from("ac"), st.sampled_from(["", "q", "p"]), st.integers(0, 9))


def records(rows: list[tuple[str, str, str, int]]) -> list[Mention]:
    return list({Mention(t, d, p and d + p, s, s + 2): None for t, d, p, s in rows})


@given(st.lists(ROW))
def test_columns_hold_what_records_say(rows: list[tuple[str, str, str, int]]) -> None:
    given = records(rows)
    made = Mentions.of(given)
    ordered = sorted(given, key=lambda m: (m.document_id, m.start, m.end, m.term_id))
    assert [(m.document_id, m.start, m.end, m.term_id) for m in made] == [
        (m.document_id, m.start, m.end, m.term_id) for m in ordered
    ]
    assert {*made} == {*given} and len(made) == len(given) and [made[i] for i in range(len(made))] == list(made)
    used, first = defaultdict(set), {}
    for mention in ordered:
        used[mention.term_id].add(mention.document_id)
        if mention.term_id not in first or (mention.passage_id and not first[mention.term_id].passage_id):
            first[mention.term_id] = mention
    assert made.used() == {term: len(documents) for term, documents in used.items()}
    assert {term: at[:2] for term, at in made.firsts().items()} == {
        term: (mention.document_id, mention.start) for term, mention in first.items()
    }


def test_mentions_collected_document_by_document() -> None:
    made = Collector(["乙", "甲"])
    number = numbered(["乙", "甲"])
    made.add("a", ["p", "q"], np.array([[number["甲"], number["乙"]], [1, -1], [5, 0], [7, 2]], np.int32))
    made.add("b", ["r"], np.array([[number["甲"]], [0], [1], [3]], np.int32))
    found = made.mentions()
    assert list(found) == [Mention("乙", "a", "", 0, 2), Mention("甲", "a", "q", 5, 7), Mention("甲", "b", "r", 1, 3)]
    first, last = found.bounds()[1]
    assert list(found.within(first, last)) == [Mention("甲", "b", "r", 1, 3)] and found == Mentions.of(list(found))
