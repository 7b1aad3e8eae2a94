"""Linking again where something changed: only documents that hold a label that is new, gone or heeded otherwise.

What was found before is kept with the library (Linked) beside the labels that were looked for (Wording); it equals what
linking everything would find, since a label matters only where its characters stand.
"""

from collections.abc import Iterable
from functools import cache
from importlib.metadata import version
from pathlib import Path

import numpy as np
from ahocorasick_rs import AhoCorasick

from corpus.model import Document, Linked, Wording, digest
from graph.folding import folded
from graph.linking import Linker, Span

_MODULES = ("context", "folding", "labels", "linking", "numerals", "variants")
_LIBRARIES = ("ahocorasick_rs", "opencc", "rjieba")


@cache
def rules() -> str:
    """Identifies the rules of linking: other rules find other mentions in the same text with the same labels."""
    sources = [(Path(__file__).parent / f"{name}.py").read_text("utf-8") for name in _MODULES]
    return digest(*sources, *(version(name) for name in _LIBRARIES))


def wordings(linker: Linker) -> tuple[Wording, ...]:
    """The labels that a linker looks for."""
    return tuple(
        [Wording("term", key, label.how) for key, label in linker.terms.items()]
        + [Wording("concept", key, label.how) for key, label in linker.concepts.items()]
    )


def relinked(
    linker: Linker, documents: Iterable[Document], before: Iterable[Wording], kept: Iterable[Linked]
) -> tuple[Linked, ...]:
    """Where the labels of ``linker`` stand in the documents, in their order; ``kept`` is where those of ``before`` stood."""
    known = {linked.document_id: linked for linked in kept if linked.rules == rules()}
    changed = {wording.key for wording in {*before} ^ {*wordings(linker)}} if known else set()
    affected = AhoCorasick(changed, store_patterns=False) if changed else None
    made = []
    for document in documents:
        linked = known.get(document.id)
        if linked is None or (affected and affected.find_matches_as_indexes(folded(document.text))):
            terms, concepts = linker.spans(document.text)
            linked = Linked(document.id, rules(), _packed(terms), _packed(concepts))
        made.append(linked)
    return tuple(made)


def _packed(spans: list[Span]) -> bytes:
    return np.array(spans, "<u4").tobytes()


def unpacked(spans: bytes) -> list[Span]:
    """The spans in a field of Linked."""
    return [(start, end) for start, end in np.frombuffer(spans, "<u4").reshape(-1, 2).tolist()]
