"""How much room a name takes in a drawing: nobody can measure letters on the server, so it is told from their kinds."""

_EAST = "\u2010"  # from here on letters are as wide as high, marks of quotation among them
#: Letters whose direction would turn what follows, and those that can't be seen.
_UNSEEN = dict.fromkeys((*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF))


def width(text: str, size: float) -> float:
    """The width of a line in letters of ``size``, in the same unit."""
    return size * sum(1.0 if letter >= _EAST else 0.62 for letter in text)


def cut(text: str, most: float) -> str:
    """As much of a text as fits into ``most`` full-width letters, with an ellipsis where some is left out; without
    letters that turn the writing round."""
    text = text.translate(_UNSEEN)
    if width(text, 1) <= most:
        return text
    kept = ""
    for letter in text:
        if width(kept + letter, 1) > most - 1:
            break
        kept += letter
    return f"{kept}…"


def lines(text: str, most: float, rows: int) -> tuple[str, ...]:
    """A text in up to ``rows`` lines of about equal length, none wider than ``most`` full-width letters."""
    text = cut(text, most * rows)
    whole = width(text, 1)
    each = whole / -(-whole // most) if whole > most else most
    found = [""]
    for letter in text:
        if width(found[-1] + letter, 1) > max(each + 0.7, 1) and len(found) < rows:
            found.append("")
        found[-1] += letter
    return tuple(found)
