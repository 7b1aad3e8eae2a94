"""The facade: a library opened for asking."""

import time
import weakref
from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property, partial
from pathlib import Path
from typing import Self

from corpus.doubts import Doubts, warning
from corpus.lexicon import lexicon, topics
from corpus.model import digest
from corpus.store import Store
from graph.variants import fold
from search import pinyin, suggest
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
from search.concepts import ConceptIndex, has_chinese
from search.embedders import Embedder, open_embedder
from search.explain import Explainer, citation
from search.fact_query import FactQuery
from search.facts import FactTable
from search.finder import Finder, Found
from search.glossary import GlossaryIndex
from search.matrix import Matrix, Order, asked, build_matrix, usual_topics
from search.naming import names
from search.nearness import Nearness
from search.occurrences import occurrences
from search.places import SHOWN, PlaceFinder
from search.profile import Profiler
from search.query import clean, overridden, readable
from search.questions import parse_question
from search.reading import Reader, is_long
from search.spelling import Speller
from search.suggest import Names, Suggester
from search.unmet import unmet

_SURE_ENOUGH = 0.35  # confidence at which a topic is suggested that nothing typed names


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
        #: The doubtful spans of every document.
        self.doubts = Doubts(store)
        #: Document id → its fields that are guesses.
        self.guesses = store.guesses()
        self._glossary = GlossaryIndex(store, self.doubts)
        known = Names(self._cache.get("names", f"{suggest.FORMAT}.{self._finder.stamp}", self._build_names))
        self._suggester = Suggester(known)
        speller = Speller(known, self._finder.knows, self._finder.holds)
        self._reader = Reader(self._topics, self._finder.catalogue.documents, speller)
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

    def _build_names(self, folder: Path) -> None:
        keys = {fold(label): None for concept in lexicon() for label in (*concept.official, *concept.hidden_labels)}
        readings, spelt = pinyin.read(
            self._cache.get("pinyin", digest(*keys), lambda folder: pinyin.build(folder, keys))
        )
        suggest.build(folder, names(self.store, self._glossary, lexicon()), readings, spelt)

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
        signs: bool = True,
    ) -> SearchAnswer:
        """The ``k`` best passages from ``offset`` on. A pasted paragraph is searched clause by clause. Without ``signs``
        quotation marks, minus and fields of the query mean nothing."""
        started = time.perf_counter()
        reading = self._reader.read(query, signs=signs)
        filters = overridden(reading.filters, filters or Filters())
        explainer = Explainer(reading, self._topics)
        ranking = self._finder.rank(reading, filters, mode, k, offset)
        notes = [*reading.notes, *unmet(filters, self._finder.catalogue.documents)]
        if not ranking.rows and reading.required:
            reading = replace(reading, required=())
            ranking = self._finder.rank(reading, filters, mode, k, offset)
            if ranking.rows:
                notes.append("没有一段原文同时符合引号里的话和其他条件，以下没有要求引号里的话一字不差。")
        found = overridden(reading.found, filters)
        return SearchAnswer(
            query=readable(query),
            mode=mode,
            took_ms=(time.perf_counter() - started) * 1e3,
            total=len(ranking.rows),
            filters=found,
            concepts=explainer.concepts,
            facets=self._finder.catalogue.facets(ranking.rows),
            hits=tuple(hit for found in ranking.page if (hit := self._hit(found, explainer)) is not None),
            notes=tuple(notes),
            offers=reading.offers,
            operators=reading.operators,
        )

    def _hit(self, found: Found, explainer: Explainer) -> Hit | None:
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
            why=explainer.why(passage, document, found.dense),
            score=round(found.score, 4),
            citation=citation(document, passage.headings, guessed) + warning(passage.text, doubtful),
            also=tuple(dict.fromkeys(catalogue.of(row).id for row in found.copies if catalogue.of(row) != document)),
            doubtful=doubtful,
            guessed=tuple(name for name in ("place", "date") if name in guessed),
        )

    def precedents(self, text: str, k: int = 10) -> SearchAnswer:
        """Passages that a writer of ``text`` could cite."""
        return self.search(text, k, signs=False)

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
        q = clean(q).strip()
        found = self._suggester.suggest(q, limit)
        if len(found) >= limit or not has_chinese(q) or is_long(q):
            return found
        # Nobody has all the words for a thing: what these come near to.
        meant = (concept.label for concept, _ in self._topics.link(q, _SURE_ENOUGH))
        topics = (Suggestion(label, "topic", "意思相近") for label in meant)
        seen = {one.label for one in found}
        return (*found, *(topic for topic in topics if topic.label not in seen))[:limit]

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
        if self._reader.parse(query).binding:
            return "search"
        if self.asked_term(query) is not None:
            return "term"
        return "places" if parse_question(query) is not None else "search"


def _close(store: Store, cache: Cache) -> None:
    store.close()
    cache.close()
