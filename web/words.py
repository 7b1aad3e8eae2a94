"""The Chinese words for values that the records keep in English, and for citations."""

from collections.abc import Sequence

from corpus.doubts import Doubt, told, warning
from corpus.model import Document
from corpus.repairs import kind_name
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
    "kind_name",
    "quoted",
    "told",
    "value",
]

LEVELS = {
    "national": "全国",
    "province": "省级",
    "city": "市级",
    "county": "县级",
    "township": "乡镇街道",
    "enterprise": "企业",
    "department": "部门",
    "unknown": "未注明",
}
CLAIM_STATUS = {"done": "已开展", "ongoing": "正在开展", "planned": "计划开展"}
SECTION_STATUS = {"done": "已做的工作", "plan": "今后的打算"}
MODES = {"hybrid": "综合", "lexical": "按字词", "semantic": "按意思"}
FILTERS = {
    "province": "省份",
    "place": "地方",
    "level": "级别",
    "type": "文种",
    "year": "年份",
    "status": "进展",
}
#: Fields of a document that are read from its text, in the order in which they are shown.
FIELDS = {
    "title": "题名",
    "issuer": "发文单位",
    "place": "地方",
    "level": "级别",
    "type": "文种",
    "period": "所述时期",
    "date": "日期",
    "meeting": "会议",
    "speaker": "讲话人",
}
#: How a field was read (the keys of ingest.metadata.findings.CONFIDENCE), in words.
HOW = {
    "contents": "目录所列",
    "title": "题名写明",
    "red_head": "文件头写明",
    "date_line": "日期行写明",
    "label": "有标签写明",
    "issuer": "题名上下的单位名",
    "note": "题名下的括注",
    "signature": "落款",
    "byline": "署名",
    "number": "发文字号",
    "opening": "开头写明",
    "title_word": "题名提到",
    "headings": "小标题",
    "unions": "开头说得最多的工会",
    "wording": "行文口气",
    "mention": "文中提到一次",
    "front": "汇编封面",
    "file": "文件名",
}
_VALUES = {"level": LEVELS, "status": SECTION_STATUS}


def value(name: str, raw: str) -> str:
    """The words for a filter's value: ``value("level", "city")`` is 市级; places and years stand for themselves."""
    return _VALUES.get(name, {}).get(raw, raw)


def quoted(text: str) -> str:
    """``text`` in quotation marks; one that has its own stays as it is, for two kinds in a row read as a slip."""
    return text if "“" in text else f"“{text}”"


def citation(document: Document, sentence: str, doubtful: Sequence[Doubt]) -> str:
    """A sentence with its origin, ready to paste; what is doubtful in it is told at the end."""
    origin = "，".join(part for part in (document.place, document.date) if part)
    return f"{quoted(sentence)}——《{document.title}》{f'（{origin}）' if origin else ''}{warning(sentence, doubtful)}"
