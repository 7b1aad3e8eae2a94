"""Who gave a speech or a report, where it is clearly named: in the title, a byline, a label. A mask is no name."""

import re

from ingest.imprint import byline, labels
from ingest.metadata.findings import Finding, Words
from ingest.metadata.report import Report
from ingest.names import NAME, is_name, plain

SPOKEN = ("讲话", "工作报告", "述职报告")
_LABELS = ("报告人", "讲话人", "述职人", "发言人", "主讲人")
_BEFORE = r"(?:^|(?<=[\s—：])|(?<=主席)|(?<=书记)|(?<=主任)|(?<=常委)|(?<=[部局会院市县区州省]长))"
_IN_TITLE = re.compile(
    rf"{_BEFORE}(?P<name>{NAME})(?:同志)?(?=(?:\d{{4}}年\S{{0,6}}日)?在[^，。]{{2,60}}上的)"
    rf"|{_BEFORE}(?P<comrade>{NAME})(?=同志)"
)
_AFTER_TITLE = re.compile(
    rf"(?:讲话|报告|致辞|发言)[\s\u3000]+(?:\S{{2,30}}(?:主席|书记|主任|长)\s*)?(?P<name>{NAME})$"
)


def _in_title(title: Words) -> Finding | None:
    for line in re.finditer(r"[^\n]+", title.text):
        for form in (_IN_TITLE, _AFTER_TITLE):
            for match in form.finditer(line.group()):
                group = next(group for group in match.groupdict() if match[group])
                if is_name(match[group]):
                    span = (line.start() + match.start(group), line.start() + match.end(group))
                    return title.finding("speaker", plain(match[group]), span)
    return None


def speaker(report: Report, kind: str) -> Finding | None:
    """The person who speaks; the author of an article or a news item is none."""
    for line in (*report.head, *report.foot):
        for label, named in labels(line.text).items():
            if label in _LABELS and is_name(named.name):
                return line.finding("speaker", plain(named.name), (named.start, named.end), "label")
    if kind not in SPOKEN:
        return None
    if found := _in_title(report.title):
        return found
    for line in report.head:
        if name := byline(line.text):
            return line.finding("speaker", name.name, (name.start, name.end), "byline")
    return None
