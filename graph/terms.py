"""Which names are terms: namings of all documents, grouped under one label, and the evidence that lets a group in."""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from corpus.model import Document
from corpus.places import gazetteer
from graph.definitions import Explanation
from graph.definitions.copula import AMONG
from graph.definitions.glossary_lines import Entry
from graph.definitions.purpose import category
from graph.kinds import kind_from
from graph.merging import merges, segments
from graph.namings import Naming, Sentence
from graph.numerals import count
from graph.quotations import plain, provided
from graph.senses import may_differ
from graph.variants import CLASSIFIERS, core, fold, generic, is_tail, patterned, rests, skeleton, without_bracket
from graph.wording import CONTINUING, CREATING, INSTITUTIONAL, NAMING, head_of, kind_of

_NAMED = re.compile(
    rf"(?:{CREATING}|{CONTINUING})(?:了|好|起)?(?:[^，。；：、“”的]{{0,6}})(?:[“‘][^“”‘’]*[”’][、和]?)*$"
)
_OBJECT = re.compile(rf"(?:{NAMING})(?:了|好)?(?:[“‘][^“”‘’]*[”’][、和]?)*$")
_CREATED = re.compile(rf"(?:(?:{CREATING})(?:了|起)?[^，。；：、“”的]{{0,4}}|——|[把将])$")
_DOES = re.compile(rf"^(?:{CREATING}|{CONTINUING})(?:了|好|起)?(?=.{{4}})")
_INSTITUTION = re.compile(rf"(?:{INSTITUTIONAL})$")
_BLOCK = re.compile(r"^[二三四五六七八九十两双]位一体$")
_MEASURED = re.compile(
    r"(?:月|年|天|日|小时|分钟|百分点|方面|问题|第一|之一|工种|项措施|项工作|项内容|项功能|个阶段|步)$"
)
# Forms that name something only where the sentence explains it.
_EXHORTS = re.compile(r"^(?:加快|进一步|不断|持续|切实|全力|着力)|必须|应当")
_NEEDS_MEANING = frozenset({"numeral", "subject", "member", "bracket"})


#: What is done under one phrase is a thing where several documents tell of it so many times.
_RECURS = 3
# A quoted name in a row that ends in 等…平台, or one that is counted (8家“爱心母婴室”).
_IN_A_ROW = re.compile(
    r"^[、和]?(?:[^，。；：、“”]{0,4}[“‘][^“”‘’]{2,12}[”’][、和]?|[^，。；：、“”等]{2,8}[、和])*[^，。；：、“”]{0,8}"
    r"等(?:系列|特色|一批|多个|各类)?[^，。；：、“”]{0,6}(?:应用|平台|品牌|项目|活动|行动|工程|课堂|服务|小程序|App|APP)"
)
_COUNTED = re.compile(r"\d(?:余|多)?[名个家间所支座辆枚]$")
_COUNTS = re.compile(r"^\d+(?:余|多)?[名个家间所支座辆枚人]")


@dataclass(frozen=True, slots=True)
class Sighting:
    """A naming in a document, with what its sentence says about it."""

    document: Document
    sentence: Sentence
    naming: Naming
    explanation: Explanation | None


@dataclass(slots=True)
class Group:
    """Namings that mean one term.

    ``known`` is set for glossary entries and names of the lexicon; ``also`` are the keys of terms that turned out to be
    this one, ``told`` other names that sentences give it, ``parts`` the lists of parts that they explain it by, ``sorts``
    the head nouns of aliases whose tail is more than a classifier.
    """

    key: str
    sightings: list[Sighting] = field(default_factory=list)
    known: bool = False
    labels: Counter[str] = field(default_factory=Counter)
    aliases: Counter[str] = field(default_factory=Counter)
    heads: Counter[str] = field(default_factory=Counter)
    sorts: dict[str, str] = field(default_factory=dict)
    also: list[str] = field(default_factory=list)
    told: set[str] = field(default_factory=set)
    parts: list[tuple[str, ...]] = field(default_factory=list)

    def absorb(self, other: "Group") -> None:
        """Take another group's names and sightings; the own label stays."""
        self.also += [other.key, *other.also]
        self.sightings += other.sightings
        self.known |= other.known
        self.aliases.update(other.labels + other.aliases)
        self.heads.update(other.heads)
        self.sorts |= other.sorts

    @property
    def documents(self) -> set[str]:
        return {sighting.document.id for sighting in self.sightings}

    @property
    def label(self) -> str:
        """The name as most documents write it; the shorter, then the first in code point order, of equals."""
        return min(self.labels, key=lambda name: (-self.labels[name], len(name), name))

    @property
    def kind(self) -> str:
        """What its label and the nouns after it say."""
        if not self.known and not head_of(self.label) and any(s.naming.form == "work" for s in self.sightings):
            return "mechanism"
        return kind_from(self.label, self.heads)


class Keys:
    """Name → what all names of one term have in common.

    A tail comes off (see ``graph.variants.core``) also where a name stays that the documents put in quotation marks at
    least as often as not: 暖蜂行动 is “暖蜂”, but 工匠精神 is not 工匠.
    """

    def __init__(self, sightings: Iterable[Sighting]) -> None:
        sightings = list(sightings)
        self._quoted = Counter(fold(s.naming.core) for s in sightings if s.naming.form == "quoted")
        self._texts = {s.document.id: s.document.text for s in sightings}
        self._trusted: dict[str, bool] = {}

    def __call__(self, name: str) -> str:
        folded = fold(name)
        return skeleton(next((core(rest) for rest in rests(folded) if self._mostly_quoted(rest)), core(folded)))

    def of(self, naming: Naming) -> str:
        """The key of a naming. Only where the name by itself is a mere pattern (三位一体) the noun phrase after it belongs
        to the name."""
        name = fold(naming.core)
        return name + fold(naming.tail) if _takes_tail(name) else self(naming.core)

    def _mostly_quoted(self, name: str) -> bool:
        if name not in self._quoted:
            return False
        if name not in self._trusted:
            everywhere = sum(text.count(name) for text in self._texts.values())
            self._trusted[name] = 2 * self._quoted[name] >= everywhere
        return self._trusted[name]


# Nouns made of verbs: a phrase before them says what is done, not what the thing is called (“暖蜂”倾情关爱).
_DOING = re.compile(r"(?:建设|教育|宣讲|宣传|创建|关爱|帮扶|慰问|培训|学习|大学习|调研|实践|筛查|规划|行)$")


_GROUPS = frozenset({"群体", "产业", "职业", "队伍", "班组", "人才"})


def _belongs(naming: Naming) -> bool:
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


def _sorts(naming: Naming) -> bool:
    """True where what follows a name may make another thing of it (“荆楚工匠”学院): not a classifier, however long
    (主题劳动竞赛), unless the name merely counts."""
    tail = fold(naming.tail)
    return not is_tail(tail) and (not tail.endswith(CLASSIFIERS) or may_differ(naming.core))


def _takes_tail(name: str) -> bool:
    return len(name) == 1 or _BLOCK.match(name) is not None


def label_of(naming: Naming) -> str:
    """How the term of a naming is written: bare, or “三位一体”帮扶平台 where the name is a mere pattern."""
    if naming.tail and _takes_tail(fold(naming.core)):
        return f"“{naming.core}”{naming.tail}" if naming.form == "quoted" else naming.core + naming.tail
    return naming.core.strip()


def trusted(explanation: Explanation | None) -> bool:
    """True where an explanation shows that the thing named has a meaning of its own."""
    return explanation is not None and explanation.strength == "explained"


def _quoted_term(sighting: Sighting) -> bool:
    """The gate for one quoted naming: is it a name, not speech or a figure of speech?"""
    naming, name = sighting.naming, fold(sighting.naming.core)
    if "+" in name and len(name) >= 3:
        return True
    if count(name) > 1 and len(name) <= 16:
        return not _MEASURED.search(name)
    if naming.weak:
        return False
    parts = segments(naming.core)
    if naming.tail and kind_of(head_of(naming.tail)):
        return True
    place = gazetteer().find(naming.core) if len(name) > 3 else []
    if place and place[0].start == 0 and place[0].end < len(naming.core):
        return True
    if head_of(name) and len(name) >= 4:
        return kind_of(head_of(name)) in ("brand", "honour", "organisation") or _named(sighting)
    if len(parts) > 1 and len({len(part) for part in parts}) == 1 and len(parts[0]) >= 3:
        return True
    before, after = sighting.sentence.before(naming), sighting.sentence.after(naming)
    if len(name) >= 4 and (_COUNTED.search(before) or _COUNTS.match(after)):
        return True
    if len(name) >= 3 and after[:1] in ("、", "“", "和") and _IN_A_ROW.match(after):
        return True
    return (
        _OBJECT.search(sighting.sentence.before(naming)) is not None or category(naming, sighting.sentence) is not None
    )


def _named(sighting: Sighting) -> bool:
    return _NAMED.search(sighting.sentence.before(sighting.naming)) is not None


def _is_term(found: Group, official: frozenset[str]) -> bool:
    """The gate: what must be seen of a group before it may stand in the glossary."""
    quoted = [
        s
        for s in found.sightings
        if s.naming.form == "quoted"
        and not _EXHORTS.search(s.naming.core)
        and not provided(s.sentence.before(s.naming))
    ]
    subjects = {s.sentence.own for s in found.sightings if s.naming.form == "subject" and trusted(s.explanation)}
    if not found.known and is_tail(fold(found.label)) and all(s.naming.form == "quoted" for s in found.sightings):
        return False  # 开展“工作”活动
    if len(subjects) > 1:  # what several sentences say a thing is has a meaning of its own
        return True
    if found.known or any(trusted(s.explanation) and _may_trust(s, official, bool(quoted)) for s in found.sightings):
        return True
    if any(map(_quoted_term, quoted)):
        return True
    if max(Counter(s.document.id for s in quoted).values(), default=0) > 2 and len(found.key) > 3:
        return True
    spread = len({s.document.id for s in quoted})
    if spread > 3 or (spread > 1 and len(found.key) > 3 and not any(s.naming.weak for s in quoted)):
        return True
    if any(s.naming.form == "honour" for s in found.sightings):
        return True
    works = [s.document.id for s in found.sightings if s.naming.form == "work"]
    if len(set(works)) > 1 and len(works) >= _RECURS and kind_of(head_of(found.key)) not in ("organisation", "concept"):
        return not generic(found.key)
    named = [s for s in found.sightings if s.naming.form == "name"]
    if not named or plain(found.label) or len(found.key) > 18:
        return False
    created = any(_CREATED.search(s.sentence.before(s.naming)) for s in named)
    return len({s.document.id for s in named}) > 1 or (created and len(found.label) >= 6)


def _may_trust(sighting: Sighting, official: frozenset[str], quoted: bool) -> bool:
    """A subject of 是 is a term only if it is one for another reason; a bracket only where it names an abbreviation."""
    naming = sighting.naming
    if naming.form == "subject":
        name = fold(naming.core)
        rest = sighting.sentence.after(naming)
        meant = re.match(r"，?(?:是指|指的是|意为)", rest) or AMONG.match(rest)
        return quoted or bool(meant) or name in official or (len(name) >= 5 and _INSTITUTION.search(name) is not None)
    if naming.form == "bracket":
        return quoted or re.search(r"简称|统称", sighting.sentence.before(naming)[-6:]) is not None
    return naming.form != "name" and not (naming.form == "quoted" and naming.weak)


def group(
    sightings: Iterable[Sighting],
    entries: Iterable[Entry],
    names: Iterable[str],
    official: frozenset[str],
    key: Keys,
) -> list[Group]:
    """The terms among all sightings, in key order.

    ``entries`` are the glossary lines, ``names`` the official names and ``official`` all official
    wording, folded: what is said about it may be trusted. ``key`` tells which names are one term's.
    """
    groups: dict[str, Group] = {}

    def of(name: str) -> Group:
        return groups.setdefault(name, Group(name))

    for sighting in sightings:
        naming = sighting.naming
        if naming.form in _NEEDS_MEANING and not trusted(sighting.explanation):
            continue
        if naming.form == "work":
            sighting = replace(sighting, explanation=None)
        if common := key.of(naming):
            found = of(common)
            found.sightings.append(sighting)
            # What is done is told at length, so the name is rather what else it is called.
            found.labels[label_of(naming)] += naming.form != "work"
            if naming.tail:
                found.heads[head_of(naming.tail)] += 1
            if naming.tail and _belongs(naming):
                written = f"“{naming.core}”{naming.tail}" if naming.form == "quoted" else naming.core + naming.tail
                for alias in (sighting.document.text[naming.start : naming.end], written):
                    found.aliases[alias] += 1
                    if _sorts(naming):
                        found.sorts[alias] = head_of(naming.tail)
            if sighting.explanation and trusted(sighting.explanation):
                told = [_DOES.sub("", alias) for alias in sighting.explanation.aliases]
                found.aliases.update(told)
                found.told.update(told)
                found.parts.append(sighting.explanation.components)
    labelled: dict[str, str] = {}
    for entry in entries:
        labelled[fold(entry.label)] = key(entry.core)
        found = of(key(entry.core))
        found.known = True
        found.labels[entry.core] += 1
        found.aliases[entry.label] += 1
        found.heads[head_of(entry.tail) or head_of(entry.core)] += 1
        found.parts.append(entry.explanation.components)
    for name in names:  # an official name may be what a glossary line has before its colon
        found = of(labelled.get(fold(name)) or key(name))
        found.known = True
        found.labels[name] += 1
    accepted = {name for name in groups if _is_term(groups[name], official)}
    accepted |= {name for name in groups.keys() - accepted if _beside(groups[name], accepted, key)}
    accepted -= {name for name in accepted if not groups[name].known and _is_row(groups[name].label, accepted, key)}
    for name, other in sorted(merges([groups[name] for name in sorted(accepted)], key).items()):
        groups[other].absorb(groups[name])
        accepted.remove(name)
    return [groups[name] for name in sorted(accepted)]


def _is_row(label: str, accepted: set[str], key: Callable[[str], str]) -> bool:
    """True for names in a row (老黄牛精神、拓荒牛精神) that are all terms: it would only hide where they stand."""
    members = label.split("、")
    return len(members) > 1 and all(key(member) in accepted for member in members)


_BESIDE = re.compile(r"[“‘]([^“”‘’]+)[”’][、和]?$"), re.compile(r"^[、和]?[“‘]([^“”‘’]+)[”’]")


_QUOTES = re.compile(r"[“‘]([^“”‘’]+)[”’]")


def _beside(found: Group, accepted: set[str], key: Callable[[str], str]) -> bool:
    """True where a quoted name stands in a row with one that is a term."""
    for sighting in found.sightings:
        if sighting.naming.form == "quoted" and not sighting.naming.tail and not sighting.naming.weak:
            left = _BESIDE[0].search(sighting.sentence.before(sighting.naming))
            right = _BESIDE[1].match(sighting.sentence.after(sighting.naming))
            if any(side and key(side[1]) in accepted for side in (left, right)):
                return True
            own = fold(sighting.naming.core)  # or in a sentence with another of its series (海岛课堂, 渔港课堂)
            for other in _QUOTES.findall(sighting.sentence.own) if len(own) > 3 else ():
                alike = fold(other)
                if alike != own and alike[-2:] == own[-2:] and len(alike) == len(own) and key(other) in accepted:
                    return True
    return False


def aliases_of(found: Group) -> tuple[str, ...]:
    """Other ways to write a term's name, most frequent first: variants, core and tail, A（B）."""
    own = {found.label}
    ways = Counter(found.aliases)
    ways.update(found.labels)
    for name in (found.label, *found.labels):
        if (short := without_bracket(name)) != name:
            ways[short] += 1
    # A sort that few namings have makes another thing of the name: 荆楚工匠 is no 学院, “暖蜂” is a 驿站 wherever it stands.
    for way, head in found.sorts.items():
        if 2 * found.heads[head] < len(found.sightings) and way not in found.told:
            ways.pop(way, None)
    ranked = sorted(ways, key=lambda way: (-ways[way], way))
    return tuple(way for way in ranked if way not in own and len(fold(way)) >= 2)[:12]
