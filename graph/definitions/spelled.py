"""Names whose characters are spelled out one by one: 十百千 (十个…, 百名…, 千家…), 345 (三个…, 四种…, 五个…), 四季 (春…, 夏…)."""

import re

from graph.definitions.base import Explanation
from graph.namings import Naming, Sentence
from graph.numerals import parts_of
from graph.variants import fold

_SCALES = re.compile(r"十?百千万?|千百十")
_MEASURES = "个家名项场次条支批间所位组户座件期种篇件处"
# Where a noun ends and what it does begins: 万家企业|开展竞赛.
_UNTIL = re.compile(r"(?<=....)(?:开展|举办|进行|参加|参与|组织|实现|成为)")
_DIGITS = re.compile(r"[1-9]{2,5}")
_QUOTED = re.compile(r"[“‘]([^“”‘’]+)[”’]")
_SEASONS = ("春[一-鿿]{3}", "夏[一-鿿]{3}", "金秋[一-鿿]{2}|秋[一-鿿]{3}", "冬[一-鿿]{3}")
_SEASONAL = re.compile(r"^(?:四季|四送)")
_REACH = 600


def extract(naming: Naming, sentence: Sentence) -> Explanation | None:
    """The parts in the order in which the name counts them, all of them; None if one is missing."""
    if naming.form != "quoted":
        return None
    label = fold(naming.core)
    if _SCALES.fullmatch(label):
        return _scales(label, naming, sentence)
    if _DIGITS.fullmatch(label):
        return _digits(label, naming, sentence)
    if _SEASONAL.match(label):
        return _seasons(naming, sentence)
    return None


def _scales(label: str, naming: Naming, sentence: Sentence) -> Explanation | None:
    times = 2 if sentence.before(naming).endswith("双") else 1
    for text, end in ((sentence.after(naming), sentence.end), (sentence.following, sentence.next_end)):
        items, at = [], 0
        for scale in label * times:
            found = re.compile(rf"(?<![十百千万亿\d])({scale}[{_MEASURES}][^，,。；;、“”]{{2,30}})").search(text, at)
            if not found:
                break
            items.append(_UNTIL.split(found[1])[0])
            at = found.end()
        if len(items) == len(label) * times:
            return Explanation(sentence.start, end, tuple(items), "explained", "spelled")
    return None


def _digits(label: str, naming: Naming, sentence: Sentence) -> Explanation | None:
    """The quoted names before the label that count what its digits say."""
    named = [fold(found[1]) for found in _QUOTED.finditer(sentence.before(naming))]
    counted = [
        (parts_of(name)[0][0], name) for name in named if parts_of(name) and name.startswith(parts_of(name)[0][1])
    ]
    last = counted[-len(label) :]
    if "".join(str(size) for size, _ in last) == label:
        return Explanation(sentence.start, sentence.end, tuple(name for _, name in last), "explained", "spelled")
    return None


def _seasons(naming: Naming, sentence: Sentence) -> Explanation | None:
    """Phrases of four characters that open clauses of the paragraph, one for each season in its turn."""
    stop = sentence.text.find("\n", naming.end)
    text = sentence.text[naming.end : stop if stop >= 0 else len(sentence.text)][:_REACH]
    items: list[str] = []
    at = 0
    for season in _SEASONS:
        found = re.compile(rf"(?:^|[，,。；;：:、（(])({season})").search(text, at)
        if not found:
            return None
        items.append(found[1])
        at = found.end()
    closing = re.compile(r"[。；;]").search(text, at)
    end = naming.end + (closing.end() if closing else len(text))
    return Explanation(sentence.start, end, tuple(items), "explained", "spelled")
