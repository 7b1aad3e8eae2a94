"""What a place question looks for: a name as it stands, or facets that a sentence must cover together.

A quoted name is looked for exactly. Any other topic is cut into facets: labels of the lexicon that stand in it, official
or plain, and the telling words between them. A facet is met by its own words or by an official label of its concept;
plain words are never looked for in documents, which don't use them. Beside the facets, the concepts that the question
as a whole is linked to give their official labels.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import accumulate
from math import fsum
from typing import Protocol

import numpy as np
import rjieba
from numpy.typing import NDArray

from corpus.lexicon import Concept
from corpus.places import Place, gazetteer
from search.analyzer import squeeze
from search.claims import ClaimIndex, bigrams
from search.presence import Floats
from search.questions import Question
from search.telling import FUNCTION_TAGS, GENERIC, GROUPS, core_pairs, cut, placed, says_more

NAMED = 1.0  # a quoted name, an alternative, or an official label of the question itself
_KIN = 0.9  # a label of the same concept that has the whole core of what the question names
_DISTANT = 0.45  # one that has nothing of it
_UNSAID = 0.8  # an official label for plain words that documents don't use
_SAID = 0.45  # an official label for plain words that documents do use
_LIKE_WORDS = 0.55  # cosine from which a label means what the plain words say
_HEARD = 3  # clauses with a plain word that make it one that documents use
_LINKED = 0.75  # a label of a concept that the question only paraphrases
_COMMON, _MANY = 0.05, 20  # share of clauses, and number of them, above which a label tells nothing by itself
_SURE_LINK, _SURE = 0.55, 0.82  # from this confidence of a link on, its labels count by themselves
_NEAR_BEST = 0.95  # share of the best link's confidence from which a concept counts by itself
_PARTIAL = 0.6  # most that a label gives by itself when it paraphrases only one of the things asked together
_FAR = 0.2  # share that a label loses when it has no character in common with the question
LEAST_THING = 2.0  # weight of a facet from which it is one of the things asked
_LEAST_LINK = 0.7  # share of the best link's confidence that a further concept needs to be expanded
_GROUP = 0.5  # weight of words for people: whom it is for tells less than what is done
_TRADE = 0.15  # weight of words of the trade
_VERB = 0.6  # weight of a verb: what is done with a thing is said in many ways
_UNHEARD = 0.15  # weight of a word that no claim has, nor anything like it
_SHARED = 0.5  # weight that words before the first of several things have for the others

_SPLIT = re.compile(r"[、，,；]|或者|或|以及|(?<!共)和(?!谐|解)|(?<![参给授赋])与|(?<![涉普以波])及(?!时|格|早)")
_LIKE = re.compile(r"^(.*?)(?:这类|这样|这种|之类)(?:的)?(.+)$")
_EXAMPLES = re.compile(r"^.*?[、，][^，]*?等(?:各类|各种|群体的?)?(?=[^级候待])")
_KINDS = re.compile(r"办法|法规|规定|规则|细则|条例|制度|意见|方案|章程|文件|标准")
_PLAN_KIND = re.compile(r"规划")
_ISSUED = re.compile(r"出台|制定|制订|编制|印发|制发|发布|下发|颁布")
_COMPOUND = re.compile(r"^[^+]{2,}(?:\+[^+]{2,})+$")
_BODIES = frozenset({"工会", "组织", "企业", "单位", "机构", "平台", "部门", "职工", "工人", "群众", "干部"})
_ASKING = frozenset({"有没有", "有无", "是否", "是不是"})
_NUMBERED = re.compile(r"^[一二三四五六七八九十\d]{1,3}$")


class Standing(Protocol):
    """A label that stands in a query: ``search.concepts.LabelInQuery``."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def label(self) -> str: ...
    @property
    def concepts(self) -> tuple[Concept, ...]: ...


class Topics(Protocol):
    """The lexicon made ready for linking: ``search.concepts.ConceptIndex``."""

    def link(self, query: str) -> list[tuple[Concept, float]]: ...
    def standing(self, query: str) -> Iterable[Standing]: ...


class Likeness(Protocol):
    """What tells words and clauses that mean something alike: ``search.nearness.Nearness``."""

    def akin(self, word: str) -> tuple[tuple[str, float], ...]: ...
    def likeness(self, text: str, other: str) -> float: ...
    def cosines(self, texts: Iterable[str], clauses: NDArray[np.int64]) -> tuple[Floats, Floats]: ...


@dataclass(frozen=True, slots=True)
class Facet:
    """One thing to be covered: its own words, the labels that mean it, how much it weighs, and whether it says for
    whom (``group``) rather than what."""

    words: tuple[str, ...]
    labels: tuple[tuple[str, float], ...]
    weight: float
    group: bool
    barred: tuple[str, ...] = ()  # look-alikes that hold one of the words and are something else
    akin: tuple[tuple[str, float], ...] = ()  # words of the claims that mean something like it, with their cosine


@dataclass(frozen=True, slots=True)
class Topic:
    """What to look for. ``labels`` map a wording to the confidence it gives by itself; ``exact`` rules out all else;
    each of ``parts`` is a set of facets to be covered together, any part will do; ``required`` must be found in the
    claim; ``texts`` are the topic in the question's words; ``shown`` names it to the reader; ``unheard`` are words of the
    question that no claim holds; ``concepts`` says which concept of the lexicon a label was taken from."""

    shown: tuple[str, ...]
    labels: dict[str, float]
    exact: bool
    parts: tuple[tuple[Facet, ...], ...]
    required: re.Pattern[str] | None
    unheard: tuple[str, ...] = ()
    named: tuple[Place, ...] = ()
    concepts: dict[str, str] = field(default_factory=dict)
    texts: tuple[str, ...] = ()


def _forms(words: str) -> tuple[str, ...]:
    """A name with and without the word of the trade at its end: “五小”活动, “五小”."""
    rest = words[:-2]
    if len(squeeze(rest)) < 3 and words[-2:] in _BODIES:
        return (words,)  # 智慧 alone is no 智慧工会
    return (words, rest) if words[-2:] in GENERIC and len(squeeze(rest)) > 1 and rest not in GENERIC else (words,)


class TopicReader:
    """Reads questions against the lexicon and what the claims attest."""

    def __init__(self, index: ClaimIndex, topics: Topics, likeness: Likeness | None = None) -> None:
        self._index = index
        self._topics = topics
        self._likeness = likeness

    def read(self, question: Question) -> Topic:
        """What a question looks for; no labels and no parts where the claims can't hold it."""
        names = [name for name in question.quoted if self._exact(name)]
        alternatives = [name for name in question.alternatives if self._index.having(name)]
        labels = dict.fromkeys(alternatives, NAMED)
        required = self._required(question)
        attested = [name for name in names if self._index.having(name)]
        if attested or not all(map(self._known, names)):
            labels |= dict.fromkeys(attested, NAMED)
            return Topic((*names, *question.alternatives), labels, True, (), required)
        links = self._topics.link(question.topic)
        shown = [question.topic, *question.alternatives]
        places = self._places(question.topic)
        named = {name for place in places for name in (place.name, place.short)}
        if not labels and self._unheard(question.topic, links, named):
            return Topic(tuple(shown), {}, False, (), required)
        # Places are asked for by themselves: they are looked for in other ways than words are.
        facets = self._together([self._facets(part) for part in self._parts(question.topic)])
        parts = tuple(filter(None, (tuple(f for f in part if not named & {*f.words}) for part in facets)))
        concepts = {
            label: concept.label
            for standing in self._topics.standing(question.topic)
            for concept in standing.concepts
            for label in concept.official
        }
        for concept, weight, label in self._expanded(question.topic, links):
            most = _PARTIAL if self.partial(label, parts) else NAMED
            labels[label] = max(labels.get(label, 0), min(weight, most))
            concepts.setdefault(label, concept)
            shown.append(concept)
        said = [word for word, share in self._words(question.topic) if share == 1]
        unheard = tuple(dict.fromkeys(word for word in said if not self._index.having(word)))
        shown = list(dict.fromkeys(shown))
        texts = (question.topic, question.action + question.topic, *alternatives)
        return Topic(tuple(shown), labels, False, parts, required, unheard, places, concepts, texts)

    @staticmethod
    def partial(label: str, parts: tuple[tuple[Facet, ...], ...]) -> bool:
        """True where a label means some of the things that the question asks together, but not all."""
        for part in parts:
            things = [facet for facet in part if not facet.group and facet.weight >= LEAST_THING]
            meant = [any(label == known for known, _ in facet.labels) for facet in things]
            if any(meant) and not all(meant):
                return True
        return False

    def _places(self, topic: str) -> tuple[Place, ...]:
        """The provinces that a topic names, and other places by their full names; not those inside longer labels."""
        labels = [(label.start, label.end) for label in self._topics.standing(topic)]
        found = []
        for hit in gazetteer().find(topic):
            place = hit.places[0] if len(hit.places) == 1 else gazetteer().resolve(topic[hit.start : hit.end])
            if place is None or place.level == "national":
                continue
            longer = any(a <= hit.start and hit.end <= b and b - a > hit.end - hit.start for a, b in labels)
            if not longer and (hit.full or place.level == "province"):
                found.append(place)
        return tuple(found)

    def says(self, topic: str) -> bool:
        """True where a topic names more than words of the trade (活动, 工作), places (湖北省) or an asking word."""
        plain = squeeze(topic)
        if plain in _ASKING or any(hit.start == 0 and hit.end == len(plain) for hit in gazetteer().find(plain)):
            return False
        told = any(share > _TRADE for _, share in self._words(topic)) or self._names(topic)
        return told or (len(plain) == 1 and not any(tag.startswith(FUNCTION_TAGS) for _, tag in cut(plain)))

    def _exact(self, name: str) -> bool:
        """True for a quoted name that is looked for as it stands. A compound of words describes (法院+工会) and a bare
        numeral says nothing; digits or a plus at the end are a name's own (1+3, 宣传+)."""
        plain = squeeze(name)
        if _NUMBERED.match(plain):
            return False
        return not _COMPOUND.match(plain) or any(map(str.isdigit, plain))

    def _known(self, name: str) -> bool:
        """True where a name that no claim has is the lexicon's own word for something that claims may call otherwise."""
        return any(name in concept.official for label in self._topics.standing(name) for concept in label.concepts)

    @staticmethod
    def _required(question: Question) -> re.Pattern[str] | None:
        """A question for a document (出台…规定, 编制…规划) is answered by nothing less than a document."""
        if not _ISSUED.search(question.action + question.topic):
            return None
        if _PLAN_KIND.search(question.topic):
            return _PLAN_KIND
        return _KINDS if _KINDS.search(question.topic) else None

    def _words(self, text: str) -> list[tuple[str, float]]:
        """The words of a question with the share of their weight that counts."""
        found = []
        for word, tag in cut(text):
            if len(word) < 2 or tag.startswith(FUNCTION_TAGS):
                continue
            found.append((word, _TRADE if word in GENERIC else _GROUP if word in GROUPS else 1.0))
        return found

    def _parts(self, topic: str) -> list[str]:
        """The coordinated parts of a topic, any of which will do; words for people and of the trade are no part."""
        topic = self._spelled_out(_EXAMPLES.sub("", topic))
        parts: list[str] = []
        pending = ""
        for part in _SPLIT.split(topic):
            pending += part
            if any(share == 1 for _, share in self._words(pending)) or self._names(pending):
                parts.append(pending)
                pending = ""
        # 快递、保洁这类行业工会: what the examples are of belongs to each of them.
        if len(parts) > 1 and (kind := _LIKE.match(parts[-1])):
            parts = [part + kind[2] for part in (*parts[:-1], kind[1])]
        return parts or [topic]

    def _names(self, part: str) -> bool:
        """True where an official label stands in a part that is more than a word for people (农民工子女)."""
        return any(
            label.label not in GROUPS and label.label in map(squeeze, concept.official)
            for label in self._topics.standing(part)
            for concept in label.concepts
        )

    @staticmethod
    def _spelled_out(topic: str) -> str:
        """白班或夜班班长 → 白班班长或夜班班长: words alike in length and last character share what follows."""
        for match in _SPLIT.finditer(topic):
            before = list(rjieba.cut(topic[: match.start()]))
            after = list(rjieba.cut(topic[match.end() :]))
            if not before or len(after) < 2 or len(before[-1]) != len(after[0]) or len(after[0]) < 2:
                continue
            if before[-1][-1] == after[0][-1] and before[-1] != after[0]:
                head = _SPLIT.split("".join(after[1:]))[0]
                return topic[: match.start()] + head + topic[match.start() :]
        return topic

    def _weight(self, word: str) -> float:
        grams = bigrams(squeeze(word))
        return fsum(map(self._index.idf, grams)) / len(grams) * len(squeeze(word)) ** 0.5 if grams else 0.0

    def _facets(self, part: str) -> tuple[Facet, ...]:
        """The facets of a part. Labels of one concept are one facet, and words that its labels hold belong to it."""
        named: list[tuple[str, tuple[Concept, ...]]] = []
        plain: list[tuple[str, float]] = []
        borders = set(accumulate((len(word) for word, _ in cut(part)), initial=0))
        position = 0
        for label in self._topics.standing(part):
            words = part[label.start : label.end]
            official = any(words in concept.official for concept in label.concepts)
            if len(label.label) < 2 or words in GENERIC or not (official or {label.start, label.end} <= borders):
                continue
            plain += self._words(part[position : label.start])
            named.append((words, label.concepts))
            position = label.end
        plain += self._words(part[position:])
        held = {c.label: "|".join(c.official) for words, concepts in named for c in concepts if words in c.official}
        facets: list[Facet] = []
        merged: dict[str, int] = {}
        for words, concepts in named:
            group = self._group(words)
            means = {} if group else self._meaning(words, concepts)
            shares = [share for _, share in self._words(words)]
            weight = self._weight(words) * (_TRADE if shares and max(shares) == _TRADE else 1.0)
            ours = [] if group else [c.label for c in concepts if words in c.official]
            if not group and 1.0 in shares and not any(words in concept.official for concept in concepts):
                words = "".join(word for word, share in self._words(words) if share == 1)
            # 体检 itself is no 法治体检; a look-alike that merely lies near (送温暖 for 送清凉) bars nothing.
            barred = tuple(
                name
                for c in concepts
                if words in c.official
                for name in c.negative_labels
                if any(label in name and label != name for label in c.official)
            )
            same = next((merged[label] for label in ours if label in merged), None)
            if same is None:
                merged |= dict.fromkeys(ours, len(facets))
                facets.append(Facet(_forms(words), tuple(means.items()), weight, group, barred))
            else:
                facets[same] = Facet(
                    (*facets[same].words, words),
                    tuple((dict(facets[same].labels) | means).items()),
                    max(facets[same].weight, weight),
                    False,
                    (*facets[same].barred, *barred),
                )
        classes = dict(cut(part))
        for word, share in plain:
            if any(word in labels for labels in held.values()):
                share = min(share, _TRADE)
            weight = self._weight(word) * (_TRADE if share == _TRADE else _VERB if classes.get(word) == "v" else 1.0)
            facets.append(Facet((word,), (), weight, share == _GROUP))
        return tuple(self._with_akin(facet) for facet in facets if facet.weight)

    def _with_akin(self, facet: Facet) -> Facet:
        """A facet with the words of the claims that mean something like its own, where no concept gives any."""
        if facet.group or facet.labels or facet.weight < LEAST_THING:
            return facet
        akin = {word: cosine for own in facet.words for word, cosine in self._akin(own)}
        heard = akin or any(map(self._index.having, facet.words))
        return replace(facet, akin=tuple(akin.items()), weight=facet.weight * (1 if heard else _UNHEARD))

    def _like(self, words: str, label: str) -> float:
        return self._likeness.likeness(words, label) if self._likeness is not None else 0.0

    def _akin(self, word: str) -> tuple[tuple[str, float], ...]:
        return self._likeness.akin(word) if self._likeness is not None else ()

    @staticmethod
    def _together(parts: list[tuple[Facet, ...]]) -> list[tuple[Facet, ...]]:
        """The parts, with the words before the first of several things shared by others that stand bare:
        在外地设了维权站、援助站 asks for 援助站 elsewhere, too."""
        if len(parts) < 2:
            return parts
        things = [[facet for facet in part if not facet.group and facet.weight >= LEAST_THING] for part in parts]
        shared = [replace(facet, weight=_SHARED * facet.weight) for facet in things[0][:-1]]
        return [(*part, *shared) if number and len(things[number]) < 2 else part for number, part in enumerate(parts)]

    def _group(self, words: str) -> bool:
        """True for words that say whom something is for, not what is done."""
        shares = {share for _, share in self._words(words)}
        return words in GROUPS or (_GROUP in shares and 1 not in shares)

    def _meaning(self, words: str, concepts: tuple[Concept, ...]) -> dict[str, float]:
        """Official labels that meet a facet whose ``words`` are a label of ``concepts``. A broader or other label counts
        by how much of the core it has: 快递员 is no 快递行业工会联合会."""
        if len(concepts) > 2:
            return {}
        found: dict[str, float] = {}
        heard = len(self._index.having(words)) >= _HEARD
        core, asked = core_pairs(words), self._telling_characters(words)
        whole = fsum(map(self._index.idf, core))
        for concept in concepts:
            official = words in concept.official
            for label in concept.official:
                if official and squeeze(label) in squeeze(words) and core - core_pairs(label):
                    weight = _DISTANT  # broader than what was asked
                elif official:
                    share = fsum(map(self._index.idf, core & core_pairs(label))) / whole if whole else 0.0
                    if asked and asked <= set(squeeze(label)):
                        share = 1.0  # the same word, longer: 疗养, 疗休养
                    weight = min(_KIN, _DISTANT + (1 - _DISTANT) * share)
                else:
                    near = bool(self._nearness(label, asked)) or self._like(words, label) >= _LIKE_WORDS
                    weight = _UNSAID if near and not heard else _SAID
                if self._telling(label):
                    found[label] = max(found.get(label, 0.0), weight)
        return found

    def _telling(self, label: str) -> bool:
        return len(self._index.having(label)) <= max(_MANY, _COMMON * len(self._index))

    def _unheard(self, topic: str, links: list[tuple[Concept, float]], named: set[str]) -> bool:
        """True where a noun of the topic stands in no claim and in no official label of what it is linked to.

        A plain label is excused where the question says more than it (大热天送水): alone it is the thing asked for, and
        a neighbouring thing is no answer.
        """
        heard = (concept for concept, _ in links if any(map(self._index.having, concept.official)))
        known = "|".join(squeeze(label) for concept in heard for label in concept.official)
        labels = [(label.start, label.end) for label in self._topics.standing(topic)]
        words = placed(topic)
        told = [
            end for _, end, word, tag in words if tag[0] in "nv" and word not in GENERIC | GROUPS and self._heard(word)
        ]
        for start, end, word, tag in words:
            if any(end < later for later in told):
                continue  # something known is asked after it: it only says more about that
            if len(word) < 2 or not tag.startswith("n") or word in GENERIC | GROUPS | named or self._index.having(word):
                continue
            grams = bigrams(word)
            if 2 * sum(gram in known for gram in grams) >= len(grams):
                continue
            if 2 * sum(bool(self._index.having(gram)) for gram in grams) > len(grams):
                continue
            around = next(((a, b) for a, b in labels if a < end and start < b), None)
            if self._akin(word) if around is None else says_more(words, around):
                continue
            return True
        return False

    def _heard(self, word: str) -> bool:
        """True where claims have a word of two or more characters, or one that means something like it."""
        return len(word) > 1 and bool(self._index.having(word) or self._akin(word))

    def _expanded(self, topic: str, links: list[tuple[Concept, float]]) -> Iterable[tuple[str, float, str]]:
        """(concept, confidence, official label) for concepts that the question paraphrases. A concept that it names is
        left to the facets, which weigh the name against the rest of the question."""
        text, told = squeeze(topic), self._topics.standing(topic)
        asked = self._telling_characters(topic)
        best, least = 0.0, _SURE_LINK
        negative: set[str] = set()  # look-alikes of what the question names
        for concept, confidence in links:
            standing = [label for label in concept.official if squeeze(label) in text]
            plain = any(concept in label.concepts and label.label not in standing for label in told)
            if standing and all(map(self._group, standing)) and not plain:
                least = 1.0  # only names whom it is for, which lifts its neighbours too
                continue
            best = best or confidence
            if standing:
                negative.update(map(squeeze, concept.negative_labels))
            if standing or confidence < _LEAST_LINK * best:
                continue
            for label in concept.official:
                # 快递员, who it is for, is no 快递行业工会.
                if self._telling(label) and squeeze(label) not in negative and not (asked and self._group(label)):
                    near = self._nearness(label, asked)
                    weight = _LINKED * (confidence / best) * (1 - _FAR + _FAR * near)
                    yield concept.label, max(weight, _SURE if confidence >= max(least, _NEAR_BEST * best) else 0), label

    def _telling_characters(self, text: str) -> set[str]:
        """Characters of the words that say what is done: not for whom, not words of the trade."""
        return {character for word, share in self._words(squeeze(text)) if share == 1 for character in word}

    def _nearness(self, label: str, asked: set[str]) -> float:
        """How much of a label's telling characters the question has, in 0..1."""
        telling = self._telling_characters(label)
        return min(1.0, 2 * len(telling & asked) / len(telling)) if telling else 0.0
