"""The answers about documents: their list, and one of them read a part at a time."""

from pydantic import BaseModel, Field

from gongzhi.mcp.quotes import DIGEST, Answer, Quote, lines


class DocumentRow(BaseModel):
    """一份文献的题录。"""

    document_id: str = Field(description="文献编号，可以交给 document 工具")
    title: str = Field(description="题名")
    place: str = Field(description="地方或单位；带问号的是推断，不明为空")
    date: str = Field(description="日期；带问号的是推断，不明为空")
    type: str = Field(description="文种；不明为空")
    source: str = Field(description="来源文件名")
    passages: int = Field(description="段落数")
    digest: bool = Field(description=f"真：{DIGEST}")

    def told(self) -> str:
        known = "，".join(filter(None, (self.place, self.date, self.type)))
        digest = f"（{DIGEST}）" if self.digest else ""
        return f"《{self.title}》" + (f"（{known}）" if known else "") + f"　{self.document_id}{digest}"


class DocumentsResult(Answer):
    """收录的文献。"""

    total: int = Field(description="符合条件的一共几份")
    offset: int = Field(description="从第几份之后开始")
    documents: list[DocumentRow] = Field(description="题录")

    def text(self) -> str:
        last = self.offset + len(self.documents)
        return lines(
            f"共 {self.total} 份文献。",
            (f"{n}. {row.told()}" for n, row in enumerate(self.documents, self.offset + 1)),
            f"还有 {self.total - last} 份，用 offset={last} 接着看。" if self.documents and self.total > last else "",
            "" if self.total else "没有符合条件的文献。没有收进来的查不到，不等于不存在。",
        )


class OutlineRow(BaseModel):
    """提纲里的一个标题。"""

    title: str = Field(description="标题，连同序号；可以交给 section 参数")
    depth: int = Field(description="第几级")
    start: int = Field(description="在整理后正文里的起点，可以交给 offset 参数")
    planned: bool = Field(description="真：写今后的打算")


class DocumentResult(Answer):
    """读到的一段正文，或一个段落和它的前后文。"""

    document: DocumentRow = Field(description="题录")
    outline: list[OutlineRow] = Field(description="提纲；只在从头读时给出")
    quotes: list[Quote] = Field(description="依次的段落，一字不改")
    asked: str = Field(description="所问的段落编号；没有指明则为空")
    start: int = Field(description="这一部分在整理后正文里的起点")
    end: int = Field(description="这一部分的终点，不含")
    length: int = Field(description="全文多少字")
    next_offset: int | None = Field(description="接着读时的 offset；读完了则为空")

    def text(self) -> str:
        shown, path = [], None
        for quote in self.quotes:
            if quote.headings != path:
                path = quote.headings
                shown.append(f"## {' › '.join(path)}" if path else "")
            mark = "▶ " if quote.passage_id == self.asked else ""
            doubt = f"\n  〔存疑：{quote.doubts}〕" if quote.doubts else ""
            plan = "（今后的打算）" if quote.planned else ""
            shown.append(f"{mark}[{quote.passage_id}] {quote.text}{plan}{doubt}")
        return lines(
            self.document.told(),
            ("提纲：", *(f"{'  ' * (row.depth - 1)}- {row.title}" for row in self.outline)) if self.outline else "",
            f"正文第 {self.start}–{self.end} 字，全文 {self.length} 字；方括号里是段落编号。",
            shown or "这一部分只有标题，没有正文。",
            f"还没有完，用 offset={self.next_offset} 接着读。" if self.next_offset is not None else "",
        )
