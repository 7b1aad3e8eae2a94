"""What all documents together give: which of them are near copies, and the glossary of those that are shown."""

from corpus.copies import Candidate, same_as
from corpus.model import Signature
from corpus.revisions import Cause
from corpus.store import Store
from graph.glossary import build_glossary
from graph.revisions import record

_UNTOLD = Cause()


def derive(store: Store, cause: Cause = _UNTOLD) -> None:
    """Make it anew from the documents as they are now, and write down what that changed; call it inside
    ``store.write()``."""
    prints = {signature.document_id: signature.minhash for signature in store.select(Signature)}
    store.put_copies(
        same_as(
            Candidate(size.document_id, size.title, size.place, size.doubtful, size.length, prints[size.document_id])
            for size in store.sizes()
            if size.document_id in prints
        )
    )
    glossary = build_glossary(store)
    store.put_glossary(glossary)
    record(store, glossary, cause)
