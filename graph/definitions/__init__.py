"""Definitions, by family: each module recognises one way in which official Chinese explains a name."""

from collections.abc import Callable

from graph.definitions import (
    acronym,
    after,
    before,
    clauses,
    copula,
    itemised,
    modifiers,
    parentheses,
    purpose,
    spelled,
)
from graph.definitions.base import FAMILIES, Explanation
from graph.namings import Naming, Sentence

__all__ = ["FAMILIES", "Explanation", "explain"]

_ORDER: tuple[Callable[[Naming, Sentence], Explanation | None], ...] = (
    before.extract,
    spelled.extract,
    acronym.extract,
    after.extract,
    itemised.extract,
    clauses.extract,
    parentheses.extract,
    copula.extract,
    modifiers.examples,
    modifiers.likeness,
    purpose.role,
    purpose.purpose,
    purpose.category,
    purpose.figure,
    purpose.deed,
)


def explain(naming: Naming, sentence: Sentence) -> Explanation | None:
    """What the sentence says about the naming, by the first family that recognises anything."""
    return next((found for extract in _ORDER if (found := extract(naming, sentence))), None)
