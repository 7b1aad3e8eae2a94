"""Addresses of pages. Every one is a path on this host."""

from collections.abc import Iterable
from urllib.parse import quote, urlencode


def url(path: str, **parameters: object) -> str:
    """``path`` with its query; parameters that are None or "" are left out."""
    query = urlencode([(name, value) for name, value in parameters.items() if value not in (None, "")])
    return f"{path}?{query}" if query else path


def term(label: str) -> str:
    """The page of a term; a slash in the label is part of it."""
    return f"/terms/{quote(label, safe='')}"


def mentions(label: str, number: int = 1) -> str:
    """Every sentence that a term stands in, from a page on."""
    return url(term(label), all=1, page=number if number > 1 else "")


def graph(label: str = "", to: str = "", kind: str = "", depth: int = 1) -> str:
    """The network: at a glance, around a term, or from it to another one; around a term only relations of a kind, or
    further than one step."""
    return url("/graph", term=label, to=to, kind=kind, depth=depth if depth > 1 else "")


def group(label: str) -> str:
    """The community that a term belongs to."""
    return url("/graph", group=label)


def document(document_id: str, start: int | None = None, end: int | None = None) -> str:
    """The reader; with a span, at that sentence."""
    path = f"/documents/{quote(document_id, safe='')}"
    return path if start is None or end is None else f"{path}?at={start}-{end}#at"


def passage(document_id: str, passage_id: str) -> str:
    """What there is to a passage: how to cite it, where it stands in the original, what other documents say like it."""
    return url(f"{document(document_id)}/similar", p=passage_id)


def repairs(document_id: str, kind: str = "") -> str:
    """What was changed in a document; with a kind, only that."""
    return url(f"{document(document_id)}/repairs", kind=kind)


def place(name: str) -> str:
    """The page of a place: what it did, its figures, its documents."""
    return f"/place/{quote(name, safe='')}"


def matrix_cell(place: str, topic: str, level: str = "", code: str = "") -> str:
    """The sentences of a place about a topic; units are found where their level is asked for, and ``code`` tells places
    of the same name apart."""
    unit = level if level in ("enterprise", "department") else ""
    return url("/matrix/cell", place=place, topic=topic, level="enterprise" if unit else "", code=code)


def matrix(
    topics: Iterable[str] = (), province: str = "", level: str = "", order: str = "", path: str = "/matrix"
) -> str:
    """Places against topics; without topics, those that the library chooses."""
    named = {"province": province, "level": level, "order": order if order != "code" else ""}
    query = [("topic", topic) for topic in topics] + [(name, value) for name, value in named.items() if value]
    return f"{path}?{urlencode(query)}" if query else path


def years(name: str) -> str:
    """A place's documents, each against the one before it."""
    return f"{place(name)}/years"


def compare(a: str = "", b: str = "", path: str = "/compare") -> str:
    """Two places side by side."""
    return url(path, a=a, b=b)
