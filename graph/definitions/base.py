"""What every family of definitions gives back."""

from dataclasses import dataclass

from corpus.model import Strength


@dataclass(frozen=True, slots=True)
class Explanation:
    """Words that explain a naming: ``start:end`` in the document, the parts they list, other names they give."""

    start: int
    end: int
    components: tuple[str, ...]
    strength: Strength
    how: str
    aliases: tuple[str, ...] = ()
