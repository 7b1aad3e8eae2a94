"""Words of a text, as jieba cuts them (https://docs.rs/jieba-rs): its dictionary takes a tenth of a second to load, so it
is loaded when the first text is cut."""

from collections.abc import Callable


def cut(text: str, hmm: bool = True) -> list[str]:
    """The words of ``text``, punctuation among them; without ``hmm`` only those of the dictionary."""
    return _cut(text, hmm)


def _load(text: str, hmm: bool) -> list[str]:
    global _cut
    import rjieba

    _cut = rjieba.cut
    found: list[str] = rjieba.cut(text, hmm)
    return found


_cut: Callable[[str, bool], list[str]] = _load
