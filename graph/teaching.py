"""Teaching a library plain words: what they are said to mean is looked up, so that every lesson leads somewhere."""

from collections.abc import Iterable
from datetime import UTC, datetime

from rapidfuzz import fuzz, process

from corpus.lexicon import Concept, lexicon
from corpus.model import Passage, Taught, Term
from corpus.store import Store
from corpus.teaching import meaning, passages_with, saying, signed
from graph.errors import (
    AlreadyMeant,
    LessonNotFound,
    LessonUndone,
    MeaningUnclear,
    MeaningUnknown,
    SayingOfficial,
    SayingTooCommon,
)
from graph.folding import folded
from graph.names import Names
from graph.variants import fold

_NEAR, _LEAST_LIKE = 6, 50  # labels to offer instead; how alike they must be, of 100
_MOST_COMMON, _FEW = 0.02, 20  # share of the passages that plain words may stand in, or as many passages as this


def teach(store: Store, label: str, concept: str, *, who: str = "", note: str = "") -> Taught:
    """Note that ``label``, plain words, means ``concept``: an official label of the lexicon, a name of a term, or a wording
    that stands in the documents. It holds from the next query on.

    Raises the EditRefused that says why not, InvalidValue where something isn't filled in, LibraryBusy,
    LibraryReadOnly.
    """
    said, meant = saying(label), meaning(concept)
    who, note = signed(who, note)
    with store.write(lesson=True):
        target = target_of(store, meant)
        held = store.select(Taught)
        _refuse_known(store, said, target, (lesson for lesson in held if not lesson.undone))
        ordinal = max((lesson.ordinal for lesson in held), default=0) + 1
        lesson = Taught(ordinal, said, target, note, who, _now())
        store.put_lesson(lesson)
    return lesson


def unteach(store: Store, ordinal: int) -> Taught:
    """Undo a lesson. Raises LessonNotFound, LessonUndone, LibraryBusy, LibraryReadOnly."""
    with store.write(lesson=True):
        found = store.select(Taught, ordinal=ordinal)
        if not found:
            raise LessonNotFound(ordinal)
        if found[0].undone:
            raise LessonUndone(ordinal)
        store.undo_lesson(ordinal, _now())
    return store.select(Taught, ordinal=ordinal)[0]


def lessons(store: Store) -> list[Taught]:
    """All lessons, the last one first, those that were undone, too."""
    return sorted(store.select(Taught), key=lambda lesson: -lesson.ordinal)


def names_of_terms(store: Store, wanted: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Label → all names of the terms that are called by it, of these words."""
    asked = {fold(word): word for word in wanted}
    found = {}
    for term in store.select(Term) if asked else ():
        for name in (term.label, *term.aliases):
            if fold(name) in asked:
                found[asked[fold(name)]] = (term.label, *term.aliases)
    return found


def target_of(store: Store, meant: str) -> str:
    """What a lesson is kept for: the prefLabel of a concept, the label of a term, or the wording itself, where it stands
    in the documents. Raises MeaningUnclear, MeaningUnknown."""
    key = fold(meant)
    for owners in (
        [c for c in lexicon() if fold(c.label) == key],
        [c for c in lexicon() if any(fold(label) == key for label in c.alt_labels)],
    ):
        if len(owners) == 1:
            return owners[0].label
        if owners:
            raise MeaningUnclear(meant, tuple(c.label for c in owners))
    terms = store.select(Term)
    owner = Names(terms).owner(meant)
    if owner is not None:
        return owner.label
    if standing(store, meant):
        return meant
    plain = [c.label for c in lexicon() if any(fold(label) == key for label in c.hidden_labels)]
    raise MeaningUnknown(meant, tuple(plain) or _alike(meant, lexicon(), terms))


def standing(store: Store, wording: str) -> list[Passage]:
    """The passages that a wording stands in, however it is written."""
    key = folded(wording)
    return [passage for passage in passages_with(store, key) if key in folded(passage.text)]


def _refuse_known(store: Store, said: str, target: str, held: Iterable[Taught]) -> None:
    key = fold(said)
    for concept in lexicon():
        if any(fold(label) == key for label in concept.official):
            raise AlreadyMeant(said, target) if concept.label == target else SayingOfficial(said, concept.label)
        if concept.label == target and any(fold(label) == key for label in concept.hidden_labels):
            raise AlreadyMeant(said, target)
    if key == fold(target) or any(fold(lesson.label) == key and lesson.concept == target for lesson in held):
        raise AlreadyMeant(said, target)
    common = len(standing(store, said))
    if common > max(_FEW, _MOST_COMMON * store.count(Passage)):
        raise SayingTooCommon(said, common)


def _alike(meant: str, concepts: Iterable[Concept], terms: Iterable[Term]) -> tuple[str, ...]:
    labels = dict.fromkeys([*(label for c in concepts for label in c.official), *(term.label for term in terms)])
    near = process.extract(meant, list(labels), scorer=fuzz.WRatio, score_cutoff=_LEAST_LIKE, limit=_NEAR)
    return tuple(label for label, _, _ in near)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds")
