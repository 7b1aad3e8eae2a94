"""Documents as they travel: taken out of a library, and packed into pieces of text that a database's field can hold."""

import base64
import json
import zlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict
from hashlib import blake2s
from typing import Any

from corpus.model import (
    Claim,
    ConceptMention,
    Document,
    Evidence,
    Fact,
    Passage,
    Repair,
    Section,
    Source,
)
from corpus.store import Store
from corpus.tables import TABLES, record_of, row_of
from search.analyzer import squeeze
from search.backends.interface import Entry, Parcel, Wording

_PART = 48_000  # characters of a piece: a field holds 65,535 bytes
_PARTS: dict[str, type] = {
    "sections": Section,
    "passages": Passage,
    "claims": Claim,
    "facts": Fact,
    "mentions": ConceptMention,
    "repairs": Repair,
    "evidence": Evidence,
}


def parcel_of(store: Store, document_id: str) -> Parcel:
    """A document of a library as a parcel. Raises DocumentNotFound."""
    document = store.document(document_id)
    sources = store.select(Source, id=document.source_id)
    parts: dict[str, Any] = {name: tuple(store.select(cls, document_id=document_id)) for name, cls in _PARTS.items()}
    return Parcel(sources[0], document, **parts)


def packed(parcel: Parcel) -> list[str]:
    """A parcel in pieces of text."""
    return pieces(written(parcel))


def written(parcel: Parcel) -> bytes:
    """A parcel as bytes that are the same for the same parcel."""
    whole: dict[str, Any] = {"source": asdict(parcel.source), "document": asdict(parcel.document)}
    for name, cls in _PARTS.items():
        whole[name] = [row_of(record, TABLES[cls]) for record in getattr(parcel, name)]
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode("utf-8", "surrogatepass")


def unpacked(parts: Iterable[str]) -> Parcel:
    """The parcel that was packed."""
    whole = json.loads(joined(parts).decode("utf-8", "surrogatepass"))
    records: dict[str, Any] = {
        name: tuple(record_of(cls, row, TABLES[cls]) for row in whole[name]) for name, cls in _PARTS.items()
    }
    return Parcel(Source(**whole["source"]), Document(**whole["document"]), **records)


def pieces(content: bytes) -> list[str]:
    """Bytes, compressed, as pieces of ASCII text that ``joined`` puts together again."""
    text = base64.b64encode(zlib.compress(content, 6)).decode("ascii")
    return [text[at : at + _PART] for at in range(0, len(text), _PART)]


def joined(parts: Iterable[str]) -> bytes:
    """The bytes that ``pieces`` took apart."""
    return zlib.decompress(base64.b64decode("".join(parts)))


def mark(parcel: Parcel) -> str:
    """Sixteen hex digits that change with anything in a parcel."""
    return blake2s(written(parcel), digest_size=8).hexdigest()


def entries_of(parcel: Parcel) -> list[Entry]:
    """The passages of a parcel as they are ranked."""
    statuses = {section.id: section.status for section in parcel.sections}
    found: dict[str, Counter[tuple[str, str]]] = {passage.id: Counter() for passage in parcel.passages}
    for mention in parcel.mentions:
        if mention.passage_id in found:
            label = squeeze(parcel.document.text[mention.start : mention.end])
            found[mention.passage_id][label, mention.concept] += 1
    return [
        Entry(
            passage,
            statuses.get(passage.section_id, ""),
            tuple(Wording(label, concept, times) for (label, concept), times in sorted(found[passage.id].items())),
        )
        for passage in parcel.passages
    ]
