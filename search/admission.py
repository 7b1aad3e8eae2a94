"""Which sentences about a topic count for a question, and the reason where one does not."""

from dataclasses import dataclass, replace

from corpus.fields import CLAIM_STATUS, LEVELS
from corpus.model import ClaimStatus, Document
from corpus.places import gazetteer
from corpus.said import Doer, Manner
from graph.periods import Years
from search.claims import Head
from search.conditions import Conditions
from search.periods import when
from search.questions import Question
from search.years import may_speak_of, overlap

ORDER: dict[ClaimStatus, int] = {status: number for number, status in enumerate(CLAIM_STATUS)}
#: The levels of places that answer a question for a level; "" is a question for 地方, 哪里.
ANSWERING = {
    "": frozenset({"province", "city", "county"}),
    "province": frozenset({"province"}),
    "city": frozenset({"city", "county"}),
    "county": frozenset({"county"}),
    "township": frozenset({"county"}),  # no finer place is known; the sentence may name it
    "enterprise": frozenset({"enterprise", "department"}),
}
#: What the places of a level are called.
CALLED = {
    "": "地方",
    "province": "省",
    "city": "市县",
    "county": "区县",
    "township": "区县",
    "enterprise": "单位",
}


def answers_level(level: str, wanted: str) -> bool:
    """True where a place of ``level`` answers a question for ``wanted``."""
    return level in ANSWERING.get(wanted, ANSWERING[""])


def _division(doer: Doer, manner: Manner, document: Document) -> str:
    """The code of the division that a doer is or stands in; a unit has none of its own."""
    if code := doer.place_code or manner.parent_code:
        return code
    province = gazetteer().resolve(document.province) if document.province else None
    return province.code if province else ""


@dataclass(frozen=True, slots=True)
class Admission:
    """Judges the claims of a question; ``level`` is the one asked for."""

    question: Question
    level: str

    def read(self, claim: Head, document: Document) -> Head:
        """The claim as the question means it: who was given something is the document's place, where an outsider gave."""
        given = claim.doer.place_code and claim.manner.how == "sentence" and document.level != "national"
        if not self.question.received or not given:
            return claim
        if Conditions(within=(document.place_code,)).admits(claim.doer.place_code):
            return claim
        own = Doer(document.place, document.place_code, document.level)
        return replace(claim, doer=own, manner=claim.manner._replace(how="document"))

    @property
    def narrow(self) -> bool:
        """True where it counts where or when something was done."""
        conditions = self.question.conditions
        return bool(conditions.within or conditions.excluded or conditions.years)

    def refusal(self, claim: Head, document: Document) -> str:
        """Why a claim that is about the topic does not count, in Chinese; "" where it does."""
        doer, manner = claim.doer, claim.manner
        return self.of_doer(doer) or self.of_circumstances(doer, manner, document) or self.of_status(manner.status)

    def of_doer(self, doer: Doer) -> str:
        """Why nothing that someone did counts."""
        if not doer.place:
            return "原文没有写明或隐去了是哪个地方"
        if not answers_level(doer.level, self.level) and not self.question.anyone:
            return f"问的是{CALLED[self.level]}，{doer.place}是{LEVELS[doer.level]}"
        return ""

    def of_circumstances(self, doer: Doer, manner: Manner, document: Document) -> str:
        """Why something doesn't count where or when it was done."""
        conditions = self.question.conditions
        if not conditions.admits(_division(doer, manner, document)):
            return f"{doer.place}不在问题限定的地方之内"
        if conditions.years and not _timely(manner, document, conditions.years):
            return "写的不是问题限定的年份"
        return ""

    def of_status(self, status: ClaimStatus) -> str:
        """Why what was done, or is planned, doesn't count."""
        if self.question.status == "done" and status == "planned":
            return "只是计划，问的是已经做的"
        if self.question.status == "planned" and status != "planned":
            return f"{CLAIM_STATUS[status]}，问的是计划"
        return ""


def _timely(manner: Manner, document: Document, years: Years) -> bool:
    """True for a claim of the years asked for: those that its sentence names come before those of its document."""
    last, first = when(manner.period)
    return overlap((first, last), years) if last else may_speak_of(document, years)
