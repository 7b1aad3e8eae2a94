"""The same place across years: what is new in a later document, what goes on, what is no longer mentioned.

Topics are matched by concept and by term, in all their ways to be written; what neither finds by the likeness of
sentences. Silence is no proof: 不再提及不等于停办.
"""

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from corpus.model import Claim, Document
from graph.variants import core, fold
from search.analyzer import squeeze, squeezed
from search.answers import ClaimEvidence
from search.comparison import SharedFigures, SharedGroup, shared_deeds, shared_figures, without
from search.deeds import Deed, DeedGroup, DeedReader, grouped, part_of
from search.directory import KnownPlace
from search.likeness import Likeness
from search.periods import document_period, when
from search.profile import Account, PlaceDocument, Profiler

#: Likeness from which on two sentences say the same in other words, judged by hand on the reference corpus.
ALIKE = 0.2
_MOST_OF = 0.7  # of a name that is the name for telling whether it is still spoken of
_JOINING = re.compile("[和与及的]")
_LEAST = 4  # characters of a name without its tail that must stand in the other document


@dataclass(frozen=True, slots=True)
class Plan:
    """A topic that the earlier document plans: with the sentence, and that of the later one that says it was done, the
    most alike; None where the later one doesn't say so."""

    topic: str
    group: str
    planned: ClaimEvidence
    done: ClaimEvidence | None


@dataclass(frozen=True, slots=True)
class Reworded:
    """A topic that the two documents tell of under no common name, with the sentences that show it. ``keys`` are those of
    the topics on either side."""

    topic: str
    group: str
    keys: frozenset[str]
    before: ClaimEvidence
    after: ClaimEvidence


@dataclass(frozen=True, slots=True)
class Step:
    """From one document of a place to the next one; ``overlap`` says that their periods overlap."""

    earlier: PlaceDocument
    later: PlaceDocument
    overlap: bool
    new: tuple[DeedGroup, ...]
    continued: tuple[SharedGroup, ...]
    reworded: tuple[Reworded, ...]
    gone: tuple[DeedGroup, ...]
    figures: tuple[SharedFigures, ...]
    plans: tuple[Plan, ...]


@dataclass(frozen=True, slots=True)
class Chronicle:
    """A place's documents in the order of time, and the steps between neighbours, the latest step first. ``undated``
    documents tell no year and stand in no step."""

    place: KnownPlace
    documents: tuple[PlaceDocument, ...]
    undated: tuple[PlaceDocument, ...]
    steps: tuple[Step, ...]


def chronicle(profiler: Profiler, place: KnownPlace) -> Chronicle:
    """The documents of a place, each against the one before it."""
    account = profiler.account(place)
    own = profiler.own(place)
    claims = {document.id: [c for c in account.claims if c.document_id == document.id] for document in own}
    dated = [document for document in own if when(document_period(document), document) != (0, 0)]
    steps = [_step(profiler, account, a, b, claims[a.id], claims[b.id]) for a, b in pairwise(dated)]

    def line(document: Document) -> PlaceDocument:
        return PlaceDocument(document, document_period(document), len(claims[document.id]))

    return Chronicle(
        place,
        tuple(map(line, dated)),
        tuple(line(document) for document in own if document not in dated),
        tuple(reversed(steps)),
    )


def _step(
    profiler: Profiler, account: Account, a: Document, b: Document, before: Sequence[Claim], after: Sequence[Claim]
) -> Step:
    reader = account.reader
    earlier, later = grouped(reader.deeds(before)), grouped(reader.deeds(after))
    new = _beside(without(later, earlier), _implied(earlier))
    gone = _beside(without(earlier, later), _implied(later))
    reworded = [*_reworded(gone, new), *_worded(reader, before, new, forward=True)]
    reworded += _worded(reader, after, gone, forward=False)
    known = {key for told in reworded for key in told.keys} | _touched(reworded, (*new, *gone))
    periods = document_period(a), document_period(b)
    return Step(
        PlaceDocument(a, periods[0], len(before)),
        PlaceDocument(b, periods[1], len(after)),
        when(periods[0], a)[0] >= when(periods[1], b)[1],
        _beside(new, known),
        shared_deeds(earlier, later),
        tuple({told.topic: told for told in reversed(reworded)}.values())[::-1],
        _beside(gone, known),
        shared_figures(profiler.figures(account, before), profiler.figures(account, after)),
        _plans(earlier, later),
    )


def _implied(groups: Iterable[DeedGroup]) -> set[str]:
    """The topics that those of ``groups`` are kinds of: who goes on with 两癌筛查 goes on with 女职工权益保护."""
    return {key for group in groups for deed in group.deeds for key in deed.broader}


def _touched(reworded: Iterable[Reworded], groups: Iterable[DeedGroup]) -> set[str]:
    """The topics on the very words that show another to go on: 大培训, of 工会干部大培训."""
    words = {
        (said.document_id, at)
        for told in reworded
        for said in (told.before, told.after)
        for start, end in said.marks
        for at in range(said.start + start, said.start + end)
    }
    return {
        deed.key
        for group in groups
        for deed in group.deeds
        if any((said.document_id, said.start + start) in words for said in deed.sentences for start, _ in said.marks)
    }


def _beside(groups: Iterable[DeedGroup], known: set[str]) -> tuple[DeedGroup, ...]:
    left = (DeedGroup(g.name, tuple(deed for deed in g.deeds if deed.key not in known)) for g in groups)
    return tuple(group for group in left if group.deeds)


def _reworded(gone: Sequence[DeedGroup], new: Sequence[DeedGroup]) -> list[Reworded]:
    """Topics that only one document names whose sentences are alike, the most alike first; each at most once."""
    before = [deed for group in gone for deed in group.deeds]
    after = [deed for group in new for deed in group.deeds]
    likeness = Likeness(s.sentence for deed in (*before, *after) for s in deed.sentences)
    found: list[tuple[float, Reworded]] = []
    for a in before:
        for b in after:
            one, other = likeness.closest(a.sentences, b.sentences)
            if (alike := likeness(one.sentence, other.sentence)) >= ALIKE:
                found.append((alike, Reworded(b.topic, b.group, frozenset({a.key, b.key}), one, other)))
    found.sort(key=lambda pair: (-pair[0], pair[1].topic))
    used: set[str] = set()
    kept = []
    for _, told in found:
        if not told.keys & used:
            used |= told.keys
            kept.append(told)
    return kept


def _worded(
    reader: DeedReader, claims: Sequence[Claim], groups: Sequence[DeedGroup], *, forward: bool
) -> Iterator[Reworded]:
    """Topics that the other document names with a word more or less (意识形态工作, 意识形态领域工作; 工会干部培训,
    工会干部大培训). ``claims`` are its own; ``forward`` where it is the earlier one."""
    texts = [(claim, *_joined(claim.text)) for claim in claims]
    for deed in (deed for group in groups for deed in group.deeds):
        found = next((spot for spot in _standing(_words(deed), texts)), None)
        if found is None:
            continue
        claim, first, last = found
        start, end = part_of(claim.text, first, last)
        there = reader.evidence(claim, claim.start + start, claim.start + end, ((first - start, last - start),))
        here = deed.sentences[0]
        yield Reworded(deed.topic, deed.group, frozenset({deed.key}), *((there, here) if forward else (here, there)))


def _words(deed: Deed) -> Iterator[re.Pattern[str]]:
    """What a topic is called, as ``_wording`` finds it in the other document."""
    term = deed.key.startswith("term:")
    found = dict.fromkeys(pattern for label in deed.labels if (pattern := _wording(label, term)))
    return iter(found)


@lru_cache(maxsize=8192)  # labels; making a pattern takes longer than looking for it
def _wording(label: str, term: bool) -> re.Pattern[str] | None:
    """A name without the tail that says what sort of thing it is, with a word more in it; of a ``term`` its end alone,
    too (经审监督体系, of 立体经审监督体系). None for a name that is too short."""
    name = _JOINING.sub("", squeeze(core(fold(label))))
    if len(name) < _LEAST:
        return None
    end = name[-max(_LEAST + 1, math.ceil(_MOST_OF * len(name))) :] if term else name
    parts = ((name[:i], name[i:]) for i in range(2, len(name) - 1))
    widened = (f"{re.escape(head)}.{{1,2}}{re.escape(tail)}" for head, tail in parts)
    return re.compile("|".join([re.escape(name), re.escape(end), *widened]))


def _standing(
    names: Iterable[re.Pattern[str]], texts: Sequence[tuple[Claim, str, list[int]]]
) -> Iterator[tuple[Claim, int, int]]:
    """Where names stand: the claim, start and end in its text."""
    whole = "\n".join(text for _, text, _ in texts)
    for name in names:
        for claim, text, offsets in texts if name.search(whole) else ():
            if spot := name.search(text):
                yield claim, offsets[spot.start()], offsets[spot.end() - 1] + 1


def _joined(text: str) -> tuple[str, list[int]]:
    """A squeezed text without the words that join the parts of a name, and where its characters stand."""
    short, offsets = squeezed(text)
    kept = [i for i, char in enumerate(short) if not _JOINING.match(char)]
    return "".join(short[i] for i in kept), [offsets[i] for i in kept]


def _plans(earlier: Sequence[DeedGroup], later: Sequence[DeedGroup]) -> tuple[Plan, ...]:
    """What the earlier document plans and doesn't tell as done: those that the later one tells as done come first."""
    after = {deed.key: deed for group in later for deed in group.deeds}
    plans = [_plan(deed, after.get(deed.key)) for group in earlier for deed in group.deeds if deed.planned]
    return tuple(sorted(plans, key=lambda plan: plan.done is None))


def _plan(deed: Deed, after: Deed | None) -> Plan:
    planned = deed.told("planned")
    done = after.told("done", "ongoing") if after else ()
    if not done:
        return Plan(deed.topic, deed.group, planned[0], None)
    likeness = Likeness(sentence.sentence for sentence in (*planned, *done))
    return Plan(deed.topic, deed.group, *likeness.closest(planned, done))
