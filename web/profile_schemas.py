"""The JSON contract of place pages: a place, two places side by side, a place across its documents."""

from collections.abc import Iterable
from typing import Annotated, Self

from pydantic import BaseModel, Field

from corpus.model import FactKind, Level
from search.answers import ClaimEvidence
from search.chronicle import Chronicle, Plan, Reworded, Step
from search.comparison import Comparison, SharedDeed, SharedFigures, SharedGroup
from search.deeds import Deed, DeedGroup
from search.directory import KnownPlace
from search.profile import CommonTopic, Figure, PlaceDocument, Profile, UsedTerm
from web.place_schemas import ClaimItem


class KnownPlaceItem(BaseModel):
    """一个地方或单位。"""

    place: str = Field(description="规范名称")
    address: str = Field(description="只指它一处的名称；重名的带上所在的省市")
    code: str = Field(description="行政区划代码；单位的是所在地方的，没有则为空")
    level: Level
    province: str
    documents: int = Field(description="它自己的文献份数")
    claims: int = Field(description="全部文献里写它的句数")

    @classmethod
    def of(cls, place: KnownPlace) -> Self:
        names = ("address", "code", "level", "province", "documents", "claims")
        return cls(place=place.name, **{name: getattr(place, name) for name in names})


class SaidItem(ClaimItem):
    """一句原文；长句只取与主题有关、分号之间的部分，照录不改。"""

    period: str = Field(description="句中写明的年份；没有写明的是文献的时段")


def _said(sentences: Iterable[ClaimEvidence]) -> list[SaidItem]:
    return [SaidItem.of_claim(sentence) for sentence in sentences]


class TopicItem(BaseModel):
    """一个主题和写到它的句子。"""

    topic: str = Field(description="主题")
    field: str = Field(description="所属的工作领域")
    names: list[str] = Field(description="这里对它的叫法")
    done: int = Field(description="写已开展的句数")
    ongoing: int = Field(description="写正在开展的句数")
    planned: int = Field(description="写计划开展的句数")
    sentences: list[SaidItem] = Field(description="写到它的句子")

    @classmethod
    def of(cls, deed: Deed) -> Self:
        return cls(
            topic=deed.topic,
            field=deed.group,
            names=list(deed.names),
            done=deed.done,
            ongoing=deed.ongoing,
            planned=deed.planned,
            sentences=_said(deed.sentences),
        )


def _topics(groups: Iterable[DeedGroup]) -> list[TopicItem]:
    return [TopicItem.of(deed) for group in groups for deed in group.deeds]


class FigureItem(BaseModel):
    """一个数字和它的原句。"""

    subject: str = Field(description="数的是什么，照原文")
    text: str = Field(description="照原文的写法")
    value: float = Field(description="以所写单位计的值")
    value_max: float | None = Field(description="幅度的上限")
    unit: str
    qualifier: str = Field(description="余、多、近、以上等")
    kind: FactKind = Field(description="count 数量，money 金额，rate 比率，change 变化，rank 名次")
    tense: str = Field(description="done 已有，target 目标")
    comparable_unit: str = Field(description="可以相比的单位")
    comparable_value: float = Field(description="折合后的值")
    topic: str = Field(description="数的东西所属的主题；没有则为空")
    about: str = Field(description="subject 太泛（筹资、职工）时，离它最近的主题；否则为空")
    doubtful: str = Field(description="为什么存疑；可靠的为空")
    evidence: SaidItem

    @classmethod
    def of(cls, figure: Figure) -> Self:
        names = ("subject", "value", "value_max", "unit", "qualifier", "kind", "tense", "doubtful")
        return cls(
            **{name: getattr(figure.fact, name) for name in names},
            text=figure.text,
            comparable_unit=figure.unit,
            comparable_value=figure.value,
            topic=figure.topic,
            about=figure.about,
            evidence=SaidItem.of_claim(figure.evidence),
        )


class UsedTermItem(BaseModel):
    """用到的一个术语。"""

    term: str
    mentions: int
    explained: bool = Field(description="它的文献里有解释")
    only: bool = Field(description="别处的文献都没有用")

    @classmethod
    def of(cls, used: UsedTerm) -> Self:
        return cls(term=used.term.label, mentions=used.mentions, explained=used.explained, only=used.only)


class PlaceDocumentItem(BaseModel):
    """写到它的一份文献。"""

    document_id: str
    title: str
    place: str
    date: str
    period: str = Field(description="所述时段，如 2018—2023")
    claims: int = Field(description="写它的句数")

    @classmethod
    def of(cls, held: PlaceDocument) -> Self:
        document = held.document
        return cls(
            document_id=document.id,
            title=document.title,
            place=document.place,
            date=document.date,
            period=held.period,
            claims=held.claims,
        )


class BelowItem(BaseModel):
    """所属的一个地方或单位。"""

    place: KnownPlaceItem = Field(description="这个地方或单位")
    claims: int = Field(description="写它的句数")


class CommonItem(BaseModel):
    """所属地方中至少两处已做的主题。"""

    topic: str
    field: str
    places: list[str] = Field(description="已做的地方")

    @classmethod
    def of(cls, common: CommonTopic) -> Self:
        return cls(topic=common.topic, field=common.group, places=[place.address for place in common.places])


class PeriodItem(BaseModel):
    """一个时段和它的句数。"""

    period: str = Field(description="时段不明的为空")
    claims: int


class PlaceProfile(BaseModel):
    """一个地方：做了什么、数字、术语、文献、所属地方。未提及不等于未开展。"""

    place: KnownPlaceItem = Field(description="哪个地方")
    period: str = Field(description="只看这个时段；空则全部")
    periods: list[PeriodItem] = Field(description="各个时段的句数")
    topics: list[TopicItem] = Field(description="做了什么，按工作领域")
    figures: list[FigureItem] = Field(description="它的数字")
    doubtful: list[FigureItem] = Field(description="存疑、不列入的数字")
    denied: list[SaidItem] = Field(description="写还没有做或做得不够的句子")
    terms: list[UsedTermItem] = Field(description="用到的术语")
    documents: list[PlaceDocumentItem] = Field(description="它自己的文献")
    told_in: list[PlaceDocumentItem] = Field(description="写到它的别处文献")
    above: list[KnownPlaceItem] = Field(description="所在的省市")
    below: list[BelowItem] = Field(description="所属的地方和单位")
    common: list[CommonItem] = Field(description="所属地方中至少两处已做的主题")

    @classmethod
    def of(cls, profile: Profile) -> Self:
        return cls(
            place=KnownPlaceItem.of(profile.place),
            period=profile.period,
            periods=[PeriodItem(period=period, claims=claims) for period, claims in profile.periods],
            topics=_topics(profile.groups),
            figures=[FigureItem.of(figure) for figure in profile.figures],
            doubtful=[FigureItem.of(figure) for figure in profile.doubtful],
            denied=_said(profile.denied),
            terms=[UsedTermItem.of(used) for used in profile.terms],
            documents=[PlaceDocumentItem.of(held) for held in profile.documents],
            told_in=[PlaceDocumentItem.of(held) for held in profile.told_in],
            above=[KnownPlaceItem.of(place) for place in profile.above],
            below=[BelowItem(place=KnownPlaceItem.of(told.place), claims=told.claims) for told in profile.below],
            common=[CommonItem.of(common) for common in profile.common],
        )


class SharedTopicItem(BaseModel):
    """两边都写到的主题，每边一句。"""

    topic: str
    field: str = Field(description="所属的工作领域")
    a: SaidItem = Field(description="甲（或前一份文献）的一句")
    b: SaidItem = Field(description="乙（或后一份文献）的一句")

    @classmethod
    def of(cls, shared: SharedDeed) -> Self:
        return cls(
            topic=shared.topic,
            field=shared.group,
            a=SaidItem.of_claim(shared.shown_a),
            b=SaidItem.of_claim(shared.shown_b),
        )

    @classmethod
    def reworded(cls, told: Reworded) -> Self:
        return cls(
            topic=told.topic, field=told.group, a=SaidItem.of_claim(told.before), b=SaidItem.of_claim(told.after)
        )


def _shared(groups: Iterable[SharedGroup]) -> list[SharedTopicItem]:
    return [SharedTopicItem.of(shared) for group in groups for shared in group.deeds]


class SharedFiguresItem(BaseModel):
    """两边数同一样东西、单位可以换算的数字。"""

    subject: str
    unit: str = Field(description="换算成的单位")
    a: list[FigureItem] = Field(description="甲（或前一份文献）的数字")
    b: list[FigureItem] = Field(description="乙（或后一份文献）的数字")

    @classmethod
    def of(cls, shared: SharedFigures) -> Self:
        return cls(
            subject=shared.subject,
            unit=shared.unit,
            a=[FigureItem.of(figure) for figure in shared.a],
            b=[FigureItem.of(figure) for figure in shared.b],
        )


_Shared = Annotated[list[SharedFiguresItem], Field(description="同类数字")]


class PlaceComparison(BaseModel):
    """两地对照。未提及不等于未开展。"""

    a: KnownPlaceItem = Field(description="甲地")
    b: KnownPlaceItem = Field(description="乙地")
    both: list[SharedTopicItem] = Field(description="都提到的主题")
    only_a: list[TopicItem] = Field(description="只有甲地的文献提到")
    only_b: list[TopicItem] = Field(description="只有乙地的文献提到")
    figures: _Shared
    terms: list[str] = Field(description="共同的术语")

    @classmethod
    def of(cls, comparison: Comparison) -> Self:
        return cls(
            a=KnownPlaceItem.of(comparison.a),
            b=KnownPlaceItem.of(comparison.b),
            both=_shared(comparison.both),
            only_a=_topics(comparison.only_a),
            only_b=_topics(comparison.only_b),
            figures=[SharedFiguresItem.of(shared) for shared in comparison.figures],
            terms=[used.term.label for used in comparison.terms],
        )


class PlanItem(BaseModel):
    """早先的一项打算，和后来写到已做的一句；未见后续的没有，不等于没有做。"""

    topic: str
    field: str
    planned: SaidItem = Field(description="早先打算的一句")
    done: SaidItem | None = Field(description="后来写到已做的一句；未见后续的没有")

    @classmethod
    def of(cls, plan: Plan) -> Self:
        done = SaidItem.of_claim(plan.done) if plan.done else None
        return cls(topic=plan.topic, field=plan.group, planned=SaidItem.of_claim(plan.planned), done=done)


class StepItem(BaseModel):
    """从前一份文献到后一份：a 是前一份，b 是后一份。不再提到不等于停办。"""

    earlier: PlaceDocumentItem = Field(description="前一份文献")
    later: PlaceDocumentItem = Field(description="后一份文献")
    overlap: bool = Field(description="两份文献的时段有重叠")
    new: list[TopicItem] = Field(description="新提到的主题")
    continued: list[SharedTopicItem] = Field(description="继续提到的主题")
    reworded: list[SharedTopicItem] = Field(description="换了说法、继续提到的主题")
    gone: list[TopicItem] = Field(description="不再提到的主题")
    figures: _Shared
    plans: list[PlanItem] = Field(description="早先的打算和后来的做法")

    @classmethod
    def of(cls, step: Step) -> Self:
        return cls(
            earlier=PlaceDocumentItem.of(step.earlier),
            later=PlaceDocumentItem.of(step.later),
            overlap=step.overlap,
            new=_topics(step.new),
            continued=_shared(step.continued),
            reworded=[SharedTopicItem.reworded(told) for told in step.reworded],
            gone=_topics(step.gone),
            figures=[SharedFiguresItem.of(shared) for shared in step.figures],
            plans=[PlanItem.of(plan) for plan in step.plans],
        )


class PlaceYears(BaseModel):
    """一个地方的各年对照：文献从早到晚，对照从近到远。"""

    place: KnownPlaceItem
    documents: list[PlaceDocumentItem] = Field(description="它的文献，从早到晚")
    undated: list[PlaceDocumentItem] = Field(description="时段不明、没有参加对照的文献")
    steps: list[StepItem] = Field(description="相邻两份的对照，从近到远")

    @classmethod
    def of(cls, story: Chronicle) -> Self:
        return cls(
            place=KnownPlaceItem.of(story.place),
            documents=[PlaceDocumentItem.of(held) for held in story.documents],
            undated=[PlaceDocumentItem.of(held) for held in story.undated],
            steps=[StepItem.of(step) for step in story.steps],
        )
