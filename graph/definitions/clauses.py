"""Parts that sit in the clauses before a name, each with its own verb: 建设甲、乙，发行丙，上线丁，形成“四位一体”的体系.

The last clause says that they form what is named. Either their number is the one that the name promises, or the name is
made of their characters (设立调解室和仲裁庭，构建“调裁”通道).
"""

import re

from graph.definitions.base import Explanation
from graph.lists import bare, cut
from graph.namings import Naming, Sentence
from graph.numerals import count
from graph.variants import fold
from graph.wording import CONTINUING, CREATING, without_lead

_FORMS = re.compile(
    r"^[^，,、：“”]{0,10}(?:形成|构建|构成|组成|建成|打造|搭建|建立)(?:了|起|出)?[^，,、：“”]{0,6}[“‘]?$"
)
# Its verb, which stands so near to the name.
_FORMED, _REACH = re.compile("形成|构建|构成|组成|建成|打造|搭建|建立"), 10
_STOP = re.compile(r"[。；;：:]")
_MAKES = re.compile(
    rf"^(?:{CREATING}|{CONTINUING}|发行|出版|编印|拍摄|运行|运营|投用|印发|制作|绘制|培育)+(?:了|起|出)?(?P<object>..+)$"
)
_TITLE = re.compile(r"^[^、《》]{0,6}(《[^《》]+》)$")
_LETTERS = re.compile(r"[一-鿿]{2,4}")


def extract(naming: Naming, sentence: Sentence) -> Explanation | None:
    """What the clauses before the naming make, where it fits the name."""
    if naming.form not in ("quoted", "numeral"):
        return None
    ahead = sentence.before(naming)
    if not _FORMED.search(ahead, max(0, len(ahead) - _REACH)):
        return None
    clauses = cut(_STOP.split(ahead)[-1], "，,")
    if len(clauses) < 2 or not _FORMS.match(clauses[-1]):
        return None
    made: list[list[str]] = []
    for clause in reversed(clauses[:-1]):
        if not (objects := _objects(clause)):
            break
        made.insert(0, objects)
    label = fold(naming.core)
    if (promised := count(label)) > 1:
        items = [item for objects in made for item in objects]
        if len(items) == promised and len(set(items)) == promised and len(made) > 1:
            return Explanation(sentence.start, sentence.end, tuple(items), "explained", "clauses")
        return None
    items = _in_two(made[-1]) if made else []
    if len(items) > 1 and _LETTERS.fullmatch(label) and _spelt(label, items):
        return Explanation(sentence.start, sentence.end, tuple(items), "described", "clauses")
    return None


def _objects(clause: str) -> list[str]:
    """建设甲馆、乙馆 → 甲馆, 乙馆; nothing where the clause doesn't open with a verb that makes something."""
    found = _MAKES.match(clause) or _MAKES.match(without_lead(clause))
    if not found:
        return []
    title = _TITLE.match(found["object"])
    return [bare(item) for item in ([title[1]] if title else cut(found["object"], "、"))]


def _in_two(items: list[str]) -> list[str]:
    *others, last = items
    pair = re.split(r"(?<=...)[和与及](?=...)", last)
    return [*others, *pair] if len(pair) == 2 else items


def _spelt(label: str, items: list[str]) -> bool:
    """True where two thirds of the label's characters stand in the items in turn, each item having one at least."""
    at, seen = 0, 0
    for item in items:
        own = [char for char in label[at:] if char in item]
        if not own:
            return False
        seen += 1
        at = label.index(own[0], at) + 1
    return 3 * seen >= 2 * len(label)
