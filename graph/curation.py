"""Curating the glossary of a library: edits recorded, undone and told, and all that follows made in one transaction."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from corpus.curation import EDITS, RELATIONS, Change, checked, label_in, quoted, recorded, sentence_in
from corpus.model import Definition, Edit, EditKind, Relation, Term
from corpus.revisions import Cause
from corpus.store import Store
from graph.checks import CHECKS
from graph.errors import (
    EditIdle,
    EditNotFound,
    EditUndone,
    IsAlias,
    RelationUnknown,
    SentenceUnclear,
    SentenceUnknown,
    TermUnknown,
)
from graph.names import Name, Names
from graph.table import KINDS
from graph.variants import fold

_OPENING = 24  # characters of a sentence that stand for it in a message
_KIND_NAMES = {name: kind for kind, name in KINDS.items()}


def edit(store: Store, changes: Sequence[Change], *, who: str = "", note: str = "") -> tuple[Edit, ...]:
    """Make changes to the glossary, in their order, all or none; gives them as they were recorded.

    A change of kind confirm leaves the glossary, and so the generation and all caches, as they are.
    A label may be written in any way that folds alike, a sentence by its beginning, a kind in Chinese. Raises the
    EditRefused that says why, InvalidValue where something isn't filled in, LibraryBusy, LibraryReadOnly.
    """
    if not changes:
        return ()
    plain = all(change.kind == "confirm" for change in changes)
    with store.write(lesson=plain):
        made = _made(store, changes, who, note)
        store.insert(made)
        if not plain:
            _derive(store, Cause("edit", tuple(map(told, made))))
        kept = tuple(store.select(Edit, batch=made[0].batch))
        if idle := next((e.idle for e in kept if e.idle), ""):
            raise EditIdle(idle)
    return kept


def rehearse(store: Store, changes: Sequence[Change]) -> None:
    """Raise what ``edit`` would raise, as far as that shows without reading the documents anew; change nothing."""
    _made(store, changes, "", "")


def _made(store: Store, changes: Sequence[Change], who: str, note: str) -> list[Edit]:
    """Changes as the edits to be recorded. Raises as ``edit``."""
    held = store.select(Edit)
    names = _names(store, held)
    made: list[Edit] = []
    now = datetime.now(UTC).isoformat(timespec="microseconds")
    for said in recorded(map(checked, changes), held, who.strip(), " ".join(note.split()), now):
        meant = _meant(store, names, said)
        names.apply(meant)
        made.append(replace(meant, term=_first_label(names, held, meant)))
    return made


def undo(store: Store, ordinal: int, *, batch: bool = False) -> tuple[Edit, ...]:
    """Undo one edit, or all of its batch that still hold; gives them. Raises EditNotFound, EditUndone, LibraryBusy,
    LibraryReadOnly."""
    found = store.select(Edit, ordinal=ordinal)
    if not found:
        raise EditNotFound(ordinal)
    together = store.select(Edit, batch=found[0].batch) if batch else found
    plain = all(edit.kind == "confirm" for edit in together)
    with store.write(lesson=plain):
        found = store.select(Edit, ordinal=ordinal)
        several = [e for e in store.select(Edit, batch=found[0].batch) if not e.undone] if batch else found
        if not several or (not batch and found[0].undone):
            raise EditUndone(ordinal)
        store.undo_edits(
            [e.ordinal for e in several], datetime.now(UTC).isoformat(timespec="microseconds"), lesson=plain
        )
        if not plain:
            _derive(store, Cause("undo", tuple(f"撤销：{told(e)}" for e in several)))
    return tuple(several)


def history(edits: Iterable[Edit], names: Iterable[str] = ()) -> list[Edit]:
    """Edits, the last one first; with the label and aliases of a term only those that concern it."""
    every = list(edits)
    wanted = {fold(name) for name in names}
    if wanted:
        # What a term was called before it was renamed names it, too.
        for renamed in reversed(every):
            if renamed.kind == "rename" and not renamed.undone and fold(renamed.value) in wanted:
                wanted.add(fold(renamed.term))
        every = [e for e in every if fold(e.term) in wanted or (_reaches(e) and fold(label_in(e)) in wanted)]
    return sorted(every, key=lambda e: -e.ordinal)


def _reaches(edit: Edit) -> bool:
    return edit.kind in ("rename", "merge", "split", "relate", "unrelate")


def _opening(edit: Edit | Change) -> str:
    sentence = sentence_in(edit)
    return sentence if len(sentence) <= _OPENING + 2 else f"{sentence[:_OPENING]}……"


def told(edit: Edit | Change) -> str:
    """What an edit says, in one Chinese phrase."""
    return _TOLD[edit.kind](edit)


def _looked_at(edit: Edit | Change) -> str:
    check = CHECKS.get(edit.value.partition(":")[0])
    return f"看过{quoted(edit.term)}" + (f"，{check[1]}不算问题" if check else "，照收")


_TOLD: dict[EditKind, Callable[[Edit | Change], str]] = {
    "add": lambda e: f"新增{quoted(e.term)}",
    "reject": lambda e: f"不收{quoted(e.term)}",
    "rename": lambda e: f"{quoted(e.term)}改名为{quoted(e.value)}",
    "merge": lambda e: f"{quoted(e.term)}并入{quoted(e.value)}",
    "split": lambda e: f"从{quoted(e.term)}拆出{quoted(label_in(e))}" + (f"：{_opening(e)}" if sentence_in(e) else ""),
    "alias": lambda e: f"{quoted(e.term)}加别名{quoted(e.value)}",
    "unalias": lambda e: f"{quoted(e.term)}去掉别名{quoted(e.value)}",
    "kind": lambda e: f"{quoted(e.term)}的类别改为{KINDS.get(e.value, e.value)}",
    "confirm": _looked_at,
    "prefer": lambda e: f"{quoted(e.term)}选定解释：{_opening(e)}",
    "relate": lambda e: f"{quoted(e.term)}加{RELATIONS[e.value.partition(':')[0]]}{quoted(label_in(e))}",
    "unrelate": lambda e: f"{quoted(e.term)}去掉{RELATIONS[e.value.partition(':')[0]]}{quoted(label_in(e))}",
}
assert _TOLD.keys() == EDITS.keys()


def _names(store: Store, edits: Iterable[Edit]) -> Names:
    """The names that terms have now, with what became of the edits before."""
    names = Names(store.select(Term))
    names.remember(e for e in edits if not e.undone and not e.idle)
    return names


def _meant(store: Store, names: Names, said: Edit) -> Edit:
    """An edit with its sentence in full and its kind as a code. Raises an EditRefused."""
    if said.kind == "add":
        return said
    name = names.labelled(said.term)
    if name is None and said.kind in ("alias", "unalias", "kind", "prefer", "relate", "unrelate"):
        name = names.named(said.term)  # these say something of the thing, whatever it is called
    if name is None:
        owner = names.owner(said.term)
        if owner is None:
            raise TermUnknown(said.term)
        if said.kind != "merge":
            raise IsAlias(said.term, owner.label)
        return said
    said = replace(said, term=name.label)
    if said.kind == "unrelate":
        _related(store, names, name, said)
    if said.kind == "kind":
        return replace(said, value=_KIND_NAMES.get(said.value, said.value))
    if opening := sentence_in(said):
        sentence = _sentence(store.select(Definition, term_id=name.term_id), name.label, opening)
        return replace(said, value=sentence if said.kind == "prefer" else f"{label_in(said)}\n{sentence}")
    return said


def _related(store: Store, names: Names, name: Name, said: Edit) -> None:
    """Raises RelationUnknown where neither the texts nor an edit relate the two."""
    relation, other = said.value.partition(":")[0], names.named(label_in(said))
    if other is None or names.relates(name.term_id, relation, other.term_id):
        return
    ends = {name.term_id, other.term_id}
    for source in ends if relation == "related" else {name.term_id}:
        if any({r.source_id, r.target_id} == ends for r in store.select(Relation, source_id=source, kind=relation)):
            return
    raise RelationUnknown(name.label, other.label, RELATIONS[relation])


def _sentence(definitions: Sequence[Definition], label: str, opening: str) -> str:
    """The one sentence that begins like that, or that holds it."""
    texts = list(dict.fromkeys(d.text for d in definitions))
    wanted = fold(opening)
    for fits in (
        [text for text in texts if fold(text) == wanted],
        [text for text in texts if wanted and fold(text).startswith(wanted)],
        [text for text in texts if wanted and wanted in fold(text)],
    ):
        if len(fits) == 1:
            return fits[0]
        if fits:
            raise SentenceUnclear(label, tuple(text[:_OPENING] for text in fits))
    raise SentenceUnknown(label, tuple(text[:_OPENING] for text in texts[:5]))


def _first_label(names: Names, held: Sequence[Edit], said: Edit) -> str:
    """The label that the term had before it was renamed: an edit keyed by it holds when the renaming is undone."""
    label, term = said.term, names.labelled(said.term)
    for renamed in reversed(held):
        if renamed.kind == "rename" and not renamed.undone and not renamed.idle and fold(renamed.value) == fold(label):
            before = names.labelled(renamed.term)
            if before is not None and before is term:
                label = renamed.term
    return label


def _derive(store: Store, cause: Cause) -> None:
    # Whatever prints a table imports this module to tell edits; it has no use for all that makes a glossary.
    from graph.derive import derive

    derive(store, cause)
