"""The notes of readers, put on record as repairs of the document that they fall in."""

import re
from collections.abc import Iterable, Iterator

from ingest.readers import Note
from ingest.script import Edit, Script

_LINE = re.compile(r"[^\n]+")


def placed(edit: Edit, written: Script) -> Edit:
    """An edit of the source as one of the text: where what was left out would stand."""
    if edit.start >= 0:
        return edit
    at = written.position(edit.source_start)
    return Edit(edit.kind, at, at, edit.source_start, edit.source_end, edit.before, edit.after, edit.reason)


def _spans(note: Note, written: Script) -> Iterator[Edit]:
    """A note on a span of the source, as edits of what is left of it in the text, line by line."""
    for match in _LINE.finditer(written.text, written.position(note.start), written.position(note.end)):
        start, end = match.span()
        span = written.source_span(start, end)
        yield Edit(note.kind, start, end, *span, match.group(), match.group(), note.reason, note.doubtful)


def edits(notes: Iterable[Note], written: Script) -> Iterator[Edit]:
    """The notes of a reader as edits of a document's text; those on spans that aren't in the text are gone with them."""
    for note in notes:
        if note.start < note.end and note.before == note.after:
            yield from _spans(note, written)
        else:
            at, to = written.position(note.start), written.position(note.end)
            yield Edit(note.kind, at, to, note.start, note.end, note.before, note.after, note.reason, note.doubtful)
