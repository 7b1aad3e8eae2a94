"""Every character of a text looked up at once."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray


def points(text: str) -> NDArray[np.uint32]:
    """(characters,) the code points of a text."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


def joined(points: NDArray[np.integer[Any]]) -> str:
    """The text of code points."""
    return points.astype(np.uint32, copy=False).tobytes().decode("utf-32-le", "surrogatepass")


class Values:
    """What ``of`` makes of characters, numbers from 0 to 2^31 - 2; asked once for each character that is met."""

    def __init__(self, of: Callable[[str], int]) -> None:
        self._of = of
        self._known = np.zeros(0x110000, np.int32)  # one more than the value; 0 where it was not asked for yet

    def __call__(self, points: NDArray[np.uint32]) -> NDArray[np.int32]:
        """(characters,) their values."""
        found = self._known[points]
        if not found.all():
            for code in set(points[found == 0].tolist()):
                self._known[code] = self._of(chr(code)) + 1
            found = self._known[points]
        found -= 1
        return found
