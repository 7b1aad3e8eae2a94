"""Every place where a term stands, page by page: the sentence, and the span in the text and in the source."""

from corpus.doubts import Doubts
from corpus.model import Document, Mention, Origin, Term
from corpus.origins import Places
from corpus.sentences import around
from corpus.store import Store
from search.answers import Occurrence, Occurrences


def occurrences(store: Store, doubts: Doubts, label: str, offset: int, limit: int) -> Occurrences:
    """``limit`` mentions of the term ``label`` from ``offset`` on, by document and place in it; near copies left out."""
    found = [mention for term in store.select(Term, label=label) for mention in store.select(Mention, term_id=term.id)]
    documents: dict[str, Document] = {}
    origins: dict[str, Places | None] = {}
    rows = []
    for mention in found[offset : offset + limit]:
        name = mention.document_id
        if name not in documents:
            documents[name] = store.document(name)
            origins[name] = next((Places(origin.runs) for origin in store.select(Origin, document_id=name)), None)
        document, places = documents[name], origins[name]
        source = places.span(mention.start, mention.end) if places else (None, None)
        start, end = around(document.text, mention.start, mention.end)
        rows.append(
            Occurrence(
                document.text[start:end],
                name,
                document.title,
                document.place,
                document.date,
                mention.passage_id,
                mention.start,
                mention.end,
                source[0],
                source[1],
                (mention.start - start, mention.end - start),
                doubts.within(name, start, end),
            )
        )
    return Occurrences(label, len(found), offset, tuple(rows))
