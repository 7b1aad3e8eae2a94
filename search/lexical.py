"""The lexical index: which passages hold the words of a query.

BM25 over weighted fields (tantivy), where a score is given as a share: the part of the query's information (its
grams weighted by rarity) that a passage can answer for, so that scores of different queries compare.
"""

import json
import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, chain, islice, repeat, takewhile
from pathlib import Path

import numpy as np
import tantivy
from numpy.typing import NDArray

from corpus import streams
from corpus.store import Store
from search import bulk
from search.analyzer import grams
from search.asked import FIELDS, asked, without_parts
from search.cache import MANIFEST, Cache
from search.segments import Layout

_TOKENIZER = "spaces"
_AT_ONCE = 256  # passages analysed together
#: Bytes that a file of the engine takes in memory while it is made: with eight times less there are nine of a million passages
#: instead of two, and a search looks into each.
_HEAP = 512_000_000
_REMEMBERED = 1 << 16  # terms whose spread is kept
_REPLACED = ("meta.json", ".managed.json")  # files that the engine writes anew with every change
_NO_ROW = (1 << 32) - 1
_KIND, _SEGMENTS, _FORMAT = "lexical", "segments.json", "3"

Rows = NDArray[np.int64]
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Entry:
    """What the index holds of a passage: row number, first row of its document, text, headings, section status."""

    row: int
    document: int
    text: str
    headings: Sequence[str]
    status: str


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for name in FIELDS:
        builder.add_text_field(name, tokenizer_name=_TOKENIZER, index_option="freq")
    builder.add_unsigned_field("row", fast=True)
    builder.add_unsigned_field("document", indexed=True)
    builder.add_text_field("status", tokenizer_name="raw", index_option="basic")
    return builder.build()


def _register(index: tantivy.Index) -> None:
    index.register_tokenizer(_TOKENIZER, tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())


def build(folder: Path, entries: Iterable[Entry]) -> None:
    """Write an index of ``entries`` to the empty ``folder``."""
    index = tantivy.Index(_schema(), path=str(folder), reuse=False)
    _register(index)
    writer = index.writer(heap_size=_HEAP, num_threads=1)
    _add(writer, entries)
    writer.commit()
    writer.wait_merging_threads()


def extend(folder: Path, before: Path, kept: int, gone: Iterable[int], entries: Iterable[Entry]) -> None:
    """Write the index ``before`` to the empty ``folder`` without the rows from ``kept`` on and without the documents with the
    first rows ``gone``, but with ``entries``. What stays the same is not copied."""
    for path in before.iterdir():
        if path.suffix == ".lock" or path.name == MANIFEST:
            continue
        # The engine replaces these two and never changes the others.
        if path.name not in _REPLACED:
            with suppress(OSError):  # a file system that knows no links
                os.link(path, folder / path.name)
                continue
        shutil.copy2(path, folder / path.name)
    index = tantivy.Index.open(str(folder))
    _register(index)
    writer = index.writer(heap_size=64_000_000, num_threads=1)
    writer.delete_documents_by_query(
        tantivy.Query.range_query(index.schema, "document", tantivy.FieldType.Unsigned, kept, _NO_ROW)
    )
    for first in gone:
        writer.delete_documents_by_term("document", first)
    _add(writer, entries)
    writer.commit()
    writer.wait_merging_threads()


def _add(writer: tantivy.IndexWriter, entries: Iterable[Entry]) -> None:
    waiting = iter(entries)
    while some := list(islice(waiting, _AT_ONCE)):
        texts = bulk.folded([entry.text for entry in some])
        headings = bulk.folded(["\n".join(entry.headings) for entry in some])
        columns = bulk.grams(texts), bulk.grams(headings), bulk.words(texts)
        for entry, text, heading, words in zip(some, *columns, strict=True):
            document = tantivy.Document()
            document.add_text("text", text)
            document.add_text("heading", heading)
            document.add_text("words", words)
            document.add_unsigned("row", entry.row)
            document.add_unsigned("document", entry.document)
            document.add_text("status", entry.status or "none")
            writer.add_document(document)


def kept(cache: Cache, layout: Layout, store: Store) -> Path:
    """The folder of the index of a library: that of before, extended, where most of it is the same. Raises
    SegmentIncomplete."""

    def made(folder: Path) -> None:
        before = cache.last(_KIND, f"{_FORMAT}.")
        held = json.loads((before / _SEGMENTS).read_text("utf-8")) if before else []
        keys = [segment.key for segment in layout.segments]
        same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(held, keys, strict=False)))
        entries = _entries(store, layout, same)
        if before and same:
            start = layout.segments[same].start if same < len(keys) else layout.rows
            extend(folder, before, start, layout.gone(same), entries)
        else:
            build(folder, entries)
        (folder / _SEGMENTS).write_text(json.dumps(keys), "utf-8")

    return cache.get(_KIND, f"{_FORMAT}.{layout.key}", made)


def _entries(store: Store, layout: Layout, first: int) -> Iterator[Entry]:
    """The passages of the segments from the ``first`` on."""
    for segment in layout.segments[first:]:
        layout.check(segment)
        firsts = chain.from_iterable(
            repeat(start, size)
            for start, size in zip(accumulate(segment.sizes, initial=segment.start), segment.sizes, strict=False)
        )
        passages = streams.written(store, segment.documents)
        for row, (start, passage) in enumerate(zip(firsts, passages, strict=True), segment.start):
            text, headings, status = passage
            yield Entry(row, start, text, headings, status)


class LexicalIndex:
    """An index that ``build`` or ``extend`` wrote."""

    def __init__(self, folder: Path) -> None:
        index = tantivy.Index.open(str(folder))
        _register(index)
        self._schema = index.schema
        self._searcher = index.searcher()
        self._total = self._searcher.num_docs
        self._spread = lru_cache(_REMEMBERED)(self._searcher.doc_freq)

    def search(
        self,
        query: str,
        limit: int,
        documents: Sequence[int] | None = None,
        status: str = "",
        required: Iterable[str] = (),
    ) -> tuple[Rows, Floats]:
        """(rows, scores) of at most ``limit`` passages, best first; a score is a share, about 0..1.

        ``documents`` (first rows) and ``status`` keep to passages of these documents and of sections with this status;
        ``required`` to those with every gram of these phrases.
        """
        sought = asked(query, self._total, self._spreads)
        if not sought.terms:
            return np.empty(0, np.int64), np.empty(0, np.float32)
        matching = tantivy.Query.boolean_query(
            [(tantivy.Occur.Should, self._term(field, value, FIELDS[field])) for field, value in sought.terms]
        )
        phrases = list(required)
        if documents is not None or status or phrases:
            must = [(tantivy.Occur.Must, matching)]
            must += [(tantivy.Occur.Must, self._quiet(self._every_gram(phrase))) for phrase in phrases]
            if documents is not None:
                must.append(
                    (
                        tantivy.Occur.Must,
                        self._quiet(tantivy.Query.term_set_query(self._schema, "document", list(documents))),
                    )
                )
            if status:
                must.append(
                    (tantivy.Occur.Must, self._quiet(tantivy.Query.term_query(self._schema, "status", status, "basic")))
                )
            matching = tantivy.Query.boolean_query(must)
        hits = self._searcher.search(matching, limit=limit, count=False).hits
        rows = np.array(self._searcher.fast_field_values("row", [address for _, address in hits]), np.int64)
        scores = np.array([score for score, _ in hits], np.float32)
        return rows, scores / np.float32(sought.everything)

    def _spreads(self, field: str, terms: Sequence[str]) -> list[int]:
        # What was taken out is counted in the spread of its words until its file is written anew.
        return [min(self._spread(field, term), self._total) for term in terms]

    def spread(self, field: str, term: str) -> int:
        """In how many passages a term stands, in a field."""
        return int(self._spread(field, term))

    def knows(self, gram: str) -> bool:
        """True where a gram stands in the text or the headings of a passage."""
        return any(self._spread(field, gram) for field in ("text", "heading"))

    def holding(self, phrase: str) -> Rows:
        """Rows that hold every gram of a phrase in text or headings: those that hold the phrase are among them."""
        wanted = dict.fromkeys(grams(phrase))
        if not wanted or not all(map(self.knows, wanted)):
            return np.empty(0, np.int64)
        found = self._every_gram(phrase)
        hits = self._searcher.search(found, limit=max(1, self._searcher.num_docs), count=False).hits
        return np.array(self._searcher.fast_field_values("row", [address for _, address in hits]), np.int64)

    def _every_gram(self, phrase: str) -> tantivy.Query:
        return tantivy.Query.boolean_query(
            [
                (
                    tantivy.Occur.Must,
                    tantivy.Query.boolean_query(
                        [(tantivy.Occur.Should, self._term(field, gram, 1.0)) for field in ("text", "heading")]
                    ),
                )
                for gram in without_parts(dict.fromkeys(grams(phrase)), self.knows)
            ]
        )

    def _term(self, field: str, value: str, weight: float) -> tantivy.Query:
        term = tantivy.Query.term_query(self._schema, field, value, "freq")
        return term if weight == 1.0 else tantivy.Query.boost_query(term, weight)

    @staticmethod
    def _quiet(query: tantivy.Query) -> tantivy.Query:
        return tantivy.Query.const_score_query(query, 0.0)
