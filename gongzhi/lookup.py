"""Finding the document that somebody means."""

from corpus.model import Document
from corpus.said import heads
from corpus.store import Store
from gongzhi.errors import DocumentUnclear


def find_document(store: Store, words: str) -> Document:
    """The one document that ``words`` fits: its id, the start of its id, or (part of) its title.

    Raises DocumentUnclear where none or several fit.
    """
    words = words.strip()
    documents = [(document.id, document.title) for document in heads(store, copies=True)]
    for fits in (
        [(key, title) for key, title in documents if key == words],
        [(key, title) for key, title in documents if words and key.startswith(words)],
        [(key, title) for key, title in documents if title == words],
        [(key, title) for key, title in documents if words and words in title],
    ):
        if len(fits) == 1:
            return store.document(fits[0][0])
        if fits:
            raise DocumentUnclear(words, tuple(f"《{title}》（{key}）" for key, title in fits))
    raise DocumentUnclear(words, ())
