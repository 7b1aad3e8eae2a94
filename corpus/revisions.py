"""What became of the glossary of a library, change by change: which terms were new, which changed, which are gone.

It is written in the transaction of the change itself, is bounded, and is no part of any export.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from corpus.store import Store

CauseKind = Literal["ingest", "remove", "edit", "undo", "correct"]
NoveltyKind = Literal["new", "changed", "gone", "used"]
#: Terms told of one revision, revisions kept, and details of one cause.
MOST_TOLD, MOST_KEPT, _MOST_DETAILS = 500, 100, 12


@dataclass(frozen=True, slots=True)
class Cause:
    """Why a glossary was made anew; ``details`` are Chinese phrases (导入 甲.docx). ``whole``: all documents are others than
    before, so that telling what is new would tell of everything."""

    kind: CauseKind = "ingest"
    details: tuple[str, ...] = ()
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Revision:
    """One change of a glossary: when (ISO 8601), why, and how many terms it brought, changed, took out, and found used
    in more or fewer documents. The ``first`` one made everything new at once and tells no single term."""

    ordinal: int
    made: str
    cause: CauseKind
    details: tuple[str, ...]
    first: bool
    new: int
    changed: int
    gone: int
    used: int


@dataclass(frozen=True, slots=True)
class Novelty:
    """What became of one term in a revision; ``what`` are Chinese phrases. ``successor`` is the label of the term that a gone
    one is part of now, or ""."""

    revision: int
    ordinal: int
    term_id: str
    kind: NoveltyKind
    label: str
    what: tuple[str, ...] = ()
    successor: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """What a term was like at the last revision: ``explaining`` identifies the sentences that explain it, the preferred
    one first; ``documents`` is how many use it."""

    term_id: str
    label: str
    kind: str
    status: str
    aliases: tuple[str, ...]
    explaining: tuple[str, ...]
    documents: int


def standings(store: "Store") -> dict[str, Standing]:
    """Term id → what it was like at the last revision."""
    return {standing.term_id: standing for standing in store.select(Standing)}


def enter(
    store: "Store", revision: Revision, novelties: Iterable[Novelty], before: Mapping[str, Standing],
    after: Mapping[str, Standing],
) -> None:  # fmt: skip
    """Enter a revision, numbered after the last one, where it tells anything; call it inside ``store.write()``.

    Of the terms the first MOST_TOLD are kept, of the revisions the last MOST_KEPT.
    """
    if revision.new or revision.changed or revision.gone or revision.used:
        number = next(iter(store.query("SELECT max(ordinal) FROM revision")))[0] or 0
        more = len(revision.details) - _MOST_DETAILS
        details = (*revision.details[:_MOST_DETAILS], *((f"另有 {more} 项",) if more > 0 else ()))
        store.insert([replace(revision, ordinal=number + 1, details=details)])
        told = list(novelties)[:MOST_TOLD]
        store.insert(replace(novelty, revision=number + 1, ordinal=i) for i, novelty in enumerate(told))
        store.query("DELETE FROM revision WHERE ordinal <= ?", (number + 1 - MOST_KEPT,))
    for term_id, standing in before.items():
        if after.get(term_id) != standing:
            store.query("DELETE FROM standing WHERE term_id = ?", (term_id,))
    store.insert(standing for term_id, standing in after.items() if before.get(term_id) != standing)
