"""What the environment sets."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from search.embedders import Embedder
    from search.engine import Engine

#: The embedder: empty for the bundled static model, else a model's folder or its sentence-transformers name.
EMBEDDER = "GONGZHI_EMBEDDER"

#: Whoever has it may correct documents in the browser and through the API; empty: nobody may.
TOKEN = "GONGZHI_TOKEN"


def token() -> str:
    """The token that the environment sets, or "". Never to be logged or printed."""
    return os.environ.get(TOKEN, "").strip()


def embedder() -> "Embedder":
    """The embedder that the environment asks for. Raises EmbedderNotFound, EmbedderUnreadable, NeuralExtraMissing."""
    from search.embedders import open_embedder

    return open_embedder(os.environ.get(EMBEDDER, ""))


def engine(library: Path) -> "Engine":
    """The library opened for asking, with that embedder. Raises what ``Engine.open`` raises."""
    from search.engine import Engine

    return Engine.open(library, embedder())
