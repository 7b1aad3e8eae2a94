"""Finding the document that somebody means."""

from corpus.model import Document
from corpus.store import Store
from gongzhi.errors import DocumentUnclear


def find_document(store: Store, words: str) -> Document:
    """The one document that ``words`` fits: its id, the start of its id, or (part of) its title.

    Raises DocumentUnclear where none or several fit.
    """
    words = words.strip()
    documents = store.select(Document)
    for fits in (
        [d for d in documents if d.id == words],
        [d for d in documents if words and d.id.startswith(words)],
        [d for d in documents if d.title == words],
        [d for d in documents if words and words in d.title],
    ):
        if len(fits) == 1:
            return fits[0]
        if fits:
            raise DocumentUnclear(words, tuple(f"《{d.title}》（{d.id}）" for d in fits))
    raise DocumentUnclear(words, ())
