"""What a report says of itself: title, place, level, type, period, date, meeting, issuer, speaker, each with the words
that say so. Read, never inferred from outside: what the text doesn't say stays empty and has no evidence."""

import re
from dataclasses import dataclass

from corpus.model import Level
from corpus.places import gazetteer
from ingest.metadata.findings import Finding
from ingest.metadata.issued import date
from ingest.metadata.issuers import issuer
from ingest.metadata.kinds import kind
from ingest.metadata.meetings import meeting
from ingest.metadata.periods import period
from ingest.metadata.places import PlaceReader
from ingest.metadata.report import Report
from ingest.metadata.speakers import speaker


@dataclass(frozen=True, slots=True)
class Metadata:
    """The fields of corpus.model.Document that are read from the text, "" for what it doesn't say; ``findings`` tells
    for each of the others where it was read."""

    title: str
    place: str
    place_code: str
    province: str
    level: Level
    type: str
    period: str
    date: str
    meeting: str
    issuer: str
    speaker: str
    findings: tuple[Finding, ...]


def _title(report: Report) -> Finding:
    words = re.sub(r"\s+", " ", re.sub(r"\s*\n\s*", "", report.title.text))
    return report.title.finding("title", words, (0, len(report.title.text)), "contents" if report.listed else "")


def metadata(report: Report) -> Metadata:
    """The metadata of a report, with the evidence for every field."""
    where = PlaceReader(report).read()
    province = gazetteer().province(where.division) if where.division else None
    type_ = kind(report, bool(where.place))
    own = "中国工会" if where.level == "national" else where.division.short if where.division else where.place
    readings = (_title(report), type_, period(report), date(report), meeting(report, own), issuer(report))
    findings = [found for found in (*readings, speaker(report, type_.value if type_ else "")) if found]
    value = {found.field: found.value for found in findings}
    return Metadata(
        value["title"],
        where.place,
        where.division.code if where.division else "",
        province.name if province else "",
        where.level,
        value.get("type", ""),
        value.get("period", ""),
        value.get("date", ""),
        value.get("meeting", ""),
        value.get("issuer", ""),
        value.get("speaker", ""),
        (*findings, *where.findings),
    )
