"""Characters that nobody sees: control characters, zero-width and direction marks are taken out, on record; so is
what of a run of white space no page is broad enough for.

They come with copied web pages and chats, part words that look whole, and some can't be
stored. Surrogates without a partner, which aren't characters at all, are replaced by U+FFFD, which is marked garbled.
"""

import re
from bisect import bisect_right
from dataclasses import replace

from ingest.lines import ENDS
from ingest.readers.notes import Decoded, Note

_BROADEST = 200
_UNSEEN = re.compile(
    r"[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e"
    r"\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb\U000e0000-\U000e01ef]+"
    rf"|(?P<space>[^\S{ENDS}]{{{_BROADEST + 1},}})"
)
_LONE = re.compile("[\ud800-\udfff]")
_END = re.compile(f"[{ENDS}]")
_NAMED = 5


def _note(at: int, characters: str) -> Note:
    codes = list(dict.fromkeys(f"U+{ord(char):04X}" for char in characters))
    kinds = "、".join(codes[:_NAMED]) + ("等" if len(codes) > _NAMED else "")
    reason = f"这一行有 {len(characters)} 个不显示的字符（{kinds}），已去掉"
    return Note("unseen", at, at, reason, " ".join(codes[:_NAMED]))


def without_unseen(decoded: Decoded) -> Decoded:
    """The same text without characters that don't show, a note for each line that had some; offsets of notes moved."""
    text = _LONE.sub("\ufffd", decoded.text) if _LONE.search(decoded.text) else decoded.text
    cuts: list[int] = []  # where in ``text`` something was taken out
    gone: list[int] = [0]  # how many characters up to the n-th cut
    pieces: list[str] = []
    lines: list[tuple[int, list[str]]] = []
    at = 0
    for match in _UNSEEN.finditer(text):
        start = match.start() + (_BROADEST if match["space"] else 0)
        pieces.append(text[at:start])
        if not cuts or _END.search(text, at, start):
            lines.append((start - gone[-1], []))
        lines[-1][1].append(text[start : match.end()])
        cuts.append(start)
        gone.append(gone[-1] + match.end() - start)
        at = match.end()
    if not cuts:
        return replace(decoded, text=text)

    def moved(place: int) -> int:
        n = bisect_right(cuts, place)
        return max(place - gone[n], cuts[n - 1] - gone[n - 1]) if n else place

    notes = [replace(note, start=moved(note.start), end=moved(note.end)) for note in decoded.notes]
    notes += [_note(start, "".join(found)) for start, found in lines]
    return Decoded(
        "".join([*pieces, text[at:]]),
        decoded.encoding,
        tuple(sorted(notes, key=lambda note: note.start)),
        tuple((moved(start), page) for start, page in decoded.pages),
    )
