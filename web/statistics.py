"""What is in a library, counted: tables for the page of statistics, for spreadsheets and for programs."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import PurePath
from typing import Any

from corpus.fields import CLAIM_STATUS, LEVELS
from corpus.model import Claim, Definition, Document, Fact, Passage, Repair, Source, Term
from corpus.repairs import kind_name
from corpus.store import Store
from graph.table import KINDS
from search.register import years_of
from web import links
from web.words import FACT_KINDS, NO_PROVINCE

#: The columns that a spreadsheet of all tables has.
COLUMNS = ("表", "项", "列", "数量")
NOTHING = "没有写明"


@dataclass(frozen=True, slots=True)
class Row:
    """Something and how many there are of it, a number for each column; ``links`` lead to them, "" where no page lists
    them."""

    label: str
    numbers: tuple[int, ...]
    links: tuple[str, ...] = ()

    @property
    def total(self) -> int:
        return sum(self.numbers)


@dataclass(frozen=True, slots=True)
class Table:
    """What was counted. ``name`` is for programs, ``title`` and ``columns`` for people; the rows with most come first,
    unless they have an order of their own."""

    name: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]

    @property
    def most(self) -> int:
        """The largest sum of a row: what a bar of full length stands for."""
        return max((row.total for row in self.rows), default=0)


def statistics(store: Store) -> tuple[Table, ...]:
    """All tables of a library. Near copies count as sources and nowhere else, as in every answer."""
    documents = store.shown(Document)
    return (
        _whole(store, documents),
        _by_year(documents),
        *(
            _table(
                f"{name}s", f"文献：按{title}", "份", (getattr(d, name) for d in documents), words, partial(_list, name)
            )
            for name, title, words in (
                ("province", "省份", {"": NO_PROVINCE}),
                ("level", "级别", LEVELS),
                ("type", "文种", {}),
            )
        ),
        _terms(store.select(Term)),
        _table("claims", "事项：按进展", "项", (claim.status for claim in store.shown(Claim)), CLAIM_STATUS),
        _table("facts", "数字：按种类", "个", (fact.kind for fact in store.shown(Fact)), FACT_KINDS),
        _repairs(store.select(Repair)),
        _table("files", "来源文件：按格式", "个", (_suffix(source) for source in store.select(Source)), {}),
    )


def _whole(store: Store, documents: Iterable[Document]) -> Table:
    repairs, terms = store.select(Repair), store.select(Term)
    strengths = Counter(definition.strength for definition in store.shown(Definition))
    return Table("library", "全库", ("数量",), (
        Row("来源文件", (store.count(Source),), ("/manage/files",)),
        Row("文献", (sum(1 for _ in documents),), ("/documents",)),
        Row("段落", (len(store.shown(Passage)),)),
        Row("术语", (len(terms),), ("/terms",)),
        Row("有解释的术语", (sum(term.status == "explained" for term in terms),), ("/terms?status=explained",)),
        Row("解释", (strengths["explained"],)),
        Row("只是描述的句子", (strengths["described"],)),
        Row("事项", (len(store.shown(Claim)),)),
        Row("数字", (len(store.shown(Fact)),)),
        Row("修复", (sum(not repair.doubtful for repair in repairs),)),
        Row("存疑", (sum(repair.doubtful for repair in repairs),), ("/manage/documents?show=doubtful",)),
    ))  # fmt: skip


def _by_year(documents: Iterable[Document]) -> Table:
    """A document counts in each year that the list of documents finds it under: its own, and those its period names."""
    counts = Counter(year for document in documents for year in set(filter(None, years_of(document))) or {""})
    rows = (
        Row(year or NOTHING, (counts[year],), (_list("year", year),) if year else ())
        for year in sorted(counts, reverse=True)
    )
    return Table("years", "文献：按年份，含推断的", ("份",), tuple(rows))


def _list(name: str, value: str) -> str:
    return links.url("/documents", **{name: value})


def _table(
    name: str,
    title: str,
    unit: str,
    values: Iterable[str],
    words: Mapping[Any, str],
    link: Callable[[str], str] | None = None,
) -> Table:
    rows = [
        Row(words.get(value, value) or NOTHING, (number,), (link(value),) if link and value else ())
        for value, number in sorted(Counter(values).items(), key=lambda pair: (-pair[1], pair[0]))
    ]
    return Table(name, title, (unit,), tuple(rows))


def _terms(terms: Iterable[Term]) -> Table:
    counts = Counter[tuple[str, str]]((term.kind, term.status) for term in terms)
    statuses = ("explained", "unexplained")
    rows = [
        Row(
            name,
            tuple(counts[kind, status] for status in statuses),
            tuple(links.url("/terms", kind=kind, status=status) for status in statuses),
        )
        for kind, name in KINDS.items()
    ]
    rows.sort(key=lambda row: -row.total)
    return Table("terms", "术语：按类别", ("有解释", "未见解释"), tuple(row for row in rows if row.total))


def _repairs(repairs: Iterable[Repair]) -> Table:
    counts = Counter((repair.kind, repair.doubtful) for repair in repairs)
    kinds = sorted({kind for kind, _ in counts}, key=lambda kind: -(counts[kind, False] + counts[kind, True]))
    return Table(
        "repairs",
        "修复和存疑：按种类",
        ("修复", "存疑"),
        tuple(Row(kind_name(kind), (counts[kind, False], counts[kind, True])) for kind in kinds),
    )


def _suffix(source: Source) -> str:
    return PurePath(source.name).suffix.lstrip(".").lower()


def flat(tables: Iterable[Table]) -> list[tuple[object, ...]]:
    """All tables as the rows of one, under COLUMNS."""
    return [
        (table.title, row.label, column, number)
        for table in tables
        for row in table.rows
        for column, number in zip(table.columns, row.numbers, strict=True)
    ]
