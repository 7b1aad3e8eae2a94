"""Names of files as they can be stored and printed."""

import os
import unicodedata
from pathlib import Path


def shown(name: str | Path) -> str:
    """A file name without what neither a database nor a terminal takes.

    On some systems a name is any bytes: those that aren't UTF-8 (names out of old archives) are read as GB18030, else
    replaced, as control characters are.
    """
    text = str(name)
    if text.isprintable():
        return text
    try:
        raw = os.fsencode(text)
    except UnicodeEncodeError:
        raw = text.encode("utf-8", "replace")
    for encoding in ("utf-8", "gb18030"):
        try:
            text = raw.decode(encoding)
            break
        except UnicodeDecodeError:
            text = raw.decode("utf-8", "replace")
    return "".join("\ufffd" if unicodedata.category(char) in ("Cc", "Cs") else char for char in text)
