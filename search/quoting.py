"""Sentences that count for a place question, as they are quoted: with what to point out in them and what they count."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Self

import numpy as np
from numpy.typing import NDArray

from corpus.doubts import Doubts
from corpus.model import Claim, Document, Fact
from search.answers import ClaimEvidence, Span
from search.claims import ClaimIndex, Head
from search.clauses import Rows
from search.columns import FigureIndex, topical, written
from search.inquiry import Inquiry
from search.presence import Floats


@dataclass(frozen=True)
class Row:
    """A claim about what an inquiry looks for, read: the confidence that it is, its clauses that are, further spans of its
    text to point out; ``figured``: figures that may be trusted stand in it."""

    claim: Claim
    inquiry: Inquiry
    confidence: float
    clauses: tuple[int, ...]
    figured: bool
    further: tuple[Span, ...] = ()

    @cached_property
    def marks(self) -> tuple[Span, ...]:
        """Spans of the claim's text that speak of the topic."""
        return _merged((*self.inquiry.marks(self.claim, self.clauses), *self.further))


@dataclass(frozen=True, slots=True)
class Found:
    """A claim in short about what an inquiry looks for: the confidence that it is, its clauses that are; ``others`` are
    other inquiries and the clauses of the same sentence that they found."""

    head: Head
    inquiry: Inquiry
    confidence: float
    clauses: tuple[int, ...]
    others: tuple[tuple[Inquiry, tuple[int, ...]], ...] = ()

    def with_clauses(self, other: Self) -> Self:
        """The same, with what another inquiry found in the sentence."""
        return replace(self, others=(*self.others, (other.inquiry, other.clauses), *other.others))

    def read(self, claim: Claim) -> Row:
        """The row, its words read. Who did it is whom the head names."""
        if (claim.place, claim.place_code) != self.head.doer[:2]:
            claim = replace(claim, **self.head.doer._asdict(), doer="", how=self.head.manner.how)
        further = tuple(span for inquiry, clauses in self.others for span in inquiry.marks(claim, clauses))
        return Row(claim, self.inquiry, self.confidence, self.clauses, self.head.manner.figured, further)


@dataclass(frozen=True, slots=True)
class About:
    """The claims that an inquiry finds, whoever's they are, in reading order, as columns (claims,): their numbers, and the
    confidence that they are about what it looks for; the clauses that are begin at ``starts`` (claims + 1,)."""

    inquiry: Inquiry
    numbers: Rows
    confidence: Floats
    clauses: Rows
    starts: NDArray[np.int64]

    @classmethod
    def of(cls, inquiry: Inquiry) -> Self:
        """What there is in the library; claims that have been removed from it since are missing."""
        found = inquiry.matches()
        found = found.where(inquiry.index.present(found.owners))
        begins = np.flatnonzero(np.diff(found.owners, prepend=np.int32(-1)))
        confidence = np.maximum.reduceat(found.confidence, begins) if len(begins) else found.confidence
        return cls(inquiry, found.owners[begins], confidence, found.clauses, np.append(begins, len(found.clauses)))

    def found(self, at: int, head: Head) -> "Found":
        """The claim at a place of the columns, whose ``head`` it is."""
        clauses = tuple(self.clauses[self.starts[at] : self.starts[at + 1]].tolist())
        return Found(head, self.inquiry, float(self.confidence[at]), clauses)


def found_about(inquiry: Inquiry) -> list[Found]:
    """The claims that an inquiry finds, whoever's they are, in reading order."""
    about = About.of(inquiry)
    heads = inquiry.index.heads(about.numbers.tolist())
    return [about.found(at, heads[number]) for at, number in enumerate(about.numbers.tolist()) if number in heads]


def read(index: ClaimIndex, found: Iterable[Found]) -> dict[int, Row]:
    """The rows of what was found, by the numbers of their claims; those removed from the library since are missing."""
    wanted = {one.head.number: one for one in found}
    noted: dict[Inquiry, list[int]] = {}
    for one in wanted.values():
        for inquiry, clauses in ((one.inquiry, one.clauses), *one.others):
            noted.setdefault(inquiry, []).extend(clauses)
    for inquiry, numbers in noted.items():
        inquiry.note(numbers)
    return {number: wanted[number].read(claim) for number, claim in index.claims(wanted).items()}


class Quoter:
    """Quotes claims from the ``documents`` of a library."""

    def __init__(self, documents: Mapping[str, Document], figures: FigureIndex, doubts: Doubts) -> None:
        self._documents = documents
        self._figures = figures
        self._doubts = doubts

    def figures(self, row: Row) -> list[Fact]:
        """The figures of a claim that count what was asked about."""
        found = self._within(row)
        return topical(row.claim, found, row.marks) if found else []

    def _within(self, row: Row) -> list[Fact]:
        return self._figures.within(row.claim) if row.figured else []

    def prepare(self, rows: Iterable[Row]) -> None:
        """Read what is doubtful in the documents of claims that will be quoted, all at once."""
        self._doubts.read(row.claim.document_id for row in rows)

    def evidence(self, row: Row) -> ClaimEvidence:
        """A claim as evidence."""
        claim = row.claim
        reasons = dict.fromkeys(reason for clause in row.clauses for reason in row.inquiry.reasons(clause))
        return ClaimEvidence(
            sentence=claim.text,
            figures=tuple(written(claim, fact) for fact in self._within(row)),
            document_id=claim.document_id,
            title=self._documents[claim.document_id].title,
            passage_id=claim.passage_id,
            start=claim.start,
            end=claim.end,
            marks=row.marks,
            doubtful=self._doubts.within(claim.document_id, claim.start, claim.end),
            status=claim.status,
            confidence=round(row.confidence, 3),
            period=claim.period,
            doer=_doer(claim),
            why=(*reasons, _attributed(claim)),
        )


def _attributed(claim: Claim) -> str:
    """Where it was read who did it."""
    if claim.how == "sentence":
        return f"句中点名“{claim.doer}”"
    if claim.how == "section":
        return f"小标题点名“{claim.doer}”"
    return f"文献写的是{claim.place}" if claim.place else "文献没有写明地方"


def _doer(claim: Claim) -> Span | None:
    """Where the words stand that name the doer; None where the sentence leaves it to its document."""
    start = claim.text.find(claim.doer) if claim.doer and claim.how == "sentence" else -1
    return (start, start + len(claim.doer)) if start >= 0 else None


def _merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)
