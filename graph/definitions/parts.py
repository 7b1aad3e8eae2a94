"""The parts that a describing sentence gives a name: those the name spells out, and those it says it is carried out by.

开展“X”，提供甲、乙、丙等服务: the list that the clauses after a name end in says what the name consists of. Lists of people
(组织骑手、司机…参与), of grounds (围绕…, 依托…) and of results with figures don't.
"""

import re

from graph.lists import bare, cut
from graph.wording import CONTINUING, CREATING, opens_with_verb, without_lead

_PLACEHOLDER = re.compile(r"[nx\d]+$")
_CARRIES = "开展|组织开展|提供|推出|开设|开办|设有|设立|设置|下设|内设|集成|涵盖|覆盖|包括|包含|囊括|推行|举办"
_CARRIED = re.compile(
    rf"(?:^|[，,])[^，,。；：“”、]{{0,5}}?(?:{_CARRIES})了?(?P<list>[^，,。；：]*[、](?:[^，,。；：]*))"
)
_MOVED = re.compile(
    r"[把将](?P<list>[^，,。；：“”]*、[^，,。；：“”]*?)等[^，,。；：“”、]{0,6}(?:拓展|延伸|搬|送|纳入|融入|转移|移)"
)
_ENDS = re.compile(r"等(?P<noun>[^、，]*)$")
_WHOLE_QUOTED = re.compile(r"^[“‘]([^“”‘’]+)[”’]的?[^、，。；“”]{0,10}$")
# Nouns that a whole list may share without 等: 评选、展示、交流活动.
_SHARED = ("活动", "工作", "服务", "行动", "机制", "平台")
_UNIT = re.compile(r"\d")
_COUNTED = re.compile(r"^(..+?)[两二三四五六七八九十][项个类种]..$")
_REACH = 90


def own_parts(name: str) -> tuple[str, ...]:
    """The parts that a name itself spells out: 小发明、小创造、小革新; 法院+工会. A placeholder (N) is none."""
    parts = tuple(bare(part) for part in re.split(r"[+＋]", name))
    if len(parts) == 1:
        parts = tuple(bare(part) for part in re.split(r"[、，]", name))
    spelt = len(parts) > 1 and all(len(part) > 1 and not _PLACEHOLDER.match(part.lower()) for part in parts)
    return parts if spelt else ()


def carried_out_by(rest: str) -> tuple[str, ...]:
    """The list of three or more things that the clauses of ``rest`` say a name is carried out by, () without one.

    ``rest`` is what stands after the name. The first such list counts, as long as no other name was brought up before.
    """
    rest = re.split(r"[。；;！？]", rest, maxsplit=1)[0][: _REACH + 200]
    for pattern in (_CARRIED, _MOVED):
        for found in pattern.finditer(rest):
            if re.search(r"[“”]", rest[: found.start("list")].rstrip("“")[1:]) or found.start() > _REACH:
                break
            if items := _items(found["list"]):
                return items
    return ()


def _items(written: str) -> tuple[str, ...]:
    quoted = _WHOLE_QUOTED.match(written)
    body = quoted[1] if quoted else _ENDS.sub("", written)
    items = [bare(item) for item in cut(body, "、")]
    if len(items) < 2 or re.search(r"等[^、，]*的", written):
        return ()
    if items[-1].endswith(_SHARED) and not (
        quoted or _ENDS.search(written) or all(i.endswith(items[-1][-2:]) for i in items)
    ):
        return ()
    last = re.split(r"(?<=..)(?:以及|[和与及])(?=..)", items[-1])
    if len(last) == 2 and max(map(len, last)) <= max(map(len, items[:-1])) + 2:
        items = [*items[:-1], *last]
    if len(items) < 3:
        return ()
    if not quoted and not opens_with_verb(items[1]):
        items = [without_lead(items[0]), *items[1:]]
    items[-1] = _COUNTED.sub(r"\1", items[-1])
    sound = (
        all(2 <= len(item) <= 16 for item in items)
        and not all(item.endswith("化") for item in items[:-1])
        and len(set(items)) == len(items)
        and not any(_UNIT.search(item) or set("“”") & set(item) for item in items)
    )
    return tuple(items) if sound else ()


def echoed(rest: str, name: str) -> tuple[str, ...]:
    """Three or more items of one length that all end in a word of the name: 爱甲品、用甲品、推甲品 of 甲工带甲品."""
    for clause in re.split(r"[，。；]", rest)[:4]:
        items = clause.split("、")
        size = len(items[-1])
        if len(items) > 2 and 3 <= size <= 6 and {len(item) for item in items[1:]} == {size} and len(items[0]) >= size:
            items[0] = items[0][-size:]
            tail = items[-1][-2:]
            if tail in name and all(item.endswith(tail) for item in items) and len(set(items)) == len(items):
                return tuple(items)
    return ()


_POINT = re.compile(r"^(?:第?[一二三四五六七八九十]+(?:是|要|、|，)|[（(][一二三四五六七八九十\d]+[)）]|\d+[.．、])")
_DOES = re.compile(rf"^(?:{CREATING}|{CONTINUING})(?:了|好)?(?=..)")


def headline_parts(ahead: str, following: str) -> tuple[str, ...]:
    """三是开展“X”。开展甲活动，推进乙工作，加强丙建设。 → 甲活动, 乙工作, 丙建设

    Where a numbered point says no more than what it is called, the next sentence says what is done: three clauses or
    more, each a verb and what it does; a closing clause may give the result.
    """
    if not _POINT.match(ahead) or len(ahead) > 16:
        return ()
    done = []
    for clause in cut(following.rstrip("。"), "，,"):
        found = _DOES.match(clause)
        if not found:
            break
        done.append(clause[found.end() :])
    return tuple(map(bare, done)) if len(done) > 2 and len(set(done)) == len(done) else ()
