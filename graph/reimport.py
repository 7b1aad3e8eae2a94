"""What somebody changed in an exported glossary (CSV or SKOS) before giving it back: the edits that would make it so.

A file is read into entries, the library is too, and the two are compared; nothing is written here. What documents say
(sentences, components, places) can't be changed in a file: such changes are noted and left aside.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from corpus.curation import Change
from corpus.model import Definition, Edit, EditKind, Relation, Term
from corpus.store import Store
from graph.errors import ImportTooShort, ImportUnreadable
from graph.table import KINDS
from graph.variants import fold
from graph.wording import head_of, kind_of

Link = tuple[str, str]
# The order in which edits can be made one after the other: names are free before others take them.
_ORDER: tuple[EditKind, ...] = (
    "reject", "merge", "split", "unalias", "rename", "add", "alias", "kind", "prefer", "unrelate", "relate",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """A term as a file or the library has it. ``key`` is its id, or any other string that no term has for one that is
    new. ``kind`` is a code, "" where the file leaves it open; ``preferred`` are sentences; ``where`` says where in the
    file it stands (第 12 行)."""

    key: str
    label: str
    kind: str
    aliases: frozenset[str]
    preferred: frozenset[str] = frozenset()
    where: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """All that a file, or the library, says. ``broader`` and ``related`` hold pairs of keys, as stated from one side;
    ``narrower`` the same from the other side, turned round, None where the form doesn't state it twice. ``partial``: what
    isn't in it isn't gone. ``sentences`` are the explaining sentences by key, ``notes`` what was left aside."""

    entries: Mapping[str, Entry]
    broader: frozenset[Link]
    related: frozenset[Link]
    narrower: frozenset[Link] | None = None
    partial: bool = False
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """The changes that make the library say what the file says, in the order they can be made in; and what of the file
    can't be taken over, in Chinese."""

    changes: tuple[Change, ...]
    notes: tuple[str, ...]


@dataclass(slots=True)
class _Differences:
    changes: list[Change] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def add(self, kind: EditKind, term: str, value: str = "") -> None:
        self.changes.append(Change(kind, term, value))


def library_sheet(store: Store) -> Sheet:
    """What an export of the library would say now."""
    preferred: dict[str, set[str]] = defaultdict(set)
    for definition in store.shown(Definition):
        if definition.preferred:
            preferred[definition.term_id].add(definition.text)
    entries = {
        term.id: Entry(term.id, term.label, term.kind, frozenset(term.aliases), frozenset(preferred[term.id]))
        for term in store.select(Term)
    }
    links = store.select(Relation)
    broader = frozenset((link.source_id, link.target_id) for link in links if link.kind == "broader")
    one_way = {(link.source_id, link.target_id) for link in links if link.kind == "related"}
    related = frozenset(one_way | {(b, a) for a, b in one_way})
    return Sheet(entries, broader, related, broader)


def former_names(store: Store) -> dict[str, frozenset[str]]:
    """Term id → folded names that it had before people renamed it: documents still write them, so they stay."""
    renamed = [edit for edit in store.select(Edit, kind="rename") if not edit.undone and not edit.idle]
    found: dict[str, frozenset[str]] = {}
    for term in store.select(Term):
        names, known = {fold(term.label)}, 0
        while len(names) > known:
            known = len(names)
            names |= {fold(edit.term) for edit in renamed if fold(edit.value) in names}
        found[term.id] = frozenset(names - {fold(term.label)})
    return found


def compare(before: Sheet, after: Sheet, former: Mapping[str, frozenset[str]], name: str) -> Comparison:
    """What was changed between an export (``before``) and the file ``name`` read back (``after``).

    A row that went and whose name another term now has for an alias was merged into it; a new row whose name was an
    alias was split off. Raises ImportTooShort where most terms are missing, ImportUnreadable where a label stands twice.
    """
    found = _Differences(notes=list(after.notes))
    kept = before.entries.keys() & after.entries.keys()
    missing = set() if after.partial else before.entries.keys() - kept
    if before.entries and 2 * len(missing) > len(before.entries):
        raise ImportTooShort(name, len(kept), len(before.entries))
    _refuse_doubles(after, name)
    given = {key: after.entries[key].aliases - before.entries[key].aliases for key in kept}
    taken = {
        key: frozenset(
            alias
            for alias in before.entries[key].aliases - after.entries[key].aliases
            if fold(alias) not in former.get(key, frozenset()) and alias != after.entries[key].label
        )
        for key in kept
    }
    merged = _merge(found, before, after, sorted(missing), given)
    split = _split(found, before, after, taken)
    for key in sorted(kept, key=lambda key: before.entries[key].label):
        _names(found, before.entries[key], after.entries[key], given[key] - merged[key], taken[key] - split[key])
    for entry in after.entries.values():
        if entry.key not in before.entries:
            _new(found, entry, entry.label in set().union(*split.values()))
    _links(found, before, after)
    ranked = sorted(found.changes, key=lambda change: _ORDER.index(change.kind))
    return Comparison(tuple(dict.fromkeys(ranked)), tuple(dict.fromkeys(found.notes)))


def _refuse_doubles(sheet: Sheet, name: str) -> None:
    seen: dict[str, Entry] = {}
    for entry in sheet.entries.values():
        other = seen.setdefault(fold(entry.label), entry)
        if other is not entry:
            places = "和".join(filter(None, (other.where, entry.where)))
            raise ImportUnreadable(name, f"{places}都叫“{entry.label}”，一个名字只能有一个术语")


def _merge(
    found: _Differences, before: Sheet, after: Sheet, missing: Iterable[str], given: Mapping[str, frozenset[str]]
) -> dict[str, frozenset[str]]:
    """Terms that went: into the one that has their label now, else nowhere. Gives the aliases that came by merging."""
    owners = {fold(alias): key for key in sorted(given) for alias in given[key]}
    came: dict[str, frozenset[str]] = defaultdict(frozenset)
    for key in missing:
        gone = before.entries[key]
        target = owners.get(fold(gone.label))
        if target is None:
            found.add("reject", gone.label)
        else:
            found.add("merge", gone.label, before.entries[target].label)
            came[target] |= {gone.label, *gone.aliases}
    return came


def _split(
    found: _Differences, before: Sheet, after: Sheet, taken: Mapping[str, frozenset[str]]
) -> dict[str, frozenset[str]]:
    """New terms that were an alias until now. Gives the aliases that went by splitting."""
    owners = {fold(alias): key for key in sorted(taken) for alias in taken[key]}
    went: dict[str, frozenset[str]] = defaultdict(frozenset)
    for entry in after.entries.values():
        owner = owners.get(fold(entry.label)) if entry.key not in before.entries else None
        if owner is not None:
            found.add("split", before.entries[owner].label, entry.label)
            went[owner] |= {alias for alias in taken[owner] if fold(alias) == fold(entry.label)} | {entry.label}
    return went


def _names(found: _Differences, old: Entry, new: Entry, given: frozenset[str], taken: frozenset[str]) -> None:
    """Changes of one term: aliases, label, kind, preferred sentences."""
    stay = {fold(name) for name in (new.label, *(new.aliases & old.aliases))} | {fold(old.label)}
    for alias in sorted(taken):
        if fold(alias) in stay:
            found.notes.append(f"{new.where}的“{alias}”和留下的写法只差标点，不必去掉，没有采用")
        else:
            found.add("unalias", old.label, alias)
    if new.label != old.label:
        found.add("rename", old.label, new.label)
    for alias in sorted(given - {old.label, new.label}):
        found.add("alias", new.label, alias)
    if new.kind and new.kind != old.kind:
        found.add("kind", new.label, new.kind)
    for sentence in sorted(new.preferred - old.preferred):
        found.add("prefer", new.label, sentence)
    if old.preferred - new.preferred and not new.preferred - old.preferred:
        found.notes.append(f"“{new.label}”的首选没有取消：请在编辑记录里撤销那次选定")


def _new(found: _Differences, entry: Entry, was_split: bool) -> None:
    if not was_split:
        found.add("add", entry.label)
        if entry.kind and entry.kind != (kind_of(head_of(fold(entry.label))) or "concept"):
            found.add("kind", entry.label, entry.kind)
    for alias in sorted(entry.aliases - {entry.label}):
        found.add("alias", entry.label, alias)


def _links(found: _Differences, before: Sheet, after: Sheet) -> None:
    """Relations that one side says more, or less, than both said before."""
    labels = {key: entry.label for key, entry in after.entries.items()}

    def both(pairs: Iterable[Link]) -> set[Link]:
        return {(a, b) for a, b in pairs if a in labels and b in labels and a != b}

    was, now, turned = both(before.broader), both(after.broader), after.narrower
    stated = now if turned is None else now | both(turned)
    agreed = now if turned is None else now & both(turned)
    for a, b in sorted(was - agreed):
        found.add("unrelate", labels[a], f"broader:{labels[b]}")
    for a, b in sorted(stated - was):
        found.add("relate", labels[a], f"broader:{labels[b]}")
    was, now = both(before.related), both(after.related)
    for a, b in sorted({(min(p), max(p)) for p in was if p not in now}):
        found.add("unrelate", labels[a], f"related:{labels[b]}")
    for a, b in sorted({(min(p), max(p)) for p in now - was}):
        found.add("relate", labels[a], f"related:{labels[b]}")


def resolve(names: Mapping[str, str], name: str) -> str | None:
    """The key of a label as it is written in a file."""
    return names.get(fold(name))


def names_of(before: Sheet, entries: Iterable[Entry]) -> dict[str, str]:
    """Folded name → key: labels in the file, then labels that the library has, then aliases of either."""
    found: dict[str, str] = {}
    given: Sequence[Entry] = tuple(entries)
    known = tuple(before.entries.values())
    for entry in (*given, *known):
        found.setdefault(fold(entry.label), entry.key)
    for entry in (*given, *known):
        for alias in sorted(entry.aliases):
            found.setdefault(fold(alias), entry.key)
    return found


def kind_code(written: str) -> str | None:
    """The code of a kind written in Chinese or as a code; "" for nothing, None for what is no kind."""
    by_name = {name: code for code, name in KINDS.items()}
    return "" if not written else by_name.get(written, written if written in KINDS else None)
