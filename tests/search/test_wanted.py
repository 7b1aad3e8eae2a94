"""What workers encode beforehand is what the indexes ask for."""

from corpus.model import Passage
from search.cache import Cache
from search.claims import ClaimIndex
from search.engine import Engine
from search.segments import Layout
from search.vectors import pieces
from search.wanted import wanted_by


def test_every_text_that_an_index_asks_for_is_wanted(towns: Engine) -> None:
    wanted = set(wanted_by(towns.store))
    index = ClaimIndex.open(towns.store, Layout.of(towns.store, Cache(towns.folder)))
    asked = {piece for passage in towns.store.shown(Passage) for piece in pieces(passage.text)}
    asked |= {*index.texts(), *index.sentences()}
    assert asked and asked == wanted
