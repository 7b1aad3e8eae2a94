"""Why a place is, or isn't, among the answers to a place question.

The sentences nearest to the question are looked through, of the place and of its own documents: those that count, those
that are about it and don't count for a reason, those that say it isn't done, those that are about something else.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import islice

from corpus.fields import CLAIM_STATUS, full_name
from corpus.model import Document
from corpus.places import gazetteer
from search.admission import ORDER, Admission
from search.answers import NearSentence, PlaceAnswer, PlacesAnswer, Verdict
from search.calibration import THRESHOLD
from search.claims import Head
from search.columns import alike, meets, written
from search.directory import KnownPlace, Resolved
from search.inquiry import Inquiry
from search.matching import Matcher
from search.quoting import Found, Quoter, Row, found_about, read
from search.topics import Topic

_MOST = 6
_NEAR = 0.05  # confidence from which a sentence is near enough to be shown
_NAMED = 5
_PROVISO = "未提及不等于未开展。"
_UNION = re.compile(r"(?<=..)(?:总工会|工会)$")


@dataclass(frozen=True, slots=True)
class Case:
    """A place before a question: whether it is answered, and what the question looks for."""

    place: KnownPlace
    answer: PlacesAnswer
    topics: tuple[Topic, ...]
    admission: Admission


class Examiner:
    """Gives reasons. ``denied`` matches the claims that say what is not done."""

    def __init__(self, documents: Mapping[str, Document], matcher: Matcher, denied: Matcher, quoter: Quoter) -> None:
        self._documents = documents
        self._matcher = matcher
        self._quoter = quoter
        self._denied = denied

    def verdict(self, case: Case) -> Verdict:
        """The reasons for a place that is known."""
        sentences = self._sentences(case)
        answered = next((a for a in case.answer.answers if _is(case.place, a)), None)
        line = self._line(case, answered, sentences)
        return Verdict(case.answer.query, case.place.name, answered is not None, line, sentences)

    def _sentences(self, case: Case) -> tuple[NearSentence, ...]:
        found = [near for topic in case.topics for near in self._near(case, topic)]
        found.sort(key=lambda pair: (pair[0][0], ORDER[pair[1].evidence.status] if pair[1].counts else 0, pair[0][1]))
        best: dict[tuple[str, int], NearSentence] = {}
        for _, near in found:
            best.setdefault((near.evidence.document_id, near.evidence.start), near)
        return tuple(best.values())[:_MOST]

    def _near(self, case: Case, topic: Topic) -> Iterable[tuple[tuple[int, float], NearSentence]]:
        """Sentences with what they are sorted by: how much they tell, then how near they are."""
        inquiry = Inquiry(self._matcher, topic)
        matched = {one.head.number: one for one in found_about(inquiry)}
        for one, row in self._concerning(case, matched.values(), self._matcher):
            reason, rank = self._judged(case, one.head, row)
            yield (rank, -row.confidence), self._told(row, reason, counts=not rank)
        for _, row in self._concerning(case, found_about(Inquiry(self._denied, topic)), self._denied):
            yield (2, -row.confidence), self._told(row, "原文说的是还没有做到，或者做得不够")
        here = (case.place.name, case.place.code)
        own = [d.id for d in self._documents.values() if (d.place, d.place_code) == here]
        nearest = (one for one in inquiry.nearest(here, own, _NEAR) if one.head.number not in matched)
        near = [Found(one.head, inquiry, one.confidence, (one.clause,)) for one in islice(nearest, _MOST)]
        claims = self._matcher.index.claims(one.head.number for one in near)
        for one in near:
            if claim := claims.get(one.head.number):
                yield (3, -one.confidence), self._told(one.read(claim), self._unlike(one.confidence))

    def _concerning(self, case: Case, found: Iterable[Found], matcher: Matcher) -> list[tuple[Found, Row]]:
        """What was found that concerns the place, with its words."""
        ours = [one for one in found if self._concerns(case, one.head)]
        rows = read(matcher.index, ours)
        return [(one, rows[one.head.number]) for one in ours if one.head.number in rows]

    def _judged(self, case: Case, head: Head, row: Row) -> tuple[str, int]:
        """Why a sentence about the topic counts or doesn't, and its rank: 0 where it counts."""
        document = self._documents[head.document_id]
        told = case.admission.read(head, document)
        if not _same(case.place, told):
            place = told.doer.place
            return f"句中做这件事的是{place}" if place else "句中的地名被隐去，或者没有写明是谁做的", 2
        if refusal := case.admission.refusal(told, document):
            return refusal, 1
        amount = case.admission.question.conditions.amount
        if amount is not None:
            figures = self._quoter.figures(row)
            numbers = "、".join(written(row.claim, fact) for fact in alike(amount, figures))
            if not numbers:
                return f"没有写明可以与“{amount.words}”相比的数字", 1
            if not meets(amount, figures):
                return f"数字不合：问的是“{amount.words}”，写的是{numbers}", 1
        return "；".join((CLAIM_STATUS[told.manner.status], *self._quoter.evidence(row).why)), 0

    @staticmethod
    def _unlike(score: float) -> str:
        if score >= THRESHOLD:
            return "说到了所问的词，但没有写到问题限定的文件或地方"
        return f"多半说的是另一件事：把握只有 {score:.0%}，{THRESHOLD:.0%} 起才算"

    def _told(self, row: Row, reason: str, *, counts: bool = False) -> NearSentence:
        return NearSentence(self._quoter.evidence(row), row.claim.place, counts, reason)

    def _concerns(self, case: Case, claim: Head) -> bool:
        """True for a claim of the place, or in its own documents; nobody's, too, in those of a place around it."""
        document = self._documents[claim.document_id]
        if _same(case.place, claim) or (document.place, document.place_code) == (case.place.name, case.place.code):
            return True
        here = gazetteer().by_code(case.place.code)
        return not claim.doer.place and here is not None and gazetteer().inside(here, document.place_code)

    def _line(self, case: Case, answered: PlaceAnswer | None, sentences: tuple[NearSentence, ...]) -> str:
        place = case.place.name
        if answered is not None:
            return f"{place}在答案里：{CLAIM_STATUS[answered.status]}，有 {answered.sentences} 句为据。"
        inside = [a.place for a in case.answer.answers if _lies_in(a.code, case.place.code)]
        within = f"（在它辖内的{'、'.join(inside[:_NAMED])}在答案里）" if inside else ""
        if any(near.counts for near in sentences):
            return f"{place}不在答案里{within}：问的几件事要同时做过，写到的只有一部分。{_PROVISO}"
        if sentences:
            return f"{place}不在答案里{within}：最接近的 {len(sentences)} 句都不能算，理由逐句写明。{_PROVISO}"
        if case.place.documents:
            told = f"它的 {case.place.documents} 份文献里没有与所问相近的句子"
        elif case.place.claims:
            told = f"没有收录它自己的文献，别处文献写到它的 {case.place.claims} 处里没有与所问相近的"
        else:
            told = "没有收录它的文献，别处的文献也没有写到它做了什么"
        return f"{place}不在答案里{within}：{told}。{_PROVISO}"


def unknown(query: str, words: str, found: Resolved) -> Verdict:
    """The verdict on a name that means no one place of the library: what else it may mean."""
    name = _UNION.sub("", words)
    known = gazetteer().resolve(name)
    readings = gazetteer().candidates(name)
    if found.choices:
        return Verdict(query, "", False, f"“{words}”可以指{_listed(found.choices)}，请写全称再问。", ())
    if known is not None:
        line = f"没有收录{known.name}的文献，别处的文献也没有写到它做了什么。{_PROVISO}"
        return Verdict(query, known.name, False, line, ())
    if readings:
        names = "、".join(map(full_name, readings[:_NAMED]))
        line = f"叫“{words}”的有 {len(readings)} 处（{names}），都没有收录文献，别处的文献也没有写到。{_PROVISO}"
    elif found.similar:
        line = f"没有叫“{words}”的地方或单位；相近的有{_listed(found.similar)}。"
    else:
        line = f"没有叫“{words}”的地方或单位；请写省、市、县或单位的名称。"
    return Verdict(query, "", False, line, ())


def _listed(places: Iterable[KnownPlace]) -> str:
    return "、".join(place.address for place in places)


def _same(place: KnownPlace, claim: Head) -> bool:
    return claim.doer[:2] == (place.name, place.code)


def _is(place: KnownPlace, answer: PlaceAnswer) -> bool:
    return (answer.place, answer.code) == (place.name, place.code)


def _lies_in(code: str, around: str) -> bool:
    place = gazetteer().by_code(code) if code else None
    return place is not None and code != around and gazetteer().inside(place, around)
