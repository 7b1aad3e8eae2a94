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
from corpus.said import heads
from corpus.store import Store
from corpus.tallies import tally
from graph.table import KINDS
from search.register import years_of
from web import links
from web.words import FACT_KINDS, NO_PROVINCE

#: The columns that a spreadsheet of all tables has.
COLUMNS = ("表", "项", "列", "数量")
NOTHING = "没有写明"
#: Values of two fields → how many records have them.
Tally = Mapping[tuple[Any, ...], int]


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
    claims, facts = (_counts(store, cls, name) for cls, name in ((Claim, "status"), (Fact, "kind")))
    repairs, terms = tally(store, Repair, "kind", "doubtful"), tally(store, Term, "kind", "status")
    return (
        _whole(store, claims.total(), facts.total(), repairs, terms),
        _by_year(heads(store)),
        *(
            _table(f"{name}s", f"文献：按{title}", "份", _counts(store, Document, name), words, partial(_list, name))
            for name, title, words in (
                ("province", "省份", {"": NO_PROVINCE}),
                ("level", "级别", LEVELS),
                ("type", "文种", {}),
            )
        ),
        _terms(terms),
        _table("claims", "事项：按进展", "项", claims, CLAIM_STATUS),
        _table("facts", "数字：按种类", "个", facts, FACT_KINDS),
        _repairs(repairs),
        _table("files", "来源文件：按格式", "个", Counter(map(_suffix, store.select(Source))), {}),
    )


def _counts(store: Store, cls: type, name: str) -> Counter[str]:
    """Value of a field → how many records of documents that are shown have it."""
    return Counter({value: number for (value,), number in tally(store, cls, name, shown=True).items()})


def _whole(store: Store, claims: int, facts: int, repairs: Tally, terms: Tally) -> Table:
    strengths = _counts(store, Definition, "strength")
    return Table("library", "全库", ("数量",), (
        Row("来源文件", (store.count(Source),), ("/manage/files",)),
        Row("文献", (sum(tally(store, Document, "same_as", shown=True).values()),), ("/documents",)),
        Row("段落", (_counts(store, Passage, "document_id").total(),)),
        Row("术语", (sum(terms.values()),), ("/terms",)),
        Row("有解释的术语", (_having(terms, "explained"),), ("/terms?status=explained",)),
        Row("解释", (strengths["explained"],)),
        Row("只是描述的句子", (strengths["described"],)),
        Row("事项", (claims,)),
        Row("数字", (facts,)),
        Row("修复", (_having(repairs, False),)),
        Row("存疑", (_having(repairs, True),), ("/manage/documents?show=doubtful",)),
    ))  # fmt: skip


def _having(counts: Tally, second: object) -> int:
    return sum(number for (_, value), number in counts.items() if value == second)


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
    counts: Mapping[str, int],
    words: Mapping[Any, str],
    link: Callable[[str], str] | None = None,
) -> Table:
    rows = [
        Row(words.get(value, value) or NOTHING, (number,), (link(value),) if link and value else ())
        for value, number in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    ]
    return Table(name, title, (unit,), tuple(rows))


def _terms(terms: Tally) -> Table:
    statuses = ("explained", "unexplained")
    rows = [
        Row(
            name,
            tuple(terms.get((kind, status), 0) for status in statuses),
            tuple(links.url("/terms", kind=kind, status=status) for status in statuses),
        )
        for kind, name in KINDS.items()
    ]
    rows.sort(key=lambda row: -row.total)
    return Table("terms", "术语：按类别", ("有解释", "未见解释"), tuple(row for row in rows if row.total))


def _repairs(repairs: Tally) -> Table:
    counts = Counter(repairs)
    kinds = sorted({kind for kind, _ in counts}, key=lambda kind: (-counts[kind, False] - counts[kind, True], kind))
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
