"""The bodies that issue a report: named at its head, in a label, by its title, by its speaker, below its text."""

import re
from collections.abc import Iterator
from itertools import pairwise

from ingest.imprint import is_organ, labels, red_head, signed
from ingest.metadata.findings import Finding, Words
from ingest.metadata.report import Report

_LABELS = ("发文机关", "发文单位", "印发机关", "印发单位", "制发机关", "发布机构", "发布单位", "报送单位", "报告单位")
_UNION = r"[^，。、：；\s*＊×“”《》]{2,24}?总工会(?:办公室|党组|经费审查委员会|女职工委员会)?"
_ISSUES = re.compile(rf"^(?P<body>{_UNION})(?=关于|印发|转发)")
_OWN_REPORT = re.compile(
    rf"^(?:\d{{4}}\s*年度?)?(?P<body>{_UNION})(?=\d|[一二三四]季度|上半年|年度|工作(?:报告|总结|要点|计划|情况|打算|方案))"
)
_SPEAKS_FOR = re.compile(
    r"代表(?P<body>[^，。；、\s*＊×]{2,24}?总?工会(?:第[一二三四五六七八九十百]+届(?:委员会|执行委员会|执委会)|委员会|党组)?)"
    r"(?=[，,]?(?:委员会)?(?:向|作|做|就))"
)
_MASKED = re.compile(r"[*＊×✕□○]|[XＸ]{2}|某某?[省市县区]")


def _lines(report: Report) -> Iterator[Words]:
    """The lines and labels of head and foot that name a body, surest first."""
    for line in report.head:
        if found := red_head(line.text):
            yield Words(found.name, line.start + found.start, "red_head")
    for line in report.head:
        named = labels(line.text)
        for label in _LABELS:
            if label in named and is_organ(named[label].name):
                yield Words(named[label].name, line.start + named[label].start, "label")
    for line in report.head:
        if is_organ(line.text):
            yield Words(line.text, line.start, "issuer")
    for line in report.foot:
        if is_organ(line.text):
            yield Words(line.text, line.start, "signature")
        elif found := signed(line.text):
            yield Words(found.name, line.start + found.start, "signature")


def bodies(report: Report) -> tuple[Words, ...]:
    """The bodies that the lines around the text name; masked ones are none."""
    return tuple(words for words in _lines(report) if not _MASKED.search(words.text))


def issuer(report: Report) -> Finding | None:
    """The body that issued the report, as named. Several that sign together are joined by 、."""
    found = bodies(report)
    if found:
        joint = [words for words in found if words.how == found[0].how == "signature"] or found[:1]
        if all(b.start - (a.start + len(a.text)) <= 1 for a, b in pairwise(joint)):
            name = "、".join(words.text for words in joint)
            last = joint[-1]
            return Finding("issuer", name, joint[0].how, joint[0].start, last.start + len(last.text))
        return found[0].finding("issuer", found[0].text, (0, len(found[0].text)))
    for words, form, how in (
        (report.title, _ISSUES, "title"),
        (report.opening, _SPEAKS_FOR, "opening"),
        (report.title, _OWN_REPORT, "title_word"),
    ):
        match = form.search(words.text)
        if match and not _MASKED.search(match["body"]):
            return words.finding("issuer", match["body"], match.span("body"), how)
    return None
