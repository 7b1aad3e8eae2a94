"""The answers of the tools: what an assistant gets as data, and how the same reads as text."""

from typing import Literal

from pydantic import BaseModel, Field

from corpus.fields import CLAIM_STATUS
from gongzhi.mcp.quotes import Answer, Quote, lines

_UNEXPLAINED = "语料中未见解释：收录的文献没有说明它的含义。不要自行解释，可以列出原文的用例。"
_NOTHING = "没有找到。可以换成文件里常用的说法、少写几个词，或去掉条件再试；没有收进来的文献查不到。"


class Explanation(BaseModel):
    """一种解释或描述。"""

    sense: int = Field(description="义项序号；同一序号说的是同一件事")
    strength: Literal["explained", "described"] = Field(description="explained 说明了含义或内容，described 只有描述")
    components: list[str] = Field(description="组成部分；没有则为空")
    place: str = Field(description="适用的地方；不限则为空")
    quote: Quote = Field(description="原句")


class Related(BaseModel):
    """一个相关术语。"""

    term: str = Field(description="术语")
    relation: str = Field(description="是什么关系，如 组成部分、上位术语、易混")
    reason: str = Field(description="为什么这样说")


class TermResult(Answer):
    """一个术语的全部解释，或者说明没有解释。"""

    term: str = Field(description="术语")
    note: str = Field(description="所查名称与它的关系；查的是本名则为空")
    explained: bool = Field(description="文献里有没有解释；假：语料中未见解释，不要自行解释")
    aliases: list[str] = Field(description="别名")
    explanations: list[Explanation] = Field(description="各种解释和描述，连同原句")
    uses: list[Quote] = Field(description="典型用例")
    related: list[Related] = Field(description="相关术语")
    look_alikes: list[str] = Field(description="容易混淆、实为他物的名称")
    documents: int = Field(description="几份文献用到它")
    mentions: int = Field(description="一共出现几处")
    left_out: int = Field(description="为了不太长没有列出的解释和用例")

    def text(self) -> str:
        explained = [e.quote.told(_label(e)) for e in self.explanations if e.strength == "explained"]
        described = [e.quote.told(_label(e)) for e in self.explanations if e.strength == "described"]
        return lines(
            f"# {self.term}",
            self.note,
            f"又作：{'、'.join(self.aliases)}" if self.aliases else "",
            f"{self.documents} 份文献用到，共 {self.mentions} 处。",
            ("## 解释", *explained) if explained else _UNEXPLAINED,
            ("## 描述（没有说明含义或内容）", *described) if described else "",
            ("## 用例", *(use.told() for use in self.uses)) if self.uses else "",
            ("## 相关", *(f"- {r.term}（{r.relation}）：{r.reason}" for r in self.related)) if self.related else "",
            f"不要混同：{'、'.join(self.look_alikes)}" if self.look_alikes else "",
            f"另有 {self.left_out} 句没有列出，可用 search 查。" if self.left_out else "",
        )


def _label(explanation: Explanation) -> str:
    parts = f"组成：{'、'.join(explanation.components)}" if explanation.components else ""
    return "　".join(filter(None, (f"义项 {explanation.sense}", explanation.place, parts)))


class Found(BaseModel):
    """找到的一段。"""

    quote: Quote = Field(description="原文")
    why: list[str] = Field(description="为什么命中")


class SearchResult(Answer):
    """按相关程度排列的原文。"""

    query: str = Field(description="所查的话")
    total: int = Field(description="一共多少段")
    offset: int = Field(description="从第几段之后开始")
    sure: bool = Field(description="有直接写到的段落；假：只是意思略近，不能当作文献说过")
    notes: list[str] = Field(description="怎样理解所查的话")
    offers: list[str] = Field(description="可能要查的其他说法")
    found: list[Found] = Field(description="段落")

    def text(self) -> str:
        sure = "" if self.sure or not self.found else "没有一段直接写到，下面的只是意思略近，不能当作文献说过。"
        last = self.offset + len(self.found)
        return lines(
            f"查“{self.query}”：共 {self.total} 段"
            + (f"，以下第 {self.offset + 1}–{last} 段。" if self.found else "。"),
            self.notes,
            f"是不是要查：{'、'.join(self.offers)}" if self.offers else "",
            sure,
            (
                f"{n}. 命中：{'；'.join(one.why)}\n{one.quote.told()}"
                for n, one in enumerate(self.found, self.offset + 1)
            ),
            "" if self.found else _NOTHING,
            f"还有 {self.total - last} 段，用 offset={last} 接着看。" if self.found and self.total > last else "",
        )


class PlaceFound(BaseModel):
    """一个地方和它的原句。"""

    place: str = Field(description="地方或单位")
    province: str = Field(description="所在的省；没有则为空")
    status: Literal["done", "ongoing", "planned"] = Field(description="done 已开展，ongoing 正在开展，planned 计划开展")
    confidence: float = Field(description="把握，0 到 1")
    figures: list[str] = Field(description="说到所问之事的数字，照原文")
    sentences: int = Field(description="一共几句写到")
    quotes: list[Quote] = Field(description="最有力的原句")


class PlacesResult(Answer):
    """做了所问之事的地方；没有提到的，不等于没有开展。"""

    query: str = Field(description="问句")
    topic: list[str] = Field(description="按什么查的")
    conditions: list[str] = Field(description="问句里的条件是怎样理解的")
    total: int = Field(description="一共几个地方")
    offset: int = Field(description="从第几个之后开始")
    places: list[PlaceFound] = Field(description="地方，按把握排列")
    coverage: str = Field(description="查了多少；未提及不等于未开展")
    unmentioned: list[str] = Field(description="问句拿来比较而文献没有提到的地方")

    def text(self) -> str:
        last = self.offset + len(self.places)
        shown = []
        for number, place in enumerate(self.places, self.offset + 1):
            figures = f"，{'、'.join(place.figures)}" if place.figures else ""
            shown.append(f"{number}. {place.place}（{CLAIM_STATUS[place.status]}{figures}；共 {place.sentences} 句）")
            shown += [quote.told() for quote in place.quotes]
        return lines(
            f"“{self.query}”：{self.total} 个地方。{self.coverage}",
            f"条件：{'；'.join(self.conditions)}" if self.conditions else "",
            shown,
            "" if self.total else "没有一个地方的文献写到。未提及不等于未开展，不要据此说没有开展。",
            f"文献没有提到：{'、'.join(self.unmentioned)}（未提及不等于未开展）" if self.unmentioned else "",
            f"还有 {self.total - last} 个地方，用 offset={last} 接着看。" if self.places and self.total > last else "",
        )


class ClauseFound(BaseModel):
    """草稿的一句和它的先例。"""

    number: int = Field(description="第几句")
    text: str = Field(description="草稿里的这一句")
    note: str = Field(description="没有先例的原因；有则为空")
    precedents: list[Found] = Field(description="先例，最相近的在前")


class TooClose(BaseModel):
    """草稿里太像来源的一句。"""

    clause: int = Field(description="第几句")
    told: str = Field(description="像在哪里")
    quote: Quote = Field(description="来源的原句")


class PrecedentResult(Answer):
    """一份草稿的先例。"""

    clauses: list[ClauseFound] = Field(description="逐句的先例")
    lacks: list[str] = Field(description="别处常写、草稿没有写的")
    too_close: list[TooClose] = Field(description="太像来源、应改写或注明的")
    notes: list[str] = Field(description="没有看到的部分")

    def text(self) -> str:
        shown = []
        for clause in self.clauses:
            shown.append(f"第 {clause.number} 句：{clause.text}" + (f"（{clause.note}）" if clause.note else ""))
            shown += [f"{p.quote.told()}\n相近：{'；'.join(p.why)}" for p in clause.precedents]
        return lines(
            shown or "草稿里没有可以找先例的句子。",
            ("别处常写、草稿没有写的：", *(f"- {lack}" for lack in self.lacks)) if self.lacks else "",
            (
                "太像来源的：",
                *(f"- 第 {one.clause} 句，{one.told}\n{one.quote.told()}" for one in self.too_close),
            )
            if self.too_close
            else "",
            self.notes,
        )


class FigureFound(BaseModel):
    """一个数字。"""

    subject: str = Field(description="数的是什么；看不出的为空")
    written: str = Field(description="数字在原文里的写法")
    place: str = Field(description="地方或单位；不明为空")
    tense: str = Field(description="done 已完成，target 目标")
    quote: Quote = Field(description="所在的原句")


class FactsResult(Answer):
    """符合条件的数字；存疑的不在其中。"""

    total: int = Field(description="一共多少个")
    figures: list[FigureFound] = Field(description="数字，连同原句")
    doubtful: int = Field(description="另有几个存疑、不计入")

    def text(self) -> str:
        return lines(
            f"共 {self.total} 个数字"
            + (f"，以下 {len(self.figures)} 个。" if self.total > len(self.figures) else "。"),
            (
                f"{n}. {f.place or '地方不明'}　{f.subject or '对象不明'}　{f.written}{'（目标）' if f.tense == 'target' else ''}\n"
                + f.quote.told()
                for n, f in enumerate(self.figures, 1)
            ),
            "" if self.total else "文献里没有符合条件的数字。不要估计，也不要从别处推算。",
            f"另有 {self.doubtful} 个数字存疑，没有列入。" if self.doubtful else "",
        )
