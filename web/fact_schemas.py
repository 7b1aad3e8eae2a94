"""The JSON contract of figures."""

from typing import Any, Self

from pydantic import BaseModel, Field

from corpus.model import ClaimStatus, FactKind, Polarity
from graph.measures import comparable, heading
from search.answers import DoubtfulFigure, FactRow, FactsAnswer
from web.schemas import Doubtful, doubt_items


class FactItem(BaseModel):
    """一个数字；value 按原文的单位（2.3，亿元）。存疑的数字不在其中，doubtful 是同句里其他存疑处。"""

    subject: str = Field(description="数的是什么，照原文；看不出的为空")
    value: float = Field(description="数值，以所写单位计")
    value_max: float | None = Field(description="“2名至4名”一类的上限；不是范围的为空")
    unit: str = Field(description="单位，照原文；名次为“位次”，原文没有单位的为空")
    qualifier: str = Field(description="多、余、近、以上、不少于等；“每人”“年均”是分摊的数，“其中”是部分，“下降”是减少")
    kind: FactKind = Field(description="count 数量，money 金额，rate 比率，change 变化，rank 名次")
    base: float | None = Field(description="变化的起点（由15项增至21项的15），单位同 unit；没有写的为空")
    tense: str = Field(description="done 已完成，target 目标")
    written: str = Field(description="数字在原文里的写法")
    comparable_unit: str = Field(description="换算成可以比较的单位，如 元、人、个、%")
    comparable_value: float = Field(description="换算后的值，只用于比较和排序")
    measure: str = Field(description="这一类数字的名称，如 金额、人数、比例")
    place: str
    claim_id: str
    status: ClaimStatus = Field(description="句子说的是 done 已开展，ongoing 正在开展，planned 计划")
    polarity: Polarity = Field(description="affirmed 做了，denied 没有做或做得不够")
    period: str = Field(description="句中写明的年份；没有写明为空")
    terms: list[str] = Field(description="句中的术语")
    concepts: list[str] = Field(description="句中的主题")
    sentence: str
    document_id: str
    title: str
    passage_id: str
    start: int = Field(description="数字在正文中的起点（按字计）")
    end: int
    doubtful: Doubtful

    @classmethod
    def of(cls, row: FactRow) -> Self:
        unit, value = comparable(row.fact.value, row.fact.unit)
        made: dict[str, Any] = {
            "comparable_unit": unit,
            "comparable_value": value,
            "measure": "变化" if row.fact.kind == "change" else heading(unit),
            "terms": list(row.terms),
            "concepts": list(row.concepts),
            "doubtful": doubt_items(row.doubtful),
        }
        made |= {name: getattr(row, name) for name in ("written", "status", "polarity", "period", "sentence", "title")}
        return cls(**made, **{name: getattr(row.fact, name) for name in cls.model_fields if name not in made})


class DoubtfulItem(BaseModel):
    """一个存疑、不计入的数字；数字本身缺失时 value 为空。"""

    written: str = Field(description="原文里的写法")
    reason: str = Field(description="为什么存疑")
    value: float | None = Field(description="读出的数值；数字缺失时为空")
    unit: str
    subject: str
    place: str
    sentence: str
    document_id: str
    title: str
    passage_id: str
    start: int
    end: int

    @classmethod
    def of(cls, figure: DoubtfulFigure) -> Self:
        fact = figure.fact
        made: dict[str, Any] = {
            "value": fact.value if fact else None,
            "unit": fact.unit if fact else "",
            "subject": fact.subject if fact else "",
        }
        return cls(**made, **{name: getattr(figure, name) for name in cls.model_fields if name not in made})


class Facts(BaseModel):
    """符合条件的数字。"""

    facts: list[FactItem] = Field(description="数字，按所要的次序")
    total: int = Field(description="符合条件的数字总数")
    doubtful: list[DoubtfulItem] = Field(description="符合地方和术语条件、但存疑而不计入的数字")

    @classmethod
    def of(cls, answer: FactsAnswer) -> Self:
        return cls(
            facts=[FactItem.of(row) for row in answer.facts],
            total=answer.total,
            doubtful=[DoubtfulItem.of(figure) for figure in answer.doubtful],
        )
