"""What people look for that is no union work, so that such a query links nothing.

A class of its own for questions out of scope, as in intent detection (Larson et al. 2019): a query that is more like
cooking or share prices than like any topic of the lexicon is about neither. Words stand in ``elsewhere.toml``.
"""

import tomllib
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_suffix(".toml")


@cache
def elsewhere() -> tuple[tuple[str, ...], ...]:
    """The words of each field that is none of ours."""
    return tuple(tuple(field["words"]) for field in tomllib.loads(FILE.read_text("utf-8"))["field"])
