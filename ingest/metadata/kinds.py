"""What type of document a report is: by the word its title ends in, else by what its opening says it does."""

import re

from ingest.metadata.findings import Finding
from ingest.metadata.report import Report

#: Type → the words for it in a title. Types of official documents after 党政机关公文处理工作条例 (2012) as far as unions
#: use them, and the kinds of writing that unions publish.
KINDS = (
    ("讲话", r"讲话(?:稿|提纲|摘要)?|致辞|致词|发言(?:稿|提纲|材料)?|贺词"),
    ("综述", r"回顾.*展望"),
    ("工作总结", r"总结[和及与暨、].*(?:打算|计划|安排|要点|思路)"),
    ("展望", r"展望|工作打算|将以更"),
    ("倡议书", r"倡议书?|公开信|慰问信"),
    ("通知", r"通知|通告|公告"),
    ("通报", r"通报"),
    ("方案", r"方案|预案"),
    ("意见", r"意见"),
    ("办法", r"办法|规定|细则|条例|章程|制度"),
    ("决议", r"决议|决定|公报"),
    ("规划", r"规划(?:纲要)?"),
    ("工作要点", r"要点|计划|工作安排"),
    ("工作总结", r"总结"),
    ("调研报告", r"(?:调研|调查|考察|研究)报告"),
    ("述职报告", r"述职(?:述廉)?报告"),
    ("经验材料", r"(?:经验|交流|典型|事迹|汇报)材料|典型案例|经验做法|先进事迹"),
    ("工作报告", r"报告|工作情况|汇报"),
    ("纪实", r"纪实|记事|侧记|札记"),
    ("综述", r"综述|回眸|回顾|巡礼|扫描|掠影|观察|成就|概述"),
    ("体会文章", r"体会|思考|心得|启示"),
    ("综述", r"以来|五年|年来"),
)
_WHOLE = ("调研报告", "述职报告", "经验材料")  # their words hold those of other types
_CLOSED = r"(?:[（(][^（）()\n]{1,14}[）)])?$"
_ENDS = tuple((kind, re.compile(rf"(?:{words}){_CLOSED}", re.M)) for kind, words in KINDS[:-1])
_HOLDS = tuple(
    (kind, re.compile(words))
    for kind, words in sorted(KINDS, key=lambda row: row[0] not in _WHOLE)
    if kind not in ("意见", "办法", "决议", "规划", "通报")  # topics more often than types: 落实…意见 工作综述
)
_SAYS = (
    ("工作报告", re.compile(r"请予审议|请审议|报告工作|作(?:工作)?报告|[现将][^。]{0,40}(?:报告|汇报)如下")),
    ("工作总结", re.compile(r"[现将][^。]{0,40}总结如下")),
    ("通知", re.compile(r"(?:现将|现就)?[^。]{0,40}通知如下|特此通知")),
    ("意见", re.compile(r"提出如下(?:实施)?意见|提出以下(?:实施)?意见")),
    ("方案", re.compile(r"制定(?:本|如下|以下)(?:实施|工作|活动)?方案")),
    ("办法", re.compile(r"制定本(?:办法|规定|细则|制度)")),
    ("倡议书", re.compile(r"(?:发出|提出)(?:如下|以下)?倡议[：:]")),
    ("讲话", re.compile(r"(?:我|现)[^。]{0,20}(?:讲|强调|谈)[^。]{0,6}(?:点|个)(?:意见|方面|问题)")),
    ("新闻", re.compile(r"^(?:本报|本网|本刊)[^。]{0,12}(?:讯|电)|^[^。]{0,20}讯[（(](?:记者|通讯员)")),
)
_FINISHED = re.compile(r"完成情况")
_TOLD = re.compile(
    r"[一二三四五六七八九十两几\d]+年(?:多|间)?来|过去(?:的)?[一二三四五六七八九十几\d]+年|近年来|[今去]年以来|以来"
)
_URGED = re.compile(r"(?:必须|应当|我们要|(?<=[工会，。])要)(?=[\u4e00-\u9fff])")
_OFTEN_URGED = 6


def kind(report: Report, placed: bool) -> Finding | None:
    """The type of a report. ``placed``: it comes from a known place or unit, and so tells of its work.

    A report whose title and opening name no type is a 综述 where it tells of a span of time, and a 体会文章 where it
    comes from nowhere and urges; both only by its wording.
    """
    title = report.title
    for name, pattern in _ENDS:
        if match := pattern.search(title.text):
            return title.finding("type", name, match.span())
    for name, pattern in _HOLDS:
        if match := pattern.search(title.text):
            return title.finding("type", name, match.span(), "title_word")
    opening = report.opening
    for name, pattern in _SAYS:
        if match := pattern.search(opening.text):
            return opening.finding("type", name, match.span())
    for heading in report.headings:
        if match := _FINISHED.search(heading.text):
            return heading.finding("type", "工作总结", match.span())
    for line in report.head:
        if line.how == "salutation":
            return line.finding("type", "讲话", (0, len(line.text)), "wording")
    if placed and (match := _TOLD.search(opening.text)):
        return opening.finding("type", "综述", match.span(), "wording")
    urged = list(_URGED.finditer(report.body.text))
    if not placed and len(urged) >= _OFTEN_URGED:
        return report.body.finding("type", "体会文章", urged[0].span(), "wording")
    return None
