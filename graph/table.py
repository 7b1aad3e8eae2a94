"""The glossary as a table: a row for each explanation of each term, a row too for a term that nothing explains.

What a person may change in it (``EDITABLE``) is read back by ``graph.reimport``; names in one cell are parted by ``；``.
"""

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Sequence

from corpus.doubts import Doubts, told
from corpus.model import Definition, Relation, Term
from corpus.said import heads
from corpus.store import Store
from graph.families import FAMILIES

COLUMNS = (
    "术语",
    "又写作",
    "类别",
    "上位术语",
    "相关术语",
    "解释情况",
    "首选",
    "识别依据",
    "原句",
    "组成部分",
    "适用地方",
    "文献",
    "文献编号",
    "起",
    "止",
    "存疑",
    "编号",
)
#: The columns that may be edited, beside 编号, which says what term a row is of.
EDITABLE = ("术语", "又写作", "类别", "上位术语", "相关术语", "首选")
SEPARATOR = "；"
PREFERRED = "是"
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


def glossary_rows(store: Store, term_id: str | None = None) -> list[tuple[object, ...]]:
    """Rows under ``COLUMNS``, in label order; with a term id, those of that term only."""
    titles = {document.id: document.title for document in heads(store)}
    definitions: dict[str, list[Definition]] = defaultdict(list)
    for definition in store.shown(Definition):
        definitions[definition.term_id].append(definition)
    doubts = Doubts(store)
    broader, related = linked(store)
    rows: list[tuple[object, ...]] = []
    for term in store.select(Term) if term_id is None else store.select(Term, id=term_id):
        head = (term.label, joined(term.aliases), KINDS[term.kind], joined(broader[term.id]), joined(related[term.id]))
        # An id of digits only, or of digits and one e, would come back from a spreadsheet as another number.
        number = f"term:{term.id}"
        rows += [
            (*head, STRENGTHS[d.strength], PREFERRED if d.preferred else "", FAMILIES[d.how], d.text,
             joined(d.components), d.place, titles[d.document_id], d.document_id, d.start, d.end,
             told(d.text, doubts.within(d.document_id, d.start, d.end)), number)
            for d in definitions[term.id]
        ] or [(*head, UNEXPLAINED, *("",) * (len(COLUMNS) - len(head) - 2), number)]  # fmt: skip
    return rows


def linked(store: Store) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Term id → labels of its broader terms, and of its related terms, each in order."""
    labels = {term.id: term.label for term in store.select(Term)}
    broader: dict[str, list[str]] = defaultdict(list)
    related: dict[str, list[str]] = defaultdict(list)
    for relation in store.select(Relation):
        source, target = relation.source_id, relation.target_id
        if relation.kind == "broader":
            broader[source].append(labels[target])
        elif relation.kind == "related":
            related[source].append(labels[target])
            related[target].append(labels[source])
    for found in (*broader.values(), *related.values()):
        found.sort()
    return broader, related


def joined(names: Iterable[str]) -> str:
    """Names in one cell. The separator inside a name is written in its narrow form, which means the same."""
    return SEPARATOR.join(name.replace(SEPARATOR, ";") for name in names)


def to_csv(columns: Sequence[str], rows: Iterable[Iterable[object]]) -> str:
    """A table as CSV (RFC 4180). A cell that a spreadsheet would take for a formula gets an apostrophe in front."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(map(_cell, columns))
    writer.writerows([_cell(value) for value in row] for row in rows)
    return out.getvalue()


def _cell(value: object) -> str:
    text = str(value)
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
