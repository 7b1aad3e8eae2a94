"""General texts to learn from, and what stands together in them."""

import json
import lzma
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from corpus.sentences import sentences
from search.analyzer import fold
from search.errors import NothingToTrainOn

_SHORTEST_TEXT = 40
_LONGEST_TEXT = 20_000  # a long statute must not crowd out a hundred short texts
_SHORTEST_PARAGRAPH, _LONGEST_PARAGRAPH = 30, 600
_SHORTEST_SENTENCE = 12
_SHORTEST_HEADING = 4
_HEADING = re.compile(r"#+ *(?:第.{1,6}?[编章节])?[ 　]*(.*)")


@dataclass(frozen=True, slots=True)
class Text:
    """A text to learn from; ``title`` may be empty."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph under the last heading before it, "" where there is none, of a text with this title."""

    title: str
    heading: str
    text: str

    def sentences(self) -> list[str]:
        """Its sentences, short ones joined to the next."""
        return runs(self.text)


def read_texts(path: Path, characters: int, seed: int) -> list[Text]:
    """A sample of a file with one JSON object a line (``title``, ``text``; .xz is read as it is), up to about
    ``characters`` in all, the same for the same seed. Raises NothingToTrainOn."""
    rng = np.random.default_rng(seed)
    found: list[Text] = []
    try:
        with lzma.open(path, "rt", encoding="utf-8") if path.suffix == ".xz" else path.open(encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                if len(row["text"]) >= _SHORTEST_TEXT:
                    found.append(Text(fold(row.get("title") or ""), fold(row["text"])))
    except (OSError, ValueError, KeyError, TypeError, lzma.LZMAError) as error:
        raise NothingToTrainOn(f"“{path.name}”读不出来（{error}）") from error
    sample: list[Text] = []
    left = characters
    for number in rng.permutation(len(found)):
        text = Text(found[number].title, found[number].text[:_LONGEST_TEXT])
        sample.append(text)
        left -= len(text.text)
        if left <= 0:
            break
    if not sample:
        raise NothingToTrainOn(f"“{path.name}”里没有够长的文本")
    return sample


def paragraphs(texts: Sequence[Text]) -> Iterator[Paragraph]:
    """The longer paragraphs of texts; lines that begin with # are headings."""
    for text in texts:
        heading = ""
        for line in map(str.strip, text.text.split("\n")):
            found = _HEADING.fullmatch(line)
            if found:
                heading = re.sub(r"\s", "", found[1])
                heading = heading if len(heading) >= _SHORTEST_HEADING else ""
            elif len(line) >= _SHORTEST_PARAGRAPH:
                yield Paragraph(text.title, heading, line[:_LONGEST_PARAGRAPH])


def runs(text: str) -> list[str]:
    """The sentences of a text, short ones joined to the next."""
    found: list[str] = []
    carried = ""
    for start, end in sentences(text):
        carried += text[start:end]
        if len(carried) >= _SHORTEST_SENTENCE:
            found.append(carried)
            carried = ""
    if carried and found:
        found[-1] += carried
    return found
