"""A summary of chosen passages, written by somebody else's model and checked here: the route, and what it answers.

Off unless a ``Summariser`` is given; then only on request. What the model writes is never believed: see
``search.grounding``.
"""

from collections.abc import Collection
from typing import Annotated, Any, Protocol, Self

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, ConfigDict, Field

from search.citation import Quotation
from search.engine import Engine
from search.grounding import FLAWS, Cited, Grounded, ground
from web import examples
from web.access import CurrentEngine
from web.allowance import Allowance
from web.errors import CrossSite, PassagesNotFound, SummaryOff, TooOften
from web.problems import responses
from web.security import same_origin

LABEL = "由外部模型归纳，逐句附出处，请核对原文"
#: Passages of one summary.
MOST = 10
PassageId = Annotated[str, Field(max_length=100, description="段落编号，即检索结果里的 passage_id")]


class Summariser(Protocol):
    """What writes a summary: somebody else's model."""

    #: Where the passages are sent to, for the reader to know: a host.
    host: str

    def __call__(self, question: str, passages: list[Cited]) -> str:
        """The summary, with [n] for the n-th passage after each sentence. Raises SummaryFailed."""


def allowance() -> Allowance:
    """How often a summary may be asked for: whoever can read the pages can ask for one, and each costs."""
    return Allowance(each=6, whole=60, window=600)


class SummaryRequest(BaseModel):
    """归纳什么。"""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"query": "送温暖", "passages": list(examples.PASSAGES)}]}
    )

    query: str = Field(min_length=1, max_length=500, description="问的是什么")
    passages: list[PassageId] = Field(min_length=1, max_length=MOST, description="段落编号，最多十段")


class CitedPassage(BaseModel):
    """归纳时给出的一段。"""

    number: int = Field(description="序号，从 1 起")
    passage_id: str
    document_id: str
    title: str
    text: str = Field(description="段落原文")
    start: int
    end: int
    citation: str = Field(description="出处")

    @classmethod
    def of(cls, number: int, quotation: Quotation) -> Self:
        names = ("passage_id", "document_id", "title", "text", "start", "end")
        values: dict[str, Any] = {name: getattr(quotation, name) for name in names}
        return cls(number=number, citation=quotation.citations.plain, **values)


class SummarySentence(BaseModel):
    """归纳里的一句；数字、引号里的话、地名都在所附的出处里核对过。"""

    text: str = Field(description="这一句，由外部模型写成")
    cites: list[int] = Field(description="出处的序号，见 passages")


class Summary(BaseModel):
    """外部模型对所选段落的归纳，只留下有出处、与出处相符的句子。"""

    label: str = Field(description="须与归纳一同显示的说明")
    sentences: list[SummarySentence] = Field(description="留下的句子；一句也没有留下则为空")
    removed: int = Field(description="去掉的句数")
    note: str = Field(description="去掉了几句、为什么")
    passages: list[CitedPassage] = Field(description="归纳所依据的段落")

    @classmethod
    def of(cls, found: Grounded, quotations: tuple[Quotation, ...]) -> Self:
        return cls(
            label=LABEL,
            sentences=[SummarySentence(text=said.text, cites=list(said.cites)) for said in found.sentences],
            removed=len(found.dropped),
            note=_note(found),
            passages=[CitedPassage.of(number, quotation) for number, quotation in enumerate(quotations, 1)],
        )


def _note(found: Grounded) -> str:
    reasons = "、".join(FLAWS[flaw] for flaw in dict.fromkeys(found.dropped))
    gone = f"去掉了 {len(found.dropped)} 句（{reasons}）。" if found.dropped else ""
    return gone if found.sentences else f"{gone}没有一句留下，请直接看原文。"


def _about(quotation: Quotation, guessed: Collection[str]) -> str:
    """What a sentence may say beside the words of a passage. A guess is no ground for anything."""
    place = "" if "place" in guessed else quotation.place
    year = f"{quotation.date[:4]}年" if quotation.date and "date" not in guessed else ""
    return f"《{quotation.title}》{place}{year} {' '.join(quotation.headings)}"


def summariser(request: Request) -> Summariser:
    """Raises SummaryOff."""
    found: Summariser | None = request.app.state.summariser
    if found is None:
        raise SummaryOff
    return found


CurrentSummariser = Annotated[Summariser, Depends(summariser)]


def _asked(request: Request, _: CurrentSummariser) -> None:
    """Raises CrossSite where a browser says that another site's page asks, TooOften."""
    # Browsers that are too old to say so, and addresses without https, leave only the allowance.
    said = request.headers.get("sec-fetch-site") or request.headers.get("origin", "null") != "null"
    if said and not same_origin(request):
        raise CrossSite
    address = request.client.host if request.client else ""
    if wait := request.app.state.allowance.take(address):
        raise TooOften(wait)


ASKED = Depends(_asked)


def summarise(engine: Engine, write: Summariser, query: str, passages: list[str]) -> Summary:
    """The checked summary. Raises PassagesNotFound, SummaryFailed."""
    chosen = engine.quotations(passages)
    if chosen.missing:
        raise PassagesNotFound(chosen.missing)
    cited = [Cited(q.text, _about(q, engine.guesses.get(q.document_id, frozenset()))) for q in chosen.found]
    return Summary.of(ground(write(query, cited), cited), chosen.found)


router = APIRouter(tags=["归纳"])


@router.post(
    "/api/summary",
    summary="归纳选中的段落",
    operation_id="summarize",
    dependencies=[ASKED],
    responses=responses(403, 404, 413, 422, 429, 502),
)
def summary(engine: CurrentEngine, write: CurrentSummariser, asked: SummaryRequest) -> Summary:
    """把选中的段落发给管理员配置的外部模型，请它归纳；没有出处、数字或引文与出处不符的句子一律去掉。没有配置时返回 403。"""
    return summarise(engine, write, asked.query, asked.passages)
