"""Chosen passages as a file to take away, each with its source: Word, Markdown, plain text, BibTeX."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Literal

from search.citation import Quotation
from web.place_tables import Link, nowhere

Format = Literal["docx", "md", "txt", "bib"]
TITLE = "素材摘编"
FILE_NAME = "gongzhi-excerpts"
MOST_ITEMS, MOST_TITLE, MOST_NOTE = 200, 80, 500
_MARKDOWN = re.compile(r"([\\`*_\[\]<>#|~])")
_INTENDED = "今后的打算，不是已做的工作"
_SONG, _HEI, _KAI = "仿宋", "黑体", "楷体"


@dataclass(frozen=True, slots=True)
class Item:
    """A chosen passage and what its collector noted on it, or ""."""

    quotation: Quotation
    note: str = ""


@dataclass(frozen=True, slots=True)
class Basket:
    """Chosen passages in their collector's order; ``missing`` are ids that the library no longer holds."""

    items: tuple[Item, ...]
    title: str = TITLE
    missing: tuple[str, ...] = ()

    @property
    def gone(self) -> str:
        """What is to be said of the passages that are missing; "" where none is."""
        return f"另有 {len(self.missing)} 段已不在资料库里，没有列出。" if self.missing else ""


def printable(text: str) -> str:
    """``text`` without what a Word file can't hold."""
    return "".join(c for c in text if c.isprintable()).strip()


def to_markdown(basket: Basket, link: Link = nowhere) -> str:
    """A heading, then each passage quoted verbatim with its source under it."""
    parts = [f"# {_escaped(basket.title)}", ""]
    for number, item in enumerate(basket.items, 1):
        quotation = item.quotation
        address = link(quotation.document_id, quotation.start, quotation.end)
        source = _escaped(quotation.citations.plain)
        parts += [f"## {number}. {_escaped(quotation.title)}", ""]
        parts += [*(f"> {_escaped(line)}" for line in quotation.text.splitlines()), ""]
        parts += [f"——{source}" + (f"　[原文]({address})" if address else ""), ""]
        parts += [f"（{_INTENDED}）", ""] if quotation.planned else []
        parts += [f"批注：{_escaped(item.note)}", ""] if item.note else []
    parts += [basket.gone, ""] if basket.gone else []
    return "\n".join(parts)


def _escaped(text: str) -> str:
    return _MARKDOWN.sub(r"\\\1", text.replace("\n", " "))


def to_text(basket: Basket, link: Link = nowhere) -> str:
    """Each passage with its source, as it is pasted into a chat or a draft."""
    parts = [basket.title, ""]
    for number, item in enumerate(basket.items, 1):
        parts += [f"{number}. {item.quotation.text}", f"——{item.quotation.citations.plain}"]
        parts += [f"（{_INTENDED}）"] if item.quotation.planned else []
        parts += [f"批注：{item.note}"] if item.note else []
        address = link(item.quotation.document_id, item.quotation.start, item.quotation.end)
        parts += [*([address] if address else []), ""]
    return "\n".join([*parts, *([basket.gone, ""] if basket.gone else [])])


def to_bibtex(basket: Basket, link: Link = nowhere) -> str:
    """An entry for each passage."""
    return "\n\n".join(item.quotation.citations.bibtex for item in basket.items) + "\n"


def to_docx(basket: Basket, link: Link = nowhere) -> bytes:
    """A Word document in the fonts of official papers (GB/T 9704—2012): title, passages, sources."""
    import docx
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Cm, Pt

    paper = docx.Document()
    core = paper.core_properties
    core.author, core.title, core.comments = "工知", basket.title, ""
    section = paper.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.7)
    normal = paper.styles["Normal"]
    normal.font.size = Pt(14)
    _face(normal, _SONG)
    normal.paragraph_format.space_after = Pt(4)
    heading = paper.add_paragraph()
    heading.alignment = WD_ALIGN_PARAGRAPH.CENTER
    heading.paragraph_format.space_after = Pt(16)
    _run(heading, basket.title, _HEI, 20)
    for number, item in enumerate(basket.items, 1):
        quotation = item.quotation
        above = paper.add_paragraph()
        above.paragraph_format.keep_with_next = True
        above.paragraph_format.space_before = Pt(12)
        _run(above, f"{number}. {quotation.title}", _HEI, 14)
        for line in quotation.text.splitlines():
            said = paper.add_paragraph()
            said.paragraph_format.first_line_indent = Pt(28)
            _run(said, line, _SONG, 14)
        source = paper.add_paragraph()
        _run(source, f"——{quotation.citations.plain}", _KAI, 12)
        address = link(quotation.document_id, quotation.start, quotation.end)
        if address:
            _link(source, "　原文", address)
        if quotation.planned:
            _run(paper.add_paragraph(), f"（{_INTENDED}）", _KAI, 12)
        if item.note:
            _run(paper.add_paragraph(), f"批注：{item.note}", _KAI, 12)
    if basket.gone:
        _run(paper.add_paragraph(), basket.gone, _KAI, 12)
    out = BytesIO()
    paper.save(out)
    return out.getvalue()


def _face(owner: Any, face: str) -> None:
    """Word takes Chinese characters from a font of their own."""
    from docx.oxml.ns import qn

    owner.font.name = face
    owner.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), face)


def _run(paragraph: Any, text: str, face: str, size: int) -> Any:
    from docx.shared import Pt

    run = paragraph.add_run(text)
    run.font.size = Pt(size)
    _face(run, face)
    return run


def _link(paragraph: Any, text: str, address: str) -> None:
    """A hyperlink; python-docx has no call for writing one (ECMA-376 17.16.22)."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    element = OxmlElement("w:hyperlink")
    element.set(qn("r:id"), paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    run = _run(paragraph, text, _KAI, 12)
    run.font.underline = True
    element.append(run._r)
    paragraph._p.append(element)


#: Format → its name, its media type, what writes it.
FORMATS: dict[Format, tuple[str, str, Callable[[Basket, Link], str | bytes]]] = {
    "docx": ("Word", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", to_docx),
    "md": ("Markdown", "text/markdown; charset=utf-8", to_markdown),
    "txt": ("纯文本", "text/plain; charset=utf-8", to_text),
    "bib": ("BibTeX", "application/x-bibtex; charset=utf-8", to_bibtex),
}
