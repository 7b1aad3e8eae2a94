"""Where and how documents use terms: the documents of each, typical sentences, quotation marks and tails."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ahocorasick_rs import AhoCorasick

from corpus.doubts import Doubts
from corpus.model import Document, Mention, Term
from corpus.sentences import sentences
from graph.context import everyday
from graph.variants import fold
from search.answers import Evidence, TermUse

_MOST_USES = 3
_MARKS = frozenset({"“”", "‘’", "「」", '""'})


def documents_of(mentions: list[Mention], documents: dict[str, Document]) -> dict[str, tuple[TermUse, ...]]:
    """Term id → the documents that use it, those that use it most first."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for mention in mentions:
        counts[mention.term_id][mention.document_id] += 1
    return {
        term: tuple(
            TermUse(i, documents[i].title, documents[i].place, documents[i].date, times)
            for i, times in sorted(by_document.items(), key=lambda pair: (-pair[1], pair[0]))
        )
        for term, by_document in counts.items()
    }


@dataclass(slots=True)
class Written:
    """How documents write a term: how often, how often in quotation marks; documents and places of each folded way of
    writing."""

    total: int = 0
    quoted: int = 0
    documents: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    places: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))


def written(mentions: Iterable[Mention], documents: dict[str, Document]) -> dict[str, Written]:
    """Term id → how documents write the term."""
    found: dict[str, Written] = defaultdict(Written)
    for mention in mentions:
        document, ways = documents[mention.document_id], found[mention.term_id]
        name = document.text[mention.start : mention.end]
        inside = document.text[mention.start - 1 : mention.start] + document.text[mention.end : mention.end + 1]
        ways.total += 1
        ways.quoted += inside in _MARKS or any(mark in name for mark in "“‘")
        ways.documents[fold(name)].add(document.id)
        if document.place:
            ways.places[fold(name)].add(document.place)
    return found


def mostly_quoted(ways: Mapping[str, Written], terms: Iterable[Term], documents: Iterable[Document]) -> set[str]:
    """Ids of the terms that documents put in quotation marks at least as often as not. Everyday words are linked only
    where they are set apart, so that their other uses are counted in the texts."""
    shares = [(term, ways[term.id].quoted, ways[term.id].total) for term in terms if term.id in ways]
    common = [term.label for term, quoted, total in shares if 2 * quoted >= total and everyday(term.label)]
    search = AhoCorasick(common, store_patterns=False)
    everywhere = Counter(
        common[number] for document in documents for number, _, _ in search.find_matches_as_indexes(document.text, True)
    )
    return {term.id for term, quoted, total in shares if 2 * quoted >= max(total, everywhere[term.label])}


def typical_uses(
    mentions: list[Mention], documents: dict[str, Document], doubts: Doubts
) -> dict[str, tuple[Evidence, ...]]:
    """Term id → up to three sentences with the term, from different documents where there are as many."""
    firsts: dict[str, list[Mention]] = defaultdict(list)
    others: dict[str, list[Mention]] = defaultdict(list)
    seen: set[tuple[str, str]] = set()
    for mention in mentions:
        if mention.passage_id:
            new = (mention.term_id, mention.document_id) not in seen
            seen.add((mention.term_id, mention.document_id))
            shelf = (firsts if new else others)[mention.term_id]
            if len(shelf) < _MOST_USES:
                shelf.append(mention)
    uses: dict[str, tuple[Evidence, ...]] = {}
    for term, picked in firsts.items():
        found: dict[str, Evidence] = {}
        for mention in (*picked, *others[term]):
            evidence = _evidence(documents[mention.document_id], mention, doubts)
            found.setdefault(evidence.sentence, evidence)
        uses[term] = tuple(found.values())[:_MOST_USES]
    return uses


def _evidence(document: Document, mention: Mention, doubts: Doubts) -> Evidence:
    """The sentence that a mention stands in, with the mention marked."""
    opening = document.text.rfind("\n", 0, mention.start) + 1
    closing = document.text.find("\n", mention.end)
    paragraph = document.text[opening : closing if closing >= 0 else len(document.text)]
    spans = sentences(paragraph, opening)
    start, end = next((span for span in spans if span[0] <= mention.start < span[1]), (mention.start, mention.end))
    marks = ((mention.start - start, min(mention.end, end) - start),)
    doubtful = doubts.within(document.id, start, end)
    return Evidence(
        document.text[start:end], (), document.id, document.title, mention.passage_id, start, end, marks, doubtful
    )
