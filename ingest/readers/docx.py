"""DOCX: the text of the body as Word shows it, with automatic numbers and tables, a paragraph a line.

The parts are found and parsed with python-docx, but not opened through its Document: that loads every picture, however
large, and fails on a document one of whose pictures is missing.
"""

import re
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from docx.opc.packuri import PACKAGE_URI, PackURI
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from lxml.etree import XMLSyntaxError

from ingest.errors import FileDamaged, FileTooLarge
from ingest.limits import DEFAULTS, Limits
from ingest.readers import zipped
from ingest.readers.docx_numbering import Numbering, Styles, is_on, value_of, written
from ingest.readers.notes import Decoded, Note

CELL_LONGEST = 200  # a longer cell of several paragraphs is no cell of a table of data, but of a page's layout
_STRICT = b"http://purl.oclc.org/ooxml/"
_TRANSITIONAL = (  # the namespaces of ISO/IEC 29500 Strict, and those of everybody else
    (_STRICT + b"wordprocessingml/main", b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    (_STRICT + b"officeDocument/", b"http://schemas.openxmlformats.org/officeDocument/2006/"),
)
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_DROPPED = {
    qn(f"w:{name}")
    for name in ("del", "moveFrom", "pPr", "rPr", "sdtPr", "sdtEndPr", "tblPr", "trPr", "tcPr", "rt", "delText",
                 "instrText", "delInstrText", "softHyphen", "sectPr")
}  # fmt: skip
_CHARACTERS = {qn("w:tab"): "\t", qn("w:ptab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
_NOTES = {qn("w:footnoteReference"): "footnotes", qn("w:endnoteReference"): "endnotes"}
_P, _TBL, _TR, _TC, _R, _T = (qn(f"w:{name}") for name in ("p", "tbl", "tr", "tc", "r", "t"))
_DELETED, _DELETED_TEXT = {qn("w:del")}, qn("w:delText")
_UNREAD = {
    "tracked_change": "修订中删去的文字，按接受修订处理，未读入",
    "hidden_text": "设为隐藏的文字，未读入",
}
_FIELD, _BOX = qn("w:fldChar"), qn("w:txbxContent")
_HEADING_STYLE = re.compile(r"(?:heading|标题)\s*([1-9])$", re.IGNORECASE)


class _Package:
    """The XML parts of a DOCX file, found by their relationships."""

    def __init__(self, path: Path, container: ZipFile, most: int) -> None:
        self._path, self._container, self._most = path, container, most
        self._members = {info.filename: info for info in container.infolist()}
        main = self._related(PACKAGE_URI).get("officeDocument")
        if main is None:
            raise FileDamaged(path)
        self._parts = self._related(main)
        self.document: Any = self._part(main)
        if self.document is None:
            raise FileDamaged(path)

    def _bytes(self, name: PackURI) -> bytes | None:
        member = self._members.get(name.membername)
        if member is None:
            return None
        if member.file_size > self._most:  # a parsed part takes ten times its size
            raise FileTooLarge(self._path, member.file_size, self._most)
        content = zipped.unpack(self._path, self._container, member)
        for strict, common in _TRANSITIONAL if _STRICT in content else ():
            content = content.replace(strict, common)
        return content

    def _related(self, source: PackURI) -> dict[str, PackURI]:
        """The parts that a part refers to, by the last word of the kind of relationship."""
        content = self._bytes(source.rels_uri)
        found: dict[str, PackURI] = {}
        for row in parse_xml(content) if content else ():
            if row.get("TargetMode") != "External" and row.get("Target"):
                kind = row.get("Type", "").rpartition("/")[2]
                found.setdefault(kind, PackURI.from_rel_ref(source.baseURI, row.get("Target")))
        return found

    def _part(self, name: PackURI) -> Any:
        content = self._bytes(name)
        return None if content is None else parse_xml(content)

    def part(self, kind: str) -> Any:
        """The root element of the part of a kind (numbering, styles, footnotes …), or None."""
        return self._part(self._parts[kind]) if kind in self._parts else None


def _inside(node: Any) -> Any:
    """The elements in ``node`` as they are shown: wrappers opened, of alternatives the first, what was deleted left
    out, what was inserted kept."""
    for child in node:
        if not isinstance(child.tag, str) or child.tag in _DROPPED:
            continue
        if child.tag == _FALLBACK + "AlternateContent":
            yield from (_inside(next(iter(child), child)))
        elif child.tag in (_P, _TBL, _TR, _TC):
            yield child
        else:
            yield from _inside(child)


def _labelled(label: str, text: str) -> str:
    """A number and the text after it, set apart only where they would run together: 1.2 强化, 3. 2021年."""
    if not label or not text:
        return label + text
    text = text.lstrip()
    apart = re.search(r"[\w%]$", label) and not re.search(r"[\u2460-\u249b\u3251-\u32bf]$", label)
    return f"{label} {text}" if apart or (label[-1] in ".．" and text[0].isdecimal()) else label + text


class _Story:
    """Writes the paragraphs and tables of a document, in order; its footnotes come after it."""

    def __init__(self, package: _Package) -> None:
        self._package = package
        self._styles = Styles(package.part("styles"))
        self._numbering = Numbering(package.part("numbering"), self._styles)
        self._lines: list[str] = []
        self._levels: list[int] = []  # for each line its heading level, 0 for none
        self._fields: list[bool] = []  # for each open field whether its result has begun
        self._boxes: list[Any] = []
        self._notes: list[tuple[str, str, str]] = []
        self._carried = ""
        self._cells = 0
        self._unread: list[tuple[int, str, str]] = []  # the number of the line, the kind of note, the words

    def decoded(self) -> Decoded:
        """The whole text, a paragraph a line, a blank line where headings begin and end."""
        self._blocks(self._package.document)
        self._flush()
        self._write_notes()
        shown: list[str] = []
        above = at = 0
        starts: list[int] = []  # of each line
        for line, level in zip(self._lines, self._levels, strict=True):
            if shown and level != above:
                shown.append("")
                at += 1
            shown.append(line)
            starts.append(at)
            at += len(line) + 1
            above = level
        text = "\n".join(shown)
        places = ((starts[n] if n < len(starts) else len(text), kind, words) for n, kind, words in self._unread)
        notes = (Note(kind, start, start, _UNREAD[kind], words) for start, kind, words in places)
        return Decoded(text, "docx", tuple(notes))

    def _write(self, line: str, level: int = 0) -> None:
        self._lines.append(line)
        self._levels.append(level)

    def _blocks(self, container: Any) -> None:
        for block in _inside(container):
            if block.tag == _P:
                self._paragraph(block)
            elif block.tag == _TBL:
                self._table(block)

    def _paragraph(self, paragraph: Any) -> None:
        properties = paragraph.find(qn("w:pPr"))
        words = self._carried + self._inline(paragraph)
        boxes, self._boxes, self._carried = self._boxes, [], ""
        # A code that never ends must not swallow the rest of the document; results may go over many paragraphs.
        self._fields = [begun for begun in self._fields if begun]
        mark = None if properties is None else properties.find(qn("w:rPr"))
        if mark is not None and (mark.find(qn("w:del")) is not None or mark.find(qn("w:moveFrom")) is not None):
            self._carried = words  # the end of this paragraph was deleted: it goes on in the next
        else:
            label = self._numbering.label(properties)
            # An empty item shows its number in a table only: the column of row numbers.
            if words.strip() or not label or self._cells:
                self._write(_labelled(label, words.rstrip()), self._heading_level(properties))
        for box in boxes:
            self._blocks(box)

    def _flush(self) -> None:
        if self._carried:
            self._write(self._carried.rstrip())
            self._carried = ""

    def _heading_level(self, properties: Any) -> int:
        """1 to 9 for a paragraph that its style or its own outline level makes a heading, else 0."""
        own = value_of(properties, "w:outlineLvl")
        if own:
            return int(own) + 1 if own in "012345678" else 0
        for _, style in self._styles.chain(value_of(properties, "w:pStyle")):
            level = value_of(style, "w:pPr/w:outlineLvl")
            if level:
                return int(level) + 1 if level in "012345678" else 0
            named = _HEADING_STYLE.match(value_of(style, "w:name"))
            if named:
                return int(named[1])
        return 0

    def _inline(self, node: Any) -> str:
        """The words in a paragraph or run: results of fields, not their codes; text boxes are put by."""
        found: list[str] = []
        for child in node:
            tag = child.tag
            if not isinstance(tag, str) or tag in _DROPPED:
                if tag in _DELETED:
                    self._leave_out("tracked_change", child)
                continue
            if tag == _FIELD:
                self._field(child.get(qn("w:fldCharType")))
            elif tag == _BOX:
                self._boxes.append(child)
            elif tag == _FALLBACK + "AlternateContent":
                found.append(self._inline(next(iter(child), child)))
            elif tag in _NOTES:
                custom = child.get(qn("w:customMarkFollows")) in ("1", "true", "on")
                mark = "".join(text.text or "" for text in node.iterchildren(_T)) if custom else ""
                self._notes.append((_NOTES[tag], child.get(qn("w:id"), ""), mark))
            elif not all(self._fields):
                self._inline(child)  # within a field's code: only to see where it ends
            elif tag in (_T, _MATH_TEXT):
                found.append(child.text or "")
            elif tag in _CHARACTERS:
                found.append(_CHARACTERS[tag])
            elif tag != _R or not is_on(child.find(qn("w:rPr")), "w:vanish"):
                found.append(self._inline(child))
            else:
                self._leave_out("hidden_text", child)
        return "".join(found)

    def _leave_out(self, kind: str, node: Any) -> None:
        """Put on record the words in ``node``, which stands in the line to be written next."""
        words = "".join(text.text or "" for text in node.iter(_T, _DELETED_TEXT)).strip()
        if words and all(self._fields):
            self._unread.append((len(self._lines), kind, words))

    def _field(self, kind: str | None) -> None:
        if kind == "begin":
            self._fields.append(False)
        elif kind == "separate" and self._fields:
            self._fields[-1] = True
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _cell(self, cell: Any) -> list[str]:
        """The lines of a cell; none where it goes on from the cell above."""
        properties = cell.find(qn("w:tcPr"))
        merged = None if properties is None else properties.find(qn("w:vMerge"))
        if merged is not None and merged.get(qn("w:val"), "continue") == "continue":
            return []
        before = len(self._lines)
        self._cells += 1
        self._blocks(cell)
        self._flush()
        self._cells -= 1
        lines = [line.strip() for line in self._lines[before:] if line.strip()]
        del self._lines[before:], self._levels[before:]
        for n in range(len(self._unread) - 1, -1, -1):  # what was left out in the cell goes with the row
            if self._unread[n][0] <= before:
                break
            self._unread[n] = (before, *self._unread[n][1:])
        return lines

    def _table(self, table: Any) -> None:
        """A row a line, its cells parted by tabs; a row of one cell, or of cells that are long texts, as it reads."""
        for row in _inside(table):
            properties = row.find(qn("w:trPr"))
            if properties is not None and properties.find(qn("w:del")) is not None:
                self._leave_out("tracked_change", row)
                continue
            cells = [self._cell(cell) for cell in _inside(row) if cell.tag == _TC]
            layout = any(len(cell) > 1 and sum(map(len, cell)) > CELL_LONGEST for cell in cells)
            if len(cells) == 1 or layout:
                for line in (line for cell in cells for line in cell):
                    self._write(line)
            else:
                words = "\t".join(re.sub(r"\s*[\t\n]\s*", " ", " ".join(cell)) for cell in cells).rstrip()
                if words:
                    self._write(words)

    def _write_notes(self) -> None:
        """The notes that the text refers to, each under its mark, set apart from the text above."""
        for kind, form in (("footnotes", "decimal"), ("endnotes", "lowerRoman")):
            wanted = [(name, mark) for of, name, mark in self._notes if of == kind]
            part = self._package.part(kind) if wanted else None
            if part is None:
                continue
            form = value_of(self._package.document.find(f".//{qn('w:' + kind[:-1] + 'Pr')}"), "w:numFmt", form)
            notes = {note.get(qn("w:id")): note for note in part}
            self._write("")
            number = 0
            for name, mark in wanted:
                number += not mark
                if name in notes:
                    before = len(self._lines)
                    self._blocks(notes[name])
                    self._flush()
                    if any(self._lines[before:]):
                        self._lines[before] = f"[{mark or written(number, form)}] {self._lines[before]}".rstrip()


def decode(path: Path, content: bytes, limits: Limits = DEFAULTS) -> Decoded:
    """The text of the bytes of a DOCX file, notes on what was deleted or hidden in it. Headers and footers of its
    pages are left out without notes. Raises FileDamaged, FileInflated, FileEncrypted, FileTooLarge."""
    with zipped.opened(path, content) as container:
        zipped.refuse_bomb(path, container.infolist(), len(content), limits.package)
        try:
            return _Story(_Package(path, container, limits.text)).decoded()
        except XMLSyntaxError as error:
            raise FileDamaged(path) from error
