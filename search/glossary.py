"""Looking up terms: every sense with its sentence, what it goes with, where it is used; or nothing at all.

Only the label itself, its variants, its aliases and its pinyin answer; a likeness is a suggestion, never an answer.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, fields, replace
from functools import cached_property

from corpus.doubts import Doubts
from corpus.model import Definition, Document, Edit, Mention, Passage, Relation, Term
from corpus.store import Store
from graph.edges import KINDS as RELATIONS
from graph.overlay import barred
from graph.table import KINDS
from graph.variants import core, fold, patterned
from search.answers import Sense, Suggestion, TermAnswer, TermUse
from search.asking import asked_label
from search.lookup import Lookup, Match, note, untold
from search.meanings import meanings, placed
from search.relations import related_terms
from search.usage import Written, documents_of, mostly_quoted, typical_uses, written


@dataclass(frozen=True, slots=True)
class TermRow:
    """A line of the A–Z page. ``initial`` is the first letter of the label's pinyin, # where it has none."""

    label: str
    initial: str
    kind: str
    status: str
    mentions: int


class _Later(Collection[str]):
    """A set that is made when it is first asked."""

    def __init__(self, make: Callable[[], set[str]]) -> None:
        self._make: Callable[[], set[str]] | None = make
        self._held: set[str] = set()

    def found(self) -> set[str]:
        """The set; what it was made from is let go."""
        if self._make is not None:
            self._held, self._make = self._make(), None
        return self._held

    def __contains__(self, item: object) -> bool:
        return item in self.found()

    def __iter__(self) -> Iterator[str]:
        return iter(self.found())

    def __len__(self) -> int:
        return len(self.found())


class GlossaryIndex:
    """The glossary of a store, read once; it asks nothing of the store afterwards and may serve many threads."""

    def __init__(self, store: Store, doubts: Doubts | None = None, *, once: bool = False) -> None:
        """``once``: for a single answer, what few answers need is found out when one does."""
        doubts = doubts or Doubts(store)
        self._terms = {term.id: term for term in store.select(Term)}
        mentions = store.shown(Mention)
        self._counts = Counter(mention.term_id for mention in mentions)
        self._definitions: dict[str, list[Sense]] = defaultdict(list)
        for definition in store.shown(Definition):
            self._definitions[definition.term_id].append(sense(definition, doubts))
        documents = {document.id: document for document in store.shown(Document)}
        self._uses = typical_uses(mentions, documents, doubts)
        self._documents = documents_of(mentions, documents)
        self._written = written(mentions, documents)
        quoted = _Later(lambda: mostly_quoted(self._written, self._terms.values(), documents.values()))
        if not once:
            quoted.found()
        self._lookup = Lookup(self._ranked(self._terms.values()), quoted, self._definitions)
        self._names = self._lookup.names
        self._barred = barred(store.select(Edit, undone=""))
        passages = store.shown(Passage)
        held = {definition.document_id for found in self._definitions.values() for definition in found}
        self._dated = {i: replace(documents[i], text="") for i in held}
        self._around = self._surroundings(documents, {passage.id: passage for passage in passages})
        self._related = related_terms(store.select(Relation), self._terms, documents, doubts)

    def _surroundings(self, documents: dict[str, Document], passages: dict[str, Passage]) -> dict[str, str]:
        """Definition id → what is said around it of place and matter, folded, for names that merely count."""
        found = {}
        for term_id, definitions in self._definitions.items():
            for definition in definitions if patterned(core(fold(self._terms[term_id].label))) else ():
                document, passage = documents[definition.document_id], passages.get(definition.passage_id)
                headings = (*passage.headings, passage.text) if passage else ()
                found[definition.id] = fold("".join((document.title, document.place, *headings)))
        return found

    def _ranked(self, terms: Iterable[Term]) -> list[Term]:
        """Most mentioned first; labels in order among equals."""
        return sorted(terms, key=lambda term: (-self._counts[term.id], term.label))

    def term(self, term_id: str) -> Term:
        """The term of an id."""
        return self._terms[term_id]

    def documents_of(self, term_id: str) -> tuple[TermUse, ...]:
        """The documents that use a term."""
        return self._documents.get(term_id, ())

    def definitions_of(self, term_id: str) -> list[Sense]:
        """What explains or describes a term."""
        return self._definitions.get(term_id, [])

    # ------------------------------------------------------------------ answers
    def lookup(self, label: str) -> TermAnswer | None:
        """The answer for a label, a variant, an alias or its pinyin; None where the glossary has no such term."""
        if fold(label) in self._barred and fold(label) not in self._names:
            return None
        found = self._lookup.find(label)
        return self._answer(found, label) if found else None

    def asked(self, query: str) -> TermAnswer | None:
        """The answer for what a query names, or asks the meaning of (四大会战是什么), or None."""
        return self.lookup(query) or self.lookup(asked_label(query))

    def _answer(self, match: Match, asked: str) -> TermAnswer:
        term = self._terms[match.term_id]
        definitions = sorted(placed(term.label, self._senses(term, fold(asked), match)), key=_standing)
        others = tuple(self._terms[i].label for i in match.others)
        said = note(asked, term.label, match.how, others)
        explained = any(definition.strength == "explained" for definition in definitions)
        if not explained and any(definition.strength == "explained" for definition in self._definitions[term.id]):
            said = untold(asked, term.label)
        return TermAnswer(
            term.label,
            term.aliases,
            term.kind,
            "explained" if explained else "unexplained",
            tuple(definitions),
            self._related.get(term.id, ()),
            self._documents.get(term.id, ()),
            self._counts[term.id],
            self._uses.get(term.id, ()),
            match.how,
            said,
            meanings(definitions, self._dated),
            tuple(
                other.term for other in self._related.get(term.id, ()) if other.relation == RELATIONS["contrasts_with"]
            ),
        )

    def _senses(self, term: Term, asked: str, match: Match) -> list[Sense]:
        """The definitions of a term, but not those of another thing with the same pattern.

        Where documents write the pattern with the tail asked for (“1+3”行动), what others say of it with another tail
        (“1+3”协议) explains nothing, unless a document of that place uses both.
        """
        definitions = self._definitions[term.id]
        if not patterned(core(fold(term.label))) or asked == fold(term.label):
            return definitions
        if match.how == "wider":
            return [definition for definition in definitions if match.beside in self._around[definition.id]]
        ways = self._written.get(term.id, Written())
        documents, places = ways.documents.get(asked, set()), ways.places.get(asked, set())
        if not documents:
            return definitions
        return [
            definition
            for definition in definitions
            if asked in fold(definition.text) or definition.document_id in documents or definition.place in places
        ]

    def suggestible(self) -> Iterator[tuple[str, Suggestion, int]]:
        """Each name and alias with the term it stands for and how often that is mentioned."""
        for term in self._terms.values():
            suggestion = self._suggestion(term)
            for name in (term.label, *term.aliases):
                if self._names.get(fold(name)) == term.id:
                    yield name, suggestion, self._counts[term.id]

    def _suggestion(self, term: Term) -> Suggestion:
        note = KINDS[term.kind] + ("，有解释" if term.status == "explained" else "")
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
    def _rows(self) -> tuple[TermRow, ...]:
        rows = []
        for i, term in sorted(self._terms.items(), key=lambda pair: (self._lookup.pinyin[pair[0]], pair[1].label)):
            initial = "".join(self._lookup.pinyin[i])[:1].upper()
            shown = initial if "A" <= initial <= "Z" else "#"
            rows.append(TermRow(term.label, shown, term.kind, term.status, self._counts[i]))
        return tuple(rows)


def _standing(sense: Sense) -> tuple[int, bool, bool, bool]:
    """What is read first: an editor's choice, then explanations, and of them the notes that a document gives on names."""
    return sense.sense, not sense.preferred, sense.strength != "explained", sense.how != "glossary"


def sense(definition: Definition, doubts: Doubts) -> Sense:
    """A definition with what is doubtful in its text."""
    values = {field.name: getattr(definition, field.name) for field in fields(Definition)}
    return Sense(**values, doubtful=doubts.within(definition.document_id, definition.start, definition.end))
