"""Checks of the vocabulary: of the lexicon that comes with the program, and of the glossary of a library.

An error makes answers wrong (a name that stands for two things, a circle of broader terms); a hint is worth an
editor's look. What to check is after SKOS (https://www.w3.org/TR/skos-reference/, S9, S13, S14, S23, S27) and qSKOS.
"""

import re
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from corpus import streams
from corpus.curation import quoted
from corpus.lexicon import Concept, lexicon
from corpus.model import Definition, Edit, Relation, Term, digest
from corpus.store import Store
from corpus.tallies import mentions_of
from graph.checks import ACCEPTABLE, CHECKS, Severity
from graph.curation import told
from graph.folding import folded
from graph.numerals import count, parts_of
from graph.variants import fold

_LISTED = 4  # names in a message
_SHAPE = re.compile(r"[“‘].[”’]")  # “十”字格局 counts nothing
_AROUND = 40  # characters on either side of a mention


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to look at: ``subject`` is the label of the term or concept, ``message`` says what to do."""

    code: str
    severity: Severity
    subject: str
    message: str

    @property
    def key(self) -> str:
        """What an edit of kind confirm names it by; "" for one that can't be let pass."""
        return f"{self.code}:{digest(self.subject, self.message)}" if self.code in ACCEPTABLE else ""


def _found(code: str, subject: str, message: str) -> Finding:
    return Finding(code, CHECKS[code][0], subject, message)


def lint(store: Store) -> list[Finding]:
    """What the checks find in a library and in the lexicon, in the order of ``CHECKS``, without what people let pass."""
    passed = passed_over(store)
    return [finding for finding in lint_all(store) if finding.key not in passed]


def lint_all(store: Store) -> list[Finding]:
    """The same with what people let pass."""
    found = [*lint_lexicon(lexicon()), *lint_glossary(store), *_unused_concepts(store, lexicon())]
    order = list(CHECKS)
    return sorted(found, key=lambda finding: order.index(finding.code))


def passed_over(store: Store) -> frozenset[str]:
    """The keys of the findings that people looked at and let pass."""
    return frozenset(edit.value for edit in store.select(Edit, kind="confirm", undone="") if edit.value)


# ------------------------------------------------------------------ the lexicon
def lint_lexicon(concepts: Iterable[Concept]) -> list[Finding]:
    """What is wrong with concepts by themselves, whatever a library holds."""
    by_label = {concept.label: concept for concept in concepts}
    above = {concept.label: concept.broader for concept in by_label.values()}
    found = [finding for concept in by_label.values() for finding in _labels(concept, by_label)]
    found += [finding for concept in by_label.values() for finding in _neighbours(concept, by_label, above)]
    return found + [_circle(circle) for circle in _circles(above)]


def _labels(concept: Concept, by_label: Mapping[str, Concept]) -> Iterator[Finding]:
    own = concept.label
    preferred = {fold(label): label for label in by_label}
    negative = {fold(label) for label in concept.negative_labels}
    for label in concept.alt_labels:
        owner = preferred.get(fold(label), own)
        if owner != own and own not in by_label[owner].part_of:  # a topic may bear the name of its part
            said = f"“{own}”的 altLabels 里有“{label}”，而“{owner}”本身是一个概念。请从 altLabels 去掉，写进 related。"
            yield _found("concept_label_shared", own, said)
    for label in (*concept.official, *concept.hidden_labels):
        if fold(label) in negative:
            said = f"“{own}”把“{label}”既当作自己的说法，又列在 negativeLabels 里。请只留一处。"
            yield _found("concept_negative_own", own, said)


def _neighbours(
    concept: Concept, by_label: Mapping[str, Concept], above: Mapping[str, Iterable[str]]
) -> Iterator[Finding]:
    own = concept.label
    for name in (*concept.broader, *concept.related):
        if name not in by_label:
            said = f"“{own}”的 broader 或 related 写了“{name}”，没有这个概念。请改成已有概念的 prefLabel，或去掉。"
            yield _found("concept_unknown", own, said)
        elif name in concept.related and own not in by_label[name].related:
            said = f"“{own}”的 related 有“{name}”，“{name}”的却没有“{own}”。请在“{name}”补上。"
            yield _found("concept_one_way", own, said)
    for name in sorted(_ancestors(own, above) & set(concept.related)):
        said = f"“{name}”既是“{own}”的上位概念又是相关概念。请从两边的 related 去掉。"
        yield _found("concept_related_broader", own, said)
    if not concept.broader and not concept.related and not any(own in names for names in above.values()):
        yield _found("concept_orphan", own, f"“{own}”和别的概念没有 broader、related。请补上最近的一个。")


def _ancestors(label: str, above: Mapping[str, Iterable[str]]) -> set[str]:
    """Everything broader than a concept, in however many steps."""
    found, waiting = set[str](), list(above.get(label, ()))
    while waiting:
        at = waiting.pop()
        if at not in found:
            found.add(at)
            waiting += above.get(at, ())
    return found


def _circle(labels: tuple[str, ...]) -> Finding:
    chain = " → ".join((*labels, labels[0]))
    return _found("broader_circle", labels[0], f"上位术语绕成了一圈：{chain}。请去掉其中一个 broader。")


def _circles(above: Mapping[str, Iterable[str]]) -> Iterator[tuple[str, ...]]:
    """The circles of a hierarchy, each once."""
    import networkx as nx

    graph = nx.DiGraph((low, high) for low, highs in above.items() for high in highs)
    for component in sorted(map(sorted, nx.strongly_connected_components(graph))):
        if len(component) > 1 or graph.has_edge(component[0], component[0]):
            circle = [edge[0] for edge in nx.find_cycle(graph.subgraph(component), component[0])]
            yield tuple(circle)


# ------------------------------------------------------------------ a library
def lint_glossary(store: Store) -> list[Finding]:
    """What is wrong with the glossary of a library."""
    terms = sorted(store.select(Term), key=lambda term: term.label)
    definitions, relations = store.shown(Definition), store.select(Relation)
    used, edits = streams.uses(store), store.select(Edit, undone="")
    return [
        *_shared(terms),
        *_broader_circles(terms, relations),
        *_idle(edits),
        *_definitions(terms, definitions),
        *_unused(terms, used, {r.source_id for r in relations} | {r.target_id for r in relations}),
        *_unmet(store, edits, terms),
    ]


def _written(store: Store, term_id: str) -> Iterator[str]:
    """The folded ways in which documents write a term, with what stands around it: a mention of 暖蜂 in “暖蜂”行动 shows
    that alias, too."""
    for document_id, mentions in groupby(mentions_of(store, term_id), key=lambda mention: mention.document_id):
        text = store.document(document_id).text
        for mention in mentions:
            yield folded(text[max(0, mention.start - _AROUND) : mention.end + _AROUND])


def _shared(terms: Iterable[Term]) -> Iterator[Finding]:
    labels: dict[str, list[Term]] = defaultdict(list)
    aliases: dict[str, dict[str, Term]] = defaultdict(dict)
    for term in terms:
        labels[fold(term.label)].append(term)
        for alias in term.aliases:
            aliases[fold(alias)][term.id] = term
    for owners in labels.values():
        if len(owners) > 1:
            names = "、".join(quoted(owner.label) for owner in owners)
            yield _found("label_shared", owners[0].label,
                f"{names}写法不同而字相同，是两个术语。是一回事请合并，不是请改名。")  # fmt: skip
    for shared, held in aliases.items():
        others = [term for term in labels.get(shared, ()) if term.id not in held]
        if others or len(held) > 1:
            names = "、".join(quoted(owner.label) for owner in [*others, *held.values()][:_LISTED])
            alias = next(a for owner in held.values() for a in owner.aliases if fold(a) == shared)
            yield _found("alias_shared", next(iter(held.values())).label,
                f"{quoted(alias)}同时是{names}的写法，文中的只算给一个。请从不该有的去别名。")  # fmt: skip


def _broader_circles(terms: Iterable[Term], relations: Iterable[Relation]) -> Iterator[Finding]:
    labels = {term.id: term.label for term in terms}
    above: dict[str, list[str]] = defaultdict(list)
    for relation in relations:
        if relation.kind == "broader":
            above[labels[relation.source_id]].append(labels[relation.target_id])
    for circle in _circles(above):
        chain = " → ".join((*circle, circle[0]))
        yield _found("broader_circle", circle[0], f"上位术语绕成了一圈：{chain}。请去掉其中一个关系。")


def _idle(edits: Iterable[Edit]) -> Iterator[Finding]:
    for edit in edits:
        if edit.idle:
            yield _found(
                "edit_idle", edit.term, f"编辑 {edit.ordinal}（{told(edit)}）未用上：{edit.idle}不再需要就撤销它。"
            )


def _definitions(terms: Iterable[Term], definitions: Iterable[Definition]) -> Iterator[Finding]:
    by_id = {term.id: term for term in terms}
    for definition in definitions:
        term = by_id[definition.term_id]
        text, names = fold(definition.text), [fold(name) for name in (term.label, *term.aliases)]
        opening = f"{definition.text[:24]}……" if len(definition.text) > 25 else definition.text
        promised, given = count(fold(term.label)), len(definition.components)
        shape = _SHAPE.match(term.label) is not None
        agrees = shape or definition.how == "enumeration_short" or given in _numbers(fold(term.label))
        if promised and given and not agrees:
            yield _found("components_disagree", term.label,
                f"{quoted(term.label)}说的是 {promised} 项，这一句拆出 {given} 项：{opening}请核对原句，不对就另选一句。")  # fmt: skip
        if not any(name in text for name in names):
            yield _found("sentence_without_term", term.label,
                f"{quoted(term.label)}的这条解释里没有这个词：{opening}请核对它说的是不是这个词。")  # fmt: skip


def _numbers(label: str) -> set[int]:
    """How many parts a list for a folded label may have: 三方四家 seven, or two groups; 十问十帮 ten pairs; 四季送+丙 two;
    五级 as many as it has institutions for its levels."""
    parts = parts_of(label)
    levels = range(2, count(label) + 1) if any(word[1:2] == "级" for _, word in parts) else ()
    return {count(label), label.count("+") + 1, len(parts), *(size for size, _ in parts), *levels}


def _unused(terms: Iterable[Term], used: Container[str], related: Container[str]) -> Iterator[Finding]:
    for term in terms:
        if term.id not in used and term.id not in related:
            yield _found(
                "term_orphan", term.label, f"文中没有用到{quoted(term.label)}，和别的词也没有关系。多余就不收。"
            )


def _unmet(store: Store, edits: Iterable[Edit], terms: Iterable[Term]) -> Iterator[Finding]:
    """Aliases that people gave and no document has; those that were read off the texts may differ by a 的."""
    given = {folded(edit.value) for edit in edits if edit.kind == "alias"}
    for term in terms:
        for alias in term.aliases:
            if folded(alias) in given and not any(folded(alias) in way for way in _written(store, term.id)):
                yield _found(
                    "alias_unmatched",
                    term.label,
                    f"{quoted(term.label)}的别名{quoted(alias)}文中没有用到。不对就去别名。",
                )


def _unused_concepts(store: Store, concepts: Iterable[Concept]) -> Iterator[Finding]:
    met = store.concepts()
    unmet = [concept.label for concept in concepts if concept.label not in met]
    if unmet:
        names = "、".join(unmet[:_LISTED]) + ("等" if len(unmet) > _LISTED else "")
        yield _found("concept_unmatched", unmet[0],
            f"这个资料库里没有用到 {len(unmet)} 个概念的任何正式说法：{names}。有别的说法请补进词表的 altLabels（别名）。")  # fmt: skip
