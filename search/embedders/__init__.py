"""Embedders: texts to unit vectors. ``open_embedder`` picks one by name."""

from pathlib import Path

from search.embedders.base import Embedder
from search.embedders.counted import Counted
from search.embedders.kept import Kept, remembering
from search.embedders.sentence import SentenceEmbedder
from search.embedders.static import StaticEmbedder

BUNDLED = Path(__file__).parent / "model"

__all__ = [
    "BUNDLED",
    "Counted",
    "Embedder",
    "Kept",
    "SentenceEmbedder",
    "StaticEmbedder",
    "open_embedder",
    "remembering",
    "static",
]


def open_embedder(name: str = "", size: int = 0) -> Embedder:
    """The bundled static model for "", a static model for its folder, else any sentence-transformers model.

    ``size`` keeps that many leading dimensions (0: all). Raises EmbedderNotFound, EmbedderUnreadable,
    NeuralExtraMissing or DimensionTooLarge.
    """
    folder = Path(name) if name else BUNDLED
    if not name or StaticEmbedder.recognises(folder):
        return StaticEmbedder.held(folder, size)
    return SentenceEmbedder(name, size)


def static(embedder: Embedder) -> StaticEmbedder | None:
    """The static model that an embedder is, counted or not; None where it reads whole sentences."""
    if isinstance(embedder, Counted):
        return static(embedder.counted)
    return embedder if isinstance(embedder, StaticEmbedder) else None
