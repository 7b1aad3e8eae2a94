"""One way to ask a family what it finds."""

from collections.abc import Callable
from typing import NamedTuple

import pytest

from graph.definitions.base import Explanation
from graph.namings import Naming, Sentence, namings, sentences_of


class Found(NamedTuple):
    """What a family found for a name: the words it takes for the explanation, their parts and the grade."""

    text: str
    components: tuple[str, ...]
    strength: str


@pytest.fixture
def found() -> Callable[[Callable[[Naming, Sentence], Explanation | None], str, str], list[Found]]:
    """(family, text, name) → what the family finds for the name, once for each time that the text names it."""

    def ask(family: Callable[[Naming, Sentence], Explanation | None], text: str, core: str) -> list[Found]:
        return [
            Found(text[made.start : made.end], made.components, made.strength)
            for sentence in sentences_of(text)
            for naming in namings(sentence)
            if naming.core == core and (made := family(naming, sentence))
        ]

    return ask
