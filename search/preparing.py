"""Making the indexes of a large library in two processes: an opening library makes some of them, ``prepare`` the others.

Each index is made by one process; whoever comes to it meanwhile waits for it (see ``search.cache``).
"""

from corpus.said import headers
from corpus.store import Store
from search.cache import Cache
from search.claims import ClaimIndex
from search.embedders import Embedder, static
from search.facts import FactTable
from search.finder import kept_tokens, kept_vectors
from search.glossary import GlossaryIndex
from search.naming import kept_names
from search.nearness import Nearness
from search.precedents import kept_fingerprints, kept_rarity
from search.segments import Layout


def layout_of(store: Store, *, thorough: bool = False) -> Layout:
    """The segments of a library; ``thorough`` as in ``search.segments.planned``."""
    return Layout.of(store, Cache(store.folder), thorough=thorough)


def prepare(store: Store, embedder: Embedder) -> None:
    """Make what place questions, figures and drafts are answered from, where it is missing, then the words of passages and
    their vectors: what opening comes to last. Nothing that asks for the glossary, which may still be made."""
    with store.snapshot():
        layout = layout_of(store)
        index = ClaimIndex.open(store, layout, "affirmed")
        Nearness.of(index, layout, embedder)
        kept_fingerprints(store, layout)
        FactTable(store, None, None, headers(store), layout)
        kept_rarity(store, layout)
        ClaimIndex.open(store, layout, "denied")
        kept_tokens(store, layout, embedder)
        if static(embedder):  # another model tells how far it has come, which nobody would hear here
            kept_vectors(store, layout, embedder)


def name(store: Store) -> None:
    """Make what is asked of the glossary, where it is missing."""
    with store.snapshot():
        cache = Cache(store.folder)
        kept_names(cache, store, GlossaryIndex(store, cache=cache))
