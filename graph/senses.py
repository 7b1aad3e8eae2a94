"""Meanings of one label told apart, and names of one content brought together."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations

from rapidfuzz import fuzz

from corpus.model import Definition, Term
from graph.numerals import count
from graph.variants import core, fold, patterned

_SAME_WORDS = 85  # of 100: two wordings of one sentence
_SAME_PART = 60  # 秋送助学, 金秋助学
#: The share of parts that two lists have in common where both tell of the same thing; at least so many are equal.
_SAME_CONTENT, _EQUAL = 0.75, 0.5
_SCALE = re.compile(r"[十百千万亿]{2,}|\d{3,}")
_COUNTER = re.compile(r"[一二三四五六七八九十两双\d]")


def with_senses(terms: Iterable[Term], definitions: Sequence[Definition]) -> tuple[Definition, ...]:
    """The definitions in their order, each with the number of its sense; 1 is the sense of most documents.

    Only labels that count or add up (五大行动, 1+3) have several: others are named for what they are. Definitions are
    of one sense where their parts overlap, where document or place is the same and not both give whole lists that share
    nothing, or where the words are nearly the same. What gives no parts, or not all, founds no sense beside others.
    """
    labels = {term.id: term.label for term in terms}
    by_term: dict[str, list[Definition]] = defaultdict(list)
    for definition in definitions:
        by_term[definition.term_id].append(definition)
    numbers: dict[str, int] = {}
    for term_id, found in by_term.items():
        numbers.update(_numbered(labels.get(term_id, ""), found))
    return tuple(replace(definition, sense=numbers[definition.id]) for definition in definitions)


def _numbered(label: str, definitions: list[Definition]) -> Iterator[tuple[str, int]]:
    ordered = sorted(definitions, key=lambda d: (d.document_id, d.start, d.id))
    if not may_differ(label):
        return ((definition.id, 1) for definition in ordered)
    promised = count(core(fold(label)))
    founders = [d for d in ordered if len(d.components) > 1 and d.strength == "explained"]
    whole = [d for d in founders if promised < 2 or len(d.components) >= promised]
    groups: list[list[Definition]] = []
    # Whole lists first: what is incomplete joins one of them if it can.
    for definition in (*whole, *(d for d in founders if d not in whole)):
        kin = [group for group in groups if any(same_sense(definition, other, promised) for other in group)]
        groups = [group for group in groups if group not in kin] + [[definition, *(d for group in kin for d in group)]]
    groups.sort(key=lambda group: (-len({d.document_id for d in group}), -len(group), _first(group)))
    rest = [d for d in ordered if d not in founders]
    for definition in rest:
        home = next((g for g in groups if any(same_sense(definition, other, promised) for other in g)), None)
        if home is not None:
            home.append(definition)
        elif groups:
            groups[0].append(definition)
        else:
            groups.append([definition])
    return ((definition.id, number) for number, group in enumerate(groups, 1) for definition in group)


def _first(group: Iterable[Definition]) -> tuple[str, int]:
    return min((d.document_id, d.start) for d in group)


def may_differ(label: str) -> bool:
    """True for labels that say how many, not what: others may use them for other things."""
    folded = core(fold(label))
    return patterned(folded) or _SCALE.search(folded) is not None or any(map(patterned, _counted(folded)))


def _counted(folded: str) -> Iterator[str]:
    """A counting name after a verb of one character: 去四化 → 四化."""
    if len(folded) > 2 and not _COUNTER.match(folded):
        yield folded[1:]


def same_sense(one: Definition, other: Definition, promised: int = 0) -> bool:
    """True where two definitions of a label that counts ``promised`` parts speak of the same thing."""
    a, b = (frozenset(map(fold, d.components)) for d in (one, other))
    if a and b:
        if overlap(a, b) >= 0.5:
            return True
        if not a & b and min(len(a), len(b)) >= max(promised, 2):
            return False
    if one.document_id == other.document_id or (one.place and one.place == other.place):
        return True
    return fuzz.ratio(fold(one.text), fold(other.text)) >= _SAME_WORDS


def overlap(one: frozenset[str], other: frozenset[str]) -> float:
    """The share of the shorter list that the longer one has, too, in words that are nearly the same."""
    if not one or not other:
        return 0.0
    return len(_matched(one, other)) / min(len(one), len(other))


def _matched(one: frozenset[str], other: frozenset[str]) -> list[tuple[str, str]]:
    """Parts of two lists that say the same: equal ones first, then the likest of the rest."""
    pairs = [(part, part) for part in sorted(one & other)]
    a, b = sorted(one - other), sorted(other - one)
    likely = sorted((-like, x, y) for x in a for y in b if (like := _likeness(x, y)) >= _SAME_PART)
    taken: set[str] = set()
    for _, x, y in likely:
        if not {"<" + x, ">" + y} & taken:
            taken |= {"<" + x, ">" + y}
            pairs.append((x, y))
    return pairs


def _likeness(one: str, other: str) -> float:
    """How alike two parts are, in 0..100; what the other one only says at more length is alike: 乡镇, 乡镇街道工会."""
    return max(fuzz.ratio(one, other), _SAME_PART if one in other or other in one else 0)


def same_content(definitions: Iterable[Definition]) -> list[tuple[str, str, Definition, Definition]]:
    """Terms with nearly the same parts: (smaller term id, larger term id, definition of each that shows it).

    Lists of three parts and more, at least half of them equal. Each pair of terms once, by its likest definitions.
    """
    listed = [
        (frozenset(map(fold, d.components)), d)
        for d in sorted(definitions, key=lambda d: (d.term_id, d.document_id, d.start))
        if len(d.components) > 2 and d.strength == "explained"
    ]
    holding: dict[str, list[int]] = defaultdict(list)
    for i, (parts, _) in enumerate(listed):
        for part in parts:
            holding[part].append(i)
    candidates = {pair for found in holding.values() for pair in combinations(found, 2)}
    best: dict[tuple[str, str], tuple[float, int, int]] = {}
    for i, j in sorted(candidates):
        (a, one), (b, other) = listed[i], listed[j]
        if one.term_id == other.term_id or len(a & b) < _EQUAL * max(len(a), len(b)):
            continue
        share = len(_matched(a, b)) / max(len(a), len(b))
        known = best.get((one.term_id, other.term_id))
        if share >= _SAME_CONTENT and (known is None or share > known[0]):
            best[one.term_id, other.term_id] = (share, i, j)
    return [(*terms, listed[i][1], listed[j][1]) for terms, (_, i, j) in sorted(best.items())]
