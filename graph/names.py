"""What the terms of a library are called, and how edits change that: one edit after the other, or not at all."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace

from corpus.curation import RELATIONS, label_in, sentence_in
from corpus.model import Edit, EditKind, Term, digest
from graph.errors import (
    AliasTaken,
    AliasUnknown,
    BroaderInCircle,
    EditRefused,
    IsAlias,
    IsLabel,
    LabelTaken,
    MergesInCircle,
    MergesIntoItself,
    NothingChanges,
    OthersMerged,
    RelatesToItself,
    TermKindUnknown,
    TermUnknown,
)
from graph.table import KINDS
from graph.variants import core, fold
from graph.wording import head_of, kind_of


@dataclass(slots=True)
class Name:
    """What one term is called now. ``found`` is the label before any edit; ``merged`` holds labels merged into it."""

    term_id: str
    label: str
    kind: str
    aliases: list[str]
    found: str
    merged: list[str] = field(default_factory=list)

    @property
    def all(self) -> tuple[str, ...]:
        return (self.label, *self.aliases)


@dataclass(frozen=True, slots=True)
class Taken:
    """A name that was taken from a term: what is said of it alone goes to term ``to``, or nowhere where that is ""."""

    term_id: str
    name: str
    to: str


@dataclass(frozen=True, slots=True)
class SenseTaken:
    """A sense, the one that ``sentence`` speaks of, that was taken from a term and given to term ``to``."""

    edit: Edit
    term_id: str
    sentence: str
    to: str


class Names:
    """The names of all terms, to be edited. What an edit changes beside names is kept for those who make the rest:
    ``moved`` (id of a merged term → the id it went into), ``own`` (id of a term that an edit made → its key and
    label), ``taken``, ``senses``, ``preferred``, ``related`` and ``unrelated``.
    """

    def __init__(self, terms: Iterable[Term]) -> None:
        self._names: dict[str, Name] = {}
        self._labels: dict[str, str] = {}
        self._aliases: dict[str, dict[str, None]] = defaultdict(dict)
        self._former: dict[str, str] = {}
        self.moved: dict[str, str] = {}
        self.own: dict[str, tuple[str, str]] = {}
        self.taken: list[Taken] = []
        self.senses: list[SenseTaken] = []
        self.preferred: list[tuple[Edit, str]] = []
        self.related: dict[tuple[str, str, str], Edit] = {}
        self.unrelated: set[tuple[str, str, str]] = set()
        for term in terms:
            self._enter(Name(term.id, term.label, term.kind, list(term.aliases), term.label))

    def __iter__(self) -> Iterator[Name]:
        return iter(self._names.values())

    def __contains__(self, term_id: str) -> bool:
        return term_id in self._names

    def __getitem__(self, term_id: str) -> Name:
        return self._names[term_id]

    # ------------------------------------------------------------------ finding
    def labelled(self, label: str) -> Name | None:
        """The term with that label, or that had it before it was renamed; else the one that differs in a tail only, as
        other documents may make 暖蜂行动 of 暖蜂."""
        folded = fold(label)
        found = self._labels.get(folded) or self._former.get(folded)
        if found is None:
            same = [i for i in self._aliases.get(folded, ()) if core(fold(self._names[i].label)) == core(folded)]
            found = same[0] if len(same) == 1 else None
        return self._names[found] if found else None

    def named(self, label: str) -> Name | None:
        """The one term with that label or alias."""
        if found := self.labelled(label):
            return found
        owners = self._aliases.get(fold(label), {})
        return self._names[next(iter(owners))] if len(owners) == 1 else None

    def owner(self, name: str) -> Name | None:
        """A term that has the name for a label or an alias, by the letter."""
        folded = fold(name)
        found = self._labels.get(folded) or next(iter(self._aliases.get(folded, ())), None)
        return self._names[found] if found else None

    def _subject(self, label: str) -> Name:
        """The term that an edit speaks of by its label. Raises TermUnknown, IsAlias."""
        if found := self.labelled(label):
            return found
        if owner := self.owner(label):
            raise IsAlias(label, owner.label)
        raise TermUnknown(label)

    # ------------------------------------------------------------------ keeping the index
    def _enter(self, name: Name) -> None:
        self._names[name.term_id] = name
        self._labels.setdefault(fold(name.label), name.term_id)
        for alias in name.aliases:
            self._aliases[fold(alias)][name.term_id] = None

    def _leave(self, name: Name) -> None:
        del self._names[name.term_id]
        if self._labels.get(fold(name.label)) == name.term_id:
            del self._labels[fold(name.label)]
        for alias in name.aliases:
            self._aliases[fold(alias)].pop(name.term_id, None)
        self._former = {label: i for label, i in self._former.items() if i != name.term_id}

    def _change(self, name: Name, **values: object) -> Name:
        """Put the term with other values in its place; what it was called before still finds it."""
        former = [label for label, i in self._former.items() if i == name.term_id]
        self._leave(name)
        made: Name = replace(name, **values)  # type: ignore[arg-type]
        own = fold(made.label)
        made.aliases = [a for a in dict.fromkeys(made.aliases) if a != made.label]
        self._enter(made)
        self._former.update((label, made.term_id) for label in former if label != own)
        return made

    def _forget(self, names: Iterable[str]) -> None:
        """Take names from every term that has them for aliases."""
        for folded in {fold(name) for name in names}:
            for term_id in tuple(self._aliases.get(folded, ())):
                self._without(self._names[term_id], folded)

    def _without(self, name: Name, folded: str) -> Name:
        """A term without an alias."""
        return self._change(
            name,
            aliases=[alias for alias in name.aliases if fold(alias) != folded],
            merged=[label for label in name.merged if fold(label) != folded],
        )

    def _make(self, label: str, kind: str, aliases: Iterable[str] = ()) -> Name:
        """A term that an edit makes; its id is that which documents would give it, if that is free."""
        key = fold(label)
        while digest("term", key) in self._names or digest("term", key) in self.moved:
            key = f"={key}"
        made = Name(digest("term", key), label, kind, list(aliases), label)
        self._enter(made)
        self.own[made.term_id] = key, label
        return made

    def _free(self, label: str, owner: Name | None = None) -> None:
        """Raises LabelTaken or AliasTaken where another term than ``owner`` has the name."""
        found = self.owner(label)
        if found is None or (owner is not None and found.term_id == owner.term_id):
            return
        if fold(found.label) == fold(label):
            raise LabelTaken(found.label)
        raise AliasTaken(label, found.label)

    # ------------------------------------------------------------------ editing
    def apply(self, edit: Edit) -> None:
        """Make one edit. Raises an EditRefused and changes nothing."""
        _APPLY[edit.kind](self, edit)

    def _add(self, edit: Edit) -> None:
        self._free(edit.term)
        self._make(edit.term, kind_of(head_of(fold(edit.term))) or "concept")

    def _reject(self, edit: Edit) -> None:
        name = self.labelled(edit.term)
        if name is None and self.owner(edit.term):
            self._forget([edit.term])  # it came back as another way to write something else
            return
        name = name or self._subject(edit.term)
        if name.merged:
            raise OthersMerged(name.label, tuple(name.merged))
        self._leave(name)
        self.own.pop(name.term_id, None)
        self._forget(name.all)

    def _rename(self, edit: Edit) -> None:
        name, label = self._subject(edit.term), edit.value
        if label == name.label:
            raise NothingChanges(label, "已经叫这个名字")
        self._free(label, name)
        made = self._change(name, label=label, aliases=[name.label, *name.aliases])
        self._former.setdefault(fold(name.label), made.term_id)

    def _merge(self, edit: Edit) -> None:
        target = self.named(edit.value)
        name = self.labelled(edit.term)
        if name is None and target is not None and self.owner(edit.term) is target:
            name = target
        name = name or self._subject(edit.term)
        if target is None:
            raise TermUnknown(edit.value)
        if name is target:
            if fold(edit.value) in map(fold, target.merged):
                raise MergesInCircle(edit.value, target.label)
            raise MergesIntoItself(edit.term, edit.value)
        self._leave(name)
        self._change(
            target,
            aliases=[*target.aliases, name.label, *name.aliases],
            merged=[*target.merged, name.label, *name.merged],
        )
        self.moved[name.term_id] = target.term_id

    def _split(self, edit: Edit) -> None:
        name, label, sentence = self._subject(edit.term), label_in(edit), sentence_in(edit)
        if fold(label) == fold(name.label):
            raise IsLabel(name.label)
        self._free(label, name)
        held = [alias for alias in name.aliases if fold(alias) == fold(label)]
        if not sentence and not held:
            raise AliasUnknown(name.label, label, tuple(name.aliases))
        self._without(name, fold(label))
        made = self._make(
            label, kind_of(head_of(fold(label))) or name.kind, (alias for alias in held if alias != label)
        )
        if not held:
            self.senses.append(SenseTaken(edit, name.term_id, sentence, made.term_id))
        else:
            self.taken.append(Taken(name.term_id, label, made.term_id))

    def _alias(self, edit: Edit) -> None:
        name, alias = self._subject(edit.term), edit.value
        if alias == name.label or alias in name.aliases:
            raise NothingChanges(name.label, f"已有“{alias}”这个写法")
        self._free(alias, name)
        self._change(name, aliases=[*name.aliases, alias])

    def _unalias(self, edit: Edit) -> None:
        name, alias = self._subject(edit.term), edit.value
        if fold(alias) == fold(name.label):
            raise IsLabel(name.label)
        if fold(alias) not in map(fold, name.aliases):
            raise AliasUnknown(name.label, alias, tuple(name.aliases))
        self._without(name, fold(alias))
        self.taken.append(Taken(name.term_id, alias, ""))

    def _kind(self, edit: Edit) -> None:
        name = self._subject(edit.term)
        if edit.value not in KINDS:
            raise TermKindUnknown(edit.value, tuple(KINDS.values()))
        if edit.value == name.kind:
            raise NothingChanges(name.label, f"已是{KINDS[edit.value]}")
        self._change(name, kind=edit.value)

    def _confirm(self, edit: Edit) -> None:
        self._subject(edit.term)

    def _prefer(self, edit: Edit) -> None:
        self.preferred.append((edit, self._subject(edit.term).term_id))

    def _pair(self, edit: Edit) -> tuple[Name, str, Name]:
        name, other = self._subject(edit.term), self.named(label_in(edit))
        if other is None:
            raise TermUnknown(label_in(edit))
        if other is name:
            raise RelatesToItself(name.label)
        return name, edit.value.partition(":")[0], other

    def _relate(self, edit: Edit) -> None:
        name, relation, other = self._pair(edit)
        if self.relates(name.term_id, relation, other.term_id):
            raise NothingChanges(name.label, f"已有{RELATIONS[relation]}“{other.label}”")
        if relation == "broader" and self._is_above(name.term_id, other.term_id):
            raise BroaderInCircle(name.label, other.label)
        self.related[name.term_id, relation, other.term_id] = edit
        for key in ((name.term_id, relation, other.term_id), (other.term_id, relation, name.term_id)):
            self.unrelated.discard(key)

    def _unrelate(self, edit: Edit) -> None:
        """Whether the texts show such a relation isn't known here: see graph.curation."""
        name, relation, other = self._pair(edit)
        if key := self.relates(name.term_id, relation, other.term_id):
            del self.related[key]
        self.unrelated.add((name.term_id, relation, other.term_id))

    def relates(self, term_id: str, relation: str, other_id: str) -> tuple[str, str, str] | None:
        """The relation that edits made between two terms, as a key of ``related``; related goes both ways."""
        keys = [(term_id, relation, other_id), (other_id, relation, term_id)]
        held = {(self.now(a), kind, self.now(b)): (a, kind, b) for a, kind, b in self.related}
        return next((held[key] for key in keys[: 2 if relation == "related" else 1] if key in held), None)

    def _is_above(self, term_id: str, other_id: str) -> bool:
        above: dict[str, list[str]] = defaultdict(list)
        for a, kind, b in self.related:
            if kind == "broader":
                above[self.now(a)].append(self.now(b))
        seen, waiting = set[str](), [other_id]
        while waiting:
            at = waiting.pop()
            if at == term_id:
                return True
            if at not in seen:
                seen.add(at)
                waiting += above[at]
        return False

    def now(self, term_id: str) -> str:
        """The id of the term that a term was merged into, in however many steps; its own where it wasn't."""
        while term_id in self.moved:
            term_id = self.moved[term_id]
        return term_id

    def remember(self, edits: Iterable[Edit]) -> None:
        """Take note of edits that were made to these terms before they came here, so that the next ones know of them."""
        for edit in edits:
            if edit.kind == "rename" and (name := self.labelled(edit.value)):
                self._former.setdefault(fold(edit.term), name.term_id)
            elif edit.kind == "merge" and (name := self.owner(edit.term)) and name is self.named(edit.value):
                name.merged.append(edit.term)
            elif edit.kind == "relate":
                one, other = self.named(edit.term), self.named(label_in(edit))
                if one and other:
                    self.related[one.term_id, edit.value.partition(":")[0], other.term_id] = edit
            elif edit.kind == "unrelate":
                one, other = self.named(edit.term), self.named(label_in(edit))
                key = one and other and self.relates(one.term_id, edit.value.partition(":")[0], other.term_id)
                if key:
                    del self.related[key]

    def replay(self, edits: Iterable[Edit]) -> dict[int, str]:
        """Make edits in their order; gives why not, in Chinese, of those that can't be made (by ordinal)."""
        idle: dict[int, str] = {}
        for edit in sorted(edits, key=lambda edit: edit.ordinal):
            try:
                self.apply(edit)
            except EditRefused as refused:
                idle[edit.ordinal] = str(refused)
        return idle


_APPLY: dict[EditKind, Callable[[Names, Edit], None]] = {
    "add": Names._add,
    "reject": Names._reject,
    "rename": Names._rename,
    "merge": Names._merge,
    "split": Names._split,
    "alias": Names._alias,
    "unalias": Names._unalias,
    "prefer": Names._prefer,
    "confirm": Names._confirm,
    "kind": Names._kind,
    "relate": Names._relate,
    "unrelate": Names._unrelate,
}
