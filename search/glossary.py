"""Looking up terms: every sense with its sentence, what it goes with, where it is used; or nothing at all.

Only the label itself, its variants, its aliases and its pinyin answer; a likeness is a suggestion, never an answer.
"""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, fields
from functools import cached_property

from corpus.doubts import Doubts
from corpus.model import Definition, Document, Mention, Relation, Term
from corpus.sentences import sentences
from corpus.store import Store
from graph.relations import INVERSES, KINDS
from graph.table import KINDS as TERM_KINDS
from graph.variants import core, fold, patterned, rests, without_bracket
from search.answers import Evidence, RelatedTerm, Sense, Suggestion, TermAnswer, TermUse

_MOST_USES = 3
_ORDER = {kind: i for i, kind in enumerate(KINDS)}
_QUOTED = re.compile(r"[“‘\"「]([^“”‘’\"「」]{2,})[”’\"」]")
# Who or where, said before a name that is the same without it: 工会职工书屋, 全国工人先锋号.
_QUALIFIER = re.compile(r"^(?:全国|全省|全市|工会|职工|省级|市级)")
_MARKS = frozenset({"“”", "‘’", "「」", '""'})
_LATIN = re.compile(r"[a-zA-Z]{2,}")


@dataclass(frozen=True, slots=True)
class TermRow:
    """A line of the A–Z page. ``initial`` is the first letter of the label's pinyin, # where it has none."""

    label: str
    initial: str
    kind: str
    status: str
    mentions: int


class GlossaryIndex:
    """The glossary of a store, read once; it asks nothing of the store afterwards and may serve many threads."""

    def __init__(self, store: Store, doubts: Doubts | None = None) -> None:
        doubts = doubts or Doubts(store)
        self._doubts = doubts
        self._terms = {term.id: term for term in store.select(Term)}
        mentions = store.shown(Mention)
        self._counts = Counter(mention.term_id for mention in mentions)
        self._definitions: dict[str, list[Sense]] = defaultdict(list)
        for definition in store.shown(Definition):
            self._definitions[definition.term_id].append(sense(definition, doubts))
        documents = {document.id: document for document in store.shown(Document)}
        self._uses = _typical_uses(mentions, documents, doubts)
        self._documents = _documents_of(mentions, documents)
        self._written = _written(mentions, documents)
        self._quoted = {i for i, ways in self._written.items() if 2 * ways.quoted >= self._counts[i]}
        self._names = self._by_name()
        self._cores: dict[str, str] = {}
        for term in self._ranked(self._terms.values()):
            for name in (term.label, *term.aliases):
                self._cores.setdefault(core(fold(name)), term.id)
        self._related = self._relations(store.select(Relation), documents)

    def _ranked(self, terms: Iterable[Term]) -> list[Term]:
        """Most mentioned first; labels in order among equals."""
        return sorted(terms, key=lambda term: (-self._counts[term.id], term.label))

    def _by_name(self) -> dict[str, str]:
        """Folded name → term id: labels go before aliases, terms mentioned more often before others."""
        names: dict[str, str] = {}
        ranked = self._ranked(self._terms.values())
        for term in ranked:
            names.setdefault(fold(term.label), term.id)
        for term in ranked:
            for alias in term.aliases:
                names.setdefault(fold(alias), term.id)
        names.pop("", None)
        return names

    # ------------------------------------------------------------------ answers
    def lookup(self, label: str) -> TermAnswer | None:
        """The answer for a label, a variant, an alias or its pinyin; None where the glossary has no such term."""
        term_id = self._find(label)
        return self._answer(self._terms[term_id], fold(label)) if term_id else None

    def _find(self, label: str) -> str | None:
        folded = fold(label)
        if found := self._names.get(folded):
            return found
        bare = core(folded)
        if bare != folded and (found := self._names.get(bare)):
            return found
        # Two tails may make two things of a phrase: only a name that counts, or one asked for bare, leaves them aside.
        if (patterned(bare) or (bare == folded and len(bare) >= 4)) and (found := self._cores.get(bare)):
            return found
        # After a short everyday word a tail makes another thing: only names in quotation marks go without theirs.
        for rest in rests(folded):
            if (found := self._names.get(rest)) and found in self._quoted:
                return found
        plain = _QUALIFIER.sub("", folded)
        if plain != folded and len(plain) >= 4 and (found := self._names.get(plain) or self._cores.get(core(plain))):
            return found
        if found := self._names.get(fold(without_bracket(label))):
            return found
        quoted = _QUOTED.findall(label)
        if len(quoted) == 1 and (found := self._names.get(fold(quoted[0]))):
            return found
        if _LATIN.fullmatch(label.strip()):
            spelt = label.strip().lower()
            return self._initials.get(spelt) or self._spelt.get(spelt)
        return None

    def _answer(self, term: Term, asked: str) -> TermAnswer:
        definitions = self._senses(term, asked)
        return TermAnswer(
            term.label,
            term.aliases,
            term.kind,
            "explained" if any(definition.strength == "explained" for definition in definitions) else "unexplained",
            tuple(sorted(definitions, key=lambda definition: definition.strength != "explained")),
            self._related.get(term.id, ()),
            self._documents.get(term.id, ()),
            self._counts[term.id],
            self._uses.get(term.id, ()),
        )

    def _senses(self, term: Term, asked: str) -> list[Sense]:
        """The definitions of a term, but not those of another thing with the same pattern.

        Where documents write the pattern with the tail asked for (“1+3”行动), what others say of it with another tail
        (“1+3”协议) explains nothing, unless a document of that place uses both.
        """
        definitions = self._definitions[term.id]
        if not patterned(core(fold(term.label))) or asked == fold(term.label):
            return definitions
        ways = self._written.get(term.id, _Written())
        documents, places = ways.documents.get(asked, set()), ways.places.get(asked, set())
        if not documents:
            return definitions
        return [
            definition
            for definition in definitions
            if asked in fold(definition.text) or definition.document_id in documents or definition.place in places
        ]

    def suggest(self, typed: str, limit: int = 10) -> tuple[Suggestion, ...]:
        """Terms to type: those that begin with what is typed (characters or pinyin), then those that hold it."""
        folded = fold(typed)
        if not folded:
            return ()
        exact = self._names.get(folded)
        found: dict[str, None] = {exact: None} if exact else {}
        at = bisect_left(self._sorted_names, folded)
        opening = []
        while at < len(self._sorted_names) and self._sorted_names[at].startswith(folded):
            opening.append(self._terms[self._names[self._sorted_names[at]]])
            at += 1
        found.update(dict.fromkeys(term.id for term in self._ranked(opening)))
        if _LATIN.fullmatch(typed.strip()) or (len(folded) == 1 and folded.isascii()):
            spelt = [
                self._terms[i] for key, i in (*self._initials.items(), *self._spelt.items()) if key.startswith(folded)
            ]
            found.update(dict.fromkeys(term.id for term in self._ranked(spelt)))
        if len(found) < limit:
            holding = [self._terms[i] for name, i in self._names.items() if folded in name]
            found.update(dict.fromkeys(term.id for term in self._ranked(holding)))
        return tuple(self._suggestion(self._terms[i]) for i in list(found)[:limit])

    def _suggestion(self, term: Term) -> Suggestion:
        note = TERM_KINDS[term.kind] + ("，有解释" if term.status == "explained" else "")
        return Suggestion(term.label, "term", note)

    def similar(self, label: str, limit: int = 5) -> tuple[str, ...]:
        """Labels that look like one that has no answer, likest first."""
        from rapidfuzz import fuzz, process

        folded = fold(label)
        if not folded:
            return ()
        found = process.extract(folded, self._sorted_names, scorer=fuzz.ratio, score_cutoff=34, limit=4 * limit)
        holding = [name for name in self._sorted_names if len(folded) > 1 and folded in name]
        names = [name for name, _, _ in found] + sorted(holding, key=len)
        return tuple(dict.fromkeys(self._terms[self._names[name]].label for name in names))[:limit]

    def terms(self) -> tuple[TermRow, ...]:
        """All terms in the order of their pinyin."""
        return self._rows

    # ------------------------------------------------------------------ what is computed once, when first asked for
    @cached_property
    def _sorted_names(self) -> list[str]:
        return sorted(self._names)

    @cached_property
    def _pinyin(self) -> dict[str, tuple[str, ...]]:
        """Term id → the syllables of its label, without tones."""
        from pypinyin import lazy_pinyin

        return {i: tuple(lazy_pinyin(fold(term.label))) for i, term in self._terms.items()}

    @cached_property
    def _initials(self) -> dict[str, str]:
        return self._spellings(lambda syllables: "".join(syllable[:1] for syllable in syllables))

    @cached_property
    def _spelt(self) -> dict[str, str]:
        return self._spellings("".join)

    def _spellings(self, spell: Callable[[tuple[str, ...]], str]) -> dict[str, str]:
        spellings: dict[str, str] = {}
        for term in self._ranked(self._terms.values()):
            spellings.setdefault(spell(self._pinyin[term.id]).lower(), term.id)
        return spellings

    @cached_property
    def _rows(self) -> tuple[TermRow, ...]:
        rows = []
        for i, term in sorted(self._terms.items(), key=lambda pair: (self._pinyin[pair[0]], pair[1].label)):
            initial = "".join(self._pinyin[i])[:1].upper()
            shown = initial if "A" <= initial <= "Z" else "#"
            rows.append(TermRow(term.label, shown, term.kind, term.status, self._counts[i]))
        return tuple(rows)

    def _relations(self, relations: list[Relation], documents: dict[str, Document]) -> dict[str, tuple[RelatedTerm, ...]]:
        """Term id → the terms it goes with, seen from its side: kinds in the order of KINDS, strongest first."""
        found: dict[str, list[tuple[int, RelatedTerm]]] = defaultdict(list)
        for relation in relations:
            evidence = _shown(documents.get(relation.document_id), relation, self._doubts)
            ends = ((relation.source_id, relation.target_id, KINDS[relation.kind]),
                    (relation.target_id, relation.source_id, INVERSES.get(relation.kind, KINDS[relation.kind])))  # fmt: skip
            for term, other, name in ends:
                label = self._terms[other].label
                told = RelatedTerm(label, name, relation.weight, relation.reason, evidence)
                found[term].append((_ORDER[relation.kind], told))
        return {
            term: tuple(told for _, told in sorted(others, key=lambda r: (r[0], r[1].relation, -r[1].weight, r[1].term)))
            for term, others in found.items()
        }


def _shown(document: Document | None, relation: Relation, doubts: Doubts) -> Evidence | None:
    """The sentences that show a relation; None where it follows from no single place, or from a hidden near copy."""
    if document is None:
        return None
    start, end = relation.start, relation.end
    doubtful = doubts.within(document.id, start, end)
    return Evidence(
        document.text[start:end], (), document.id, document.title, relation.passage_id, start, end, (), doubtful
    )


def _documents_of(mentions: list[Mention], documents: dict[str, Document]) -> dict[str, tuple[TermUse, ...]]:
    """Term id → the documents that use it, those that use it most first."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for mention in mentions:
        counts[mention.term_id][mention.document_id] += 1
    return {
        term: tuple(
            TermUse(i, documents[i].title, documents[i].place, documents[i].date, times)
            for i, times in sorted(by_document.items(), key=lambda pair: (-pair[1], pair[0]))
        )
        for term, by_document in counts.items()
    }


@dataclass(slots=True)
class _Written:
    """How documents write a term: how often in quotation marks; documents and places of each folded way of writing."""

    quoted: int = 0
    documents: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    places: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))


def _written(mentions: Iterable[Mention], documents: dict[str, Document]) -> dict[str, _Written]:
    """Term id → how documents write the term."""
    found: dict[str, _Written] = defaultdict(_Written)
    for mention in mentions:
        document, ways = documents[mention.document_id], found[mention.term_id]
        written = document.text[mention.start : mention.end]
        inside = document.text[mention.start - 1 : mention.start] + document.text[mention.end : mention.end + 1]
        ways.quoted += inside in _MARKS or any(mark in written for mark in "“‘")
        ways.documents[fold(written)].add(document.id)
        if document.place:
            ways.places[fold(written)].add(document.place)
    return found


def sense(definition: Definition, doubts: Doubts) -> Sense:
    """A definition with what is doubtful in its text."""
    values = {field.name: getattr(definition, field.name) for field in fields(Definition)}
    return Sense(**values, doubtful=doubts.within(definition.document_id, definition.start, definition.end))


def _typical_uses(
    mentions: list[Mention], documents: dict[str, Document], doubts: Doubts
) -> dict[str, tuple[Evidence, ...]]:
    """Term id → up to three sentences with the term, from different documents where there are as many."""
    firsts: dict[str, list[Mention]] = defaultdict(list)
    others: dict[str, list[Mention]] = defaultdict(list)
    seen: set[tuple[str, str]] = set()
    for mention in mentions:
        if mention.passage_id:
            new = (mention.term_id, mention.document_id) not in seen
            seen.add((mention.term_id, mention.document_id))
            shelf = (firsts if new else others)[mention.term_id]
            if len(shelf) < _MOST_USES:
                shelf.append(mention)
    uses: dict[str, tuple[Evidence, ...]] = {}
    for term, picked in firsts.items():
        found: dict[str, Evidence] = {}
        for mention in (*picked, *others[term]):
            evidence = _evidence(documents[mention.document_id], mention, doubts)
            found.setdefault(evidence.sentence, evidence)
        uses[term] = tuple(found.values())[:_MOST_USES]
    return uses


def _evidence(document: Document, mention: Mention, doubts: Doubts) -> Evidence:
    """The sentence that a mention stands in, with the mention marked."""
    opening = document.text.rfind("\n", 0, mention.start) + 1
    closing = document.text.find("\n", mention.end)
    paragraph = document.text[opening : closing if closing >= 0 else len(document.text)]
    spans = sentences(paragraph, opening)
    start, end = next((span for span in spans if span[0] <= mention.start < span[1]), (mention.start, mention.end))
    marks = ((mention.start - start, min(mention.end, end) - start),)
    doubtful = doubts.within(document.id, start, end)
    return Evidence(
        document.text[start:end], (), document.id, document.title, mention.passage_id, start, end, marks, doubtful
    )
