"""The table of figures: what was counted where, each with its sentence."""

import re

from corpus.doubts import Doubts
from corpus.model import Claim, Document, Fact
from corpus.places import Gazetteer, gazetteer
from corpus.store import Store
from search.analyzer import squeeze
from search.answers import FactRow

_UNION = re.compile(r"(?:总工会|工会联合会|工会)$")


class FactTable:
    """Figures of a library, by place and by term."""

    def __init__(self, store: Store, doubts: Doubts | None = None, places: Gazetteer | None = None) -> None:
        self._places = places or gazetteer()
        self._doubts = doubts or Doubts(store)
        self._documents = {document.id: document for document in store.shown(Document)}
        self._claims = {claim.id: claim for claim in store.shown(Claim)}
        self._facts = store.shown(Fact)
        # Claims of several doers share their span, and their figures belong to each of them.
        self._doers: dict[tuple[str, int, int], set[tuple[str, str]]] = {}
        for claim in self._claims.values():
            span = (claim.document_id, claim.start, claim.end)
            self._doers.setdefault(span, set()).add((claim.place, claim.place_code))

    def rows(self, place: str = "", term: str = "", limit: int = 100) -> tuple[FactRow, ...]:
        """Up to ``limit`` figures in reading order. ``place`` is a canonical, short or union name (荆州, 荆州市总工会,
        北大荒集团): of figures whose doer, or whose document, is that place. ``term`` stands in the sentence."""
        name = _UNION.sub("", place.strip()) or place.strip()
        resolved = self._places.resolve(name) if name else None
        words = squeeze(term)
        if term and not words:
            return ()
        rows: list[FactRow] = []
        for fact in self._facts:
            if len(rows) >= limit:
                break
            claim, document = self._claims[fact.claim_id], self._documents[fact.document_id]
            if words and words not in squeeze(claim.text) and words not in squeeze(fact.subject):
                continue
            owners = {*self._doers[(claim.document_id, claim.start, claim.end)], (document.place, document.place_code)}
            if name and not any(self._same(name, resolved.code if resolved else "", *owner) for owner in owners):
                continue
            doubtful = self._doubts.within(document.id, claim.start, claim.end)
            rows.append(FactRow(fact, claim.text, document.title, doubtful))
        return tuple(rows)

    def _same(self, name: str, code: str, place: str, place_code: str) -> bool:
        """True where a place is the one named, or a unit that bears its name (昌吉州 for 昌吉州教育工会)."""
        if code and code == place_code:
            return True
        bare = _UNION.sub("", place)
        if not bare:
            return False
        if bare == name or (not code and (name in bare or bare in name)):
            return True
        here = self._places.by_code(code) if code else None
        if here is None or self._places.resolve(bare) is not None:
            return False
        head = self._places.find(bare)[:1]
        return bool(head) and head[0].start == 0 and any(reading.code == code for reading in head[0].places)
