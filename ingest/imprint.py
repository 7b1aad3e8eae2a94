"""The lines of an official document that stand around its text: red head, number, bodies, bylines, labels.

Forms after GB/T 9704—2012 (发文机关标志, 发文字号, 发文机关署名) and what web pages put below a title (来源：, 作者：).
"""

import re
from dataclasses import dataclass

from ingest.dates import find, is_date
from ingest.names import NAME, is_name, plain

_BODY = (
    r"[^，。、：:；\s*＊×]{2,24}?(?:工会委员会|工会联合会|总工会|工会|委员会|联合会|办公厅|办公室|集团|公司|党组|党委|[^大]厅|"
    r"(?:财政|教育|人社|人力资源和社会保障|卫生健康|交通运输|应急管理|医疗保障|税务|统计)局)"
)
_ORGAN = re.compile(rf"^{_BODY}$")
_RED_HEAD = re.compile(rf"^(?P<body>{_BODY})\s*(?:\(|（)?文\s*件(?:\)|）)?$")
_NUMBER = re.compile(
    r"^(?P<mark>[\u4e00-\u9fff]{1,12})\s*[〔\[（(【［﹝]\s*(?P<year>\d{4})\s*[〕\]）)】］﹞]\s*第?\s*\d{1,4}\s*号$"
)
_SIGNED = re.compile(rf"^(?P<body>{_BODY})\s*(?P<date>[12１２一二]\S{{3}}\s*年.{{2,12}}[日号])$")
_PRINTED = re.compile(rf"^(?P<body>{_BODY})\s*(?P<date>[12１２一二]\S{{3}}\s*年.{{2,12}}[日号])\s*印发$")
_LABEL = re.compile(
    r"(?P<label>签发人?|发文机关|发文单位|印发机关|印发单位|制发机关|发布机构|发布单位|报送单位|报告单位|报告人|讲话人|述职人|发言人|主讲人|"
    r"(?:文章|信息)?来源|作者|撰稿人?|记者|通讯员|(?:责任)?编辑|供稿|发布(?:时间|日期)|成文日期|印发日期|日期|时间|浏览(?:次数|量)|点击(?:数|量|率)?|字号|字体)"
    r"\s*[:：]\s*"
)
_POST = (
    r"(?:主席|书记|主任|常委|部长|局长|会长|[省市县区州]长|理事长|院长|校长|董事长|总经理|经理|行长|台长|主任委员|委员长|代表|秘书长|"
    r"主持|负责人|党组成员|干部)"
)
_POSTED = re.compile(rf"^(?P<post>[^。；：:（(]{{2,40}}?{_POST})(?:\s*[、，]?\s*)(?P<name>{NAME})(?:同志)?$")
_DAY = r"[12]\d{3}\s*年\s*\d{1,2}\s*月[^，。（()）]{0,6}?日?"
_DATED = re.compile(rf"^[（(]?\s*(?P<name>{NAME})?[\s，,]*{_DAY}[\s，,]*(?P<last>{NAME})?\s*[)）]?$")
_ALONE = re.compile(rf"^[（(]?\s*(?P<name>{NAME})(?:同志)?\s*[)）]?$")
_LONGEST = 70


@dataclass(frozen=True, slots=True)
class Named:
    """A name, of a body or a person, at ``start:end`` of a line."""

    name: str
    start: int
    end: int


def is_organ(line: str) -> bool:
    """True for a line that holds nothing but the name of a body (荆州市总工会)."""
    return bool(_ORGAN.match(line))


def red_head(line: str) -> Named | None:
    """The body of a line X文件."""
    match = _RED_HEAD.match(line)
    return Named(match["body"], *match.span("body")) if match else None


def number_year(line: str) -> Named | None:
    """The year of a line that is a document's number, X工发〔2023〕5号."""
    match = _NUMBER.match(line)
    return Named(match["year"], *match.span("year")) if match else None


def signed(line: str) -> Named | None:
    """The body of a line that holds it and a date, or that says who printed it and when."""
    match = _SIGNED.match(line) or _PRINTED.match(line)
    return Named(match["body"], *match.span("body")) if match and next(find(match["date"]), None) else None


def labels(line: str) -> dict[str, Named]:
    """Label → what a line says after it (来源：X 作者：Y); empty for a line that begins with no label."""
    found: dict[str, Named] = {}
    marks = list(_LABEL.finditer(line))
    if not marks or marks[0].start() > 1 or len(line) > _LONGEST:
        return found
    for mark, after in zip(marks, [*marks[1:], None], strict=True):
        end = after.start() if after else len(line)
        words = line[mark.end() : end].strip(" \u3000\t|｜）)")
        start = line.find(words, mark.end()) if words else mark.end()
        found.setdefault(mark["label"], Named(words, start, start + len(words)))
    return found


def byline(line: str) -> Named | None:
    """The person whom a line names and nothing else: 李梅, （李梅）, X主席 李梅, 2023年1月5日 李梅."""
    if len(line) > _LONGEST or is_date(line):
        return None
    for form in (_ALONE, _POSTED, _DATED):
        match = form.match(line)
        for group in ("name", "last") if match and form is _DATED else ("name",):
            if match and match[group] and is_name(match[group]):
                return Named(plain(match[group]), *match.span(group))
    return None


def stands_apart(line: str) -> bool:
    """True for a line below a title that is none of the text: a number, a label, a byline."""
    return number_year(line) is not None or bool(labels(line)) or byline(line) is not None
