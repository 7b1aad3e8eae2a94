"""The JSON contract of precedents for a draft."""

from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field

from search.lacking import Lack
from search.overlap import Overlap
from search.precedents import ClauseAnswer, Precedent, PrecedentAnswer
from web.examples import DRAFT
from web.schemas import EvidenceItem, SearchResult

Span = tuple[int, int]


class PrecedentRequest(BaseModel):
    """一份草稿。"""

    model_config = ConfigDict(json_schema_extra={"examples": [{"text": DRAFT}]})

    text: str = Field(min_length=1, max_length=20_000, description="要找先例的一段文字")


class PrecedentItem(EvidenceItem):
    """一句先例。"""

    place: str
    date: str
    highlights: list[Span] = Field(description="sentence 中与草稿相同、相关的起止")
    why: list[str] = Field(description="为什么相近")
    score: float = Field(ge=0, le=1, description="相近的程度")
    guessed: list[str] = Field(description="place、date 中只是推断的")

    @classmethod
    def like(cls, precedent: Precedent) -> Self:
        return cls(
            **EvidenceItem.of(precedent.evidence).model_dump(),
            place=precedent.place,
            date=precedent.date,
            highlights=list(precedent.evidence.marks),
            why=list(precedent.why),
            score=precedent.score,
            guessed=list(precedent.guessed),
        )


class ClauseItem(BaseModel):
    """草稿中的一句；start、end 是它在 query 中的起止。"""

    number: int = Field(description="第几句，从 1 起")
    paragraph: int = Field(description="草稿的第几段")
    start: int = Field(description="在 query 中的起点")
    end: int = Field(description="在 query 中的终点")
    text: str = Field(description="草稿里的这一句")
    topics: list[str] = Field(description="这一句说的主题")
    precedents: list[PrecedentItem] = Field(description="先例，最相近的在前")
    note: str = Field(description="没有先例的原因：标题、套话、没有足够相近的句子")

    @classmethod
    def of(cls, answer: ClauseAnswer) -> Self:
        clause = answer.clause
        return cls(
            number=clause.number,
            paragraph=clause.paragraph,
            start=clause.start,
            end=clause.end,
            text=clause.text,
            topics=list(answer.topics),
            precedents=[PrecedentItem.like(one) for one in answer.precedents],
            note=answer.note,
        )


class LackExample(EvidenceItem):
    """一个地方写的原句。"""

    place: str
    highlights: list[Span] = Field(description="sentence 中的数字或主题")


class LackItem(BaseModel):
    """别处常写、草稿没有写的一项。"""

    kind: Literal["figure", "topic"] = Field(description="figure 一类数字，topic 一项工作")
    topic: str = Field(description="草稿写的主题")
    label: str = Field(description="缺的是什么")
    having: int = Field(description="几个地方写了")
    places: int = Field(description="共有几个地方写这个主题")
    paragraph: int = Field(description="草稿的第几段")
    told: str = Field(description="一句话的说明")
    examples: list[LackExample] = Field(description="别处怎样写")

    @classmethod
    def of(cls, lack: Lack) -> Self:
        return cls(
            kind=lack.kind,
            topic=lack.topic,
            label=lack.label,
            having=lack.having,
            places=lack.places,
            paragraph=lack.paragraph,
            told=lack.told,
            examples=[
                LackExample(**EvidenceItem.of(one).model_dump(), place=place, highlights=list(one.marks))
                for one, place in zip(lack.examples, lack.named, strict=True)
            ],
        )


class FigurePairItem(BaseModel):
    """草稿和来源不同的一对数字。"""

    draft: str = Field(description="草稿里的数字")
    source: str = Field(description="来源里的数字")


class OverlapItem(BaseModel):
    """草稿中太像一个来源的一句。"""

    clause: int = Field(description="第几句")
    start: int = Field(description="这一句在 query 中的起点")
    end: int = Field(description="这一句在 query 中的终点")
    spans: list[Span] = Field(description="query 中与来源相同的起止")
    level: Literal["copied", "close", "partial"] = Field(
        description="copied 几乎照抄，close 高度相近，partial 有一处连续相同"
    )
    share: float = Field(ge=0, le=1, description="这一句的字有多少与来源相同，通用的套话和名称不算")
    longest: int = Field(description="最长连续相同的字数，标点不算")
    told: str
    evidence: EvidenceItem = Field(description="来源的原句")
    highlights: list[Span] = Field(description="来源原句中相同的起止")
    place: str
    date: str
    changed: list[FigurePairItem] = Field(description="与来源不同的数字")
    kept: list[str] = Field(description="与来源相同的数字，请核对")
    left: list[str] = Field(description="草稿里留着的来源地名")

    @classmethod
    def of(cls, overlap: Overlap) -> Self:
        return cls(
            clause=overlap.clause,
            start=overlap.start,
            end=overlap.end,
            spans=list(overlap.spans),
            level=overlap.level,
            share=overlap.share,
            longest=overlap.longest,
            told=overlap.told,
            evidence=EvidenceItem.of(overlap.evidence),
            highlights=list(overlap.evidence.marks),
            place=overlap.place,
            date=overlap.date,
            changed=[FigurePairItem(draft=pair.draft, source=pair.source) for pair in overlap.changed],
            kept=list(overlap.kept),
            left=list(overlap.left),
        )


class PrecedentResult(SearchResult):
    """对一份草稿的全部提示；hits 是整篇的相近段落。"""

    clauses: list[ClauseItem] = Field(description="逐句的先例")
    lacks: list[LackItem] = Field(description="别处常写、草稿没有写的")
    overlaps: list[OverlapItem] = Field(description="太像来源的句子")
    notes: list[str] = Field(description="没有看到的部分")

    @classmethod
    def about(cls, answer: PrecedentAnswer) -> Self:
        whole = SearchResult.of(answer.search)
        return cls(
            **{name: getattr(whole, name) for name in SearchResult.model_fields if name != "notes"},
            clauses=[ClauseItem.of(clause) for clause in answer.clauses],
            lacks=[LackItem.of(lack) for lack in answer.lacks],
            overlaps=[OverlapItem.of(overlap) for overlap in answer.overlaps],
            notes=[*whole.notes, *answer.notes],
        )
