"""The names that a library can be asked by: its terms, topics, places, headings and titles."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

from corpus import streams
from corpus.lexicon import Concept, lexicon
from corpus.model import Document, digest
from corpus.places import gazetteer
from corpus.said import headers
from corpus.store import Store
from graph.variants import fold
from search import pinyin, suggest
from search.cache import Cache, kept
from search.glossary import GlossaryIndex
from search.suggest import Name, Names

_LEVELS = {"national": "全国", "province": "省级", "city": "市级", "county": "县级"}
_NUMBERING = re.compile(
    r"^\s*(?:第?[一二三四五六七八九十百零〇\d]+[章节条部分篇]|[（(]?[一二三四五六七八九十\d]+[）)、.．,，]|[一二三四五六七八九十]是|[①-⑳])\s*"
)
_LONGEST_HEADING = 30  # characters: a longer one is a sentence


def kept_names(cache: Cache, store: Store, glossary: GlossaryIndex) -> Names:
    """The names of a library, made ready for looking up; while it waits to be settled, those of before."""
    said = (label for concept in lexicon() for label in (*concept.official, "<", *concept.hidden_labels))
    stamp = f"{suggest.FORMAT}.{digest(*said)}"

    def build(folder: Path) -> None:
        # Most names are those of before: to spell them takes half of the time.
        before = cache.last("names", f"{stamp}.")
        known = suggest.spellings(before) if before else {}
        suggest.build(folder, names(store, glossary, lexicon()), {**known, **spelt()})

    return Names(kept(cache, store, "names", stamp, build))


def lexicon_keys() -> Iterator[str]:
    """The lexicon's labels, folded as names are, each once."""
    yield from dict.fromkeys(fold(x) for concept in lexicon() for x in (*concept.official, *concept.hidden_labels))


@cache
def spelt() -> Mapping[str, str]:
    """The lexicon's labels → their syllables, parted by spaces."""
    readings, spellings = pinyin.known()
    return {key: spellings.get(key) or " ".join(readings.usual(key)) for key in lexicon_keys()}


def names(store: Store, glossary: GlossaryIndex, concepts: Iterable[Concept]) -> Iterator[Name]:
    """Everything that is worth typing, none of it without something in the library behind it."""
    documents = headers(store)
    taken: set[str] = set()
    for name in (
        *_terms(glossary),
        *_topics(concepts, streams.concepts(store)),
        *_places(documents, streams.doers(store)),
        *_headings(streams.sections(store)),
        *(Name(document.title, "document", document.place or "文献", 1) for document in documents if document.title),
    ):
        key = f"{fold(name.said or name.label)}\0{fold(name.label) if name.said else ''}"
        if key not in taken:
            taken.add(key)
            yield name


def _terms(glossary: GlossaryIndex) -> Iterator[Name]:
    for label, suggestion, mentions in glossary.suggestible():
        yield Name(suggestion.label, "term", suggestion.note, mentions, label if label != suggestion.label else "")


def _topics(concepts: Iterable[Concept], mentions: Mapping[str, int]) -> Iterator[Name]:
    """A topic by its official names, and by plain words, which lead to its first name."""
    for concept in concepts:
        if not (count := mentions.get(concept.label)):
            continue
        for label in concept.official:
            yield Name(label, "topic", "" if label == concept.label else f"同“{concept.label}”", count)
        for words in concept.hidden_labels:
            yield Name(concept.label, "topic", f"说的是“{words}”", count, words)


def _places(documents: Iterable[Document], doers: Iterable[tuple[str, str, int]]) -> Iterator[Name]:
    """The places that documents are from or tell of, and those around them; by full and short names."""
    counts: Counter[tuple[str, str]] = Counter()
    for document in documents:
        counts[document.place, document.place_code] += 10  # a whole document weighs more than a sentence
    for place_name, place_code, claims in doers:
        counts[place_name, place_code] += claims
    divisions: Counter[str] = Counter()
    for (name, code), count in counts.items():
        place = gazetteer().by_code(code) if code else None
        if place is not None and place.name == name:
            divisions[code] += count
            for above in gazetteer().ancestors(place):
                divisions[above.code] += 1
        elif name:
            yield Name(name, "place", "单位", count)
    for code, count in divisions.items():
        place = gazetteer().by_code(code)
        if place is not None and place.level != "national":
            yield Name(place.name, "place", _LEVELS[place.level], count)
            if place.short != place.name:
                yield Name(place.name, "place", _LEVELS[place.level], count, place.short)


def _headings(sections: Iterable[tuple[str, str]]) -> Iterator[Name]:
    """Headings without their numbers, those of most documents first."""
    found: Counter[str] = Counter()
    titles: set[str] = set()  # of one document
    before = ""
    for document, heading in sections:
        if document != before:
            found.update(titles)
            before, titles = document, set()
        title = _NUMBERING.sub("", heading).strip(" 　。：:；;")
        if 1 < len(title) <= _LONGEST_HEADING:
            titles.add(title)
    found.update(titles)
    for title, documents in found.items():
        yield Name(title, "heading", f"{documents} 份文献的标题" if documents > 1 else "", documents)
