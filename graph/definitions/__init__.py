"""Definitions, by family: each module recognises one way in which official Chinese explains a name."""

from collections.abc import Callable
from typing import get_args

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
from graph.definitions.base import Explanation
from graph.namings import Form, Naming, Sentence

__all__ = ["Explanation", "explain"]

_Extract = Callable[[Naming, Sentence], Explanation | None]
_EVERY: frozenset[Form] = frozenset(get_args(Form))
_QUOTED: frozenset[Form] = frozenset({"quoted"})
#: In the order in which they are asked, each with the forms of namings that it ever says anything of.
_ORDER: tuple[tuple[_Extract, frozenset[Form]], ...] = (
    (before.extract, _EVERY),
    (spelled.extract, _QUOTED),
    (acronym.extract, _QUOTED),
    (after.extract, _EVERY - {"name", "subject", "member", "bracket"}),
    (itemised.extract, _QUOTED | {"numeral"}),
    (clauses.extract, _QUOTED | {"numeral"}),
    (parentheses.extract, _EVERY),
    (copula.extract, _EVERY),
    (modifiers.examples, _QUOTED),
    (modifiers.likeness, _QUOTED | {"name"}),
    (purpose.role, _EVERY),
    (purpose.purpose, _EVERY),
    (purpose.category, _QUOTED | {"name"}),
    (purpose.figure, _EVERY),
    (purpose.deed, _QUOTED),
)
_BY_FORM: dict[Form, tuple[_Extract, ...]] = {
    form: tuple(extract for extract, forms in _ORDER if form in forms) for form in _EVERY
}


def explain(naming: Naming, sentence: Sentence) -> Explanation | None:
    """What the sentence says about the naming, by the first family that recognises anything."""
    for extract in _BY_FORM[naming.form]:
        if found := extract(naming, sentence):
            return found
    return None
