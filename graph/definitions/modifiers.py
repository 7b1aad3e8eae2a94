"""What stands before a name and says what it is like: 形成党委领导、政府支持、工会运作的“X”格局; 开展甲、乙等“X”活动."""

import re

from graph.definitions.base import Explanation
from graph.lists import bare, cut
from graph.namings import Naming, Sentence
from graph.numerals import count
from graph.variants import fold
from graph.wording import CONTINUING, CREATING, alternatives, without_lead

_VERBS = rf"(?:{CREATING}|{CONTINUING})(?:了|起|出)?"
_LIKE = re.compile(
    rf"{_VERBS}(?P<list>[^，,。；：“”]*?、[^，,。；：“”]*?[^，,。；：“”、])的(?P<more>[“‘][^“”‘’]+[”’]的)?[^，,。；：、“”的]{{0,10}}$"
)
_QUOTED_LIKE = re.compile(rf"{_VERBS}[“‘](?P<list>[^“”‘’]*?、[^“”‘’]+)[”’]的(?P<more>)[^，,。；：、“”的]{{0,10}}$")
_EXAMPLES = re.compile(rf"{_VERBS}(?P<list>[^，,。；：“”]*?、[^，,。；：“”]*?)等$")
#: So near to the naming the last 的 stands.
_REACH = 12
# Who takes part: the parts of a structure are what each of them does (党委领导、政府支持、职工参与).
_ACTORS = alternatives(
    """党委 党政 党组织 政府 行政 部门 工会 企业 职工 社会 各界 各方 群众 群团 公众 法院 人社 法治 省总 市总 县总
    市县 省市 上下 行业 单位 班组 车间 上级 基层"""
)
_ACTOR = re.compile(rf"^(?:{_ACTORS})")


def likeness(naming: Naming, sentence: Sentence) -> Explanation | None:
    """Three qualities or more before the naming; they are its parts only where they say what each actor does."""
    if naming.form not in ("quoted", "name") or re.match(r"的[“‘]", sentence.after(naming)):
        return None
    ahead = sentence.before(naming)
    if "、" not in ahead or "的" not in ahead[-_REACH:]:
        return None
    found = _LIKE.search(ahead) or _QUOTED_LIKE.search(ahead)
    if not found:
        return None
    items = _items(found["list"])
    if len(items) < 3 or not all(2 <= len(item) <= 14 for item in items):
        return None
    acting = 2 * sum(_ACTOR.match(item) is not None for item in items) >= len(items)
    more = [bare(found["more"].removesuffix("的"))] if found["more"] else []
    parts = (*items, *more) if acting and count(fold(naming.core)) in (0, len(items)) else ()
    return Explanation(sentence.start, sentence.end, tuple(parts), "described", "likeness")


def examples(naming: Naming, sentence: Sentence) -> Explanation | None:
    """What is done under the name, listed before it with 等 at the end."""
    ahead = sentence.before(naming)
    if not ahead.endswith("等") or naming.form != "quoted" or not naming.tail or count(fold(naming.core)) > 1:
        return None
    found = _EXAMPLES.search(ahead)
    if not found:
        return None
    items = _items(found["list"])
    if not all(2 <= len(item) <= 16 and not re.search(r"\d", item) for item in items):
        return None
    return Explanation(sentence.start, sentence.end, tuple(items), "described", "examples")


def _items(written: str) -> list[str]:
    items = [bare(item) for item in cut(written, "、")]
    last = re.split(r"(?<=..)[和与及](?=..)", items[-1])
    items = [*items[:-1], *last] if len(last) == 2 else items
    return [without_lead(items[0]), *items[1:]]
