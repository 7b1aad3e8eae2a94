"""A quotation as an assistant gets it: the words, verbatim, with all that it needs to cite them and to doubt them."""

from collections.abc import Iterable, Sequence
from typing import Any

from pydantic import BaseModel, Field

from corpus.doubts import Doubt, told, warning
from corpus.model import Passage
from search.answers import Evidence, Sense
from search.citation import citation
from search.engine import Engine
from web.shelf import Shelf

#: Characters of quotations in one answer; what would go beyond is left out, and that is told.
MOST_QUOTED = 16_000
DIGEST = "附带摘编，文字不是原文，不能当原文引用"


class Quote(BaseModel):
    """一段原文，一字不改，连同引用它所需要的一切。"""

    text: str = Field(description="原文，一字不改")
    title: str = Field(description="所在文献的题名")
    document_id: str = Field(description="文献编号")
    headings: list[str] = Field(description="在文献里的位置：各级标题")
    passage_id: str = Field(description="段落编号，可以交给 document 工具看上下文")
    start: int = Field(description="在整理后正文里的起点（按字计）")
    end: int = Field(description="在整理后正文里的终点，不含")
    citation: str = Field(
        description="引文：《题名》（地点，日期），位置；带问号的地点、日期只是推断；有存疑处的末尾写明"
    )
    doubts: str = Field(description="原文里哪些地方不可靠、为什么；引用时须一并说明，没有则为空")
    planned: bool = Field(description="真：写的是今后的打算，不是已做的工作")
    digest: bool = Field(description=f"真：{DIGEST}")

    def told(self, note: str = "") -> str:
        """The quotation as readable text, ``note`` on a line before it."""
        marks = [*(["今后的打算，不是已做的工作"] if self.planned else []), *([DIGEST] if self.digest else [])]
        tail = "".join(f"（{mark}）" for mark in marks)
        number = f"　段落 {self.passage_id}" if self.passage_id else ""
        before = f"{note}\n" if note else ""
        quoted = self.text.replace("\n", "\n> ")
        return f"{before}> {quoted}\n——{self.citation}{number}{tail}"


class Quotes:
    """Makes quotations from one generation of a library."""

    def __init__(self, engine: Engine, shelf: Shelf) -> None:
        self._engine = engine
        self._shelf = shelf
        self._left = MOST_QUOTED

    def room(self, text: str) -> bool:
        """True where a quotation of ``text`` still goes into this answer; counts it. The first always does."""
        whole = self._left == MOST_QUOTED
        self._left -= len(text)
        return whole or self._left >= 0

    def of(self, said: Evidence | Sense, *, planned: bool | None = None) -> Quote:
        """A sentence; ``planned`` where the claim tells it better than the section that it stands in."""
        text = said.sentence if isinstance(said, Evidence) else said.text
        return self._made(text, said.document_id, said.passage_id, said.start, said.end, said.doubtful, planned)

    def passage(self, passage: Passage) -> Quote:
        """A whole passage."""
        doubtful = self._engine.doubts.within(passage.document_id, passage.start, passage.end)
        return self._made(
            passage.text, passage.document_id, passage.id, passage.start, passage.end, doubtful, None, passage.headings
        )

    def _made(
        self,
        text: str,
        document_id: str,
        passage_id: str,
        start: int,
        end: int,
        doubtful: Sequence[Doubt],
        planned: bool | None,
        headings: Sequence[str] | None = None,
    ) -> Quote:
        entry = self._shelf.entry(document_id)
        path = self._headings(passage_id) if headings is None else headings
        return Quote(
            text=text,
            title=entry.document.title,
            document_id=document_id,
            headings=list(path),
            passage_id=passage_id,
            start=start,
            end=end,
            citation=citation(entry.document, path, entry.guessed) + warning(text, doubtful),
            doubts=told(text, doubtful),
            planned=passage_id in self._shelf.planned if planned is None else planned,
            digest=entry.bundled,
        )

    def _headings(self, passage_id: str) -> tuple[str, ...]:
        found = self._engine.store.select(Passage, id=passage_id) if passage_id else []
        return found[0].headings if found else ()


class Answer(BaseModel):
    """What every tool answers with: data, and the same as text."""

    def text(self) -> str:
        """The answer as readable Chinese text."""
        raise NotImplementedError

    def data(self) -> dict[str, Any]:
        return self.model_dump(mode="json")


def lines(*parts: str | Iterable[str]) -> str:
    """The parts that aren't empty, each on lines of its own."""
    flat = [line for part in parts for line in ((part,) if isinstance(part, str) else part)]
    return "\n".join(line for line in flat if line)
