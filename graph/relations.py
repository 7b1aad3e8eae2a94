"""How terms hang together: typed relations, each with its reason and the sentence that shows it.

Answers, the network and the exports all read what is made here; it is stored with the glossary.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.lexicon import Concept
from corpus.model import Definition, Glossary, Relation, RelationKind, Term
from corpus.sentences import around
from corpus.shown import Texts
from graph.edges import INVERSES
from graph.hierarchy import Hierarchy, Listed, heads_of, listed_before, may_list
from graph.likeness import inside, other_contents, recounted, written_alike
from graph.linking import PassageFinder
from graph.senses import overlap, same_content
from graph.variants import core, fold

if TYPE_CHECKING:
    from corpus.mentions import Mentions

Pair = tuple[str, str]
#: How sure a relation is, where it isn't measured.
_LEXICON, _LISTED, _HEADED, _ALIKE, _DESCRIBED = 1.0, 0.9, 0.8, 0.8, 0.6
#: Words in the reason of related terms that tell why they are: they list the same parts, or share passages only.
SAME_CONTENT, TOGETHER = "所含内容相同", "同在"


@dataclass(frozen=True, slots=True)
class _Found:
    """A relation between two term ids before it is put in order; the span is widened to its sentences."""

    source: str
    target: str
    kind: RelationKind
    weight: float
    reason: str
    span: tuple[str, int, int] | None

    @property
    def pair(self) -> frozenset[str]:
        return frozenset((self.source, self.target))


def _pairs(found: Iterable[Pair]) -> set[frozenset[str]]:
    return {frozenset(pair) for pair in found}


class Labels:
    """Folded name → term id: labels go before aliases, terms mentioned more often before others."""

    def __init__(self, terms: Iterable[Term], counts: Mapping[str, int]) -> None:
        """``counts`` says how often each term is mentioned."""
        ranked = sorted(terms, key=lambda term: (-counts.get(term.id, 0), term.label))
        self._ids: dict[str, str] = {}
        for term in ranked:
            self._ids.setdefault(fold(term.label), term.id)
        for term in ranked:
            for alias in term.aliases:
                self._ids.setdefault(fold(alias), term.id)
        self._ids.pop("", None)

    def __call__(self, name: str) -> str | None:
        """The term of a name, with or without a classifier (“暖蜂”行动 is 暖蜂), or None."""
        folded = fold(name)
        return self._ids.get(folded) or self._ids.get(core(folded))


class _Where:
    """Where terms stand: sentences and passages of spans."""

    def __init__(self, texts: Texts, mentions: "Mentions") -> None:
        self.texts, self.mentions = texts, mentions
        self._first = mentions.firsts()

    def first(self, *terms: str) -> tuple[str, int, int] | None:
        """The first of these terms that stands anywhere: where it does first, in a passage if it can be."""
        return next((self._first[term] for term in terms if term in self._first), None)

    def relations(self, found: Iterable[_Found]) -> Iterator[Relation]:
        """The stored form: symmetric kinds with the smaller id first, the span widened to whole sentences. One text at a
        time is read."""
        by_document: dict[str, list[_Found]] = defaultdict(list)
        for one in found:
            if one.span is None:
                yield _stored(one, "", "", 0, 0)
            else:
                by_document[one.span[0]].append(one)
        for document, shown in by_document.items():
            text, locate = self.texts.text(document), PassageFinder(self.texts.spots(document))
            for one in shown:
                assert one.span is not None
                start, end = around(text, *one.span[1:])
                yield _stored(one, document, locate(start), start, end)


def _stored(found: _Found, document: str, passage: str, start: int, end: int) -> Relation:
    ends = (found.source, found.target)
    source, target = ends if found.kind in INVERSES else (min(ends), max(ends))
    return Relation(source, target, found.kind, round(found.weight, 6), found.reason, document, passage, start, end)


def relations(texts: Texts, passages: int, glossary: Glossary, concepts: Sequence[Concept]) -> tuple[Relation, ...]:
    """Every relation between the terms of a glossary, in the order that it is stored in.

    ``texts`` are those of the documents that the glossary was made from, which have so many ``passages``. Its own
    relations, which people made, stay and go before what is found: nothing that contradicts them is added. Two terms are
    related for one reason only: what is part of, above or another name of a term isn't also near it.
    """
    from corpus.mentions import Mentions  # with numpy: who only reads relations doesn't wait for it

    where = _Where(texts, Mentions.of(glossary.mentions))
    terms = {term.id: term for term in glossary.terms}
    names = Labels(glossary.terms, where.mentions.counts())
    hierarchy = Hierarchy()
    for relation in glossary.relations:
        if relation.kind == "broader":
            hierarchy.add(relation.source_id, relation.target_id)
    parts = _first_of(_components(glossary.definitions, terms, names))
    denied = _first_of(_denied(concepts, terms, names, where))
    near = {frozenset((relation.source_id, relation.target_id)) for relation in glossary.relations} | _pairs(parts)
    apart = _pairs(denied)
    broader = _broader(concepts, terms, names, where, near | apart, hierarchy)
    near |= _pairs(broader)
    variants = _first_of(found for found in _variants(terms, where) if found.pair not in near | apart)
    near |= _pairs(variants)
    together = _first_of(
        found
        for found in _near(glossary, concepts, terms, names, where, passages)
        if found.pair not in near and not _on_one_line(found, hierarchy)
    )
    contrasts = _first_of(
        found
        for found in _look_alikes(glossary, terms, where)
        if found.pair not in near | apart and not _on_one_line(found, hierarchy)
    )
    groups = (parts, denied, broader, variants, together, contrasts)
    made = [*glossary.relations, *where.relations(found for group in groups for found in group.values())]
    return tuple(sorted(made, key=lambda relation: (relation.source_id, relation.kind, relation.target_id)))


def _said(term: Term) -> str:
    """A label in quotation marks; one that has its own goes without."""
    return term.label if "“" in term.label else f"“{term.label}”"


def _first_of(found: Iterable[_Found]) -> dict[Pair, _Found]:
    """The first relation of every pair; the ends of a symmetric kind count in either order."""
    kept: dict[Pair, _Found] = {}
    for one in found:
        ends = (one.source, one.target)
        pair = ends if one.kind in INVERSES else (min(ends), max(ends))
        if one.source != one.target:
            kept.setdefault(pair, one)
    return kept


def _on_one_line(found: _Found, hierarchy: Hierarchy) -> bool:
    """True where one term stands above the other (SKOS: related and broaderTransitive are disjoint)."""
    return found.target in hierarchy.ancestors(found.source) or found.source in hierarchy.ancestors(found.target)


def _components(definitions: Iterable[Definition], terms: dict[str, Term], names: Labels) -> Iterator[_Found]:
    for definition in sorted(definitions, key=lambda d: (d.strength != "explained", d.document_id, d.start, d.id)):
        whole = definition.term_id
        weight = 1.0 if definition.strength == "explained" else _DESCRIBED
        for component in definition.components:
            if part := names(component):
                reason = f"原文解释{_said(terms[whole])}时，把{_said(terms[part])}列为其中一项"
                yield _Found(
                    whole, part, "has_component", weight, reason,
                    (definition.document_id, definition.start, definition.end),
                )  # fmt: skip


def _denied(concepts: Iterable[Concept], terms: dict[str, Term], names: Labels, where: _Where) -> Iterator[_Found]:
    """What the lexicon says not to take for a concept."""
    for concept in concepts:
        term = names(concept.label)
        for label in concept.negative_labels:
            other = names(label)
            if term and other:
                reason = f"词表注明{_said(terms[other])}不是{_said(terms[term])}"
                yield _Found(term, other, "contrasts_with", _LEXICON, reason, where.first(other))


def _broader(
    concepts: Iterable[Concept],
    terms: dict[str, Term],
    names: Labels,
    where: _Where,
    taken: set[frozenset[str]],
    hierarchy: Hierarchy,
) -> dict[Pair, _Found]:
    """Broader terms, surest first; what would close a cycle or only shortens a way is left out."""
    found: dict[Pair, _Found] = {}

    def add(term: str, broader: str, weight: float, reason: str, span: tuple[str, int, int] | None) -> None:
        if frozenset((term, broader)) not in taken and hierarchy.add(term, broader):
            found[term, broader] = _Found(term, broader, "broader", weight, reason, span)

    for concept in concepts:
        for label in concept.broader:
            term, broader = names(concept.label), names(label)
            if term and broader:
                reason = f"词表把{_said(terms[term])}列在{_said(terms[broader])}之下"
                add(term, broader, _LEXICON, reason, where.first(term))
    for listed in _listed(where, terms):
        for member in listed.members:
            reason = f"原文把{_said(terms[member])}列在{_said(terms[listed.head])}名下"
            add(member, listed.head, _LISTED, reason, (listed.document_id, listed.start, listed.end))
    for term, head in heads_of(terms.values()).items():
        reason = f"名称以{_said(terms[head])}为中心词"
        add(term, head, _HEADED, reason, where.first(term))
    for pair in hierarchy.detours():
        found.pop(pair, None)
    return found


def _listed(where: _Where, terms: dict[str, Term]) -> Iterator[Listed]:
    mentions = where.mentions
    for document_id, (first, last) in zip(mentions.documents, mentions.bounds(), strict=True):
        text = where.texts.text(document_id) if last > first else ""
        places = zip(mentions.start[first:last].tolist(), mentions.end[first:last].tolist(), strict=True)
        if heads := [at for at, place in enumerate(places) if may_list(text, *place)]:
            yield from listed_before(text, mentions.within(first, last), heads, terms)


def _variants(terms: dict[str, Term], where: _Where) -> Iterator[_Found]:
    for a, b, difference in written_alike(terms.values()):
        reason = f"两个名称只差{difference}，疑为同一事物的两种写法"
        yield _Found(a, b, "variant_of", _ALIKE, reason, where.first(a, b))


def _near(
    glossary: Glossary,
    concepts: Iterable[Concept],
    terms: dict[str, Term],
    names: Labels,
    where: _Where,
    passages: int,
) -> Iterator[_Found]:
    """What stands near a term: the same content first, then what the lexicon says, then what shares passages."""
    from graph.cooccurrence import related

    for a, b, one, second in same_content(glossary.definitions):
        parts, others = (frozenset(map(fold, definition.components)) for definition in (one, second))
        shared = "、".join(part for part in one.components if fold(part) in others)
        said = SAME_CONTENT if parts == others else f"{SAME_CONTENT}的有"
        reason = f"{_said(terms[a])}与{_said(terms[b])}名称不同，{said}：{shared}"
        yield _Found(a, b, "related", overlap(parts, others), reason, (one.document_id, one.start, one.end))
    together = related(where.mentions, passages)
    for concept in concepts:
        for label in concept.related:
            term, other = names(concept.label), names(label)
            if term and other:
                seen = together.get((min(term, other), max(term, other)))
                span = (seen.document_id, seen.start, seen.end) if seen else None
                reason = f"词表列为相关{f'；{TOGETHER} {seen.passages} 段里出现' if seen else ''}"
                yield _Found(term, other, "related", _LEXICON, reason, span)
    for (a, b), seen in together.items():
        reason = f"{TOGETHER} {seen.passages} 段里出现"
        yield _Found(a, b, "related", seen.weight, reason, (seen.document_id, seen.start, seen.end))


def _look_alikes(glossary: Glossary, terms: dict[str, Term], where: _Where) -> Iterator[_Found]:
    for a, b in other_contents(terms.values(), glossary.definitions):
        reason = f"{_said(terms[a])}与{_said(terms[b])}名称相近，内容不同"
        yield _Found(a, b, "contrasts_with", _ALIKE, reason, where.first(a, b))
    for shorter, longer in inside(terms.values()):
        reason = f"{_said(terms[longer])}里有{_said(terms[shorter])}几个字，但不是同一事物"
        weight = len(fold(terms[shorter].label)) / len(fold(terms[longer].label))
        yield _Found(longer, shorter, "contrasts_with", weight, reason, where.first(longer, shorter))
    for a, b in recounted(terms.values()):
        reason = f"{_said(terms[a])}与{_said(terms[b])}数目不同，不是一回事"
        yield _Found(a, b, "contrasts_with", _ALIKE, reason, where.first(a, b))
