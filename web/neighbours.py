"""What stands beside a document: the others of its compilation, of its place, of its year."""

from dataclasses import dataclass

from web.shelf import DocumentEntry, Shelf

_OF_PLACE = 5


@dataclass(frozen=True, slots=True)
class Neighbours:
    """``position`` counts from 1 among the ``total`` documents of the same source; ``before`` and ``after`` are None at
    its ends. ``of_place`` are other reports of the place, the latest first, ``of_year`` counts those of the same year
    elsewhere."""

    position: int
    total: int
    before: DocumentEntry | None
    after: DocumentEntry | None
    of_place: tuple[DocumentEntry, ...]
    year: str
    of_year: int


def neighbours(shelf: Shelf, entry: DocumentEntry) -> Neighbours:
    """The neighbours of a document."""
    document = entry.document
    row = shelf.by_source[document.source_id]
    at = row.index(entry)
    near = {document.id, *(twin.document_id for twin in entry.twins)}
    others = [other for other in shelf.documents.values() if other.document.id not in near]
    of_place = [other for other in others if document.place and other.document.place == document.place]
    of_place.sort(key=lambda other: other.document.date, reverse=True)
    year = document.date[:4]
    return Neighbours(
        at + 1,
        len(row),
        row[at - 1] if at else None,
        row[at + 1] if at + 1 < len(row) else None,
        tuple(of_place[:_OF_PLACE]),
        year,
        sum(bool(year) and other.document.date[:4] == year for other in others),
    )
