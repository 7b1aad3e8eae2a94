"""The parts of a report that tell what it is: title, lines around it, opening, signature."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.metadata.findings import Words
from ingest.numbering import numbering
from ingest.outline import Heading
from ingest.script import Paragraph, Script

_SENTENCE = re.compile(r"[。！？；]$")
_LONGEST = 60
_HEAD_LINES, _FOOT_LINES = 8, 6
_OPENING = 800


@dataclass(frozen=True, slots=True)
class Report:
    """``title`` with its subtitle (the name of the file where there is none), the lines above and below it, the
    ``body`` from its first paragraph on, the last short lines, the cover of the compilation, the file's name."""

    title: Words
    head: tuple[Words, ...]
    body: Words
    headings: tuple[Words, ...]
    foot: tuple[Words, ...]
    cover: Words
    file: Words
    listed: bool

    @property
    def opening(self) -> Words:
        """The first paragraphs of the body."""
        return Words(self.body.text[:_OPENING], self.body.start, "opening")

    @property
    def text(self) -> str:
        """Title and body, for what is counted over all of the report."""
        return "\n".join((self.title.text, *(line.text for line in self.head), self.body.text))


def _is_text(paragraph: Paragraph, words: str) -> bool:
    return paragraph.role == "prose" and (len(words) > _LONGEST or bool(_SENTENCE.search(words)))


def report(
    written: Script, headings: Sequence[Heading], *, listed: bool = False, cover: str = "", file: str = ""
) -> Report:
    """The parts of a report. ``listed`` where a table of contents gives its title."""
    text, paragraphs = written.text, written.paragraphs
    titles = [p for p in paragraphs if p.role == "title"]
    file_words = Words(file, -1, "file")
    title = file_words
    if titles:
        title = Words(text[titles[0].start : titles[-1].end], titles[0].start, "title")
    head: list[Words] = []
    start = len(text)
    for k, paragraph in enumerate(paragraphs):
        words = text[paragraph.start : paragraph.end]
        plain = paragraph.role in ("prose", "heading", "caption")
        if plain and (_is_text(paragraph, words) or numbering(words) or k >= _HEAD_LINES):
            start = paragraph.start
            break
        if paragraph.role != "title":
            head.append(Words(words, paragraph.start, paragraph.role))
    foot: list[Words] = []
    for paragraph in reversed(paragraphs[-_FOOT_LINES:]):
        words = text[paragraph.start : paragraph.end]
        if paragraph.start <= start or len(words) > _LONGEST or numbering(words):
            break
        foot.append(Words(words, paragraph.start, "signature"))
    return Report(
        title,
        tuple(head),
        Words(text[start:], start, "opening"),
        tuple(Words(text[h.start : h.title_end], h.start, "headings") for h in headings),
        tuple(reversed(foot)),
        Words(cover, -1, "front"),
        file_words,
        listed,
    )
