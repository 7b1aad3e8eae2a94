"""Splitting enumerations: try each way of cutting, keep the one whose size is what the label promises."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from graph.wording import (
    after_verb,
    closes_with_verb,
    only_verb,
    opens_with_verb,
    without_agent,
    without_lead,
    without_verb,
)

_OPEN, _CLOSE = "“‘（(《「", "”’）)》」"
_LEVELS = frozenset("省市县区乡镇村街社企")
_HARD = re.compile(r"[。；：！？;:!?]")
_JOIN = re.compile(r"以及|和(?![平谐睦解善美气])|[与及]")
_TRAILING = re.compile(
    r"(?:等?所谓的?|(?:为主要内容|为主题|为主要形式|为内容|为重点|为主体|为主)?的?|等(?:方面|功能|服务)?的?|这|——|，)$"
)
_FUNCTION = re.compile(r".*[的在把以将对过到](.{2,})$")
# Where the list holds, said once before it: 全县渔业、林业、旅游.
_SCOPE = re.compile(r"^(?:全[国省市县区州]|我[省市县区州])(?=..)")
# 乡镇—村—企业三级工会组织: what the levels are levels of belongs to no item.
_LEVELLED = re.compile(r"^(.{2,}?)[两二三四五六七]级.+$")
# The number of an article or a point, and whose it is: 第六条 本省建立….
NUMBERED = re.compile(
    r"^(?:第[一二三四五六七八九十百零\d]+[条款项][\s　]+|[（(][一二三四五六七八九十\d]{1,3}[)）]|\d{1,3}[.．、](?!\d))"
    r"(?:[本我全][省市县区州](?=[^、]{2}))?"
)
_FOR = re.compile(r"^.{2,}(?:用于|服务于|适用于|致力于)(?=.)")
_WRAPPED = re.compile(r"^[“‘](.*)[”’]$")


@dataclass(frozen=True, slots=True)
class Enumeration:
    """The parts found, and whether they are all that the label promises (a list that ends in 等 may be short)."""

    items: tuple[str, ...]
    complete: bool


def cut(text: str, separators: str) -> list[str]:
    """``text`` cut at separator characters that stand outside quotation marks and brackets."""
    parts, depth, last = [], 0, 0
    for i, char in enumerate(text):
        if char in _OPEN:
            depth += 1
        elif char in _CLOSE:
            depth = max(0, depth - 1)
        elif char in separators and depth == 0:
            parts.append(text[last:i])
            last = i + 1
    return [*parts, text[last:]]


def _last_after(text: str, pattern: re.Pattern[str]) -> str:
    """What stands after the last match of ``pattern`` outside quotation marks and brackets."""
    depth, last = 0, 0
    for i, char in enumerate(text):
        if char in _OPEN:
            depth += 1
        elif char in _CLOSE:
            depth = max(0, depth - 1)
        elif depth == 0 and pattern.match(char):
            last = i + 1
    return text[last:]


def _inside(text: str) -> str:
    """What stands after the last quotation mark or bracket that ``text`` opens and doesn't close."""
    opened: list[int] = []
    for i, char in enumerate(text):
        if char in _OPEN:
            opened.append(i)
        elif char in _CLOSE and opened:
            opened.pop()
    return text[opened[-1] + 1 :] if opened else text


def bare(item: str) -> str:
    """An item without the quotation marks and full stops around it."""
    item = item.strip(" 　，、；。：;,.")
    found = _WRAPPED.match(item)
    return found[1] if found and not set("“”‘’") & set(found[1]) else item


def _joined(items: list[str]) -> Iterator[list[str]]:
    """The list as it is, then with its last item cut in two at a conjunction."""
    yield items
    last = items[-1]
    for found in _JOIN.finditer(last):
        left, right = last[: found.start()], last[found.end() :]
        if len(left) >= 2 and len(right) >= 2 and "，" not in left and left.count("“") == left.count("”"):
            yield [*items[:-1], left, right]


def _sound(items: list[str]) -> bool:
    """True where every item is a word: one character only for levels of administration; none twice; none a sentence;
    not all of them verbs whose object is still to come (落实和完善“两张清单”)."""
    return not all(map(only_verb, items)) and (
        all(len(item) >= 2 or item in _LEVELS for item in items)
        and len(set(items)) == len(items)
        and all(len(item) <= 60 for item in items)
    )


def parallel(items: list[str]) -> bool:
    """True where two items are built alike: as long as each other, or with the same first or last character."""
    a, b = items
    alike = len(a) == len(b) <= 4 or a[:2] == b[:2] or a[-2:] == b[-2:]
    return alike and not any(char.isdigit() for char in a + b)


def _alike(items: list[str]) -> bool:
    """True where clauses are built alike: all as long, or all with the same beginning or end."""
    items = [bare(item) for item in items]
    if not all(items):
        return False
    tails = {item[-1] for item in items}
    heads = {item[0] for item in items[1:]}
    lengths = {len(item) for item in items[1:]}
    return max(map(len, items)) <= 24 and (len(lengths) == 1 or len(tails) == 1 or (len(heads) == 1 and len(items) > 2))


def _first_trimmed(items: list[str]) -> list[str]:
    """The first item freed of what belongs to the sentence: an adverb, the verb that governs the whole list."""
    first, rest = items[0], items[1:]
    if not rest:
        return items
    if len(first) > 2 * max(map(len, rest)) + 2 and (found := _FUNCTION.search(first)):
        first = found[1]
    tails = {item[-2:] for item in items}
    if (
        len(tails) == 1
        and len(first) > max(map(len, rest))
        and (found := _FUNCTION.search(first))
        and len(found[1]) >= min(map(len, rest)) - 2
    ):
        return [found[1], *rest]
    if len(first) > 2 * max(map(len, rest)):
        first = after_verb(first, max(map(len, rest)) + 4)
    lengths = {len(item) for item in rest}
    if (
        len(rest) > 1
        and len(lengths) == 1
        and len(first) > (length := lengths.pop()) >= (3 if len({item[-1] for item in items}) == 1 else 4)
        and closes_with_verb(first[:-length])
    ):
        return [first[-length:], *rest]
    heads = {item[0] for item in rest}
    if len(rest) > 1 and len(heads) == 1 and not first.startswith(head := heads.pop()) and head in first:
        return [first[first.rindex(head) :], *rest]
    return _verb_trimmed([first, *rest])


def _verb_trimmed(items: list[str]) -> list[str]:
    """The first item without its verbs and their subject, unless the others open with verbs, too, or all are phrases of
    four characters (立足实际、快速反应)."""
    first, rest = items[0], items[1:]
    if sum(map(opens_with_verb, rest)) * 2 >= len(rest) or {*map(len, items)} == {4}:
        return items
    if len(first) > max(map(len, rest)):
        first = without_agent(_FOR.sub("", first))
    return [_SCOPE.sub("", without_lead(first)), *rest]


def _last_trimmed(items: list[str]) -> list[str]:
    return [
        *items[:-1],
        re.sub(r"(?:相结合|于一体|相统一|并重|(?:共同|所)?(?:组成|构成))$", "", items[-1]) or items[-1],
    ]


def _finish(items: list[str], trim: bool) -> list[str]:
    items = [bare(item) for item in items]
    if not all(items):
        return items
    return _last_trimmed(_first_trimmed(items)) if trim else items


def _fitting(lists: Iterator[list[str]], count: int, *, trim: bool) -> tuple[str, ...]:
    """The first list of ``count`` sound items, () if none."""
    for items in lists:
        if len(items) == count:
            done = _finish(items, trim)
            if _sound(done) and (count > 2 or parallel(done)):
                return tuple(done)
    return ()


_TITLE_RUN = re.compile(r"((?:《[^《》]+》[、和与及]?)+)$")
_TITLE = re.compile(r"《[^《》]+》")
_DASHES = "—–－→"
_QUOTED_RUN = re.compile(r"((?:[“‘][^“”‘’]*[”’][、和与及]?)+)$")
_QUOTED = re.compile(r"[“‘]([^“”‘’]*)[”’]")


def _quoted_before(text: str) -> Iterator[list[str]]:
    """Lists in the quotation marks that end ``text``: “A”“B”“C” or “A、B、C”."""
    run = _QUOTED_RUN.search(text)
    if run:
        quoted = _QUOTED.findall(run[1])
        yield quoted
        for separators in ("、，,", "、", "，,", "+＋"):
            yield cut(quoted[-1], separators)


def _plain_before(text: str) -> Iterator[list[str]]:
    """Lists that end ``text``: its last clause cut at 、, then its last clauses."""
    region = _last_after(text, _HARD)
    region = NUMBERED.sub("", region.lstrip())
    clauses = cut(region, "，,")
    yield from _described(clauses[-1])
    yield from _joined(cut(clauses[-1], "、"))
    if titles := _TITLE_RUN.search(text):
        yield _TITLE.findall(titles[1])
    yield [item for item in cut(clauses[-1], _DASHES) if item]
    for first in range(len(clauses) - 1, -1, -1):
        if first < len(clauses) - 2 and not closes_with_verb(region) and _alike(clauses[first:]):
            yield clauses[first:]


def _described(clause: str) -> Iterator[list[str]]:
    """设施齐全、服务完善的甲中心、乙中心和丙中心: the list begins after the 的 of what describes its first item."""
    items = cut(clause, "、")
    last = len(items) - 1
    at = next((i for i in range(last - 1, 0, -1) if re.search(r"..的..", items[i]) and "“" not in items[i]), 0)
    if at and _JOIN.search(items[-1][2:-2]):
        yield from list(_joined([items[at].rpartition("的")[2], *items[at + 1 :]]))[1:]


def before(text: str, count: int) -> Enumeration | None:
    """The list that ends ``text`` right before a label that promises ``count`` parts (2 or more)."""
    text = _inside(text)
    open_ended = re.search(r"等(?:方面|功能|服务)?的?[“‘]?$", text) is not None
    text = text.rstrip("“‘")
    while (found := _TRAILING.search(text)) and found[0]:
        text = text[: found.start()]
    if not text or text[-1] in "、和及与，。；：":
        return None
    items = _fitting(_quoted_before(text), count, trim=False) or _fitting(_plain_before(text), count, trim=True)
    if items:
        return Enumeration(items, True)
    if open_ended:
        some = _finish(cut(cut(_last_after(text, _HARD), "，,")[-1], "、"), True)
        if 2 <= len(some) < count and _sound(some):
            return Enumeration(tuple(some), False)
    return None


def _after_cuts(text: str) -> Iterator[list[str]]:
    body = re.sub(r"等[^、，；）)”’]{0,8}$", "", text.strip("，：:；。 "))
    quoted = _QUOTED.match(body)
    if quoted:
        yield cut(quoted[1], "、，")
        run = re.match(r"(?:[“‘][^“”‘’]*[”’][、和与及]?)+", body)
        if run:
            yield _QUOTED.findall(run[0])
    if titles := re.match(_TITLE_RUN.pattern.removesuffix("$"), body):
        yield _TITLE.findall(titles[1])
    yield [item for item in cut(body, _DASHES) if item] or [body]
    for separators in ("；;", "，,", "、", "，、", "；，、"):
        yield from _joined(cut(body, separators))
    clauses = cut(body, "，")
    if len(clauses) > 1 and re.match(r"同时|并|以及", clauses[1]):
        yield [*cut(clauses[0], "、"), clauses[1]]
    for end in "，；":
        first = cut(body, end)[0]
        if first != body:
            yield from _joined(cut(first, "、"))


def after(text: str, count: int, *, trim: bool = False) -> tuple[str, ...]:
    """The list of ``count`` parts that ``text`` is, or opens with; () where no way of cutting gives as many.

    ``trim`` takes a verb that governs the whole list off its first item.
    """

    def without_bullets(items: list[str]) -> list[str]:
        items = [
            re.sub(r"^(?:[一二三四五六七八九十]是|同时|并|以及|[和与及](?![谐睦解平美合气善时]))", "", item.strip())
            for item in items
        ]
        if not any("，" in item for item in items[:-1]):
            items[-1] = cut(items[-1], "，")[0]
        items[-1] = _LEVELLED.sub(r"\1", items[-1])
        return items

    return _fitting((without_bullets(items) for items in _after_cuts(text)), count, trim=trim)


def repeating(text: str, count: int, belongs: Callable[[str], bool]) -> tuple[str, ...]:
    """``count`` neighbouring items of ``text`` that all belong to the label, the first of them near its beginning."""
    items = [
        re.sub(r"^.{0,8}(?:将|要)?通过|^(?:即|包括)(?=..)", "", item) for item in cut(text.rstrip("。"), "、，,；;")
    ]
    for start in range(min(3, max(0, len(items) - count + 1))):
        run = items[start : start + count]
        if (
            len(run) == count
            and all(map(belongs, run))
            and _sound(run)
            and not any(map(belongs, items[start + count :][:1]))
        ):
            return tuple(bare(item) for item in _without_common_verb(_verb_trimmed(run), belongs))
    return ()


def _without_common_verb(items: list[str], belongs: Callable[[str], bool]) -> list[str]:
    """优化服务平台、优化培训平台 → 服务平台、培训平台, where the items still belong to the label without the verb."""
    freed = [without_verb(item) for item in items]
    verbs = {item.removesuffix(rest) for item, rest in zip(items, freed, strict=True)}
    return freed if len(verbs) == 1 and all(map(belongs, freed)) else items
