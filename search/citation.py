"""Citations of a passage: for the running text of an official document, for a list of sources, for BibTeX.

What is a guess keeps its question mark in every style, and what is doubtful in the words is told after them: whoever
pastes a citation pastes the doubt, too.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal, Self

from corpus.doubts import Doubt, Doubts, warning
from corpus.model import Document, Passage, Section
from corpus.store import Store

Style = Literal["official", "plain", "bibtex"]
#: Style → its name.
STYLES: dict[Style, str] = {"official": "公文", "plain": "出处", "bibtex": "BibTeX"}
_LONGEST = 3000  # characters of a sentence that is quoted alone
_KEY = re.compile(r"(.+)~(\d{1,9})-(\d{1,9})")
_DATE = re.compile(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?$")
_NUMBERED = re.compile(
    r"^(?:第?[一二三四五六七八九十百]+[、是．.]|[（(][一二三四五六七八九十\d]+[)）]|\d+[、．.]|第[一二三四五六七八九十]+部分[、，：]?)\s*"
)
_QUOTE = re.compile("[“”‘’]")
# The characters that BibTeX and LaTeX read as commands.
_TEX = {"\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"} | {
    c: "\\" + c for c in "&%$#_"
}
_TEX_SIGNS = re.compile(f"[{re.escape(''.join(_TEX))}]")


@dataclass(frozen=True, slots=True)
class Citations:
    """A passage's citations by style. ``official`` quotes the words, the others name their place."""

    official: str
    plain: str
    bibtex: str


@dataclass(frozen=True, slots=True)
class Pick:
    """A passage that was chosen, or a sentence of it: ``span`` are its offsets in the document's text."""

    passage_id: str
    span: tuple[int, int] | None = None

    @classmethod
    def of(cls, key: str) -> Self:
        """What a key stands for: a passage's id, with ``~start-end`` after it where a sentence is meant."""
        match = _KEY.fullmatch(key)
        return cls(match[1], (int(match[2]), int(match[3]))) if match else cls(key)


@dataclass(frozen=True, slots=True)
class Quotation:
    """A chosen passage or sentence of one, verbatim, with all that goes with it when it is taken away; a ``planned`` one
    says what is intended, not what was done. ``key`` is what it was asked for by."""

    passage_id: str
    document_id: str
    title: str
    place: str
    date: str
    headings: tuple[str, ...]
    text: str
    start: int
    end: int
    citations: Citations
    doubtful: tuple[Doubt, ...] = ()
    planned: bool = False
    key: str = ""


@dataclass(frozen=True, slots=True)
class Quotations:
    """The chosen passages that the library holds, in the order asked for; ``missing`` are the keys that it doesn't."""

    found: tuple[Quotation, ...]
    missing: tuple[str, ...]


def citation(document: Document, headings: Sequence[str], guessed: Collection[str] = ()) -> str:
    """《题名》（地点，日期），标题路径; a question mark stands after a place or date that is only ``guessed``."""
    known = [(name, value) for name in ("place", "date") if (value := getattr(document, name))]
    place = "，".join(f"{value}？" if name in guessed else value for name, value in known)
    path = " › ".join(headings)
    return f"《{document.title}》" + (f"（{place}）" if place else "") + (f"，{path}" if path else "")


def citations(
    document: Document, passage: Passage, guessed: Collection[str] = (), doubtful: Sequence[Doubt] = ()
) -> Citations:
    """Every citation of a passage of ``document``."""
    warned = warning(passage.text, doubtful)
    return Citations(
        official=_official(document, passage, guessed) + warned,
        plain=citation(document, passage.headings, guessed) + warned,
        bibtex=_bibtex(document, passage, guessed, warned),
    )


def _official(document: Document, passage: Passage, guessed: Collection[str]) -> str:
    """青禾市总工会《…报告》（2023年10月）在“…”部分写道：“…”

    Only who issued a document stands before its title; a place alone, which issued nothing, stands after it.
    """
    body = document.issuer + ("？" if document.issuer and "issuer" in guessed else "")
    if document.issuer and document.title.startswith(document.issuer):
        body = ""
    place = document.place + ("？" if "place" in guessed else "")
    if document.level == "national" or document.place in document.title + document.issuer:
        place = ""
    date = chinese_date(document.date) + ("？" if document.date and "date" in guessed else "")
    known = "，".join(filter(None, (place, date)))
    heading = _NUMBERED.sub("", passage.headings[-1]).strip("。：:；【】") if passage.headings else ""
    return (
        f"{body}《{_inside_title(document.title)}》"
        + (f"（{known}）" if known else "")
        + (f"在“{_inside_quotes(heading)}”部分写道：" if heading else "写道：")
        + f"“{_inside_quotes(passage.text)}”"
    )


def _inside_title(title: str) -> str:
    """A title within 《》: those of its own become 〈〉 (GB/T 15834—2011, 4.15)."""
    return title.replace("《", "〈").replace("》", "〉")


def _inside_quotes(text: str) -> str:
    """Words within double quotation marks: theirs become single, those within theirs double (GB/T 15834—2011, 4.8)."""
    depth = 0

    def turned(mark: re.Match[str]) -> str:
        nonlocal depth
        if mark[0] in "“‘":
            depth += 1
            return "“‘"[depth % 2]
        if not depth:  # a ’ alone is an apostrophe
            return "’"
        depth -= 1
        return "”’"[(depth + 1) % 2]

    return _QUOTE.sub(turned, text)


def chinese_date(date: str) -> str:
    """2023年10月24日 for 2023-10-24, 2023年10月 for 2023-10; what is no ISO date stays as it is."""
    match = _DATE.match(date)
    if match is None:
        return date
    return "".join(f"{int(part)}{unit}" for part, unit in zip(match.groups(), "年月日", strict=True) if part)


def _bibtex(document: Document, passage: Passage, guessed: Collection[str], warned: str) -> str:
    """A @techreport (institution is required of it), or @misc where nobody is known to have issued it."""
    year = document.date[:4] if _DATE.match(document.date) else ""
    body = document.issuer
    note = [
        *(["地点：" + document.place + ("？" if "place" in guessed else "")] if document.place else []),
        *(["位置：" + " › ".join(passage.headings)] if passage.headings else []),
        *(["日期系推断"] if document.date and "date" in guessed else []),
        *([warned] if warned else []),
    ]
    fields = {
        "author": f"{{{tex(document.speaker or body)}}}" if document.speaker or body else "",
        "title": f"{{{tex(document.title)}}}",
        "institution": f"{{{tex(body)}}}" if body else "",
        "year": year,
        "date": document.date if year else "",
        "type": tex(document.type),
        "note": tex("；".join(note)),
        "abstract": tex(passage.text.replace("\n", " ")),
        "language": "chinese",
    }
    kind = "techreport" if body else "misc"
    inside = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items() if value)
    return f"@{kind}{{gongzhi-{passage.id},\n{inside}\n}}"


def tex(text: str) -> str:
    """``text`` with the characters escaped that BibTeX and LaTeX read as commands."""
    return _TEX_SIGNS.sub(lambda found: _TEX[found[0]], text)


class Quoter:
    """Finds chosen passages in a library."""

    def __init__(self, store: Store, doubts: Doubts, guesses: dict[str, frozenset[str]]) -> None:
        self._store = store
        self._doubts = doubts
        self._guesses = guesses

    def quote(self, keys: Iterable[str]) -> Quotations:
        """The passages and sentences that ``keys`` stand for (see ``Pick``), each once."""
        found: list[Quotation] = []
        missing: list[str] = []
        for key in dict.fromkeys(keys):
            pick = Pick.of(key)
            passages = self._store.select(Passage, id=pick.passage_id)
            if not passages:
                missing.append(key)
                continue
            found.append(self._quotation(passages[0], pick, key))
        return Quotations(tuple(found), tuple(missing))

    def _quotation(self, passage: Passage, pick: Pick, key: str) -> Quotation:
        document = self._store.document(passage.document_id)
        planned = any(section.status == "plan" for section in self._store.select(Section, id=passage.section_id))
        guessed = self._guesses.get(document.id, frozenset())
        said = _said(document, passage, pick)
        doubtful = self._doubts.within(document.id, said.start, said.end)
        return Quotation(
            passage.id, document.id, document.title, document.place, document.date, passage.headings, said.text,
            said.start, said.end, citations(document, said, guessed, doubtful), doubtful, planned, key,
        )  # fmt: skip


def _said(document: Document, passage: Passage, pick: Pick) -> Passage:
    """What was picked as a passage of its own; all of ``passage`` where the span lies elsewhere, or is longer than anybody
    quotes."""
    if pick.span is None:
        return passage
    start, end = pick.span[0], min(pick.span[1], len(document.text))
    text = document.text[start:end]
    apart = start >= passage.end or end <= passage.start
    if apart or not text.strip() or len(text) > _LONGEST:
        return passage
    # Two sentences of one passage are two entries of a bibliography.
    return replace(passage, id=f"{passage.id}-{start}-{end}", text=text, start=start, end=end)
