"""Which names are terms: namings of all documents, grouped under one label, and the evidence that lets a group in."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from graph.gathered import Gathered, Ints, Shape, column
from graph.kinds import kind_from
from graph.merging import merges
from graph.quotations import plain
from graph.senses import may_differ
from graph.sightings import CREATED, FORMS, MEANT, NAME, NEEDS_MEANING, QUOTED, SHORTENED, WEAK
from graph.variants import CLASSIFIERS, core, fold, generic, is_tail, patterned, rests, skeleton, without_bracket
from graph.wording import CONTINUING, CREATING, INSTITUTIONAL, head_of, kind_of

_DOES = re.compile(rf"^(?:{CREATING}|{CONTINUING})(?:了|好|起)?(?=.{{4}})")
_INSTITUTION = re.compile(rf"(?:{INSTITUTIONAL})$")
_BLOCK = re.compile(r"^[二三四五六七八九十两双]位一体$")
#: What is done under one phrase is a thing where several documents tell of it so many times.
_RECURS = 3


@dataclass(frozen=True, slots=True)
class Seen:
    """What is seen of a group of namings, in numbers: how many there are, in how many documents; of those quoted that may be
    names (``quoted``) how many documents have them and how many has the one that has most; whether one is by itself a
    name, or is followed by what names don't have; whether all stand in quotation marks, or at most as what a sentence is
    about; of what is done (works) and of what is named without quotation marks (names) how many, in how many documents,
    whether one is created; whether a sentence explains it that may be trusted, alone or because the name is quoted, too."""

    sightings: int = 0
    documents: int = 0
    quoted: int = 0
    most: int = 0
    name: bool = False
    weak: bool = False
    only_quoted: bool = True
    marked: bool = True
    honoured: bool = False
    works: int = 0
    working: int = 0
    names: int = 0
    naming: int = 0
    created: bool = False
    trusted: bool = False
    trusted_if_quoted: bool = False


@dataclass
class Group:
    """Namings that mean one term.

    ``known`` is set for glossary entries and names of the lexicon; ``also`` are the keys of terms that turned out to be
    this one, ``told`` other names that sentences give it, ``parts`` the lists of parts that they explain it by, ``sorts``
    the head nouns of aliases whose tail is more than a classifier, ``shapes`` the numbers of the shapes of its sightings.
    """

    key: str
    known: bool = False
    seen: Seen = field(default_factory=Seen)
    shapes: list[int] = field(default_factory=list)
    labels: Counter[str] = field(default_factory=Counter)
    aliases: Counter[str] = field(default_factory=Counter)
    heads: Counter[str] = field(default_factory=Counter)
    sorts: dict[str, str] = field(default_factory=dict)
    also: list[str] = field(default_factory=list)
    told: set[str] = field(default_factory=set)
    parts: set[tuple[str, ...]] = field(default_factory=set)
    sightings: int = 0
    marked: bool = True
    works: bool = False
    absorbed: list[list[int]] = field(default_factory=list)

    def absorb(self, other: "Group") -> None:
        """Take another group's names and sightings; the own label stays."""
        self.absorbed.append(other.shapes)
        self.also += [other.key, *other.also]
        self.sightings += other.sightings
        self.marked &= other.marked
        self.works |= other.works
        self.known |= other.known
        self.aliases.update(other.labels + other.aliases)
        self.heads.update(other.heads)
        self.sorts |= other.sorts

    @property
    def places(self) -> Iterator[tuple[int, int]]:
        """Its shapes with the place, among all groups that it is made of, of the one that each came from."""
        for place, shapes in enumerate((self.shapes, *self.absorbed)):
            yield from ((shape, place) for shape in shapes)

    @property
    def documents(self) -> int:
        """How many documents name it."""
        return self.seen.documents

    @cached_property
    def label(self) -> str:
        """The name as most documents write it; the shorter, then the first in code point order, of equals. Ask when all
        names are entered."""
        return min(self.labels, key=lambda name: (-self.labels[name], len(name), name))

    @cached_property
    def other_names(self) -> tuple[str, ...]:
        """Other ways to write its name, most frequent first: variants, core and tail, A（B）. Ask when all names are
        entered."""
        ways = Counter(self.aliases)
        ways.update(self.labels)
        for name in (self.label, *self.labels):
            if (short := without_bracket(name)) != name:
                ways[short] += 1
        # A sort that few namings have makes another thing of the name: 荆楚工匠 is no 学院, “暖蜂” is a 驿站 wherever it stands.
        for way, head in self.sorts.items():
            if 2 * self.heads[head] < self.sightings and way not in self.told:
                ways.pop(way, None)
        ranked = sorted(ways, key=lambda way: (-ways[way], way))
        return tuple(way for way in ranked if way != self.label and len(fold(way)) >= 2)[:12]

    @property
    def kind(self) -> str:
        """What its label and the nouns after it say."""
        if not self.known and not head_of(self.label) and self.works:
            return "mechanism"
        return kind_from(self.label, self.heads)


class Keys:
    """Name → what all names of one term have in common.

    A tail comes off (see ``graph.variants.core``) also where a name stays that the documents put in quotation marks at
    least as often as not: 暖蜂行动 is “暖蜂”, but 工匠精神 is not 工匠.
    """

    def __init__(self, quoted: Mapping[str, int], everywhere: Mapping[str, int]) -> None:
        self._quoted, self._everywhere = quoted, everywhere

    def __call__(self, name: str) -> str:
        folded = fold(name)
        return skeleton(next((core(rest) for rest in rests(folded) if self._mostly_quoted(rest)), core(folded)))

    def of(self, naming: Shape) -> str:
        """The key of a naming. Only where the name by itself is a mere pattern (三位一体) the noun phrase after it belongs
        to the name."""
        name = fold(naming.core)
        return name + fold(naming.tail) if _takes_tail(name) else self(naming.core)

    def _mostly_quoted(self, name: str) -> bool:
        return name in self._quoted and 2 * self._quoted[name] >= self._everywhere[name]


# Nouns made of verbs: a phrase before them says what is done, not what the thing is called (“暖蜂”倾情关爱).
_DOING = re.compile(r"(?:建设|教育|宣讲|宣传|创建|关爱|帮扶|慰问|培训|学习|大学习|调研|实践|筛查|规划|行)$")


_GROUPS = frozenset({"群体", "产业", "职业", "队伍", "班组", "人才"})


def _belongs(naming: Shape) -> bool:
    """True where the name with the noun phrase after it is another way to write it: “暖蜂”关爱行动, not “暖蜂”倾情关爱;
    “六净”班组 after a name that counts."""
    if is_tail(fold(naming.tail)):
        return True
    head = head_of(naming.tail.removesuffix("建设"))
    if _DOING.search(head):
        return False
    if kind_of(head) == "concept":
        return head in _GROUPS and patterned(fold(naming.core))
    return kind_of(head) not in ("", "slogan", "indicator")


def _sorts(naming: Shape) -> bool:
    """True where what follows a name may make another thing of it (“荆楚工匠”学院): not a classifier, however long
    (主题劳动竞赛), unless the name merely counts."""
    tail = fold(naming.tail)
    return not is_tail(tail) and (not tail.endswith(CLASSIFIERS) or may_differ(naming.core))


def _takes_tail(name: str) -> bool:
    return len(name) == 1 or _BLOCK.match(name) is not None


def label_of(naming: Shape) -> str:
    """How the term of a naming is written: bare, or “三位一体”帮扶平台 where the name is a mere pattern."""
    if naming.tail and _takes_tail(fold(naming.core)):
        return f"“{naming.core}”{naming.tail}" if naming.form == "quoted" else naming.core + naming.tail
    return naming.core.strip()


def _is_term(found: Group, subjects: int) -> bool:
    """The gate: what must be seen of a group before it may stand in the glossary. ``subjects`` is how many sentences say
    what it is."""
    seen = found.seen
    if not found.known and is_tail(fold(found.label)) and seen.only_quoted:
        return False  # 开展“工作”活动
    if subjects > 1:  # what several sentences say a thing is has a meaning of its own
        return True
    if found.known or seen.trusted or (seen.quoted and seen.trusted_if_quoted):
        return True
    if seen.name or (seen.most > 2 and len(found.key) > 3):
        return True
    if seen.quoted > 3 or (seen.quoted > 1 and len(found.key) > 3 and not seen.weak):
        return True
    if seen.honoured:
        return True
    if seen.working > 1 and seen.works >= _RECURS and kind_of(head_of(found.key)) not in ("organisation", "concept"):
        return not generic(found.key)
    if not seen.names or plain(found.label) or len(found.key) > 18:
        return False
    return seen.naming > 1 or (seen.created and len(found.label) >= 6)


def _tally(gathered: Gathered, owners: Ints, size: int, official: frozenset[str]) -> list[Seen]:
    """What is seen of ``size`` groups; ``owners`` says which one a shape belongs to, -1 for none."""
    forms = np.array([FORMS.index(shape.form) for shape in gathered.shapes], np.int64)
    sound = np.array([_sound_subject(shape, official) for shape in gathered.shapes], np.bool_)
    explains = np.append(column(gathered.sayings.explains) > 0, False)[column(gathered.saying)]
    shape, document, traits = column(gathered.shape), column(gathered.document), column(gathered.traits)
    kept = (owners[shape] >= 0) & (explains | ~np.isin(forms[shape], [FORMS.index(form) for form in NEEDS_MEANING]))
    shape, document, traits, explains = shape[kept], document[kept], traits[kept], explains[kept]
    owner, form, sound = owners[shape], forms[shape], sound[shape]
    is_ = {name: form == number for number, name in enumerate(FORMS)}
    pairs = owner * max(1, len(gathered.documents)) + document

    def some(which: NDArray[np.bool_]) -> list[int]:
        made: list[int] = np.bincount(owner[which], minlength=size).tolist()
        return made

    def spread(which: NDArray[np.bool_]) -> tuple[list[int], list[int]]:
        """In how many documents, and how often in the one that has most."""
        found, times = np.unique(pairs[which], return_counts=True)
        most = np.zeros(size, np.int64)
        np.maximum.at(most, found // max(1, len(gathered.documents)), times)
        return np.bincount(found // max(1, len(gathered.documents)), minlength=size).tolist(), most.tolist()

    def has(bit: int) -> NDArray[np.bool_]:
        return (traits & bit) > 0

    every = np.ones(len(owner), np.bool_)
    told = explains & ~is_["work"] & ~is_["name"] & ~(is_["quoted"] & has(WEAK))
    alone = told & ~(is_["subject"] & ~has(MEANT) & ~sound) & ~(is_["bracket"] & ~has(SHORTENED))
    quoted, most = spread(has(QUOTED))
    columns = (
        some(every), spread(every)[0], quoted, most, some(has(NAME)), some(has(QUOTED) & has(WEAK)),
        some(~is_["quoted"]), some(~is_["quoted"] & ~is_["subject"]), some(is_["honour"]),
        some(is_["work"]), spread(is_["work"])[0], some(is_["name"]), spread(is_["name"])[0], some(has(CREATED)),
        some(alone), some(told),
    )  # fmt: skip
    return [
        Seen(n, documents, quoted, most, name > 0, weak > 0, other == 0, bare == 0, honoured > 0, works, working,
             names, naming, created > 0, trusted > 0, if_quoted > 0)
        for n, documents, quoted, most, name, weak, other, bare, honoured, works, working, names, naming, created,
            trusted, if_quoted in zip(*columns, strict=True)
    ]  # fmt: skip


def _sound_subject(shape: Shape, official: frozenset[str]) -> bool:
    """True where a subject of 是 is a term for another reason than being quoted."""
    name = fold(shape.core) if shape.form == "subject" else ""
    return name in official or (len(name) >= 5 and _INSTITUTION.search(name) is not None)


def group(gathered: Gathered, names: Iterable[str], official: frozenset[str], key: Keys) -> list[Group]:
    """The terms among all sightings, in key order.

    ``names`` are the official names and ``official`` all official wording, folded: what is said about it may be trusted.
    ``key`` tells which names are one term's.
    """
    groups: dict[str, Group] = {}

    def of(name: str) -> Group:
        return groups.setdefault(name, Group(name))

    _enter_shapes(gathered, of, key)
    labelled = _enter_lines(gathered, of, key)
    for name in names:  # an official name may be what a glossary line has before its colon
        found = of(labelled.get(fold(name)) or key(name))
        found.known = True
        found.labels[name] += 1
    owners = np.full(len(gathered.shapes), -1, np.int64)
    for number, found in enumerate(groups.values()):
        owners[found.shapes] = number
    for found, seen in zip(groups.values(), _tally(gathered, owners, len(groups), official), strict=True):
        found.seen, found.sightings, found.marked, found.works = seen, seen.sightings, seen.marked, seen.works > 0

    def subjects(found: Group) -> int:
        return len({sentence for shape in found.shapes for sentence in gathered.sentences.get(shape, ())})

    accepted = {name for name, found in groups.items() if _is_term(found, subjects(found))}
    rejected = (groups[name] for name in groups.keys() - accepted)
    accepted |= {found.key for found in list(rejected) if _beside(found, gathered, accepted, key)}
    accepted -= {name for name in accepted if not groups[name].known and _is_row(groups[name].label, accepted, key)}
    for name, other in sorted(merges([groups[name] for name in sorted(accepted)], key).items()):
        groups[other].absorb(groups[name])
        accepted.remove(name)
    return [groups[name] for name in sorted(accepted)]


def _enter_shapes(gathered: Gathered, of: Callable[[str], Group], key: Keys) -> None:
    """Put the shapes of all sightings into groups, with what they call them."""
    shapes = column(gathered.shape)
    explains = np.append(column(gathered.sayings.explains) > 0, False)[column(gathered.saying)]
    every = np.bincount(shapes, minlength=len(gathered.shapes)).tolist()
    trusted = np.bincount(shapes[explains], minlength=len(gathered.shapes)).tolist()
    last = np.zeros(len(gathered.shapes), np.int64)
    last[shapes] = np.arange(len(shapes))
    for number in np.argsort(last).tolist():
        shape = gathered.shapes[number]
        times = trusted[number] if shape.form in NEEDS_MEANING else every[number]
        if not times or not (common := key.of(shape)):
            continue
        found = of(common)
        found.shapes.append(number)
        # What is done is told at length, so the name is rather what else it is called.
        found.labels[label_of(shape)] += 0 if shape.form == "work" else times
        if shape.tail:
            head = head_of(shape.tail)
            found.heads[head] += times
            if _belongs(shape):
                spelt = f"“{shape.core}”{shape.tail}" if shape.form == "quoted" else shape.core + shape.tail
                for alias in (shape.written, spelt):
                    found.aliases[alias] += times
                    if _sorts(shape):
                        found.sorts[alias] = head
        if shape.form != "work":
            for alias, times in gathered.told.get(number, {}).items():
                name = _DOES.sub("", alias)
                found.aliases[name] += times
                found.told.add(name)
            found.parts |= gathered.parts.get(number, set())


def _enter_lines(gathered: Gathered, of: Callable[[str], Group], key: Keys) -> dict[str, str]:
    """Put the glossary lines into groups; folded label → key."""
    lines = column(gathered.line)
    every = np.bincount(lines, minlength=len(gathered.line_shapes)).tolist()
    last = np.zeros(len(gathered.line_shapes), np.int64)
    last[lines] = np.arange(len(lines))
    labelled: dict[str, str] = {}
    for number in np.argsort(last).tolist():
        line, times = gathered.line_shapes[number], every[number]
        common = key(line.core)
        labelled[fold(line.label)] = common
        found = of(common)
        found.known = True
        found.labels[line.core] += times
        found.aliases[line.label] += times
        found.heads[head_of(line.tail) or head_of(line.core)] += times
        found.parts |= gathered.line_parts.get(number, set())
    return labelled


def _is_row(label: str, accepted: set[str], key: Callable[[str], str]) -> bool:
    """True for names in a row (老黄牛精神、拓荒牛精神) that are all terms: it would only hide where they stand."""
    members = label.split("、")
    return len(members) > 1 and all(key(member) in accepted for member in members)


def _beside(found: Group, gathered: Gathered, accepted: set[str], key: Callable[[str], str]) -> bool:
    """True where a quoted name stands in a row with one that is a term."""
    return any(key(name) in accepted for shape in found.shapes for name in gathered.beside.get(shape, ()))
