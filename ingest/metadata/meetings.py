"""The meeting a report was given at or belongs to: the one it was given at (在…上的讲话), else one it names."""

import re
from collections.abc import Iterator

from ingest.metadata.findings import Finding, Words
from ingest.metadata.report import Report

_N = "一二三四五六七八九十"
_NAME = r"[^，。；：“”（）()《》！\s——]"
_GIVEN_AT = re.compile(
    rf"在(?P<name>(?:{_NAME}|[（(]扩大[）)]){{2,40}}?(?:大会|会议|全会|全委会|执委会|座谈会|推进会|动员会|部署会|论坛|研讨会|开班式|"
    r"培训班|[启揭开]\S{0,4}仪式|仪式|年会|例会|代表会|学习班|会上))(?:（扩大）|\(扩大\))?上?(?:的|作的|所作的|召开时的)?"
    r"(?=(?:主持|主旨|工作|致?开幕|闭幕|总结|表态|交流)?(?:讲话|报告|致辞|致词|发言|贺词))"
)
_HELD = re.compile(
    rf"{_NAME}{{0,16}}?第[{_N}百]+(?:届|次)(?:会员|全国|委员会第[{_N}]+次)*"
    r"(?:代表大会|全体会议|全委会|全会|会议)(?!以来|确定|精神|召开以来|的?(?:部署|要求|目标|任务))"
)
_PLENUM = re.compile(r"(?:[^，。；：“”\s在]{0,10}总工会)?[^，。；：“”\s在]{0,8}(?:全委会|全委扩大会议|工作会议)(?=上)")
# A congress that opens or has opened: 随着X工会第六次代表大会的召开, X工会十七大即将隆重开幕.
_CONGRESS = re.compile(rf"第[{_N}百]+次(?:会员|全国)*代表大会|工会[{_N}]{{1,3}}大")
_NAMED = 16  # characters before it that may tell whose it is
_OPENS = re.compile(
    rf"(?P<name>{_NAME}{{0,{_NAMED}}}?(?:{_CONGRESS.pattern}))"
    r"[，,]?(?:的|即将|将于[^，。；]{0,12}|将在[^，。；]{0,12}|隆重|胜利|圆满|成功)*(?:召开|开幕|举行)(?!以来)"
)
_LEAD = re.compile(
    r"^(?:[（(]?\d{4}年(?:\d{1,2}月)?(?:\d{1,2}日)?)?(?:.{0,10}(?:召开|举行|举办|期盼|愿望)(?:了|的)?)?(?:热烈庆祝|庆祝|在|迎接|献给|关于|随着|迎来|乘着|喜迎|刚刚)?"
)


def _given_at(words: Words) -> Finding | None:
    match = _GIVEN_AT.search(words.text)
    if match is None:
        return None
    at = match.end("name")
    start = words.text.rfind("在", 0, at) if "在" in match["name"] else match.start("name") - 1
    name = words.text[start + 1 : at].removesuffix("上")
    return words.finding("meeting", name, (start + 1, start + 1 + len(name)))


def _held(words: Words) -> Iterator[tuple[str, int]]:
    """(name, start) of the meetings that words name by number."""
    for match in _HELD.finditer(words.text):
        yield _freed(words.text, *match.span())


def _opened(words: Words) -> Iterator[tuple[str, int]]:
    """(name, start) of the congresses of which words say that they opened or open."""
    free = 0
    for congress in _CONGRESS.finditer(words.text):
        for start in range(max(free, congress.start() - _NAMED), congress.start() + 1):
            if match := _OPENS.match(words.text, start):
                free = match.end()
                yield _freed(words.text, *match.span("name"))
                break


def _freed(text: str, start: int, end: int) -> tuple[str, int]:
    """(name, start) of a meeting without dashes and words that lead to it."""
    while start < end and text[start] == "—":
        start += 1
    head = _LEAD.match(text[start:end])
    start += head.end() if head else 0
    return text[start:end], start


def meeting(report: Report, own: str) -> Finding | None:
    """The meeting of a report. ``own`` is the short name of its place (or 中国工会): a congress that the text names is
    that of its own union, or another's and only mentioned."""
    notes = [line for line in report.head if line.how == "note"]
    for words in (report.title, *notes):
        if found := _given_at(words):
            return found
    for words in (report.title, *notes):
        for name, start in _held(words):
            return words.finding("meeting", name, (start, start + len(name)))
    if match := _PLENUM.search(report.title.text):
        lead = _LEAD.match(match.group())
        start = match.start() + (lead.end() if lead else 0)
        return report.title.finding("meeting", report.title.text[start : match.end()], (start, match.end()))
    for name, start in _held(report.opening):
        if "工会" in name or "工代会" in name:
            how = "opening" if own and own in name else "mention"
            return report.opening.finding("meeting", name, (start, start + len(name)), how)
    for name, start in _opened(report.body) if own else ():
        if own in name and "工会" in name:
            return report.body.finding("meeting", name, (start, start + len(name)), "mention")
    return None
