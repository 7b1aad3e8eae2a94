"""Facts: the figures of a claim, each with what it counts. What touches a doubtful span is kept apart: it never answers."""

from collections.abc import Iterable

from corpus.model import Claim, Fact, Repair, digest
from graph.figures import find_figures
from graph.subjects import subjects


def untrusted(start: int, end: int, doubtful: Iterable[Repair]) -> bool:
    """True where a figure at ``start:end`` touches a span that nobody vouches for: beside □□, 5万元 may be 205万元."""
    return bool(_doubt(start, end, doubtful))


def _doubt(start: int, end: int, doubtful: Iterable[Repair]) -> str:
    """Why a figure at ``start:end`` must not be trusted, in Chinese; "" where it may."""
    reasons = dict.fromkeys(repair.reason for repair in doubtful if repair.start <= end and start <= repair.end)
    return "；".join(reasons)


def extract_facts(claim: Claim, doubtful: Iterable[Repair] = ()) -> list[Fact]:
    """The facts of a claim; ``doubtful`` are the repairs of its document whose spans must not be trusted."""
    figures = find_figures(claim.text)
    if not figures:
        return []
    repairs = [r for r in doubtful if r.end >= claim.start and r.start <= claim.end]
    return [
        Fact(
            id=digest(claim.id, str(claim.start + figure.start), str(claim.start + figure.end)),
            claim_id=claim.id,
            document_id=claim.document_id,
            passage_id=claim.passage_id,
            subject=subject,
            value=figure.value,
            value_max=figure.value_max,
            unit=figure.unit,
            qualifier=figure.qualifier,
            tense="target" if claim.status == "planned" else "done",
            place=claim.place,
            place_code=claim.place_code,
            start=claim.start + figure.start,
            end=claim.start + figure.end,
            kind=figure.kind,
            base=figure.base,
            doubtful=_doubt(claim.start + figure.start, claim.start + figure.end, repairs),
        )
        for figure, subject in zip(figures, subjects(claim.text, figures), strict=True)
    ]
