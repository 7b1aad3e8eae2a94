"""Enumeration after the label: “X”，即A、B、C; “X”。包括…; “四送一补”，送A、送B、送C、送D、补E."""

import re

from graph.definitions.base import Explanation
from graph.lists import after, bare, cut, repeating
from graph.namings import Naming, Sentence
from graph.numerals import count, paired, words
from graph.variants import fold
from graph.wording import without_adverbs

# Between label and list: what is left of the noun phrase, a mark, the word that announces the list.
_ANNOUNCED = re.compile(
    r"^(?P<gap>[^，。；：、“”]{0,12})[，。]?(?:主要|具体|其中|内容)*(?P<marker>(?<![立随当旋在迅天日时后场])即(?![将使可便刻时日被]|代表|发表|成为|表示|宣布|开始|意味)[：:，]?为?|(?:指的)?是指?[：:]?|指(?![导挥定令引明出示标数])[：:]?|包括了?[：:]?|分别[是为][：:]?|：|——|--)(?P<list>.+)$",
    re.S,
)
# Two things right after what counts two: “两个结合”，甲与乙相结合.
_PAIR = re.compile(
    r"^[，：](?:把|将|坚持|推动|做到|实现)?(?P<a>[^，。；：、“”与和同]{2,12})[与和同](?P<b>[^，。；：、“”与和同]{2,12}?)(?:相结合|相统一|相促进|相融合|并重|并举|有机结合)(?=[，。；])"
)
# What the words that announce a list begin with, and how far from the label they may stand.
_MARKER, _REACH = re.compile("[即是指包分：—-]"), 80
_CLOSES = re.compile(r"[^，。；：、]{0,12}。")
# A list between two dashes ends at the second one.
_DASHED = re.compile(r"^([^，。；：、“”]{0,12}(?:——|--)[^—]+?)(?:——|--).*$", re.S)
# Words before 是 that take its list for something else: 特别是, 正是, 就是.
_NOT_SAID = re.compile(r"(?:特别|尤其|正|就|都|也|还|仍|更|又|不|但|而|便|可|若|或|总|只|既|并|一定|必然|应当|应该)$")
_PREDICATE = re.compile(r"的$|之.$|^.{25,}$|的最|^(?:是|也是|必须|应|其中|因此|所以|而且|但)|等[^、，]{5,}$")
#: 等 after the last of some that are named; 平等, 同等 are words.
_OPEN_END = re.compile(r"(?<![平同均对高中初优劣上下特头次一二三])等?。?$")
_NEXT = re.compile(r"^(?:主要|具体)*(?:即[：:，]?|包括[：:]?|分别[是为][：:]?)(?P<list>.+)$", re.S)
_QUOTED = re.compile(r"[“‘]([^“”‘’]+)[”’]")
_GAP = re.compile(r"^[^，。；：]{0,14}[，：]")


def extract(naming: Naming, sentence: Sentence) -> Explanation | None:
    """The list that the naming announces, or whose items repeat a word of it; None without either."""
    if naming.form in ("name", "subject", "member", "bracket"):
        return None
    label = fold(naming.core)
    promised = count(label)
    rest = sentence.after(naming)
    text = _DASHED.sub(r"\1", rest) if "—" in rest or "--" in rest else rest
    found = _ANNOUNCED.match(text) if _MARKER.search(text, 0, _REACH) else None
    end = sentence.end
    if found is None and len(rest) <= 13 and _CLOSES.fullmatch(rest) and (found := _NEXT.match(sentence.following)):
        end = sentence.next_end
    if found:
        told = _within(found.groupdict().get("gap", ""), found["list"])
        listed = after(told.rstrip("。"), promised) if promised > 1 else ()
        if any(item.startswith("分别") for item in listed):
            listed = ()
        if end == sentence.end and found["marker"].startswith("是") and not _says(found["gap"], listed):
            listed = ()
        listed = listed or _paired(told, label)
        if listed:
            return Explanation(sentence.start, end, _named(listed, words(label)), "explained", "enumeration_after")
        announced = end > sentence.end or found["marker"].startswith(("即", "包括", "分别"))
        if some := _some(told, promised, announced):
            return Explanation(sentence.start, end, some, "described", "enumeration_short")
        if promised == 0 and naming.form == "quoted" and (end > sentence.end or found["marker"].startswith("即")):
            parts = tuple(bare(part) for part in cut(_OPEN_END.sub("", told), "、；"))
            sound = len(parts) > 1 and not any(set("，“”") & set(part) for part in parts)
            return Explanation(sentence.start, end, parts if sound else (), "explained", "enumeration_after")
    if promised == 2 and (pair := _PAIR.match(rest)):
        return Explanation(sentence.start, sentence.end, (pair["a"], pair["b"]), "explained", "enumeration_after")
    if promised > 2 and sentence.is_heading:
        listed = repeating(sentence.following, promised, lambda item: _repeats(item, words(label)))
        if listed:
            return Explanation(sentence.next_start, sentence.next_end, listed, "explained", "enumeration_after")
    if paired(label) and (listed := _paired(_open(rest), label)):
        return Explanation(sentence.start, sentence.end, listed, "explained", "enumeration_after")
    if listed := _governed(_open(rest), promised, words(label)):
        return Explanation(sentence.start, sentence.end, listed, "explained", "enumeration_after")
    if promised > 1:
        heads = words(label)
        fits = _repeats if promised > 2 else str.startswith
        listed = repeating(_open(rest), promised, lambda item: fits(item, heads))
        if listed:
            return Explanation(sentence.start, sentence.end, listed, "explained", "enumeration_after")
    return None


def _within(gap: str, listed: str) -> str:
    """What is listed; what begins in a bracket (（即送甲、送乙）) ends with it."""
    depth = sum(gap.count(opening) - gap.count(closing) for opening, closing in ("（）", "()"))
    for at, sign in enumerate(listed) if depth > 0 else ():
        depth += (sign in "（(") - (sign in "）)")
        if depth == 0:
            return listed[:at]
    return listed


def _says(gap: str, items: tuple[str, ...]) -> bool:
    """False where 是 says of the named thing what it is like, or is part of another word: 特别是, 是紧密联系的."""
    return "的" not in gap and not _NOT_SAID.search(gap) and not any(map(_PREDICATE.search, items))


def _named(items: tuple[str, ...], heads: tuple[str, ...]) -> tuple[str, ...]:
    """突破“重点建”，以甲公司为试点…；扩展“行业建”… of 三建 → 重点建, 行业建: where each item puts its name in quotes."""
    names = [
        list(dict.fromkeys(n for n in _QUOTED.findall(item) if n.endswith(heads) or n.startswith(heads)))
        for item in items
    ]
    if all(len(found) == 1 for found in names) and max(map(len, items)) > 20:
        return tuple(found[0] for found in names)
    return items


def _some(listed: str, promised: int, announced: bool) -> tuple[str, ...]:
    """The items of a list that isn't as long as promised: it ends in 等 too early, or 即 announces more or fewer."""
    listed = re.split(r"[，,。；;]", listed)[0]
    items = [bare(item) for item in cut(re.sub(r"等[^、，]{0,8}$", "", listed), "、")]
    early = re.search(r"等[^、，]{0,8}$", listed) is not None and len(items) < promised
    wrong = promised > 1 and len(items) > 1 and (early or (announced and len(items) != promised))
    return tuple(items) if wrong and all(2 <= len(item) <= 20 for item in items) else ()


def _open(rest: str) -> str:
    """What stands after the noun phrase and its comma."""
    gap = _GAP.match(rest)
    return rest[gap.end() if gap else 0 :]


def _governed(text: str, promised: int, heads: tuple[str, ...]) -> tuple[str, ...]:
    """“五强”目标，不断加强甲、乙、丙、丁、戊: as many things as promised, under a verb with the word that is counted."""
    if promised < 3 or len(heads) != 1 or len(heads[0]) != 1:
        return ()
    clause = re.split(r"[，。；]", without_adverbs(text))[0]
    found = re.match(rf"(?:{heads[0]}[一-鿿]|[一-鿿]{heads[0]})(?P<list>.+)", clause)
    items = [bare(item) for item in cut(found["list"], "、")] if found else []
    sound = len(items) == promised and len(set(items)) == promised and all(2 <= len(item) <= 16 for item in items)
    return tuple(items) if sound else ()


def _paired(text: str, label: str) -> tuple[str, ...]:
    """比技能看本领、比安全看质量、比创新看效益 for 三比三看."""
    pairs = paired(label)
    if pairs is None:
        return ()
    size, (head, tail) = pairs
    return repeating(text, size, lambda item: item.startswith(head) and item.find(tail, 2) > 0)


def _repeats(item: str, heads: tuple[str, ...]) -> bool:
    return any(
        item.startswith(head)
        or item.endswith(head)
        or (len(head) == 1 and head in item[:2])
        or (head.startswith("一") and head in item[2:5])
        for head in heads
    )
