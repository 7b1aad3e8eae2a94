"""The head of a report: who issues it, its title and subtitle, the date, the salutation."""

import re
from collections.abc import Sequence

from ingest.blocks import Block, Role
from ingest.dates import is_date
from ingest.imprint import is_organ, red_head, stands_apart
from ingest.lines import Line
from ingest.numbering import numbering

_SALUTATION = re.compile(r"^(?:各位|同志们|尊敬的|女士们|朋友们)(?:[^。；！]{0,30}[：:]|[^。；！，]{0,12}[！!]?)$")
_ANNEX = re.compile(r"^[【（(]?附\s*(?:件|录|表|图)?\s*[\d一二三四五六七八九十]{0,2}\s*(?:[：:][^：:]{0,60}|[】）)])?$")
_GENRE = re.compile(
    r"(?:报告|总结|讲话|综述|展望|纪实|侧记|回眸|巡礼|材料|要点|计划|方案|意见|致辞|发言|体会|打算|汇报|记事|掠影)"
    r"(?:[（(][^（）()]{1,12}[）)])?$"
)
_OPEN, _CLOSE = "（(", "）)"
# A title that says nothing but the genre: whose it is stands in the line above.
_BARE = re.compile(
    r"^(?:\d{4}\s*年度?)?(?:上半年|年度|年终)?(?:工会)?(?:工作)?(?:报告|总结|综述|汇报|要点|计划|打算|材料)$"
)
_SUBTITLE = re.compile(r"^(?:——|―|—|--)")
_ENDED = re.compile(r"[。；：:，,]$")
_LONGEST = 70
_MOST = 8


def is_salutation(text: str) -> bool:
    """True for a line that only addresses the hearers (各位代表、同志们：)."""
    return bool(_SALUTATION.match(text))


def is_annex(text: str) -> bool:
    """True for the heading of an annex (附件1, 附件：困难职工名单)."""
    return bool(_ANNEX.match(text)) and not text.endswith(("。", "；"))


def is_note(text: str) -> bool:
    """True for a line that stands in brackets as a whole: an editor's note, an author."""
    if text[:1] not in ("（", "("):
        return False
    depth = 0
    for at, char in enumerate(text):
        depth += (char in _OPEN) - (char in _CLOSE)
        if depth <= 0:
            return at > 4 and at == len(text) - 1
    return False


def _goes_on(title: Sequence[Line], line: Line) -> bool:
    """True where a title is broken before ``line``: right below it, or only the two together name a genre."""
    if line.gap == 0 and len(line.text) <= 40 and not _GENRE.search(title[-1].text):
        return True
    return not _GENRE.search(title[-1].text) and bool(_GENRE.search(line.text)) and len(line.text) <= 30


def head(lines: Sequence[Line], known: int = 0) -> tuple[list[Block], int]:
    """(blocks of the head, number of lines it takes up) of a report.

    ``known`` first lines are the title by the table of contents. A report may have no head at all.
    """
    title: list[Line] = list(lines[:known])
    roles: list[tuple[Role, Line]] = [("title", line) for line in title]
    organ_first = False
    for line in lines[known : known + _MOST]:
        text = line.text
        if is_salutation(text):
            if not title:
                break
            roles.append(("salutation", line))
            break
        if title and is_note(text):
            roles.append(("note", line))
        elif is_date(text):
            roles.append(("date", line))
        elif not title and red_head(text):
            roles.append(("issuer", line))
        elif stands_apart(text) and (title or red_head(lines[0].text)):
            roles.append(("note", line))
        elif len(text) > _LONGEST or _ENDED.search(text) or numbering(text):
            break
        elif title and _SUBTITLE.match(text):
            roles.append(("title", line))
            title.append(line)
        elif is_organ(text) and not known and (not title or line.gap > 0):
            roles.append(("issuer", line))
            organ_first = organ_first or not title
        elif not title or (not known and roles[-1][0] == "title" and _goes_on(title, line)):
            roles.append(("title", line))
            title.append(line)
        else:
            break
    if not title:
        # A body's name alone heads the report where nothing else does; else there is no head.
        if not organ_first or len(roles) == len(lines):
            return [], 0
        roles = [("title" if role == "issuer" else role, line) for role, line in roles]
    elif organ_first and _BARE.match(title[0].text):
        roles = [
            ("title", line) if role == "issuer" and line.start < title[0].start else (role, line)
            for role, line in roles
        ]
    if len(roles) == len(lines) and len(lines) > known + 1:
        roles = roles[: max(known, 1)]
    return _blocks(roles), len(roles)


def _blocks(roles: Sequence[tuple[Role, Line]]) -> list[Block]:
    """One block per line, a title's broken lines joined; its subtitle is a block by itself."""
    blocks: list[Block] = []
    for role, line in roles:
        joins = blocks and role == "title" == blocks[-1].role and not _SUBTITLE.match(line.text)
        if joins:
            blocks[-1] = Block("title", (*blocks[-1].lines, line))
        else:
            blocks.append(Block(role, (line,)))
    return blocks
