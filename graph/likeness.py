"""Likeness of names: those written nearly alike that were kept apart, those that look alike and mean other things."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations

from corpus.model import Definition, Term
from graph.numerals import count
from graph.variants import CLASSIFIERS, fold, is_tail, patterned

# What two names may differ in and still be one: who everybody here is (not where that is what a name names: 学习型职工),
# and how words are joined.
_EVERYBODY = re.compile("(?:职工|工会)(?!$)")
_JOINING = re.compile("[和与及]")
_APART = re.compile(r"[、，•·\s—–-]")
#: Names made of numerals only (百千万, 十百千): each stands for other things.
_NUMERALS = re.compile("[一二三四五六七八九十百千万亿]+")
#: Kinds that the last word of a name settles.
_TELLING = frozenset({"organisation", "indicator", "honour"})
#: A name that says little but a number: 四送, 三大工程.
_SHORT_NAME = 4
_NUMBER = re.compile(r"[一二三四五六七八九十两双\d]")
_MEASURES = re.compile("(?<=[一二三四五六七八九十两双])(?:大|项|个|种|类)")
_OTHER = 0.25  # of the parts of both that two may share and still be different things
_LEAST_NAME = 3
_MOST_ALIKE = 8
_MOST_OF_ONE_NAME = 20


def _difference(a: str, b: str) -> str:
    """What one folded name has more than the other, in words: “职工”, “活动”."""
    for longer, shorter in ((a, b), (b, a)):
        for word in ("职工", "工会", *CLASSIFIERS, "和", "与", "及"):
            if longer.replace(word, "", 1) == shorter:
                return f"“{word}”二字" if len(word) == 2 else f"“{word}”"
    return "个别字和语序"


def _bare(name: str) -> str:
    bare = _JOINING.sub("", _EVERYBODY.sub("", name))
    tail = next((tail for tail in CLASSIFIERS if bare.endswith(tail) and len(bare) - len(tail) >= _LEAST_NAME), "")
    return bare.removesuffix(tail)


def written_alike(terms: Iterable[Term]) -> Iterator[tuple[str, str, str]]:
    """Pairs of term ids whose names differ in nothing that tells things apart, with the difference in Chinese.

    职工互助保障 and 互助保障, 劳动和技能竞赛 and 劳动技能竞赛, 职工服务体系 and 服务职工体系; slogans are left out.
    """
    buckets: dict[str, list[Term]] = defaultdict(list)
    for term in sorted(terms, key=lambda term: term.label):
        bare = _bare(fold(term.label))
        if len(bare) >= _LEAST_NAME and term.kind != "slogan":
            buckets[bare].append(term)
    for bucket in buckets.values():
        for a, b in combinations(bucket[:_MOST_OF_ONE_NAME], 2):
            yield a.id, b.id, _difference(fold(a.label), fold(b.label))


def other_contents(terms: Iterable[Term], definitions: Iterable[Definition]) -> Iterator[tuple[str, str]]:
    """Pairs of terms whose names differ in a measure word only (五大行动, 五项行动) and whose parts are different."""
    parts: dict[str, set[str]] = defaultdict(set)
    for definition in definitions:
        if len(definition.components) >= 2:
            parts[definition.term_id] |= {fold(part) for part in definition.components}
    buckets: dict[str, list[Term]] = defaultdict(list)
    for term in sorted(terms, key=lambda term: term.label):
        name = fold(term.label)
        if count(name) and parts[term.id]:
            buckets[_bare(_MEASURES.sub("", name))].append(term)
    for bucket in buckets.values():
        for a, b in combinations(bucket[:_MOST_OF_ONE_NAME], 2):
            both = parts[a.id] & parts[b.id]
            if len(both) <= _OTHER * len(parts[a.id] | parts[b.id]):
                yield a.id, b.id


def recounted(terms: Iterable[Term]) -> Iterator[tuple[str, str]]:
    """Pairs of term ids whose names, of four characters at most, count the same in another number: 四送, 五送."""
    buckets: dict[str, list[Term]] = defaultdict(list)
    for term in sorted(terms, key=lambda term: term.label):
        name = fold(term.label)
        if count(name) > 1 and len(name) <= _SHORT_NAME:
            buckets[_NUMBER.sub("#", name)].append(term)
    for bucket in buckets.values():
        for a, b in combinations(bucket[:_MOST_OF_ONE_NAME], 2):
            if count(fold(a.label)) != count(fold(b.label)):
                yield a.id, b.id


def inside(terms: Iterable[Term]) -> Iterator[tuple[str, str]]:
    """(shorter, longer) ids where one name stands inside another that means something else.

    Either both count and promise different numbers of parts (四送 in 四送一补, 1+3 in 1+3+X), or the longer one goes on to
    name another sort of thing (劳模精神展示馆, 集体协商建制率). The shorter makes up half of the longer at least; a term has at
    most eight such, the likest first.
    """
    by_name: dict[str, Term] = {}
    for term in sorted(terms, key=lambda term: term.label):
        by_name.setdefault(fold(term.label), term)
    found: set[tuple[float, str, str]] = set()
    for name, term in by_name.items():
        for size in range(-(-len(name) // 2), len(name)):
            for at in range(len(name) - size + 1):
                part = name[at : at + size]
                other = by_name.get(part)
                if other is not None and (_counts_otherwise(part, name) or (at == 0 and _another_sort(other, term))):
                    found.add((-size / len(name), other.id, term.id))
    seen: Counter[str] = Counter()
    for _, shorter, longer in sorted(found):
        if seen[shorter] < _MOST_ALIKE and seen[longer] < _MOST_ALIKE:
            seen.update((shorter, longer))
            yield shorter, longer


def _counts_otherwise(shorter: str, longer: str) -> bool:
    if _NUMERALS.fullmatch(shorter):
        return _NUMERALS.fullmatch(longer) is not None
    if not (patterned(shorter) and patterned(longer)):
        return False
    return (count(shorter), shorter.strip("+").count("+")) != (count(longer), longer.strip("+").count("+"))


def _another_sort(shorter: Term, longer: Term) -> bool:
    tail = fold(longer.label)[len(fold(shorter.label)) :]
    whole = not any(_APART.search(term.label) for term in (shorter, longer)) and len(fold(shorter.label)) >= _LEAST_NAME
    return whole and longer.kind in _TELLING and longer.kind != shorter.kind and not is_tail(tail)
