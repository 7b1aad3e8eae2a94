"""Regular expressions tried only where they may match.

A pattern that begins with a look behind, or with many alternatives, is tried by ``re`` at every character of a text.
"""

import re
from collections.abc import Iterator


def beginning(pattern: re.Pattern[str], begins: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """What ``pattern.finditer(text)`` gives, for a pattern all of whose matches begin with a character that ``begins``
    matches: it is tried there only."""
    position = 0
    while begin := begins.search(text, position):
        match = pattern.match(text, begin.start())
        position = match.end() if match else begin.end()
        if match:
            yield match
