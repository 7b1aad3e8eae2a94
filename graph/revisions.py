"""What a change of the documents, or an edit, made of the glossary: found by holding it against how it stood before."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime

from corpus.curation import quoted
from corpus.mentions import Mentions
from corpus.model import Glossary, digest
from corpus.revisions import Cause, Novelty, NoveltyKind, Revision, Standing, enter, standings
from corpus.store import Store
from graph.table import KINDS
from graph.variants import fold

#: What is told first, where not all can be.
_ORDER: tuple[NoveltyKind, ...] = ("new", "gone", "changed", "used")
_MOST_NAMES = 3


def record(store: Store, glossary: Glossary, cause: Cause) -> None:
    """Write down what differs from the last time; call it inside ``store.write()``, after the glossary was put."""
    before, after = standings(store), {standing.term_id: standing for standing in standing_of(glossary)}
    first = not before or cause.whole
    found = [] if first else novelties(before, after)
    counts = Counter(novelty.kind for novelty in found)
    new, gone = (len(after), 0) if first else (counts["new"], counts["gone"])
    made = datetime.now(UTC).isoformat(timespec="seconds")
    revision = Revision(0, made, cause.kind, cause.details, first, new, counts["changed"], gone, counts["used"])
    enter(store, revision, found, before, after)


def standing_of(glossary: Glossary) -> Iterator[Standing]:
    """How each term of a glossary stands."""
    explaining: defaultdict[str, set[tuple[bool, str]]] = defaultdict(set)
    for definition in glossary.definitions:
        if definition.strength == "explained":
            explaining[definition.term_id].add((not definition.preferred, digest(definition.text)))
    used = Mentions.of(glossary.mentions).used()
    for term in glossary.terms:
        # The same sentence may stand in two documents, preferred in one.
        told = tuple(dict.fromkeys(text for _, text in sorted(explaining[term.id])))
        documents = used.get(term.id, 0)
        yield Standing(term.id, term.label, term.kind, term.status, term.aliases, told, documents)


def novelties(before: Mapping[str, Standing], after: Mapping[str, Standing]) -> list[Novelty]:
    """What is new, gone, changed, or used more or less; of each kind what is explained and much used comes first."""
    owners = {fold(name): standing for standing in after.values() for name in (*standing.aliases, standing.label)}
    gone = {fold(standing.label): standing.label for term_id, standing in before.items() if term_id not in after}
    found: list[tuple[Novelty, Standing]] = []
    for term_id in sorted(before.keys() | after.keys()):
        was, now = before.get(term_id), after.get(term_id)
        if now is None and was is not None:
            into = owners.get(fold(was.label))
            merged = (f"并入{quoted(into.label)}",) if into else ()
            found.append((Novelty(0, 0, term_id, "gone", was.label, merged, into.label if into else ""), was))
        elif was is None and now is not None:
            found.append((Novelty(0, 0, term_id, "new", now.label), now))
        elif was is not None and now is not None and was != now:
            what, used = tuple(_changes(was, now, gone)), tuple(_use(was, now))
            if what or used:
                kind: NoveltyKind = "changed" if what else "used"
                found.append((Novelty(0, 0, term_id, kind, now.label, (*what, *used)), now))
    found.sort(key=lambda pair: (_ORDER.index(pair[0].kind), not pair[1].explaining, -pair[1].documents, pair[1].label))
    return [novelty for novelty, _ in found]


def _changes(was: Standing, now: Standing, gone: Mapping[str, str]) -> Iterator[str]:
    """What is otherwise about a term than before, but for its use."""
    if fold(was.label) != fold(now.label):
        yield f"原名{quoted(was.label)}"
    if was.status != now.status:
        yield "原文有了解释" if now.status == "explained" else "不再有解释"
    elif was.explaining != now.explaining:
        more, fewer = (len(set(a) - set(b)) for a, b in ((now.explaining, was.explaining),
                                                         (was.explaining, now.explaining)))  # fmt: skip
        if more and fewer:
            yield "解释有变"
        elif more or fewer:
            yield f"又有 {more} 句解释" if more else f"少了 {fewer} 句解释"
        else:
            yield "另选了排在最前的解释"
    if was.kind != now.kind:
        yield f"类别改为{KINDS.get(now.kind, now.kind)}"
    held, holds = ({fold(name): name for name in (*s.aliases, s.label)} for s in (was, now))
    merged = [gone[name] for name in holds if name in gone and name not in held]
    if merged:
        yield f"并入了{_listed(merged)}"
    known = {*held, *gone, fold(now.label)}
    if names := [name for key, name in holds.items() if key not in known]:
        yield f"又写作{_listed(names)}"
    if names := [name for key, name in held.items() if key not in {*holds, fold(was.label)}]:
        yield f"不再写作{_listed(names)}"


def _use(was: Standing, now: Standing) -> Iterator[str]:
    if was.documents != now.documents:
        more = now.documents - was.documents
        yield f"多见于 {more} 份文献" if more > 0 else f"少见于 {-more} 份文献"


def _listed(names: Iterable[str]) -> str:
    every = list(names)
    more = f"等 {len(every)} 个" if len(every) > _MOST_NAMES else ""
    return "、".join(map(quoted, every[:_MOST_NAMES])) + more
