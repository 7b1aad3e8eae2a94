"""The texts that the indexes of a library want vectors of, before there are indexes: workers encode them as they read."""

from collections.abc import Iterable, Iterator

from corpus.model import Claim, Passage
from corpus.sentences import clauses
from corpus.store import Store
from search.analyzer import squeeze
from search.vectors import pieces


def wanted(passages: Iterable[Passage], claims: Iterable[Claim]) -> Iterator[str]:
    """The sentences of passages as ``search.vectors`` has them; the clauses of what claims affirm, and those claims, as
    ``search.nearness`` has them."""
    for passage in passages:
        yield from pieces(passage.text)
    for claim in claims:
        if claim.polarity == "affirmed":
            found = [squeeze(claim.text[start:end]) for start, end in clauses(claim.text)]
            yield from filter(None, found)
            yield "".join(found)


def wanted_by(store: Store) -> Iterator[str]:
    """Those of all documents of a library that are shown on their own."""
    for document in store.sizes():
        if not document.same_as:
            held = {"document_id": document.document_id}
            yield from wanted(store.select(Passage, **held), store.select(Claim, **held))
