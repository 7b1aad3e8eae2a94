"""The Chinese words for values that the records keep in English, and for citations."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from corpus.doubts import Doubt, told, warning
from corpus.fields import CLAIM_STATUS, FIELDS
from corpus.fields import LEVELS as DOCUMENT_LEVELS
from corpus.model import FactKind
from corpus.repairs import kind_name
from graph.curation import told as edit_told
from graph.families import FAMILIES
from graph.table import KINDS
from search.citation import citation as plain

if TYPE_CHECKING:
    from search.answers import Operator
    from web.shelf import DocumentEntry

__all__ = [
    "CLAIM_STATUS",
    "FACT_KINDS",
    "FAMILIES",
    "FIELDS",
    "FILTERS",
    "HOW",
    "KINDS",
    "LEVELS",
    "MODES",
    "NO_PROVINCE",
    "SECTION_STATUS",
    "chinese",
    "citation",
    "edit_told",
    "kind_name",
    "moment",
    "quoted",
    "sign",
    "size",
    "sureness",
    "told",
    "value",
]

LEVELS = DOCUMENT_LEVELS | {"township": "乡镇街道"}
#: Where a place that lies in no province is listed.
NO_PROVINCE = "全国及其他"
_SURENESS = ((0.85, "大"), (0.7, "中"), (0.0, "小"))
SECTION_STATUS = {"done": "已做的工作", "plan": "今后的打算"}
#: Kinds of figures.
FACT_KINDS: dict[FactKind, str] = {
    "count": "数量",
    "money": "金额",
    "rate": "比率",
    "change": "变化",
    "rank": "名次",
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
#: How a field was read (the keys of ingest.metadata.findings.CONFIDENCE), or that a person said so, in words.
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
    "correction": "经人更正",
}
_VALUES = {"level": LEVELS, "status": SECTION_STATUS}


def sureness(confidence: float) -> str:
    """A confidence in 0..1 in a word: 把握大, 中 or 小."""
    return next(word for least, word in _SURENESS if confidence >= least)


def value(name: str, raw: str) -> str:
    """The words for a filter's value: ``value("level", "city")`` is 市级; places and years stand for themselves."""
    known = _VALUES.get(name, {})
    return "、".join(known.get(one, one) for one in raw.split("、"))


def sign(operator: "Operator") -> str:
    """The words for a sign of a query: 含“四大会战”, 不含“慰问”, 地方：荆州市."""
    if operator.kind == "filter":
        return f"{FILTERS[operator.name]}：{value(operator.name, operator.value)}"
    return f"{'不含' if operator.kind == 'excluded' else '含'}“{operator.value}”"


def chinese(number: int) -> str:
    """A small number as headings count: 1 is 一."""
    import cn2an

    return str(cn2an.an2cn(number))


def moment(made: str) -> str:
    """An ISO 8601 time as the clock on the server's wall showed it."""
    return f"{datetime.fromisoformat(made).astimezone():%Y-%m-%d %H:%M}"


def size(count: int) -> str:
    """A number of bytes as people say it: 15 KB, 2.4 MB."""
    if count < 1 << 20:
        return f"{max(bool(count), round(count / 1024)):,} KB"
    amount, unit = (count / (1 << 20), "MB") if count < 1 << 30 else (count / (1 << 30), "GB")
    return f"{amount:,.1f}".removesuffix(".0") + f" {unit}"


def quoted(text: str) -> str:
    """``text`` in quotation marks; one that has its own stays as it is, for two kinds in a row read as a slip."""
    return text if "“" in text else f"“{text}”"


def citation(entry: "DocumentEntry", sentence: str, doubtful: Sequence[Doubt]) -> str:
    """A sentence with its origin, ready to paste; what is doubtful in it is told at the end."""
    return f"{quoted(sentence)}——{plain(entry.document, (), entry.guessed)}{warning(sentence, doubtful)}"
