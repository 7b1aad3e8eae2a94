"""Looking up terms: every sense with its sentence, what it goes with, where it is used; or nothing at all.

Only the label itself, its variants, its aliases and its pinyin answer; a likeness is a suggestion, never an answer.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from functools import cached_property, lru_cache
from itertools import islice
from pathlib import Path

from corpus.doubts import Doubts
from corpus.model import Definition, Document, Edit, Passage, Term
from corpus.said import Headers, headers
from corpus.store import Store
from graph.edges import KINDS as RELATIONS
from graph.overlay import barred
from graph.table import KINDS
from graph.variants import core, fold, patterned
from search import nomenclature, usage
from search.answers import Evidence, RelatedTerm, Sense, Suggestion, TermAnswer, TermUse
from search.asking import asked_label
from search.cache import Cache, kept
from search.lookup import Lookup, Match, note, untold
from search.meanings import meanings, placed
from search.nomenclature import Nomenclature
from search.relations import related_terms
from search.usage import Reach, Usage, Written, typical_uses, written

_USAGE_FORMAT, _NAMES_FORMAT = "3", "1"  # raised whenever a cache's content changes meaning
_REMEMBERED = 256  # terms of which what was read is kept
_SHOWN = "document_id NOT IN (SELECT id FROM document WHERE same_as <> '')"


class GlossaryIndex:
    """The glossary of a store. What is told of a term is read when it is asked for.

    While the library waits to be settled, names are those of before; a term that left with its documents has none.
    """

    def __init__(
        self,
        store: Store,
        doubts: Doubts | None = None,
        documents: Mapping[str, Document] | None = None,
        cache: Cache | None = None,
        editions: Mapping[str, str] | None = None,
    ) -> None:
        """``documents`` are those shown, by id, in reading order, without their texts; ``editions`` theirs."""
        self._store = store
        self._doubts = doubts or Doubts(store)
        self._dated = Headers(store) if documents is None else documents
        cache = cache or Cache(store.folder)
        self._editions = editions
        self._counted = kept(cache, store, "usage", _USAGE_FORMAT, self._count)
        self._names = Nomenclature(kept(cache, store, "terms", _NAMES_FORMAT, self._name))
        self._lookup = Lookup(self._names)
        self._barred = barred(store.select(Edit, undone=""))
        self._term = lru_cache(_REMEMBERED)(self._read_term)
        self.definitions_of = lru_cache(_REMEMBERED)(self._read_definitions)
        self._related = lru_cache(_REMEMBERED)(self._read_related)
        self._uses = lru_cache(_REMEMBERED)(self._read_uses)
        self._written = lru_cache(_REMEMBERED)(self._read_written)
        self._around = lru_cache(_REMEMBERED)(self._read_around)

    # ------------------------------------------------------------------ what is made of all terms, once
    @cached_property
    def _usage(self) -> Usage:
        """Counted for the documents shown now: nobody who searches a library that has just changed waits for it."""
        return Usage(self._counted, self._store, self._dated, self._editions)

    def _count(self, folder: Path) -> None:
        usage.build(folder, self._store, self._store.select(Term), headers(self._store))

    def _name(self, folder: Path) -> None:
        # Most mentioned first; labels in order among equals.
        counts = self._usage.counts()
        terms = sorted(self._store.select(Term), key=lambda term: (-counts.get(term.id, 0), term.label))
        nomenclature.build(folder, terms, self._usage.quoted(), self._parts())

    def _parts(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """(term id, components) of the explanations that list some."""
        rows = self._store.query(
            f"SELECT term_id, components FROM definition WHERE strength = 'explained' AND components <> '[]' AND {_SHOWN}"
        )
        return ((term, tuple(json.loads(components))) for term, components in rows)

    # ------------------------------------------------------------------ what is read when it is asked for
    def _read_term(self, term_id: str) -> Term | None:
        return next(iter(self._store.select(Term, id=term_id)), None)

    def _read_definitions(self, term_id: str) -> list[Sense]:
        """What explains or describes a term."""
        found = self._store.select(Definition, term_id=term_id)
        return [sense(definition, self._doubts) for definition in found if definition.document_id in self._dated]

    def _read_related(self, term_id: str) -> tuple[RelatedTerm, ...]:
        return related_terms(self._store, term_id, self._dated, self._doubts)

    def _read_uses(self, term_id: str) -> tuple[Evidence, ...]:
        return typical_uses(self._store, term_id, self._dated, self._doubts)

    def _read_written(self, term_id: str) -> Written:
        return written(self._store, term_id, self._dated)

    def _read_around(self, definition: Sense) -> str:
        """What is said around a definition of place and matter, folded."""
        document = self._dated[definition.document_id]
        passages = self._store.select(Passage, id=definition.passage_id)
        headings = (*passages[0].headings, passages[0].text) if passages else ()
        return fold("".join((document.title, document.place, *headings)))

    def term(self, term_id: str) -> Term:
        """The term of an id."""
        if (found := self._term(term_id)) is None:
            raise KeyError(term_id)
        return found

    def reaches(self) -> dict[str, Reach]:
        """Term id → how far the term has come, of those that are used."""
        return self._usage.reaches()

    def counts(self) -> dict[str, int]:
        """Term id → how often the documents use the term."""
        return self._usage.counts()

    def documents_of(self, term_id: str) -> Sequence[TermUse]:
        """The documents that use a term."""
        return self._usage.documents_of(term_id)

    # ------------------------------------------------------------------ answers
    def lookup(self, label: str) -> TermAnswer | None:
        """The answer for a label, a variant, an alias or its pinyin; None where the glossary has no such term."""
        if fold(label) in self._barred and not self._names.name(fold(label)):
            return None
        found = self._lookup.find(label)
        return self._answer(found, label) if found and self._term(found.term_id) else None

    def asked(self, query: str) -> TermAnswer | None:
        """The answer for what a query names, or asks the meaning of (四大会战是什么), or None."""
        return self.lookup(query) or self.lookup(asked_label(query))

    def _answer(self, match: Match, asked: str) -> TermAnswer:
        term = self.term(match.term_id)
        definitions = sorted(placed(term.label, self._senses(term, fold(asked), match)), key=_standing)
        others = tuple(other.label for i in match.others if (other := self._term(i)))
        said = note(asked, term.label, match.how, others)
        explained = any(definition.strength == "explained" for definition in definitions)
        if not explained and any(one.strength == "explained" for one in self.definitions_of(term.id)):
            said = untold(asked, term.label)
        return TermAnswer(
            term.label,
            term.aliases,
            term.kind,
            "explained" if explained else "unexplained",
            tuple(definitions),
            self._related(term.id),
            self._usage.documents_of(term.id),
            self._usage.count(term.id),
            self._uses(term.id),
            match.how,
            said,
            meanings(definitions, self._dated),
            tuple(other.term for other in self._related(term.id) if other.relation == RELATIONS["contrasts_with"]),
        )

    def _senses(self, term: Term, asked: str, match: Match) -> list[Sense]:
        """The definitions of a term, but not those of another thing with the same pattern.

        Where documents write the pattern with the tail asked for (“1+3”行动), what others say of it with another tail
        (“1+3”协议) explains nothing, unless a document of that place uses both.
        """
        definitions = self.definitions_of(term.id)
        if not patterned(core(fold(term.label))) or asked == fold(term.label):
            return definitions
        if match.how == "wider":
            return [definition for definition in definitions if match.beside in self._around(definition)]
        ways = self._written(term.id)
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
        meant, counts = self._names.meant(), self._usage.counts()
        for term in self._store.select(Term):
            suggestion = self._suggestion(term)
            for name in (term.label, *term.aliases):
                if meant.get(fold(name)) == term.id:
                    yield name, suggestion, counts.get(term.id, 0)

    def _suggestion(self, term: Term) -> Suggestion:
        note = KINDS[term.kind] + ("，有解释" if term.status == "explained" else "")
        return Suggestion(term.label, "term", note)

    def similar(self, label: str, limit: int = 5) -> tuple[str, ...]:
        """Labels that look like one that has no answer, likest first."""
        from rapidfuzz import fuzz, process

        folded = fold(label)
        if not folded:
            return ()
        found = process.extract(folded, self._known, scorer=fuzz.ratio, score_cutoff=34, limit=4 * limit)
        holding = [name for name in self._known if len(folded) > 1 and folded in name]
        names = [name for name, _, _ in found] + sorted(holding, key=len)
        terms = (self._term(named.id) for name in names if (named := self._names.name(name)))
        return tuple(islice(dict.fromkeys(term.label for term in terms if term), limit))

    @cached_property
    def _known(self) -> list[str]:
        return self._names.names()


def _standing(sense: Sense) -> tuple[int, bool, bool, bool]:
    """What is read first: an editor's choice, then explanations, and of them the notes that a document gives on names."""
    return sense.sense, not sense.preferred, sense.strength != "explained", sense.how != "glossary"


def sense(definition: Definition, doubts: Doubts) -> Sense:
    """A definition with what is doubtful in its text."""
    values = {field.name: getattr(definition, field.name) for field in fields(Definition)}
    return Sense(**values, doubtful=doubts.within(definition.document_id, definition.start, definition.end))
