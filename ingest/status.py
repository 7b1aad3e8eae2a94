"""What a section tells: what was done, or what is planned; by its heading, its years and its modality."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.model import SectionStatus
from corpus.sentences import sentences

# Words of time settle it; words that name a kind of chapter only where the sections around say nothing.
_AHEAD = re.compile(
    r"今后|未来|下一步|下步|下一阶段|下阶段|下半年|展望|打算|明年|来年|新一年|新的一年|努力方向|工作计划|工作安排|工作部署|"
    r"工作思路|将以|将继续|怎么干|工作的建议|(?:意见|工作|几点|对策)建议|[二三四五六七八九十]五.{0,4}(?:目标|任务|时期的?(?:主要|重点)任务)"
)
_TASK = re.compile(
    r"主要任务|目标任务|工作任务|重点任务|任务要求|总体要求|总体思路|指导思想|工作目标|奋斗目标|总体目标|措施|举措的建议|"
    r"工作要求|组织领导|实施步骤|要求和建议"
)
_BACK = re.compile(
    r"过去|回顾|以来|年来|上一?年度?的?工作|去年|今年以来|(?:完成|落实|进展|开展)情况|工作总结|怎么看|已经?取得|历史性成就"
)
_RESULT = re.compile(r"成效|成绩|成就|主要工作|体会|经验|取得|工作情况|基本情况|亮点|主要做法|工作特色|启示")
_FINISHED = re.compile(r"(?:完成|落实|进展)情况")
_PROBLEM = re.compile(
    r"存在.{0,6}(?:问题|困难)|(?:主要|困难和|困难与)问题|问题[与和]|短板|不足|差距|薄弱环节|面临.{0,4}形势|不够|不到位|不平衡|偏差"
)
_YEAR = re.compile(r"(?<!\d)(20\d\d)\s*年?")
_PLAN_TITLE = re.compile(r"(?:要点|计划|方案|规划|打算|安排)(?:[（(][^（）()]*[）)])?$")
_RETROSPECT = re.compile(r"总结|综述|回顾|回眸|纪实|巡礼|掠影|侧记")
# Sentences that urge or intend, sentences that tell.
_URGED = re.compile(
    r"(?:^|[，；：、])(?:[^，；：。]{0,12}?(?<![需重主紧必只还首纲摘])要(?![求点素闻领])|将(?!近)|力争|争取|确保|努力|继续)"
)
_TOLD = re.compile(
    r"了|已|累计|先后|截至|荣获|获评|获得|被评为|圆满|达到?\s*\d|\d{4}\s*年|共[^同建]{0,6}\d|\d+\s*(?:余|多)?[万亿个名人件次家项场元]"
)
_ENOUGH = 3


@dataclass(frozen=True, slots=True)
class Period:
    """The year a report looks back on (0: its title names none; the year before a plan's), whether it only looks back,
    what its title says."""

    year: int
    retrospect: bool
    status: SectionStatus | None


def period_of(title: str) -> Period:
    """What the title of a report says of its time."""
    plan = bool(_PLAN_TITLE.search(title)) and not _RETROSPECT.search(title)
    status: SectionStatus | None = "plan" if plan else status_of(title)
    years = [int(year) for year in _YEAR.findall(title)]
    year = min(years) - (status == "plan") if years else 0
    return Period(year, bool(_RETROSPECT.search(title)) and status != "plan", status)


def _time(words: str, period: Period | None) -> SectionStatus | None:
    """What words of time and years say: done, plan, "" (both), None (nothing)."""
    plan, done = bool(_AHEAD.search(words)), bool(_BACK.search(words))
    if period and period.year:
        years = [int(year) for year in _YEAR.findall(words)]
        plan = plan or any(year > period.year for year in years)
        over = period.year + (period.retrospect or period.status == "plan")
        done = done or any(year < over for year in years)
    if _FINISHED.search(words):
        return "done"
    if plan and done:
        return ""
    return "plan" if plan else "done" if done else None


def said(heading: str, period: Period | None = None) -> tuple[SectionStatus | None, bool]:
    """(what a heading says of its section, whether words of time say it).

    The first is done, plan, "" (both, or problems), or None (nothing).
    """
    words = re.sub(r"[“”‘’]", "", heading)
    status = _time(words, period)
    if status is not None:
        return status, True
    task, result = bool(_TASK.search(words)), bool(_RESULT.search(words))
    if task != result:
        return ("plan" if task else "done"), False
    return ("" if task or _PROBLEM.search(words) else None), bool(_PROBLEM.search(words))


def status_of(heading: str) -> SectionStatus | None:
    """What a heading by itself says: done, plan, "" (both, or problems), or None (nothing)."""
    return said(heading)[0]


def modality(text: str) -> SectionStatus:
    """plan where most sentences of ``text`` urge or intend and few tell, done the other way round, "" else."""
    found = [text[start:end] for start, end in sentences(text)]
    prose = [words for words in found if len(words) >= 8 and words.endswith(("。", "！", "；", "”"))]
    urged = [bool(_URGED.search(words)) for words in prose]
    told = [bool(_TOLD.search(words)) for words in prose]
    plans = sum(a and not b for a, b in zip(urged, told, strict=True))
    tales = sum(b and not a for a, b in zip(urged, told, strict=True))
    if len(prose) < _ENOUGH:
        return ""
    if 2 * plans >= len(prose) and 6 * tales <= len(prose):
        return "plan"
    return "done" if 2 * tales >= len(prose) and 10 * plans <= len(prose) else ""


@dataclass(frozen=True, slots=True)
class Node:
    """What tells the status of a section: its heading, the index of its parent (or -1), what it is, its text.

    ``urged``: all its points say 要; ``heads``: it may be asked what it says, and may carry on the plan of the
    chapter before it; ``silent``: nothing is told or planned in it (a glossary).
    """

    heading: str
    parent: int
    text: str
    urged: bool = False
    heads: bool = True
    silent: bool = False


def statuses(nodes: Sequence[Node], title: str) -> list[SectionStatus]:
    """The status of each section of a report, in order: parents before children.

    A heading's words of time come first, then the parent's status, then the words that name a kind of chapter; a
    chapter that says nothing goes on with the plan that the heading before it spoke of, or is what most of its
    sentences are.
    """
    period = period_of(title)
    found: list[SectionStatus] = []
    asked: list[bool] = []  # whether the sentences of what lies in a section may tell what its heading doesn't
    before: SectionStatus = ""
    for node in nodes:
        own, timed = said(node.heading, period) if node.heads and len(node.heading) <= 40 else (None, False)
        above = found[node.parent] if node.parent >= 0 else ""
        told = True
        status: SectionStatus
        if node.silent:
            status = ""
        elif own is not None and (timed or not above):
            status = own
        elif node.urged:
            status = "plan"
        elif above or (node.parent >= 0 and not asked[node.parent]):
            status = above
        elif node.parent < 0 and "plan" in (before, period.status):
            status = "plan"
        else:
            status = "" if _PROBLEM.search(node.heading) else modality(node.text)
            told = False
        if node.parent < 0 and node.heads:
            before = status if told else ""
        asked.append(not node.silent and not (own == "" and _PROBLEM.search(node.heading)))
        found.append(status)
    return found
