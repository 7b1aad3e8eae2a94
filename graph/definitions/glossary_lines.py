"""Glossary lines (名词注释): 12.“四联三促”：联系…；促进…。 The label, the line, and the parts its body lists."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from corpus.model import Section
from graph.definitions.base import Explanation
from graph.lists import after, bare, before, cut
from graph.namings import head_phrase
from graph.numerals import count, parts_of, words
from graph.variants import fold, is_tail
from graph.wording import CREATING, without_lead

_LINE = re.compile(
    r"^[\s　]*(?:[（(]?\d{1,3}[)）.．、]|[①-⑳]|[*·•])?[\s　]*(?P<label>[^：:。；？！\n]{2,44})[：:](?P<body>[^\n]{6,})$",
    re.M,
)
_QUOTED = re.compile(r"[“‘](?P<core>.+)[”’](?P<tail>[^“”‘’]*)$")
_GROUP = re.compile(r"(?P<list>[^，；。]*?)等?(?P<size>\d+)个(?P<name>[^，；。、]+)")
_MADE_OF = re.compile(r"由(?P<list>[^，；。]+?)(?:所|共同)?(?:构成|组成)")
_TWO_OF = re.compile(r"双(\d+)")
_WHERE = re.compile(rf"^在.*?(?={CREATING})")
# A segment of a label that names something by its number: 强“三性”, 去“四化”.
_NAMED = re.compile(r"^[一-鿿][“‘]?(?P<name>[二三四五六七八九十][一-鿿])[”’]?$")
_LONGEST = 40
_ORDINALS = "一二三四五六七八九十"
_SAYS = re.compile(r"^(?:是指|主要是指|就是|即|指|主要包括|包括)[：:，]?")
_TITLES = re.compile(r"《[^《》]+》")


@dataclass(frozen=True, slots=True)
class Entry:
    """A glossary line: the bare name, what stands around it in the label, the label as written, its explanation."""

    core: str
    tail: str
    label: str
    explanation: Explanation


def _promised(core: str) -> int:
    plus = re.fullmatch(r"\d(?:\+\d)+", core)
    return sum(map(int, core.split("+"))) if plus else count(core)


def _groups(core: str, body: str) -> tuple[str, ...]:
    """装备制造、医药化工等2个千亿产业 → 2个千亿产业：装备制造、医药化工, where the sizes spell the label's digits."""
    found = [m for m in _GROUP.finditer(body) if "、" in m["list"]]
    if len(found) < 2 or "".join(m["size"] for m in found) != re.sub(r"\D", "", core):
        return ()
    return tuple(f"{m['size']}个{m['name']}：{without_lead(m['list'])}" for m in found)


def _counted(core: str, body: str) -> tuple[str, ...]:
    """…甲、乙、丙三方…，由子、丑两家… → 三方：甲、乙、丙; 两家：子、丑, where the body spells each part of the label."""
    found = []
    for size, written in parts_of(core):
        at = body.find(written)
        listed = before(body[:at], size) if at > 0 and size > 1 else None
        if listed is None or not listed.complete:
            return ()
        found.append(f"{written}：{'、'.join(listed.items)}")
    return tuple(found) if len(found) > 1 else ()


def _twice(core: str, body: str) -> tuple[str, ...]:
    """双15: the two clauses that each speak of a 15, without the place where it holds."""
    found = _TWO_OF.match(core)
    clauses = [bare(clause) for clause in cut(body, "，；") if found and found[1] in clause]
    return tuple(_WHERE.sub("", clause) for clause in clauses) if len(clauses) == 2 else ()


def components(label: str, body: str) -> tuple[str, ...]:
    """The parts that the body of a glossary line lists; () where no way of cutting fits the label."""
    core = fold(label)
    body = body.strip().rstrip("。")
    promised = _promised(core)
    if spelt := _groups(core, body) or _counted(core, body):
        return spelt
    if twice := _twice(core, body):
        return twice
    numbered = tuple(bare(part) for part in cut(body, "；") if bare(part))
    if len(numbered) in {size for size, _ in parts_of(core)} and all(map(str.startswith, numbered, _ORDINALS)):
        return numbered
    if promised > 1:
        at = re.search(f"[“‘]?{re.escape(label)}", body)
        listed = before(body[: at.start()], promised) if at else None
        if listed and listed.complete:
            return (_SAYS.sub("", listed.items[0]), *listed.items[1:])
        titles = _TITLES.findall(body)
        if len(titles) == promised:
            return tuple(titles)
        stretches = [m["list"] for m in _MADE_OF.finditer(body)]
        stretches += [body[m.end() :] for m in re.finditer(r"即[：:]?|包括[：:]?|分别[是为][：:]?", body)]
        stretches += [body, *(part for part in body.split("。") if part)]
        for stretch in stretches:
            opening = _SAYS.match(stretch)
            if found := after(stretch[opening.end() :] if opening else stretch, promised, trim=True):
                return found
        repeated = [
            bare(part)
            for part in re.split(r"[，；、。：:“”]", body)
            if part.endswith(words(core)) or part.startswith(words(core))
        ]
        if len(repeated) == promised and label not in repeated:
            return tuple(repeated)
    segments = cut(label.strip("“”"), "、，")
    clauses = [bare(part) for part in cut(body, "；，" if "；" not in body else "；")]
    if len(segments) > 1 and len(clauses) == len(segments):
        return tuple(clauses)
    return ()


def entries(text: str, sections: Iterable[Section]) -> list[Entry]:
    """The lines of the glossary sections of a document, in text order."""
    found = []
    for section in sections:
        if section.kind == "glossary":
            for line in _LINE.finditer(text, section.start, section.end):
                found += [entry for entry in (_entry(line), *_named_inside(line)) if _is_name(entry.core)]
    return list({(entry.explanation.start, entry.core): entry for entry in found}.values())


def _is_name(core: str) -> bool:
    """False for what is left of a broken line (3., “”) and for words that every report is made of (工作)."""
    name = fold(core)
    return len(name) > 1 and len(core) <= _LONGEST and not re.fullmatch(r"\d[.．、]?|\W*", name) and not is_tail(name)


def _named_inside(line: re.Match[str]) -> list[Entry]:
    """强三性、去四化：增强甲性、乙性、丙性，防止…: what 三性 and 四化 are, where each clause lists as many."""
    segments = cut(bare(line["label"]), "、，")
    clauses = cut(line["body"].strip().rstrip("。"), "，；")
    if len(segments) < 2 or len(segments) != len(clauses):
        return []
    found = []
    for segment, clause in zip(segments, clauses, strict=True):
        named = _NAMED.match(segment)
        parts = after(clause, count(named["name"]), trim=True) if named else ()
        if named and parts:
            span = Explanation(line.start("label"), line.end("body"), parts, "explained", "glossary")
            found.append(Entry(named["name"], "", named["name"], span))
    return found


def _balanced(label: str) -> str:
    """A label without quotation marks of which the other half is missing."""
    return label if label.count("“") == label.count("”") else re.sub("[“”]", "", label)


def _short(core: str, body: str) -> tuple[str, ...]:
    """A body that is nothing but a list, of another size than the label promises."""
    promised = _promised(fold(core))
    items = tuple(bare(item) for item in cut(_SAYS.sub("", body.strip().rstrip("。")), "、"))
    plain = len(items) > 1 and all(2 <= len(item) <= 12 and not set("，；。：“”") & set(item) for item in items)
    return items if promised > 1 and plain and len(items) != promised else ()


def _entry(line: re.Match[str]) -> Entry:
    label = _balanced(line["label"].strip())
    quoted = _QUOTED.search(label)
    core = quoted["core"] if quoted else label
    tail = quoted["tail"] if quoted else ""
    parts = components(core, line["body"])
    span = Explanation(line.start("label"), line.end("body"), parts, "explained", "glossary")
    if not parts and (short := _short(core, line["body"])):
        span = replace(span, components=short, strength="described", how="enumeration_short")
    return Entry(core, head_phrase(tail) or tail, label, span)
