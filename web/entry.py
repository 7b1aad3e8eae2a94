"""A term's page in the order it is read: its meanings, what it goes with, and where it stands document by document."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby, islice

from corpus.model import Edit
from graph.edges import INVERSES, KINDS
from graph.relations import SAME_CONTENT, TOGETHER
from graph.variants import fold
from search.answers import Meaning, Occurrence, RelatedTerm, Sense, TermAnswer
from web.shelf import Shelf

#: A group of related terms → what it tells, for those who see such a page for the first time.
ABOUT: dict[str, str] = {
    KINDS["has_component"]: "原文解释它时列出的各项",
    INVERSES["has_component"]: "原文解释这些名称时，把它列为一项",
    KINDS["broader"]: "比它宽的名称",
    INVERSES["broader"]: "比它具体的名称",
    KINDS["variant_of"]: "写法相近，疑为同一事物",
    "内容相同": "名称不同，所列各项相同",
    KINDS["related"]: "词表或编辑列为相关",
    "同段出现": "常在同一段里说到，不一定是一回事；联系紧的在前",
    KINDS["contrasts_with"]: "名称相近，不是一回事",
}


@dataclass(frozen=True, slots=True)
class Block:
    """One meaning with its sentences: those that explain, those that only describe, those of other places that may speak
    of something else."""

    meaning: Meaning
    explained: tuple[Sense, ...]
    described: tuple[Sense, ...]
    elsewhere: tuple[Sense, ...]

    @property
    def components(self) -> tuple[str, ...]:
        """The parts of the meaning, none where no sentence explains it: what a description lists is its own."""
        return self.meaning.components if self.explained else ()

    def differs(self, sense: Sense) -> bool:
        """True where a sentence lists other parts than the meaning as a whole."""
        return bool(sense.components) and [*map(fold, sense.components)] != [*map(fold, self.components)]


@dataclass(frozen=True, slots=True)
class Group:
    """The terms that a term goes with in one way; ``about`` says in Chinese which way that is."""

    name: str
    about: str
    terms: tuple[RelatedTerm, ...]


@dataclass(frozen=True, slots=True)
class Stand:
    """A document with the places in it where a term stands."""

    document_id: str
    found: tuple[Occurrence, ...]


def blocks(answer: TermAnswer) -> tuple[Block, ...]:
    """The meanings of a term in their order, each with its sentences, the preferred one first."""
    made = []
    for meaning in answer.meanings:
        held = [sense for sense in answer.definitions if sense.sense == meaning.sense]
        sure = [sense for sense in held if not sense.elsewhere]
        explained, described = (tuple(s for s in sure if s.strength == grade) for grade in ("explained", "described"))
        made.append(Block(meaning, explained, described, tuple(sense for sense in held if sense.elsewhere)))
    return tuple(made)


def aliases(answer: TermAnswer) -> tuple[str, ...]:
    """Other names of a term; ways to write a name that differ in marks only tell a reader nothing."""
    found: dict[str, str] = {}
    for alias in answer.aliases:
        found.setdefault(fold(alias), alias)
    found.pop(fold(answer.term), None)
    return tuple(found.values())


def groups(related: Iterable[RelatedTerm]) -> tuple[Group, ...]:
    """What a term goes with, kind by kind; terms near each other are told apart by why they are."""
    order = list(ABOUT)
    ranked = sorted(related, key=lambda other: order.index(_way(other)))
    return tuple(Group(name, ABOUT[name], tuple(found)) for name, found in groupby(ranked, key=_way))


def _way(other: RelatedTerm) -> str:
    if other.relation == KINDS["related"]:
        if SAME_CONTENT in other.reason:
            return "内容相同"
        if other.reason.startswith(TOGETHER):
            return "同段出现"
    return other.relation


def replaced(edits: Iterable[Edit], asked: str, answer: TermAnswer) -> Edit | None:
    """The edit that gave what was asked for another name, or made it part of another term; the last of several."""
    name = fold(asked)
    if name == fold(answer.term):
        return None
    moved = [edit for edit in edits if edit.kind in ("merge", "rename") and fold(edit.term) == name]
    return moved[-1] if moved else None


def explained_near(
    answer: TermAnswer, similar: Iterable[str], shelf: Shelf, most: int = 4
) -> tuple[tuple[str, Sense | None], ...]:
    """Terms that documents explain (see ``Shelf.explained``), to look at where they don't explain this one: those that go with
    it, then those that share two characters in a row with its name."""
    name = fold(answer.term)
    pairs = {name[i : i + 2] for i in range(len(name) - 1)}
    alike = (label for label in similar if any(pair in fold(label) for pair in pairs))
    entries = (shelf.term(label) for label in (*(other.term for other in answer.related), *alike))
    found = {e.term.id: e for e in entries if e and e.definition and e.term.status == "explained"}
    others = (entry for entry in found.values() if entry.term.label != answer.term)
    return tuple(map(shelf.explained, islice(others, most)))


def stands(found: Iterable[Occurrence]) -> tuple[Stand, ...]:
    """Occurrences by document, in the order they come in."""
    return tuple(Stand(name, tuple(held)) for name, held in groupby(found, key=lambda one: one.document_id))
