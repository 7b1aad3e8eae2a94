"""Names made of the first characters of what they stand for: 查保促 of 查隐患、保安全、促发展; 会站家 of 建会、建站、建家."""

import re
from collections.abc import Iterator

from graph.definitions.base import Explanation
from graph.lists import bare, cut
from graph.namings import Naming, Sentence
from graph.numerals import count
from graph.variants import fold
from graph.wording import without_lead

_LETTERS = re.compile(r"[一-鿿]{3,5}")
_STRETCH = re.compile(r"[^。；;：:（）()“”‘’]+")


def extract(naming: Naming, sentence: Sentence) -> Explanation | None:
    """Neighbouring items, one for each character of the naming in turn, that all begin with it or all end in it."""
    label = fold(naming.core)
    if naming.form != "quoted" or not _LETTERS.fullmatch(label) or len(set(label)) < len(label) or count(label):
        return None
    for text in (sentence.before(naming), sentence.after(naming)):
        if not all(char in text for char in label):
            continue
        for items in _runs(text, len(label)):
            firsts = all(item[0] == char for item, char in zip(items, label, strict=True))
            lasts = all(item[-1] == char for item, char in zip(items, label, strict=True))
            if (firsts or lasts) and all(2 <= len(item) <= 16 and item != label for item in items):
                return Explanation(sentence.start, sentence.end, tuple(items), "explained", "acronym")
    return None


def _runs(text: str, size: int) -> Iterator[list[str]]:
    for stretch in _STRETCH.findall(text):
        for separators in ("、", "，,", "、，,"):
            items = [bare(item) for item in cut(stretch, separators)]
            for start in range(len(items) - size + 1):
                run = items[start : start + size]
                run = [run[0].split("，")[-1], *run[1:-1], run[-1].split("，")[0]]
                if all(run):
                    yield [without_lead(run[0]), *run[1:]]
                    yield run
