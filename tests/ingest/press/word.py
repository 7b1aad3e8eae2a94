"""A report as a DOCX file, written with python-docx: typed or automatic numbers, in settings as offices have them."""

import io
from dataclasses import dataclass
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph

from press.report import Block, Report

_NS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_LEVELS = (("chineseCounting", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3."))
_LIST, _ENTRIES = 70, 170  # a list for each report, and one for its glossary


@dataclass(frozen=True, slots=True)
class Setting:
    """How a document is set; lengths in points but for ``margin`` (centimetres)."""

    size: float = 16
    pitch: float = 28
    margin: float = 2.7
    font: str = "Noto Serif CJK SC"
    indent: bool = True
    gap: float = 0
    justified: bool = True
    header: str = ""
    footer: str = ""  # {} is where the number of the page stands
    columns: int = 1
    bold: bool = False
    automatic: bool = False
    spaced: float = 0  # between characters


OFFICE = Setting(footer="— {} —")
LARGE = Setting(20, 36, 2.7, footer="— {} —")
SETTINGS = (
    OFFICE,
    Setting(14, 24, 3.2, header="云溪县总工会文件", footer="第 {} 页", bold=True),
    Setting(12, 20, 2.5, "Noto Sans CJK SC", indent=False, gap=8, footer="{}"),
    Setting(10.5, 18, 2.0, columns=2, footer="- {} -"),
    Setting(15, 26, 2.5, justified=False, header="云溪工会　　　　　　内部资料", spaced=0.4),
    Setting(16, 30, 3.7, bold=True, automatic=True, footer="·{}·"),
)


def _set_numbering(document: Any, reports: int) -> None:
    root = document.part.numbering_part.element
    levels = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:suff w:val="nothing"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for n, (form, text) in enumerate(_LEVELS)
    )
    entry = '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:suff w:val="nothing"/><w:lvlText w:val="%1."/></w:lvl>'
    ids = [_LIST + n for n in range(reports)] + [_ENTRIES + n for n in range(reports)]
    for n in reversed(ids):
        inner = levels if n < _ENTRIES else entry
        root.insert(0, parse_xml(f'<w:abstractNum {_NS} w:abstractNumId="{n}">{inner}</w:abstractNum>'))
    for n in ids:
        root.append(parse_xml(f'<w:num {_NS} w:numId="{n}"><w:abstractNumId w:val="{n}"/></w:num>'))


def _field(paragraph: Paragraph, code: str) -> None:
    for kind in ("begin", "", "end"):
        run = paragraph.add_run()._r
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.text = code
        run.append(mark)


def _margins(document: Any, setting: Setting) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(setting.margin)
    section.header.paragraphs[0].text = setting.header
    if setting.footer:
        before, _, after = setting.footer.partition("{}")
        paragraph = section.footer.paragraphs[0]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.add_run(before)
        _field(paragraph, "PAGE")
        paragraph.add_run(after)
    if setting.columns > 1:
        columns = OxmlElement("w:cols")
        columns.set(qn("w:num"), str(setting.columns))
        columns.set(qn("w:space"), "480")
        section._sectPr.append(columns)


class _Writer:
    def __init__(self, setting: Setting, reports: int) -> None:
        self.document: Any = docx.Document()
        self.setting = setting
        _margins(self.document, setting)
        if setting.automatic:
            _set_numbering(self.document, reports)
        style = self.document.styles["Normal"]
        style.font.size = Pt(setting.size)
        style.font.name = setting.font
        style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), setting.font)

    def _run(self, paragraph: Paragraph, words: str, bold: bool, size: float | None = None) -> None:
        run = paragraph.add_run(words)
        run.bold = bold
        run.font.size = Pt(size or self.setting.size)
        if self.setting.spaced:
            spacing = OxmlElement("w:spacing")
            spacing.set(qn("w:val"), str(round(20 * self.setting.spaced)))
            run._r.get_or_add_rPr().append(spacing)

    def add(self, block: Block, report: int) -> None:
        if block.kind == "table":
            self._table(block)
            return
        setting = self.setting
        paragraph = self.document.add_paragraph()
        form = paragraph.paragraph_format
        form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(setting.pitch)
        form.space_before = Pt(0)
        form.space_after = Pt(setting.gap)
        form.widow_control = False
        if block.kind in ("title", "subtitle", "date"):
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            size = setting.size * (1.3 if block.kind == "title" else 1)
            form.line_spacing = Pt(setting.pitch * size / setting.size)
            self._run(paragraph, block.text, block.kind == "title", size)
            return
        if block.kind == "sign":
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        elif setting.justified:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        if setting.indent and block.kind not in ("salutation", "sign"):
            form.first_line_indent = Pt(2 * (setting.size + setting.spaced))
        words = block.line
        if setting.automatic and block.number:
            properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
            properties.get_or_add_ilvl().val = max(0, block.level - 1)
            properties.get_or_add_numId().val = report + (_LIST if block.level else _ENTRIES)
            words = block.text
        if block.kind == "heading":
            self._run(paragraph, words, setting.bold)
        elif block.level:
            head, stop, rest = words.partition("。")
            self._run(paragraph, head + stop, setting.bold)
            self._run(paragraph, rest, False)
        else:
            self._run(paragraph, words, False)

    def _table(self, block: Block) -> None:
        made = self.document.add_table(len(block.rows), len(block.rows[0]))
        made.style = "Table Grid"
        width = (21 - 2 * self.setting.margin - 0.9 * (self.setting.columns - 1)) / self.setting.columns
        for column in made.columns:
            column.width = Cm(width / len(block.rows[0]))
        for row, cells in zip(made.rows, block.rows, strict=True):
            row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
            for cell, words in zip(row.cells, cells, strict=True):
                cell.width = Cm(width / len(cells))
                self._run(cell.paragraphs[0], words, False, min(12, self.setting.size))


def document(*reports: Report, setting: Setting = OFFICE) -> bytes:
    """The bytes of a DOCX file."""
    writer = _Writer(setting, len(reports))
    for n, report in enumerate(reports):
        for block in report.blocks:
            writer.add(block, n)
    file = io.BytesIO()
    writer.document.save(file)
    return file.getvalue()
