"""Terms that stand in the glossary on weak evidence: what an editor should look at, and why.

What the lexicon names is an official name, and what a sentence explains has a meaning; all others were let in by how they
are written (see ``graph.terms``), which can be wrong. Nothing here changes the glossary.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

from corpus.doubts import Doubts
from corpus.lexicon import lexicon
from corpus.model import Definition, Edit, Mention, Term
from corpus.store import Store
from corpus.tallies import NEVER, mentions_of, usage
from graph.likeness import written_alike
from graph.names import Names
from graph.variants import fold

#: Why a term is a candidate, by code: in a word, and what an editor may do about it.
REASONS: dict[str, tuple[str, str]] = {
    "alike": ("和别的名字相近", "和另一个术语只差一两个字。是一回事就并入，不是就看过。"),
    "sentence": ("名字像一句话", "名字很长或者分成几截，可能只是一句口号、一串并列的话。"),
    "short": ("名字太短", "只有两个字，或者只是日子、数字，可能不是术语。"),
    "doubtful": ("所在的字句存疑", "只在读得不清楚的地方出现，名字可能认错了字。请对照原文。"),
    "once": ("只出现一处", "全库只有一处写到。"),
    "one": ("只在一份文献里", "写到几处，都在一份文献里。"),
    "described": ("只有用途、数字", "有一句说到它的用途、数字或归类，没有说它是什么。"),
    "used": ("几份文献都用", "几份文献都写到，没有一句说它是什么。"),
}
_LONG = 12
_SHORT = 2
_APART = re.compile(r"[，,；;：:。！!？?]|、.*、")
_DAY = re.compile(r"[一二三四五六七八九十\d+＋-]{1,4}[Nn]?")
# Names that differ in what counts or tells apart are different things: 三送, 四送; 市级, 县级.
_TELLING = re.compile(r"[一二三四五六七八九十百千万两双\d省市县区乡镇村上下大小内外男女老青新]")
_LEAST = 4
_MOST_OF_A_SHAPE = 12


@dataclass(frozen=True, slots=True)
class Candidate:
    """A term to look at: how many documents and places use it, why it is one (keys of REASONS), the label of the term it
    looks like or "", and a mention to show, None where no document has one."""

    term: Term
    documents: int
    mentions: int
    reasons: tuple[str, ...]
    alike: str
    where: Mention | None


def candidates(store: Store) -> tuple[Candidate, ...]:
    """All of them, looked at or not: those that most documents use first, of equals those that a sentence says something
    of, then those used most."""
    terms = store.select(Term)
    official = {fold(name) for concept in lexicon() for name in (concept.label, *concept.official)}
    strength: dict[str, str] = {}
    for definition in store.shown(Definition):
        if strength.get(definition.term_id) != "explained":
            strength[definition.term_id] = definition.strength
    used = usage(store)
    alike, doubts = _alike(terms), Doubts(store)
    found = []
    for term in terms:
        if strength.get(term.id) == "explained" or any(fold(n) in official for n in (term.label, *term.aliases)):
            continue
        documents, places = used.get(term.id, NEVER)
        held = mentions_of(store, term.id)
        first = sure = next(held, None)
        while sure is not None and doubts.within(sure.document_id, sure.start, sure.end):
            sure = next(held, None)
        reasons = {
            "alike": term.id in alike,
            "sentence": len(term.label) > _LONG or _APART.search(term.label) is not None,
            "short": len(fold(term.label)) <= _SHORT or _DAY.fullmatch(fold(term.label)) is not None,
            "doubtful": first is not None and sure is None,
            "once": places < 2,
            "one": places > 1 and documents == 1,
            "described": term.id in strength,
            "used": documents > 1,
        }
        given = tuple(code for code in REASONS if reasons[code])
        found.append(Candidate(term, documents, places, given, alike.get(term.id, ""), sure or first))
    found.sort(key=lambda c: (-c.documents, c.term.id not in strength, -c.mentions, c.term.label))
    return tuple(found)


def _alike(terms: Iterable[Term]) -> dict[str, str]:
    """Term id → the label of another term that is written nearly like it.

    Nearly: in nothing that tells things apart (graph.likeness), or but for one character of four or more, another one or
    one more. Such names share what is left without it, so only names that share it are compared.
    """
    every = {term.id: term for term in terms}
    found: dict[str, str] = {}
    for one, other, _ in written_alike(every.values()):
        found[one], found[other] = every[other].label, every[one].label
    names = {i: fold(term.label) for i, term in every.items()}
    shapes: dict[str, list[str]] = defaultdict(list)
    for term_id, name in names.items():
        if len(name) >= _LEAST:
            shapes[name].append(term_id)
            for i in range(len(name)):
                shapes[f"{name[:i]}\0{name[i + 1 :]}"].append(term_id)
    for term_id, name in names.items():
        for shorter in sorted({name[:i] + name[i + 1 :] for i in range(len(name))} & shapes.keys()):
            shapes[shorter].append(term_id)
    for group in shapes.values():
        for one, other in combinations(group[:_MOST_OF_A_SHAPE], 2):
            if not _tells_apart(names[one], names[other]):
                found.setdefault(one, every[other].label)
                found.setdefault(other, every[one].label)
    return found


def _tells_apart(one: str, other: str) -> bool:
    """True where the characters that two names don't share tell things apart."""
    rest = (Counter(one) - Counter(other)) + (Counter(other) - Counter(one))
    return not rest or any(_TELLING.match(character) for character in rest)


def looked_at(edits: Iterable[Edit], terms: Iterable[Term]) -> frozenset[str]:
    """The ids of the terms that an edit which holds speaks of: somebody looked at them."""
    held = [edit for edit in edits if not edit.undone and not edit.idle]
    names = Names(terms)
    names.remember(held)
    found = set[str]()
    for edit in held:
        if edit.kind == "confirm" and edit.value:  # looked at a finding
            continue
        for label in (edit.term, edit.value) if edit.kind in ("rename", "merge") else (edit.term,):
            if name := names.named(label):
                found.add(name.term_id)
    return frozenset(found)


def counted(found: Iterable[Candidate]) -> Mapping[str, int]:
    """Reason → how many candidates have it, in the order of REASONS."""
    counts = Counter(code for candidate in found for code in candidate.reasons)
    return {code: counts[code] for code in REASONS if counts[code]}
