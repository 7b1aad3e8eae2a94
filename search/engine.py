"""The facade: a library opened for asking."""

import re
import time
import weakref
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import replace
from functools import cached_property, partial
from pathlib import Path
from typing import Self

from corpus.doubts import Doubts
from corpus.lexicon import Concept, lexicon, topics
from corpus.model import Passage
from corpus.said import headers
from corpus.store import Store
from corpus.unswept import unswept
from search.answers import (
    FactsAnswer,
    Filters,
    Hit,
    Intent,
    Mode,
    Occurrences,
    PlacesAnswer,
    PlaceSort,
    SearchAnswer,
    Suggestion,
    TermAnswer,
    Verdict,
)
from search.backends.finder import BackendFinder
from search.backends.interface import Backend
from search.cache import Cache
from search.centres import kept_centres
from search.citation import Quotations, Quoter
from search.concepts import ConceptIndex, has_chinese
from search.embedders import Embedder, Kept
from search.errors import BackendError, SegmentIncomplete
from search.excerpts import Excerpt, excerpt
from search.explain import Explainer
from search.fact_query import FactQuery
from search.facts import FactTable
from search.finder import Finder
from search.glossary import GlossaryIndex
from search.hits import Hits
from search.lookup import BESIDE
from search.matrix import Matrix, Order, asked, build_matrix, usual_topics
from search.models import Models, put_stamp
from search.naming import kept_names
from search.nearness import Nearness
from search.occurrences import occurrences
from search.places import SHOWN, PlaceFinder, Sample
from search.precedents import PrecedentAnswer, Precedents
from search.profile import Profiler
from search.queries import Way
from search.query import clean, overridden, readable
from search.questions import parse_question
from search.ranking import Weights
from search.reading import Reader, is_long
from search.rerank import Reranker
from search.segments import Layout, forget
from search.spelling import Speller
from search.suggest import Suggester
from search.sureness import is_sure
from search.taught import Lessons, wordings_of
from search.unmet import unmet
from search.wanted import wanted_by

_SHORTEST_BEGINNING, _OFFERED = 3, 3  # letters that may begin a name; names that are offered for them
_SURE_ENOUGH = 0.35  # confidence at which a topic is suggested that nothing typed names


def concept_indexes(cache: Cache, embedder: Embedder) -> tuple[ConceptIndex, ConceptIndex]:
    """What queries are linked with: the topics that passages are ranked by, the concepts that places are asked for."""
    wholes = tuple(_topics(topics(lexicon())))
    of_topics, of_concepts = kept_centres(cache, (wholes, lexicon()), embedder)
    return ConceptIndex(wholes, embedder, *of_topics), ConceptIndex(lexicon(), embedder, *of_concepts)


class Engine:
    """Answers from one generation of a library and what it was taught; safe to use from several threads."""

    def __init__(
        self,
        store: Store,
        embedder: Embedder,
        reranker: Reranker | None = None,
        backend: Backend | None = None,
        before: "Engine | None" = None,
    ) -> None:
        """``backend`` is where passages are, if not in the library itself. What is the same is taken over from the engine
        ``before``, which goes on as it was."""
        self.store = store
        self.folder = store.folder
        self.generation = store.generation
        self._cache = Cache(store.folder)
        #: What to tell whoever opened the library: that its vectors were made anew with another model, or "".
        self.notice = ""
        self._close: weakref.finalize[..., Self] | None = None
        self._opened = self  # what holds the library open
        self._layout = layout = Layout.of(store, self._cache)
        counted = topics(lexicon())
        self._embedder = embedder
        self._asked_again: dict[tuple[str, Way], bool] = {}
        self._topics, self._concepts = concept_indexes(self._cache, embedder)
        self._backend = backend
        self._finder: Finder = (
            Finder(
                store,
                self._cache,
                layout,
                self._topics,
                counted,
                embedder,
                reranker,
                before._finder if before and before._backend is None else None,
            )
            if backend is None
            else BackendFinder(backend, self._topics, counted, embedder, reranker)
        )
        #: The doubtful spans of every document.
        self.doubts = Doubts(store) if backend is None else Doubts.of(backend.doubtful())
        #: Document id → its fields that are guesses.
        self.guesses = (backend or store).guesses()
        self._hits = Hits(self._finder.catalogue, self.doubts, self.guesses)
        # The glossary is of the library's own documents, wherever passages are.
        #: The documents of the library itself that are shown, without their texts, and the edition of each.
        self.documents = documents = self._finder.catalogue.documents if backend is None else headers(store)
        self.editions = layout.shown
        by_id = {one.id: one for one in documents}
        self._glossary = GlossaryIndex(store, self.doubts, by_id, self._cache, layout.shown)
        known = kept_names(self._cache, store, self._glossary)
        self._suggester = Suggester(known)
        self._speller = Speller(known, self._finder.knows, self._finder.holds)
        self._reader = Reader(self._topics, self._finder.catalogue.register, self._speller, self._finder.attested)
        self._places = PlaceFinder(
            store,
            self._concepts,
            self.doubts,
            lambda index: Nearness.of(index, layout, embedder),
            layout,
            documents,
        )
        self._facts = FactTable(store, self.doubts, None, documents, layout)
        self.lessons = 0
        if store.lessons:
            self._learn()
        else:
            self._advise(counted)

    def _advise(self, counted: Mapping[str, Sequence[Concept]]) -> None:
        """Make ready what drafts are read with."""
        self._precedents = Precedents(
            self.store,
            self._layout,
            self._finder,
            self._reader,
            self._topics,
            counted,
            self.doubts,
            self.guesses,
            self._embedder,
            self._places.sample,
        )

    def _learn(self) -> None:
        """Read queries with what the library was taught, too. What was made of the texts stays as it is."""
        lessons = Lessons.of(self.store)
        counted = topics(lessons.concepts)
        self._concepts = self._concepts.with_concepts(lessons.concepts)
        self._topics = self._topics.with_concepts(_topics(counted))
        own = [(self._topics.number(concept), concept) for concept in lessons.own]
        rows = self._finder.catalogue.by_id()
        self._finder = self._finder.with_concepts(self._topics, wordings_of(self.store, own, rows))
        self._reader = Reader(self._topics, self._finder.catalogue.register, self._speller, self._finder.attested)
        self._places = self._places.with_topics(self._concepts)
        self.lessons = lessons.count
        self._advise(counted)

    def taught(self) -> Self:
        """The same library, read with what it has been taught since; requests that run on this engine go on with it."""
        other = copy(self)
        other._learn()
        other._asked_again = {}
        return other

    def behind(self, store: Store) -> bool:
        """True where the library, or the backend that holds its passages, has changed since, as ``store`` sees it: one opened
        for this. The engine's own sees what it saw before for as long as any answer is still being read from it. Raises
        LibraryUnreadable."""
        if store.generation != self.generation:
            return True
        if not isinstance(self._finder, BackendFinder):
            return False
        try:
            return self._finder.behind()
        except BackendError:  # who can't be asked has nothing newer; the request itself will tell
            return False

    @property
    def size(self) -> int:
        """How many passages there are."""
        return self._finder.catalogue.total

    def same_library(self, other: "Engine") -> bool:
        """True for engines that differ in nothing but what was taught."""
        return self._opened is other._opened

    @classmethod
    def open(
        cls,
        folder: Path,
        embedder: Embedder | None = None,
        models: Models | None = None,
        before: "Engine | None" = None,
    ) -> Self:
        """Open a library and build what caches are missing; ``before`` is an engine that was opened earlier, of this library
        or another: what hasn't changed since isn't read again.

        Without an ``embedder`` it is searched with the one that ``models`` gives for it: its own, or the bundled one.
        Raises LibraryNotFound, LibraryUnreadable, LibrarySchemaDiffers, and LibraryModelMissing or another SearchError
        where a model can't be opened.
        """
        models = models or Models()
        # Where passages are elsewhere, the library holds the glossary and what was set, at first nothing.
        store = Store.open(folder, create=models.backend is not None)
        backend = None
        try:
            choice, used = (None, embedder) if embedder else models.embedder(store)
            backend = models.backend(used) if models.backend else None
            made = partial(cls._made, store, used, models.reranker, backend, before)
            with unswept():
                engine = made()
                while engine.generation != store.generation:
                    engine = made()
            if choice:
                engine.notice = put_stamp(store, choice, used)
        except BaseException:
            if backend is not None:
                backend.close()
            store.close()
            raise
        # A server drops an engine while requests may still hold it: the last one to let go closes it.
        # Those it becomes by being taught hold on to it.
        engine._close = weakref.finalize(engine, _close, store, engine._cache, backend)
        return engine

    @classmethod
    def _made(
        cls,
        store: Store,
        embedder: Embedder,
        reranker: Reranker | None,
        backend: Backend | None,
        before: "Engine | None",
    ) -> Self:
        made = partial(cls, store, embedder, reranker, backend, before)
        try:
            # A change that comes while the engine is reading must not leave half of it in.
            with store.snapshot():
                return made()
        except SegmentIncomplete:
            forget(Cache(store.folder))
        except FileNotFoundError:
            pass  # another process has divided the library anew, and taken away what was of no use any more
        with store.snapshot():
            return made()

    def complete(self) -> None:
        """Make what else would be made by the first question for a term and for places."""
        self._glossary.counts()
        _ = self._places.coverage

    def clear_kept(self) -> None:
        """Take kept vectors away that no text of the library wants any more, where many have gathered."""
        if isinstance(self._embedder, Kept):
            self._embedder.clear(lambda: wanted_by(self.store))

    def close(self) -> None:
        """Close the library; the engine must not be asked afterwards."""
        if self._close is not None:
            self._close()

    def search(
        self,
        query: str,
        k: int = 10,
        mode: Mode = "hybrid",
        filters: Filters | None = None,
        offset: int = 0,
        *,
        diverse: bool = False,
        newest: bool = False,
        signs: bool = True,
        weights: Weights | None = None,
    ) -> SearchAnswer:
        """The ``k`` best passages from ``offset`` on. A pasted paragraph is searched clause by clause.

        ``diverse``: no document has a second passage before all others that were found have one. ``newest``: those of the
        latest documents come first. Without ``signs`` quotation marks, minus and fields of the query mean nothing;
        ``weights`` are other than the published ones, to measure what each part is good for.
        """
        started = time.perf_counter()
        reading = self._reader.read(query, signs=signs)
        filters = overridden(reading.filters, filters or Filters())
        explainer = Explainer(reading, self._topics)
        rank = partial(self._finder.rank, weights=weights, diverse=diverse, newest=newest)
        ranking = rank(reading, filters, mode, k, offset)
        notes = [*reading.notes, *unmet(filters, self._finder.catalogue.register)]
        if not len(ranking.rows) and reading.required:
            reading = replace(reading, required=())
            ranking = rank(reading, filters, mode, k, offset)
            if len(ranking.rows):
                notes.append("没有一段原文同时符合引号里的话和其他条件，以下没有要求引号里的话一字不差。")
        near = self._finder.near_words(reading, (found.row for found in ranking.page))
        found = overridden(reading.found, filters)
        return SearchAnswer(
            query=readable(query),
            mode=mode,
            took_ms=(time.perf_counter() - started) * 1e3,
            total=len(ranking.rows),
            filters=found,
            concepts=explainer.concepts,
            facets=self._finder.catalogue.facets(ranking.wide, filters),
            hits=self._hits.all(ranking.page, near, explainer),
            notes=tuple(notes),
            offers=reading.offers if len(ranking.rows) else reading.offers or self._completed(query),
            operators=reading.operators,
            sure=is_sure(reading, ranking.page, self._topics, mode),
            complete=ranking.complete,
            more=ranking.more,
        )

    def precedents(self, text: str, k: int = 10) -> PrecedentAnswer:
        """What a writer of ``text`` could cite: ``k`` passages for the whole, sentences for each clause of it, what it
        lacks and what is too close to a source."""
        return self._precedents.answer(text, self.search(text, k, signs=False))

    def quotations(self, keys: Iterable[str]) -> Quotations:
        """Chosen passages and sentences (see ``search.citation.Pick``) with their citations, in the order asked for."""
        return Quoter(self.store, self.doubts, self.guesses).quote(keys)

    def excerpt(self, document_id: str, start: int, end: int) -> Excerpt:
        """The whole sentences that a span of a document touches, with their citations. Raises DocumentNotFound,
        SpanUnknown, SpanTooLong."""
        return excerpt(self.store, self.doubts, self.guesses.get(document_id, frozenset()), document_id, start, end)

    def similar(self, passage: Passage, k: int = 5) -> tuple[Hit, ...]:
        """Passages of other documents that say nearly what a passage says, the nearest first; those that hardly do are
        left out, so there may be none. Its document's near copies are that document."""
        reading = self._reader.read(passage.text, signs=False)
        own = {passage.document_id, self.store.document(passage.document_id).same_as}
        explainer = Explainer(reading, self._topics)
        found = self._finder.like(reading, own, k)
        near = self._finder.near_words(reading, (one.row for one in found))
        return self._hits.all(found, near, explainer)

    def places(
        self, query: str, level: str = "", sort: PlaceSort = "strength", shown: int | None = SHOWN
    ) -> PlacesAnswer:
        """Every place that did what the query asks about, with up to ``shown`` sentences of each status."""
        return self._places.answer(query, level, sort, shown)

    def sample(self, query: str) -> Sample:
        """The surest of very many places that did what the query asks about."""
        return self._places.sample(query)

    def why(self, query: str, place: str, level: str = "") -> Verdict:
        """Why a place, by any of its names, is or isn't among those that did what the query asks about."""
        return self._places.why(query, place.strip(), self.profiler.resolve(place), level)

    def matrix(self, topics: Iterable[str] = (), province: str = "", level: str = "", order: Order = "code") -> Matrix:
        """Places against ``topics`` (names or questions, one per line); what most places give figures about where none
        is asked for."""
        written = tuple((topic, "") for topic in asked(topics))
        return build_matrix(
            self._places.counted,
            written or self._usual_topics,
            province=province,
            level=level,
            order=order,
            chosen=bool(written),
        )

    @cached_property
    def _usual_topics(self) -> tuple[tuple[str, str], ...]:
        return usual_topics(self.store.claimed.spread())

    def term(self, label: str) -> TermAnswer | None:
        """A term with all its senses, or None."""
        return self._glossary.lookup(label)

    def asked_term(self, query: str) -> TermAnswer | None:
        """The term that a query names, or asks the meaning of (四大会战是什么), or None."""
        return self._glossary.asked(query)

    @property
    def glossary(self) -> GlossaryIndex:
        """The terms."""
        return self._glossary

    def occurrences(self, label: str, offset: int = 0, limit: int = 100) -> Occurrences | None:
        """Every place where a term stands, a page of them, or None where there is no such term."""
        answer = self._glossary.lookup(label)
        return occurrences(self.store, self.doubts, answer.term, offset, limit) if answer else None

    def similar_terms(self, label: str) -> tuple[str, ...]:
        """Labels to offer where ``term`` found none."""
        return self._glossary.similar(label)

    def suggest(self, q: str, limit: int = 10) -> tuple[Suggestion, ...]:
        """Completions for what has been typed."""
        q = clean(q).strip()
        found = self._suggester.suggest(q, limit)
        if len(found) >= limit or not has_chinese(q) or is_long(q):
            return found
        # Nobody has all the words for a thing: what these come near to.
        meant = (concept.label for concept, _ in self._topics.link(q, _SURE_ENOUGH))
        topics = (Suggestion(label, "topic", "意思相近") for label in meant)
        seen = {one.label for one in found}
        return (*found, *(topic for topic in topics if topic.label not in seen))[:limit]

    def spelt(self) -> dict[str, str]:
        """Folded label → its syllables, parted by spaces, of the terms, as far as names are made ready."""
        return self._suggester.spelt("term")

    @cached_property
    def profiler(self) -> Profiler:
        """Profiles of places."""
        return Profiler(self.store, self._finder.catalogue.documents, self._glossary, lexicon(), self.doubts)

    def facts(self, query: FactQuery | None = None, limit: int = 100) -> FactsAnswer:
        """Figures that meet the conditions, and the doubtful ones apart. Raises AmountUnreadable, UnitsDiffer."""
        return self._facts.answer(query or FactQuery(), limit)

    def _completed(self, query: str) -> tuple[str, ...]:
        """Names that letters are the beginning of, to be searched instead: laomo is 劳模精神, 劳模创新工作室."""
        if len(query) < _SHORTEST_BEGINNING or not (query.isascii() and query.isalpha()):
            return ()
        found = self._suggester.suggest(query)
        return tuple(dict.fromkeys(one.label for one in found if one.kind in ("term", "place")))[:_OFFERED]

    def near_topics(self, query: str, most: int = 6) -> tuple[str, ...]:
        """Concepts that a query may have meant, to choose from."""
        return tuple(concept.label for concept in self._topics.nearest(query, most))

    def saying(self, query: str) -> str:
        """A query's own words, without its signs: what may be looked up, or taught, in other words."""
        return " ".join(re.sub('[“”"「」『』]', " ", self._reader.parse(query).text).split())

    def unanswered(self, query: str, way: Way = "search") -> bool:
        """True where no passage speaks of a query with direct evidence, or no place answers it. Looked up once for
        each query of the log, until something is taught or read in."""
        if (query, way) not in self._asked_again:
            found = self.places(query, shown=1).answers if way == "places" else self.search(query).sure
            self._asked_again[query, way] = not found
        return self._asked_again[query, way]

    def intent(self, query: str) -> Intent:
        """What kind of answer a query asks for."""
        if is_long(query):
            return "precedents"
        if self._reader.parse(query).binding:
            return "search"
        named, asks = self.asked_term(query), parse_question(query) is not None
        # A question that holds a term's name (哪些城市有…) asks for places, not for the term.
        if named is not None and not (asks and named.how in BESIDE):
            return "term"
        return "places" if asks else "search"


def _topics(counted: Mapping[str, tuple[Concept, ...]]) -> Iterable[Concept]:
    return dict.fromkeys(topic for found in counted.values() for topic in found)


def _close(store: Store, cache: Cache, backend: Backend | None) -> None:
    store.close()
    cache.close()
    if backend is not None:
        backend.close()
