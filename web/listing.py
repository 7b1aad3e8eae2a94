"""The ways to list terms: by pinyin, by the numeral that a name begins with, by kind, by the places that use them."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from corpus.places import gazetteer
from graph.numerals import count
from graph.variants import fold
from web import words
from web.shelf import TermEntry

#: The ways, with what each is called.
VIEWS: dict[str, str] = {
    "pinyin": "按拼音",
    "number": "按数字",
    "kind": "按类别",
    "place": "按地方",
    "new": "新收的",
    "changed": "有变化的",
}
#: Where terms are listed that more than one province uses.
SHARED = "几地通用"
#: Key of a group → its heading; 百, 千 and 万 begin few names.
_NUMBERS = {
    **dict(zip("一二三四五六七八九十", "一二三四五六七八九十", strict=True)),
    "二": "二、两、双",
    "百": "百、千、万",
    "0": "阿拉伯数字",
}
_SAME = str.maketrans("两双千万", "二二百百")
_LEADING = re.compile("[一二三四五六七八九十两双百千万]")
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Group:
    """Terms under one heading. ``key`` stands in addresses, ``title`` in the text; ``about`` says more, or ""."""

    key: str
    title: str
    entries: tuple[TermEntry, ...]
    about: str = ""


@lru_cache(1 << 16)
def numeral(label: str) -> str:
    """The numeral that a name begins with (四大会战 → 四, 两癌 → 二, 1+3 → 0), or counts with after 新 or 小; "" for none and
    for names of places (四川…)."""
    folded = fold(label)
    if folded[:1].isdigit():
        return "0"
    first = _LEADING.match(folded) or (_LEADING.match(folded, 1) if count(folded) else None)
    if not first:
        return ""
    place = gazetteer().find(folded)
    return "" if place and place[0].start == first.start() else first[0].translate(_SAME)


def by_pinyin(entries: Iterable[TermEntry]) -> list[Group]:
    """A–Z, then what has no letter. ``entries`` come in that order."""
    return [
        Group(letter, letter if letter != "#" else "其他", tuple(held))
        for letter, held in groupby(entries, key=lambda entry: entry.initial)
    ]


def by_number(entries: Iterable[TermEntry]) -> list[Group]:
    """One to ten, hundreds and more, then names that begin with digits, in the order of what these say."""
    held = _held(entries, lambda entry: (numeral(entry.term.label),))
    if digits := held.get("0"):
        held["0"] = sorted(digits, key=lambda entry: [int(n) for n in _DIGITS.findall(fold(entry.term.label))[:2]])
    return [Group(key, title, tuple(held[key])) for key, title in _NUMBERS.items() if key in held]


def by_kind(entries: Iterable[TermEntry]) -> list[Group]:
    """Kind by kind."""
    held = _held(entries, lambda entry: (entry.term.kind,))
    return [Group(kind, name, tuple(held[kind])) for kind, name in words.KINDS.items() if kind in held]


def by_place(entries: Iterable[TermEntry], provinces: Iterable[str]) -> list[Group]:
    """Every province that uses terms, in the given order, each with all it uses: what only it uses comes first, place by
    place. Before them what more than one uses, the most widely used first; after them what lies in no province."""
    found = list(entries)
    held = _held(found, lambda entry: entry.provinces)
    shared = sorted((entry for entry in found if len(entry.provinces) > 1), key=lambda e: -len(e.provinces))
    groups = [Group(SHARED, SHARED, tuple(shared), f"{len(shared)} 个")] if shared else []
    for name in [*(p for p in provinces if p), ""]:
        if used := held.get(name):
            own = [entry for entry in used if len(entry.provinces) == 1]
            own.sort(key=lambda entry: entry.place)
            rest = [entry for entry in used if len(entry.provinces) > 1]
            title = name or words.NO_PROVINCE
            groups.append(Group(title, title, (*own, *rest), f"用到 {len(used)} 个，其中 {len(own)} 个只见于这里"))
    return groups


def sections(view: str, group: Group, entries: Iterable[TermEntry]) -> list[Group]:
    """The entries of a page of a group under headings of their own: by place what only one place uses."""
    if view != "place" or group.key == SHARED:
        return [Group(group.key, group.title, tuple(entries), group.about)]
    found: list[Group] = []
    for name, held in groupby(entries, key=lambda e: e.place if len(e.provinces) == 1 else None):
        title = "别处也用" if name is None else f"只见于{name}" if name else f"只见于{group.title}"
        found.append(Group(title, title, tuple(held)))
    return found


def grouped(view: str, entries: Iterable[TermEntry], provinces: Iterable[str]) -> list[Group]:
    """Terms, which come in the order of pinyin, in one of the ways of VIEWS but the last two."""
    if view == "place":
        return by_place(entries, provinces)
    return {"number": by_number, "kind": by_kind}.get(view, by_pinyin)(entries)


def _held(entries: Iterable[TermEntry], keys_of: Callable[[TermEntry], Iterable[str]]) -> dict[str, list[TermEntry]]:
    held: defaultdict[str, list[TermEntry]] = defaultdict(list)
    for entry in entries:
        for key in keys_of(entry):
            held[key].append(entry)
    return dict(held)
