"""The glossary as a table: a row for each explanation of each term, a row too for a term that nothing explains."""

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Sequence

from corpus.doubts import Doubts, told
from corpus.model import Definition, Document, Term
from corpus.store import Store
from graph.definitions import FAMILIES

COLUMNS = (
    "术语",
    "又写作",
    "类别",
    "解释情况",
    "识别依据",
    "原句",
    "组成部分",
    "适用地方",
    "文献",
    "文献编号",
    "起",
    "止",
    "存疑",
)
KINDS: dict[str, str] = {
    "programme": "项目",
    "brand": "品牌",
    "honour": "荣誉",
    "mechanism": "机制",
    "organisation": "机构",
    "slogan": "提法",
    "concept": "概念",
    "indicator": "指标",
}
STRENGTHS = {"explained": "原文有解释", "described": "原文有描述"}
UNEXPLAINED = "语料中未见解释"


def glossary_rows(store: Store) -> list[tuple[object, ...]]:
    """Rows under ``COLUMNS``, in label order."""
    titles = {document.id: document.title for document in store.shown(Document)}
    definitions: dict[str, list[Definition]] = defaultdict(list)
    for definition in store.shown(Definition):
        definitions[definition.term_id].append(definition)
    doubts = Doubts(store)
    rows: list[tuple[object, ...]] = []
    for term in store.select(Term):
        head = (term.label, "、".join(term.aliases), KINDS[term.kind])
        rows += [
            (*head, STRENGTHS[d.strength], FAMILIES[d.how], d.text, "、".join(d.components), d.place,
             titles[d.document_id], d.document_id, d.start, d.end,
             told(d.text, doubts.within(d.document_id, d.start, d.end)))
            for d in definitions[term.id]
        ] or [(*head, UNEXPLAINED, *("",) * (len(COLUMNS) - len(head) - 1))]  # fmt: skip
    return rows


def to_csv(columns: Sequence[str], rows: Iterable[Iterable[object]]) -> str:
    """A table as CSV (RFC 4180). A cell that a spreadsheet would take for a formula gets an apostrophe in front."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return out.getvalue()


def _cell(value: object) -> str:
    text = str(value)
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
