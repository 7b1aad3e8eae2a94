"""A stretch of a document as it is quoted: whole sentences with their citations, and the passages that they stand in."""

from collections.abc import Collection
from dataclasses import dataclass

from corpus.doubts import Doubt, Doubts
from corpus.model import Passage, Section
from corpus.sentences import around
from corpus.store import Store
from search.citation import Citations, citations
from search.errors import SpanTooLong, SpanUnknown

#: Characters that are quoted at once: more than any passage has.
MOST = 2000


@dataclass(frozen=True, slots=True)
class Part:
    """What of an excerpt stands in one passage; offsets count in the document's text."""

    passage_id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Excerpt:
    """``Document.text[start:end]``, verbatim; ``parts`` are empty where it is a title, a heading or an address.

    ``doubtful`` counts from ``start``. A ``planned`` one says what is intended, not what was done.
    """

    document_id: str
    text: str
    start: int
    end: int
    headings: tuple[str, ...]
    citations: Citations
    doubtful: tuple[Doubt, ...]
    planned: bool
    parts: tuple[Part, ...]


def excerpt(store: Store, doubts: Doubts, guessed: Collection[str], document_id: str, start: int, end: int) -> Excerpt:
    """The sentences that a span of a document touches, whole: half a sentence may say the opposite of all of it.

    ``guessed`` are the document's fields that are guesses. Raises DocumentNotFound, SpanUnknown where the text has no
    such span, SpanTooLong where more than MOST characters would have to be quoted.
    """
    document = store.document(document_id)
    if not 0 <= start < end <= len(document.text) or not document.text[start:end].strip():
        raise SpanUnknown(start, end)
    start, end = around(document.text, start, end)
    if end - start > MOST:
        raise SpanTooLong(end - start, MOST)
    touched = [p for p in store.select(Passage, document_id=document_id) if p.start < end and start < p.end]
    headings = touched[0].headings if touched else ()
    sections = {passage.section_id for passage in touched}
    plans = {section.id for section in store.select(Section, document_id=document_id, status="plan")}
    text = document.text[start:end]
    doubtful = doubts.within(document_id, start, end)
    name = touched[0].id if touched else f"{document_id}-{start}"
    quoted = Passage(name, document_id, "", 0, text, start, end, 0, 0, headings)
    return Excerpt(
        document_id,
        text,
        start,
        end,
        headings,
        citations(document, quoted, guessed, doubtful),
        doubtful,
        not sections.isdisjoint(plans),
        tuple(Part(passage.id, max(start, passage.start), min(end, passage.end)) for passage in touched),
    )
