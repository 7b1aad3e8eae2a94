"""The span of time a report covers, as written: the title's, else the opening's."""

import re

from ingest.metadata.findings import Finding
from ingest.metadata.report import Report

_N = "一二三四五六七八九十两"
_Y = r"(?:19|20)\d\d"
_SPAN = re.compile(
    rf"{_Y}\s*年?\s*(?:[-—–－~～至到]{{1,2}})\s*{_Y}\s*年(?:度)?|{_Y}\s*年?\s*\d{{1,2}}\s*月\s*(?:[-—–－~～至到]{{1,2}})\s*(?:{_Y}\s*年\s*)?\d{{1,2}}\s*月"
)
_MONTHS = re.compile(r"\d{1,2}\s*[-—–－~～至到]{1,2}\s*\d{1,2}\s*月份?")
_YEAR = re.compile(rf"{_Y}\s*年度?(?!代|\d|\s*\d{{1,2}}\s*月)(?:以来|[上下]半年|第?[一二三四]季度|前三季度|工作年度)?")
_SINCE = re.compile(
    rf"[^，。；：“”（）《》\s]{{0,16}}?(?:第[{_N}百]+次(?:会员)?(?:全国)?代表大会|(?:工会|工代会)?[{_N}]{{1,3}}大|第[{_N}百]+次工代会|工会成立)"
    r"(?:召开)?以来"
)
_PLAN = re.compile(r"[“‘]?十[一二三四五六]五[”’]?(?:时期|期间|以来|规划期)")
_YEARS = re.compile(
    rf"(?:过去|未来|今后|近)\s*的?\s*(?:[{_N}\d]{{1,2}})\s*年(?:来|间)?|[{_N}\d]{{1,2}}\s*年(?:多)?来|本届(?:委员会)?任期内?|届期内|任期内"
)
_LOOSE = re.compile(r"[今去]年以来|[上下]半年|前三季度|第?[一二三四]季度|过去几年|近年来")
_AROUND = re.compile(
    rf"(?<!\d)[{_N}\d]{{1,2}}年(?=工作|成就|深度|砥砺|综述|回眸|回顾|发展|历程|答卷|巡礼)|(?<!\d)[{_N}\d]{{1,2}}年间"
)
_PLAN_TITLE = re.compile(
    r"[“‘]十[一二三四五六]五[”’](?:时期|期间|以来)?|十[一二三四五六]五(?:时期|期间|以来|(?=规划|工作))"
)
_IN_TITLE = (_SPAN, _YEAR, _PLAN_TITLE, _YEARS, _SINCE, _LOOSE, _MONTHS, _AROUND)
_IN_OPENING = (_YEARS, _SINCE, _SPAN, _PLAN, _LOOSE, _AROUND)


def _spread(words: str) -> str:
    return re.sub(r"\s", "", words)


def period(report: Report) -> Finding | None:
    """The span of time a report covers; a bare year that the opening names may be any year, and is only mentioned."""
    for pattern in _IN_TITLE:
        if match := pattern.search(report.title.text):
            return report.title.finding("period", _spread(match.group()), match.span())
    opening = report.opening
    for pattern in _IN_OPENING:
        if match := pattern.search(opening.text) if pattern is not _SINCE or "以来" in opening.text else None:
            return opening.finding("period", _spread(match.group()), match.span())
    if match := _YEAR.search(opening.text):
        return opening.finding("period", _spread(match.group()), match.span(), "mention")
    return None
