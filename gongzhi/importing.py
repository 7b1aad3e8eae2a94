"""Reading an edited glossary back: what it changes, told or made."""

from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

from corpus.model import Definition
from corpus.store import Store
from gongzhi.curation import edit
from gongzhi.errors import FormUnknown
from graph.curation import rehearse
from graph.reading_back import read_csv, read_skos, unprefer
from graph.reimport import Comparison, Sheet, compare, former_names, library_sheet
from ingest.readers.text import decode

_SKOS = {".ttl": "turtle", ".jsonld": "json-ld", ".json": "json-ld"}


def comparison(folder: Path, file: Path) -> Comparison:
    """What an edited file changes. Raises ImportUnreadable, ImportTooShort, FormUnknown, what ``decode`` raises, and what
    an edit raises that can't be made."""
    text = decode(file, file.read_bytes()).text
    with Store.open(folder) as store:
        before = library_sheet(store)
        after = _read(file, text, before, _sentences(store))
        found = compare(before, after, former_names(store), file.name)
        rehearse(store, found.changes)
    return found


def import_(folder: Path, file: Path, who: str, note: str) -> Comparison:
    """Make what an edited file changes, all or none; gives it. Raises as ``comparison``, and what an edit raises."""
    found = comparison(folder, file)
    if found.changes:
        edit(folder, found.changes, who, note or f"读回 {file.name}")
    return found


def _sentences(store: Store) -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for definition in store.select(Definition):
        found[definition.term_id].add(" ".join(definition.text.split()))
    return {term: frozenset(texts) for term, texts in found.items()}


def _read(file: Path, text: str, before: Sheet, sentences: Mapping[str, frozenset[str]]) -> Sheet:
    suffix = file.suffix.lower()
    if suffix == ".csv":
        return read_csv(text, before, sentences, file.name)
    if suffix not in _SKOS:
        raise FormUnknown(file.name)
    return unprefer(read_skos(text, before, sentences, _SKOS[suffix], file.name), before)
