"""A report as text that is typed: TXT in its encodings, Markdown."""

import codecs
import re

from press.report import Block, Report


def text(*reports: Report) -> str:
    """A paragraph a line, cells of a table parted by tabs."""
    lines: list[str] = []
    for block in (block for report in reports for block in report.blocks):
        lines += ["\t".join(row) for row in block.rows] if block.kind == "table" else [block.line]
    return "\n".join(lines) + "\n"


def encoded(words: str) -> dict[str, bytes]:
    """A text in every encoding that is read."""
    return {
        "UTF-8": words.encode(),
        "UTF-8 with BOM": codecs.BOM_UTF8 + words.encode(),
        "GB18030": words.encode("gb18030"),
        "UTF-16 LE": codecs.BOM_UTF16_LE + words.encode("utf-16-le"),
        "UTF-16 BE": codecs.BOM_UTF16_BE + words.encode("utf-16-be"),
        "UTF-8, lines of Windows": words.replace("\n", "\r\n").encode(),
        "UTF-8, indented": "".join(f"\u3000\u3000{line}\n" for line in words.splitlines()).encode(),
        "UTF-8, blank lines between": words.replace("\n", "\n\n").encode(),
    }


def _markdown(block: Block) -> str:
    if block.kind == "table":
        rule = "|" + " --- |" * len(block.rows[0])
        rows = ["| " + " | ".join(row) + " |" for row in block.rows]
        return "\n".join([rows[0], rule, *rows[1:]])
    if block.kind == "heading":
        return "#" * (block.level + 1) + " " + _numbered(block)
    if block.level:  # the first sentence of a paragraph is its heading
        head, stop, rest = _numbered(block).partition("。")
        return f"**{head}{stop}**{rest}"
    return ("# " if block.kind == "title" else "") + _numbered(block)


def _numbered(block: Block) -> str:
    return re.sub(r"\.$", ". ", block.number) + block.text


def markdown(*reports: Report) -> bytes:
    """Headings by #, blank lines between paragraphs, first sentences that are headings in bold type."""
    return "\n\n".join(_markdown(block) for report in reports for block in report.blocks).encode()
