"""The glossary of a library: every term with what explains it and where it stands, made anew from all documents."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from corpus.lexicon import Concept, lexicon
from corpus.model import Definition, Document, Edit, Glossary, Linked, Mention, Passage, Section, Term, Wording, digest
from corpus.store import Store
from graph.context import everyday
from graph.definitions import FAMILIES, Explanation
from graph.folding import folded
from graph.kinds import carried_out
from graph.linking import Linker, PassageFinder
from graph.namings import Naming
from graph.overlay import Overlay
from graph.readings import Reading, explained, read
from graph.relations import relations
from graph.relinking import relinked, unpacked, wordings
from graph.senses import with_senses
from graph.terms import Group, Keys, Sighting, aliases_of, group
from graph.variants import fold
from graph.wording import INSTITUTIONAL

_MOST_DESCRIBED = 3
_INSTITUTION = re.compile(rf"(?:{INSTITUTIONAL}|率)$")
_RANK = {how: i for i, how in enumerate(FAMILIES)}


def build_glossary(store: Store) -> Glossary:
    """The glossary of all documents of a library. The same documents give the same glossary, ids included."""
    concepts = lexicon()
    passages: dict[str, list[Passage]] = defaultdict(list)
    sections: dict[str, list[Section]] = defaultdict(list)
    for passage in store.shown(Passage):
        passages[passage.document_id].append(passage)
    for section in store.select(Section):
        sections[section.document_id].append(section)
    documents = sorted(store.shown(Document), key=lambda document: document.id)
    readings = [read(document, tuple(sections[document.id]), tuple(passages[document.id])) for document in documents]
    sightings = [sighting for reading in readings for sighting in reading.sightings]
    keys = Keys(sightings)
    whole = [concept for concept in concepts if not concept.part_of]
    official = frozenset(fold(label) for concept in whole for label in concept.official)
    groups = group(
        sightings,
        [entry for reading in readings for entry in reading.entries],
        _official_names(whole),
        official,
        keys,
    )
    groups = _attested(groups, {keys(entry.core) for reading in readings for entry in reading.entries})
    kinds = _kinds(groups, documents)
    found = [Term(digest("term", g.key), g.label, kinds[g.key], "unexplained", aliases_of(g)) for g in groups]
    overlay = Overlay(found, store.select(Edit))
    bare = overlay.terms
    guarded = _guarded(groups, official)
    groups += overlay.groups(sightings)
    linker = Linker(phrases(bare), _wordings(concepts), guarded)
    places = relinked(linker, documents, store.select(Wording), store.select(Linked))
    linked = [
        linker.mentions(reading.document, reading.passages, unpacked(found.terms), unpacked(found.concepts))
        for reading, found in zip(readings, places, strict=True)
    ]
    _see_mentions({digest("term", g.key): g for g in groups}, readings, [found for found, _ in linked])
    definitions = overlay.definitions(with_senses(found, _definitions(groups, readings, keys)))
    mentions = overlay.mentions((m for found, _ in linked for m in found), {d.id: d.place for d in documents})
    seen = {m.term_id for m in mentions} | {d.term_id for d in definitions}
    explained = {definition.term_id for definition in definitions if definition.strength == "explained"}
    made = Glossary(
        terms=tuple(
            replace(term, status="explained") if term.id in explained else term for term in bare if term.id in seen
        ),
        definitions=definitions,
        relations=overlay.relations((), seen),
        mentions=mentions,
        concept_mentions=tuple(mention for _, mentions in linked for mention in mentions),
        wordings=wordings(linker),
        linked=places,
    )
    every = relations(documents, (passage for reading in readings for passage in reading.passages), made, concepts)
    return replace(made, relations=overlay.kept(every), edits=overlay.edits(seen))


def _kinds(groups: Iterable[Group], documents: Iterable[Document]) -> dict[str, str]:
    """Group key → kind; a name that documents mostly carry out is a programme, whatever it looks like."""
    found = {group.key: (group.label, group.kind) for group in groups}
    loose = (label for label, kind in found.values() if kind in ("concept", "slogan"))
    done = carried_out(loose, (document.text for document in documents))
    return {key: "programme" if label in done else kind for key, (label, kind) in found.items()}


def _attested(groups: list[Group], lines: set[str]) -> list[Group]:
    """Without official names that documents only write as another name of a term they speak of (“两癌”筛查 of 两癌)."""
    aliases = {
        folded(alias)
        for found in groups
        if found.sightings and not everyday(found.label)
        for alias in aliases_of(found)
    }
    return [found for found in groups if found.sightings or found.key in lines or folded(found.label) not in aliases]


def _guarded(groups: Iterable[Group], official: frozenset[str]) -> frozenset[str]:
    """Everyday words that are names only in quotation marks, as far as the documents show: every naming is quoted, or is
    the subject of a sentence that says what it means there (本条例所称学生，是指…)."""
    return frozenset(
        name
        for found in groups
        if all(sighting.naming.form in ("quoted", "subject") for sighting in found.sightings)
        for name in (found.label, *aliases_of(found))
        if fold(name) not in official and everyday(name)
    )


def _wordings(concepts: Iterable[Concept]) -> dict[str, list[str]]:
    """Official label → prefLabels of the concepts that bear it. A look-alike stands for nothing by itself: 安康杯 keeps
    what is called 安康 from being found inside it."""
    found: dict[str, list[str]] = {}
    for concept in concepts:
        for label in concept.official:
            found.setdefault(label, []).append(concept.label)
        for label in concept.negative_labels:
            found.setdefault(label, [])
    return found


def _see_mentions(groups: dict[str, Group], readings: list[Reading], linked: list[list[Mention]]) -> None:
    """Give the terms that nothing explains yet another chance: sentences with the bare name may describe them."""
    silent = {term_id for term_id, found in groups.items() if not any(s.explanation for s in found.sightings)}
    for reading, mentions in zip(readings, linked, strict=True):
        starts = [sentence.start for sentence in reading.sentences]
        locate = PassageFinder(reading.passages)
        for mention in mentions:
            at = bisect_right(starts, mention.start) - 1
            if mention.term_id not in silent or at < 0 or mention.end > reading.sentences[at].end:
                continue
            sentence, start, end = reading.sentences[at], mention.start, mention.end
            naming = Naming(reading.document.text[start:end], "", "subject", start, end, start, end)
            if explanation := explained(naming, sentence, locate):
                groups[mention.term_id].sightings.append(Sighting(reading.document, sentence, naming, explanation))


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


def _definitions(groups: list[Group], readings: list[Reading], key: Keys) -> tuple[Definition, ...]:
    lines: dict[str, list[tuple[Document, Explanation]]] = defaultdict(list)
    for reading in readings:
        for entry in reading.entries:
            lines[key(entry.core)].append((reading.document, entry.explanation))
    locate = {reading.document.id: PassageFinder(reading.passages) for reading in readings}
    made = []
    for found in groups:
        own = [line for name in (found.key, *found.also) for line in lines[name]]
        seen = own + [(s.document, s.explanation) for s in found.sightings if s.explanation]
        term_id = digest("term", found.key)
        for document, explanation in _best(seen):
            start, end = explanation.start, explanation.end
            made.append(
                Definition(
                    digest("definition", term_id, document.id, str(start), str(end)),
                    term_id,
                    document.text[start:end],
                    explanation.components,
                    explanation.strength,
                    explanation.how,
                    document.place,
                    document.id,
                    locate[document.id](start),
                    start,
                    end,
                )
            )
    return tuple(made)


def _best(seen: list[tuple[Document, Explanation]]) -> list[tuple[Document, Explanation]]:
    """One explanation for each sentence, all that explain, and the few that best describe."""
    ranked = sorted(
        seen,
        key=lambda pair: (
            pair[1].strength != "explained",
            not pair[1].components,
            _RANK[pair[1].how],
            pair[0].id,
            pair[1].start,
        ),
    )
    kept: dict[str, tuple[Document, Explanation]] = {}
    described = 0
    for document, explanation in ranked:
        text = document.text[explanation.start : explanation.end]
        if text not in kept and (explanation.strength == "explained" or described < _MOST_DESCRIBED):
            described += explanation.strength == "described"
            kept[text] = (document, explanation)
    return list(kept.values())


def phrases(terms: Iterable[Term]) -> dict[str, str]:
    """Label or alias → term id, one for all names that fold alike: a label goes before an alias, the first term in
    order before later ones."""
    ordered = sorted(terms, key=lambda term: term.label)
    labels = [(term.label, term.id) for term in ordered]
    aliases = [(alias, term.id) for term in ordered for alias in term.aliases]
    owner: dict[str, str] = {}
    for name, term_id in (*labels, *aliases):
        owner.setdefault(folded(name), term_id)
    return {name: term_id for name, term_id in (*labels, *aliases) if owner[folded(name)] == term_id}
