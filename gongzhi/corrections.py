"""Correcting documents from the command line: words to fields, and the library brought up to date."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.fields import field_named
from corpus.model import Document, Source
from corpus.record import Field, record
from corpus.store import Store
from gongzhi.errors import NothingSaid
from gongzhi.lookup import find_document
from gongzhi.publishing import publish


def edit(folder: Path, words: Sequence[str]) -> str:
    """Correct the document that the words name by those of them that say 项目=值; gives its id.

    Raises NothingSaid, DocumentUnclear, FieldUnknown and what graph.corrections.correct raises.
    """
    from graph.corrections import correct

    pairs = [word.replace("＝", "=", 1).partition("=") for word in words if "=" in word or "＝" in word]
    name = " ".join(word for word in words if "=" not in word and "＝" not in word)
    values: dict[str, str | None] = {field_named(field): value for field, _, value in pairs}
    if not (name and values):
        raise NothingSaid
    with Store.open(folder) as store:
        document_id = find_document(store, name).id
        correct(store, document_id, values)
    publish(folder)
    return document_id


def undo(folder: Path, words: Sequence[str]) -> str:
    """Put back what was read in the document that the first word names: in the fields that the others name, or all."""
    from graph.corrections import undo as put_back

    if not words:
        raise NothingSaid
    fields = [field_named(word) for word in words[1:]]
    with Store.open(folder) as store:
        document_id = find_document(store, words[0]).id
        put_back(store, document_id, fields)
    publish(folder)
    return document_id


@dataclass(frozen=True, slots=True)
class Sheet:
    """A document as the command line shows it: ``source`` is the name of its file."""

    document: Document
    source: str
    fields: tuple[Field, ...]


def sheet(store: Store, document: Document) -> Sheet:
    """What is known of a stored document."""
    parsed = store.parsed(document.id)
    source = store.select(Source, id=document.source_id)[0]
    return Sheet(document, source.name, record(parsed, store.corrections_of(parsed)))
