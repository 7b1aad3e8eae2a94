"""Where in the file that was given a stretch of a document stands, in words."""

from pathlib import PurePosixPath

from corpus.model import Origin, Paging
from corpus.origins import Pages, Places
from corpus.store import Store
from web.shelf import DocumentEntry


def whereabouts(store: Store, entry: DocumentEntry, start: int, end: int) -> str:
    """原件第 3 页, or 原件第 1,204 字起 where it has no pages; "" where nothing is known.

    Only of a plain text can one count the characters; of other files it is those of the text that was read from them.
    """
    document = entry.document
    runs = next((origin.runs for origin in store.select(Origin, document_id=document.id)), b"")
    if not runs or start >= end:
        return ""
    first, last = Places(runs).span(start, end)
    packed = next((paging.pages for paging in store.select(Paging, source_id=document.source_id)), b"")
    pages = [Pages(packed).page(place) for place in (first, last - 1)]
    if all(pages):
        return f"原件第 {pages[0]} 页" if pages[0] == pages[1] else f"原件第 {pages[0]}—{pages[1]} 页"
    plain = PurePosixPath(entry.source).suffix.lower() == ".txt"
    return f"{'原件' if plain else '从原件读出的文字'}第 {first + 1:,} 字起"
