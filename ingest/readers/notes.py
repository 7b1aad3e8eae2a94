"""What a reader gives: the text, and notes on what it left out, changed, or couldn't be sure of."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Note:
    """At ``text[start:end]`` of the decoded text the file has ``before``, for which stands ``after``; the span of what
    was left out is empty. If ``doubtful``, nothing was changed there, but it must not be trusted.

    ``kind``: ocr (recognised without confidence), picture_page (not read), running_head, slanted_print,
    line_join (by the print), tracked_change, hidden_text, unseen (characters that don't show), encoding.
    """

    kind: str
    start: int
    end: int
    reason: str
    before: str = ""
    after: str = ""
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file as read: its text (byte order mark taken off, line ends as they were), its encoding, the notes.

    ``pages`` are (place in the text, page) where each printed page begins, in order, pages counting from 1; 0 where
    what follows stands on no page of its own. Empty where a file has no pages, or only those a program would make of
    it: those of a DOCX depend on fonts and printer.
    """

    text: str
    encoding: str
    notes: tuple[Note, ...] = ()
    pages: tuple[tuple[int, int], ...] = ()
