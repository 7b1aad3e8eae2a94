"""What a document says of itself, field by field: how sure that is, and where to read it."""

from collections.abc import Iterable
from dataclasses import dataclass

from corpus.model import UNSURE, Document, Evidence
from web import links, words


@dataclass(frozen=True, slots=True)
class Reading:
    """A field for the page. ``link`` leads to the words that say it, "" where they stand outside the text; ``quote``
    is those words, "" where they are the value itself. ``unsure`` marks a guess that wants checking."""

    field: str
    label: str
    value: str
    percent: int
    how: str
    quote: str
    link: str
    unsure: bool


def readings(document: Document, evidence: Iterable[Evidence]) -> tuple[Reading, ...]:
    """The fields that have evidence, in the order in which they are listed everywhere."""
    found = {item.field: item for item in evidence}
    return tuple(_reading(document, found[field]) for field in words.FIELDS if field in found and found[field].value)


def _reading(document: Document, item: Evidence) -> Reading:
    value = words.value(item.field, item.value)
    if item.field == "place" and document.province not in ("", item.value):
        value += f"（{document.province}）"
    stands = item.start < item.end
    quote = document.text[item.start : item.end]
    if "".join(quote.split()) == "".join(item.value.split()):
        quote = ""
    return Reading(
        item.field,
        words.FIELDS[item.field],
        value,
        round(item.confidence * 100),
        words.HOW.get(item.how, item.how),
        " ".join(quote.split()),
        links.document(document.id, item.start, item.end) if stands else "",
        item.confidence < UNSURE,
    )
