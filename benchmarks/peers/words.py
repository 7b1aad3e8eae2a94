"""Peers that match words: BM25 in five libraries, each with its own defaults and with what suits Chinese."""

import re
import sqlite3
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from peers.base import CUTS, Peer, Searching, size_of

Cut = Callable[[str], list[str]]
OWN = "自己的默认设置"


def bm25s_cut(cut: Cut, texts: Sequence[str], folder: Path) -> Searching:
    import bm25s

    index = bm25s.BM25()
    index.index([cut(text) for text in texts], show_progress=False)
    index.save(folder)

    def search(query: str, k: int) -> list[int]:
        rows, scores = index.retrieve([cut(query)], k=min(k, len(texts)), show_progress=False)
        return [int(row) for row, score in zip(rows[0], scores[0], strict=True) if score > 0]

    return Searching(search, size_of(folder))


def bm25s_own(texts: Sequence[str], folder: Path) -> Searching:
    import bm25s

    def cut(text: str) -> list[str]:
        return bm25s.tokenize(text, return_ids=False, show_progress=False)[0]

    return bm25s_cut(cut, texts, folder)


def tantivy_cut(cut: Cut | None, texts: Sequence[str], folder: Path) -> Searching:
    import tantivy

    builder = tantivy.SchemaBuilder()
    tokenizer = "whitespace" if cut else "default"
    builder.add_text_field("text", tokenizer_name=tokenizer, index_option="freq")
    builder.add_unsigned_field("row", fast=True)
    schema = builder.build()
    index = tantivy.Index(schema, path=str(folder))
    writer = index.writer(heap_size=50_000_000, num_threads=1)
    for row, text in enumerate(texts):
        document = tantivy.Document()
        document.add_text("text", " ".join(cut(text)) if cut else text)
        document.add_unsigned("row", row)
        writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()

    def search(query: str, k: int) -> list[int]:
        # Its own tokenizer breaks at what is neither letter nor digit, and lowers.
        terms = cut(query) if cut else re.findall(r"[^\W_]+", query.lower())
        asked = [
            (tantivy.Occur.Should, tantivy.Query.term_query(schema, "text", term, "freq"))
            for term in dict.fromkeys(terms)
        ]
        hits = searcher.search(tantivy.Query.boolean_query(asked), limit=k, count=False).hits
        return searcher.fast_field_values("row", [address for _, address in hits])

    return Searching(search, size_of(folder))


def _fts5(tokenizer: str, cut: Cut | None, asked: Cut, texts: Sequence[str], folder: Path) -> Searching:
    db = sqlite3.connect(folder / "fts.db")
    db.execute(f"CREATE VIRTUAL TABLE passage USING fts5(text, tokenize = '{tokenizer}')")
    rows = ((row, " ".join(cut(text)) if cut else text) for row, text in enumerate(texts))
    db.executemany("INSERT INTO passage (rowid, text) VALUES (?, ?)", rows)
    db.commit()

    def search(query: str, k: int) -> list[int]:
        wanted = " OR ".join(f'"{term}"' for term in dict.fromkeys(asked(query)))
        if not wanted:
            return []
        statement = "SELECT rowid FROM passage WHERE passage MATCH ? ORDER BY rank LIMIT ?"
        return [row for (row,) in db.execute(statement, (wanted, k))]

    return Searching(search, size_of(folder))


def fts5_trigram(texts: Sequence[str], folder: Path) -> Searching:
    def trigrams(query: str) -> list[str]:
        return [run[i : i + 3] for run in re.findall(r"[^\W_]{3,}", query) for i in range(len(run) - 2)]

    return _fts5("trigram", None, trigrams, texts, folder)


def fts5_cut(cut: Cut, texts: Sequence[str], folder: Path) -> Searching:
    return _fts5("unicode61", cut, cut, texts, folder)


def whoosh(cut: Cut | None, texts: Sequence[str], folder: Path) -> Searching:
    from whoosh.analysis import SpaceSeparatedTokenizer, StandardAnalyzer
    from whoosh.fields import STORED, TEXT, Schema
    from whoosh.index import create_in
    from whoosh.query import Or, Term

    analyzer = SpaceSeparatedTokenizer() if cut else StandardAnalyzer()
    index = create_in(folder, Schema(row=STORED, text=TEXT(analyzer=analyzer, phrase=False)))
    writer = index.writer()
    for row, text in enumerate(texts):
        writer.add_document(row=row, text=" ".join(cut(text)) if cut else text)
    writer.commit()
    searcher = index.searcher()

    def search(query: str, k: int) -> list[int]:
        terms = cut(query) if cut else [token.text for token in analyzer(query)]
        asked = Or([Term("text", term) for term in dict.fromkeys(terms)])
        return [hit["row"] for hit in searcher.search(asked, limit=k)]

    return Searching(search, size_of(folder))


def haystack(cut: Cut | None, texts: Sequence[str], folder: Path) -> Searching:
    from haystack import Document
    from haystack.document_stores.in_memory import InMemoryDocumentStore

    # A store made to keep cut texts takes what stands between spaces for a token.
    store = InMemoryDocumentStore(bm25_tokenization_regex=r"\S+") if cut else InMemoryDocumentStore()
    store.write_documents(
        [Document(id=str(row), content=" ".join(cut(text)) if cut else text) for row, text in enumerate(texts)]
    )

    def search(query: str, k: int) -> list[int]:
        asked = " ".join(cut(query)) if cut else query
        return [int(found.id) for found in store.bm25_retrieval(asked, top_k=k)] if asked.strip() else []

    return Searching(search)


_GRAMS = CUTS["单字＋双字"]

WORDS = (
    *(Peer("bm25s", name, partial(bm25s_cut, cut), public=True) for name, cut in CUTS.items()),
    Peer("bm25s", OWN, bm25s_own),
    *(Peer("tantivy", name, partial(tantivy_cut, cut), public=cut is _GRAMS) for name, cut in CUTS.items()),
    Peer("tantivy", OWN, partial(tantivy_cut, None)),
    Peer("SQLite FTS5", "trigram 分词器", fts5_trigram),
    Peer("SQLite FTS5", "单字＋双字", partial(fts5_cut, _GRAMS)),
    Peer("Whoosh-reloaded", "单字＋双字", partial(whoosh, _GRAMS)),
    Peer("Whoosh-reloaded", OWN, partial(whoosh, None)),
    Peer("Haystack", "内存 BM25，单字＋双字", partial(haystack, _GRAMS)),
    Peer("Haystack", "内存 BM25，自己的默认设置", partial(haystack, None)),
)
