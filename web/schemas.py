"""The JSON contract: what each route answers with, and how it is made from the engine's answers."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from corpus.doubts import Doubt
from corpus.fields import LEVELS, MOST
from corpus.model import Document, Level, Repair, Section, Strength
from corpus.model import Evidence as FieldEvidence
from search.answers import (
    Evidence,
    Filters,
    Hit,
    RelatedTerm,
    SearchAnswer,
    Sense,
    TermAnswer,
)
from web.shelf import DocumentEntry


class TwinItem(BaseModel):
    """同一报告的另一份来源，文字基本相同。"""

    document_id: str
    source: str = Field(description="来源文件名")


class DocumentSummary(BaseModel):
    """一份文献。"""

    id: str = Field(description="文献编号")
    title: str = Field(description="题名")
    place: str = Field(description="地方或单位；原文没有写明时为空")
    province: str = Field(description="所在的省；全国和部门的为空")
    level: Level
    type: str = Field(description="文种")
    period: str = Field(description="所述时期")
    date: str = Field(description="日期，写到已知的精度：2023 或 2023-10-24")
    meeting: str = Field(description="所在会议")
    issuer: str = Field(description="发文单位，照原文")
    speaker: str = Field(description="讲话人或报告人，照原文；隐去姓名的为空")
    source: str = Field(description="来源文件名")
    passages: int = Field(description="段落数")
    same_as: str = Field(description="查询时代它出现的那一份；它自己出现时为空")
    twins: list[TwinItem] = Field(description="同一报告的其他来源")
    guessed: list[str] = Field(description="推断出来、原文没有写明的项，如 date；引用前请核对")

    @classmethod
    def of(cls, entry: DocumentEntry) -> Self:
        return cls(**_about(entry))


def _about(entry: DocumentEntry) -> dict[str, Any]:
    names = (
        "id",
        "title",
        "place",
        "province",
        "level",
        "type",
        "period",
        "date",
        "meeting",
        "issuer",
        "speaker",
        "same_as",
    )
    about: dict[str, Any] = {name: getattr(entry.document, name) for name in names}
    twins = [TwinItem(document_id=twin.document_id, source=twin.source) for twin in entry.twins]
    own = {"source": entry.source, "passages": entry.passages, "twins": twins, "guessed": sorted(entry.guessed)}
    return about | own


class Documents(BaseModel):
    """文献的题录。"""

    documents: list[DocumentSummary] = Field(description="文献的题录，按来源和先后排列")
    total: int = Field(description="符合条件的文献总数")


class Heading(BaseModel):
    """提纲中的一级标题；start、end 是它所辖文字在正文中的起止（按字计）。"""

    id: str
    parent: str = Field(description="上级标题的编号；最上一级为空")
    depth: int = Field(description="第几级，最上一级是 1")
    number: str = Field(description="标题的序号，如 一、")
    title: str = Field(description="标题")
    start: int = Field(description="所辖文字在正文中的起点")
    end: int = Field(description="所辖文字在正文中的终点")
    status: str = Field(description="done 已做的工作，plan 今后的打算，空为未分")
    kind: str = Field(description="body 正文，glossary 名词注释")


class FieldReading(BaseModel):
    """一项信息从哪里读到；start、end 是依据在正文中的起止，依据不在正文里（封面、文件名）时同为 0。"""

    field: str = Field(description="哪一项，如 place、date")
    value: str = Field(description="读出的值")
    confidence: float = Field(ge=0, le=1, description="把握；低于 0.6 是推断，请核对")
    how: str = Field(
        description="依据：title 题名，signature 落款，opening 开头，wording 行文口气，front 汇编封面，file 文件名等"
    )
    start: int = Field(description="依据在正文中的起点")
    end: int = Field(description="依据在正文中的终点")
    text: str = Field(description="依据的原文")


class RepairNote(BaseModel):
    """一处整理记录，或一处存疑。"""

    kind: str = Field(description="种类，如 line_join 断行接续")
    start: int
    end: int
    source_start: int = Field(description="在原件文字里的起点")
    source_end: int = Field(description="在原件文字里的终点")
    before: str
    after: str
    doubtful: bool = Field(description="真：原文有损，未改动，请核对原件")
    reason: str = Field(description="为什么这样整理，或为什么存疑")


class DocumentDetail(DocumentSummary):
    """一份文献的全文、提纲和整理记录。"""

    text: str = Field(description="整理后的正文，段落之间一个换行")
    outline: list[Heading] = Field(description="提纲：各级标题")
    repairs: list[RepairNote] = Field(description="整理记录和存疑")
    metadata: list[FieldReading] = Field(description="各项信息的依据；没有写明的项不列")

    @classmethod
    def whole(
        cls,
        entry: DocumentEntry,
        document: Document,
        sections: list[Section],
        repairs: list[Repair],
        evidence: list[FieldEvidence],
    ) -> Self:
        """The detail of ``document``, which holds the text that ``entry`` leaves out."""
        outline = [
            Heading(
                id=section.id,
                parent=section.parent_id,
                depth=section.depth,
                number=section.number,
                title=section.title,
                start=section.start,
                end=section.end,
                status=section.status,
                kind=section.kind,
            )
            for section in sections
        ]
        notes = [RepairNote(**{name: getattr(repair, name) for name in RepairNote.model_fields}) for repair in repairs]
        metadata = [
            FieldReading(
                field=item.field,
                value=item.value,
                confidence=item.confidence,
                how=item.how,
                start=item.start,
                end=item.end,
                text=document.text[item.start : item.end],
            )
            for item in evidence
        ]
        return cls(**_about(entry), text=document.text, outline=outline, repairs=notes, metadata=metadata)


Said = Annotated[str | None, Field(max_length=MOST)]


class Corrections(BaseModel):
    """要更正的项目；没有写出的不变。"""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"minProperties": 1, "examples": [{"date": "2023-10-24", "speaker": ""}]}
    )

    title: Said = Field(default=None, description="题名，不能为空")
    place: Said = Field(default=None, description="地方：省、市、县的名称，重名的写全称；企业、部门同时写级别")
    level: Said = Field(default=None, description="级别：" + "、".join(LEVELS))
    type: Said = Field(default=None, description="文种")
    period: Said = Field(default=None, description="所述时期")
    date: Said = Field(default=None, description="日期：2023、2023-10 或 2023-10-24")
    meeting: Said = Field(default=None, description="所在会议")
    issuer: Said = Field(default=None, description="发文单位")
    speaker: Said = Field(default=None, description="讲话人")

    @model_validator(mode="after")
    def _something(self) -> Self:
        if not self.model_fields_set:
            raise PydanticCustomError("nothing_said", "nothing to correct")
        return self


#: What may stand for the years of a search: 2018, 2018-2023, and several of them joined with 、.
YEARS = r"^(\d{4}(-\d{4})?(、\d{4}(-\d{4})?)*)?$"


class SuggestionItem(BaseModel):
    """一条联想。"""

    label: str = Field(description="可以接着输入的字样")
    kind: str = Field(description="term 术语，topic 主题，place 地方，heading 标题，document 文献题名")
    note: str
    page: str = Field("", description="它自己的网页；空则宜去检索")


class Suggestions(BaseModel):
    """可以接着输入的字样。"""

    query: str = Field(description="已输入的字")
    suggestions: list[SuggestionItem] = Field(description="联想，最可能的在前")


class DoubtItem(BaseModel):
    """引文里不可靠的一处；start、end 从所在的 text 或 sentence 的第一个字数起，相等时表示这里缺了内容。"""

    start: int = Field(description="起点")
    end: int = Field(description="终点，不含")
    kind: str = Field(description="存疑的种类，如 lost_number 数字缺失、mask 字词遮盖、ocr 识别存疑")
    reason: str = Field(description="为什么存疑")


Doubtful = Annotated[list[DoubtItem], Field(description="引文里存疑的各处；引用时须一并说明，没有则为空")]


def doubt_items(doubts: Iterable[Doubt]) -> list[DoubtItem]:
    return [DoubtItem(start=d.start, end=d.end, kind=d.kind, reason=d.reason) for d in doubts]


class DefinitionItem(BaseModel):
    """一种解释；text 是原文原句。"""

    text: str = Field(description="原句，一字不改")
    components: list[str] = Field(description="组成部分")
    strength: Strength = Field(description="explained 说明了含义或内容，described 只有描述")
    how: str = Field(description="怎样识别出来的")
    place: str = Field(description="适用的地方")
    document_id: str
    passage_id: str
    start: int
    end: int
    sense: int = Field(description="义项序号，从 1 起；同一序号说的是同一件事")
    preferred: bool = Field(description="编辑选定的一句")
    elsewhere: bool = Field(description="别处的描述，没有说明内容，不一定是同一回事")
    doubtful: Doubtful

    @classmethod
    def of(cls, sense: Sense) -> Self:
        made: dict[str, Any] = {"components": list(sense.components), "doubtful": doubt_items(sense.doubtful)}
        return cls(**made, **{name: getattr(sense, name) for name in cls.model_fields if name not in made})


class TermUseItem(BaseModel):
    """一份用到这个术语的文献。"""

    document_id: str
    title: str
    place: str
    date: str
    mentions: int = Field(description="用了几处")


class EvidenceItem(BaseModel):
    """一句原文。"""

    sentence: str
    figures: list[str] = Field(description="句中的数字，照原文")
    document_id: str
    title: str
    passage_id: str
    start: int
    end: int
    doubtful: Doubtful

    @classmethod
    def of(cls, evidence: Evidence) -> Self:
        made: dict[str, Any] = {"figures": list(evidence.figures), "doubtful": doubt_items(evidence.doubtful)}
        return cls(**made, **{name: getattr(evidence, name) for name in cls.model_fields if name not in made})


class RelatedItem(BaseModel):
    """与另一个术语的关系：是它的组成部分、上位术语、异写，与它相关，或者容易与它混淆。"""

    term: str
    relation: str = Field(description="是什么关系，如 组成部分、上位术语、易混")
    weight: float = Field(ge=0, le=1, description="关系的强弱，0 到 1")
    reason: str = Field(description="为什么这样说")
    evidence: EvidenceItem | None = Field(description="看得出这种关系的原句；由词表或多处得出的没有")

    @classmethod
    def of(cls, other: RelatedTerm) -> Self:
        evidence = EvidenceItem.of(other.evidence) if other.evidence else None
        return cls(
            term=other.term, relation=other.relation, weight=other.weight, reason=other.reason, evidence=evidence
        )


class MeaningItem(BaseModel):
    """一个义项：同一名称在不同地方可以有不同的内容。"""

    sense: int = Field(description="义项序号，与 definitions 中的 sense 对应")
    components: list[str]
    places: list[str] = Field(description="作此解释的地方")
    period: str = Field(description="年份，如 2018—2023；不知为空")
    documents: int = Field(description="写到它的文献份数")


class TermDetail(BaseModel):
    """一个术语；原文没有解释时 status 为 unexplained，definitions 中没有 explained。"""

    term: str
    aliases: list[str]
    kind: str
    status: str = Field(description="explained 或 unexplained")
    definitions: list[DefinitionItem] = Field(description="各种解释和描述，按义项")
    related: list[RelatedItem] = Field(description="相关术语")
    documents: list[TermUseItem] = Field(description="用到它的文献")
    mentions: int = Field(description="全部文献里出现几处")
    uses: list[EvidenceItem] = Field(description="典型用例")
    how: str = Field(
        description="所查名称与本条的关系：label 本名，variant 写法不同，alias 又一名称，pinyin 拼音，parts 列出各项，"
        "several 含几个名称，wider 以更宽的名称作答，narrower 以更具体的名称作答"
    )
    note: str = Field(description="用一句话说明 how；本名为空")
    meanings: list[MeaningItem] = Field(description="义项")
    look_alikes: list[str] = Field(description="容易混淆、实为他物的名称")

    @classmethod
    def of(cls, answer: TermAnswer) -> Self:
        return cls(
            term=answer.term,
            aliases=list(answer.aliases),
            kind=answer.kind,
            status=answer.status,
            definitions=[DefinitionItem.of(definition) for definition in answer.definitions],
            related=[RelatedItem.of(other) for other in answer.related],
            documents=[
                TermUseItem(**{name: getattr(use, name) for name in TermUseItem.model_fields})
                for use in answer.documents
            ],
            mentions=answer.mentions,
            uses=[EvidenceItem.of(use) for use in answer.uses],
            how=answer.how,
            note=answer.note,
            meanings=[MeaningItem(**asdict(meaning)) for meaning in answer.meanings],
            look_alikes=list(answer.look_alikes),
        )


class CitationItem(BaseModel):
    """一段原文的引文，三种写法；有存疑处时末尾写明〔存疑：…〕。"""

    official: str = Field(description="公文写法：发文单位《题名》（日期）在“…”部分写道：“原文”")
    plain: str = Field(description="出处：《题名》（地点，日期），所在的各级标题")
    bibtex: str = Field(description="BibTeX 条目")


class HitItem(BaseModel):
    """一段原文。"""

    passage_id: str
    document_id: str
    title: str
    place: str
    date: str
    headings: list[str] = Field(description="所在的各级标题")
    text: str
    start: int
    end: int
    highlights: list[tuple[int, int]] = Field(description="text 中命中的起止")
    why: list[str] = Field(description="为什么命中")
    score: float
    citation: str = Field(description="可直接粘贴的出处，同 citations.plain")
    citations: CitationItem
    also: list[str] = Field(description="含有同一段落的其他文献")
    guessed: list[str] = Field(description="place、date 中只是推断的")
    doubtful: Doubtful

    @classmethod
    def of(cls, hit: Hit) -> Self:
        lists: dict[str, Any] = {"headings": list(hit.headings), "why": list(hit.why), "also": list(hit.also)}
        lists["guessed"] = list(hit.guessed)
        lists["doubtful"] = doubt_items(hit.doubtful)
        lists["highlights"] = list(hit.highlights)
        lists["citations"] = CitationItem(**asdict(hit.citations))
        return cls(**{name: getattr(hit, name) for name in cls.model_fields} | lists)


class OperatorItem(BaseModel):
    """问句里的一个符号。"""

    kind: str = Field(description="required 引号里的话，excluded 不要的字词，filter 条件")
    name: str = Field(description="条件的名称，如 place；其余为空")
    value: str = Field(description="条件的值，或引号、减号后的字词")
    rest: str = Field(description="去掉它的问句")


class SearchResult(BaseModel):
    """按相关程度排列的段落。"""

    query: str
    mode: str
    took_ms: float
    total: int
    offset: int
    filters: Mapping[str, str] = Field(description="所用的条件，包括从问句里读出的")
    concepts: list[str] = Field(description="问句涉及的主题")
    sure: bool = Field(description="有直接写到的段落；为 false 时只是意思略近，或没有找到")
    facets: Mapping[str, Mapping[str, int]] = Field(
        description="条件名 → 值 → 其余条件不变、换成（或加上）这个值时有几段；查得太泛时是至少几段"
    )
    notes: list[str] = Field(description="怎样理解问句的说明，如没有看懂的条件、按拼音或改正的名称查找")
    offers: list[str] = Field(description="可能想问的其他问句")
    operators: list[OperatorItem] = Field(description="问句里的引号、减号和条件")
    hits: list[HitItem]

    @classmethod
    def of(cls, answer: SearchAnswer, offset: int = 0) -> Self:
        return cls(
            query=answer.query,
            mode=answer.mode,
            took_ms=answer.took_ms,
            total=answer.total,
            offset=offset,
            filters=conditions(answer.filters),
            concepts=list(answer.concepts),
            sure=answer.sure,
            facets=answer.facets,
            notes=list(answer.notes),
            offers=list(answer.offers),
            operators=[OperatorItem(**asdict(operator)) for operator in answer.operators],
            hits=[HitItem.of(hit) for hit in answer.hits],
        )


def conditions(filters: Filters) -> dict[str, str]:
    """The conditions that are set, by name."""
    values = {name: getattr(filters, name) for name in Filters.__slots__}
    return {name: value for name, value in values.items() if value}


class Health(BaseModel):
    """服务器的情形。"""

    status: str = Field(description="ok 在运行，ready 可以回答")
    generation: int | None = Field(default=None, description="资料库的版次；只在 /readyz 中给出")
