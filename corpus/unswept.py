"""Nothing is swept while much is read, and seldom afterwards."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_YOUNG = 50_000  # objects more than there were, at which the collector comes


@contextmanager
def unswept() -> Iterator[None]:
    """While modules are loaded and a library is opened nothing becomes garbage, and there are no cycles in what a glossary is
    made of: the collector would walk over all of it again and again (a fifth of the time). What an answer is made of, ten
    thousand objects a search, goes by itself, too: from then on the collector comes once in several answers, not fifteen
    times in each."""
    before = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.set_threshold(_YOUNG, *gc.get_threshold()[1:])
        if before:
            gc.enable()
