"""Brackets: “四送”（春送岗位、夏送清凉…） lists the parts; 小额贷款（惠工贷） and …（以下简称“X”） give the full name."""

import re

from graph.definitions.base import Explanation
from graph.lists import after
from graph.namings import Naming, Sentence
from graph.numerals import count
from graph.variants import fold
from graph.wording import without_lead

_BRACKET = re.compile(r"^[”’]?[（(](?P<inside>[^（）()]{4,120})[)）]")
_FULL = re.compile(r"(?P<full>[一-鿿]{4,24})[（(](?P<short>(?:以下)?(?:简称|统称)(?:为|：)?)?[“‘]?$")


def abbreviates(short: str, full: str) -> bool:
    """True where a bracketed name of three characters or more takes at least half of them from the longer name before
    it: 惠工贷 of 工会会员贷款, but not 工匠 of 劳模 (an alternative)."""
    return 3 <= len(short) <= len(full) and 2 * sum(char in full for char in short) >= len(short)


def extract(naming: Naming, sentence: Sentence) -> Explanation | None:
    """The parts in the bracket after the naming, or the full name before the bracket that holds it."""
    found = _BRACKET.match(sentence.after(naming))
    promised = count(fold(naming.core))
    if found and promised > 1:
        listed = after(found["inside"].removeprefix("即"), promised)
        if listed:
            return Explanation(sentence.start, sentence.end, listed, "explained", "parenthesis")
    outer = _FULL.search(sentence.before(naming))
    if outer and re.match(r"[”’]?[)）]", sentence.after(naming)) and naming.form in ("bracket", "quoted"):
        full = without_lead(outer["full"].rsplit("的", 1)[-1])
        if outer["short"] or abbreviates(naming.core, full):
            return Explanation(sentence.start, sentence.end, (), "explained", "parenthesis", (full,))
    return None
