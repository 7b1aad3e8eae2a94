"""What all documents together give: which of them are near copies, and the glossary of those that are shown."""

from corpus.copies import meeting, same_as
from corpus.revisions import Cause
from corpus.spread import Spread, alone
from corpus.store import Store
from corpus.unsettled import SMALL, joined, put_settled, put_unsettled, unsettled
from corpus.unswept import unswept
from graph.adjoining import adjoin, may_wait
from graph.glossary import build_glossary
from graph.revisions import record

_UNTOLD = Cause()


def derive(store: Store, cause: Cause = _UNTOLD, spread: Spread = alone) -> None:
    """Make it anew from the documents as they are now, and write down what that changed; call it inside
    ``store.write()``. What was left to be settled is settled with it. ``spread`` searches the texts."""
    store.put_copies(same_as(store.candidates(meeting(store.prints()))))
    _settle(store, cause, spread)


def take_in(store: Store, cause: Cause, small: int = SMALL, spread: Spread = alone) -> bool:
    """The same, but where little came into a library of more than ``small`` passages, or left it, the glossary waits for
    ``settle``: what is new is searchable at once, with the terms that are known. False where it waits."""
    _tell_copies(store)
    new = store.unlinked()
    if may_wait(store, new, small):
        adjoin(store, new)
        put_unsettled(store, cause)
        return False
    _settle(store, cause, spread)
    return True


def settle(store: Store, spread: Spread = alone) -> bool:
    """Make the glossary that of all documents, where it waits; False where it does not. A settled library equals one that
    was made of the same documents at once."""
    cause = unsettled(store)
    if cause is None:
        return False
    with store.write():
        _settle(store, None, spread)
    return True


def _tell_copies(store: Store) -> None:
    """Of what came or changed, of what was a near copy of what left, and of what is like these: which are near copies."""
    changed = {*store.touched, *store.orphans()}
    met = meeting(store.prints(), changed) if store.signed(changed) else []
    store.put_copies(same_as(store.candidates(met)), {*changed, *met})


def _settle(store: Store, cause: Cause | None, spread: Spread) -> None:
    waiting = unsettled(store)
    with unswept():
        glossary = build_glossary(store, spread)
        store.put_glossary(glossary)
        record(store, glossary, joined([each for each in (waiting, cause) if each]))
    put_settled(store)
