"""What edits make of a glossary: applied between finding the terms and linking them, and again to what explains them.

The same documents and the same edits give the same glossary, whichever came first.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from corpus.curation import label_in
from corpus.model import Definition, Edit, Relation, RelationKind, Term, digest
from graph.errors import EditRefused, NotInTexts, OneSense, SentenceUnknown, TermUnknown
from graph.names import Names, SenseTaken, Taken
from graph.variants import fold

if TYPE_CHECKING:
    from corpus.mentions import Mentions
    from graph.gathered import Shape
    from graph.terms import Group


class Overlay:
    """The edits of a library laid over its terms. Ask for ``groups``, ``definitions``, ``mentions``, ``relations``,
    ``kept`` and ``edits`` in this order: each knows what became of the edits before."""

    def __init__(self, terms: Sequence[Term], edits: Iterable[Edit]) -> None:
        self._edits = [edit for edit in edits if not edit.undone]
        self._names = Names(terms)
        self._idle = self._names.replay(self._edits)
        self._status = {term.id: term.status for term in terms}
        self._moves: list[tuple[SenseTaken, frozenset[str], frozenset[str]]] = []

    @property
    def terms(self) -> tuple[Term, ...]:
        """The terms under the names that edits give them."""
        return tuple(
            Term(
                name.term_id, name.label, name.kind, self._status.get(name.term_id, "unexplained"), tuple(name.aliases)
            )
            for name in self._names
        )

    def groups(self, shapes: "Sequence[Shape]") -> "tuple[list[Group], list[list[int]]]":
        """Terms that edits made, and the numbers of the shapes in which documents speak of each, whether or not that would
        let it in."""
        from graph.terms import Group  # with numpy: who only asks what is barred doesn't wait for it

        made: list[Group] = []
        held: list[list[int]] = []
        by_name: dict[str, list[int]] = {}
        for term_id, (key, label) in self._names.own.items():
            if term_id in self._status:  # rejected, then added again: the documents' own group says it all
                continue
            made.append(Group(key, known=True, labels=Counter({label: 1})))
            held.append([])
            names = self._names[term_id].all if term_id in self._names else ()
            by_name |= {fold(name): held[-1] for name in (label, *names)}
        for number, shape in enumerate(shapes) if made else ():
            written = shape.core + shape.tail
            found = by_name.get(fold(written))
            if found is None and not self._names.owner(written):
                found = by_name.get(fold(shape.core))
            if found is not None:
                found.append(number)
        return made, held

    # ------------------------------------------------------------------ what explains terms
    def definitions(self, definitions: Iterable[Definition]) -> tuple[Definition, ...]:
        """The definitions of the terms as they are after the edits, in the order in which they came."""
        if not self._edits:
            return tuple(definitions)
        own: dict[str, list[Definition]] = defaultdict(list)
        merged: dict[str, list[Definition]] = defaultdict(list)
        for definition in definitions:
            term_id = self._names.now(definition.term_id)
            if term_id in self._names:
                kept = own if term_id == definition.term_id else merged
                kept[term_id].append(definition if kept is own else _given(definition, term_id))
        held = dict(own) | {term_id: _joined(own.get(term_id, ()), more) for term_id, more in merged.items()}
        for taken in self._names.taken:
            self._take(held, taken)
        for sense in self._names.senses:
            self._take_sense(held, sense)
        self._prefer(held)
        return tuple(definition for found in held.values() for definition in found)

    def _take(self, held: dict[str, list[Definition]], taken: Taken) -> None:
        """Move what is said under one name only."""
        term_id, to = self._names.now(taken.term_id), self._names.now(taken.to)
        if term_id not in self._names or term_id == to:
            return
        others = [fold(name) for name in self._names[term_id].all]
        gone = [d for d in held.get(term_id, ()) if _speaks_only_of(fold(d.text), fold(taken.name), others)]
        held[term_id] = _renumbered([d for d in held.get(term_id, ()) if d not in gone])
        if to in self._names:
            held[to] = _joined(held.get(to, []), [_given(d, to) for d in _renumbered(gone)])

    def _take_sense(self, held: dict[str, list[Definition]], taken: SenseTaken) -> None:
        term_id, to = self._names.now(taken.term_id), self._names.now(taken.to)
        mine = held.get(term_id, [])
        sense = next((d.sense for d in mine if fold(d.text) == fold(taken.sentence)), None)
        if sense is None or all(d.sense == sense for d in mine):
            self._refuse(taken.edit, (OneSense if sense else SentenceUnknown)(taken.edit.term))
            held.pop(to, None)
        else:
            gone, stay = [d for d in mine if d.sense == sense], [d for d in mine if d.sense != sense]
            held[term_id] = _renumbered(stay)
            held[to] = _joined(held.get(to, []), [replace(_given(d, to), sense=1) for d in gone])
            documents = {d.document_id for d in gone} - {d.document_id for d in stay}
            places = {d.place for d in gone} - {d.place for d in stay} - {""}
            self._moves.append((taken, frozenset(documents), frozenset(places)))

    def _prefer(self, held: dict[str, list[Definition]]) -> None:
        """Put the preferred definition of each sense first in it; of several the one that was said last."""
        chosen: dict[tuple[str, int], str] = {}
        for edit, term_id in self._names.preferred:
            now = self._names.now(term_id)
            found = next((d for d in held.get(now, ()) if fold(d.text) == fold(edit.value)), None)
            if found is None:
                self._refuse(edit, SentenceUnknown(edit.term) if now in self._names else TermUnknown(edit.term))
            else:
                chosen[now, found.sense] = found.id
        for (term_id, _), definition_id in chosen.items():
            held[term_id] = [replace(d, preferred=True) if d.id == definition_id else d for d in held[term_id]]

    # ------------------------------------------------------------------ where terms stand
    def mentions(self, mentions: "Mentions", places: Mapping[str, str]) -> "Mentions":
        """The mentions, with those of a sense that was split off where it is meant; ``places``: document id → place."""
        gone = {self._names.now(taken.to) for taken in self._names.senses if taken.edit.ordinal in self._idle}
        moves: list[tuple[str, str, frozenset[str], frozenset[str]]] = [
            (self._names.now(taken.term_id), self._names.now(taken.to), documents, near)
            for taken, documents, near in self._moves
        ]
        if not gone and not moves:
            return mentions
        from corpus.mentions import Mentions

        made = []
        for mention in mentions:
            for term_id, to, documents, near in moves:
                here = mention.document_id
                if mention.term_id == term_id and (here in documents or places.get(here) in near):
                    mention = replace(mention, term_id=to)
                    break
            if mention.term_id not in gone:
                made.append(mention)
        return Mentions.of(made)

    # ------------------------------------------------------------------ how terms hang together
    def relations(self, relations: Iterable[Relation], seen: Iterable[str]) -> tuple[Relation, ...]:
        """The relations with those that people made; ``seen`` are the ids of the terms that stay in the glossary."""
        made = {(relation.source_id, relation.kind, relation.target_id): relation for relation in relations}
        kept = frozenset(seen)
        for (a, kind, b), edit in self._names.related.items():
            source, target = self._names.now(a), self._names.now(b)
            if source == target or not {source, target} <= kept:
                self._refuse(edit, TermUnknown(edit.term if source not in kept else edit.value.partition(":")[2]))
                continue
            if kind == "related":
                source, target = sorted((source, target))
            reason = f"{edit.who or '编辑'}认定{f'：{edit.note}' if edit.note else ''}"
            named: RelationKind = "broader" if kind == "broader" else "related"
            made[source, named, target] = Relation(source, target, named, 1.0, reason, "", "", 0, 0)
        return tuple(made.values())

    def kept(self, relations: Iterable[Relation]) -> tuple[Relation, ...]:
        """The relations without those that people took away; ask after ``relations``."""
        gone: set[tuple[str, str, str]] = set()
        for a, kind, b in self._names.unrelated:
            source, target = self._names.now(a), self._names.now(b)
            gone |= {(source, kind, target)} | ({(target, kind, source)} if kind == "related" else set())
        return tuple(r for r in relations if (r.source_id, r.kind, r.target_id) not in gone)

    def edits(self, seen: Iterable[str]) -> tuple[Edit, ...]:
        """The edits with what became of them; ``seen`` as in ``relations``."""
        kept = frozenset(seen)
        by_label = {label: term_id for term_id, (_, label) in self._names.own.items()}
        for edit in self._edits:
            if edit.kind in ("add", "split") and edit.ordinal not in self._idle:
                label = label_in(edit) or edit.term
                term_id = by_label.get(label, "")
                if term_id in self._names and term_id not in kept:
                    self._refuse(edit, NotInTexts(label))
        return tuple(replace(edit, idle=self._idle.get(edit.ordinal, "")) for edit in self._edits)

    def _refuse(self, edit: Edit, why: EditRefused) -> None:
        self._idle[edit.ordinal] = str(why)


def _given(definition: Definition, term_id: str) -> Definition:
    """A definition as that of another term."""
    made = digest("definition", term_id, definition.document_id, str(definition.start), str(definition.end))
    return replace(definition, id=made, term_id=term_id)


def _renumbered(definitions: Iterable[Definition]) -> list[Definition]:
    """The senses counted from 1 without gaps."""
    kept = list(definitions)
    numbers = {sense: i for i, sense in enumerate(sorted({d.sense for d in kept}), 1)}
    return [replace(d, sense=numbers[d.sense]) for d in kept]


def _joined(own: Sequence[Definition], more: Sequence[Definition]) -> list[Definition]:
    """The definitions of a term with those that come from another, each sentence once.

    Two terms with one sense each speak of the same thing, a person said so; else senses with the same components are
    the same, and others stand after.
    """
    senses = {d.sense for d in own}
    single = len(senses) <= 1 and len({d.sense for d in more}) <= 1
    parts = {frozenset(d.components): d.sense for d in own if d.components}
    numbers: dict[int, int] = {}
    for d in more:
        known = 1 if single else parts.get(frozenset(d.components))
        if d.sense not in numbers or known:
            numbers[d.sense] = known or max((*senses, *numbers.values()), default=0) + 1
    made = {d.id: d for d in own}
    texts = {d.text for d in own}
    for d in more:
        if d.id not in made and d.text not in texts:
            texts.add(d.text)
            made[d.id] = replace(d, sense=numbers[d.sense])
    return _renumbered(made.values())


def _speaks_only_of(text: str, name: str, others: Iterable[str]) -> bool:
    """True where a folded text names the thing ``name``, and not by any of the other names unless inside it."""
    for other in sorted(others, key=lambda other: -len(other)):
        if len(other) > len(name) and name in other and other in text:
            return False
    rest = text.replace(name, "\n")
    return rest != text and not any(other in rest for other in others)


def barred(edits: Iterable[Edit]) -> frozenset[str]:
    """The folded names that people took from terms: no likeness may lead from them to one."""
    held = [edit for edit in edits if not edit.undone and not edit.idle]
    return frozenset(
        fold(edit.term if edit.kind == "reject" else edit.value) for edit in held if edit.kind in ("reject", "unalias")
    )
