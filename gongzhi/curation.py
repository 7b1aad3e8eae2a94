"""Curating the glossary from the command line: options to edits, and the library brought up to date."""

import getpass
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.curation import MOST_WHO, Change
from corpus.model import Edit, EditKind, Term
from corpus.store import Store
from corpus.tallies import NEVER, usage
from gongzhi.errors import KindUnknown, SentenceAlone
from gongzhi.publishing import publish

#: option → kind of edit, and what stands before the second word in the edit's value; in the order they are made.
_OPTIONS: dict[str, tuple[EditKind, str]] = {
    "add": ("add", ""),
    "split": ("split", ""),
    "merge": ("merge", ""),
    "rename": ("rename", ""),
    "alias": ("alias", ""),
    "unalias": ("unalias", ""),
    "set_kind": ("kind", ""),
    "prefer": ("prefer", ""),
    "broader": ("relate", "broader:"),
    "no_broader": ("unrelate", "broader:"),
    "related": ("relate", "related:"),
    "no_related": ("unrelate", "related:"),
    "reject": ("reject", ""),
    "confirm": ("confirm", ""),
}


@dataclass(frozen=True, slots=True)
class TermLine:
    """A term as the command line lists it: how many documents use it, how many places in them."""

    term: Term
    documents: int
    mentions: int


def changes(said: Mapping[str, Sequence[str | tuple[str, str]]], sentence: str = "") -> list[Change]:
    """The changes that options ask for. Raises SentenceAlone."""
    made = []
    for option, (kind, prefix) in _OPTIONS.items():
        for words in said[option]:
            term, value = (words, "") if isinstance(words, str) else words
            made.append(Change(kind, term, f"{prefix}{value}"))
    splits = [i for i, change in enumerate(made) if change.kind == "split"]
    if sentence:
        if len(splits) != 1:
            raise SentenceAlone
        only = made[splits[0]]
        made[splits[0]] = Change(only.kind, only.term, f"{only.value}\n{sentence}")
    return made


def edit(folder: Path, changes: Sequence[Change], who: str, note: str) -> tuple[Edit, ...]:
    """Make the changes; gives them as they were recorded. Raises what graph.curation.edit raises."""
    from graph.curation import edit as make

    with Store.open(folder) as store:
        made = make(store, changes, who=who or login(), note=note)
    publish(folder)
    return made


def undo(folder: Path, ordinal: int, *, batch: bool) -> tuple[Edit, ...]:
    """Undo an edit, or its batch. Raises what graph.curation.undo raises."""
    from graph.curation import undo as put_back

    with Store.open(folder) as store:
        undone = put_back(store, ordinal, batch=batch)
    publish(folder)
    return undone


def history(folder: Path, name: str) -> list[Edit]:
    """All edits, the last one first; with a name those that concern the term, or that name it."""
    from graph.curation import history as ordered
    from graph.names import Names

    with Store.open(folder) as store:
        edits = store.select(Edit)
        found = Names(store.select(Term)).named(name) if name else None
    return ordered(edits, found.all if found else (name,) if name else ())


def listed(folder: Path, find: str, kind: str, status: str) -> list[TermLine]:
    """Terms that hold the words in a name, in the order of the library. Raises KindUnknown."""
    from graph.table import KINDS
    from graph.variants import fold

    code = {name: code for code, name in KINDS.items()}.get(kind, kind)
    if code and code not in KINDS:
        raise KindUnknown(kind, tuple(KINDS.values()), "术语")
    wanted = fold(find)
    with Store.open(folder) as store:
        found = [
            term
            for term in store.select(Term)
            if code in ("", term.kind)
            and status in ("", term.status)
            and (not wanted or any(wanted in fold(name) for name in (term.label, *term.aliases)))
        ]
        used = usage(store)
    return [TermLine(term, *used.get(term.id, NEVER)) for term in found]


def login() -> str:
    """Who is logged in on this machine, or "" where the system doesn't know."""
    try:
        return getpass.getuser()[:MOST_WHO]
    except (OSError, KeyError):
        return ""
