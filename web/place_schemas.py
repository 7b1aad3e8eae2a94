"""The JSON contract of place questions: the whole set of places, each with its sentences and figures."""

from typing import Any, Self

from pydantic import BaseModel, Field

from corpus.fields import CLAIM_STATUS
from corpus.model import ClaimStatus, Level
from search.answers import Cell, ClaimEvidence, Column, Coverage, NearSentence, PlaceAnswer, PlacesAnswer, Verdict
from web.schemas import EvidenceItem

STATUS = "，".join(f"{status} {name}" for status, name in CLAIM_STATUS.items())
Spans = list[tuple[int, int]]


class ClaimItem(EvidenceItem):
    """一句原文，说一个地方做了、在做或打算做。"""

    marks: Spans = Field(description="sentence 中说到所问之事的起止")
    doer: tuple[int, int] | None = Field(
        description="sentence 中点名做事者的起止；句中没有点名、以文献所属地方为准的为空"
    )
    status: ClaimStatus = Field(description=STATUS)
    confidence: float = Field(ge=0, le=1, description="这句话说的正是所问之事的把握")
    period: str = Field(description="句中写明的年份，如 2018—2023；没有写明为空")
    why: list[str] = Field(description="为什么算数")

    @classmethod
    def of_claim(cls, evidence: ClaimEvidence) -> Self:
        made: dict[str, Any] = EvidenceItem.of(evidence).model_dump()
        made |= {"marks": list(evidence.marks), "why": list(evidence.why)}
        names = ("doer", "status", "confidence", "period")
        return cls(**made, **{name: getattr(evidence, name) for name in names})


class CellItem(BaseModel):
    """栏里的一个数字：照原文的写法，和折算成该栏单位的值。"""

    text: str = Field(description="照原文的写法")
    value: float = Field(description="折算成该栏单位的值")
    document_id: str
    start: int
    end: int

    @classmethod
    def of(cls, cell: Cell) -> Self:
        return cls(**{name: getattr(cell, name) for name in cls.model_fields})


class ColumnItem(BaseModel):
    """一栏可以相比的数字。"""

    heading: str = Field(description="栏名")
    unit: str = Field(description="该栏的单位")

    @classmethod
    def of(cls, column: Column) -> Self:
        return cls(heading=column.heading, unit=column.unit)


class PlaceItem(BaseModel):
    """一个地方和它的依据。"""

    place: str = Field(description="规范名称")
    code: str
    level: Level
    province: str
    status: ClaimStatus = Field(description=f"{STATUS}；做过又有新打算的是 done")
    confidence: float = Field(ge=0, le=1)
    evidence: list[ClaimItem] = Field(description="已做的在前，打算的在后；每种情形最多 8 句")
    parent: str = Field(description="写到它的是哪个地方的文献；它自己的文献写到的为空")
    cells: list[list[CellItem]] = Field(description="各栏的数字，与 columns 一一对应；每栏里最能说明问题的在前")
    sentences: int = Field(description="句数，包括 evidence 里没有列出的")

    @classmethod
    def of(cls, answer: PlaceAnswer) -> Self:
        names = ("place", "code", "level", "province", "status", "confidence", "parent", "sentences")
        values: dict[str, Any] = {name: getattr(answer, name) for name in names}
        cells = [[CellItem.of(cell) for cell in cells] for cells in answer.cells]
        return cls(**values, evidence=[ClaimItem.of_claim(evidence) for evidence in answer.evidence], cells=cells)


class CoverageNote(BaseModel):
    """查了多少；未提及不等于未开展。"""

    documents: int = Field(description="查了几份文献")
    places: int = Field(description="这些文献涉及的、所问级别的地方")
    line: str = Field(description="一句话的说明")
    silent: list[str] = Field(description="有自己的文献而其中没有提到的地方；不能断定没有做")
    mentioning: int = Field(description="提到的文献份数")

    @classmethod
    def of(cls, coverage: Coverage) -> Self:
        values: dict[str, Any] = {"silent": list(coverage.silent)}
        return cls(**values, **{name: getattr(coverage, name) for name in cls.model_fields if name not in values})


class Places(BaseModel):
    """一个地方问题的全部答案。"""

    query: str = Field(description="问句")
    topic: list[str] = Field(description="问的是什么")
    level: str = Field(description="所问的级别；没有说则为空")
    answers: list[PlaceItem] = Field(description="全部地方")
    coverage: CoverageNote = Field(description="查了多少")
    columns: list[ColumnItem] = Field(description="可以相比的数字，最多四栏")
    conditions: list[str] = Field(description="问句里的条件是怎样理解的")
    sort: str = Field(description="排列：strength 把握，place 地方，figures 第一栏数字，figures2 第二栏，以此类推")
    unmentioned: list[str] = Field(description="问句拿来比较而文献没有提到的地方")

    @classmethod
    def of(cls, answer: PlacesAnswer) -> Self:
        return cls(
            query=answer.query,
            topic=list(answer.topic),
            level=answer.level,
            answers=[PlaceItem.of(place) for place in answer.answers],
            coverage=CoverageNote.of(answer.coverage),
            columns=[ColumnItem.of(column) for column in answer.columns],
            conditions=list(answer.conditions),
            sort=answer.sort,
            unmentioned=list(answer.unmentioned),
        )


class NearItem(BaseModel):
    """与所问相近的一句，和它算不算的理由。"""

    place: str = Field(description="句中做这件事的地方；没有写明或被隐去的为空")
    counts: bool = Field(description="算不算")
    reason: str = Field(description="算或不算的理由")
    evidence: ClaimItem = Field(description="这一句")

    @classmethod
    def of(cls, near: NearSentence) -> Self:
        return cls(place=near.place, counts=near.counts, reason=near.reason, evidence=ClaimItem.of_claim(near.evidence))


class VerdictNote(BaseModel):
    """一个地方为什么在（不在）答案里。"""

    query: str = Field(description="问句")
    place: str = Field(description="规范名称；认不出是哪里的为空")
    answered: bool = Field(description="在不在答案里")
    line: str = Field(description="一句话的理由")
    sentences: list[NearItem] = Field(description="最接近的几句，算的在前")

    @classmethod
    def of(cls, verdict: Verdict) -> Self:
        sentences = [NearItem.of(near) for near in verdict.sentences]
        return cls(
            query=verdict.query,
            place=verdict.place,
            answered=verdict.answered,
            line=verdict.line,
            sentences=sentences,
        )
