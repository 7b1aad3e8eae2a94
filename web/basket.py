"""Chosen passages as a file to take away, each with its source: Word, Markdown, plain text, BibTeX."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal, Self

from search.citation import Quotation
from web import paper
from web.place_tables import Link, nowhere

Format = Literal["docx", "md", "txt", "bib"]
Way = Literal["up", "down", "top", "drop", "group"]
TITLE = "素材摘编"
FILE_NAME = "gongzhi-excerpts"
MOST_ITEMS, MOST_TITLE, MOST_NOTE = 200, 80, 500
INTENDED = "今后的打算，不是已做的工作"
NOTE = "笔记"
_SIGNS = re.compile(r"([\\`*_\[\]<>#|~&$])")
# What begins a list, a heading or a rule where it begins a line.
_OPENING = re.compile(r"^(\s*)([-+=]|\d+(?=[.)]))")


@dataclass(frozen=True, slots=True)
class Item:
    """A chosen passage and what its collector noted on it, or ""."""

    quotation: Quotation
    note: str = ""


@dataclass(frozen=True, slots=True)
class Basket:
    """Chosen passages in their collector's order; ``missing`` are keys that the library no longer holds."""

    items: tuple[Item, ...]
    title: str = TITLE
    missing: tuple[str, ...] = ()

    @property
    def gone(self) -> str:
        """What is to be said of the passages that are missing; "" where none is."""
        return f"另有 {len(self.missing)} 段已不在资料库里，没有列出。" if self.missing else ""

    def arranged(self, way: Way, at: int) -> Self:
        """With the item at ``at`` moved ``up``, ``down`` or to the ``top``, or ``drop``ped; ``group`` puts those of one
        document together, where the first of them stands."""
        kept = list(self.items)
        if way == "group":
            first = {item.quotation.document_id: number for number, item in reversed([*enumerate(kept)])}
            kept.sort(key=lambda item: first[item.quotation.document_id])
        elif at < len(kept):
            one = kept.pop(at)
            if way != "drop":
                kept.insert({"up": max(at - 1, 0), "down": at + 1, "top": 0}[way], one)
        return replace(self, items=tuple(kept))


def printable(text: str) -> str:
    """``text`` in one line, without what a Word file can't hold and what turns the direction of writing."""
    return "".join(c for c in text if c.isprintable()).strip()


def noted(text: str) -> str:
    """A note as it is kept: printable lines, at most MOST_NOTE characters."""
    # A browser counts a line's end as one character and sends two.
    return "\n".join(printable(line) for line in text.splitlines())[:MOST_NOTE].strip()


def to_markdown(basket: Basket, link: Link = nowhere) -> str:
    """A heading, then each passage quoted verbatim with its source under it."""
    parts = [f"# {_escaped(basket.title)}", ""]
    for number, item in enumerate(basket.items, 1):
        quotation = item.quotation
        address = link(quotation.document_id, quotation.start, quotation.end)
        source = _escaped(quotation.citations.plain)
        parts += [f"## {number}. {_escaped(quotation.title)}", ""]
        parts += [*(f"> {_escaped(line)}" for line in quotation.text.splitlines()), ""]
        parts += [f"——{source}" + (f"　[原文](<{address}>)" if address else ""), ""]
        parts += [f"（{INTENDED}）", ""] if quotation.planned else []
        parts += [f"**{NOTE}**：" + "\\\n".join(map(_escaped, item.note.splitlines())), ""] if item.note else []
    parts += [basket.gone, ""] if basket.gone else []
    return "\n".join(parts)


def _escaped(text: str) -> str:
    """A line whose characters mean nothing to Markdown."""
    line = _SIGNS.sub(r"\\\1", paper.inert(text).replace("\n", " "))
    # A backslash stands before marks only: 1\. is 1., \1. is not.
    return _OPENING.sub(lambda at: f"{at[1]}{at[2]}\\" if at[2].isdigit() else f"{at[1]}\\{at[2]}", line)


def to_text(basket: Basket, link: Link = nowhere) -> str:
    """Each passage with its source, as it is pasted into a chat or a draft."""
    parts = [basket.title, ""]
    for number, item in enumerate(basket.items, 1):
        quotation = item.quotation
        parts += [f"{number}. {paper.inert(quotation.text)}", f"——{quotation.citations.plain}"]
        parts += [f"（{INTENDED}）"] if quotation.planned else []
        parts += [f"{NOTE}：{item.note}"] if item.note else []
        address = link(quotation.document_id, quotation.start, quotation.end)
        parts += [*([address] if address else []), ""]
    return "\n".join([*parts, *([basket.gone, ""] if basket.gone else [])])


def to_bibtex(basket: Basket, link: Link = nowhere) -> str:
    """An entry for each passage."""
    return "\n\n".join(item.quotation.citations.bibtex for item in basket.items) + "\n"


def to_docx(basket: Basket, link: Link = nowhere) -> bytes:
    """A Word document in the fonts of official papers: title, passages, sources, notes."""
    excerpts = [
        paper.Excerpt(
            heading=f"{number}. {item.quotation.title}",
            text=item.quotation.text,
            doubtful=item.quotation.doubtful,
            source=f"——{item.quotation.citations.plain}",
            address=link(item.quotation.document_id, item.quotation.start, item.quotation.end),
            remark=f"（{INTENDED}）" if item.quotation.planned else "",
            note=f"{NOTE}：{item.note}" if item.note else "",
        )
        for number, item in enumerate(basket.items, 1)
    ]
    return paper.to_docx(basket.title, excerpts, basket.gone)


#: Format → its name, its media type, what writes it.
FORMATS: dict[Format, tuple[str, str, Callable[[Basket, Link], str | bytes]]] = {
    "docx": ("Word", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", to_docx),
    "md": ("Markdown", "text/markdown; charset=utf-8", to_markdown),
    "txt": ("纯文本", "text/plain; charset=utf-8", to_text),
    "bib": ("BibTeX", "application/x-bibtex; charset=utf-8", to_bibtex),
}
