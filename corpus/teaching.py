"""Plain words that people teach a library: how they are written down, and what they make of the lexicon.

What is taught lies over the lexicon: further plain words for a concept, or a concept of its own where the lexicon has
none of that name. The lexicon's own concepts keep their order, so what is numbered by it stays right.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from corpus.curation import MOST_LABEL, MOST_NOTE, MOST_WHO, bare
from corpus.errors import CharacterInvalid, SayingInvalid, ValueTooLong
from corpus.lexicon import Concept
from corpus.model import Passage, Taught
from corpus.store import Store
from corpus.tables import TABLES, record_of

#: Characters of plain words: a phrase, not a paragraph.
MOST_SAYING = 40
#: The group of concepts that only people's lessons make.
OWN = "教会的说法"
_WRITTEN = re.compile(r"[^\W_]")
_CHINESE = re.compile(r"[㐀-鿿]")


def saying(written: str) -> str:
    """Plain words as they are kept. Raises SayingInvalid, ValueTooLong."""
    return _tidied(written, "label", "大白话", MOST_SAYING)


def meaning(written: str) -> str:
    """The official wording that somebody says plain words mean. Raises SayingInvalid, ValueTooLong."""
    return bare(_tidied(written, "concept", "官方说法", MOST_LABEL))


def _tidied(written: str, field: str, name: str, most: int) -> str:
    if not written.strip().isprintable():
        raise SayingInvalid(field, name, written.strip())
    words = " ".join(written.split())
    if len(words) > most:
        raise ValueTooLong(field, name, most)
    if len(_WRITTEN.findall(words)) < 2:
        raise SayingInvalid(field, name, words)
    return words


def signed(who: str, note: str) -> tuple[str, str]:
    """Who teaches and why, as they are kept. Raises CharacterInvalid, ValueTooLong."""
    signed = who.strip(), " ".join(note.split())
    for text, field, name, most in ((signed[0], "who", "姓名", MOST_WHO), (signed[1], "note", "备注", MOST_NOTE)):
        if len(text) > most:
            raise ValueTooLong(field, name, most)
        if not text.isprintable():
            raise CharacterInvalid(field, name)
    return signed


def overlaid(
    concepts: Iterable[Concept], lessons: Iterable[Taught], names: Mapping[str, tuple[str, ...]]
) -> tuple[Concept, ...]:
    """The concepts with what was taught, in their order; those that only lessons make come last.

    ``names`` maps the label of a term to all its names: the official wording of a concept made for it.
    """
    made = {concept.label: concept for concept in concepts}
    owners: dict[str, str] = {}
    for concept in made.values():
        for label in concept.alt_labels:
            owners.setdefault(label, concept.label)
    for lesson in lessons:
        # A later lexicon may have the wording that was taught as one of its own.
        label = lesson.concept if lesson.concept in made else owners.get(lesson.concept, lesson.concept)
        if label not in made:
            made[label] = Concept(label, tuple(n for n in names.get(label, ()) if n != label), group=OWN)
        concept = made[label]
        made[label] = replace(
            concept,
            hidden_labels=tuple(dict.fromkeys((*concept.hidden_labels, lesson.label))),
            taught=tuple(dict.fromkeys((*concept.taught, lesson.label))),
        )
    return tuple(made.values())


def passages_with(store: Store, wording: str) -> list[Passage]:
    """The passages of shown documents in which the Chinese characters of a wording (all, where it has none) follow one
    another, whatever stands between them: where it can stand at all."""
    table = TABLES[Passage]
    pattern = "%".join(("", *(_CHINESE.findall(wording) or wording), ""))
    rows = store.query(
        f"SELECT {', '.join(table.columns)} FROM {table.name} WHERE text LIKE ? AND document_id NOT IN"
        f" (SELECT id FROM document WHERE same_as <> '') ORDER BY {table.order}",
        (pattern,),
    )
    return [record_of(Passage, row, table) for row in rows]
