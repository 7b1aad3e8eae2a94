"""Blocks: the paragraphs, headings and captions of a report, each put together from the lines it was broken into."""

from dataclasses import dataclass
from typing import Literal

from ingest.lines import Line

Role = Literal["title", "issuer", "date", "salutation", "note", "heading", "caption", "prose"]


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph of a document: its role and the lines that it was broken into.

    ``lead`` counts the first characters of prose that repeat a heading which stood above it; ``cut`` marks prose
    that stops in the middle of a sentence whose rest could not be found.
    """

    role: Role
    lines: tuple[Line, ...]
    lead: int = 0
    cut: bool = False

    @property
    def text(self) -> str:
        """The text of the lines, joined."""
        return "".join(line.text for line in self.lines)
