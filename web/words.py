"""The Chinese words for values that the records keep in English, and for citations."""

from datetime import datetime

from corpus.fields import FIELDS
from corpus.fields import LEVELS as DOCUMENT_LEVELS
from corpus.model import Document
from graph.table import KINDS

__all__ = [
    "CLAIM_STATUS",
    "FIELDS",
    "FILTERS",
    "HOW",
    "KINDS",
    "LEVELS",
    "MODES",
    "SECTION_STATUS",
    "citation",
    "quoted",
    "value",
]

LEVELS = DOCUMENT_LEVELS | {"township": "乡镇街道"}
CLAIM_STATUS = {"done": "已开展", "ongoing": "正在开展", "planned": "计划开展"}
SECTION_STATUS = {"done": "已做的工作", "plan": "今后的打算"}
#: Where a field of a document was read (corpus.model.Evidence.how).
HOW = {
    "title": "题名",
    "issuer": "署名",
    "date_line": "日期行",
    "opening": "开头",
    "body": "正文",
    "front": "汇编封面或文件名",
}
MODES = {"hybrid": "综合", "lexical": "按字词", "semantic": "按意思"}
FILTERS = {
    "province": "省份",
    "place": "地方",
    "level": "级别",
    "type": "文种",
    "year": "年份",
    "status": "进展",
}
_VALUES = {"level": LEVELS, "status": SECTION_STATUS}


def value(name: str, raw: str) -> str:
    """The words for a filter's value: ``value("level", "city")`` is 市级; places and years stand for themselves."""
    return _VALUES.get(name, {}).get(raw, raw)


def moment(made: str) -> str:
    """An ISO 8601 time as the clock on the server's wall showed it."""
    return f"{datetime.fromisoformat(made).astimezone():%Y-%m-%d %H:%M}"


def quoted(text: str) -> str:
    """``text`` in quotation marks; one that has its own stays as it is, for two kinds in a row read as a slip."""
    return text if "“" in text else f"“{text}”"


def citation(document: Document, sentence: str) -> str:
    """A sentence with its origin, ready to paste."""
    origin = "，".join(part for part in (document.place, document.date) if part)
    return f"{quoted(sentence)}——《{document.title}》" + (f"（{origin}）" if origin else "")
