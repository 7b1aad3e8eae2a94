"""Brackets: “四送”（春送岗位、夏送清凉…） lists the parts; 小额贷款（惠工贷） and …（以下简称“X”） give the full name."""

import re

from corpus.places import gazetteer
from graph.context import everyday
from graph.definitions.base import Explanation
from graph.lists import after
from graph.namings import Naming, Sentence
from graph.numerals import count
from graph.variants import fold, generic
from graph.wording import without_lead

_BRACKET = re.compile(r"^[”’]?[（(](?P<inside>[^（）()]{4,120})[)）]")
_CLOSED = re.compile(r"[”’]?[)）]")
_FULL = re.compile(
    r"(?P<before>[^一-鿿]?)(?P<full>[一-鿿]{4,24})[（(](?P<short>(?:以下)?(?:简称|统称)(?:为|：)?)?[“‘]?$"
)
# What goes before a full name in a sentence: 本办法适用于, 为了防治.
_GOVERNED = re.compile(r".*(?:适用于|列入|属于|位于|关于|(?:范围|区域|境)内|按照|根据|对|由|与|为了|为|是|经)(?=.{4})")
# A name that needs the place before it (市公安局) is one only in its own document; so is a list that 统称 covers.
_LOCAL = re.compile(r"^(?:[省市县区州]|本)(?=.{2})")


def abbreviates(short: str, full: str) -> bool:
    """True where a bracketed name of three characters or more takes at least half of them from the longer name before
    it: 惠工贷 of 工会会员贷款, but not 工匠 of 劳模 (an alternative)."""
    return 3 <= len(short) <= len(full) and 2 * sum(char in full for char in short) >= len(short)


def lasting(short: str, full: str, outer: re.Match[str]) -> bool:
    """True where 简称 gives a name that means the same in other documents: its characters stand in the full name in
    turn, more than a place was left out (甲市博物馆 for 博物馆 would do, 事业性收费票据 for 收费票据 wouldn't), it needs no
    place before it (市公安局) and doesn't stand for a list (甲、乙和丙)."""
    listed = outer["before"] in ("、", "和", "及", "与", "”", "）") or re.search(r"[和及与]|其他|有关", full)
    rest = iter(full)
    cropped = short in full and (everyday(short) or not gazetteer().find(full[: full.index(short)]))
    return not (
        listed
        or "统称" in outer["short"]
        or _LOCAL.match(short)
        or len(short) < 2
        or cropped
        or generic(short)
        or not all(char in rest for char in short)
        or len(full) < len(short) + 2
    )


def extract(naming: Naming, sentence: Sentence) -> Explanation | None:
    """The parts in the bracket after the naming, or the full name before the bracket that holds it."""
    rest = sentence.after(naming)
    found = _BRACKET.match(rest)
    if found and (promised := count(fold(naming.core))) > 1:
        listed = after(found["inside"].removeprefix("即"), promised)
        if listed:
            return Explanation(sentence.start, sentence.end, listed, "explained", "parenthesis")
    if naming.form not in ("bracket", "quoted") or not _CLOSED.match(rest):
        return None
    if outer := _FULL.search(sentence.before(naming)):
        full = without_lead(_GOVERNED.sub("", outer["full"].rsplit("的", 1)[-1]))
        if lasting(naming.core, full, outer) if outer["short"] else abbreviates(naming.core, full):
            return Explanation(sentence.start, sentence.end, (), "explained", "parenthesis", (full,))
    return None
