"""The facade: a library opened for asking."""

import time
import weakref
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cached_property, partial
from pathlib import Path
from typing import Self

from corpus.doubts import Doubts, warning
from corpus.lexicon import lexicon, topics
from corpus.store import Store
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
from search.asking import asked_label
from search.cache import Cache
from search.concepts import ConceptIndex
from search.embedders import Embedder, open_embedder
from search.explain import Explainer, citation
from search.fact_query import FactQuery
from search.facts import FactTable
from search.finder import Finder, Found
from search.glossary import GlossaryIndex
from search.matrix import Matrix, Order, asked, build_matrix, usual_topics
from search.nearness import Nearness
from search.occurrences import occurrences
from search.places import SHOWN, PlaceFinder
from search.profile import Profiler
from search.questions import parse_question
from search.reading import Reader, is_long


class Engine:
    """Answers from one generation of a library; safe to use from several threads."""

    def __init__(self, store: Store, embedder: Embedder) -> None:
        self.store = store
        self.folder = store.folder
        self.generation = store.generation
        self._cache = Cache(store.folder)
        self._close: weakref.finalize[..., Self] | None = None
        counted = topics(lexicon())
        self._topics = ConceptIndex(dict.fromkeys(topic for found in counted.values() for topic in found), embedder)
        self._finder = Finder(store, self._cache, self._topics, counted, embedder)
        self._reader = Reader(self._topics, self._finder.catalogue.documents)
        #: The doubtful spans of every document.
        self.doubts = Doubts(store)
        #: Document id → its fields that are guesses.
        self.guesses = store.guesses()
        self._glossary = GlossaryIndex(store, self.doubts)
        stamp = f"{store.generation}.{self._finder.catalogue.mark}"
        self._places = PlaceFinder(
            store,
            ConceptIndex(lexicon(), embedder),
            self.doubts,
            lambda index: Nearness.of(index, self._cache, stamp, embedder),
            self._cache,
        )
        self._facts = FactTable(store, self.doubts)

    @classmethod
    def open(cls, folder: Path, embedder: Embedder | None = None) -> Self:
        """Open a library, with the bundled embedder unless another is given; builds what caches are missing.

        Raises LibraryNotFound, LibraryUnreadable, LibrarySchemaDiffers.
        """
        store = Store.open(folder)
        try:
            embedder = embedder or open_embedder()
            engine = cls(store, embedder)
            # A change that came while the engine was reading must not leave half of it in.
            while engine.generation != store.generation:
                engine = cls(store, embedder)
        except BaseException:
            store.close()
            raise
        # A server drops an engine while requests may still hold it: the last one to let go closes it.
        engine._close = weakref.finalize(engine, _close, store, engine._cache)
        return engine

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
        diverse: bool = False,
    ) -> SearchAnswer:
        """The ``k`` best passages from ``offset`` on. A pasted paragraph is searched clause by clause.

        ``diverse``: no document has a second passage before all others that were found have one.
        """
        started = time.perf_counter()
        filters = filters or Filters()
        reading = self._reader.read(query)
        explainer = Explainer(reading, self._topics)
        ranking = self._finder.rank(reading, filters, mode, k, offset, diverse=diverse)
        near = self._finder.near_words(reading, (found.row for found in ranking.page))
        found = replace(filters, place=filters.place or reading.found.place, year=filters.year or reading.found.year)
        return SearchAnswer(
            query=query,
            mode=mode,
            took_ms=(time.perf_counter() - started) * 1e3,
            total=len(ranking.rows),
            filters=found,
            concepts=explainer.concepts,
            facets=self._finder.catalogue.facets(ranking.rows),
            hits=tuple(hit for row in zip(ranking.page, near, strict=True) if (hit := self._hit(*row, explainer))),
        )

    def _hit(self, found: Found, near: Sequence[tuple[str, str]], explainer: Explainer) -> Hit | None:
        catalogue = self._finder.catalogue
        passage, document = catalogue.passage(found.row), catalogue.of(found.row)
        if passage is None:
            return None
        doubtful = self.doubts.within(document.id, passage.start, passage.end)
        guessed = self.guesses.get(document.id, frozenset())
        return Hit(
            passage_id=passage.id,
            document_id=document.id,
            title=document.title,
            place=document.place,
            date=document.date,
            headings=passage.headings,
            text=passage.text,
            start=passage.start,
            end=passage.end,
            highlights=explainer.highlights(passage),
            why=explainer.why(
                passage,
                document,
                float(found.evidence.dense[0]),
                near,
                float(found.evidence.company[0]),
            ),
            score=round(found.score, 4),
            citation=citation(document, passage.headings, guessed) + warning(passage.text, doubtful),
            also=tuple(dict.fromkeys(catalogue.of(row).id for row in found.copies if catalogue.of(row) != document)),
            doubtful=doubtful,
            guessed=tuple(name for name in ("place", "date") if name in guessed),
        )

    def precedents(self, text: str, k: int = 10) -> SearchAnswer:
        """Passages that a writer of ``text`` could cite."""
        return self.search(text, k)

    def places(
        self, query: str, level: str = "", sort: PlaceSort = "strength", shown: int | None = SHOWN
    ) -> PlacesAnswer:
        """Every place that did what the query asks about, with up to ``shown`` sentences of each status."""
        return self._places.answer(query, level, sort, shown)

    def why(self, query: str, place: str, level: str = "") -> Verdict:
        """Why a place, by any of its names, is or isn't among those that did what the query asks about."""
        return self._places.why(query, place.strip(), self.profiler.resolve(place), level)

    def matrix(self, topics: Iterable[str] = (), province: str = "", level: str = "", order: Order = "code") -> Matrix:
        """Places against ``topics`` (names or questions, one per line); what most places give figures about where none
        is asked for."""
        written = tuple((topic, "") for topic in asked(topics))
        return build_matrix(
            partial(self.places, shown=0),
            written or self._usual_topics,
            province=province,
            level=level,
            order=order,
            chosen=bool(written),
        )

    @cached_property
    def _usual_topics(self) -> tuple[tuple[str, str], ...]:
        return usual_topics(self.store.spread())

    def term(self, label: str) -> TermAnswer | None:
        """A term with all its senses, or None."""
        return self._glossary.lookup(label)

    def asked_term(self, query: str) -> TermAnswer | None:
        """The term that a query names, or asks the meaning of (四大会战是什么), or None."""
        return self._glossary.lookup(query) or self._glossary.lookup(asked_label(query))

    def occurrences(self, label: str, offset: int = 0, limit: int = 100) -> Occurrences | None:
        """Every place where a term stands, a page of them, or None where there is no such term."""
        answer = self._glossary.lookup(label)
        return occurrences(self.store, self.doubts, answer.term, offset, limit) if answer else None

    def similar_terms(self, label: str) -> tuple[str, ...]:
        """Labels to offer where ``term`` found none."""
        return self._glossary.similar(label)

    def suggest(self, q: str, limit: int = 10) -> tuple[Suggestion, ...]:
        """Completions for what has been typed."""
        return self._glossary.suggest(q, limit)

    @cached_property
    def profiler(self) -> Profiler:
        """Profiles of places."""
        return Profiler(self.store, self._finder.catalogue.documents, self._glossary, lexicon(), self.doubts)

    def facts(self, query: FactQuery | None = None, limit: int = 100) -> FactsAnswer:
        """Figures that meet the conditions, and the doubtful ones apart. Raises AmountUnreadable, UnitsDiffer."""
        return self._facts.answer(query or FactQuery(), limit)

    def intent(self, query: str) -> Intent:
        """What kind of answer a query asks for."""
        if is_long(query):
            return "precedents"
        if self.asked_term(query) is not None:
            return "term"
        return "places" if parse_question(query) is not None else "search"


def _close(store: Store, cache: Cache) -> None:
    store.close()
    cache.close()
