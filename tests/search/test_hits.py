"""Hits as they are handed out."""

from corpus.model import Passage
from search.engine import Engine


def test_a_hit_is_its_passage(towns: Engine) -> None:
    hit = towns.search("送清凉").hits[0]
    (passage,) = towns.store.select(Passage, id=hit.passage_id)
    assert (hit.text, hit.start, hit.end, hit.headings) == (passage.text, passage.start, passage.end, passage.headings)
    assert hit.why and hit.citations.plain.startswith(f"《{hit.title}》")
    assert all(0 <= start < end <= len(hit.text) for start, end in hit.highlights)
