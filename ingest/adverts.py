"""Lines that are no part of a document: adverts, contact lines and page numbers, told by ``patterns.toml``."""

import re
import tomllib
from collections.abc import Iterable, Iterator
from copy import copy
from functools import cache
from pathlib import Path
from typing import Any

from ingest.lines import Line, piece

_FILE = Path(__file__).with_name("patterns.toml")
# A pattern that looks at what stands around it may match a line and not the text around the line.
_AROUND = re.compile(r"[$^]|\\[AZbB]|\(\?[=!<]")
ADVERT, PAGE_NUMBER = "advert", "page_number"
_SENTENCES = re.compile(r"[^。！？]{8,}[。！？].*?(?<=[。！？])(?=[^。！？]*$)", re.S)
REASONS = {ADVERT: "广告或联系方式，不是文献内容", PAGE_NUMBER: "页码，不是文献内容"}


def _any(patterns: Iterable[str]) -> re.Pattern[str]:
    """One pattern for many that begin where the line does: it is tried there only."""
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))


class Patterns:
    """The compiled patterns of a TOML file."""

    def __init__(self, table: dict[str, Any]) -> None:
        advert = table["advert"]
        self._enough: int = advert["enough"]
        self._line = _any(pattern for pattern in advert["sure"] if pattern.startswith("^"))
        self._sure = [re.compile(pattern) for pattern in advert["sure"] if not pattern.startswith("^")]
        self._signs = [re.compile(pattern) for pattern in advert["sign"]]
        self._page_number = _any(table["page_number"]["line"])
        self._contacts = [re.compile(pattern) for pattern in table["contact"]["inside"]]

    def within(self, text: str) -> "Patterns":
        """These patterns for the lines of ``text``, without those that match nothing in it: most texts have no advert."""
        made = copy(self)
        made._sure = [pattern for pattern in self._sure if _AROUND.search(pattern.pattern) or pattern.search(text)]
        made._signs = [pattern for pattern in self._signs if _AROUND.search(pattern.pattern) or pattern.search(text)]
        return made

    def kind(self, line: Line) -> str:
        """``advert``, ``page_number``, or "" for a line that belongs to a document."""
        if self._page_number.match(line.text):
            return PAGE_NUMBER
        if self._line.match(line.text) or any(pattern.search(line.text) for pattern in self._sure):
            return ADVERT
        signs = sum(bool(pattern.search(line.text)) for pattern in self._signs)
        return ADVERT if signs >= self._enough else ""

    def apart(self, line: Line) -> list[Line]:
        """The line, or its sentences and, parted from them, the advert that was written on behind them."""
        if self._line.match(line.text):
            return [line]
        starts = [match.start() for pattern in self._sure if (match := pattern.search(line.text))]
        sentences = _SENTENCES.match(line.text, 0, min(starts)) if starts else None
        if sentences is None:
            return [line]
        end = sentences.end()
        return [piece(line, 0, end), piece(line, end, len(line.text))]

    def contacts(self, text: str) -> Iterator[tuple[int, int]]:
        """Spans of contacts within sentences of ``text``."""
        for pattern in self._contacts:
            for match in pattern.finditer(text):
                yield match.span()


@cache
def patterns() -> Patterns:
    """The bundled patterns."""
    with _FILE.open("rb") as file:
        return Patterns(tomllib.load(file))
