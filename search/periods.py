"""The period that a claim or a document speaks of, as a few characters that can be told, chosen and put in order."""

import re

from corpus.model import Claim, Document
from graph.periods import document_years

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def document_period(document: Document) -> str:
    """The years that a document speaks of (2018—2023), else its period as written, else the year of its date, else ""."""
    years = document_years(document)
    if years:
        return "—".join(str(year) for year in dict.fromkeys(years))
    return document.period or document.date[:4]


def claim_period(claim: Claim, document: Document) -> str:
    """The years that a claim names, else the period of its document."""
    return claim.period or document_period(document)


def when(period: str, document: Document | None = None) -> tuple[int, int]:
    """What puts periods in order: the last year and the first; (0, 0) where no year is known."""
    years = [int(year) for year in _YEAR.findall(period)]
    if not years and document and document.date[:4].isdigit():
        years = [int(document.date[:4])]
    return (max(years), min(years)) if years else (0, 0)
