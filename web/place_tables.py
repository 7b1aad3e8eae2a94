"""The answer to a place question as a file to take away: a table with a row for each sentence, or a text to read.

Every row points at its document; what was asked, how it was understood and what was looked through goes with it.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from io import BytesIO
from itertools import groupby

from corpus.doubts import told, warning
from graph.table import to_csv
from search.answers import Cell, ClaimEvidence, PlaceAnswer, PlacesAnswer
from web import words

#: The address of a sentence: document id, start, end → URL, or "" where no server is known.
Link = Callable[[str, int, int], str]
Value = str | int | float

_HEAD = ("地方", "代码", "省份", "级别", "状态", "原句", "本句", "数字")
_SENTENCE = _HEAD.index("原句")
_TAIL = ("做事者", "年份", "把握", "为什么算数", "写到它的地方", "文献", "文献编号", "起", "止", "存疑", "原文链接")
_WIDTHS = {
    "地方": 12, "代码": 8, "省份": 10, "级别": 7, "状态": 9, "原句": 70, "本句": 9, "数字": 18, "做事者": 14, "年份": 11,
    "把握": 6, "为什么算数": 30, "写到它的地方": 12, "文献": 34, "文献编号": 20, "起": 7, "止": 7, "存疑": 24, "原文链接": 24,
}  # fmt: skip
_FIGURE_WIDTH = 14
_MOST_CHARACTERS = 32_767  # of a cell, https://support.microsoft.com/office/1672b34d-7043-467e-8e27-269d656771c3
_MARKDOWN = re.compile(r"([\\`*_\[\]<>#|~])")
_UNTOLD = "未提及"


@dataclass(frozen=True, slots=True)
class Table:
    """An answer as rows under ``columns``; ``notes`` are what goes with it, each with its name."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    notes: tuple[tuple[str, str], ...]


def nowhere(document_id: str, start: int, end: int) -> str:
    """The address of a sentence where no server is known."""
    return ""


def table(answer: PlacesAnswer, link: Link = nowhere) -> Table:
    """A row for each sentence of an answer. Figures of the topic stand in the columns of the answer, converted."""
    headings = tuple(column.heading for column in answer.columns)
    rows = [_row(place, evidence, link) for place in answer.answers for evidence in place.evidence]
    blank = ("",) * (len(_HEAD) + len(headings) + len(_TAIL) - 5)
    rows += [(name, "", "", "", _UNTOLD, *blank) for name in answer.unmentioned]
    return Table((*_HEAD, *headings, *_TAIL), tuple(rows), _notes(answer))


def _notes(answer: PlacesAnswer) -> tuple[tuple[str, str], ...]:
    notes = (
        ("问题", answer.query),
        ("查的是", "、".join(answer.topic)),
        ("条件", "；".join(answer.conditions)),
        ("覆盖", answer.coverage.line),
        ("没有提到的地方", "、".join(answer.coverage.silent)),
    )
    return tuple((name, text) for name, text in notes if text)


def _row(place: PlaceAnswer, evidence: ClaimEvidence, link: Link) -> tuple[Value, ...]:
    doer = evidence.sentence[slice(*evidence.doer)] if evidence.doer else ""
    return (
        place.place,
        place.code,
        place.province,
        words.LEVELS[place.level],
        words.CLAIM_STATUS[place.status],
        evidence.sentence,
        words.CLAIM_STATUS[evidence.status],
        "、".join(evidence.figures),
        *(_figure(cells, evidence) for cells in place.cells),
        doer,
        evidence.period,
        evidence.confidence,
        "；".join(evidence.why),
        place.parent,
        evidence.title,
        evidence.document_id,
        evidence.start,
        evidence.end,
        told(evidence.sentence, evidence.doubtful),
        link(evidence.document_id, evidence.start, evidence.end),
    )


def _figure(cells: Iterable[Cell], evidence: ClaimEvidence) -> Value:
    """The figure of a column that stands in a sentence; several are written side by side."""
    found = [_plain(cell.value) for cell in cells if _holds(evidence, cell)]
    return found[0] if len(found) == 1 else "、".join(map(str, found))


def _holds(evidence: ClaimEvidence, cell: Cell) -> bool:
    return cell.document_id == evidence.document_id and evidence.start <= cell.start and cell.end <= evidence.end


def _plain(value: float) -> int | float:
    return int(value) if value == int(value) else value


def places_csv(found: Table) -> str:
    """A table as CSV; the notes are its last rows, told apart by their 状态."""
    width = len(found.columns) - _SENTENCE - 1
    notes = [(name, "", "", "", "说明", text, *("",) * width) for name, text in found.notes]
    return to_csv(found.columns, (*found.rows, *notes))


def places_xlsx(found: Table) -> bytes:
    """A table as an Excel workbook, its notes on a second sheet. Nothing in it is a formula, whatever it begins with."""
    import xlsxwriter

    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        linked = book.add_format({"valign": "top", "font_color": "#0563C1", "underline": 1})
        sheet = book.add_worksheet("地方")
        sheet.freeze_panes(1, 1)
        for at, column in enumerate(found.columns):
            sheet.set_column(at, at, _WIDTHS.get(column, _FIGURE_WIDTH))
            sheet.write_string(0, at, column, bold)
        for number, row in enumerate(found.rows, 1):
            for at, value in enumerate(row):
                if isinstance(value, str) and found.columns[at] == "原文链接" and value:
                    sheet.write_url(number, at, value, linked, "打开原文")
                elif isinstance(value, str):
                    sheet.write_string(number, at, value[:_MOST_CHARACTERS], wrapped)
                else:
                    sheet.write_number(number, at, value, wrapped)
        if found.rows:
            sheet.autofilter(0, 0, len(found.rows), len(found.columns) - 1)
        notes = book.add_worksheet("说明")
        notes.set_column(0, 0, 16)
        notes.set_column(1, 1, 100)
        for number, note in enumerate(found.notes):
            for at, text in enumerate(note):
                notes.write_string(number, at, text[:_MOST_CHARACTERS], bold if at == 0 else wrapped)
    return out.getvalue()


def places_markdown(answer: PlacesAnswer, link: Link = nowhere) -> str:
    """An answer as Markdown: what was done, is being done and is planned, by province and place, every sentence quoted."""
    lines = [f"# {_escaped(' '.join(answer.query.split()))}", ""]
    lines += [f"- {name}：{_escaped(text)}" for name, text in _notes(answer)[1:]]
    for status, name in words.CLAIM_STATUS.items():
        places = [place for place in answer.answers if place.status == status]
        if places:
            lines += ["", f"## {name}（{len(places)}）"]
        for province, group in groupby(places, key=lambda place: place.province):
            lines += ["", f"### {_escaped(province) or '全国及其他'}"]
            for place in group:
                lines += ["", *_place(place, answer, link)]
    if answer.unmentioned:
        lines += [
            "",
            f"## {_UNTOLD}（{len(answer.unmentioned)}）",
            "",
            *(f"- {_escaped(n)}" for n in answer.unmentioned),
        ]
    return "\n".join(lines) + "\n"


def _place(place: PlaceAnswer, answer: PlacesAnswer, link: Link) -> list[str]:
    parent = f"（见于{place.parent}的文献）" if place.parent else ""
    lines = [f"#### {_escaped(place.place + parent)}", ""]
    figures = [
        f"{_escaped(column.heading)}：{'、'.join(_escaped(cell.text) for cell in cells)}"
        for column, cells in zip(answer.columns, place.cells, strict=True)
        if cells
    ]
    if figures:
        lines += ["；".join(figures), ""]
    for item in place.evidence:
        title = f"《{_escaped(item.title)}》"
        address = link(item.document_id, item.start, item.end)
        origin = f"[{title}](<{address}>)" if address else title
        status = "" if item.status == place.status else f"【{words.CLAIM_STATUS[item.status]}】"
        sentence = _escaped(" ".join(item.sentence.split()) + warning(item.sentence, item.doubtful))
        lines.append(f"- {status}{sentence}——{origin}（{item.document_id}，第 {item.start + 1}—{item.end} 字）")
    return lines


def _escaped(text: str) -> str:
    """Text whose characters mean nothing to Markdown."""
    return _MARKDOWN.sub(r"\\\1", text)
