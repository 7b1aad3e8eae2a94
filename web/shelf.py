"""What is in the library, in the shapes that pages list it in: made once for each generation."""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter, itemgetter
from typing import Any, Self

from corpus import streams
from corpus.errors import DocumentNotFound
from corpus.model import Claim, Definition, Document, Edit, Fact, Source, Term
from corpus.revisions import Revision
from corpus.said import copies
from corpus.store import Store
from corpus.unsettled import notice
from graph.communities import Overview, overview
from graph.network import build_network
from graph.relations import Labels
from graph.skos import Vocabulary
from graph.variants import fold
from search.answers import Sense, SuggestionKind
from search.engine import Engine
from search.glossary import sense
from search.library import LARGE
from search.pinyin import spell
from search.usage import Reach
from web import links
from web.communities import Communities
from web.kept import Kept
from web.narrowing import Place, place_tree
from web.news import Latest, News
from web.trying import Examples, examples
from web.words import moment

#: Documents that are looked through for newest terms where the record tells none.
_LATEST = 8
#: One document in so many may be another before things to try are chosen anew in a large library, which takes a minute.
_MOST_CHANGED = 20


@dataclass(frozen=True, slots=True)
class Twin:
    """The same report, in nearly the same words, from another file."""

    document_id: str
    source: str


@dataclass(frozen=True, slots=True)
class DocumentEntry:
    """A document without its text, the name of the file it came from, how many passages it has, and its near copies
    (of a near copy: the one that is shown in its place), and its fields that are guesses."""

    document: Document
    source: str
    bundled: bool
    passages: int
    twins: tuple[Twin, ...]
    guessed: frozenset[str]

    def told(self, field: str) -> str:
        """A field of the document as it is told: a question mark stands after a guess."""
        value: str = getattr(self.document, field)
        return f"{value}？" if value and field in self.guessed else value


@dataclass(frozen=True, slots=True)
class TermEntry:
    """A term, its pinyin initial (A–Z or #), how many documents use it, its first definition or None, and how many
    meanings it has. ``provinces`` are those of the documents that use it ("" for what lies in none), ``place`` is the one
    place that does, or ""."""

    term: Term
    initial: str
    documents: int
    definition: Definition | None
    senses: int = 0
    provinces: tuple[str, ...] = ()
    place: str = ""


def initial(syllables: str) -> str:
    """The letter that a name is filed under: the first of its syllables (parted by spaces), # where that is none."""
    letter = syllables[:1].upper()
    return letter if "A" <= letter <= "Z" else "#"


def _revised(store: Store) -> int:
    """The number of the last revision of the glossary."""
    return int(store.query("SELECT coalesce(max(ordinal), 0) FROM revision").fetchone()[0])


def twins_of(store: Store, sources: Mapping[str, Source]) -> dict[str, tuple[Twin, ...]]:
    """The near copies of each document that has any; of a near copy the document that is shown in its place."""
    found: defaultdict[str, list[Twin]] = defaultdict(list)
    rows = store.query(
        "SELECT c.id, c.source_id, d.id, d.source_id FROM document c JOIN document d ON d.id = c.same_as"
        " WHERE c.same_as <> '' ORDER BY c.source_id, c.ordinal"
    )
    for copy, source, shown, other in rows:
        if source in sources and other in sources:
            found[shown].append(Twin(copy, sources[source].name))
            found[copy].append(Twin(shown, sources[other].name))
    return {document: tuple(twins) for document, twins in found.items()}


class Shelf:
    """The listings of one generation of a library."""

    def __init__(self, engine: Engine, before: Self | None = None) -> None:
        """What is the same is taken over from the shelf ``before``."""
        self.generation = engine.generation
        #: Pages that are long in the making.
        self.kept = Kept()
        self._lines: dict[str, str] = {}
        self._engine = engine
        store = engine.store
        sources = {source.id: source for source in store.select(Source)}
        passages = streams.sizes(store)
        #: Ids of the passages that say what is yet to be done.
        self.planned = streams.Planned(store)
        twins = twins_of(store, sources)
        self._entries: Mapping[str, DocumentEntry] = {
            document.id: DocumentEntry(
                document,
                source.name,
                source.bundled,
                passages.get(document.id, 0),
                twins.get(document.id, ()),
                engine.guesses.get(document.id, frozenset()),
            )
            for document in sorted((*engine.documents, *copies(store)), key=attrgetter("source_id", "ordinal"))
            # One that is taken out at this moment is listed no more.
            if (source := sources.get(document.source_id))
        }
        #: The documents that answers come from: of near copies one.
        self.documents: Mapping[str, DocumentEntry] = {
            key: entry for key, entry in self._entries.items() if not entry.document.same_as
        }
        self._chosen: Mapping[str, str] = {}  # editions of the documents that examples were chosen from
        if before is not None and before.lends(engine):
            self.examples, self._chosen = before.examples, before._chosen
        if before is not None and before.lends_terms(engine):
            self.terms = before.terms
        self._revised = _revised(store)
        #: What is to be said of the glossary while it waits to be settled, or "".
        self.unsettled = notice(store)
        self.bundled_only = bool(sources) and all(source.bundled for source in sources.values())
        self.counts = {
            "sources": len(sources),
            "documents": len(self.documents),
            "passages": sum(entry.passages for entry in self.documents.values()),
            "terms": store.count(Term),
            "definitions": store.count(Definition),
            "claims": store.count(Claim),
            "facts": store.count(Fact),
        }

    def lends(self, engine: Engine) -> bool:
        """True where what there is to try is still worth trying in a later generation: in a large library that is hardly
        another one, and still has the terms."""
        if "examples" not in self.__dict__ or engine.size <= LARGE:
            return False
        changed, now = self._chosen.items() ^ engine.editions.items(), len(engine.editions)
        held = "SELECT 1 FROM term WHERE label = ?"
        return _MOST_CHANGED * len(changed) <= now and all(
            engine.store.query(held, (label,)).fetchone() for label in self.examples.terms
        )

    def lends_terms(self, engine: Engine) -> bool:
        """True where a later generation has the same terms, and sentences that tell of them: nothing but documents has come,
        and what they make of the glossary waits to be settled."""
        return (
            "terms" in self.__dict__
            and bool(notice(engine.store))
            and self._revised == _revised(engine.store)
            and self._engine.editions.items() <= engine.editions.items()
        )

    def belongs_to(self, engine: Engine) -> bool:
        """True where the shelf lists what ``engine`` answers from, whatever it was taught."""
        return self._engine.same_library(engine)

    def entry(self, document_id: str) -> DocumentEntry:
        """One document's entry, a near copy's too. Raises DocumentNotFound."""
        found = self._entries.get(document_id)
        if found is None:
            raise DocumentNotFound(document_id)
        return found

    @cached_property
    def by_source(self) -> Mapping[str, tuple[DocumentEntry, ...]]:
        """Source id → its documents in their order, near copies among them."""
        found: defaultdict[str, list[DocumentEntry]] = defaultdict(list)
        for entry in self._entries.values():
            found[entry.document.source_id].append(entry)
        return {
            source: tuple(sorted(entries, key=lambda entry: entry.document.ordinal))
            for source, entries in found.items()
        }

    @cached_property
    def terms(self) -> tuple[TermEntry, ...]:
        """Every term, in the order of pinyin."""
        store = self._engine.store
        definitions: dict[str, Definition] = {}
        senses: defaultdict[str, set[int]] = defaultdict(set)
        for definition in streams.definitions(store):
            senses[definition.term_id].add(definition.sense)
            kept = definitions.get(definition.term_id)
            better = kept is None or (kept.strength, definition.strength) == ("described", "explained")
            if better and not (kept is not None and kept.preferred):
                definitions[definition.term_id] = definition
        reaches, nowhere = self._engine.glossary.reaches(), Reach(0, (), "")
        spelt, filed = self._engine.spelt(), []
        for term in store.select(Term):
            reach, key = reaches.get(term.id, nowhere), fold(term.label)
            # Those that came since names were made ready last aren't among them.
            syllables = spelt.get(key) or " ".join(spell(key))
            letter, told, count = initial(syllables), definitions.get(term.id), len(senses.get(term.id, ()))
            entry = TermEntry(term, letter, reach.documents, told, count, reach.provinces, reach.place)
            filed.append((letter == "#", syllables.split(" "), term.label, entry))
        return tuple(entry for *_, entry in sorted(filed, key=itemgetter(0, 1, 2)))

    @cached_property
    def terms_by_id(self) -> Mapping[str, TermEntry]:
        return {entry.term.id: entry for entry in self.terms}

    def explained(self, entry: TermEntry) -> tuple[str, Sense | None]:
        """A term's label, and its first definition with what is doubtful in that."""
        told = entry.definition
        return entry.term.label, sense(told, self._engine.doubts) if told else None

    def written(self, entry: TermEntry, write: Callable[[TermEntry], str]) -> str:
        """The line of a term in lists, which is written once: long lists are what pages take longest for."""
        line = self._lines.get(entry.term.id)
        if line is None:
            line = self._lines[entry.term.id] = write(entry)
        return line

    def page_of(self, kind: SuggestionKind, label: str) -> str:
        """The address of the page of a term, a place or a document with just this name; "" for what has none."""
        match kind:
            case "term":
                return links.term(label)
            case "place":
                return links.place(label)
            case "document":
                return links.document(self._titled[label]) if self._titled.get(label) else ""
            case _:
                return ""

    @cached_property
    def _titled(self) -> Mapping[str, str]:
        """Title → document; "" where several bear it."""
        titles = Counter(entry.document.title for entry in self.documents.values())
        return {
            entry.document.title: key if titles[entry.document.title] == 1 else ""
            for key, entry in self.documents.items()
        }

    def label_of(self, name: str) -> str:
        """The label of the term that a name stands for, however it is written; "" where there is none."""
        found = self.term(name)
        return found.term.label if found else ""

    def term(self, name: str) -> TermEntry | None:
        """The term that a name stands for, however it is written; None where there is none."""
        found = self._names(name)
        return self.terms_by_id[found] if found else None

    @cached_property
    def _names(self) -> Labels:
        return Labels((entry.term for entry in self.terms), self._engine.glossary.counts())

    @cached_property
    def edits(self) -> tuple[Edit, ...]:
        """What people changed in the glossary, as far as it holds."""
        held = self._engine.store.select(Edit, undone="")
        return tuple(edit for edit in held if not edit.idle and edit.kind != "confirm")

    @cached_property
    def news(self) -> News:
        """What became of the glossary, change by change."""
        return News(self._engine.store, self.terms_by_id, self.documents)

    def newest(self, most: int) -> tuple[TermEntry, ...]:
        """The terms that came last, those that ``newest_told`` tells the origin of. Where all came at once: those that
        only the most recently dated document uses."""
        told = self.latest if self.news.only_first else self.news.batches
        return next((one.new for one in told if one.new), ())[:most]

    @cached_property
    def newest_told(self) -> str:
        """Where the newest terms come from, in a Chinese phrase; "" where there are none."""
        if not self.news.only_first:
            last = next(batch.revision for batch in self.news.batches if batch.new)
            return f"{moment(last.made)[:10]} {'；'.join(last.details)}"
        documents = [latest.document for latest in self.latest[:1]]
        return "".join(f"只见于最近的文献：{entry.document.title}（{entry.told('date')}）" for entry in documents)

    @cached_property
    def latest(self) -> tuple[Latest, ...]:
        """The most recently dated documents, with the terms that no other one uses."""
        return self.news.latest(_LATEST)

    @cached_property
    def provinces(self) -> Mapping[str, int]:
        """Province → number of documents, most first."""
        return dict(Counter(entry.document.province for entry in self.documents.values()).most_common())

    @cached_property
    def places(self) -> int:
        """How many places and units the documents come from or tell of: those that have a page."""
        return sum(bool(place.claims or place.documents) for place in self._engine.profiler.directory.places)

    @cached_property
    def years(self) -> tuple[str, str]:
        """The first and last year any document is dated, surely or by a guess; empty strings where none is."""
        years = sorted(entry.document.date[:4] for entry in self.documents.values() if entry.document.date)
        return (years[0], years[-1]) if years else ("", "")

    @cached_property
    def guessed_dates(self) -> int:
        """How many documents have a date that is a guess."""
        return sum("date" in entry.guessed for entry in self.documents.values() if entry.document.date)

    @cached_property
    def network(self) -> Any:
        """The NetworkX graph of terms, documents, sections and places."""
        return build_network(self._engine.store)

    @cached_property
    def overview(self) -> Overview:
        """The network at a glance; a large one takes seconds."""
        return overview(self.network, grouped=self.communities.found)

    @cached_property
    def communities(self) -> Communities:
        """The communities of terms, and their drawings."""
        return Communities(self.network)

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """What the SKOS files are written from."""
        return Vocabulary.of(self._engine.store)

    @cached_property
    def examples(self) -> Examples:
        """Things to try that this library can answer."""
        self._chosen = self._engine.editions
        return examples(self._engine, self.terms, [entry.document for entry in self.documents.values()])

    @cached_property
    def place_tree(self) -> tuple[Place, ...]:
        """Where documents are from: province → city → county → unit."""
        return place_tree(entry.document for entry in self.documents.values())

    @cached_property
    def updated(self) -> str:
        """The day of the last change that brought, changed or took out terms (2026-11-21), or ""."""
        last = max((revision.made for revision in self._engine.store.select(Revision)), default="")
        return moment(last)[:10] if last else ""
