"""The glossary of a library: every term with what explains it and where it stands, made anew from all documents.

No more than one text is held at a time: what is kept of all documents are columns of numbers and what is found.
"""

import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from corpus.lexicon import Concept, lexicon
from corpus.mentions import Collector, Mentions
from corpus.model import (
    Edit,
    Glossary,
    Linked,
    Term,
    Wording,
    digest,
)
from corpus.shown import Shown
from corpus.spread import Spread, alone
from corpus.store import Store
from graph.context import everyday
from graph.counting import Occurrences
from graph.explaining import Mentioned, definitions, found_in, owned, silent
from graph.folding import folded
from graph.gathered import Gathered
from graph.kinds import carried_out
from graph.linking import Linker, Span
from graph.looking import Searched, Wanted, looking
from graph.overlay import Overlay
from graph.readings import read_again, unread
from graph.relations import relations
from graph.relinking import changed, wordings
from graph.senses import with_senses
from graph.sightings import Said
from graph.terms import Group, Keys, group
from graph.variants import fold
from graph.wording import INSTITUTIONAL

_AT_ONCE = 64  # documents
_INSTITUTION = re.compile(rf"(?:{INSTITUTIONAL}|率)$")


def build_glossary(store: Store, spread: Spread = alone) -> Glossary:
    """The glossary of all documents of a library. The same documents give the same glossary, ids included.

    What is kept to start from when some of it changes (Sighted, Linked, Wording), and where concepts of the lexicon
    stand, is written to the library at once. ``spread`` searches the texts.
    """
    with store.write():
        shown, concepts = Shown(store), lexicon()
        # What it took to find the terms is gone before their ties are looked for.
        found, overlay = _told(store, shown, concepts, spread)
        every = relations(shown, shown.passages, found, concepts)
        return replace(found, relations=overlay.kept(every), edits=overlay.edits(_seen(found)))


def _seen(glossary: Glossary) -> set[str]:
    """The terms that stand anywhere, or are explained."""
    return Mentions.of(glossary.mentions).counts().keys() | {d.term_id for d in glossary.definitions}


def _told(store: Store, shown: Shown, concepts: Sequence[Concept], spread: Spread) -> tuple[Glossary, Overlay]:
    """The glossary with no relations but those that people made; the edits laid over it."""
    gathered = _gathered(store, shown)
    keys = _keys(gathered, shown)
    whole = [concept for concept in concepts if not concept.part_of]
    official = frozenset(fold(label) for concept in whole for label in concept.official)
    groups = group(gathered, _official_names(whole), official, keys)
    groups = _attested(groups, {keys(line.core) for line in gathered.line_shapes})
    kinds = _kinds(groups, shown)
    found = [Term(digest("term", g.key), g.label, kinds[g.key], "unexplained", g.other_names) for g in groups]
    overlay = Overlay(found, store.select(Edit))
    bare = overlay.terms
    guarded = _guarded(groups, official)
    added, shapes = overlay.groups(gathered.shapes)
    own = dict(enumerate(shapes, len(groups)))
    groups += added
    explaining = owned(gathered, groups, own, keys)
    numbers = {digest("term", g.key): n for n, g in enumerate(groups)}
    quiet = silent(explaining, len(groups))
    names = {name: (term_id,) for name, term_id in phrases(bare).items()}
    search = _Search(store, shown, gathered.glossary)
    mentioned = Mentioned()
    heard = search.run(names, guarded, frozenset(name for name, n in numbers.items() if n in quiet), spread)
    for document, term_id, what in heard:
        mentioned.add(document, numbers[term_id], what)
    made = definitions(store, shown, gathered, groups, explaining, mentioned)
    told = overlay.definitions(with_senses(found, made))
    glossary = Glossary((), told, (), overlay.mentions(search.mentions(), shown.places))
    seen = _seen(glossary)
    clear = {definition.term_id for definition in told if definition.strength == "explained"}
    kept = (replace(term, status="explained") if term.id in clear else term for term in bare if term.id in seen)
    return replace(glossary, terms=tuple(kept), relations=overlay.relations((), seen)), overlay


def _gathered(store: Store, shown: Shown) -> Gathered:
    """What all documents give, in the order of their ids; those that are not read yet by the present rules are read now."""
    made = Gathered()
    again = {*unread(store, shown)}
    for document_id in shown:
        found = read_again(store, document_id) if document_id in again else found_in(store, document_id)
        made.add(document_id, found)
    return made


def _keys(gathered: Gathered, shown: Shown) -> Keys:
    quoted = gathered.quoted(fold(shape.core) for shape in gathered.shapes)
    everywhere = Occurrences(name for name in quoted if len(name) > 1)
    for document_id in gathered.named:
        everywhere.see(shown.text(document_id))
    return Keys(quoted, everywhere.counts)


def _kinds(groups: Iterable[Group], shown: Shown) -> dict[str, str]:
    """Group key → kind; a name that documents mostly carry out is a programme, whatever it looks like."""
    found = {group.key: (group.label, group.kind) for group in groups}
    loose = (label for label, kind in found.values() if kind in ("concept", "slogan"))
    done = carried_out(loose, map(shown.text, shown))
    return {key: "programme" if label in done else kind for key, (label, kind) in found.items()}


def _attested(groups: list[Group], lines: set[str]) -> list[Group]:
    """Without official names that documents only write as another name of a term they speak of (“两癌”筛查 of 两癌)."""
    unsaid = {folded(found.label) for found in groups if not found.sightings and found.key not in lines}
    aliases = {
        name
        for found in groups
        if found.sightings
        for name in unsaid.intersection(map(folded, found.other_names))
        if not everyday(found.label)
    }
    return [found for found in groups if found.sightings or found.key in lines or folded(found.label) not in aliases]


def _guarded(groups: Iterable[Group], official: frozenset[str]) -> frozenset[str]:
    """Everyday words that are names only in quotation marks, as far as the documents show: every naming is quoted, or is
    the subject of a sentence that says what it means there (本条例所称学生，是指…)."""
    return frozenset(
        name
        for found in groups
        if found.marked
        for name in (found.label, *found.other_names)
        if fold(name) not in official and everyday(name)
    )


class _Search:
    """Finds where terms stand, document by document; what was found before is kept where it still holds."""

    def __init__(self, store: Store, shown: Shown, glossary: Mapping[str, Sequence[Span]]) -> None:
        self._store, self._shown, self._glossary = store, shown, glossary
        self._linked: list[Linked] = []
        self._found = Collector(())

    def run(
        self, names: Mapping[str, tuple[str, ...]], guarded: frozenset[str], quiet: frozenset[str], spread: Spread
    ) -> Iterator[tuple[int, str, Said]]:
        """What sentences with the bare name say of ``quiet`` terms: number of the document, term id, explanation."""
        looked_for = wordings(Linker(names, guarded))
        self._found = Collector(term_id for wording in looked_for for term_id in wording.means)
        wanted = Wanted(names, guarded, quiet, changed(self._store.select(Wording), looked_for))
        documents: deque[tuple[str, list[str]]] = deque()
        for at, looked in enumerate(spread(looking, wanted, self._searched(documents))):
            self._found.add(*documents.popleft(), looked.found)
            if looked.linked is not None:
                self._linked.append(looked.linked)
            if len(self._linked) >= _AT_ONCE:
                self._keep()
            yield from ((at, *heard) for heard in looked.heard)
        self._keep()
        self._store.forget_hidden()
        self._store.put_wordings(looked_for)

    def _searched(self, documents: "deque[tuple[str, list[str]]]") -> Iterator[Searched]:
        """The texts; ``documents`` gets the id of each, with those of its passages in order."""
        for name in self._shown:
            spots = self._shown.spots(name)
            documents.append((name, sorted(spot.id for spot in spots)))
            kept = next(iter(self._store.select(Linked, document_id=name)), None)
            yield Searched(name, self._shown.text(name), spots, self._glossary.get(name, ()), kept)

    def _keep(self) -> None:
        """Have the library keep where labels stand, in a few documents at once."""
        self._store.put_linked(self._linked)
        self._linked = []

    def mentions(self) -> Mentions:
        """Where terms stand, after ``run``."""
        return self._found.mentions()


def _official_names(concepts: Iterable[Concept]) -> list[str]:
    """Official labels that are names: prefLabels, and other labels that end in an institution. Those that no document
    uses are dropped once the text has been linked. What is only part of a topic is described, not named: 常态化送温暖."""
    found = set()
    for concept in concepts:
        for label in concept.official:
            name = label.strip("“”")
            if 2 <= len(name) <= 14 and (label == concept.label or _INSTITUTION.search(name)):
                found.add(name)
    return sorted(found)


def phrases(terms: Iterable[Term]) -> dict[str, str]:
    """Label or alias → term id, one for all names that fold alike: a label goes before an alias, the first term in
    order before later ones."""
    ordered = sorted(terms, key=lambda term: term.label)
    labels = [(folded(term.label), term.label, term.id) for term in ordered]
    aliases = [(folded(alias), alias, term.id) for term in ordered for alias in term.aliases]
    owner: dict[str, str] = {}
    for key, _, term_id in (*labels, *aliases):
        owner.setdefault(key, term_id)
    return {name: term_id for key, name, term_id in (*labels, *aliases) if owner[key] == term_id}
