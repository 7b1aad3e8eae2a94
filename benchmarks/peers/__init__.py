"""Other ways to search the same passages, for ``benchmarks/search.py``: each a ``Peer`` that makes a ``Searching``."""

from peers.base import Peer, Searching, Unavailable
from peers.meaning import MEANING
from peers.words import WORDS

PEERS = (*WORDS, *MEANING)

__all__ = ["PEERS", "Peer", "Searching", "Unavailable"]
