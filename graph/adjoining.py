"""Little that comes into a large library, or leaves it: searchable at once, with the terms that are known already.

What all documents make together (new terms, explanations, ties, numbers of use) waits until the library is settled, which
reads every text once (see ``graph.derive``).
"""

import json
from collections.abc import Iterable, Iterator, Mapping

from corpus.model import Mention, Passage
from corpus.shown import Shown
from corpus.store import Store
from corpus.unsettled import SMALL
from graph.folding import folded
from graph.labels import Label, kept
from graph.linking import Linker, PassageFinder
from graph.readings import read_again, unread
from graph.relinking import linked, rules, unpacked

#: New passages are little where there are so many times more.
_TIMES = 20
_LAST = "\U0010ffff"  # the last of all characters


def may_wait(store: Store, new: Mapping[str, int], small: int = SMALL) -> bool:
    """True where it pays to let a library be settled later: it is large, and what is new is all there is, or little and the
    rest was linked by the present rules. ``new`` as ``Store.unlinked`` tells."""
    if not store.exceeds(Passage, small):
        return False
    # All are linked by the same rules: whoever finds others links everything anew.
    by = _linked_by(store)
    return not by or (by == rules() and store.exceeds(Passage, _TIMES * sum(new.values()) - 1))


def is_bare(store: Store) -> bool:
    """True for a library that has no glossary yet."""
    return not _linked_by(store)


def _linked_by(store: Store) -> str:
    """The rules by which documents were linked, "" where none was."""
    return next((str(by) for (by,) in store.query("SELECT rules FROM linked LIMIT 1")), "")


def adjoin(store: Store, new: Iterable[str]) -> None:
    """Find the known terms, if there are any, and the concepts in documents that are ``new`` (their ids), and forget what stood
    only in those that left; call it inside ``store.write()``, after near copies were told."""
    store.forget_hidden()
    shown = Shown(store)
    texts = {} if is_bare(store) else {document_id: shown.text(document_id) for document_id in new}
    for document_id in unread(store, texts):
        read_again(store, document_id)
    if texts:
        linker = _linker(store, "\n".join(map(folded, texts.values())))
        known = _known(store, linker)
        for document_id, text in texts.items():
            found, locate = linked(linker, document_id, text), PassageFinder(shown.spots(document_id))
            store.put_linked([found])
            terms = linker.meant(text, unpacked(found.terms))
            store.insert_rows(
                Mention,
                [(value, document_id, locate(start), start, end) for value, start, end in terms if value in known],
            )
    store.tidy_glossary()


def _linker(store: Store, text: str) -> Linker:
    """A linker for the labels, of all that the library looks for, whose characters stand in a folded text: others are found
    nowhere in it."""
    made: dict[str, Label] = {}
    columns = "SELECT key, how, means FROM wording WHERE"
    for start in {text[at : at + 2] for at in range(len(text))}:
        found = store.query(f"{columns} key BETWEEN ? AND ?", (start, start + _LAST)).fetchall()
        for key, how, means in found:
            if key in text:
                made[key] = kept(key, how, tuple(json.loads(means)))
    for character in {*text}:
        for key, how, means in store.query(f"{columns} key = ?", (character,)):
            made[key] = kept(key, how, tuple(json.loads(means)))
    return Linker.of(made)


def _known(store: Store, linker: Linker) -> frozenset[str]:
    """The terms of a linker that the glossary has; others were found in no document before."""

    def each() -> Iterator[str]:
        for value in {value for label in linker.labels.values() for value in label.values}:
            yield from (row[0] for row in store.query("SELECT id FROM term WHERE id = ?", (value,)))

    return frozenset(each())
