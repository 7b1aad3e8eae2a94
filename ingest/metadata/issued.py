"""When a report was issued or given: date lines, labels, signature, number, title, cover."""

import re

from ingest.dates import find, is_date
from ingest.imprint import labels, number_year, signed
from ingest.metadata.findings import Finding, Words
from ingest.metadata.report import Report

_LABELS = ("成文日期", "印发日期", "发布时间", "发布日期", "日期", "时间")
_GIVEN_ON = re.compile(r"(?:^|[\s—（(])(?=[12]\d{3}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日[^，。]{0,4}在)", re.M)
_YEAR = re.compile(r"20\d\d\s*年")


def _first(words: Words, at: int = 0, how: str = "") -> Finding | None:
    """The first date of some words from a place on; one that can't be as it stands is only mentioned."""
    date = next(find(words.text[at:]), None)
    if date is None:
        return None
    return words.finding("date", date.iso, (at + date.start, at + date.end), how if date.whole else "mention")


def _around(report: Report) -> Finding | None:
    for line in report.head:
        if is_date(line.text) and (found := _first(line, how="date_line")):
            return found
    for words in (report.title, *report.head):
        if (match := _GIVEN_ON.search(words.text)) and (found := _first(words, match.end(), "date_line")):
            return found
    for line in report.head:
        named = labels(line.text)
        for label in _LABELS:
            if label in named:
                words = Words(named[label].name, line.start + named[label].start, "label")
                if found := _first(words, how="label"):
                    return found
    for line in report.head:
        # （2023年1月5日 李梅）, （2023年1月5日某某大会通过)
        if line.how == "note" and (found := _first(line, how="note")) and "-" in found.value:
            return found
    return None


def date(report: Report) -> Finding | None:
    """The date of a report. The year in a title is the year it tells of or plans, so only likely that of the report."""
    if found := _around(report):
        return found
    for line in report.foot:
        if (is_date(line.text) or signed(line.text)) and (found := _first(line, how="signature")):
            return found
    for line in report.head:
        if year := number_year(line.text):
            return line.finding("date", year.name, (year.start, year.end), "number")
    for words in (report.title, report.cover):
        if (match := _YEAR.search(words.text)) and (found := _first(words, match.start(), "mention")):
            return found
    return None
