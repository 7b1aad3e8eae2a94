"""What is a kind of what: broader terms by the structure of names, by “A、B等X”, and by the lexicon; no cycles."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from corpus.model import Mention, Term
from graph.numerals import count
from graph.variants import CLASSIFIERS, fold

# A name in several parts has no head that all of it is a kind of.
_PARTS = re.compile(r"[、，,；;：:•·+＋\s—–―-]")
# Between 等 and the noun: 等一批, 等3个, 等特色.
_ETC = re.compile(
    r"(等)(?:一系列|系列|一批|[\d一二三四五六七八九十两多几]+余?[个项类种大家块条处])?(?:特色|知名|重点|优秀|职工|工会)?[“‘《]*$"
)
_AFTER = re.compile(rf"[”’》]*(?:{'|'.join(CLASSIFIERS)})?(?:$|[，。；：、！？,;!?\n）)])")
# From the end of a member to the 等 or the separator after it; from the start of a member back to the one before it.
_MEMBER_TAIL = re.compile(rf"[”’》）)]*(?:{'|'.join(CLASSIFIERS)})?")
_BETWEEN = re.compile(rf"[”’》）)]*(?:{'|'.join(CLASSIFIERS)})?(?:[、，和及与]|以及)?[“‘《]*")
_LEAST_HEAD = 3
# Names that only count stand for other things in every place: 三大行动, 1+3, 百千万.
_NUMERALS = re.compile("[一二三四五六七八九十百千万亿\\d]+")
#: Who everybody here is: 职工书屋 and 书屋 are two ways to write one name, not two steps of a ladder.
EVERYBODY = frozenset({"职工", "工会"})
# A modifier of one character is mostly half a word (女|职工关爱行动); those that name a level are whole.
_LEVELS = frozenset("省市县区")
_JOINED = tuple("和与及或、")


@dataclass(frozen=True, slots=True)
class Listed:
    """A sentence puts ``members`` (term ids) under ``head`` (“A、B等X”); the list and its head are ``start:end``."""

    head: str
    members: tuple[str, ...]
    document_id: str
    start: int
    end: int


def heads_of(terms: Iterable[Term]) -> dict[str, str]:
    """Term id → id of the term that its name is headed by: 模范职工之家 → 职工之家, 全国模范职工之家 → 模范职工之家.

    The head must be a term of the same kind, at least three characters long, and no mere pattern (三大行动 of two places
    are two things); slogans and names in several parts have none.
    """
    ordered = sorted(terms, key=lambda term: term.label)
    by_label: dict[str, Term] = {}
    for term in ordered:
        by_label.setdefault(fold(term.label), term)
    found = {}
    for term in ordered:
        name = fold(term.label)
        if term.kind == "slogan" or _PARTS.search(term.label):
            continue
        for at in range(1, len(name) - _LEAST_HEAD + 1):
            head = by_label.get(name[at:])
            if head is not None and head.id != term.id and head.kind == term.kind and _modifies(name[:at]):
                if not _only_counts(name[at:]):
                    found[term.id] = head.id
                break
    return found


def _only_counts(name: str) -> bool:
    return count(name) > 0 or "+" in name or _NUMERALS.fullmatch(name) is not None


def _modifies(modifier: str) -> bool:
    if modifier in EVERYBODY or modifier.endswith(_JOINED):
        return False
    return len(modifier) > 1 or modifier in _LEVELS


def listings(text: str, mentions: Sequence[Mention], terms: Mapping[str, Term]) -> list[Listed]:
    """Where a text lists terms before a term that they are examples of; ``mentions`` are its own, in text order."""
    return listed_before(text, mentions, range(len(mentions)), terms)


def may_list(text: str, start: int, end: int) -> bool:
    """False where no list can stand before ``text[start:end]``."""
    return text.find("等", max(0, start - 14), start) >= 0 and _AFTER.match(text, end) is not None


def listed_before(
    text: str, mentions: Sequence[Mention], heads: Iterable[int], terms: Mapping[str, Term]
) -> list[Listed]:
    """The same, of these mentions alone as what the others are examples of."""
    found = []
    for i in heads:
        head = mentions[i]
        if not may_list(text, head.start, head.end):
            continue
        opening = _ETC.search(text[max(0, head.start - 14) : head.start])
        if opening is None or _only_counts(fold(terms[head.term_id].label)):
            continue
        at = max(0, head.start - 14) + opening.start(1)
        members: list[Mention] = []
        for j in range(i - 1, -1, -1):
            member = mentions[j]
            tail = _MEMBER_TAIL if not members else _BETWEEN
            match = tail.fullmatch(text, member.end, at)
            if match is None:
                break
            members.append(member)
            at = member.start
        ids = tuple(dict.fromkeys(m.term_id for m in reversed(members) if m.term_id != head.term_id))
        if ids:
            found.append(Listed(head.term_id, ids, head.document_id, members[-1].start, head.end))
    return found


@dataclass(slots=True)
class Hierarchy:
    """Term id → ids of its broader terms, without cycles: an edge that would close one isn't taken."""

    above: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def add(self, term: str, broader: str) -> bool:
        """Put a term below another; False where it stands there already, is the same, or stands above it."""
        if term == broader or broader in self.above.get(term, ()) or term in self.ancestors(broader):
            return False
        self.above[term].append(broader)
        return True

    def ancestors(self, term: str) -> set[str]:
        """Everything above a term."""
        found: set[str] = set()
        waiting = list(self.above.get(term, ()))
        while waiting:
            node = waiting.pop()
            if node not in found:
                found.add(node)
                waiting.extend(self.above.get(node, ()))
        return found

    def detours(self) -> set[tuple[str, str]]:
        """Edges (term, broader) that a longer way makes needless: 全国模范职工之家 → 职工之家 beside 模范职工之家."""
        return {
            (term, broader)
            for term, broaders in self.above.items()
            for broader in broaders
            if any(broader in self.ancestors(other) for other in broaders if other != broader)
        }
