"""Excerpts as a Word document in the fonts of official papers (GB/T 9704—2012)."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from corpus.doubts import Doubt

DOUBTED = "〔存疑〕"
_LONGEST_PROPERTY = 255  # what python-docx takes, as Word does
_FANG, _HEI, _KAI = "仿宋", "黑体", "楷体"
# Characters that XML 1.0 can't hold (https://www.w3.org/TR/xml/#charsets), halves of surrogate pairs, and those that
# turn the direction of writing.
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff\u200e\u200f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Excerpt:
    """What stands under a heading of its own: words of a source, where they are from, what is to be said of them.
    ``doubtful`` are spans of ``text``; ``address`` is where the original is read; "" leaves a part out."""

    heading: str
    text: str
    source: str
    doubtful: tuple[Doubt, ...] = ()
    address: str = ""
    remark: str = ""
    note: str = ""


def inert(text: str) -> str:
    """``text`` without characters that a Word file can't hold, or that turn what follows them around."""
    return _UNFIT.sub("", text)


def to_docx(title: str, excerpts: Iterable[Excerpt], ending: str = "") -> bytes:
    """A Word document whose headings make its navigation pane; pages are numbered."""
    import docx
    from docx.shared import Cm

    made = docx.Document()
    core = made.core_properties
    core.author, core.title, core.comments = "工知", inert(title)[:_LONGEST_PROPERTY], ""
    section = made.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.top_margin, section.bottom_margin = Cm(3.7), Cm(3.5)
    section.left_margin, section.right_margin = Cm(2.8), Cm(2.6)
    _styles(made)
    _number(section.footer.paragraphs[0])
    made.add_heading(inert(title), 1)
    for one in excerpts:
        _write(made, one)
    if ending:
        made.add_paragraph(inert(ending), "出处")
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def _write(made: Any, one: Excerpt) -> None:
    made.add_heading(inert(one.heading), 2)
    for start, line in _lines(one.text):
        said = made.add_paragraph(style="原文")
        for words, doubtful in _pieces(line, start, one.doubtful):
            run = said.add_run(inert(words))
            if doubtful:
                run.font.underline = True
                said.add_run(DOUBTED).font.superscript = True
    source = made.add_paragraph(inert(one.source), "出处")
    if one.address:
        source.add_run("　")
        _link(source, "原文", one.address)
    if one.remark:
        made.add_paragraph(inert(one.remark), "出处")
    for line in one.note.splitlines():
        made.add_paragraph(inert(line), "笔记")


def _lines(text: str) -> Iterable[tuple[int, str]]:
    start = 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            yield start, line.rstrip()
        start += len(line)


def _pieces(line: str, offset: int, doubtful: Sequence[Doubt]) -> Iterable[tuple[str, bool]]:
    """A line, which begins at ``offset``, in pieces, each with whether it is doubtful; where something is missing stands
    an empty one."""
    at = 0
    for doubt in sorted(doubtful, key=lambda doubt: (doubt.start, doubt.end)):
        start, end = max(doubt.start - offset, at), min(doubt.end - offset, len(line))
        if start > len(line) or end < start:
            continue
        yield line[at:start], False
        yield line[start:end], True
        at = end
    yield line[at:], False


def _styles(made: Any) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    def style(name: str, face: str, size: int, before: int = 0, after: int = 4, based: str = "") -> Any:
        if based:
            found = made.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
            found.base_style = made.styles[based]
        else:
            found = made.styles[name]
        found.font.size = Pt(size)
        found.font.color.rgb = RGBColor(0, 0, 0)
        _face(found.element.get_or_add_rPr(), face)
        found.paragraph_format.space_before, found.paragraph_format.space_after = Pt(before), Pt(after)
        found.paragraph_format.line_spacing = 1.4
        return found

    # A font of the theme would stand before those that are named.
    for fonts in made.styles.element.iter(qn("w:rFonts")):
        for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{name}"), None)
    # Word and LibreOffice choose the shapes of marks and where lines break by it.
    for language in made.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "zh-CN")
        language.set(qn("w:eastAsia"), "zh-CN")
    style("Normal", _FANG, 14)
    title = style("Heading 1", _HEI, 20, after=16)
    title.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    style("Heading 2", _HEI, 14, before=18)
    said = style("原文", _FANG, 14, based="Normal")
    said.paragraph_format.first_line_indent = Pt(28)
    source = style("出处", _KAI, 12, based="Normal")
    source.paragraph_format.left_indent = Pt(28)
    note = style("笔记", _KAI, 12, after=0, based="Normal")
    note.paragraph_format.left_indent = Pt(28)
    _ruled(note)


def _face(properties: Any, face: str) -> None:
    """Word takes Chinese characters from a font of their own."""
    from docx.oxml.ns import qn

    fonts = properties.get_or_add_rFonts()
    for name in ("ascii", "hAnsi", "eastAsia"):
        fonts.set(qn(f"w:{name}"), face)


def _ruled(style: Any) -> None:
    """A line down the left edge, so that nobody takes a note for the source's words (ECMA-376 17.3.1.24)."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    borders, left = OxmlElement("w:pBdr"), OxmlElement("w:left")
    for name, value in (("val", "single"), ("sz", "12"), ("space", "8"), ("color", "A0A0A0")):
        left.set(qn(f"w:{name}"), value)
    borders.append(left)
    properties = style.element.get_or_add_pPr()
    # The schema fixes the order of what stands in a paragraph's properties.
    properties.insert_element_before(borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:outlineLvl")


def _number(paragraph: Any) -> None:
    """— 1 — at the foot of every page; python-docx has no call for a field (ECMA-376 17.16.19)."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.add_run("— ")
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    field.append(paragraph.add_run("1")._r)
    paragraph._p.append(field)
    paragraph.add_run(" —")


def _link(paragraph: Any, text: str, address: str) -> None:
    """A hyperlink; python-docx has no call for writing one (ECMA-376 17.16.22)."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    element = OxmlElement("w:hyperlink")
    element.set(qn("r:id"), paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    run = paragraph.add_run(text)
    run.font.underline = True
    element.append(run._r)
    paragraph._p.append(element)
